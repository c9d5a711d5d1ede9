"""What a site's text can say, and what it says when it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import InvalidText
from scheduler.site.parse import parse_site
from scheduler.site.site import Site

HEAD = "site: Springfield\nzone: America/Chicago\n"


def site(text: str) -> Site:
    return parse_site(HEAD + text, name="site.yaml")


def open_from(site: Site, resource: str, first: str, days: int) -> list[str]:
    """The open ones among so many days, as month and day."""
    start = date.fromisoformat(first).toordinal()
    found = [day for day in range(start, start + days) if site.open_days(resource).is_open(day)]
    return [date.fromordinal(day).strftime("%m-%d") for day in found]


def faults(text: str) -> list[tuple[str, str]]:
    """The code and the line and column of each finding."""
    with pytest.raises(InvalidText) as caught:
        parse_site(text, name="site.yaml")
    places = [finding.place for finding in caught.value.findings]
    codes = [finding.code for finding in caught.value.findings]
    return [(code, str(place).removeprefix("site.yaml:")) for code, place in zip(codes, places, strict=True)]


def message(text: str) -> str:
    with pytest.raises(InvalidText) as caught:
        site(text)
    return str(caught.value)


def test_a_site_needs_a_name_and_a_zone_and_works_from_monday_to_friday() -> None:
    springfield = site("")
    assert (springfield.name, springfield.zone, springfield.contacts) == ("Springfield", "America/Chicago", ())
    assert open_from(springfield, "clinic", "2026-06-29", 7) == ["06-29", "06-30", "07-01", "07-02", "07-03"]
    assert springfield.provisional_from is None


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("Monday to Friday", ["06-29", "06-30", "07-01", "07-02", "07-03"]),
        ("Monday to Saturday", ["06-29", "06-30", "07-01", "07-02", "07-03", "07-04"]),
        ("Sunday to Thursday", ["06-29", "06-30", "07-01", "07-02", "07-05"]),
        ("Tuesday, Thursday", ["06-30", "07-02"]),
        ("Monday to Tuesday, Friday to Saturday", ["06-29", "06-30", "07-03", "07-04"]),
        ("Wednesday", ["07-01"]),
        ("every day", ["06-29", "06-30", "07-01", "07-02", "07-03", "07-04", "07-05"]),
    ],
)
def test_weekdays_are_read_aloud(says: str, expected: list[str]) -> None:
    assert open_from(site(f"weekdays: {says}\n"), "clinic", "2026-06-29", 7) == expected


def test_a_resource_has_its_own_weekdays_and_the_others_those_of_the_site() -> None:
    springfield = site("weekdays: Monday to Thursday\nresources: {clinic: , imaging: {weekdays: Friday}}\n")
    assert open_from(springfield, "clinic", "2026-06-29", 7) == ["06-29", "06-30", "07-01", "07-02"]
    assert open_from(springfield, "imaging", "2026-06-29", 7) == ["07-03"]
    assert open_from(springfield, "pharmacy", "2026-06-29", 7) == ["06-29", "06-30", "07-01", "07-02"]


def test_a_scanner_that_visits_is_open_on_its_days_only() -> None:
    springfield = site("resources: {scanner: {weekdays: none, open: [2026-06-30, 2026-07-04]}}\n")
    assert open_from(springfield, "scanner", "2026-06-29", 14) == ["06-30", "07-04"]


def test_public_holidays_close_the_site_and_a_resource_can_work_on() -> None:
    springfield = site("public holidays: US\nresources: {clinic: {}, pharmacy: {public holidays: open}}\n")
    friday = date(2026, 7, 3).toordinal()
    assert springfield.open_days("clinic").why_closed(friday) == "public holiday: Independence Day (observed)"
    assert springfield.open_days("pharmacy").is_open(friday)
    assert not springfield.open_days("pharmacy").provisional(date(2060, 7, 4).toordinal())


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6).toordinal()
    assert site("public holidays: DE-BY\n").open_days("clinic").why_closed(epiphany) == "public holiday: Epiphany"
    assert site("public holidays: DE-BE\n").open_days("clinic").is_open(epiphany)


def test_makeup_days_are_worked_unless_the_site_or_the_resource_says_otherwise() -> None:
    usual = site("public holidays: CN\nresources: {radiotherapy: {make-up days: not worked}}\n")
    assert open_from(usual, "clinic", "2026-02-14", 12) == ["02-14", "02-24", "02-25"]
    assert open_from(usual, "radiotherapy", "2026-02-14", 12) == ["02-24", "02-25"]
    never = site("public holidays: CN\nmake-up days: not worked\nresources: {radiotherapy: {make-up days: worked}}\n")
    assert open_from(never, "clinic", "2026-02-14", 12) == ["02-24", "02-25"]
    assert open_from(never, "radiotherapy", "2026-02-14", 12) == ["02-14", "02-24", "02-25"]


def test_closures_and_openings_of_the_site_hold_for_every_resource() -> None:
    springfield = site(
        "resources: {clinic: {}, imaging: {weekdays: every day}}\n"
        "closed:\n"
        "  - 2026-06-30\n"
        "  - {days: 2026-07-01..2026-07-02, because: move to the new building}\n"
        "open: [{days: 2026-07-04, because: to catch up}]\n"
    )
    assert open_from(springfield, "clinic", "2026-06-29", 7) == ["06-29", "07-03", "07-04"]
    assert open_from(springfield, "imaging", "2026-06-29", 7) == ["06-29", "07-03", "07-04", "07-05"]
    clinic = springfield.open_days("clinic")
    assert clinic.why_closed(date(2026, 6, 30).toordinal()) == "closed"
    assert clinic.why_closed(date(2026, 7, 2).toordinal()) == "closed: move to the new building"
    assert clinic.why_open(date(2026, 7, 4).toordinal()) == "open: to catch up"


def test_what_a_resource_says_of_a_day_beats_what_the_site_says() -> None:
    springfield = site(
        "public holidays: CN\n"
        "closed: [2026-05-11, 2026-05-09]\n"
        "open: [2026-05-10]\n"
        "resources: {radiotherapy: {open: [2026-05-11, 2026-05-04], closed: [2026-05-10]}}\n"
    )
    assert open_from(springfield, "clinic", "2026-05-04", 8) == ["05-06", "05-07", "05-08", "05-10"]
    assert open_from(springfield, "radiotherapy", "2026-05-04", 8) == ["05-04", "05-06", "05-07", "05-08", "05-11"]


def test_an_estimated_holiday_is_provisional_with_the_days_beside_it() -> None:
    clinic = site("public holidays: SA\nweekdays: Sunday to Thursday\n").open_days("clinic")
    egypt = site("public holidays: EG\nweekdays: Sunday to Thursday\n").open_days("clinic")
    eid = date(2027, 3, 9).toordinal()
    assert [egypt.provisional(eid + shift) for shift in (-2, -1, 0)] == [False, True, True]
    assert not clinic.provisional(date(2027, 1, 4).toordinal())


def test_who_to_call_keeps_its_order() -> None:
    assert site('who to call: {Nurse: "1", Ward at night: "2"}\n').contacts == (("Nurse", "1"), ("Ward at night", "2"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zone: UTC\n", ("missing-key", "1:1")),
        ("site: x\nzone: Asia/Shanghia\n", ("unknown-zone", "2:7")),
        ("site: x\nzone: localtime\n", ("unknown-zone", "2:7")),
        ("site: x\nzone: ../../etc/passwd\n", ("unknown-zone", "2:7")),
        ("site: x\nzone: Asia\n", ("unknown-zone", "2:7")),
        ("site: x\nzone: 8\n", ("unknown-zone", "2:7")),
        (HEAD + "public holidays: XX\n", ("unknown-country", "3:18")),
        (HEAD + "public holidays: DE-XX\n", ("unknown-country", "3:18")),
        (HEAD + "country: GER\n", ("unknown-country", "3:10")),
        (HEAD + "country: Germany\n", ("wrong-form", "3:10")),
        (HEAD + "public holidays: 86\n", ("not-text", "3:18")),
        (HEAD + "weekdays: Monday to Fryday\n", ("not-a-weekday", "3:21")),
        (HEAD + "weekdays: Monday, , Friday\n", ("not-a-weekday", "3:19")),
        (HEAD + "weekdays: 5\n", ("not-a-weekday", "3:11")),
        (HEAD + "weekdays: none\n", ("never-open", "1:1")),
        (HEAD + "resources: {scanner: {weekdays: none}}\n", ("never-open", "3:13")),
        (HEAD + "resources: {any day: {}}\n", ("reserved-name", "3:13")),
        (HEAD + "resources: {clinic: {make-up days: yes}}\n", ("not-one-of", "3:36")),
        (HEAD + "resources: {clinic: {public holidays: CN}}\n", ("not-one-of", "3:39")),
        (HEAD + "weekday: Monday\n", ("unknown-key", "3:1")),
        (HEAD + "closed: 2026-01-01\n", ("not-a-list", "3:9")),
        (HEAD + "closed: [2026-02-30]\n", ("not-a-date", "3:10")),
        (HEAD + "closed: [20260102]\n", ("not-a-date", "3:10")),
        (HEAD + "closed: [{days: 2026-07-01..2026-7-5}]\n", ("not-a-date", "3:29")),
        (HEAD + "closed: [2026-07-05..2026-07-01]\n", ("days-backwards", "3:10")),
        (HEAD + "closed: [2026-07-05..2036-07-05]\n", ("range-too-long", "3:10")),
        (HEAD + "closed: [{because: linac service}]\n", ("missing-key", "3:10")),
        (HEAD + "closed: [2026-07-01..2026-07-03]\nopen: [2026-07-03]\n", ("closed-and-open", "4:8")),
        (HEAD + f"closed: [{', '.join(['2026-01-01'] * 201)}]\n", ("too-long", "3:1")),
    ],
)
def test_a_fault_has_its_code_and_its_place(text: str, expected: tuple[str, str]) -> None:
    assert faults(text) == [expected]


def test_all_faults_are_found_at_once() -> None:
    text = (
        "site: x\n"
        "zone: Europe/Pariss\n"
        "public holidays: France\n"
        "resources:\n"
        "  radiotherapy:\n"
        "    weekdays: Moonday\n"
        "    closed: [2026-07-01..2026-07-03]\n"
        "    open: [2026-07-02, 2026-13-01]\n"
    )
    assert faults(text) == [
        ("unknown-zone", "2:7"),
        ("unknown-country", "3:18"),
        ("not-a-weekday", "6:15"),
        ("closed-and-open", "8:12"),
        ("not-a-date", "8:24"),
    ]


def test_a_finding_says_what_to_write_instead() -> None:
    assert "(write 'FR')" in message("public holidays: France\n")
    assert "(did you mean 'CN'?)" in message("public holidays: cn\n")
    assert "(its parts: ENG, NIR, SCT, WLS)" in message("public holidays: GB-LON\n")
    assert "(did you mean 'Friday'?)" in message("weekdays: Monday to friday\n")
    assert "(write 2026-07-01..2026-07-05)" in message("closed: [2026-07-05..2026-07-01]\n")
    assert "(it is closed in line 3: keep one of the two)" in message("closed: [2026-07-05]\nopen: [2026-07-05]\n")

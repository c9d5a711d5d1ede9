"""A site's agenda: who comes on which day to which resource, how full it is, and what does not fit before it happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.site.over_time import over_time
from scheduler.site.parse import parse_site
from scheduler.site.site import Site
from scheduler.views.patients import Patient
from scheduler.views.whole_site.agenda import EVERYTHING, SiteAgenda, Wanted, by_day, site_agenda
from scheduler.views.whole_site.appointment import appointments_of
from scheduler.views.whole_site.load import length_in_words
from scheduler.views.whole_site.spans import Shown, Span, shown
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

HEAD = "site: Springfield\nzone: America/Chicago\n"


def springfield(text: str = "") -> Site:
    return parse_site(HEAD + text, name="site.yaml")


def booked(entry: str, day: str, time: str) -> str:
    return f"  - {{on: 2026-03-02, event: booked, entry: {entry}, to: 2026-{day}, at: '{time}'}}\n"


def three(*events: str) -> list[Patient]:
    """Three patients alike, to each of whom one more thing happened."""
    more = [*events, "", "", ""][:3]
    return [patient(EXPERIMENTAL, each, subject=f"EXP-00{number}") for number, each in enumerate(more, start=1)]


def days(
    patients: list[Patient],
    first: str,
    last: str,
    site: Site | None = None,
    today: str = "03-02",
    wanted: Wanted = EVERYTHING,
) -> SiteAgenda:
    where = site or springfield()
    lines = [by_day(appointments_of(replace(each.calendar, lasts=where.lasts), where)) for each in patients]
    return site_agenda("REGO-TORI-RT", where, lines, on(first), on(last), on(today), wanted)


def clashes(agenda: SiteAgenda) -> list[tuple[str, str]]:
    return [(each.kind, str(each.what)) for each in agenda.clashes]


def test_day_has_each_resource_with_those_who_come_and_the_pharmacy_its_part() -> None:
    (day,) = days([patient(EXPERIMENTAL), patient(CONTROL, subject="CTL-001")], "03-02", "03-02").days
    assert [load.resource for load in map(day.load_at, ("clinic", "pharmacy", "imaging")) if load] == [
        "clinic",
        "pharmacy",
    ]
    told = [(line.resource, line.subject, line.entry, line.work) for line in day.appointments]
    assert told == [
        ("clinic", "CTL-001", "regorafenib.1", "attendance"),
        ("pharmacy", "CTL-001", "regorafenib.1", "handing out"),
        ("clinic", "EXP-001", "regorafenib.1", "attendance"),
        ("pharmacy", "EXP-001", "regorafenib.1", "handing out"),
        ("infusion", "EXP-001", "toripalimab.1", "attendance"),
        ("pharmacy", "EXP-001", "toripalimab.1", "preparation"),
    ]
    assert [(load.resource, load.patients) for load in day.loads] == [("clinic", 2), ("infusion", 1), ("pharmacy", 2)]
    assert day.patients == 2
    assert day.kinds() == (("oral", 2), ("infusion", 1))


def test_booked_come_first_by_their_times() -> None:
    found = days(three(booked("c1d8.1", "03-09", "11:30"), booked("c1d8.1", "03-09", "09:00")), "03-09", "03-09")
    assert [(line.subject, line.time, line.state(on("03-02"))) for line in found.days[0].at("clinic")] == [
        ("EXP-002", "09:00", "booked"),
        ("EXP-001", "11:30", "booked"),
        ("EXP-003", None, "planned"),
    ]
    assert found.days[0].at("clinic")[0].state(on("03-10")) == "no record"


def test_nothing_is_too_much_where_the_site_gives_no_limit() -> None:
    found = days(three(), "03-01", "04-30")
    assert clashes(found) == []
    assert {load.full for day in found.days for load in day.loads} == {None}


def test_more_patients_than_a_day_takes() -> None:
    # All three have their day 8 on Monday 9 March.
    found = days(three(), "03-09", "03-09", springfield("resources: {clinic: {patients a day: 2}}\n"))
    assert clashes(found) == [("too many on one day", "clinic: 3 patients, and it takes 2 a day")]
    assert found.clashes[0].subjects == ("EXP-001", "EXP-002", "EXP-003")
    assert [load.full for load in found.days[0].loads] == [150]


def test_more_patients_than_chairs_at_the_same_time() -> None:
    site = springfield("lasts: {visit: 90 minutes}\nresources: {clinic: {chairs: 2}}\n")
    times = ("09:00", "10:00", "10:29")
    events = [booked("c1d8.1", "03-09", each) for each in times]
    # At 10:29 the first, until 10:30, is still there.
    assert clashes(days(three(*events), "03-09", "03-09", site)) == [
        ("too many at once", "clinic: 3 patients at 10:29, and it takes 2 at the same time")
    ]
    later = [*events[:2], booked("c1d8.1", "03-09", "10:30")]
    assert clashes(days(three(*later), "03-09", "03-09", site)) == []


def test_of_a_visit_that_nobody_gave_a_length_only_its_beginning_is_known() -> None:
    site = springfield("resources: {clinic: {chairs: 2}}\n")
    same = [booked("c1d8.1", "03-09", "09:00")] * 3
    assert [kind for kind, _ in clashes(days(three(*same), "03-09", "03-09", site))] == ["too many at once"]
    apart = [*same[:2], booked("c1d8.1", "03-09", "09:01")]
    assert clashes(days(three(*apart), "03-09", "03-09", site)) == []


def test_visits_that_take_longer_than_the_chairs_have() -> None:
    # Three visits of 100 minutes; one chair from 8 to 12 has 240 minutes.
    site = springfield("lasts: {visit: 100 minutes}\nresources: {clinic: {chairs: 1, hours: 08:00-12:00}}\n")
    found = days(three(), "03-09", "03-09", site)
    assert clashes(found) == [("longer than the day", "clinic: the visits take 5 h, and its chairs have 4 h")]
    assert [load.full for load in found.days[0].loads] == [125]


def test_time_outside_the_hours_counts_to_the_end_of_the_visit() -> None:
    site = springfield("lasts: {visit: 30 minutes}\nresources: {clinic: {hours: 08:00-12:00}}\n")
    events = [booked("c1d8.1", "03-09", each) for each in ("07:59", "11:30", "11:31")]
    assert clashes(days(three(*events), "03-09", "03-09", site)) == [
        ("outside the hours", "clinic works 08:00-12:00: EXP-001 at 07:59, EXP-003 at 11:31")
    ]


def test_patient_cannot_be_in_two_places() -> None:
    # On Monday 16 March: day 15 at the clinic, and the planning CT.
    events = booked("c1d15.1", "03-16", "09:00") + booked("planning-ct.1", "03-16", "09:15")
    site = springfield("lasts: {visit: 30 minutes}\n")
    agenda = days(three(events), "03-16", "03-16", site)
    assert [each.date for each in agenda.clashes] == [on("03-16")]
    assert clashes(agenda) == [("in two places", "EXP-001 is to be at clinic at 09:00 and at imaging at 09:15")]
    assert clashes(days(three(events), "03-16", "03-16", springfield("lasts: {visit: 15 minutes}\n"))) == []


def test_closed_resource_is_told_with_its_reason_and_so_is_a_closed_pharmacy() -> None:
    site = springfield(
        "resources: {clinic: {closed: [{days: 2026-03-09, because: painting}]}, pharmacy: {weekdays: Friday}}\n"
    )
    assert clashes(days(three(), "03-02", "03-09", site)) == [
        ("closed", "pharmacy is closed: Monday"),
        ("closed", "clinic is closed: closed: painting"),
    ]


def test_what_has_passed_is_no_clash() -> None:
    site = springfield("resources: {clinic: {patients a day: 2}}\n")
    assert clashes(days(three(), "03-09", "03-09", site, today="03-10")) == []
    assert len(clashes(days(three(), "03-09", "03-09", site, today="03-09"))) == 1


def test_filter_hides_lines_and_never_an_overload() -> None:
    site = springfield("resources: {clinic: {patients a day: 2}}\n")
    everybody = [*three()[:2], patient(CONTROL, subject="CTL-001")]
    found = days(everybody, "03-09", "03-09", site, wanted=Wanted("clinic", "control"))
    assert [line.subject for line in found.days[0].appointments] == ["CTL-001"]
    assert clashes(found) == [("too many on one day", "clinic: 3 patients, and it takes 2 a day")]


def test_what_is_not_done_is_shown_and_needs_no_chair() -> None:
    not_done = "  - {on: 2026-03-09, event: not done, entry: c1d8.1, reason: patient}\n"
    found = days(three(not_done), "03-09", "03-09", springfield("resources: {clinic: {patients a day: 2}}\n"))
    assert [(line.subject, line.status) for line in found.days[0].at("clinic")] == [
        ("EXP-001", "not done"),
        ("EXP-002", "planned"),
        ("EXP-003", "planned"),
    ]
    assert found.clashes == ()
    assert found.days[0].patients == 2


def test_visits_before_a_transfer_are_another_site_s() -> None:
    moved = over_time(
        parse_site(HEAD.replace("Springfield", "Shelbyville"), name="s"),
        [(on("03-16").toordinal(), springfield())],
        700_000,
    )
    told = appointments_of(patient(EXPERIMENTAL).calendar, moved)
    assert min(line.date for line in told) == on("03-16")


def test_site_is_closed_when_all_of_it_is() -> None:
    site = springfield("resources: {clinic: , imaging: {weekdays: Saturday}}\n")
    agenda = days([], "03-06", "03-08", site)
    assert [(day.date.day, day.closed and str(day.closed)) for day in agenda.days] == [
        (6, None),
        (7, None),
        (8, "Sunday"),
    ]


def test_month_is_laid_out_in_weeks() -> None:
    # March 2026 begins on a Sunday and ends on a Tuesday.
    weeks = days([], "03-01", "03-31").weeks()
    assert [[day.date.day if day else 0 for day in week] for week in weeks] == [
        [0, 0, 0, 0, 0, 0, 1],
        [2, 3, 4, 5, 6, 7, 8],
        [9, 10, 11, 12, 13, 14, 15],
        [16, 17, 18, 19, 20, 21, 22],
        [23, 24, 25, 26, 27, 28, 29],
        [30, 31, 0, 0, 0, 0, 0],
    ]


def test_tables_have_every_line_load_and_clash() -> None:
    agenda = days(three(), "03-09", "03-10", springfield("resources: {clinic: {patients a day: 2}}\n"))
    lines, loads, misfits = agenda.tables()
    assert [(row[0], row[5], row[8]) for row in lines.rows] == [
        (on("03-09"), f"EXP-00{number}", "c1d8.1") for number in (1, 2, 3)
    ]
    assert [row[:4] for row in loads.rows] == [(on("03-09"), "clinic", 3, 2)]
    assert [row[:3] for row in misfits.rows] == [(on("03-09"), "clinic", "too many on one day")]
    assert agenda.on_paper().rows[0] == (on("03-09"), None, "clinic", "EXP-001", "Cycle 1 day 8", "planned")


@pytest.mark.parametrize("days_long", [0, 367])
def test_agenda_has_a_day_and_at_most_a_year(days_long: int) -> None:
    last = date.fromordinal(on("03-01").toordinal() + days_long - 1)
    with pytest.raises(ValueError, match="an agenda has 1 to 366 days"):
        site_agenda("S", springfield(), [], on("03-01"), last, on("03-01"))


def test_spans_of_an_agenda() -> None:
    assert shown(Span.DAY, on("03-01")) == Shown(on("03-01"), on("03-01"), on("02-28"), on("03-02"))
    # 1 March 2026 is a Sunday.
    assert shown(Span.WEEK, on("03-01")) == Shown(on("02-23"), on("03-01"), on("02-16"), on("03-02"))
    assert shown(Span.MONTH, on("03-31")) == Shown(on("03-01"), on("03-31"), on("02-01"), on("04-01"))


def test_lengths_are_said_in_hours() -> None:
    assert [str(length_in_words(each)) for each in (45, 60, 90)] == ["45 min", "1 h", "1 h 30 min"]

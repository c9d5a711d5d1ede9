"""What a coordinator and a pharmacist of a site read, told as stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.calendar.entries.entry import Dose, Flag, Kind, Status
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import Subject, site_agenda
from scheduler.views.agenda.site_items import months_around
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.lint import lint
from tests.feeds.patients import (
    EIGHTY,
    KEY,
    PUBLISHED,
    SHANGHAI,
    a_busy_patient,
    attend,
    calendar,
    cycle,
    day,
    read_by,
    recorded,
    run,
    shown,
)

TIMES = {number: recorded(number) for number in range(1, 20)}


def site(audience: Audience, *subjects: Subject, detail: Detail = Detail.STANDARD, on: str = "03-09") -> Agenda:
    return site_agenda(
        subjects,
        audience,
        detail,
        Language.ENGLISH,
        published=PUBLISHED,
        key=KEY,
        zone=SHANGHAI,
        as_of=day(on),
        site_label="Shanghai 01",
    )


def two_subjects() -> tuple[Subject, Subject]:
    first = calendar(
        cycle(2, "03-30", run(1, 21, "03-30", EIGHTY), by=[2]),
        attend("toripalimab.2", Kind.INFUSION, "03-30", by=[3], window=("03-28", "03-31"), at="09:00", title="Dose 2"),
        attend(
            "safety-30.1", Kind.VISIT, "06-16", title="Safety visit", window=("06-09", "06-23"), flags=(Flag.COMBINED,)
        ),
        subject="EXP-002",
        log=3,
    )
    second = calendar(
        attend("imaging.1", Kind.SCAN, "03-30", by=[1], title="Scan 1", flags=(Flag.PROVISIONAL,)),
        attend("survival.1", Kind.CONTACT, "08-31", by=[1], title="Survival contact"),
        subject="CON-001",
        log=1,
    )
    return Subject(first, TIMES), Subject(second, TIMES)


def test_a_coordinator_reads_who_comes_when() -> None:
    seen = site(Audience.COORDINATOR, *two_subjects())
    assert seen.name == "Study visits, Shanghai 01"
    assert shown(seen) == [
        ("03-30", "CON-001: Scan 1"),
        ("03-30 09:00", "EXP-002: infusion + new tablets"),
        ("06-16", "EXP-002: Safety visit"),
        ("08-31", "CON-001: Survival contact"),
    ]
    assert [item.description for item in seen.items] == [
        ("Scan 1; The date may still change.",),
        ("infusion; 09:00; Window: 2026-03-28 to 2026-03-31", "new tablets", "- dispense and count tablets"),
        ("Safety visit; Window: 2026-06-09 to 2026-06-23; Combined with the end-of-treatment visit",),
        ("Survival contact",),
    ]
    assert all(item.transparent for item in seen.items)
    assert seen.last_modified == recorded(3)


def test_neutral_keeps_only_the_subject_number() -> None:
    seen = site(Audience.COORDINATOR, *two_subjects(), detail=Detail.NEUTRAL)
    assert [summary for _, summary in shown(seen)] == [
        "CON-001: Study visit",
        "EXP-002: Study visit",
        "EXP-002: Study visit",
        "CON-001: Study contact",
    ]


def test_a_pharmacist_reads_what_to_have_ready() -> None:
    standard = site(Audience.PHARMACY, *two_subjects())
    assert standard.name == "Study dispensing, Shanghai 01"
    assert shown(standard) == [("03-30 09:00", "EXP-002: Prepare infusion + Dispense tablets")]
    full = site(Audience.PHARMACY, *two_subjects(), detail=Detail.FULL)
    assert shown(full) == [("03-30 09:00", "EXP-002: Dose 2 + regorafenib cycle 2: 80 mg")]


def test_a_pharmacist_sees_doses_that_are_in_doubt_or_off() -> None:
    patient = calendar(
        attend("toripalimab.2", Kind.INFUSION, "03-30", flags=(Flag.AWAITING_DECISION,), doses=(Dose(None, "mg"),)),
        attend("toripalimab.3", Kind.INFUSION, "04-20", by=[7], status=Status.CANCELLED),
        log=7,
    )
    seen = site(Audience.PHARMACY, Subject(patient, TIMES))
    assert shown(seen) == [
        ("03-30", "EXP-001: To be confirmed: Prepare infusion"),
        ("04-20", "EXP-001: Cancelled: Prepare infusion"),
    ]
    assert seen.items[0].description == ("Prepare infusion; Awaiting a decision",)
    later = site(Audience.PHARMACY, Subject(patient, TIMES), on="03-22")
    assert shown(later) == [("03-30", "EXP-001: To be confirmed: Prepare infusion")]


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 3, 1), date(2026, 2, 1), date(2026, 9, 30)),
        (date(2026, 3, 31), date(2026, 2, 1), date(2026, 9, 30)),
        (date(2026, 1, 15), date(2025, 12, 1), date(2026, 7, 31)),
        (date(2027, 8, 31), date(2027, 7, 1), date(2028, 2, 29)),
    ],
)
def test_a_site_sees_whole_months(on: date, first: date, last: date) -> None:
    assert months_around(on) == (first, last)


def test_the_feed_changes_with_the_month_and_not_with_the_day() -> None:
    subjects = two_subjects()
    feeds = [to_ics(site(Audience.COORDINATOR, *subjects, on=on)) for on in ("03-01", "03-31", "01-31")]
    assert feeds[0] == feeds[1] != feeds[2]
    assert [lint(feed) for feed in feeds] == [[], [], []]


def test_the_order_of_the_subjects_is_nothing_to_the_feed() -> None:
    one, other = two_subjects()
    assert to_ics(site(Audience.COORDINATOR, one, other)) == to_ics(site(Audience.COORDINATOR, other, one))


def test_one_subject_for_staff_is_the_site_with_one_subject() -> None:
    one = site(Audience.COORDINATOR, Subject(a_busy_patient(), TIMES))
    assert read_by(a_busy_patient(), Audience.COORDINATOR, Detail.STANDARD, site_label="Shanghai 01") == one


def test_an_empty_site_says_that_nothing_is_planned() -> None:
    seen = site(Audience.PHARMACY)
    assert shown(seen) == [("01-05", "Nothing is planned at present")]
    assert lint(to_ics(seen)) == []


def test_patients_are_never_put_together() -> None:
    with pytest.raises(ValueError, match="holds one patient"):
        site(Audience.PATIENT, *two_subjects())


def test_a_day_that_lost_a_part_changes_for_staff_too() -> None:
    one, _ = two_subjects()
    seen = site(Audience.COORDINATOR, replace(one, left={day("03-30"): 3, day("06-16"): 2}))
    assert [item.sequence for item in seen.items] == [3, 2]

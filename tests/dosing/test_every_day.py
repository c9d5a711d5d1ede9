"""What is given every day between two moments: its days, what ends them and why, what is handed out at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.tablets import Size
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.tablets_to_dispense import tablets_to_dispense
from scheduler.vocabulary.dosage_forms import Count
from tests.dosing.story import calendar, told
from tests.studies.telling import study

PROTOCOL = """
study days: first dose is Day 1
horizon: 1 year after first dose
treatments:
  pemetrexed:
    when: {{1: on first dose, then: 21 days after the previous cycle}}
    until: {limit}
    open: any day
    give: 500 mg intravenously
  folic-acid:
    kind: supportive medicine
    {when}
    open: any day
    give: 0.4 mg once daily by mouth every day
products:
  folic-acid: {{unit: 0.4 mg tablet, pack: bottle of 30{supply}}}
"""
FROM_UNTIL = "when: from 7 days before first dose until 21 days after the last pemetrexed dose"
TWO_FIELDS = """when: 7 days before first dose
    until: 21 days after the last pemetrexed dose"""
STARTED = """2026-02-20 randomised, arm: all
2026-02-23 cycle started, treatment: folic-acid, cycle: 1
2026-03-02 given, treatment: pemetrexed, n: 1
2026-03-23 given, treatment: pemetrexed, n: 2
"""
ONE = Decimal("0.4")
ENDED = "2026-03-30 discontinued, treatment: pemetrexed, reason: neutropenia, by: Dr A\n"
HELD = """2026-03-20 held, treatment: folic-acid, reason: nausea
2026-03-26 resumed, treatment: folic-acid
"""


def version(
    when: str = FROM_UNTIL, supply: str = ", handed out every: 28 days", limit: str = "at most 4 cycles"
) -> StudyVersion:
    return study(PROTOCOL.format(when=when, supply=supply, limit=limit))


def days_of(story: str, asked: StudyVersion) -> list[str]:
    entry = calendar(story, "2026-09-30", version=asked).by_id["folic-acid.1"]
    return [f"{run.status.value} {run.first_date:%m-%d} {run.last_date:%m-%d}" for run in entry.runs]


def handed_out(story: str, asked: StudyVersion) -> list[tuple[str, str, Count | None, int | None]]:
    """The pharmacy's lines: day, what to do, tablets, bottles."""
    patient = patient_of(asked, EVERY_DAY, told(story), subject="B-001")
    return [(f"{line.date:%m-%d}", line.work.value, line.units, line.packs) for line in tablets_to_dispense(patient)]


@pytest.mark.parametrize("when", [FROM_UNTIL, TWO_FIELDS])
def test_it_lasts_until_21_days_after_the_last_dose_that_is_planned(when: str) -> None:
    # Cycle 4 is 63 days after 2 March, on 4 May; 21 days after that is 25 May.
    assert days_of(STARTED, version(when)) == ["done 02-23 02-23", "planned 02-24 05-25"]


def test_the_end_moves_when_the_last_dose_is_another() -> None:
    # The last dose is that of 23 March; 21 days after that is 13 April.
    assert days_of(STARTED + ENDED, version()) == ["done 02-23 02-23", "planned 02-24 04-13"]


def test_without_an_end_it_lasts_as_long_as_the_calendar() -> None:
    assert days_of(STARTED, version(limit="progression")) == ["done 02-23 02-23", "planned 02-24 09-30"]


def test_progression_ends_what_it_hangs_on_and_the_days_after_it() -> None:
    # Progression on 30 March: the last dose was on 23 March, so the last tablet is on 13 April.
    story = STARTED + "2026-03-30 progressed\n"
    assert days_of(story, version(limit="progression")) == [
        "done 02-23 02-23",
        "planned 02-24 03-30",
        "planned 03-31 04-13",
    ]


def test_a_hold_takes_its_days_and_the_end_stays() -> None:
    assert days_of(STARTED + ENDED + HELD, version()) == [
        "done 02-23 02-23",
        "planned 02-24 03-19",
        "held 03-20 03-25",
        "planned 03-26 04-13",
    ]


def test_the_last_day_says_what_ends_it() -> None:
    asked = version()
    log = told(STARTED + ENDED)
    found = explain(calendar(STARTED + ENDED, "2026-09-30", version=asked), "folic-acid.1.50", asked, log)
    assert found.title == "Folic acid, day 50, on Monday 13 April 2026 (Day 43): 0.4 mg."
    assert [line.sentence for line in found.lines][1:4] == [
        "Protocol line 16: from 7 days before first dose until 21 days after the last pemetrexed dose.",
        "Pemetrexed, cycle 2 was given on Monday 23 March 2026 (Day 22); 21 days after that is Monday 13 April 2026.",
        'Event 5, Monday 30 March 2026: pemetrexed is discontinued, for the reason "neutropenia", by Dr A.',
    ]


def test_the_diary_has_one_tablet_on_each_of_its_days_and_none_after() -> None:
    found = calendar(STARTED + ENDED, "2026-04-30", version=version())
    diary = patient_diary(found, date(2026, 4, 10), date(2026, 4, 16), tablets={"folic-acid": Size((ONE,), "mg")})
    assert [
        (f"{day.date:%m-%d}", [each.at_once and each.at_once.tablets[0].count for each in day.tablets])
        for day in diary.days
    ] == [
        ("04-10", [1]),
        ("04-11", [1]),
        ("04-12", [1]),
        ("04-13", [1]),
        ("04-14", []),
        ("04-15", []),
        ("04-16", []),
    ]


def test_it_is_handed_out_for_28_days_at_a_time() -> None:
    # Days 1-28 from a bottle of 30, of which 2 are left; days 29-50 from 23 March need 22, so 20 are short: a second bottle.
    assert handed_out(STARTED + ENDED, version()) == [("02-23", "dispense", 28, 1), ("03-23", "dispense", 20, 1)]


def test_no_supply_is_handed_out_inside_a_hold_but_when_it_ends() -> None:
    # Held from 20 March, day 26, to 25 March: 25 of 30 are gone, 5 left. From 26 March, day 32, to day 50: 19, so 14 are short.
    assert handed_out(STARTED + ENDED + HELD, version()) == [
        ("02-23", "dispense", 28, 1),
        ("03-20", "hold", 0, 0),
        ("03-26", "resume", 14, 1),
    ]


def test_the_whole_is_handed_out_at_once_where_the_protocol_says_no_more() -> None:
    assert handed_out(STARTED + ENDED, version(supply="")) == [("02-23", "dispense", 50, 2)]


def test_no_number_is_told_where_nobody_knows_the_end() -> None:
    assert handed_out(STARTED, version(supply="", limit="progression")) == [("02-23", "dispense", None, None)]


WRONG = [
    ("once daily by mouth every day", "by mouth every day", "phrase", "say it before the route: once daily by mouth"),
    (
        FROM_UNTIL,
        "when: {1: on first dose, then: 21 days after the previous cycle}",
        "which-days",
        "write: on days 1-21",
    ),
    (
        "every day\n",
        "on days 1-3\n",
        "not-every-day",
        "write under 'give': 0.4 mg once daily by mouth every day; or here only the day that it is on",
    ),
    (
        "open: any day\n    give: 0.4",
        "open: any day\n    held days: made up\n    give: 0.4",
        "nothing-to-make-up",
        "leave out 'held days'",
    ),
]


@pytest.mark.parametrize(("wrong", "right", "code", "hint"), WRONG)
def test_what_makes_no_sense_of_it_is_a_finding(wrong: str, right: str, code: str, hint: str) -> None:
    text = PROTOCOL.format(when=FROM_UNTIL, supply="", limit="at most 4 cycles")
    assert text.count(wrong) == 1
    with pytest.raises(InvalidText) as raised:
        study(text.replace(wrong, right))
    errors = [each for each in raised.value.findings if each.severity is Severity.ERROR]
    assert [(each.code, each.hint) for each in errors] == [(code, hint)]

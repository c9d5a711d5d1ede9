"""What is given every other day: on the calendar, in the diary and in the sums it has every second day, and none between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.tablets import AtOnce, OfStrength, Size
from tests.dosing.story import calendar, exposure
from tests.studies.telling import study

GIVE = "80 mg {often} by mouth on days {days}"
PROTOCOL = """
study days: first dose is Day 1
treatments:
  tablet:
    when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}
    give: {give}
"""
VERSION = study(PROTOCOL.format(give=GIVE.format(often="every other day", days="1-21")))
SPELLED = study(PROTOCOL.format(give=GIVE.format(often="once daily", days="1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21")))
STARTED = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: tablet, cycle: 1
"""
HELD = """2026-03-05 held, treatment: tablet, reason: rash
2026-03-09 resumed, treatment: tablet
"""
DAYS = ["03-02", "03-04", "03-06", "03-08", "03-10", "03-12", "03-14", "03-16", "03-18", "03-20", "03-22"]


def days_taken(story: str, version: str = "every other day") -> list[str]:
    """The days before cycle 2 that the diary prints tablets for, by date; two at once of 40 mg."""
    asked = VERSION if version == "every other day" else SPELLED
    found = calendar(STARTED + story, "2026-03-29", version=asked)
    diary = patient_diary(found, date(2026, 3, 2), date(2026, 3, 29), tablets={"tablet": Size((Decimal(40),), "mg")})
    taken = [day for day in diary.days if day.tablets]
    assert {each.at_once for day in taken for each in day.tablets} == {AtOnce((OfStrength(2),))}
    return [f"{day.date:%m-%d}" for day in taken]


def test_the_diary_has_tablets_on_eleven_days_of_twenty_one() -> None:
    assert days_taken("") == DAYS


def test_the_calendar_gives_eighty_mg_on_each_of_these_days() -> None:
    entry = calendar(STARTED, "2026-03-29", version=VERSION).by_id["tablet.1"]
    assert [(f"{run.first_date:%m-%d}", run.first_date == run.last_date, str(run.doses[0])) for run in entry.runs] == [
        (day, True, "80 mg") for day in DAYS
    ]


def test_a_hold_takes_the_doses_that_fall_into_it() -> None:
    # Held from 5 to 8 March: the doses of 6 and 8 March are lost, the next is that of the 10th.
    assert days_taken(HELD) == ["03-02", "03-04", *DAYS[4:]]


def test_the_doses_of_a_cycle_add_up_to_eleven() -> None:
    line = exposure(STARTED, "2026-03-29", version=VERSION).lines[0]
    assert (line.delivered, line.dosed) == (Decimal(11 * 80), 11)
    held = exposure(STARTED + HELD, "2026-03-29", version=VERSION).lines[0]
    assert (held.delivered, held.dosed, held.held) == (Decimal(9 * 80), 9, 2)


def test_a_day_between_that_was_taken_is_an_extra_day() -> None:
    story = "2026-03-06 taken, treatment: tablet, from: 2026-03-03, to: 2026-03-03\n"
    lines = exposure(STARTED + story, "2026-03-29", version=VERSION).lines
    assert [(line.entry, line.delivered, line.dosed, line.extra) for line in lines] == [
        ("tablet.1", Decimal(880), 11, 0),
        ("tablet.unplanned.3", Decimal(80), 1, 1),
    ]


def test_it_is_the_same_as_the_days_written_one_by_one() -> None:
    assert days_taken(HELD) == days_taken(HELD, "once daily")
    assert exposure(STARTED + HELD, "2026-05-01", version=VERSION) == exposure(
        STARTED + HELD, "2026-05-01", version=SPELLED
    )

"""What is taken by the clock: folinic acid, 15 mg every 6 hours for two days, is 4 tablets of 15 mg a day and 8 in all.

Counted by hand: 4 x 15 mg = 60 mg a day on Tuesday 3 and Wednesday 4 March 2026, the second and the third day of the cycle.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.telling.explain import explain
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.languages import Language
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.tablets import AtOnce, OfStrength, Size
from tests.asking.story import asked
from tests.dosing.story import calendar, exposure
from tests.dosing.story import told as log_told
from tests.exports.paper.told import day_of, sheet_of
from tests.studies.telling import study

PROTOCOL = """
study days: first dose is Day 1
treatments:
  tablet:
    when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}
    give: 15 mg {often} by mouth on days 2-3
"""
STARTED = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: tablet, cycle: 1
"""
SIZES = {"tablet": Size((Decimal(15),), "mg")}
EVERY_SIX = study(PROTOCOL.format(often="every 6 hours"))


def test_the_calendar_says_how_often_on_both_days() -> None:
    found = calendar(STARTED, "2026-03-29", version=EVERY_SIX)
    (run,) = found.by_id["tablet.1"].runs
    assert (run.first_date, run.last_date, str(run.doses[0])) == (
        date(2026, 3, 3),
        date(2026, 3, 4),
        "15 mg every 6 hours",
    )
    assert "15 mg every 6 hours by mouth on days 2-3" in str(explain(found, "tablet.1", EVERY_SIX))


@pytest.mark.parametrize(
    ("often", "english", "chinese"),
    [
        ("four times daily", "1 tablet, four times a day", "每次 1 片，每日四次"),
        ("every 4 hours", "1 tablet, every 4 hours", "每次 1 片，每 4 小时一次"),
        ("every 6 hours", "1 tablet, every 6 hours", "每次 1 片，每 6 小时一次"),
        ("every 8 hours", "1 tablet, every 8 hours", "每次 1 片，每 8 小时一次"),
    ],
)
def test_the_diary_tells_one_tablet_at_a_time_and_how_often(often: str, english: str, chinese: str) -> None:
    found = calendar(STARTED, "2026-03-29", version=study(PROTOCOL.format(often=often)))
    diary = patient_diary(found, date(2026, 3, 2), date(2026, 3, 8), tablets=SIZES)
    taken = {f"{day.date:%m-%d}": line for day in diary.days for line in day.tablets}
    assert {day: line.at_once for day, line in taken.items()} == {
        day: AtOnce((OfStrength(1),), often) for day in ("03-03", "03-04")
    }
    assert tablets_in_words(taken["03-03"], Language.ENGLISH) == english
    assert tablets_in_words(taken["03-03"], Language.CHINESE) == chinese
    assert day_of(sheet_of(diary), 3) == english


def test_a_day_has_sixty_mg_and_both_days_a_hundred_and_twenty() -> None:
    line = exposure(STARTED, "2026-03-29", version=EVERY_SIX).lines[0]
    assert (line.delivered, line.dosed) == (Decimal(120), 2)


def test_half_of_a_day_that_somebody_reported_is_thirty_mg() -> None:
    reported = "2026-03-04 taken, treatment: tablet, from: 2026-03-03, to: 2026-03-03, amount: 30 mg\n"
    line = exposure(STARTED + reported, "2026-03-29", version=EVERY_SIX).lines[0]
    assert (line.delivered, line.dosed) == (Decimal(90), 2)


@pytest.mark.parametrize(
    ("amount", "told", "asked_about"),
    [
        ("60 mg", [], []),
        ("15 mg", ["15 mg a day; in force was 15 mg every 6 hours"], ["other-amount"]),
        ("30 mg", ["30 mg a day; in force was 15 mg every 6 hours"], ["other-amount"]),
    ],
)
def test_an_amount_reported_is_compared_with_that_of_the_whole_day(
    amount: str, told: list[str], asked_about: list[str]
) -> None:
    # Four times 15 mg are 60 mg: that is the planned day, and 15 mg are one dose of four.
    line = f"2026-03-04 taken, treatment: tablet, from: 2026-03-03, to: 2026-03-03, amount: {amount}"
    log = log_told(STARTED + line)
    assert [each.what for each in deviations_of(EVERY_SIX, EVERY_DAY, log)] == told
    assert [each.code for each in asked(STARTED, line, version=EVERY_SIX, site=EVERY_DAY)] == asked_about


def test_a_day_of_two_doses_is_no_overdose_where_the_first_and_last_day_have_one() -> None:
    # 500 mg in the evening of 2 March, 1000 mg a day from 3 March on: twice that is 2000 mg.
    give = "500 mg twice daily by mouth from the evening of day 1 to the morning of day 15"
    tablets = study(PROTOCOL.format(often="every 6 hours").replace("15 mg every 6 hours by mouth on days 2-3", give))
    taken = "2026-03-04 taken, treatment: tablet, from: 2026-03-03, to: 2026-03-03, amount: "
    codes = {
        amount: [each.code for each in calendar(STARTED + taken + amount, "2026-03-29", version=tablets).findings]
        for amount in ("1000 mg", "2000 mg")
    }
    assert codes == {"1000 mg": [], "2000 mg": ["overdose"]}


EVENINGS = study(
    PROTOCOL.format(often="every 6 hours").replace(
        "15 mg every 6 hours by mouth on days 2-3",
        "500 mg twice daily by mouth from the evening of day 1 to the morning of day 15",
    )
)


def told_of_times(day: str, times: str, also: str = "") -> list[str]:
    line = f"2026-03-18 taken, treatment: tablet, from: {day}, to: {day}, times: [{times}]{also}"
    found = asked(STARTED, line, version=EVENINGS, site=EVERY_DAY)
    return [each.what for each in found if each.code == "times-and-doses"]


def test_two_times_on_a_day_of_the_evening_alone_are_asked() -> None:
    """2 March is the evening of day 1, 16 March the morning of day 15: one dose each; on 3 March there are two."""
    both = '"08:00", "20:00"'
    assert told_of_times("2026-03-02", both) == ["2 times are written, and 2026-03-02 of tablet has 1 dose"]
    assert told_of_times("2026-03-16", both) == ["2 times are written, and 2026-03-16 of tablet has 1 dose"]
    assert told_of_times("2026-03-03", both) == []
    assert told_of_times("2026-03-03", '"08:00"') == ["one time is written, and 2026-03-03 of tablet has 2 doses"]
    assert told_of_times("2026-03-02", '"20:00"') == []
    assert told_of_times("2026-03-02", both, ", amount: 1000 mg") == []


@pytest.mark.parametrize(
    ("times", "milligrams", "said"),
    [
        ('"00:00", "06:00", "12:00", "18:00"', 120, []),
        ('"00:00", "06:00", "12:00"', 105, ["45 mg a day; in force was 15 mg every 6 hours"]),
        ('"00:00", "06:00", "12:00", "18:00", "23:00"', 135, ["75 mg a day; in force was 15 mg every 6 hours"]),
    ],
)
def test_as_many_doses_count_as_have_their_times(times: str, milligrams: int, said: list[str]) -> None:
    """Four doses of 15 mg on 3 March and four on 4 March are 120 mg; three and four are 105 mg, five and four 135 mg."""
    taken = f"2026-03-04 taken, treatment: tablet, from: 2026-03-03, to: 2026-03-03, times: [{times}]\n"
    found = exposure(STARTED + taken, "2026-03-29", version=EVERY_SIX)
    (total,) = [each.delivered for each in found.lines if each.treatment == "tablet"]
    assert total == Decimal(milligrams)
    log = log_told(STARTED + taken)
    assert [each.what for each in deviations_of(EVERY_SIX, EVERY_DAY, log)] == said

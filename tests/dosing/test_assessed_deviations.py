"""Deviations carry what somebody judged of them: importance, cause, the day found and the day reported."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.views.looking_back.deviations import ledger_of
from scheduler.views.shapes.deviations import tell_deviations
from tests.asking.story import asked, codes
from tests.dosing.story import told
from tests.seed import ending_long_holds, shanghai

LATE = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-04-03 cycle started, treatment: regorafenib, cycle: 2, recorded: "2026-04-06T08:00:00Z\""""
"""Cycle 2 began a day after its window, 27 March to 2 April; it was recorded on 6 April."""
ASSESSED = (
    "2026-04-10 deviation assessed, deviation: out of window, about: regorafenib.2, importance: {}, cause: patient"
)


def ledger(story: str, on: str | None = None) -> tuple[Deviation, ...]:
    return deviations_of(ending_long_holds(), shanghai(), told(story), on=date.fromisoformat(on) if on else None)


def test_found_when_it_was_recorded_and_not_judged() -> None:
    (late,) = ledger(LATE)
    assert (late.importance, late.cause, late.found, late.reported) == (None, None, date(2026, 4, 6), None)


def test_as_somebody_judged_it() -> None:
    line = ASSESSED.format("important") + ", found: 2026-04-07, reported: 2026-04-09"
    (late,) = ledger(f"{LATE}\n    {line}")
    assert (late.importance, late.cause, late.found, late.reported) == (
        "important",
        "patient",
        date(2026, 4, 7),
        date(2026, 4, 9),
    )
    assert late.events == (3, 4)


def test_the_last_judgement_counts() -> None:
    again = ASSESSED.replace("04-10", "04-12").format("not important")
    (late,) = ledger(f"{LATE}\n    {ASSESSED.format('important')}\n    {again}")
    assert (late.importance, late.events) == ("not important", (3, 5))


def test_what_is_no_deviation_any_more_is_told() -> None:
    corrected = (
        "2026-04-12 corrected, number: 3, reason: misread, "
        "with: {on: 2026-03-30, event: cycle started, treatment: regorafenib, cycle: 2}"
    )
    found = ledger(f"{LATE}\n    {ASSESSED.format('important')}\n    {corrected}")
    assert [(str(each.what), each.about, each.events) for each in found] == [
        ("assessed, and no deviation any more", "regorafenib.2", (4,))
    ]


def test_one_that_is_not_there_is_refused() -> None:
    line = ASSESSED.format("important").replace("regorafenib.2", "regorafenib.3")
    (question,) = asked(LATE, line)
    assert codes((question,)) == [("refused", "no-such-deviation", "0.deviation")]
    assert str(question.hint) == "the list has: out of window of regorafenib.2"
    assert asked(LATE, ASSESSED.format("important")) == ()


def test_lists_say_so() -> None:
    found = ledger(f"{LATE}\n    {ASSESSED.format('important')}")
    table = ledger_of("S", [("CTL-1", found)]).table()
    assert dict(zip(table.columns, table.rows[0], strict=True))["importance"] == "important"
    (shape,) = tell_deviations(ledger_of("S", [("CTL-1", found)])).deviations
    assert (shape.importance, shape.cause, shape.found) == ("important", "patient", date(2026, 4, 6))


HELD = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-10 held, treatment: regorafenib, reason: AE 1"""
"""From 10 March, day 9 of cycle 1: 28 days allowed are over after 7 April, so 8 April is the first day too many."""
RESUMED = "\n    2026-04-20 resumed, treatment: regorafenib, level: 0, dose: 120 mg"
HELD_AGAIN = """
    2026-04-27 held, treatment: regorafenib, reason: AE 2
    2026-06-08 resumed, treatment: regorafenib, level: 0, dose: 120 mg"""
JUDGED = "\n    {} deviation assessed, deviation: hold too long, about: regorafenib, importance: {}"


def holds(story: str, on: str | None = None) -> list[tuple[str, str | None, str]]:
    """The holds that were too long: the day, the importance and the day on which it was found."""
    found = [each for each in ledger(story, on) if each.kind is Deviated.HOLD_TOO_LONG]
    return [(f"{each.date}", each.importance, f"{each.found}") for each in found]


def test_a_later_hold_is_not_assessed_with_the_earlier_one() -> None:
    story = HELD + RESUMED + JUDGED.format("2026-04-21", "important") + HELD_AGAIN
    assert holds(story) == [("2026-04-20", "important", "2026-04-20"), ("2026-06-08", None, "2026-06-08")]
    # Judged by itself, it leaves what was said of the first one as it is.
    assert holds(story + JUDGED.format("2026-06-09", "not important")) == [
        ("2026-04-20", "important", "2026-04-20"),
        ("2026-06-08", "not important", "2026-06-08"),
    ]


def test_a_hold_that_was_not_too_long_yet_is_not_assessed_with_the_earlier_one() -> None:
    again = "\n    2026-04-27 held, treatment: regorafenib, reason: AE 2"
    story = HELD + RESUMED + again + JUDGED.format("2026-04-28", "important")
    assert [each[:2] for each in holds(story, "2026-06-08")] == [("2026-04-20", "important"), ("2026-06-08", None)]


def test_a_hold_assessed_while_it_lasts_is_the_same_when_it_has_ended() -> None:
    story = HELD + JUDGED.format("2026-04-08", "important")
    assert [each[:2] for each in holds(story, "2026-04-15")] == [("2026-04-15", "important")]
    assert [each[:2] for each in holds(story + RESUMED)] == [("2026-04-20", "important")]
    assert holds(story) == []


UNSEEN = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1"""


def test_what_has_no_record_can_be_assessed() -> None:
    (missing, *_) = [each for each in ledger(UNSEEN, "2026-05-21") if each.kind is Deviated.NO_RECORD]
    line = f"2026-05-21 deviation assessed, deviation: no record, about: {missing.about}, importance: important"
    assert asked(UNSEEN, line) == ()
    assessed = [each for each in ledger(f"{UNSEEN}\n    {line}", "2026-05-22") if each.importance is not None]
    assert [(each.about, each.date, str(each.what)) for each in assessed] == [
        (missing.about, missing.date, str(missing.what))
    ]
    # A list of no day has nothing without a record, so it does not say that it is gone.
    assert [each for each in ledger(f"{UNSEEN}\n    {line}") if each.importance is not None] == []


@pytest.mark.parametrize(
    ("days", "code", "field"),
    [
        ("found: 2026-05-22", "in-the-future", "found"),
        ("reported: 2026-05-22", "in-the-future", "reported"),
        ("found: 2026-04-02", "found-before-it-happened", "found"),
        ("reported: 2026-04-02", "found-before-it-happened", "reported"),
        ("found: 2026-04-08, reported: 2026-04-07", "reported-before-found", "reported"),
    ],
)
def test_days_that_cannot_be_are_refused(days: str, code: str, field: str) -> None:
    line = f"{ASSESSED.format('important')}, {days}"
    assert codes(asked(LATE, line)) == [("refused", code, f"0.{field}")]


def test_found_and_reported_on_its_own_day() -> None:
    assert asked(LATE, f"{ASSESSED.format('important')}, found: 2026-04-03, reported: 2026-04-03") == ()
    judged = JUDGED.format("2026-04-21", "important").strip()
    assert _asked(f"{judged}, found: 2026-04-08") == []
    assert _asked(f"{judged}, found: 2026-04-07") == ["found-before-it-happened"]


def _asked(line: str) -> list[str]:
    return [each.code for each in asked(HELD + RESUMED, line, version=ending_long_holds())]

"""Deviations carry what somebody judged of them: importance, cause, the day found and the day reported."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviation
from scheduler.views.looking_back.deviations import ledger_of
from scheduler.views.shapes.deviations import tell_deviations
from tests.asking.story import asked, codes
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

LATE = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-04-03 cycle started, treatment: regorafenib, cycle: 2, recorded: "2026-04-06T08:00:00Z\""""
"""Cycle 2 began a day after its window, 27 March to 2 April; it was recorded on 6 April."""
ASSESSED = (
    "2026-04-10 deviation assessed, deviation: out of window, about: regorafenib.2, importance: {}, cause: patient"
)


def ledger(story: str) -> tuple[Deviation, ...]:
    return deviations_of(VERSION, shanghai(), told(story))


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
    assert [(each.what, each.about, each.events) for each in found] == [
        ("assessed, and no deviation any more", "regorafenib.2", (4,))
    ]


def test_one_that_is_not_there_is_refused() -> None:
    line = ASSESSED.format("important").replace("regorafenib.2", "regorafenib.3")
    (question,) = asked(LATE, line)
    assert codes((question,)) == [("refused", "no-such-deviation", "0.deviation")]
    assert question.hint == "the list has: out of window of regorafenib.2"
    assert asked(LATE, ASSESSED.format("important")) == ()


def test_lists_say_so() -> None:
    found = ledger(f"{LATE}\n    {ASSESSED.format('important')}")
    table = ledger_of("S", [("CTL-1", found)]).table()
    assert dict(zip(table.columns, table.rows[0], strict=True))["importance"] == "important"
    (shape,) = tell_deviations(ledger_of("S", [("CTL-1", found)])).deviations
    assert (shape.importance, shape.cause, shape.found) == ("important", "patient", date(2026, 4, 6))

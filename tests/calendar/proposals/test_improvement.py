"""Not improved within seven days: counted from the reaction, or again from what was ordered in that time."""

from __future__ import annotations

import pytest

from tests.calendar.proposals.patients import CONTROL, calendar

MILD = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
"""Event 3. The seventh day is 23 March."""
LATER = "2026-04-30 unscheduled visit\n"
RULE = "hand-foot-skin-reaction.3.3"


def raised(*events: str) -> tuple[str, tuple[int, ...]] | None:
    """When the row fires, and what it rests on; None where it does not."""
    found = [each for each in calendar("".join((CONTROL, MILD, *events, LATER))).proposals if each.id == RULE]
    return (f"{found[0].raised:%m-%d}", found[0].events) if found else None


def regraded(day: str, grade: int) -> str:
    return f"2026-{day} regraded, ae: 1, grade: {grade}\n"


def changed(day: str, level: int = -1, dose: str = "80 mg") -> str:
    return f"2026-{day} dose changed, treatment: regorafenib, level: {level}, dose: {dose}\n"


def held(day: str) -> str:
    return f"2026-{day} held, treatment: regorafenib\n"


@pytest.mark.parametrize(
    ("events", "when"),
    [
        ([], ("03-23", (3,))),
        ([regraded("03-23", 1)], None),
        ([regraded("03-24", 1)], ("03-23", (3,))),
        ([regraded("03-20", 2)], ("03-23", (3,))),
        (["2026-03-23 resolved, ae: 1\n"], None),
        ([regraded("03-20", 3)], None),
        ([regraded("03-20", 3), regraded("03-22", 2)], None),
        ([regraded("03-24", 3)], ("03-23", (3,))),
        ([changed("03-16")], ("03-23", (3, 4))),
        ([changed("03-18")], ("03-25", (3, 4))),
        ([changed("03-23")], ("03-30", (3, 4))),
        ([changed("03-24")], ("03-23", (3,))),
        ([held("03-20")], ("03-27", (3, 4))),
        ([changed("03-18"), held("03-25")], ("04-01", (3, 4, 5))),
        ([changed("03-18"), held("03-26")], ("03-25", (3, 4))),
        ([changed("03-18"), regraded("03-25", 1)], None),
        ([changed("03-18"), regraded("03-26", 1)], ("03-25", (3, 4))),
    ],
    ids=[
        "nothing happened",
        "better on the seventh day",
        "better a day late",
        "seen again, no better",
        "over on the seventh day",
        "worse: another row is for that",
        "worse and back",
        "worse after the seven days",
        "reduced at once",
        "reduced: seven days more",
        "reduced on the seventh day",
        "reduced a day late",
        "held: seven days more",
        "reduced, then held",
        "held after the time was over",
        "better seven days after the reduction",
        "better eight days after the reduction",
    ],
)
def test_seven_days(events: list[str], when: tuple[str, tuple[int, ...]] | None) -> None:
    assert raised(*events) == when


def test_a_decision_to_reduce_gets_seven_days_too() -> None:
    decided = "2026-03-17 decided, proposal: hand-foot-skin-reaction.2.3, action: '1'\n"
    assert raised(decided) == ("03-24", (3, 4))


def test_a_decision_to_go_on_unchanged_gets_none() -> None:
    decided = "2026-03-17 decided, proposal: hand-foot-skin-reaction.2.3, action: continue unchanged\n"
    assert raised(decided) == ("03-23", (3,))


def test_before_the_seventh_day_it_is_to_come() -> None:
    found = calendar(CONTROL + MILD)
    assert [(each.id, f"{each.raised:%m-%d}") for each in found.proposals_to_come] == [(RULE, "03-23")]

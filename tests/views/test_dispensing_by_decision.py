"""A decision lowers what the pharmacy hands out exactly as the order itself would."""

from __future__ import annotations

from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.vocabulary.dosage_forms import Count
from tests.views.told import CONTROL, on, patient

SKIN = "  - {on: 2026-03-16, event: adverse event, ae: 1, term: hand-foot syndrome, grade: 3}\n"
REDUCED = "  - {on: 2026-03-16, event: decided, proposal: hand-foot-skin-reaction.6.3, action: reduce by 1 level}\n"
HELD = (
    "  - {on: 2026-03-16, event: decided, proposal: hand-foot-skin-reaction.6.3, action: '1'}\n"
    "  - {on: 2026-03-28, event: resolved, ae: 1}\n"
    "  - {on: 2026-03-30, event: resumed, treatment: regorafenib}\n"
)
BY_ORDER = "  - {on: 2026-03-16, event: dose changed, treatment: regorafenib, level: -1, dose: 80 mg}\n"


def cycle_2(*events: str) -> list[tuple[str, int | None, Count | None, int | None]]:
    found = dispensing_list([patient(CONTROL, SKIN, *events, subject="CTL-001")], on("03-28"), on("04-05"))
    return [(str(line.dose), line.level, line.units, line.packs) for line in (*found.lines, *found.apart)]


def test_two_tablets_a_day_instead_of_three() -> None:
    assert cycle_2(REDUCED) == cycle_2(BY_ORDER) == [("80", -1, 42, 2)]


def test_after_a_hold_that_was_decided_the_next_cycle_is_lower() -> None:
    assert cycle_2(HELD) == [("80", -1, 42, 2)]

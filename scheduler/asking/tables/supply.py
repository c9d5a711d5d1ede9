"""What is asked of what the pharmacy hands out, and of what comes back."""

from __future__ import annotations

from scheduler.asking.questions import supply
from scheduler.asking.rule import Rule, asked
from scheduler.patient.events import Dispensed, Lost, Returned

OF_SUPPLY: tuple[Rule, ...] = (
    asked("expired-lot", "a lot that expires before its last day of dosing", supply.expired_lot, Dispensed),
    asked(
        "more-than-the-cycle-takes",
        "more units than the days of a cycle take, and a pack",
        supply.more_than_the_cycle_takes,
        Dispensed,
    ),
    asked("cycle-ahead", "units for a cycle after the next one", supply.cycle_ahead, Dispensed),
    asked("part-of-a-pack", "a number of units that is no number of packs", supply.part_of_a_pack, Dispensed),
    asked("part-of-a-unit", "a part of a unit that nobody can give", supply.part_of_a_unit, Dispensed, Returned, Lost),
    asked(
        "more-than-handed-out",
        "more back than was handed out",
        supply.more_than_handed_out,
        Returned,
        Lost,
        Dispensed,
    ),
    asked(
        "before-handed-out",
        "units back, or lost, before any were handed out",
        supply.before_handed_out,
        Returned,
        Lost,
    ),
)

"""What visits are called in SDTM: each name is that of a single visit, and no patient has one number twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.findings import Finding, did_you_mean
from scheduler.protocol.checks.protocol import Protocol


def check_trial_visits(protocol: Protocol) -> Iterator[Finding]:
    """A name that nothing has, a visit that comes several times, a number or a name that two visits of one arm share."""
    root = protocol.root.below("trial visits")
    plans = protocol.version.arms.values()
    known = {line.name: line for plan in plans for line in plan.timelines.values() if line.sheet is None}
    for name in protocol.version.trial_visits:
        at = root.below(name)
        if name not in known:
            yield at.finding("unknown-visit", f"there is no visit or treatment '{name}'", did_you_mean(name, known))
        elif not known[name].single:
            message = f"{name} comes several times, and a number is of one visit"
            yield at.finding("number-of-several", message, "leave it out: each of them is numbered by its day")
    for plan in plans:
        numbers: dict[Decimal, str] = {}
        for name, visit in protocol.version.trial_visits.items():
            other = numbers.setdefault(visit.number, name) if name in plan.timelines else name
            if other != name:
                message = f"in the arm '{plan.arm}', {name} has the VISITNUM of {other}"
                yield root.below(name).finding("number-twice", message, "give each visit of an arm a number of its own")

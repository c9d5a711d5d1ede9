"""What follows another treatment or visit: one occurrence for each of the other's, which must be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.study import Role


def check_several_days_followed(protocol: Protocol) -> Iterator[Finding]:
    """What follows "every dose" of a treatment that has several dosing days in one cycle of another.

    It would be put on the first of these days, once for each of them: 4 doses on day 1, and none on days 8, 15 and 22.
    """
    for plan, line in protocol.timelines():
        parent = plan.timelines.get(line.follows.timeline) if line.follows is not None else None
        if line.then is None or parent is None or parent.follows is None or not parent.follows.has_days:
            continue
        several = next(part.days for part in parent.follows.parts if len(part.days) > 1)
        days = ", ".join(map(str, several))
        message = f"{parent.name} is on several days of a cycle ({days}), so nothing can follow every one of them"
        hint = f"write the days of its own, as under {parent.name}"
        if line.role is Role.TREATMENT:
            hint += f", and, where it must be on the same days, 'together with: {parent.name}'"
        yield protocol.at(line.then.clause).finding("follows-several-days", message, hint, word=parent.name)

"""The time of an infusion by the number of its dose: each number is one dose, and there are as many."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol


def check_infusion_times(protocol: Protocol) -> Iterator[Finding]:
    """Doses are numbered for their times: in a cycle of several dosing days no number says which; the last must come."""
    for _, line in protocol.treatments():
        for give in line.gives:
            times = give.duration
            if times is None or not times.change:
                continue
            at = protocol.at(give.clause)
            most = min((limit.most for limit in line.counts), default=None)
            (_, first), *_, (_, later) = times.steps
            if line.has_days or give.days != ((1, 1),):
                message = f"{line.called} 1 of {line.name} is no single dose: its cycles have several days"
                said = f"... over {first} on day 1 of cycle 1, and ... over {later} on the other days, and of cycles 2 and later"
                yield at.finding("times-without-number", message, f"write a sentence for each: {said}", word="over")
            elif most is not None and most < times.last_change:
                message = f"{line.name} has {most} doses at most, so none is over {later}"
                hint = f"leave 'from dose {times.last_change}' and its time out, or give more doses"
                yield at.finding("time-never-comes", message, hint, word="from")

"""The sentence that dated an entry."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Entry
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.timing import Timing


def timing_of(line: Timeline, entry: Entry) -> Timing | None:
    """The sentence that dated an entry: the one of its number that its reasons cite."""
    own = [line.last] if entry.id.endswith(".last") else [line.timing(entry.n), *line.pieces]
    own += line.numbered.values() if line.restarts else ()
    timings = [timing for timing in own if timing is not None]
    cited = (*entry.because.set_by, *entry.because.looked_at)
    return next((timing for timing in timings if timing.clause in cited), timings[0] if timings else None)

"""What an entry cites, it carries: a feed's SEQUENCE is the highest event number behind it, also behind what it links to.

Here and nowhere else the links are followed, once all entries have their reasons: whoever adds a reason need not count.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.because import After, Because, highest
from scheduler.calendar.entries.entry import Entry, Run


def carrying(entries: list[Entry], placed: Mapping[str, Placement]) -> list[Entry]:
    """The entries, each and its runs with the highest number of all that they cite."""
    latest, links = _each_by_itself(entries, placed)
    _follow(latest, links)
    return [
        each if not each.runs and latest[each.id] == each.because.latest else _carry(each, latest) for each in entries
    ]


def _each_by_itself(
    entries: list[Entry], placed: Mapping[str, Placement]
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """The highest number that each occurrence cites itself, and the others that it links to. Some have no entry."""
    cited = {each.id: each.because for each in entries}
    for name, each in placed.items():
        if name not in cited:
            cited[name] = Because(each.set_by, each.looked, each.latest)
    latest = {name: _highest_of(because) for name, because in cited.items()}
    # Nothing rises above the highest of all, so that where this is cited already no link has to be followed.
    top = max(latest.values(), default=0)
    return latest, {name: _links(cited[name]) for name, number in latest.items() if number < top}


def _highest_of(because: Because) -> int:
    set_by, looked, number, _ = because
    number = highest(set_by, number)
    return highest(looked, number) if looked else number


def _links(because: Because) -> tuple[str, ...]:
    set_by, looked, *_ = because
    return tuple([reason.entry for reason in (set_by + looked if looked else set_by) if type(reason) is After])


def _follow(latest: dict[str, int], links: dict[str, tuple[str, ...]]) -> None:
    """Take the numbers along the links until nothing rises any more: two may link to each other."""
    rising = True
    while rising:
        rising = False
        for name, others in links.items():
            own = latest[name]
            for other in others:
                number = latest.get(other, 0)
                if number > own:
                    own = latest[name] = number
                    rising = True


def _carry(entry: Entry, latest: Mapping[str, int]) -> Entry:
    because = _raised(entry.because, latest[entry.id])
    if not entry.runs:
        return entry if because is entry.because else entry._replace(because=because)
    runs = tuple([_carry_run(run, latest) for run in entry.runs])
    if because is entry.because and all(new is old for new, old in zip(runs, entry.runs, strict=True)):
        return entry
    return entry._replace(because=because, runs=runs)


def _carry_run(run: Run, latest: Mapping[str, int]) -> Run:
    behind = max([latest.get(name, 0) for name in _links(run.because)], default=0)
    because = _raised(run.because, max(_highest_of(run.because), behind))
    return run if because is run.because else run._replace(because=because)


def _raised(because: Because, latest: int) -> Because:
    return because if latest == because.latest else because._replace(latest=latest)

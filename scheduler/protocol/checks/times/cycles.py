"""Cycles of their own: drugs are timed on them, and where one drug is timed on another instead, both end together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import DayOf, HasHad, LastDayOf, LastDose, Moment, Selection, StartOf
from scheduler.protocol.plan.times.timing import Timing


def check_cycles_have_drugs(protocol: Protocol) -> Iterator[Finding]:
    """Cycles that no treatment is timed on, or that are timed on another thing: nothing would begin or end them."""
    for plan in protocol.version.arms.values():
        for clock in plan.cycles():
            if not plan.drugs[clock.name]:
                message = f"no treatment is timed on {clock.name}, so nothing begins its cycles"
                hint = "write for each drug: in every cycle on day 1; or make it a visit"
                yield Finding("cycles-without-drugs", Severity.ERROR, message, hint, protocol.key(clock))
            if clock.follows is not None or clock.each is not None or clock.pieces:
                message = f"{clock.name} are cycles, which count from the one before"
                hint = "write: {1: on first dose, then: 14 days +3 after the previous cycle}"
                yield protocol.of(clock).below("when").finding("cycles-by-another", message, hint)


def check_held_with(protocol: Protocol) -> Iterator[Finding]:
    """A drug that cycles are held with, and that is not timed on them."""
    for plan in protocol.version.arms.values():
        for clock in plan.cycles():
            for index, name in enumerate(clock.held_with):
                if name not in plan.drugs[clock.name]:
                    message = f"{name} is not timed on {clock.name}, so its hold cannot hold them"
                    hint = f"name one of: {', '.join(plan.drugs[clock.name])}"
                    at = protocol.of(clock).below("held with", index)
                    yield at.finding("held-with-another", message, hint, word=name)


def check_last_day_of_cycles(protocol: Protocol) -> Iterator[Finding]:
    """The last day of cycles that give nothing themselves: only their drugs have days after the first."""
    for plan in protocol.version.arms.values():
        for clock in plan.cycles():
            drugs = {name: _last_day(plan.timelines[name]) for name in plan.drugs[clock.name]}
            last = max(drugs, key=lambda name: drugs[name], default=None)
            if last is None or drugs[last] == 1:
                continue
            for clause, moments in _sentences(plan):
                if any(
                    isinstance(each, LastDayOf | LastDose | HasHad) and each.timeline == clock.name for each in moments
                ):
                    at = protocol.at(clause)
                    right = at.with_word(clock.name, last)
                    message = f"{clock.name} gives nothing itself, so that its last day would be day 1 of a cycle"
                    hint = (
                        f"write: {right}" if right != clause.text else f"name the drug whose last day is meant: {last}"
                    )
                    yield at.finding("last-day-of-cycles", message, hint, word=clock.name)


def _last_day(drug: Timeline) -> int:
    """The last day of the cycle on which a drug that is timed on it may be given."""
    parts = drug.follows.parts if drug.follows is not None else ()
    begins = max((day for part in parts for day in part.days), default=1)
    return max(begins, 1) + max((give.last_day for give in drug.gives if not give.every_day), default=1) - 1


def _sentences(plan: Plan) -> Iterator[tuple[Clause, tuple[Moment, ...]]]:
    """Every sentence about when, with the moments that it names."""
    for line in (*plan.timelines.values(), *plan.dates.values()):
        for limit in line.limits_by_date:
            yield limit.clause, (limit.edge.moment,)
        for timing in timings(line):
            yield timing.clause, _moments(timing)
    for period in plan.periods:
        for timing in (period.start, period.end):
            yield timing.clause, _moments(timing)
    for epoch in plan.epochs:
        yield epoch.start.clause, _moments(epoch.start)


def _moments(timing: Timing) -> tuple[Moment, ...]:
    edges = (*timing.not_before, *timing.not_after, *(limit.edge for limit in timing.until))
    return (timing.moment, *(edge.moment for edge in edges))


def check_ends_with_another(protocol: Protocol) -> Iterator[Finding]:
    """A treatment that is timed on another one, so that the end of that one is its own: cycles of their own would go on."""
    for plan, line in protocol.treatments():
        leader = _leader(plan, line)
        timing, follows = line.then, line.follows
        if leader is None or timing is None or follows is None or timing.span is not None:
            continue
        if not isinstance(timing.moment, StartOf | DayOf):
            continue
        message = f"{line.name} is timed on {leader.name}: when {leader.name} is discontinued, {line.name} ends too"
        timings = line.by_part or (timing,)
        parts = zip(follows.parts, timings, strict=True)
        sentence = "; ".join(in_cycles(part) + _rest(own.clause.text) for part, own in parts)
        hint = (
            f"where it is to go on, write the 'when' and 'until' of {leader.name} under 'cycles', by a name such as "
            f"chemotherapy; for {leader.name} write: in every cycle, and here: {sentence}"
        )
        yield protocol.at(timing.clause).note("ends-with-another", message, hint, word=leader.name)


def _leader(plan: Plan, line: Timeline) -> Timeline | None:
    """The study treatment that a study treatment is timed on."""
    leader = plan.timelines.get(line.follows.timeline) if line.follows is not None else None
    if leader is None or leader.role is not Role.TREATMENT or leader.supportive or line.supportive:
        return None
    return leader


def in_cycles(follows: Follows) -> str:
    """The same cycles and days as they are said of cycles of their own: "in cycles 1-4 on days 1, 8"."""
    days = ", ".join(map(str, follows.days))
    on = f" on day{'s' if len(follows.days) > 1 else ''} {days}" if days else ""
    return f"in {_cycles(follows.selection)}{on}"


def _rest(sentence: str) -> str:
    """What a timing says after the cycles and days: its window and its waits, without what it rests on."""
    found = re.search(r"\s[±+-]\s*[0-9]|,\s(?:not before|not after|until)\b", sentence)
    return re.sub(r"\s*\([^()]*\)\s*$", "", sentence[found.start() :]) if found else ""


def _cycles(selection: Selection) -> str:
    every = selection.every
    if not selection.listed:
        return f"every {_ordinal(every)} cycle" if every is not None and every > 1 else "every cycle"
    if len(selection.listed) == 1 and every is None:
        return f"cycle {selection.listed[0]}"
    then = "" if every is None else " and later" if every == 1 else f", then every {_ordinal(every)}"
    return f"cycles {_ranges(selection.listed)}{then}"


def _ranges(numbers: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"

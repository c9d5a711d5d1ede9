"""Numbers that never come: a gap in a table, a timeline without a beginning, an end before the first, nobody who has it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.offsets import days_from_root
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.times.moments import LastDayOf, LastDose, Moment, Named, Relative, StartOf
from scheduler.protocol.text.protocol_text import CyclesText, TreatmentText, VisitText


def check_gaps(protocol: Protocol) -> Iterator[Finding]:
    """A table with 1 and 3, but neither 2 nor "then": nothing after 1 is ever reached."""
    for _, line in protocol.timelines():
        if line.then is not None or line.pieces or not line.numbered:
            continue
        missing = next((n for n in range(min(line.numbered), max(line.numbered)) if n not in line.numbered), None)
        if missing is not None:
            after = min(n for n in line.numbered if n > missing)
            message = f"{line.name}.{missing} has no timing, so {line.name}.{after} is never reached"
            at = protocol.at(line.numbered[after].clause)
            yield at.finding("unreachable", message, f"write a timing for {missing}, or 'then' for all without one")


def check_beginnings(protocol: Protocol) -> Iterator[Finding]:
    """The first occurrence cannot count from the one before it."""
    for _, line in protocol.timelines():
        first = line.timing(line.first_number)
        if first is not None and line.follows is None and _is_previous(first.moment, line.name):
            message = f"{line.name}.{line.first_number} is the first: there is no previous one to count from"
            hint = f"write when {line.first_number} is, such as '{line.first_number}: on first dose'"
            yield protocol.at(first.clause).finding("no-beginning", message, hint)


def _is_previous(moment: Moment, name: str) -> bool:
    return isinstance(moment, StartOf | LastDayOf) and moment.which is Relative.PREVIOUS and moment.timeline == name


def check_counts(protocol: Protocol) -> Iterator[Finding]:
    """A table that goes on after the last number that "until" allows."""
    for _, line in protocol.timelines():
        for limit in line.counts:
            beyond = [n for n in line.numbered if n > limit.most]
            if beyond:
                message = f"{line.name}.{min(beyond)} comes after the end, which is {limit.most}"
                at = protocol.at(line.numbered[min(beyond)].clause)
                yield at.finding("unreachable", message, "take it out, or raise the limit under 'until'")


def check_doses_that_never_come(protocol: Protocol) -> Iterator[Finding]:
    """A dose of numbers that a drug of some cycles alone does not have: a loading dose that nobody would ever be given."""
    for _, line in protocol.treatments():
        follows = line.follows
        if follows is None or follows.again or any(part.selection.every is not None for part in follows.parts):
            continue
        numbers = sorted({n for part in follows.parts for n in part.selection.listed})
        for give in line.gives:
            asked = give.cycles
            if asked is not None and asked.every is None and not set(asked.listed) & set(numbers):
                message = f"{line.name} has no number {', '.join(map(str, asked.listed))}, so this is never given"
                hint = f"its doses have the numbers of the cycles that they are in: {', '.join(map(str, numbers))}"
                yield protocol.at(give.clause).finding("unknown-occurrence", message, hint)


def check_ends(protocol: Protocol) -> Iterator[Finding]:
    """An "until" that lies before the first occurrence."""
    for plan, line in protocol.timelines():
        first = line.timing(line.first_number) or (line.pieces[0] if line.pieces else None)
        begins = days_from_root(plan, first) if first is not None else None
        if begins is None:
            continue
        for limit in line.limits_by_date:
            ends = days_from_root(plan, limit.edge)
            if ends is None or ends.root != begins.root:
                continue
            if ends.latest < begins.earliest or (limit.before and ends.latest <= begins.earliest):
                message = f"{line.name} ends before it begins"
                hint = f"the first is {begins.earliest} days after {begins.root}"
                yield protocol.at(limit.clause).finding("unreachable", message, hint)


def check_somebody_has_it(protocol: Protocol) -> Iterator[Finding]:
    """A treatment or visit that no arm has."""
    text = protocol.text
    for section, names in (("cycles", text.cycles), ("treatments", text.treatments), ("visits", text.visits)):
        for name, each in names.items():
            arms = (
                each.arms
                if isinstance(each, TreatmentText | CyclesText | VisitText)
                else each
                if isinstance(each, dict)
                else None
            )
            if arms is not None and not list(arms):
                place = protocol.root.below(section, name).key()
                hint = "list the arms, or leave 'arms' out for all of them"
                yield Finding("unreachable", Severity.ERROR, f"no arm has {name}", hint, place)


def check_first_doses(protocol: Protocol) -> Iterator[Finding]:
    """What goes before the first dose and is not said to be supportive: its doses are not the first dose."""
    for plan, line in protocol.treatments():
        said = line.supportive or protocol.text.study_days.first_dose_of
        if line.name in plan.not_first and not said:
            message = f"{line.name} goes before the first dose, so no dose of it is the first dose"
            hint = (
                "write 'kind: supportive medicine' where it is that, or under 'study days': first dose of ... is Day 1"
            )
            yield protocol.of(line).below("when").note("not-the-first-dose", message, hint)


def check_arms_have_something(protocol: Protocol) -> Iterator[Finding]:
    """An arm in which nothing is done, and sentences that count from doses where an arm gets none."""
    for arm, plan in protocol.version.arms.items():
        place = protocol.root.below("arms", arm).key()
        if not plan.timelines:
            hint = "list it under 'arms' of what it gets"
            yield Finding("empty-arm", Severity.ERROR, f"arm '{arm}' has no treatment and no visit", hint, place)
        elif not plan.treatments():
            yield from _counts_from_doses(protocol, arm, plan)


def _counts_from_doses(protocol: Protocol, arm: str, plan: Plan) -> Iterator[Finding]:
    if _is_of_doses(plan.reference):
        message = f"arm '{arm}' has no treatment, so its study days would count from nothing"
        place = protocol.root.below("study days")
        yield place.finding("no-dose-to-count-from", message, "count from what every arm has: randomisation is Day 1")
    for line in plan.timelines.values():
        for timing in timings(line):
            edges = (*timing.not_before, *timing.not_after)
            if any(_is_of_doses(moment) for moment in (timing.moment, *(edge.moment for edge in edges))):
                message = f"arm '{arm}' has no treatment, so {line.name} has no date there"
                hint = "list under 'arms' those that it is for, or count from what this arm has"
                yield protocol.at(timing.clause).finding("no-dose-to-count-from", message, hint)


def _is_of_doses(moment: Moment) -> bool:
    return isinstance(moment, LastDose) or moment == Named("first dose")

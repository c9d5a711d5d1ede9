"""A run-in or induction that all get, then randomisation: what is before it, what waits for it, and when it is."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import RANDOMISATION, Edge, LastDose, Moment, Named, OnStudyDay
from scheduler.protocol.plan.times.timing import Timing

_FIRST_DOSE = Named("first dose")


def check_before_randomisation(protocol: Protocol) -> Iterator[Finding]:
    """What all get before randomisation is the same for all, and counts from nothing that comes after it."""
    marked = [name for name, text in protocol.text.treatments.items() if text.given is not None]
    if not marked:
        yield from _randomised_after_doses(protocol)
        return
    plans = tuple(protocol.version.arms.values())
    for name in marked:
        yield from _the_same_for_all(protocol, plans, name)
        for plan in plans:
            line = plan.timelines.get(name)
            if line is not None and RANDOMISATION in _Way(plan).of_first(line):
                message = f"{name} is given before randomisation, and counts from it"
                hint = "count from what comes before it, such as: on first dose; or leave out 'given'"
                yield protocol.of(line).below("given").finding("after-randomisation", message, hint)
    yield from _what_follows(protocol, plans)
    if "randomisation" not in plans[0].dates:
        message = "nobody is told when the patient is randomised"
        hint = f"write under 'dates': randomisation: {{when: 0 to 7 days after the last {marked[-1]} dose}}"
        yield protocol.root.below("treatments", marked[0], "given").warning("randomised-when", message, hint)


def _the_same_for_all(protocol: Protocol, plans: tuple[Plan, ...], name: str) -> Iterator[Finding]:
    at = protocol.root.below("treatments", name)
    lines = [plan.timelines.get(name) for plan in plans]
    if protocol.text.treatments[name].arms is not None:
        message = f"{name} is given before randomisation, when nobody has an arm"
        yield at.below("arms").finding("arm-before-randomisation", message, "leave out 'arms'")
    elif any(line != lines[0] for line in lines):
        message = f"{name} is given before randomisation, and is not the same in all arms"
        hint = "write what all get; what differs between the arms is another treatment, from randomisation on"
        yield at.below("given").finding("arm-before-randomisation", message, hint)


def _what_follows(protocol: Protocol, plans: tuple[Plan, ...]) -> Iterator[Finding]:
    """What is not marked waits for randomisation; or for a date that only a person records."""
    for plan in plans:
        for line in plan.timelines.values():
            is_cycles = line.role is Role.CYCLES and bool(plan.drugs.get(line.name))
            drugs = [plan.timelines[name] for name in plan.drugs.get(line.name, ())] if is_cycles else [line]
            if not (line.role is Role.TREATMENT or is_cycles) or any(each.before_randomisation for each in drugs):
                continue
            met = _Way(plan).of_first(line)
            recorded = (each for each in met if isinstance(each, Named) and each.name not in plan.dates)
            if RANDOMISATION not in met and all(each == _FIRST_DOSE for each in recorded):
                message = f"{line.name} does not wait for randomisation"
                hint = (
                    "where all get it before they are randomised, write 'given: before randomisation' under it; else count "
                    "from randomisation, or write: not before randomisation"
                )
                yield protocol.of(line).below("when").finding("before-randomisation", message, hint)


def _randomised_after_doses(protocol: Protocol) -> Iterator[Finding]:
    """A date of randomisation that counts from doses, which nobody may be given before it."""
    for plan in protocol.version.arms.values():
        line = plan.dates.get("randomisation")
        timing = line.timing(1) if line is not None else None
        if timing is None:
            continue
        doses = [each for each in _Way(plan).of_timing(timing) if isinstance(each, str) and _is_treatment(plan, each)]
        if doses:
            message = f"randomisation counts from {doses[0]}, and nothing is given before it"
            hint = f"write under {doses[0]}: given: before randomisation"
            yield protocol.at(timing.clause).warning("doses-before-randomisation", message, hint)


def _is_treatment(plan: Plan, name: str) -> bool:
    return name in plan.timelines and plan.timelines[name].role is Role.TREATMENT


class _Way:
    """What an occurrence counts from or waits for, in turn: timelines by name, and dates."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.met: dict[str | Moment, None] = {}

    def of_first(self, line: Timeline) -> tuple[str | Moment, ...]:
        """All that the first occurrence of a timeline rests on."""
        self._line(line)
        return tuple(self.met)

    def of_timing(self, timing: Timing) -> tuple[str | Moment, ...]:
        """All that a timing rests on."""
        self._timing(timing)
        return tuple(self.met)

    def _line(self, line: Timeline) -> None:
        if line.name in self.met:
            return
        self.met[line.name] = None
        first = line.timing(line.first_number) or next(iter(timings(line)), None)
        if line.follows is not None:
            self._name(line.follows.timeline)
        if first is not None:
            self._timing(first)

    def _timing(self, timing: Timing) -> None:
        edges: tuple[Edge, ...] = timing.not_before
        for moment in (timing.moment, *(edge.moment for edge in edges)):
            self._moment(moment)

    def _moment(self, moment: Moment) -> None:
        if isinstance(moment, OnStudyDay):
            self._moment(self.plan.reference)
        elif isinstance(moment, Named):
            self._date(moment)
        elif isinstance(moment, LastDose) and moment.timeline is None:
            return
        else:
            self._name(getattr(moment, "timeline", None) or "")

    def _date(self, date: Named) -> None:
        if date in self.met:
            return
        self.met[date] = None
        planned = self.plan.dates.get(date.name)
        timing = planned.timing(1) if planned is not None else None
        if timing is not None:
            self._timing(timing)

    def _name(self, name: str) -> None:
        line = self.plan.timelines.get(name)
        if line is not None:
            self._line(line)

"""What bookings and visits contradict: entries that no calendar of the arm has, and the same entry done twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.doses import is_given, is_in_parts
from scheduler.patient.contradictions.say import CORRECT_ONE, refuse, repeats, told
from scheduler.patient.episodes.followed_events import followed_events
from scheduler.patient.events import (
    Booked,
    CycleStarted,
    Given,
    NotDone,
    Rebooked,
    Response,
    ScreenFailed,
    UnscheduledVisit,
    VisitDone,
)
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import NotDone as WhenNotDone
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import IUPD, EachEvent
from scheduler.said import COMMAS, Code, Said, Value, listed, said, said_as
from scheduler.source.quoting import quoted

_ID = re.compile(r"(?P<name>.+?)\.(?:(?P<last>last)|(?P<n>0|[1-9][0-9]{0,5})(?:\.(?P<day>[1-9][0-9]{0,3}))?)")
_UNSCHEDULED = "unscheduled"


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry id means: an occurrence of a timeline, or (without one) an unscheduled visit. ``n`` is None for the last."""

    line: Timeline | None
    n: int | None
    day: int | None

    @property
    def is_treatment(self) -> bool:
        """True for what is given or taken."""
        return self.line is not None and self.line.role is Role.TREATMENT

    @property
    def is_dosing_day(self) -> bool:
        """True for a later day of a cycle, which has no entry of its own."""
        own = self.line is None or self.line.follows is None or not self.line.follows.has_days
        return self.is_treatment and own and self.day not in (None, 1)


def entries_are_on_the_calendar(chart: Chart) -> Iterator[Finding]:
    """An entry that an event names is one that the patient's calendar can have."""
    named: list[tuple[Fact, str | None]] = []
    named += [(fact, event.entry) for fact, event in chart.of(VisitDone, NotDone, Booked, Rebooked)]
    named += [(fact, event.entry) for fact, event in chart.of(Response)]
    for fact, entry in named:
        if entry is not None and find(chart, entry, fact.event.on) is None:
            yield _unknown(chart, fact, entry)


def find(chart: Chart, entry: str, day: date) -> Target | None:
    """What an entry id means for this patient, or None when no calendar of theirs has it."""
    parts = _ID.fullmatch(entry)
    if parts is None:
        return None
    n = int(parts["n"]) if parts["n"] else None
    cycle_day = int(parts["day"]) if parts["day"] else None
    if parts["name"] == _UNSCHEDULED:
        made = any(fact.number == n for fact, _ in chart.of(UnscheduledVisit))
        return Target(None, n, None) if made and cycle_day is None else None
    for plan in chart.plans_on(day):
        line = plan.timelines.get(parts["name"])
        if line is not None and _makes(chart, line, n, cycle_day):
            return Target(line, n, cycle_day)
    return None


def _makes(chart: Chart, line: Timeline, n: int | None, day: int | None) -> bool:
    if n is None:
        return line.last is not None
    if line.follows is not None and line.follows.has_days:
        return day is not None and day in line.follows.possible_days(n)
    if day is not None:
        return n >= 1 and day in _days(line)
    if line.each is not None:
        return _is_an(line, chart, n)
    if line.screens:
        failed = sum(1 for _ in chart.of(ScreenFailed))
        return line.first_number <= n <= line.first_number + failed
    if line.single and not line.long_holds:
        return n in (line.numbered or (line.first_number,))
    return n in line.numbered or (_goes_on(line) and n >= line.first_number)


def _goes_on(line: Timeline) -> bool:
    return bool(line.then or line.pieces or line.follows or line.long_holds or line.restarts)


def _is_an(line: Timeline, chart: Chart, number: int) -> bool:
    """True when that event is of the kind which makes these entries, such as an iUPD."""
    moment = line.then.moment if line.then is not None else None
    if isinstance(moment, EachEvent) and moment.name != IUPD:
        return any(each.fact.number == number for each in followed_events(moment, chart.facts))
    return any(
        fact.number == number and line.each in (getattr(fact.event, "assessment", None), fact.event.event)
        for fact in chart.facts
    )


def _days(line: Timeline) -> frozenset[int]:
    """The days of a cycle that have an entry of their own."""
    ranges = [days for give in line.gives for days in give.days]
    listed = frozenset(day for part in line.follows.parts for day in part.days) if line.follows else frozenset()
    return frozenset(day for first, last in ranges for day in range(first, last + 1)) | listed


def _unknown(chart: Chart, fact: Fact, entry: str) -> Finding:
    message = said("the calendar has no entry {entry}", entry=Code(quoted(entry)))
    name, _, rest = entry.partition(".")
    plans = chart.plans_on(fact.event.on)
    line = next((plan.timelines[name] for plan in plans if name in plan.timelines), None)
    if line is not None:
        return refuse("unknown-entry", message, _its_entries(line), fact)
    arms = chart.version_on(fact.event.on).arms.values()
    elsewhere = sorted(plan.arm for plan in arms if name in plan.timelines)
    if elsewhere:
        return refuse(
            "unknown-entry",
            message,
            said(
                "{name} belongs to the arm {elsewhere}",
                name=Code(quoted(name)),
                elsewhere=listed(*map(Code, elsewhere), how=COMMAS),
            ),
            fact,
        )
    if name == _UNSCHEDULED:
        return refuse("unknown-entry", message, said("the number is that of the event 'unscheduled visit'"), fact)
    return refuse("unknown-entry", message, nearest_known(entry, _likely(plans, rest)), fact)


def _its_entries(line: Timeline) -> Said:
    """How the entries of a timeline are written."""
    if line.each is not None:
        return said(
            "the number is that of the event with {what}, such as {name}.17",
            what=Code(line.each),
            name=Code(line.name),
        )
    first = line.first_number
    numbers = [first, first + 1] if _goes_on(line) else sorted(line.numbered)[:12] or [first]
    written: list[Value] = [Code(f"{line.name}.{number}") for number in numbers]
    if _goes_on(line):
        written[-1] = said("{entry} and so on", entry=written[-1])
    if line.last is not None:
        written.append(Code(f"{line.name}.last"))
    if line.has_days:
        days = sorted(_days(line))
        begin, end = (Code(f"{line.name}.{first}.{day}") for day in (days[0], days[-1]))
        written.append(said_as("several entries", "{first} to {last}", first=begin, last=end))
    return said("known here: {names}", names=listed(*written, how=COMMAS))


def _likely(plans: tuple[Plan, ...], rest: str) -> set[str]:
    return {f"{name}.{rest or line.first_number}" for plan in plans for name, line in plan.timelines.items()}


def visits_are_not_doses(chart: Chart) -> Iterator[Finding]:
    """'visit done' is for visits; doses have words of their own, which say what was given."""
    for fact, event in chart.of(VisitDone):
        target = find(chart, event.entry, event.on)
        if target is not None and target.line is not None and target.is_treatment:
            hint = _how_to_record(target.line, target.n, target.day)
            yield refuse("treatment-entry", said("{entry} is a dose", entry=Code(quoted(event.entry))), hint, fact)
        elif target is not None and target.line is not None and target.line.role is Role.CYCLES:
            hint = said("record 'given' of each drug that was given in it: the first of day 1 begins the cycle")
            yield refuse(
                "cycles-give-nothing",
                said("{entry} is a cycle and no visit", entry=Code(quoted(event.entry))),
                hint,
                fact,
            )
    for fact, omitted in chart.of(NotDone):
        target = find(chart, omitted.entry, omitted.on)
        if target is not None and target.line is not None and target.line.role is Role.CYCLES:
            hint = said("record it of each drug that was not given, or put the cycle off with 'delayed'")
            yield refuse(
                "cycles-give-nothing",
                said("{entry} is a cycle and no dose", entry=Code(quoted(omitted.entry))),
                hint,
                fact,
            )
        if target is not None and target.is_dosing_day:
            hint = said("record 'not taken' with the days")
            yield refuse(
                "treatment-entry", said("{entry} is a day of dosing", entry=Code(quoted(omitted.entry))), hint, fact
            )


def _how_to_record(line: Timeline, n: int | None, day: int | None) -> Said:
    if is_given(line):
        about: dict[str, Value] = {"treatment": Code(line.name), "number": Code(f"{n}")}
        if day is not None:
            return said("record 'given' with treatment: {treatment}, n: {number}, day: {day}", **about, day=day)
        return said("record 'given' with treatment: {treatment}, n: {number}", **about)
    begun: dict[str, Value] = {"treatment": Code(line.name), "number": Code(f"{n}")}
    if day is not None and line.follows is not None and line.follows.has_days:
        return said("record 'cycle started' with treatment: {treatment}, cycle: {number}, day: {day}", **begun, day=day)
    return said("record 'cycle started' with treatment: {treatment}, cycle: {number}", **begun)


Occurrence = tuple[str, int | None, int | None]
"""A timeline's name, the number, and the day where each day of a cycle is an entry."""


def entries_are_done_once(chart: Chart) -> Iterator[Finding]:
    """An entry is done once or not done once, and never both; only a fraction that failed may be given later."""
    visited = _by_occurrence(chart, VisitDone)
    omitted = _by_occurrence(chart, NotDone)
    for occurrence, facts in visited.items():
        for first, again in repeats(facts):
            if _is_of_the_next_screening(chart, occurrence, first, again):
                continue
            message = said(
                "{occurrence} was done twice: {first} and {again}",
                occurrence=Code(quoted(_entry(occurrence))),
                first=told(first),
                again=told(again),
            )
            yield refuse("done-twice", message, _next_screening(chart, occurrence, again) or CORRECT_ONE, first, again)
    done: dict[Occurrence, Fact] = {occurrence: facts[0] for occurrence, facts in visited.items()}
    done |= {(event.treatment, event.cycle, event.day): fact for fact, event in chart.of(CycleStarted)}
    done |= {(event.treatment, event.n, event.day): fact for fact, event in chart.of(Given)}
    for occurrence, facts in omitted.items():
        yield from _not_done(chart, occurrence, facts, done.get(occurrence))


def _is_of_the_next_screening(chart: Chart, occurrence: Occurrence, first: Fact, again: Fact) -> bool:
    """True for what precedes the first dose and was done again after a screen failure, such as a baseline scan.

    A visit that is itself the screening has the next number instead.
    """
    n = occurrence[1]
    target = find(chart, _entry(occurrence), again.event.on)
    line = target.line if target is not None else None
    timing = line.numbered.get(n) if line is not None and n is not None and not line.screens else None
    failed = any(first.event.on <= fact.event.on <= again.event.on for fact, _ in chart.of(ScreenFailed))
    return failed and timing is not None and timing.precedes


def _next_screening(chart: Chart, occurrence: Occurrence, again: Fact) -> Said | None:
    """How the visit of a later screening is recorded, where that is meant."""
    target = find(chart, _entry(occurrence), again.event.on)
    if target is None or target.line is None or target.n is None:
        return None
    number = screening_by(chart, target.line, again.event.on)
    return to_next_screening(target.line, number) if number is not None and number > target.n else None


def screening_by(chart: Chart, line: Timeline, day: date) -> int | None:
    """The number of the screening that a visit of a day belongs to; None for a visit that is no screening.

    A visit of the day of a screen failure is of the screening that failed.
    """
    if not line.screens:
        return None
    return line.first_number + sum(1 for fact, _ in chart.of(ScreenFailed) if fact.event.on < day)


def to_next_screening(line: Timeline, number: int) -> Said:
    """How a visit of that screening is recorded."""
    return said(
        "the screening after the failure is {entry}: record it under that number", entry=Code(f"{line.name}.{number}")
    )


def _not_done(chart: Chart, occurrence: Occurrence, facts: list[Fact], done: Fact | None) -> Iterator[Finding]:
    entry = _entry(occurrence)
    target = find(chart, entry, facts[0].event.on)
    moves = target is not None and target.line is not None and target.line.not_done is WhenNotDone.MOVES
    for first, again in repeats(facts):
        if not moves or first.event.on == again.event.on:
            message = said(
                "{entry} was not done twice: {first} and {again}",
                entry=Code(quoted(entry)),
                first=told(first),
                again=told(again),
            )
            yield refuse("not-done-twice", message, CORRECT_ONE, first, again)
    for fact in facts:
        rest = done is not None and is_in_parts(chart, done) and fact.event.on >= done.event.on
        if done is not None and not rest and not (moves and fact.event.on <= done.event.on):
            message = said(
                "{entry} was done {done} and also not done {fact}",
                entry=Code(quoted(entry)),
                done=told(done),
                fact=told(fact),
            )
            yield refuse("done-and-not-done", message, CORRECT_ONE, done, fact)


def _by_occurrence(chart: Chart, kind: type[VisitDone] | type[NotDone]) -> dict[Occurrence, list[Fact]]:
    facts: dict[Occurrence, list[Fact]] = {}
    for fact, event in chart.of(kind):
        target = find(chart, event.entry, event.on)
        if target is not None and not target.is_dosing_day:
            name = target.line.name if target.line is not None else _UNSCHEDULED
            by_day = target.line is not None and target.line.follows is not None and target.line.follows.has_days
            facts.setdefault((name, target.n, target.day if by_day else None), []).append(fact)
    return facts


def _entry(occurrence: Occurrence) -> str:
    name, n, day = occurrence
    return f"{name}.{'last' if n is None else n}" + (f".{day}" if day is not None else "")

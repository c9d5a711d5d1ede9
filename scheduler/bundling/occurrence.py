"""What may move, what follows, and what stays: the occurrences of one patient's calendar as the search sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from scheduler.bundling.links import Shift, Unreadable, shift_of
from scheduler.bundling.plan import Kept, ToPlan
from scheduler.bundling.trips import trips_of
from scheduler.calendar.engine.placing.choosing import Fallback, choose_day
from scheduler.calendar.engine.placing.open_days import days_for
from scheduler.calendar.engine.placing.window import earliest_day, latest_day
from scheduler.calendar.entries.because import After
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.dates import Day
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, Said, said
from scheduler.site.open_days import OpenDays

_AT_HOME = (Kind.PERIOD, Kind.DIARY)
_STAYS = (Kind.FRACTION, Kind.CONTACT)


class Key(NamedTuple):
    """An entry of one of the patients, who are numbered in the order in which they were given."""

    patient: int
    entry: str


class Where(NamedTuple):
    """A resource of a site."""

    site: str
    resource: str


class Around(NamedTuple):
    """The days that an entry may be on, and the one that the protocol would have."""

    first: Day
    ideal: Day
    last: Day


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One entry that is planned. Days are civil dates.

    ``day`` is where it stands now. ``free``: it may move inside its window; else it is where the engine puts it, or (``stays``)
    on its day whatever moves. ``trips`` are the days that the patient comes for it, counted from its own, which is 0.
    ``load``: it is of a patient who is not planned for, and only takes room ``where`` it is.
    ``nominal``, ``floors`` and ``ceilings`` are its rules where something that can move sets them; ``around`` is its window
    where nothing does.
    """

    key: Key
    entry: Entry
    line: Timeline
    timing: Timing | None
    day: Day
    days: OpenDays
    free: bool
    stays: bool
    trips: tuple[int, ...]
    around: Around | None
    where: Where
    load: bool = False
    nominal: Shift | None = None
    floors: tuple[Shift, ...] = ()
    ceilings: tuple[Shift, ...] = ()

    @property
    def rules(self) -> tuple[Shift, ...]:
        """All rules that its dates are counted by."""
        return (*((self.nominal,) if self.nominal is not None else ()), *self.floors, *self.ceilings)

    @property
    def parents(self) -> tuple[str, ...]:
        """The entries that its dates are counted from."""
        return tuple(dict.fromkeys(each.parent for each in self.rules if each.parent is not None))

    def earliest(self, nominal: Day) -> Day:
        """The first day of its window, before any wait."""
        assert self.timing is not None
        return earliest_day(self.timing, nominal, self.timing.early or 0, self.days)

    def latest(self, ideal: Day) -> Day:
        """The last day of its window."""
        assert self.timing is not None
        return latest_day(self.timing, ideal, self.timing.late or 0, self.days)

    def placed(self, ideal: Day) -> Day | None:
        """Where the engine puts it for an ideal day, where it is not booked and nothing holds it up."""
        assert self.timing is not None
        timing = self.timing
        has_window = timing.early is not None and timing.late is not None
        first = self.earliest(ideal) if has_window else ideal
        last = self.latest(ideal) if has_window else None if timing.open_ended else ideal
        fallback = Fallback.NONE if timing.precedes else Fallback.AFTER
        return choose_day(self.days, ideal, first, last, self.line.if_closed, fallback).day


@dataclass(frozen=True, slots=True)
class Occurrences:
    """All of one patient that bear on the trips, each after those that it is counted from."""

    all: tuple[Occurrence, ...]
    kept: tuple[Kept, ...]
    before: frozenset[Day]


def occurrences_of(number: int, patient: ToPlan, calendar: Calendar, on: date, until: date) -> Occurrences:
    """Read a patient's calendar: what is planned after ``on`` and up to ``until``, and what that is counted from."""
    plan = plan_for(patient.version, replay(patient.log), patient.arm)
    if plan is None:
        return Occurrences((), (), frozenset())
    planned = {each.id: each for each in calendar.entries if _is_to_come(each, on)}
    wanted = _with_antecedents(
        planned, [each.id for each in planned.values() if _counts(each, until) and trips_of(each)]
    )
    kept: dict[str, Said] = {}
    stays: set[str] = set(planned) if patient.stays else set()
    while True:
        moving = {name: planned[name] for name in wanted if name not in stays}
        found, opaque = {}, set[str]()
        for name in wanted:
            try:
                found[name] = _occurrence(number, planned[name], plan, patient, moving, on, until)
            except Unreadable:
                opaque.add(name)
        if not opaque:
            break
        for name in opaque:
            kept[name] = said("its date hangs on others in a way that is not planned ahead here")
            for each in _antecedents(planned, name) - stays:
                kept.setdefault(each, said("{entry} hangs on it, and would move too", entry=Code(name)))
        stays |= opaque | {each for name in opaque for each in _antecedents(planned, name)}
    told = tuple(
        Kept(name, date.fromordinal(found[name].day), kept[name])
        for name in wanted
        if name in kept and _has_room(found[name])
    )
    days = frozenset(each.day + offset for each in found.values() for offset in each.trips if not each.load)
    return Occurrences(tuple(_in_turn(found)), told, days)


def _is_to_come(entry: Entry, on: date) -> bool:
    return entry.status is Status.PLANNED and entry.date is not None and entry.date > on and entry.kind not in _AT_HOME


def _counts(entry: Entry, until: date) -> bool:
    return entry.date is not None and entry.date <= until


def _has_room(each: Occurrence) -> bool:
    return each.entry.window is not None and each.entry.window[0] < each.entry.window[1]


def _links(entry: Entry) -> set[str]:
    return {reason.entry for step in entry.because.steps for reason in step.reasons if isinstance(reason, After)}


def _with_antecedents(planned: dict[str, Entry], names: Iterable[str]) -> list[str]:
    """These and all that they are counted from, in the order of the calendar."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += (each for each in _links(planned[name]) if each in planned)
    return [name for name in planned if name in wanted]


def _antecedents(planned: dict[str, Entry], name: str) -> set[str]:
    """All that an entry hangs on, by whatever the engine looked at."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        entry = planned[waiting.pop()]
        for each in entry.because.links() | _links(entry):
            if each in planned and each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _occurrence(
    number: int, entry: Entry, plan: Plan, patient: ToPlan, moving: dict[str, Entry], on: date, until: date
) -> Occurrence:
    line = plan.timelines.get(entry.timeline)
    assert entry.date is not None
    day = entry.date.toordinal()
    trips = tuple(each - day for each in trips_of(entry)) if _counts(entry, until) else ()
    key = Key(number, entry.id)
    if line is None:
        raise Unreadable
    days = days_for(patient.site, line, None)
    timing = line.timing(entry.n) or next(iter(line.pieces), None)
    fixed = entry.id not in moving
    where = Where(patient.site.name, line.resource)
    known = Occurrence(key, entry, line, timing, day, days, False, True, trips, None, where, patient.stays)
    if fixed:
        return known
    shifts = [shift_of(step, plan, line, moving, patient.site.open_days(line.resource)) for step in entry.because.steps]
    hangs = any(each.parent is not None for each in shifts)
    booked = Flag.BOOKED in entry.flags
    free = _may_move(entry, line, plan, timing) and not booked
    around = _window(entry)
    if not hangs:
        free = free and around is not None
        return replace(known, free=free, stays=not free, around=around)
    if timing is None or not _is_plain(line, timing):
        raise Unreadable
    floors = tuple(each for each in shifts[1:] if not each.words)
    ceilings = tuple(each for each in shifts[1:] if each.words)
    read = replace(known, free=free, stays=booked, around=around, nominal=shifts[0], floors=floors, ceilings=ceilings)
    if not _says_the_same(read, around):
        raise Unreadable
    return read


def _may_move(entry: Entry, line: Timeline, plan: Plan, timing: Timing | None) -> bool:
    """True for what has several days in its window, and whose clock is its own."""
    if timing is None or entry.kind in _STAYS or entry.window is None or entry.window[0] >= entry.window[1]:
        return False
    if timing.hours is not None or line.together_with is not None or line.sheet is not None:
        return False
    parent = plan.timelines.get(line.follows.timeline) if line.follows is not None else None
    # The first dose of a drug on day 1 makes its day the cycle's day 1: it is the cycle that moves.
    return parent is None or parent.role is not Role.CYCLES or (entry.day or 1) > 1


def _is_plain(line: Timeline, timing: Timing) -> bool:
    """True where one sentence and its steps say all of where an occurrence may be."""
    again = line.follows is not None and line.follows.again
    return line.together_with is None and not timing.of_each_year and len(line.pieces) <= 1 and not again


def _window(entry: Entry) -> Around | None:
    if entry.window is None or entry.ideal is None:
        return None
    first, last = entry.window
    return Around(first.toordinal(), entry.ideal.toordinal(), last.toordinal())


def _says_the_same(each: Occurrence, around: Around | None) -> bool:
    """Whether the rules, for the dates as they stand, give what the engine gave."""
    nominal = each.nominal
    assert nominal is not None
    floor = max((rule.base for rule in each.floors), default=nominal.base)
    ideal = max(nominal.base, floor)
    ceiling = min((rule.base for rule in each.ceilings), default=None)
    kept = ideal if ceiling is None else min(ideal, ceiling)
    if each.entry.ideal is None or each.entry.ideal.toordinal() != kept:
        return False
    if not each.free and not each.stays:
        return ceiling is None and (around is None or not each.floors) and each.placed(ideal) == each.day
    if around is None:
        return not each.free
    first = max(each.earliest(nominal.base), floor) if each.floors else each.earliest(nominal.base)
    last = each.latest(ideal)
    if ceiling is not None:
        first, last = min(first, ceiling), min(last, ceiling)
    return (first, last) == (around.first, around.last)


def _in_turn(found: dict[str, Occurrence]) -> Iterator[Occurrence]:
    """Each after those that it is counted from."""
    done: set[str] = set()

    def take(name: str) -> Iterator[Occurrence]:
        if name in done:
            return
        done.add(name)
        for parent in found[name].parents:
            yield from take(parent)
        yield found[name]

    for name in found:
        yield from take(name)

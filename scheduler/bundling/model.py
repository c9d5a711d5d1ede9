"""The search as a model for CP-SAT: a whole number for each date, and a yes or no for each day that a patient may come.

The model allows every plan that the engine allows, and perhaps some more: what the engine then refuses is forbidden, and the
search goes on (`bundle`). So the fewest trips of the model are never more than the fewest of the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from scheduler.bundling.links import Shift
from scheduler.bundling.occurrence import Key, Occurrence
from scheduler.dates import Day, civil_date
from scheduler.said import Code, Quoted, Said, said

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Cut = tuple[tuple[Key, Day], ...]
"""Dates that the engine refused together."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many patients a resource has room for on one day, and how many come that nobody moves here."""

    most: int
    taken: Mapping[Day, int] = field(default_factory=dict)


@dataclass(slots=True)
class Model:
    """The model and its variables. ``rules`` has a sentence for each assumption, where clashes are to be told."""

    cp: cp_model.CpModel
    naming: bool
    dates: dict[Key, Any] = field(default_factory=dict)
    domains: dict[Key, list[Day]] = field(default_factory=dict)
    ideals: dict[Key, tuple[Any, Day, Day]] = field(default_factory=dict)
    on_day: dict[tuple[Key, Day], Any] = field(default_factory=dict)
    shared: list[Any] = field(default_factory=list)
    alone: int = 0
    far: list[Any] = field(default_factory=list)
    moved: list[Any] = field(default_factory=list)
    rules: list[tuple[Any, Said]] = field(default_factory=list)

    @property
    def trips(self) -> Any:
        """The trips of all patients: one for each attendance, less those that share the day of another."""
        return self.alone - sum(self.shared)

    def is_on(self, key: Key, day: Day) -> Any:
        """Whether an entry is on a day: a literal, or the answer where it has no other day, or cannot be there."""
        days = self.domains[key]
        if len(days) == 1 or day not in days:
            return days == [day]
        literal = self.on_day.get((key, day))
        if literal is None:
            literal = self.on_day[key, day] = self.cp.new_bool_var(f"{key.entry} on {day}")
            self.cp.add(self.dates[key] == day).only_enforce_if(literal)
            self.cp.add(self.dates[key] != day).only_enforce_if(literal.negated())
        return literal

    def rule(self, constraint: Any, told: Said) -> None:
        """Keep a rule; where clashes are to be told, only as far as its assumption holds."""
        if self.naming:
            literal = self.cp.new_bool_var(f"rule {len(self.rules)}")
            constraint.only_enforce_if(literal)
            self.rules.append((literal, told))


def model_of(
    occurrences: Iterable[Occurrence],
    after: Day,
    capacity: Mapping[str, Room],
    cuts: Iterable[Cut] = (),
    *,
    naming: bool = False,
) -> Model:
    """All rules for these occurrences, each after those that it is counted from; nothing moves to ``after`` or before it."""
    from ortools.sat.python import cp_model

    model = Model(cp_model.CpModel(), naming)
    known = tuple(occurrences)
    for each in known:
        _date(model, each, after)
    _trips(model, known)
    _rooms(model, known, capacity)
    for cut in cuts:
        _forbid(model, cut)
    return model


def _forbid(model: Model, cut: Cut) -> None:
    """Not all of these dates together. A date that is the only one for its entry is always taken."""
    literals = [model.is_on(key, day) for key, day in cut]
    if not any(each is False for each in literals):
        model.cp.add_bool_or([each.negated() for each in literals if each is not True])


def _date(model: Model, each: Occurrence, after: Day) -> None:
    if each.stays and each.nominal is None:
        _set(model, each, [each.day])
    elif each.nominal is None:
        assert each.around is not None
        first, ideal, last = each.around
        _take_days(model, each, max(first, after + 1), last)
        _distance(model, each, ideal, ideal, ideal)
    else:
        _counted(model, each, after)


def _take_days(model: Model, each: Occurrence, first: Day, last: Day) -> None:
    """The open days among these. Where clashes are to be told, the closed ones too, each stretch with the rule that it is closed."""
    days = [day for day in range(first, last + 1) if model.naming or each.days.is_open(day)]
    _set(model, each, days or [each.day])
    if not days:
        model.rule(model.cp.add_bool_or([]), _closed_said(each, (first, last)))
    for stretch in _closed(each, first, last) if model.naming else ():
        literals = [model.is_on(each.key, day).negated() for day in range(stretch[0], stretch[1] + 1)] if days[1:] else []
        model.rule(model.cp.add_bool_and(literals) if literals else model.cp.add_bool_or([]), _closed_said(each, stretch))


def _closed(each: Occurrence, first: Day, last: Day) -> list[tuple[Day, Day]]:
    """The stretches of closed days."""
    found: list[tuple[Day, Day]] = []
    for day in range(first, last + 1):
        if not each.days.is_open(day):
            follows = bool(found) and found[-1][1] == day - 1
            found[-1:] = [(found[-1][0], day)] if follows else [*found[-1:], (day, day)]
    return found


def _closed_said(each: Occurrence, stretch: tuple[Day, Day]) -> Said:
    return said(
        "{resource} is closed from {first} to {last}, for {entry}",
        resource=Code(each.line.resource),
        first=civil_date(stretch[0]),
        last=civil_date(stretch[1]),
        entry=Code(each.key.entry),
    )


def _counted(model: Model, each: Occurrence, after: Day) -> None:
    """A date that is counted from others."""
    assert each.nominal is not None
    cp = model.cp
    nominal, low, high = _shifted(model, each, each.nominal)
    floors = [_shifted(model, each, rule) for rule in each.floors]
    ideal, ideal_low, ideal_high = nominal, low, high
    if floors:
        ideal_low, ideal_high = max(low, *(rule[1] for rule in floors)), max(high, *(rule[2] for rule in floors))
        ideal = cp.new_int_var(ideal_low, ideal_high, f"ideal {each.key.entry}")
        cp.add_max_equality(ideal, [nominal, *(rule[0] for rule in floors)])
    ceilings = [(rule, *_shifted(model, each, rule)) for rule in each.ceilings]
    before = ideal
    if ceilings:
        lowest = min(ideal_low, *(rule[2] for rule in ceilings))
        before = cp.new_int_var(lowest, ideal_high, f"by {each.key.entry}")
        cp.add_min_equality(before, [ideal, *(rule[1] for rule in ceilings)])
    model.ideals[each.key] = (before, ideal_low, ideal_high)
    if not each.free and not each.stays:
        _follow(model, each, ideal, ideal_low, ideal_high)
        return
    first, last = each.earliest(low), each.latest(ideal_high)
    if each.stays:
        _set(model, each, [each.day])
        if each.around is None or not each.around.first <= each.day <= each.around.last:
            return  # an appointment that stands outside its window already
    else:
        _take_days(model, each, max(min(first, ideal_low), after + 1), last)
    date = model.dates[each.key]
    model.rule(cp.add(date <= _table(model, ideal, ideal_low, ideal_high, each.latest)), _window_said(each))
    earliest = _table(model, nominal, low, high, each.earliest)
    preceding = [rule[1] for rule in ceilings if not rule[0].limit]
    if preceding:
        lowest = cp.new_int_var(min(first, *(rule[2] for rule in ceilings)), high, f"first {each.key.entry}")
        cp.add_min_equality(lowest, [earliest, *preceding])
        earliest = lowest
    model.rule(cp.add(date >= earliest), _window_said(each))
    for rule, (floor, *_) in zip(each.floors, floors, strict=True):
        model.rule(cp.add(date >= floor), _wait_said(each, rule))
    if each.free and each.nominal.parent is not None and _is_next(each):
        cp.add(date > model.dates[Key(each.key.patient, each.nominal.parent)])
    for rule, ceiling, *_ in ceilings:
        told = said("{entry} comes not after {edge}", entry=Code(each.key.entry), edge=Quoted(rule.words, "en"))
        model.rule(cp.add(date <= ceiling), told)
    if each.free:
        _distance(model, each, before, min(ideal_low, first), ideal_high)


def _is_next(each: Occurrence) -> bool:
    """True for what is counted from the one before it on its own clock: no appointment stands on or before that one's day."""
    assert each.nominal is not None
    return each.nominal.parent == f"{each.line.name}.{each.entry.n - 1}"


def _window_said(each: Occurrence) -> Said:
    rule = each.timing.clause.text if each.timing is not None else ""
    entry, quoted = Code(each.key.entry), Quoted(rule, "en")
    if each.stays:
        day = civil_date(each.day)
        return said("{entry} is booked for {day} and keeps to its window: {rule}", entry=entry, day=day, rule=quoted)
    return said("{entry} keeps to its window: {rule}", entry=entry, rule=quoted)


def _wait_said(each: Occurrence, rule: Shift) -> Said:
    parent = rule.parent or each.key.entry
    return said("{entry} waits for {other}", entry=Code(each.key.entry), other=Code(parent))


def _follow(model: Model, each: Occurrence, ideal: Any, low: Day, high: Day) -> None:
    """What the engine alone puts: one day for each ideal day."""
    pairs = [(day, placed) for day in range(low, high + 1) if (placed := each.placed(day)) is not None]
    days = sorted({placed for _, placed in pairs})
    _set(model, each, days)
    model.cp.add_allowed_assignments([ideal, model.dates[each.key]], pairs)


def _shifted(model: Model, each: Occurrence, rule: Shift) -> tuple[Any, Day, Day]:
    """A day that a rule counts to, as an expression with its least and its greatest value."""
    if rule.parent is None:
        return rule.base, rule.base, rule.base
    key = Key(each.key.patient, rule.parent)
    if rule.of_ideal and key in model.ideals:
        parent, low, high = model.ideals[key]
    elif rule.of_ideal:
        return rule.base, rule.base, rule.base
    else:
        parent, low, high = model.dates[key], model.domains[key][0], model.domains[key][-1]
    distance = rule.fixed_distance
    if distance is not None:
        return parent + distance, low + distance, high + distance
    pairs = [(day, rule.at(day)) for day in range(low, high + 1)]
    found = model.cp.new_int_var(min(day for _, day in pairs), max(day for _, day in pairs), "")
    model.cp.add_allowed_assignments([parent, found], pairs)
    return found, min(day for _, day in pairs), max(day for _, day in pairs)


def _table(model: Model, day: Any, low: Day, high: Day, edge: Any) -> Any:
    """The edge of a window for a day: so many days away, or so many open days."""
    distances = {edge(each) - each for each in range(low, high + 1)}
    if len(distances) == 1:
        return day + distances.pop()
    pairs = [(each, edge(each)) for each in range(low, high + 1)]
    found = model.cp.new_int_var(min(last for _, last in pairs), max(last for _, last in pairs), "")
    model.cp.add_allowed_assignments([day, found], pairs)
    return found


def _set(model: Model, each: Occurrence, days: list[Day]) -> None:
    """The variable of a date."""
    from ortools.sat.python import cp_model

    cp, key = model.cp, each.key
    model.domains[key] = days
    if len(days) == 1:
        model.dates[key] = cp.new_constant(days[0])
        return
    model.dates[key] = cp.new_int_var_from_domain(cp_model.Domain.from_values(days), key.entry)
    if each.day in days and each.free:
        moved = cp.new_bool_var(f"{key.entry} moved")
        cp.add(model.dates[key] == each.day).only_enforce_if(moved.negated())
        model.moved.append(moved)


def _distance(model: Model, each: Occurrence, ideal: Any, low: Day, high: Day) -> None:
    """How far a date is from its ideal day: it is to be as near as the fewest trips allow."""
    days = model.domains[each.key]
    most = max(abs(days[-1] - low), abs(high - days[0]))
    far = model.cp.new_int_var(0, most, f"far {each.key.entry}")
    model.cp.add(far >= model.dates[each.key] - ideal)
    model.cp.add(far >= ideal - model.dates[each.key])
    model.far.append(far)


@dataclass(frozen=True, slots=True)
class _Attendance:
    """One trip of an entry: its date, so many days on."""

    each: Occurrence
    offset: int
    days: frozenset[Day]


def _trips(model: Model, known: tuple[Occurrence, ...]) -> None:
    """Each attendance is a trip, or shares the day of one that comes before it in the list.

    What is always on the same days is one attendance. Nothing shares a day with two of one clock, whose days differ.
    """
    attendances: dict[int, list[_Attendance]] = defaultdict(list)
    certain: set[tuple[int, Day]] = set()
    for each in known:
        for offset in each.trips:
            days = frozenset(day + offset for day in model.domains[each.key])
            if len(days) > 1:
                attendances[each.key.patient].append(_Attendance(each, offset, days))
            elif (each.key.patient, *days) not in certain:
                certain.add((each.key.patient, *days))
                attendances[each.key.patient].insert(0, _Attendance(each, offset, days))
    for of_patient in attendances.values():
        model.alone += len(of_patient)
        later_of: dict[tuple[int, str], list[Any]] = defaultdict(list)
        for index, one in enumerate(of_patient):
            ways: list[Any] = []
            by_clock: dict[str, list[Any]] = defaultdict(list)
            for other_index, other in enumerate(of_patient[:index]):
                if not one.days & other.days or _is_ever_later(one.each, other.each):
                    continue
                same = model.cp.new_bool_var(f"{one.each.key.entry} with {other.each.key.entry}")
                there = model.dates[other.each.key] + other.offset
                model.cp.add(model.dates[one.each.key] + one.offset == there).only_enforce_if(same)
                ways.append(same)
                by_clock[other.each.line.name].append((other, same))
                later_of[other_index, one.each.line.name].append((one, same))
            if ways:
                shares = model.cp.new_bool_var(f"{one.each.key.entry} shares a day")
                model.cp.add_bool_or([shares.negated(), *ways])
                model.shared.append(shares)
            for same_clock in by_clock.values():
                _at_most_one(model, same_clock)
        for same_clock in later_of.values():
            _at_most_one(model, same_clock)


def _at_most_one(model: Model, ways: list[tuple[_Attendance, Any]]) -> None:
    """Of attendances that are never on one day, at most one is on the day of another. It is so anyhow: it is quicker said."""
    apart = all(
        not one.days & other.days or _is_ever_later(other.each, one.each)
        for (one, _), (other, _) in pairwise(ways)
    )
    if len(ways) > 1 and apart:
        model.cp.add_at_most_one([same for _, same in ways])


def _is_ever_later(later: Occurrence, earlier: Occurrence) -> bool:
    """True where an entry comes after one of its own clock that it is counted from, whatever moves."""
    one, other = later.key, earlier.key
    on_a_clock = later.line.name == earlier.line.name and later.nominal is not None and bool(later.nominal.parent)
    return on_a_clock and one.patient == other.patient and later.entry.n > earlier.entry.n and later.entry.day == earlier.entry.day


def _rooms(model: Model, known: tuple[Occurrence, ...], capacity: Mapping[str, Room]) -> None:
    """On no day more patients than a resource has room for. A patient with three drugs on one chair takes one place."""
    for resource, room in capacity.items():
        there: defaultdict[Day, dict[int, list[Occurrence]]] = defaultdict(dict)
        for each in known:
            if each.line.resource == resource:
                for day in {day + offset for offset in each.trips for day in model.domains[each.key]}:
                    there[day].setdefault(each.key.patient, []).append(each)
        for day, patients in sorted(there.items()):
            taken = room.taken.get(day, 0)
            if len(patients) + taken > room.most:
                comes = [_comes(model, of_patient, day) for of_patient in patients.values()]
                told = said(
                    "{resource} has room for {most} on {day}",
                    resource=Code(resource),
                    most=room.most,
                    day=civil_date(day),
                )
                model.rule(model.cp.add(sum(comes) <= room.most - taken), told)


def _comes(model: Model, of_patient: list[Occurrence], day: Day) -> Any:
    """Whether a patient is there at all on a day."""
    literals = [model.is_on(each.key, day - offset) for each in of_patient for offset in each.trips]
    if any(each is True for each in literals):
        return 1
    comes = model.cp.new_bool_var("")
    for each in literals:
        if each is not False:
            model.cp.add_implication(each, comes)
    return comes

"""The search as a model for CP-SAT: the rules of every date, read from the engine's own steps.

The model allows every plan that the engine allows, and perhaps some more: what the engine then refuses is forbidden, and the
search goes on (`bundle`). So the fewest trips of the model are never more than the fewest of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from scheduler.bundling.links import Shift
from scheduler.bundling.occurrence import Key, Occurrence
from scheduler.bundling.sharing import add_rooms, add_trips
from scheduler.bundling.variables import Counted, Cut, Model, Rooms
from scheduler.dates import Day, civil_date
from scheduler.protocol.plan.study import Role
from scheduler.said import Code, Quoted, Said, said

NOTHING_KNOWN: Mapping[int, int] = MappingProxyType({})


def model_of(
    occurrences: Iterable[Occurrence],
    after: Day,
    rooms: Rooms,
    cuts: Iterable[Cut] = (),
    least: Mapping[int, int] = NOTHING_KNOWN,
    *,
    naming: bool = False,
) -> Model:
    """All rules for these occurrences, each after those that it is counted from; nothing moves to ``after`` or before it."""
    from ortools.sat.python import cp_model

    model = Model(cp_model.CpModel(), naming)
    known = tuple(occurrences)
    for each in known:
        _date(model, each, after)
    add_trips(model, known, least)
    add_rooms(model, known, rooms)
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
        _distance(model, each, Counted(ideal, ideal, ideal))
    else:
        _counted(model, each, after)


def _take_days(model: Model, each: Occurrence, first: Day, last: Day) -> None:
    """The open days among these. Where clashes are to be told, the closed ones too, and a rule that each stretch is closed."""
    days = [day for day in range(first, last + 1) if model.naming or each.days.is_open(day)]
    _set(model, each, days or [each.day])
    if not days:
        model.rule(model.cp.add_bool_or([]), _closed_said(each, (first, last)), each.key.patient)
    for stretch in _closed(each, first, last) if model.naming else ():
        literals = (
            [model.is_on(each.key, day).negated() for day in range(stretch[0], stretch[1] + 1)] if days[1:] else []
        )
        model.rule(
            model.cp.add_bool_and(literals) if literals else model.cp.add_bool_or([]),
            _closed_said(each, stretch),
            each.key.patient,
        )


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
    nominal = _shifted(model, each, each.nominal)
    floors = [_shifted(model, each, rule) for rule in each.floors]
    ceilings = [_shifted(model, each, rule) for rule in each.ceilings]
    ideal = nominal
    if floors:
        least, most = (max(found[edge] for found in (nominal, *floors)) for edge in (1, 2))
        ideal = Counted(cp.new_int_var(least, most, f"ideal {each.key.entry}"), least, most)
        cp.add_max_equality(ideal.day, [nominal.day, *(rule.day for rule in floors)])
    before = ideal
    if ceilings:
        least = min(found.least for found in (ideal, *ceilings))
        before = Counted(cp.new_int_var(least, ideal.most, f"by {each.key.entry}"), least, ideal.most)
        cp.add_min_equality(before.day, [ideal.day, *(rule.day for rule in ceilings)])
    model.ideals[each.key] = before
    if not each.free and not each.stays:
        _follow(model, each, ideal)
        return
    first = min(each.earliest(nominal.least), before.least)
    if each.stays:
        _set(model, each, [each.day])
        if each.around is None or not each.around.first <= each.day <= each.around.last:
            return  # an appointment that stands outside its window already
    else:
        _take_days(model, each, max(first, after + 1), each.latest(ideal.most))
        _distance(model, each, before)
    _keep_to_window(model, each, nominal, ideal, ceilings)
    for rule, floor in zip(each.floors, floors, strict=True):
        model.rule(cp.add(model.dates[each.key] >= floor.day), _wait_said(each, rule), each.key.patient)
    for rule, ceiling in zip(each.ceilings, ceilings, strict=True):
        told = said("{entry} comes not after {edge}", entry=Code(each.key.entry), edge=Quoted(rule.words, "en"))
        model.rule(cp.add(model.dates[each.key] <= ceiling.day), told, each.key.patient)
    if each.free and each.nominal.parent is not None and _is_next(each):
        cp.add(model.dates[each.key] > model.dates[Key(each.key.patient, each.nominal.parent)])


def _keep_to_window(model: Model, each: Occurrence, nominal: Counted, ideal: Counted, ceilings: list[Counted]) -> None:
    """From its nominal day less the early days, unless it has to precede something, to its ideal day and the late."""
    date = model.dates[each.key]
    model.rule(model.cp.add(date <= _edge(model, ideal, each.latest).day), _window_said(each), each.key.patient)
    earliest = _edge(model, nominal, each.earliest)
    preceding = [found for rule, found in zip(each.ceilings, ceilings, strict=True) if not rule.limit]
    if preceding:
        least = min(found.least for found in (earliest, *preceding))
        first = model.cp.new_int_var(least, earliest.most, f"first {each.key.entry}")
        model.cp.add_min_equality(first, [earliest.day, *(found.day for found in preceding)])
        earliest = Counted(first, least, earliest.most)
    model.rule(model.cp.add(date >= earliest.day), _window_said(each), each.key.patient)


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


def _follow(model: Model, each: Occurrence, ideal: Counted) -> None:
    """What the engine alone puts: one day for each ideal day."""
    days = range(ideal.least, ideal.most + 1)
    pairs = [(day, placed) for day in days if (placed := each.placed(day)) is not None]
    _set(model, each, sorted({placed for _, placed in pairs}))
    model.cp.add_allowed_assignments([ideal.day, model.dates[each.key]], pairs)


def _shifted(model: Model, each: Occurrence, rule: Shift) -> Counted:
    """A day that a rule counts to."""
    key = Key(each.key.patient, rule.parent or "")
    if rule.parent is None or (rule.of_ideal and key not in model.ideals):
        return Counted(rule.base, rule.base, rule.base)
    days = model.domains[key]
    parent = model.ideals[key] if rule.of_ideal else Counted(model.dates[key], days[0], days[-1])
    return _edge(model, parent, rule.at)


def _edge(model: Model, day: Counted, edge: Callable[[Day], Day]) -> Counted:
    """What is counted from a day: so many days away, whatever the day, or by a table."""
    pairs = [(each, edge(each)) for each in range(day.least, day.most + 1)]
    least, most = min(found for _, found in pairs), max(found for _, found in pairs)
    distances = {found - each for each, found in pairs}
    if len(distances) == 1:
        return Counted(day.day + distances.pop(), least, most)
    found = model.cp.new_int_var(least, most, "")
    model.cp.add_allowed_assignments([day.day, found], pairs)
    return Counted(found, least, most)


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


def _distance(model: Model, each: Occurrence, ideal: Counted) -> None:
    """How far a date is from its ideal day: it is to be as near as the fewest trips allow."""
    days = model.domains[each.key]
    most = max(abs(days[-1] - ideal.least), abs(ideal.most - days[0]))
    far = model.cp.new_int_var(0, most, f"far {each.key.entry}")
    model.cp.add(far >= model.dates[each.key] - ideal.day)
    model.cp.add(far >= ideal.day - model.dates[each.key])
    model.far.append(far)
    if each.line.role is not Role.VISIT:
        model.far_doses.append(far)

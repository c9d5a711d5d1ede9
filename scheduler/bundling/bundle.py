"""The fewest trips for one patient or several, and every plan through the real engine before it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from scheduler.bundling.occurrence import Key, Occurrence, Occurrences, Where, occurrences_of
from scheduler.bundling.plan import Bundle, Move, PatientPlan, ToPlan
from scheduler.bundling.search import Found, TimeToSearch, clashes, search
from scheduler.bundling.through_engine import Answer, Disagreement, through_engine
from scheduler.bundling.variables import Cut, Rooms
from scheduler.bundling.why_moved import why_moved
from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.entries.because import After
from scheduler.calendar.entries.entry import Calendar
from scheduler.dates import Day, civil_date
from scheduler.protocol.plan.times.moments import IdealOf
from scheduler.said import Said, said
from scheduler.site.site import Site

_BEYOND = timedelta(days=63)
"""How far past the last day the calendar is looked at, so that what hangs on a moved date is there too."""
_MOST_TRIES = 60
"""After so many plans that the engine refused, none is proposed."""


def bundle(
    patients: Sequence[ToPlan],
    *,
    on: date,
    until: date,
    capacity: Mapping[str, int] | None = None,
    seconds: float = 10.0,
) -> Bundle:
    """Dates inside their windows so that these patients come as seldom as possible.

    Only what is planned after ``on`` and up to ``until`` (civil dates) is moved, and nothing that is recorded or booked.
    ``capacity`` says for how many patients a resource has room on one day, else the site does (`patients a day`); where nobody
    says it, there is room for all.
    Of a patient whose own rules clash nothing moves, and the others are planned around the visits as they stand. Where the plans
    of the patients alone, each proven, leave room for all of them together, they are the plan; else all are searched at once.
    ``seconds`` bounds all searches together: each patient alone has an equal part of them first. The same question has the same
    answer, where it is proven. Raises ImportError without OR-tools.
    """
    moving = [number for number, patient in enumerate(patients) if not patient.stays]
    time = TimeToSearch(seconds)
    calendars = [each.calendar(until + _BEYOND) for each in patients]
    if len(moving) < 2:
        return _together(patients, calendars, on, until, capacity or {}, seconds, time).bundle
    searched = {}
    for done, number in enumerate(moving):
        part = time.share(len(moving) - done + 1)
        searched[number] = _together([patients[number]], [calendars[number]], on, until, None, seconds, part)
        time.give_back(part)
    alone = {number: each.bundle for number, each in searched.items()}
    stuck = {number for number, each in alone.items() if each.clashes or each.refused is not None}
    together = alone
    limited = bool(capacity) or any(_limits(patient.site) for patient in patients)
    others = [replace(each, stays=True) if number in stuck else each for number, each in enumerate(patients)]
    dates = {Key(number, key.entry): day for number, each in searched.items() for key, day in each.dates.items()}
    proven_alone = all(each.proven for number, each in alone.items() if number not in stuck)
    if limited and not (proven_alone and _leave_room(others, calendars, on, until, capacity or {}, dates)):
        least = {number: each.at_least for number, each in alone.items() if number not in stuck}
        found = _together(others, calendars, on, until, capacity or {}, seconds, time, least).bundle
        if found.clashes or found.refused is not None:
            return found
        of_others = iter(found.patients)
        together = {
            number: each if number in stuck else replace(found, patients=(next(of_others),))
            for number, each in alone.items()
        }
        at_least, proven = found.at_least, found.proven
    else:
        free = [each for number, each in alone.items() if number not in stuck]
        at_least, proven = sum(each.at_least for each in free), proven_alone
    plans = tuple(_told_of(each, number in stuck) for number, each in together.items())
    at_least += sum(len(alone[number].patients[0].before) for number in stuck)
    return Bundle(on, until, plans, proven, at_least, seconds)


class _Searched(NamedTuple):
    """What a search ended with, and the day of each occurrence then; patients by their place among those who were asked for."""

    bundle: Bundle
    dates: Mapping[Key, Day]


def _leave_room(
    patients: Sequence[ToPlan],
    calendars: Sequence[Calendar],
    on: date,
    until: date,
    capacity: Mapping[str, int],
    dates: Mapping[Key, Day],
) -> bool:
    """Whether no day has more patients than there is room for, with those who move on these dates and the others as they are."""
    read = _read(patients, calendars, on, until)
    stay = {number for number, each in enumerate(patients) if each.stays}
    planned = [
        each if each.key.patient in stay else replace(each, day=dates.get(each.key, each.day))
        for one in read
        for each in one.all
    ]
    return not any(_full(planned, _rooms(patients, read, capacity)).values())


def _read(patients: Sequence[ToPlan], calendars: Sequence[Calendar], on: date, until: date) -> list[Occurrences]:
    return [
        occurrences_of(number, patient, calendar, on, until + _BEYOND if patient.stays else until)
        for number, (patient, calendar) in enumerate(zip(patients, calendars, strict=True))
    ]


def _limits(site: Site) -> bool:
    """Whether a site says for how many patients a day anything has room."""
    return any(each.patients is not None for each in (site.capacity, *site.capacities.values()))


def _told_of(found: Bundle, stuck: bool) -> PatientPlan:
    """The plan of one patient; of one who has none, why."""
    plan = found.patients[0]
    return replace(plan, clashes=found.clashes, refused=found.refused) if stuck else plan


def _together(
    patients: Sequence[ToPlan],
    calendars: Sequence[Calendar],
    on: date,
    until: date,
    capacity: Mapping[str, int] | None,
    seconds: float,
    time: TimeToSearch,
    least: Mapping[int, int] | None = None,
) -> _Searched:
    """One search for all of these. Without ``capacity`` there is room for all; ``least`` is what each needs at least."""
    horizon = until + _BEYOND
    read = _read(patients, calendars, on, until)
    rooms = _rooms(patients, read, capacity) if capacity is not None else {}
    known = [each for one in read for each in one.all]
    asked = _Asked(patients, calendars, read, on, until, seconds, _full(known, rooms))
    trips = sum(len(one.before) for one in read)
    cuts: list[Cut] = []
    against: Disagreement | None = None
    for _ in range(_MOST_TRIES):
        found = search(known, on.toordinal(), rooms, cuts, time, least or {})
        if found.impossible:
            told = clashes(known, on.toordinal(), rooms, time, _names(patients)) if not cuts else ()
            return asked.nothing(found, told, against.why if against is not None else None)
        if found.dates is None:
            return asked.nothing(found, (), said("no plan was found in the time that was allowed"))
        if found.trips >= trips and not asked.full:
            return asked.nothing(found, (), None)
        answers = [
            through_engine(patient, calendar, one.all, found.dates, on, horizon)
            for patient, calendar, one in zip(patients, calendars, read, strict=True)
        ]
        refused = [(number, each.against) for number, each in enumerate(answers) if each.against is not None]
        if not refused:
            return asked.proposed(found, answers)
        for number, against in refused:
            cuts.append(_cut(number, against, read[number], answers[number].calendar, found.dates))
    return asked.nothing(Found(None, 0, 0), (), against.why if against is not None else None)


def _names(patients: Sequence[ToPlan]) -> dict[int, str]:
    """What the patients are called, where there are several: a rule of one of them says whose it is."""
    return {number: each.subject for number, each in enumerate(patients) if each.subject} if len(patients) > 1 else {}


def _rooms(patients: Sequence[ToPlan], read: Sequence[Occurrences], capacity: Mapping[str, int]) -> Rooms:
    """The room of every resource that is needed, where somebody says it."""
    found = {}
    for patient, one in zip(patients, read, strict=True):
        for where in {each.where for each in one.all}:
            most = capacity.get(where.resource, patient.site.capacity_of(where.resource).patients)
            if most is not None:
                found[where] = most
    return found


def _full(known: Iterable[Occurrence], rooms: Rooms) -> dict[Where, frozenset[Day]]:
    """The days on which more patients come to a resource than it has room for, as the calendars stand."""
    there: defaultdict[tuple[Where, Day], set[int]] = defaultdict(set)
    for each in known:
        for offset in each.trips:
            there[each.where, each.day + offset].add(each.key.patient)
    full: defaultdict[Where, set[Day]] = defaultdict(set)
    for (where, day), patients in there.items():
        if where in rooms and len(patients) > rooms[where]:
            full[where].add(day)
    return {where: frozenset(days) for where, days in full.items()}


def _cut(number: int, against: Disagreement, one: Occurrences, calendar: Calendar, dates: Mapping[Key, Day]) -> Cut:
    """The dates that the engine refused: that of the entry, and those that it hangs on. Where it is of none, all dates."""
    names = {each.key.entry for each in one.all}
    if against.entry is not None:
        hangs = names & _all_behind(against, one, calendar)
        names = hangs or names
    return tuple((Key(number, name), dates[Key(number, name)]) for name in sorted(names))


def _all_behind(against: Disagreement, one: Occurrences, calendar: Calendar) -> set[str]:
    """An entry and what it hangs on: the engine says of it what it says as long as these are on their dates.

    What an entry of the plan hangs on matters no more once that entry has its date, unless its ideal day is counted from.
    """
    rules = {each.key.entry: each for each in one.all}
    waiting = {each.id: each for each in calendar.pending}
    found, left = {str(against.entry)}, [str(against.entry)]
    while left:
        name = left.pop()
        more = set(rules[name].parents) if name in rules else set()
        open_ = {rule.parent for rule in rules[name].rules if rule.of_ideal} if name in rules else set()
        because = [each.because for each in (calendar.entry(name), waiting.get(name)) if each is not None]
        for reasons in (calendar.reasons.get(name), *because):
            if reasons is not None:
                more |= reasons.links()
                for step in reasons.steps:
                    parents = {reason.entry for reason in step.reasons if isinstance(reason, After)}
                    more |= parents
                    open_ |= parents if isinstance(step.moment, IdealOf) else set()
        left += [each for each in more - found if against.whole or each not in rules or each in open_]
        found |= more
    return found


class _Asked:
    """What was asked, and how it is answered."""

    def __init__(
        self,
        patients: Sequence[ToPlan],
        calendars: Sequence[Calendar],
        read: Sequence[Occurrences],
        on: date,
        until: date,
        seconds: float,
        full: Mapping[Where, frozenset[Day]],
    ) -> None:
        self.patients, self.calendars, self.read = patients, calendars, read
        self.on, self.until, self.seconds, self.full = on, until, seconds, full

    def nothing(self, found: Found, told: tuple[tuple[Said, ...], ...], refused: Said | None) -> _Searched:
        """The calendars as they stand."""
        plans = tuple(
            PatientPlan(patient.subject, _dates(one.before), _dates(one.before), (), one.kept, (), ())
            for patient, one in zip(self.patients, self.read, strict=True)
            if not patient.stays
        )
        trips = sum(len(each.before) for each in plans)
        proven = not told and refused is None and found.at_least >= trips
        at_least = min(found.at_least, trips)
        bundle = Bundle(self.on, self.until, plans, proven, at_least, self.seconds, told, refused)
        return _Searched(bundle, {each.key: each.day for one in self.read for each in one.all})

    def proposed(self, found: Found, answers: Sequence[Answer]) -> _Searched:
        """The plan that the engine agreed to."""
        assert found.dates is not None
        plans = tuple(
            self._of_patient(number, answer, found.dates)
            for number, answer in enumerate(answers)
            if not self.patients[number].stays
        )
        proven = found.at_least >= found.trips
        return _Searched(Bundle(self.on, self.until, plans, proven, found.at_least, self.seconds), found.dates)

    def _of_patient(self, number: int, answer: Answer, dates: Mapping[Key, Day]) -> PatientPlan:
        patient, before, one = self.patients[number], self.calendars[number], self.read[number]
        known = {each.key.entry: each for each in one.all}
        booked = {event.entry for event in answer.events}
        moves = []
        for name, each in known.items():
            day, now = dates[each.key], answer.calendar.entry(name)
            if day != each.day and now is not None and (each.trips or name in booked):
                why = why_moved(each, known, dates, self.full, booked=name in booked)
                moves.append(
                    Move(
                        name,
                        each.entry.title,
                        civil_date(each.day),
                        civil_date(day),
                        now.window,
                        now.ideal,
                        name in booked,
                        why,
                    )
                )
        after = frozenset(dates[each.key] + offset for each in one.all for offset in each.trips)
        plan = patient.version.plan(before.arm)
        changes = compare_calendars(before, answer.calendar, plan.products if plan is not None else None)
        moves.sort(key=lambda move: (move.after, move.entry))
        return PatientPlan(
            patient.subject,
            _dates(one.before),
            _dates(after),
            tuple(moves),
            one.kept,
            answer.events,
            tuple(each for each in changes if each.on is None or each.on <= self.until),
        )


def _dates(days: Iterable[Day]) -> tuple[date, ...]:
    return tuple(civil_date(day) for day in sorted(days))

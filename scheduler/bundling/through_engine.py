"""A plan put through the real engine, as the appointments that would make it: what they are, and what the engine says to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.asking import ask, questions_open
from scheduler.bundling.occurrence import Key, Occurrence
from scheduler.bundling.plan import ToPlan
from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.dates import Day, civil_date
from scheduler.patient.events import Booked
from scheduler.said import COMMAS, Code, Quoted, Said, Value, listed, said

_HARMLESS = {Flag.BOOKED, Flag.PROVISIONAL}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the engine says against a plan, and the entry that it says it of; None where it is of no single one.

    ``whole``: all that the entry hangs on may have led to it, at any distance.
    """

    entry: str | None
    why: Said
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The calendar with the appointments that were needed, or the first thing that the engine says against the plan."""

    calendar: Calendar
    events: tuple[Booked, ...]
    against: Disagreement | None = None


def through_engine(
    patient: ToPlan,
    before: Calendar,
    occurrences: Iterable[Occurrence],
    dates: Mapping[Key, Day],
    on: date,
    until: date,
) -> Answer:
    """Book what has to be booked, each after those that it is counted from, and look at the calendar that comes of it.

    What the engine puts on its date by itself is not booked: it goes on following what it is counted from.
    """
    known = tuple(occurrences)
    booked: dict[str, Booked] = {}
    while True:
        events = tuple(booked.values())
        calendar = patient.with_events(events).calendar(until)
        wrong = {each.key.entry for each in known if _date_of(calendar, each.key.entry) != dates[each.key]}
        if not wrong:
            break
        ready = [each for each in known if each.key.entry in wrong and not _hangs_on(each, known, wrong)]
        for each in ready:
            name = each.key.entry
            if name in booked or not each.free:
                return Answer(calendar, events, _not_there(name, dates[each.key], calendar))
            booked[name] = Booked(event="booked", on=on, entry=name, to=civil_date(dates[each.key]))
    against = _new_trouble(before, calendar, known) or _asked(patient, events, on)
    return Answer(calendar, events, against)


def _date_of(calendar: Calendar, name: str) -> Day | None:
    entry = calendar.entry(name)
    return entry.date.toordinal() if entry is not None and entry.date is not None else None


def _hangs_on(each: Occurrence, known: tuple[Occurrence, ...], wrong: set[str]) -> bool:
    """Whether it is counted, at any distance, from something that is not on its date yet."""
    by_name = {other.key.entry: other for other in known}
    waiting, seen = list(each.parents), set[str]()
    while waiting:
        name = waiting.pop()
        if name in wrong:
            return True
        if name not in seen:
            seen.add(name)
            waiting += by_name[name].parents
    return False


def _not_there(name: str, day: Day, calendar: Calendar) -> Disagreement:
    found = [finding.told for finding in calendar.findings if finding.entry == name and finding.code == "booking-void"]
    why: Value = found[0] if found else said("the calendar puts it on another day")
    return Disagreement(name, said("{entry} cannot be on {day}: {why}", entry=Code(name), day=civil_date(day), why=why))


def _new_trouble(before: Calendar, after: Calendar, known: tuple[Occurrence, ...]) -> Disagreement | None:
    """A finding, a flag or something that waits which was not there before, or an entry that is planned no more."""
    had = Counter((finding.code, finding.entry) for finding in before.findings)
    for finding in after.findings:
        had[finding.code, finding.entry] -= 1
        if had[finding.code, finding.entry] < 0:
            return Disagreement(finding.entry, said("the calendar would say: {what}", what=finding.told))
    for each in known:
        entry = after.entry(each.key.entry)
        assert entry is not None
        more = set(entry.flags) - set(each.entry.flags) - _HARMLESS
        if more or entry.status is not each.entry.status:
            flags = [Said(flag.value, (), None, "flag") for flag in sorted(more)]
            what = listed(*flags, how=COMMAS) if flags else Said(entry.status.value, (), None, "status")
            return Disagreement(entry.id, said("{entry} would be: {what}", entry=Code(entry.id), what=what))
    waits = {each.id for each in after.pending} - {each.id for each in before.pending}
    if waits:
        name = min(waits)
        return Disagreement(name, said("{entry} would wait", entry=Code(name)))
    return None


def _asked(patient: ToPlan, events: tuple[Booked, ...], on: date) -> Disagreement | None:
    """What would be asked if these were recorded: a plan asks for no reasons."""
    asked = questions_open(ask(patient.version, patient.site, patient.log, events, today=on))
    if not asked:
        return None
    first = asked[0]
    what: Value = Quoted(first.what, "en") if isinstance(first.what, str) else first.what
    return Disagreement(events[first.index].entry, said("recording it would be asked: {what}", what=what), whole=True)

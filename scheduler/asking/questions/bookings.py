"""Appointments that cannot be kept, or that would be a deviation if they were.

What a day would mean is asked of the calendar: as if what is booked took place on it, and before it what its treatment still has
to come until then. Else a dose that is booked two doses ahead would be a dose whose number skips.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Status
from scheduler.calendar.entries.sentences import closed_why
from scheduler.patient.contradictions.doses import starts_cycles
from scheduler.patient.contradictions.entries import Target, find
from scheduler.patient.events import Booked, CycleStarted, Event, Given, Rebooked, VisitDone
from scheduler.patient.places import unlisted_places
from scheduler.patient.replaying.begun_cycles import first_dosing_day
from scheduler.protocol.plan.clause import Clause
from scheduler.said import Code, Said, said

_FAR_OUTSIDE = 28
"""Days outside a window after which a date is likelier a slip than a choice: the month is another."""
_FAR_AHEAD = timedelta(days=365)
"""Nobody makes an appointment a year ahead; the year is a slip."""
_WINDOWS = (Deviated.OUT_OF_WINDOW, Deviated.FOLLOW_UP_LATE)
_BREAKS = (
    Deviated.NOT_PLANNED,
    Deviated.AFTER_END,
    Deviated.TOO_EARLY,
    Deviated.DURING_HOLD,
    Deviated.INTERVAL_TOO_SHORT,
    Deviated.STARTED_LATE,
    Deviated.TOOK_TOO_LONG,
    Deviated.GAP_TOO_LONG,
)


def booked_backwards(candidate: Candidate) -> Iterator[Told]:
    """An appointment for a day before the one on which it was made."""
    event = candidate.event
    if isinstance(event, Booked | Rebooked) and event.to < event.on:
        what = said(
            "{entry} is booked for {to}, a day that had passed when it was booked, on {on}",
            entry=Code(f"{event.entry}"),
            to=Code(f"{event.to}"),
            on=Code(f"{event.on}"),
        )
        hint = said("look at the month and the year; what took place is recorded as done or given")
        yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))


def booked_when_done(candidate: Candidate) -> Iterator[Told]:
    """An appointment for what was given or done already; a scan may be done again before treatment begins."""
    event = candidate.event
    if not isinstance(event, Booked | Rebooked) or candidate.course.screenings.repeated:
        return
    entry = candidate.calendar.entry(event.entry)
    if entry is not None and entry.status is Status.DONE and entry.date is not None and entry.date <= event.on:
        what = said("{entry} took place on {day} already", entry=Code(f"{event.entry}"), day=Code(f"{entry.date}"))
        hint = said("look at the number; for another visit record 'unscheduled visit' when it has taken place")
        yield Told(what, "entry", hint, _clause(candidate, event.entry, event.on))


def booked_far_ahead(candidate: Candidate) -> Iterator[Told]:
    """An appointment more than a year after it was made."""
    event = candidate.event
    if isinstance(event, Booked | Rebooked) and event.to > event.on + _FAR_AHEAD:
        what = said(
            "{entry} is booked for {to}, more than a year after {on}, when it was booked",
            entry=Code(f"{event.entry}"),
            to=Code(f"{event.to}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "to", said("look at the year"), _clause(candidate, event.entry, event.on))


def booked_on_closed_day(candidate: Candidate) -> Iterator[Told]:
    """An appointment on a day on which what it needs is closed."""
    event = candidate.event
    target = find(candidate.chart, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if not isinstance(event, Booked | Rebooked) or target is None or target.line is None:
        return
    days = candidate.site.open_days(target.line.resource)
    for offset in target.line.open_days:
        day = event.to + timedelta(days=offset)
        why = days.why_closed(day.toordinal())
        if why is not None:
            open_day = days.first_open(day.toordinal())
            hint = (
                said("the next open day is {day}", day=Code(f"{date.fromordinal(open_day)}"))
                if open_day is not None
                else None
            )
            what = said(
                "{entry} is booked for {to}, but {place} is closed on {day}: {why}",
                entry=Code(event.entry),
                to=Code(f"{event.to}"),
                place=Code(target.line.resource),
                day=Code(f"{day}"),
                why=closed_why(why),
            )
            yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))
            return


def booked_a_later_day(candidate: Candidate) -> Iterator[Told]:
    """An appointment for a later day of a cycle, whose days go by its first: nothing moves by it, and nobody would see it."""
    event = candidate.event
    target = find(candidate.chart, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if not isinstance(event, Booked | Rebooked) or target is None or target.line is None or target.n is None:
        return
    first = first_dosing_day(target.line, target.n)
    if not target.is_dosing_day or target.day == first:
        return
    what = said("{entry} is a later day of a cycle: an appointment for it moves nothing", entry=Code(event.entry))
    hint = said(
        "book {first}, with which all its days move; on which day it was given or taken is recorded then",
        first=Code(f"{target.line.name}.{target.n}.{first}"),
    )
    yield Told(what, "entry", hint, _clause(candidate, event.entry, event.on))


def booked_at_misspelt_place(candidate: Candidate) -> Iterator[Told]:
    """An appointment at a place that the site lists under another spelling, so that its open days are not known."""
    event = candidate.event
    target = find(candidate.chart, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if not isinstance(event, Booked | Rebooked) or target is None or target.line is None:
        return
    place = target.line.resource
    for each in unlisted_places(candidate.version, candidate.site):
        if each.name == place and each.meant is not None:
            what = said(
                "{entry} is booked at {place}, which the site does not list: its open days are not known",
                entry=Code(f"{event.entry}"),
                place=Code(f"{place}"),
            )
            hint = said(
                "the site lists '{meant}': put its text right, or ask whether {place} is open on {to}",
                meant=Code(f"{each.meant}"),
                place=Code(f"{place}"),
                to=Code(f"{event.to}"),
            )
            yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))


def booked_in_vain(candidate: Candidate) -> Iterator[Told]:
    """An appointment that the calendar would not keep: in a hold, before what it waits for, not after the one before."""
    event = candidate.event
    if isinstance(event, Booked | Rebooked):
        for finding in candidate.calendar_after.findings:
            if finding.code == "booking-void" and candidate.number in finding.events:
                what = said(
                    "{entry} is booked for {to}, and {what}",
                    entry=Code(f"{event.entry}"),
                    to=Code(f"{event.to}"),
                    what=finding.told,
                )
                yield Told(what, "to", finding.what_to_do, _clause(candidate, event.entry, event.on))


def appointment_taken_away(candidate: Candidate) -> Iterator[Told]:
    """An appointment that stood, and that no longer does once this is recorded: somebody has to call it off."""
    own = set(candidate.event.entries)
    for before in candidate.calendar.entries:
        booked = candidate.course.about(before.id).booked
        if booked is None or before.status is not Status.PLANNED or before.id in own:
            continue
        after = candidate.calendar_after.entry(before.id)
        if after is None or after.status is Status.CANCELLED:
            day = f"{before.date}"
            what = said(
                "{entry} is booked for {at}, and is no longer planned then",
                entry=Code(before.id),
                at=Code(day)
                if before.time is None
                else said("{day} at {time}", day=Code(day), time=Code(f"{before.time}")),
            )
            hint = said(
                "call the appointment off; where the patient comes all the same, record 'visit done' or 'unscheduled visit'"
            )
            yield Told(what, "event", hint, _clause(candidate, before.id, candidate.event.on), booked.numbers)


def booked_across_tablets(candidate: Candidate) -> Iterator[Told]:
    """A cycle of tablets that would begin on a day of another cycle's tablets."""
    event = candidate.event
    target = find(candidate.chart, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if not isinstance(event, Booked | Rebooked) or target is None or target.line is None or not target.line.has_days:
        return
    for entry in candidate.calendar.entries:
        if entry.timeline == target.line.name and entry.n != target.n:
            runs = [run for run in entry.runs if run.first_date <= event.to <= run.last_date]
            if runs and entry.n < (target.n or 0):
                what = said(
                    "{entry} is booked for {to}, a dosing day of {id}",
                    entry=Code(f"{event.entry}"),
                    to=Code(f"{event.to}"),
                    id=Code(f"{entry.id}"),
                )
                hint = said("the last day of those is {last_date}", last_date=Code(f"{entry.runs[-1].last_date}"))
                yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))


def booked_off_the_plan(candidate: Candidate) -> Iterator[Told]:
    """An appointment that would break a limit of the protocol, or lie weeks outside its window."""
    yield from (_told(candidate, each) for each in _if_kept(candidate) if _is_grave(each))


def booked_outside_window(candidate: Candidate) -> Iterator[Told]:
    """An appointment some days outside its window: it stands, and would be a deviation."""
    yield from (_told(candidate, each) for each in _if_kept(candidate) if each.kind in _WINDOWS and not _is_grave(each))


def _is_grave(deviation: Deviation) -> bool:
    far = deviation.kind in _WINDOWS and abs(deviation.days_off or 0) > _FAR_OUTSIDE
    return far or deviation.kind in _BREAKS


def _told(candidate: Candidate, deviation: Deviation) -> Told:
    # Most deviations begin with the entry: it is not said twice.
    what, day, entry = deviation.what, Code(f"{deviation.date}"), Code(f"{deviation.entry}")
    told = (
        said("if it takes place on {day}, that is a deviation: {what}", day=day, what=what)
        if isinstance(what, Said) and ("entry", entry) in what.values
        else said("if it takes place on {day}, {entry} is a deviation: {what}", day=day, entry=entry, what=what)
    )
    return Told(told, "to", said("look at the month and the day"), deviation.clause)


def _if_kept(candidate: Candidate) -> tuple[Deviation, ...]:
    """The deviations that there would be if what is booked took place on its day, in the order of the plan."""
    event = candidate.event
    target = find(candidate.chart, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if not isinstance(event, Booked | Rebooked) or target is None or not event.on <= event.to <= event.on + _FAR_AHEAD:
        return ()
    events = (*_until_then(candidate, event, target), _kept(event, target))
    return tuple(each for each in candidate.deviations_with(*events) if each.entry == event.entry)


def _until_then(candidate: Candidate, event: Booked | Rebooked, target: Target) -> Iterator[Event]:
    """The earlier doses of the same treatment that are still to come, on the days that the calendar has for them."""
    line = target.line
    for each in candidate.calendar_after.entries if line is not None and target.is_treatment else ():
        is_earlier = line is not None and each.timeline == line.name and each.n < (target.n or 0)
        if is_earlier and each.status is Status.PLANNED and each.date is not None and event.on <= each.date < event.to:
            booked = Booked(event="booked", on=event.on, entry=each.id, to=each.date, at=each.time)
            earlier = find(candidate.chart, each.id, event.on)
            if earlier is not None:
                yield _kept(booked, earlier)


def _kept(event: Booked | Rebooked, target: Target) -> Event:
    line, n = target.line, target.n
    if line is None or n is None or not target.is_treatment:
        return VisitDone(event="visit done", on=event.to, at=event.at, entry=event.entry)
    if starts_cycles(line):
        day = target.day if line.follows is not None and line.follows.has_days else None
        return CycleStarted(event="cycle started", on=event.to, at=event.at, treatment=line.name, cycle=n, day=day)
    return Given(event="given", on=event.to, at=event.at, treatment=line.name, n=n, day=target.day)


def _clause(candidate: Candidate, entry: str, day: date) -> Clause | None:
    target = find(candidate.chart, entry, day)
    if target is None or target.line is None:
        return None
    timing = target.line.last if target.n is None else target.line.timing(target.n)
    return timing.clause if timing is not None else None

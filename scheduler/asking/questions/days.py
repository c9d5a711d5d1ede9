"""Days and times that cannot be: a fact of tomorrow, an event that began after its report, an hour that the clocks skip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.deviations.assessed import NO_LONGER, began_on
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.local_times import LocalTime, Passing, passing, shown
from scheduler.patient.events import (
    AdverseEvent,
    CycleStarted,
    Delayed,
    DeviationAssessed,
    Event,
    FirstDosePlanned,
    MovedToVersion,
    NotDone,
    NotTaken,
    Regraded,
    Resolved,
    SiteTransferred,
    SurgeryPlanned,
    Taken,
)
from scheduler.patient.events.kind import Authority
from scheduler.patient.replaying.begun_cycles import first_dosing_day
from scheduler.patient.sites import site_of
from scheduler.said import Code, Said, said

_ORDERED = (Authority.ORDER, Authority.SIGNED_ORDER)
_ARRANGED = (FirstDosePlanned, MovedToVersion, SiteTransferred)
"""What somebody arranges for a day that may lie ahead."""


def in_the_future(candidate: Candidate) -> Iterator[Told]:
    """What happened did so by today. An order, a move or a planned first dose may hold from a later day."""
    event, today = candidate.event, candidate.today
    if event.kind.authority in _ORDERED or isinstance(event, _ARRANGED):
        return
    for field, day in _days_of(event):
        if day > today:
            what = said(
                "{day} is still to come: today is {today}, and '{event}' says what has happened",
                day=Code(f"{day}"),
                today=Code(f"{today}"),
                event=Said(event.event, context="record"),
            )
            yield Told(what, field, _when_to_record(event, field))


def _days_of(event: Event) -> Iterator[tuple[str, date]]:
    """The days on which something happened. That of an appointment or an expiry may lie ahead."""
    yield "on", event.on
    if getattr(event, "days", None) is not None:
        yield "to", event.days[1]  # type: ignore[attr-defined]
    if isinstance(event, DeviationAssessed):
        yield from _found_and_reported(event)


def _found_and_reported(event: DeviationAssessed) -> Iterator[tuple[str, date]]:
    for field, day in (("found", event.found), ("reported", event.reported)):
        if day is not None:
            yield field, day


def _when_to_record(event: Event, field: str) -> Said:
    if field == "to":
        return said("report the days up to today, and the others when they have come")
    if field in ("found", "reported"):
        return said("'{field}' is a day that has come; leave it out until then", field=Code(field))
    return said(
        "look at the year and the month; for a day ahead make an appointment with 'booked', "
        "and record it when it has happened"
    )


def onset_after_report(candidate: Candidate) -> Iterator[Told]:
    """An adverse event cannot be reported before it began."""
    event = candidate.event
    if isinstance(event, AdverseEvent) and event.onset is not None and event.onset > event.on:
        what = said(
            "the adverse event began on {onset}, after {on}, the day of its report",
            onset=Code(f"{event.onset}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "onset", said("'onset' is the day it began, 'on' the day from which this grade is known"))


def found_before_it_happened(candidate: Candidate) -> Iterator[Told]:
    """A deviation cannot be found or reported before it happened."""
    event = candidate.event
    if not isinstance(event, DeviationAssessed):
        return
    days = [day for each in assessed_by(candidate) if (day := _happened(candidate, each)) is not None]
    for field, day in _found_and_reported(event):
        if days and day < min(days):
            what = said(
                "the deviation '{deviation}' is of {happened}, and was not {field} before it, on {day}",
                deviation=Said(event.deviation, context="deviation"),
                happened=Code(f"{min(days)}"),
                field=Code(f"{field}"),
                day=Code(f"{day}"),
            )
            yield Told(what, field, said("look at the year and the month, and at the day on the list of deviations"))


def reported_before_found(candidate: Candidate) -> Iterator[Told]:
    """A deviation cannot be reported before somebody found it."""
    event = candidate.event
    if not isinstance(event, DeviationAssessed) or event.found is None or event.reported is None:
        return
    if event.reported < event.found:
        what = said(
            "the deviation was reported on {reported}, before {found}, the day on which it was found",
            reported=Code(f"{event.reported}"),
            found=Code(f"{event.found}"),
        )
        yield Told(
            what, "reported", said("'found' is the day on which somebody saw it, 'reported' that of telling others")
        )


def assessed_by(candidate: Candidate) -> list[Deviation]:
    """The deviations on the list of today that it is an assessment of."""
    return [each for each in candidate.list_after if candidate.number in each.events and each.what != NO_LONGER]


def _happened(candidate: Candidate, deviation: Deviation) -> date | None:
    """The first day on which somebody could know of it: what is not going to be done is known before its day."""
    records = [candidate.log.record(number) for number in deviation.events]
    told = [each.event.on for each in records if each is not None and not isinstance(each.event, DeviationAssessed)]
    day = began_on(deviation)
    return min(day, max(told)) if day is not None and told and deviation.kind is Deviated.MISSED else day


def ordered_far_ahead(candidate: Candidate) -> Iterator[Told]:
    """An order for a day weeks ahead: until then everything goes on as if there were none."""
    event, today = candidate.event, candidate.today
    if event.kind.authority in _ORDERED and event.on > today + _FAR_AHEAD:
        what = said(
            "the order is for {day}, {days} days ahead: until then everything goes on as before",
            day=Code(f"{event.on}"),
            days=(event.on - today).days,
        )
        yield Told(what, "on", said("look at the year and the month; 'on' is the day from which it holds"))
    if isinstance(event, Delayed | FirstDosePlanned):
        field, until = ("until", event.until) if isinstance(event, Delayed) else ("to", event.to)
        if until is not None and until > event.on + _FAR_OFF:
            what = said("{day} is {days} days ahead", day=Code(f"{until}"), days=(until - event.on).days)
            yield Told(what, field, said("look at the year and the month"))


_FAR_OFF = timedelta(days=92)
"""What is put off longer is seldom taken up again."""
_FAR_AHEAD = timedelta(days=28)
"""What is ordered for the next cycle seldom lies further ahead."""


def not_done_far_ahead(candidate: Candidate) -> Iterator[Told]:
    """Something of weeks ahead, or a visit without a day yet, as not done: its day would come, and nobody be expected."""
    event = candidate.event
    if not isinstance(event, NotDone):
        return
    planned = candidate.calendar.entry(event.entry)
    after = planned if planned is not None else candidate.calendar_after.entry(event.entry)
    day = after.date if after is not None else None
    hint = said("look at its number; what will not take place can be recorded when its day comes")
    if day is not None and day > candidate.today + _FAR_AHEAD:
        what = said(
            "{entry} is planned for {day}, {days} days ahead",
            entry=Code(event.entry),
            day=Code(f"{day}"),
            days=(day - candidate.today).days,
        )
        yield Told(what, "entry", hint)
    is_visit = candidate.treatment(event.entry.partition(".")[0]) is None
    if planned is None and after is not None and after.ideal is None and is_visit:
        yield Told(said("{entry} has no day yet", entry=Code(event.entry)), "entry", hint)


def reported_ahead(candidate: Candidate) -> Iterator[Told]:
    """Days on which tablets were taken, or were not, after the day on which that was reported."""
    event = candidate.event
    if isinstance(event, Taken | NotTaken) and event.days[1] > event.on:
        what = said(
            "the days go up to {last}, after {on}, the day of the report",
            last=Code(f"{event.days[1]}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "to", said("'to' is the last of the days, 'on' the day on which it was reported"))


def planned_in_the_past(candidate: Candidate) -> Iterator[Told]:
    """An operation that was planned for a day that had passed."""
    event = candidate.event
    if isinstance(event, SurgeryPlanned) and event.day < event.on:
        what = said(
            "the operation is planned for {day}, a day that had passed on {on}",
            day=Code(f"{event.day}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "day", said("record 'surgery' where it took place"))


def graded_before_it_began(candidate: Candidate) -> Iterator[Told]:
    """Another grade, or the end, of an adverse event on a day before it began."""
    event = candidate.event
    if not isinstance(event, Regraded | Resolved):
        return
    for fact in candidate.course.of(AdverseEvent):
        told = fact.event
        if isinstance(told, AdverseEvent) and told.ae == event.ae and event.on < (told.onset or told.on):
            what = said(
                "adverse event {ae} began on {day}, after {on}",
                ae=event.ae,
                day=Code(f"{told.onset or told.on}"),
                on=Code(f"{event.on}"),
            )
            yield Told(what, "on", said("look at both dates"), events=fact.numbers)


def long_before(candidate: Candidate) -> Iterator[Told]:
    """What can only happen to who is in the study, months before anything else that was recorded."""
    event, known = candidate.event, [fact.event.on for fact in candidate.course.facts]
    first = min((day for day in known), default=event.on)
    if event.on < first - _LONG_BEFORE:
        what = said(
            "{on} is {days} days before {first}, the first day of all that is recorded",
            on=Code(f"{event.on}"),
            days=(first - event.on).days,
            first=Code(f"{first}"),
        )
        yield Told(what, "on", said("look at the year"))


_LONG_BEFORE = timedelta(days=180)


def never_shown(candidate: Candidate) -> Iterator[Told]:
    """A time of day that the site's clock skips that night: nothing happens then."""
    for local in _times_of(candidate):
        if passing(local) is Passing.NEVER:
            what = said(
                "{local} does not exist in {zone}: the clocks go forward over it, and it counts as {shown}",
                local=Code(f"{local}"),
                zone=Code(f"{local.zone}"),
                shown=Code(f"{shown(local)}"),
            )
            yield Told(what, _field_of(candidate), said("look at the date, and at the clock after it was put forward"))


def shown_twice(candidate: Candidate) -> Iterator[Told]:
    """A time of day that the site's clock shows twice that night: which of the two is meant cannot be written."""
    for local in _times_of(candidate):
        if passing(local) is Passing.TWICE:
            what = said(
                "{local} comes twice in {zone}, because the clocks are set back: it is not known which is meant",
                local=Code(f"{local}"),
                zone=Code(f"{local.zone}"),
            )
            yield Told(
                what, "at", said("look how many hours later everything is; which of the two it was, say as the reason")
            )


def _field_of(candidate: Candidate) -> str:
    return "at" if candidate.event.at is not None else "times"


def _times_of(candidate: Candidate) -> Iterator[LocalTime]:
    """When it happened by the clock of the patient's site of that day; of an appointment, when it is."""
    event = candidate.event
    site = site_of(candidate.site, candidate.course_after)
    if event.at is not None:
        yield LocalTime(getattr(event, "to", None) or event.on, time.fromisoformat(event.at), site.zone)
    if isinstance(event, Taken):
        for day in range(event.from_.toordinal(), event.to.toordinal() + 1):
            yield from (LocalTime(date.fromordinal(day), time.fromisoformat(at), site.zone) for at in event.times)


def first_tablet_as_day_1(candidate: Candidate) -> Iterator[Told]:
    """The start of a cycle whose tablets come later, such as on days 8-14: its day counts as day 1, and is likely day 8."""
    event = candidate.event
    line = candidate.treatment(event.treatment) if isinstance(event, CycleStarted) else None
    if not isinstance(event, CycleStarted) or line is None:
        return
    later = first_dosing_day(line, event.cycle) - 1
    before, after = (each.entry(event.entries[0]) for each in (candidate.calendar, candidate.calendar_after))
    planned = before.date if before is not None else None
    if (
        not later
        or planned is None
        or after is None
        or after.date != event.on
        or 2 * (event.on - planned).days <= later
    ):
        return
    what = said(
        "{on} counts as day 1 of {cycle}, planned for {planned}: its first dose would be on day {number}, {first}",
        on=Code(f"{event.on}"),
        cycle=Code(event.entries[0]),
        planned=Code(f"{planned}"),
        number=later + 1,
        first=Code(f"{event.on + timedelta(days=later)}"),
    )
    hint = said(
        "where the first dose was taken on {on}, record {day_1}, day 1 of the cycle",
        on=Code(f"{event.on}"),
        day_1=Code(f"{event.on - timedelta(days=later)}"),
    )
    yield Told(what, "on", hint, line.gives[0].clause)

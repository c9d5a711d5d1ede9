"""What an event of the log says, as a sentence for staff. Words that people wrote are quoted here, and nowhere shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from scheduler.calendar.telling.dates_in_words import days_in_words, in_words
from scheduler.calendar.telling.observations_in_words import observation_in_words
from scheduler.patient import events as ev


def event_in_words(number: int, event: ev.Event, others: Iterable[ev.Event] = ()) -> str:
    """The number, the day, what happened, why, and who said so.

    "Event 3, Monday 25 May 2026: regorafenib is held, for the reason "AE 1", by Dr Example."
    """
    time = f" at {event.at}" if event.at and not isinstance(event, ev.Booked | ev.Rebooked) else ""
    reason = f', for the reason "{event.reason}"' if event.reason else ""
    override = f', against the protocol because "{event.override}"' if event.override else ""
    by = f", by {event.by}" if event.by else ""
    return f"Event {number}, {in_words(event.on)}{time}: {what_happened(event, others)}{reason}{override}{by}."


def what_happened(event: ev.Event, others: Iterable[ev.Event] = ()) -> str:
    """The event's own words: "toripalimab 3 is given", "imaging.2 is booked for Monday 22 June 2026".

    ``others`` are the events of the log, for what an adverse event is called that only its number names.
    """
    tell = _TELL.get(type(event))
    return tell(event) if tell is not None else observation_in_words(event, others) or event.event


def _correction(event: ev.Corrected) -> str:
    now = event.with_
    return f"event {event.number} is corrected and now reads: {in_words(now.on)}, {what_happened(now)}"


def _booking(event: ev.Booked | ev.Rebooked) -> str:
    time = f" at {event.at}" if event.at else ""
    return f"{event.entry} is {event.event} for {in_words(event.to)}{time}"


def _at_level(event: ev.Resumed) -> str:
    return f" at {event.dose} (level {event.level})" if event.dose is not None else ""


def _after_todays(event: ev.Held | ev.DoseChanged | ev.Discontinued | ev.EndOfTreatment | ev.Decided) -> str:
    return ", after that day's dose" if event.today_taken else ""


def _of_day(event: ev.Given | ev.Delayed) -> str:
    return f" day {event.day}" if event.day is not None else ""


def _days(event: ev.Taken | ev.NotTaken) -> str:
    return days_in_words(event.from_, event.to)


_TELL: dict[type[ev.Event], Callable[[Any], str]] = {
    ev.Randomised: lambda event: f"randomised to the arm {event.arm}",
    ev.FirstDosePlanned: lambda event: f"the first dose is planned for {in_words(event.day)}",
    ev.CycleStarted: lambda event: f"{event.treatment} cycle {event.cycle} is started",
    ev.Given: lambda event: (
        f"{event.treatment} {event.n}{_of_day(event)} is given" + (f", {event.amount}" if event.amount else "")
    ),
    ev.Taken: lambda event: (
        f"{event.treatment} was taken on {_days(event)}" + (f", {event.amount} a day" if event.amount else "")
    ),
    ev.NotTaken: lambda event: f"{event.treatment} was not taken on {_days(event)}",
    ev.Prescribed: lambda event: (
        f"{event.course} of {event.treatment} is prescribed at {event.per_fraction:f} {event.unit} a fraction"
    ),
    ev.Delayed: lambda event: (
        f"{event.treatment} {event.number}{_of_day(event)} is delayed until {in_words(event.until)}"
    ),
    ev.Held: lambda event: f"{event.treatment} is held{_after_todays(event)}",
    ev.Resumed: lambda event: f"{event.treatment} is resumed{_at_level(event)}",
    ev.DoseChanged: lambda event: (
        f"the dose of {event.treatment} is changed to {event.dose} (level {event.level}){_after_todays(event)}"
    ),
    ev.Discontinued: lambda event: f"{event.treatment} is discontinued{_after_todays(event)}",
    ev.EndOfTreatment: lambda event: f"all treatment ends{_after_todays(event)}",
    ev.Decided: lambda event: f'about {event.proposal} it is decided: "{event.action}"{_after_todays(event)}',
    ev.TreatedBeyondProgression: lambda _: "treatment goes on beyond progression",
    ev.VisitDone: lambda event: f"{event.entry} is done",
    ev.NotDone: lambda event: f"{event.entry} is not done",
    ev.Booked: _booking,
    ev.Rebooked: _booking,
    ev.Response: lambda event: f"the response is {event.assessment} by {event.criteria}",
    ev.Progressed: lambda _: "the disease has progressed",
    ev.NewAnticancerTherapy: lambda _: "another treatment against the cancer is begun",
    ev.Reached: lambda event: f"{event.milestone} is reached",
    ev.Joined: lambda event: f"joined the group {event.group}",
    ev.Left: lambda event: f"left the group {event.group}",
    ev.MovedToVersion: lambda event: f"moved to protocol version {event.version}",
    ev.Withdrew: lambda event: f"withdrew from {'all of the study' if event.from_ == 'all' else event.from_}",
    ev.Died: lambda _: "the patient died",
    ev.Corrected: _correction,
    ev.Struck: lambda event: f"event {event.number} is struck: it should not have been recorded",
}

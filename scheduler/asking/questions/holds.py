"""Holds beside holds: one that is recorded again, a second one for another cause, a resume after which another hold lasts."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.engine.findings.holding.holds import overlap
from scheduler.calendar.entries.entry import HeldPeriod
from scheduler.patient.events import Held, Resumed
from scheduler.said import Code, Quoted, Said, Value, said


def held_already(candidate: Candidate) -> Iterator[Told]:
    """A hold for the reason of another one that lasts: dosing stops no earlier and goes on no later by it."""
    for new, hold in _beside(candidate):
        if new.reason == hold.reason:
            hint = said(
                "leave it out; correct event {events} where its day is wrong, or give the other cause as reason",
                events=Code(f"{hold.events[0]}"),
            )
            yield Told(said("{held} already", held=_held(hold)), "reason", hint, events=_known(candidate, hold))


def held_for_another_cause(candidate: Candidate) -> Iterator[Told]:
    """A hold for another reason than that of one that lasts: dosing goes on when both have ended."""
    for new, hold in _beside(candidate):
        if new.reason != hold.reason:
            what = said("{held}; dosing goes on when both holds have ended", held=_held(hold))
            hint = said("a resume with the reason of one ends that one, any other resume ends both")
            yield Told(what, "reason", hint, events=_known(candidate, hold))


def still_held(candidate: Candidate) -> Iterator[Told]:
    """A resume that ends one hold while another lasts: no dose follows from it."""
    event = candidate.event
    if not isinstance(event, Resumed):
        return
    for hold in candidate.calendar_after.holds:
        lasts = hold.start <= event.on and (hold.over is None or hold.over > event.on)
        if hold.treatment == event.treatment and lasts and candidate.number not in hold.events:
            what = said("{held}, and this resume does not end that: nothing is dosed", held=_held(hold))
            yield Told(what, "reason", said("a resume without a reason ends all holds"), events=_known(candidate, hold))


def _beside(candidate: Candidate) -> Iterator[tuple[HeldPeriod, HeldPeriod]]:
    """The hold that is ordered, with each other one of its treatment that lasts on one of its days."""
    if not isinstance(candidate.event, Held):
        return
    holds = candidate.calendar_after.holds
    for new in (hold for hold in holds if candidate.number in hold.events):
        for hold in holds:
            if hold is not new and hold.treatment == new.treatment and overlap(hold, new):
                yield new, hold


def _held(hold: HeldPeriod) -> Said:
    told: dict[str, Value] = {
        "treatment": Code(hold.treatment),
        "day": Code(f"{hold.start}"),
        "number": Code(f"{hold.events[0]}"),
    }
    if hold.reason is None:
        return said("{treatment} is held from {day} (event {number})", **told)
    return said("{treatment} is held for {reason} from {day} (event {number})", reason=Quoted(hold.reason), **told)


def _known(candidate: Candidate, hold: HeldPeriod) -> tuple[int, ...]:
    return tuple(number for number in hold.events if number <= candidate.log.length)

"""Holds beside holds: one that is recorded again, a second one for another cause, a resume after which another hold lasts."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.engine.findings.holding.holds import overlap
from scheduler.calendar.entries.entry import HeldPeriod
from scheduler.patient.events import Held, Resumed


def held_already(candidate: Candidate) -> Iterator[Told]:
    """A hold for the reason of another one that lasts: dosing stops no earlier and goes on no later by it."""
    for new, hold in _beside(candidate):
        if new.reason == hold.reason:
            hint = f"leave it out; correct event {hold.events[0]} where its day is wrong, or give the other cause as reason"
            yield Told(f"{_held(hold)} already", "reason", hint, events=_known(candidate, hold))


def held_for_another_cause(candidate: Candidate) -> Iterator[Told]:
    """A hold for another reason than that of one that lasts: dosing goes on when both have ended."""
    for new, hold in _beside(candidate):
        if new.reason != hold.reason:
            what = f"{_held(hold)}; dosing goes on when both holds have ended"
            hint = "a resume with the reason of one ends that one, any other resume ends both"
            yield Told(what, "reason", hint, events=_known(candidate, hold))


def still_held(candidate: Candidate) -> Iterator[Told]:
    """A resume that ends one hold while another lasts: no dose follows from it."""
    event = candidate.event
    if not isinstance(event, Resumed):
        return
    for hold in candidate.calendar_after.holds:
        lasts = hold.start <= event.on and (hold.over is None or hold.over > event.on)
        if hold.treatment == event.treatment and lasts and candidate.number not in hold.events:
            what = f"{_held(hold)}, and this resume does not end that: nothing is dosed"
            yield Told(what, "reason", "a resume without a reason ends all holds", events=_known(candidate, hold))


def _beside(candidate: Candidate) -> Iterator[tuple[HeldPeriod, HeldPeriod]]:
    """The hold that is ordered, with each other one of its treatment that lasts on one of its days."""
    if not isinstance(candidate.event, Held):
        return
    holds = candidate.calendar_after.holds
    for new in (hold for hold in holds if candidate.number in hold.events):
        for hold in holds:
            if hold is not new and hold.treatment == new.treatment and overlap(hold, new):
                yield new, hold


def _held(hold: HeldPeriod) -> str:
    why = f" for {hold.reason}" if hold.reason is not None else ""
    return f"{hold.treatment} is held{why} from {hold.start} (event {hold.events[0]})"


def _known(candidate: Candidate, hold: HeldPeriod) -> tuple[int, ...]:
    return tuple(number for number in hold.events if number <= candidate.log.length)

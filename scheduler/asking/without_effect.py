"""What would change nothing: a move to the version that holds already, a loss of somebody who is lost, no units at all."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.events import Dispensed, Lost, LostToFollowUp, MovedToVersion


def moved_to_same_version(candidate: Candidate) -> Iterator[Told]:
    """A move to the version of the protocol that the patient is under."""
    event = candidate.event
    if isinstance(event, MovedToVersion) and candidate.chart.version_on(event.on).version == event.version:
        what = f"the patient is under version {event.version} on {event.on} already"
        yield Told(what, "version", "name the version that the patient goes on under")


def lost_already(candidate: Candidate) -> Iterator[Told]:
    """The loss of a patient whom nobody has reached since the last time."""
    event = candidate.event
    if not isinstance(event, LostToFollowUp):
        return
    for hold in candidate.course.away:
        if hold.start <= event.on.toordinal() and (hold.end is None or event.on.toordinal() < hold.end):
            what = f"the patient is lost to follow-up since {hold.opened.event.on} and was not reached since"
            yield Told(what, "event", "record 'contacted' when the patient is reached", events=hold.opened.numbers)


def no_units(candidate: Candidate) -> Iterator[Told]:
    """Nothing handed out, or nothing lost. An empty bottle that is brought back is counted as 0."""
    event = candidate.event
    if isinstance(event, Dispensed | Lost) and event.quantity == 0:
        verb = "handed out" if isinstance(event, Dispensed) else "lost"
        yield Told(f"no units were {verb}", "quantity", "write how many, or record nothing")

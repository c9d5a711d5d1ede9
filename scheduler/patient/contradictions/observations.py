"""What observations contradict: adverse events by number, progression."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.say import refuse, repeats, told
from scheduler.patient.events import AdverseEvent, Progressed, Regraded, Resolved, Response, TreatedBeyondProgression
from scheduler.patient.log import Fact
from scheduler.said import COMMAS, listed, said

PROGRESSIVE = frozenset({"PD", "iUPD", "iCPD"})


def adverse_events_keep_their_numbers(chart: Chart) -> Iterator[Finding]:
    """Each adverse event has a number of its own; a change of grade is 'regraded'."""
    numbered: dict[int, list[Fact]] = {}
    for fact, event in chart.of(AdverseEvent):
        numbered.setdefault(event.ae, []).append(fact)
    for number, facts in numbered.items():
        for first, again in repeats(facts):
            message = said(
                "adverse event {number} is recorded twice: {first} and {again}",
                number=number,
                first=told(first),
                again=told(again),
            )
            hint = said("give the new one the next number; record another grade of the same one as 'regraded'")
            yield refuse("adverse-event-twice", message, hint, first, again)
    for fact, change in chart.of(Regraded, Resolved):
        if change.ae not in numbered:
            known = sorted(numbered)[:12]
            hint = (
                said("recorded so far: {known}", known=listed(*known, how=COMMAS))
                if known
                else said("record 'adverse event' first")
            )
            yield refuse("unknown-adverse-event", said("there is no adverse event {ae}", ae=change.ae), hint, fact)


def beyond_progression_follows_progression(chart: Chart) -> Iterator[Finding]:
    """Nobody is treated beyond a progression that is not recorded."""
    days = [event.on for _, event in chart.of(Progressed)]
    days += [event.on for _, event in chart.of(Response) if event.assessment in PROGRESSIVE]
    for fact, event in chart.of(TreatedBeyondProgression):
        if not any(day <= event.on for day in days):
            message = said("treatment beyond progression {fact}, but no progression before it", fact=told(fact))
            yield refuse("not-progressed", message, said("record 'progressed' or the 'response' first"), fact)

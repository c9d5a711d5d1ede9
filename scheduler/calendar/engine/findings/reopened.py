"""An adverse event that came back after its follow-up visit: that visit stands, and the event is not followed up any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.dates import civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.episodes.followed_events import followed_events
from scheduler.patient.events import UnscheduledVisit
from scheduler.protocol.plan.times.moments import EachEvent
from scheduler.said import Code, Quoted, said


def findings_of_reopened(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> Iterator[Finding]:
    """Each visit after the end of an adverse event that was done before the event was over for good, until it is seen again."""
    for placements in by_line.values():
        for placement in placements:
            moment = placement.timing.moment if placement.timing is not None else None
            if placement.standing is DONE and isinstance(moment, EachEvent) and moment.ends:
                yield from _of_visit(ev, placement, moment)


def _of_visit(ev: Evaluation, placement: Placement, moment: EachEvent) -> Iterator[Finding]:
    followed = next(
        (each for each in followed_events(moment, ev.course.facts) if each.fact.number == placement.n), None
    )
    if followed is None or placement.day is None or placement.timing is None:
        return
    if followed.day is not None and followed.day <= placement.day:
        return
    seen = (fact.day for fact in ev.course.unscheduled if isinstance(fact.event, UnscheduledVisit))
    if followed.day is not None and any(day > followed.day for day in seen):
        return
    since = said("it is not over")
    if followed.day is not None:
        since = said("it is over since {day}", day=Code(f"{civil_date(followed.day)}"))
    done = civil_date(placement.day)
    message = said(
        "{what} came back after {entry}, done on {done}, and {since}",
        what=followed.said,
        entry=Code(placement.id),
        done=Code(f"{done}"),
        since=since,
    )
    hint = said(
        "the protocol says: {rule}; see the patient again and record 'unscheduled visit'",
        rule=Quoted(placement.timing.clause.text, "en"),
    )
    numbers = tuple(number for fact in followed.facts for number in fact.numbers)
    yield Finding.of("follow-up-again", Severity.WARNING, message, hint, None, placement.id, numbers)

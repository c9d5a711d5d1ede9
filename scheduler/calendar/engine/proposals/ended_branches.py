"""Tablets of a cycle that was called for when it began, and is not any more: the days that are left wait for a decision.

Nothing is stopped by the program: the protocol says what such a cycle hangs on, not what becomes of one that has begun. An order
about the treatment answers it, and so does whoever has looked at the record and lets the cycle go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.branches import Branch, branch_of, no_longer_so
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.calendar.engine.proposals.after_happenings import answers_to, is_reviewed
from scheduler.calendar.engine.proposals.awaiting import Concern
from scheduler.calendar.entries.because import Reason
from scheduler.calendar.entries.entry import Entry, Status
from scheduler.dates import civil_date
from scheduler.findings import Finding, Severity
from scheduler.said import Code, Quoted, said


class EndedBranch(NamedTuple):
    """A cycle that had begun, what it hangs on as it is since, and what answers that."""

    placement: Placement
    since: Branch
    concern: Concern


def ended_branches(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> tuple[EndedBranch, ...]:
    """The begun cycles of tablets that a later fact no longer calls for."""
    if not ev.plan.has_branches:
        return ()
    lines = [line for line in ev.plan.treatments() if line.has_days]
    begun = (each for line in lines for each in by_line.get(line.name, ()) if each.standing is DONE)
    return tuple(_of_begun(ev, begun))


def _of_begun(ev: Evaluation, begun: Iterable[Placement]) -> Iterator[EndedBranch]:
    for placement in begun:
        assert placement.day is not None
        then = branch_of(ev, placement.line, placement.n, placement.day)
        since = no_longer_so(ev, placement.line, placement.n, placement.day)
        if then is None or since is None or not then.chosen.is_so:
            continue
        answers = [answer for fact in since.chosen.facts for answer in answers_to(ev, placement.line, fact)]
        reviews = [review for fact in since.chosen.facts if (review := is_reviewed(ev, fact)) is not None]
        told: tuple[Reason, ...] = () if answers or reviews else (since.only_if.clause, *since.events(ev))
        looked: tuple[Reason, ...] = (since.only_if.clause, *since.events(ev), *ev.events(*answers, *reviews))
        yield EndedBranch(placement, since, Concern(placement.line.name, civil_date(since.day), told, looked))


def findings_of_ended_branches(ended: Iterable[EndedBranch], entries: Iterable[Entry]) -> Iterator[Finding]:
    """Each that nobody has answered, while days of it are left."""
    by_id = {entry.id: entry for entry in entries}
    for placement, since, concern in ended:
        entry = by_id.get(placement.id)
        runs = entry.runs if entry is not None else ()
        left = any(run.status is Status.PLANNED and run.last_date >= concern.day for run in runs)
        if not concern.said or not left:
            continue
        name, numbers = placement.line.name, [number for fact in since.chosen.facts for number in fact.numbers]
        message = said(
            "{entry} had begun, and from {day} on it is no longer so: {rule}",
            entry=Code(placement.id),
            day=Code(f"{concern.day}"),
            rule=Quoted(since.only_if.clause.text, "en"),
        )
        hint = said(
            "the investigator decides: record 'discontinued' or 'held' for {name}, "
            "or 'reviewed' with number: {number} where the cycle goes on to its end",
            name=Code(name),
            number=numbers[0],
        )
        yield Finding.of("branch-ended", Severity.WARNING, message, hint, None, placement.id, tuple(numbers))

"""What an occurrence hangs on, as it is known for this patient: a fact that is so, is not so, or is not recorded yet."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.because import Event
from scheduler.dates import Day
from scheduler.patient.branches import Chosen, chosen, days_known_so, facts_taken_back, known_facts, records_of
from scheduler.protocol.plan.only_if import OnlyIf
from scheduler.protocol.plan.study import Timeline


@dataclass(frozen=True, slots=True)
class Branch:
    """What an occurrence hangs on, as it is known for this patient; ``struck`` are the events that took facts back."""

    only_if: OnlyIf
    chosen: Chosen
    struck: tuple[int, ...]

    @property
    def day(self) -> Day:
        """The day on which it was known."""
        return max((fact.day for fact in self.chosen.facts), default=0)

    def events(self, ev: Evaluation) -> tuple[Event, ...]:
        """What was recorded of it."""
        return ev.events(*self.chosen.facts)


def branch_of(ev: Evaluation, line: Timeline, n: int, until: Day | None = None) -> Branch | None:
    """What an occurrence hangs on, by all that was recorded or by the records up to a day; None where on nothing."""
    only_if = line.hangs_on(n)
    if only_if is None:
        return None
    if ev.facts is None:
        ev.facts = known_facts(ev.course)
    return Branch(only_if, chosen(ev.facts, only_if, until), facts_taken_back(ev.course, only_if))


def became_so(ev: Evaluation, line: Timeline, n: int, after: Day | None = None) -> tuple[Branch, ...]:
    """What an occurrence hangs on, by the records up to each day on which it became so, or to each after a day."""
    only_if = line.hangs_on(n)
    if only_if is None:
        return ()
    if ev.facts is None:
        ev.facts = known_facts(ev.course)
    days = [day for day in days_known_so(ev.facts, only_if) if after is None or day > after]
    return tuple(branch for day in days if (branch := branch_of(ev, line, n, day)) is not None)


def no_longer_so(ev: Evaluation, line: Timeline, n: int, begun: Day) -> Branch | None:
    """What an occurrence hangs on by the first record after a day since which it is not so; None where it is, or is not known."""
    branch = branch_of(ev, line, n)
    if branch is None or branch.chosen.is_so is not False:
        return None
    assert ev.facts is not None
    records = (record for fact in branch.only_if.facts for record in records_of(ev.facts, fact))
    days = sorted({record.day for record in records if record.day > begun}, reverse=True)
    for day in days:
        earlier = branch_of(ev, line, n, day)
        if earlier is None or earlier.chosen.is_so is not False:
            break
        branch = earlier
    return branch if branch.day > begun else None


def is_left_out(ev: Evaluation, line: Timeline) -> bool:
    """True for a whole timeline that a recorded fact left out."""
    branch = branch_of(ev, line, line.first_number) if not line.only_if_of else None
    return branch is not None and branch.chosen.is_so is False


def first_left_out(ev: Evaluation, placement: Placement) -> Placement:
    """The first of those in a row that are not for this patient; itself where single numbers hang on facts of their own."""
    if placement.line.only_if is None or placement.line.only_if_of:
        return placement
    while placement.n > placement.line.first_number:
        before = ev.place(placement.line, placement.n - 1, placement.cycle_day)
        if not before.not_for_patient:
            break
        placement = before
    return placement

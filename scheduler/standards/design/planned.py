"""Every planned visit of an arm, with its day and window, how it is timed, what is done, and what is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.entries.entry import Calendar, Dose, Kind
from scheduler.dates import Span
from scheduler.protocol.plan.study import Plan, Role, StudyVersion, Timeline
from scheduler.standards.design.relation import FIRST_DOSE, Relation, relation_of
from scheduler.standards.sdtm.visit_numbers import (
    PlannedVisit,
    number_visits,
    planned_calendar,
    reference_without_doses,
)
from scheduler.views.days.spelled_out import in_runs, spelled_out


@dataclass(frozen=True, slots=True)
class GivenDays:
    """Days of one cycle that are alike in dose, counted from the day of its visit, which is 0; both included."""

    first: int
    last: int
    doses: tuple[Dose, ...]


@dataclass(frozen=True, slots=True)
class PlannedInstance:
    """One planned visit. ``day`` is its study day and ``window`` those of its allowed days, where no date moves them.

    ``relation`` is None where the sentence, ``rule``, is all that can be told. ``activities`` have their footnotes.
    """

    id: str
    timeline: str
    kind: Kind
    title: str
    day: int | None
    window: tuple[int, int] | None
    rule: str
    relation: Relation | None
    activities: tuple[str, ...]
    epoch: str | None
    is_treatment: bool
    gives: tuple[GivenDays, ...] = ()
    routes: tuple[tuple[str, str | None], ...] = ()

    def route_of(self, dose: Dose) -> str | None:
        """By which way a dose is given, where the protocol says it."""
        found = dict(self.routes)
        return found.get(dose.of) if dose.of is not None else next(iter(found.values()), None)


@dataclass(frozen=True, slots=True)
class ArmDesign:
    """The planned visits of an arm, by day, those without one last; and the dates that they are timed from."""

    plan: Plan
    visits: tuple[PlannedInstance, ...]

    @property
    def begins(self) -> str:
        """The date that is called the first dose here; of a study that gives nothing, the one that its days count from."""
        return reference_without_doses(self.plan) or FIRST_DOSE

    @property
    def milestones(self) -> tuple[str, ...]:
        """The names of the dates, the first dose first."""
        named = (each.relation.target for each in self.visits if each.relation is not None and each.relation.milestone)
        return tuple(dict.fromkeys((FIRST_DOSE, *named)))

    def day_of(self, milestone: str) -> int | None:
        """The study day on which the plan presumes a date; None where visits are not dated by it, or do not agree."""
        if milestone == FIRST_DOSE:
            return 1
        found = {
            _count(each.day) - each.relation.days
            for each in self.visits
            if each.relation is not None and each.relation.target == milestone
            if each.day is not None and each.relation.days is not None
        }
        if len(found) != 1:
            return None
        days = found.pop()
        return days + 1 if days >= 0 else days


def designs_of(version: StudyVersion) -> tuple[ArmDesign, ...]:
    """The design of each arm, in the protocol's order."""
    visits = number_visits(version)
    return tuple(_design(version, plan, visits.arms[plan.arm]) for plan in version.arms.values())


def _design(version: StudyVersion, plan: Plan, planned: dict[str, PlannedVisit]) -> ArmDesign:
    calendar = planned_calendar(version, plan)
    lines = {line.id: line for line in spelled_out(calendar)}
    gives = _gives(calendar)
    made = []
    for visit in planned.values():
        line = lines.get(visit.id)
        timeline = plan.timelines.get(visit.id.partition(".")[0])
        if timeline is None:
            continue
        n, day_of_cycle, last = _numbers(visit.id)
        made.append(
            PlannedInstance(
                id=visit.id,
                timeline=timeline.name,
                kind=line.kind if line is not None else Kind(timeline.kind),
                title=visit.title,
                day=visit.day,
                window=visit.window,
                rule=visit.rule,
                relation=relation_of(plan, timeline, n, last=last) if day_of_cycle in (None, 1) else None,
                activities=(
                    *_at_the_cycle(plan, timeline, n, day_of_cycle),
                    *(each.shown for each in timeline.activities_of(n) if line is None or line.activities),
                ),
                epoch=line.epoch if line is not None else None,
                is_treatment=timeline.role is Role.TREATMENT,
                gives=tuple(gives.get(visit.id, ())),
                routes=tuple((give.name, give.route) for give in timeline.gives),
            )
        )
    order = sorted(made, key=lambda each: (each.day is None, each.day or 0))
    return ArmDesign(plan, tuple(_related([_from_the_beginning(plan, each) for each in order])))


def _at_the_cycle(plan: Plan, line: Timeline, n: int, day_of_cycle: int | None) -> Iterator[str]:
    """What is done at a cycle, which is no visit of its own: it stands at the first drug of it."""
    clock = plan.cycles_of(line)
    if clock is not None and plan.drugs[clock.name][:1] == (line.name,) and day_of_cycle in (None, 1):
        yield from (each.shown for each in clock.activities_of(n) if each not in line.activities_of(n))


def _from_the_beginning(plan: Plan, visit: PlannedInstance) -> PlannedInstance:
    """A visit that counts from the date that everything begins with counts from the first dose, in a study without one."""
    relation = visit.relation
    if relation is None or not relation.milestone or relation.target != reference_without_doses(plan):
        return visit
    return replace(visit, relation=replace(relation, target=FIRST_DOSE))


def _numbers(visit_id: str) -> tuple[int, int | None, bool]:
    """The number and the day of the cycle in a visit's id, and whether it is the one that is called the last."""
    parts = visit_id.split(".")[1:]
    if parts[0] == "last":
        return 0, None, True
    return int(parts[0]), int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None, False


def _gives(calendar: Calendar) -> dict[str, list[GivenDays]]:
    """What is given from each visit on, until the next visit of its cycle."""
    visits = {line.of.id: line for line in spelled_out(calendar) if line.is_visit and line.of.runs}
    found: dict[str, list[GivenDays]] = {}
    for run in in_runs(calendar):
        start = visits.get(run.of.id)
        first = run.date
        if not run.doses or first is None:
            continue
        own = run.id if start is None else next(_visit_of(calendar, run.of.id, first), start.id)
        origin = first if start is None else _date_of(calendar, own)
        until = run.until or first
        found.setdefault(own, []).append(GivenDays((first - origin).days, (until - origin).days, run.doses))
    return found


def _visit_of(calendar: Calendar, entry: str, day: date) -> Iterator[str]:
    lines = [line for line in spelled_out(calendar) if line.of.id == entry and line.is_visit]
    yield from (line.id for line in reversed(lines) if line.date is not None and line.date <= day)


def _date_of(calendar: Calendar, line_id: str) -> date:
    return next(line.date for line in spelled_out(calendar) if line.id == line_id and line.date is not None)


def _related(visits: list[PlannedInstance]) -> Iterator[PlannedInstance]:
    """The visits with relations that hold: to another visit by its id, and to the day that is planned."""
    by_occurrence: dict[str, PlannedInstance] = {}
    for visit in visits:
        by_occurrence.setdefault(".".join(visit.id.split(".")[:2]), visit)
    for visit in visits:
        yield replace(visit, relation=_that_holds(visit, by_occurrence))


def _that_holds(visit: PlannedInstance, by_occurrence: dict[str, PlannedInstance]) -> Relation | None:
    relation = visit.relation
    target = by_occurrence.get(relation.target) if relation is not None and not relation.milestone else None
    if relation is not None and target is not None:
        relation = replace(relation, target=target.id)
    elif relation is not None and not relation.milestone:
        relation = None
    if visit.day is None:
        return relation
    if relation is not None and relation.days is not None and _has_its_window(visit, relation):
        if relation.milestone and relation.target != FIRST_DOSE:
            return relation
        start = 1 if target is None else target.day
        if start is not None and _count(start) + relation.days == _count(visit.day) and relation.target != visit.id:
            return relation
    return _from_first_dose(visit, visit.day)


def _has_its_window(visit: PlannedInstance, relation: Relation) -> bool:
    """Whether the planned window is the relation's own, or a part of it that another rule leaves: "not before ..."."""
    if visit.window is None or relation.early is None or relation.late is None:
        return visit.window is None and relation.early is None
    assert visit.day is not None
    day, first, last = _count(visit.day), _count(visit.window[0]), _count(visit.window[1])
    return day - relation.early <= first and last <= day + relation.late


def _from_first_dose(visit: PlannedInstance, day: int) -> Relation:
    days = _count(day)
    early, late = None, None
    if visit.window is not None:
        early, late = days - _count(visit.window[0]), _count(visit.window[1]) - days
    return Relation(FIRST_DOSE, True, Span(abs(days)) if days else None, days < 0, early, late)


def _count(day: int) -> int:
    """Days from Day 1: there is no Day 0."""
    return day - 1 if day > 0 else day

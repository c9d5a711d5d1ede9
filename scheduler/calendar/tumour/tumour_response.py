"""Response of one patient's tumour so far: by each set of criteria the best one, how long it lasts, and progression.

In a randomised study RECIST 1.1 asks for no confirmation of a response, so the best one counts as it was first seen. Whether it
was confirmed is told beside it, with what the best one would be if it had to be.

The duration of response runs from the first CR or PR to progression or death, both days included; without either, to the last
assessment that could be read. iRECIST's ends on the iUPD that was confirmed later.

Sources: Eisenhauer et al., Eur J Cancer 2009;45:228; Seymour et al., Lancet Oncol 2017;18:e143.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import first_dose
from scheduler.calendar.engine.moments.progression import assessments_of, progression
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.because import Event
from scheduler.calendar.tumour.best_response import (
    NOT_READ,
    PROGRESSION,
    best_response,
    counted_for_best,
    is_confirmed,
    is_controlled,
    is_response,
)
from scheduler.dates import Day
from scheduler.patient.episodes.assessments import Assessed
from scheduler.patient.events import ASSESSMENTS
from scheduler.patient.log import Fact, Log
from scheduler.patient.replaying.replay import by_plan, replay
from scheduler.patient.sites import site_of
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site


@dataclass(frozen=True, slots=True)
class ResponseSoFar:
    """What one set of criteria says. A missing value is None: no assessment, no response, no progression.

    ``confirmed`` is None unless the best is a response. ``until`` is where the duration ends so far; ``ongoing`` that nothing
    has ended it. ``events`` are the numbers of the events behind the best response and progression.
    """

    criteria: str
    best: str | None
    best_on: date | None
    confirmed: bool | None
    best_if_confirmed: str | None
    responded: date | None
    until: date | None
    ongoing: bool
    progressed: date | None
    events: tuple[int, ...]

    @property
    def days(self) -> int | None:
        """The duration of response in days, the first and the last included."""
        return None if self.responded is None or self.until is None else (self.until - self.responded).days + 1

    @property
    def objective_response(self) -> bool | None:
        """True for a complete or partial response; None while nothing was assessed."""
        return None if self.best is None else is_response(self.criteria, self.best)

    @property
    def disease_control(self) -> bool | None:
        """True for a response or stable disease; None while nothing was assessed."""
        return None if self.best is None else is_controlled(self.criteria, self.best)


@dataclass(frozen=True, slots=True)
class TumourResponse:
    """All that is known of one patient's response. ``progression`` is the date that the calendar goes by."""

    study: str
    subject: str | None
    progression: date | None = None
    progression_events: tuple[int, ...] = ()
    died: date | None = None
    assessments: tuple[Assessed, ...] = ()
    so_far: tuple[ResponseSoFar, ...] = ()

    def by(self, criteria: str) -> ResponseSoFar:
        """What one set of criteria says."""
        return next(each for each in self.so_far if each.criteria == criteria)


def tumour_response_of(version: StudyVersion, site: Site, log: Log, *, subject: str | None = None) -> TumourResponse:
    """The response of one patient so far. A patient without an arm has no calendar, and nothing to assess."""
    course = replay(log)
    plan = plan_for(version, course)
    if plan is None:
        return TumourResponse(version.study, subject)
    ev = Evaluation(plan, site_of(site, course), by_plan(course, plan), place)
    progressed = progression(ev)
    behind = sorted(reason.number for reason in progressed.reasons if isinstance(reason, Event))
    return TumourResponse(
        version.study,
        subject,
        _date(progressed.day),
        tuple(behind) if progressed.day is not None else (),
        _date(_day(course.died)),
        assessments_of(ev),
        tuple(response_by(ev, criteria) for criteria in ASSESSMENTS),
    )


def response_by(ev: Evaluation, criteria: str, until: Day | None = None) -> ResponseSoFar:
    """What one set of criteria says of this patient; with ``until``, by the scans up to that day alone."""
    dates = ev.course.dates
    therapy = _day(dates.get("new anticancer therapy"))
    found = counted_for_best(criteria, assessments_of(ev), _day(dates.get("progression")), therapy)
    counted = tuple(each for each in found if until is None or each.scan_day <= until)
    start = _day(dates.get("randomisation")) or first_dose(ev).day
    best, firm = best_response(counted, start), best_response(counted, start, must_be_confirmed=True)
    progressed, ended_by = _progression_by(criteria, ev)
    response = next((each for each in counted if is_response(criteria, each.assessment)), None)
    read = [each.scan_day for each in counted if each.assessment != NOT_READ]
    ends = [day for day in (progressed, _day(ev.course.died)) if day is not None]
    until = min(ends) if ends else max(read, default=None)
    facts = (*((best.assessed.fact,) if best else ()), *ended_by)
    return ResponseSoFar(
        criteria=criteria,
        best=best.name if best else None,
        best_on=_date(best.assessed.scan_day) if best else None,
        confirmed=is_confirmed(best.assessed, counted) if best and is_response(criteria, best.name) else None,
        best_if_confirmed=firm.name if firm else None,
        responded=_date(response.scan_day) if response else None,
        until=_date(until) if response else None,
        ongoing=response is not None and not ends and therapy is None,
        progressed=_date(progressed),
        events=tuple(sorted({number for fact in facts for number in fact.numbers})),
    )


def _progression_by(criteria: str, ev: Evaluation) -> tuple[Day | None, tuple[Fact, ...]]:
    """Progression by these criteria or as somebody recorded it, the earlier of them, dated as the calendar dates it."""
    found = ((each.day, each.facts) for each in progressions_by(ev, (criteria,)))
    return min(found, key=lambda one: one[0], default=(None, ()))


class Progression(NamedTuple):
    """One progression: its day, the facts that say so, and the assessment; None where somebody recorded it without one."""

    day: Day
    facts: tuple[Fact, ...]
    assessed: Assessed | None


def progressions_by(ev: Evaluation, criteria: Collection[str]) -> Iterator[Progression]:
    """Every progression by these criteria or as somebody recorded it, dated as the calendar dates it."""
    recorded = ev.course.dates.get("progression")
    if recorded is not None:
        yield Progression(recorded.day, (recorded,), None)
    for each in assessments_of(ev):
        if each.criteria in criteria and each.assessment == PROGRESSION[each.criteria]:
            yield Progression(each.progressed, each.behind, each)


def _day(fact: Fact | None) -> Day | None:
    return None if fact is None else fact.day


def _date(day: Day | None) -> date | None:
    return None if day is None else date.fromordinal(day)

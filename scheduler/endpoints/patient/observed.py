"""One patient as end points look at them: the days that are counted, the assessments in them, and when following ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from scheduler.calendar.engine.entering.periods import counted_time
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import first_dose
from scheduler.calendar.engine.moments.progression import assessments_of
from scheduler.calendar.engine.placing.place import place
from scheduler.dates import Day
from scheduler.endpoints.patient.end_point import EndPoint, TimeToEvent, Why
from scheduler.patient.episodes.assessments import Assessed
from scheduler.patient.events import EndOfTreatment, Withdrew
from scheduler.patient.log import Fact, Log
from scheduler.patient.replaying.replay import by_plan
from scheduler.patient.sites import site_of
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.said import LONG_DAY, Quoted, Said, said
from scheduler.said import Day as SaidDay
from scheduler.site.site import Site
from scheduler.views.patients import Patient
from scheduler.vocabulary import is_progression

OVERALL_SURVIVAL, PROGRESSION_FREE, RESPONSE = "overall survival", "progression-free survival", "tumour response"
ADVERSE_EVENTS = "adverse events"
"""What a period of the protocol collects."""


class Counted(NamedTuple):
    """The days in which an end point is counted. ``first`` is None while nothing began, ``last`` where nothing limits it.

    ``starts`` says from when, in the protocol's sentence or ours.
    """

    first: Day | None
    last: Day | None
    starts: Said | Clause


@dataclass(frozen=True, slots=True)
class Observed:
    """All that is known of one patient with an arm."""

    version: StudyVersion
    site: Site
    log: Log
    patient: Patient
    ev: Evaluation
    assessments: tuple[Assessed, ...]

    @property
    def plan(self) -> Plan:
        """The plan of the patient's arm."""
        return self.ev.plan

    @property
    def therapy(self) -> Fact | None:
        """The first other treatment of the tumour."""
        return self.ev.course.dates.get("new anticancer therapy")

    @property
    def death(self) -> Fact | None:
        """The death, as somebody recorded it or as a grade 5 says."""
        return self.ev.course.death


def observed(version: StudyVersion, site: Site, log: Log, patient: Patient) -> Observed | None:
    """What is known of a patient; None while nobody knows the arm."""
    plan = patient.plan
    if plan is None:
        return None
    ev = Evaluation(plan, site_of(site, patient.course), by_plan(patient.course, plan), place)
    return Observed(version, site, log, patient, ev, assessments_of(ev))


def counted_days(known: Observed, collects: str) -> Counted:
    """From which day to which an end point is counted: by the protocol's period, else from randomisation without an end.

    Where nobody is randomised it is from the first dose. A day that is only planned begins nothing.
    """
    ev = known.ev
    period = next((each for each in known.plan.periods if each.collects == collects), None)
    if period is not None:
        start, end = counted_time(ev, period)
        return Counted(start.day if start.actual else None, end.day, period.start.clause)
    randomised = ev.course.dates.get("randomisation")
    if randomised is not None:
        return Counted(randomised.day, None, said("randomisation"))
    start = first_dose(ev)
    return Counted(start.day if start.actual else None, None, said("first dose"))


def not_started(end_point: EndPoint, criteria: str | None, counted: Counted) -> TimeToEvent:
    """Of a patient whose time has not begun, nothing is counted."""
    return TimeToEvent.of(end_point, criteria, None, None, Why.NOT_STARTED, reason_not_started(counted), ())


def reason_not_started(counted: Counted) -> Said:
    """Why nothing is counted of such a patient."""
    starts = Quoted(counted.starts.text, "en") if isinstance(counted.starts, Clause) else counted.starts
    return said("Not counted: it is counted from {start}, and that is not recorded.", start=starts)


class NoFurther(NamedTuple):
    """What ended the following of a patient: its day, its fact, and what happened in words."""

    day: Day
    fact: Fact
    said: Said


def left(known: Observed) -> NoFurther | None:
    """Why the patient is followed no further, where they are alive as far as is known: lost, or withdrawn from all of it."""
    return min(_left(known), key=lambda each: each.day, default=None)


def _left(known: Observed) -> Iterator[NoFurther]:
    for absence in known.ev.course.away:
        if absence.end is None:
            yield NoFurther(
                absence.start, absence.opened, said("the patient was lost to follow-up on {day}", day=on(absence.start))
            )
    for fact in known.ev.course.withdrew:
        if cast(Withdrew, fact.event).from_ != "treatment":
            yield NoFurther(fact.day, fact, said("the patient withdrew on {day}", day=on(fact.day)))


def no_more_scans(known: Observed, since: Day) -> NoFurther | None:
    """What kept an unconfirmed progression from being confirmed: the first of what ended assessment on that day or later."""
    found = list(_left(known))
    if known.death is not None:
        found.append(
            NoFurther(known.death.day, known.death, said("the patient died on {day}", day=on(known.death.day)))
        )
    if known.therapy is not None:
        day = known.therapy.day
        found.append(NoFurther(day, known.therapy, said("another treatment of the tumour began on {day}", day=on(day))))
    for fact in known.ev.course.ends_of_treatment:
        if is_progression(cast(EndOfTreatment, fact.event).reason):
            found.append(NoFurther(fact.day, fact, said("treatment ended for progression on {day}", day=on(fact.day))))
    return min((each for each in found if each.day >= since), key=lambda each: each.day, default=None)


def on(day: Day) -> SaidDay:
    """A day as it is said in a reason."""
    return SaidDay(date.fromordinal(day), LONG_DAY)

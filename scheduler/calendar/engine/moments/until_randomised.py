"""What lasts until randomisation, while nobody has recorded one: it goes on as long as the protocol still allows it.

A patient who is randomised late in the window takes the tablets of the run-in up to then. What counts from the end of a run-in
is dated by the planned day all the same, as randomisation itself is. Once it is recorded, the run-in ends there, or with the last
of its days: what nobody planned while it could still be taken is not planned afterwards.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.answers import Answer, pending
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import as_planned
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.entries.because import Unknown
from scheduler.dates import Day, civil_date
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import RANDOMISATION
from scheduler.protocol.plan.times.timing import DateLimit
from scheduler.said import Code, said


def lasts_until_randomisation(ev: Evaluation, limit: DateLimit) -> bool:
    """True for a limit on the day of randomisation, or the day before, while that is planned and not recorded."""
    is_its_day = limit.edge.moment == RANDOMISATION and limit.edge.span is None
    return is_its_day and "randomisation" in ev.plan.dates and "randomisation" not in ev.course.dates


def latest_randomisation(ev: Evaluation) -> Answer:
    """The last day on which it may be recorded; pending where the protocol names none. Where it has no window, its planned day.

    In a study of one arm what follows is dated already, from the planned day: nobody is to take both.
    """
    line = ev.plan.dates["randomisation"]
    latest = as_planned(ev, line)
    if latest.day is None or not ev.plan.awaits_arm:
        return latest
    placement = ev.place(line, 1)
    if placement.timing is not None and placement.timing.open_ended:
        unknown = Unknown(said("the day of randomisation, which has no last day"))
        return pending((*latest.reasons, unknown), latest.latest)
    last = max(latest.day, placement.last or latest.day)
    day = Code(str(civil_date(last)))
    unknown = Unknown(said("the day of randomisation; until it is recorded, its last day counts, {day}", day=day))
    return latest._replace(day=last, reasons=(*latest.reasons, unknown), counted=None)


def not_after_its_days(ev: Evaluation, limit: DateLimit, latest: Answer) -> Answer:
    """Who is randomised after the last of its days has nothing more of the run-in: on the days between nothing was planned
    when they came, so that nobody is to presume tablets of them. What was taken then is recorded, and counts.
    """
    if latest.day is None or limit.edge.moment != RANDOMISATION or limit.edge.span is not None or not _has_run_in(ev):
        return latest
    placement = ev.place(ev.plan.dates["randomisation"], 1)
    if placement.day is None or (placement.timing is not None and placement.timing.open_ended):
        return latest
    last = max(placement.day, placement.last or placement.day)
    if latest.day <= last:
        return latest
    reasons = (*placement.set_by, *latest.reasons)
    return latest._replace(day=last, reasons=reasons, latest=max(latest.latest, placement.latest), counted=None)


def _has_run_in(ev: Evaluation) -> bool:
    return "randomisation" in ev.plan.dates and any(line.before_randomisation for line in ev.plan.treatments())


def planned_end(ev: Evaluation, line: Timeline) -> Day | None:
    """The day on which a run-in ends by the plan, while nobody is randomised; None for all that does not end with it.

    Who takes it up again later still takes it on that day. Once somebody ended it, it ended then, and not by the plan.
    """
    if not ev.plan.awaits_arm:
        return None
    limits = [limit for limit in limits_of(line) if lasts_until_randomisation(ev, limit)]
    if not limits or end_of_treatment_line(ev.course, line.name) is not None:
        return None
    day = as_planned(ev, ev.plan.dates["randomisation"]).day
    if day is None:
        return None
    resumed = (hold.end for hold in ev.holds(line) if hold.end is not None)
    return max([min(day - 1 if limit.before else day for limit in limits), *resumed])

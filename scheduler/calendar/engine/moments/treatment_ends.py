"""Ends: of one timeline, of all treatment, and the last dose of anything. All follow-up hangs on them.

Follow-up is dated only when treatment has ended. An attendance is never presumed: one without a record that could be the last
dose keeps pending what counts from the last dose. Tablets of a cycle that was started are presumed taken until they are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.engine.dosing.parts import awaits_a_decision, fate_of_the_rest, last_session
from scheduler.calendar.engine.dosing.runs import runs_of
from scheduler.calendar.engine.evaluation.answers import Answer, never, pending
from scheduler.calendar.engine.evaluation.days_taken import days_taken
from scheduler.calendar.engine.evaluation.ended_early import Stop, end_of_treatment_line, recorded_end
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.occurrences import occurrences
from scheduler.calendar.engine.evaluation.one_chain import is_unused
from scheduler.calendar.engine.evaluation.placement import CANCELLED, DONE, NOT_DONE, PENDING, PLANNED, Placement
from scheduler.calendar.engine.moments.open_ended import is_open_ended, limits_of
from scheduler.calendar.engine.moments.until_randomised import planned_end
from scheduler.calendar.entries.because import Reason, Unknown
from scheduler.calendar.entries.entry import Run, Status
from scheduler.dates import Day
from scheduler.patient.events import Discontinued
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import most_as_needed
from scheduler.protocol.plan.times.moments import EndOf, LastDose, Named
from scheduler.said import Code, said


def is_projected(ev: Evaluation) -> bool:
    """True where every treatment has an end as far as it is known, so that the end of treatment can be projected."""
    return not any(is_open_ended(ev, line) for line in ev.plan.study_treatments())


def end_of_timeline(ev: Evaluation, line: Timeline) -> Answer:
    """The end of a course: its last fraction or dose; if it was discontinued, the later of its last given one and that day.

    Cycles of their own end with the last of their drugs.
    """
    drugs = ev.plan.drugs.get(line.name, ())
    if drugs:
        return _last_end([end_of_timeline(ev, ev.plan.timelines[name]) for name in drugs])
    stop = end_of_treatment_line(ev.course, line.name)
    if stop is None:
        if is_open_ended(ev, line):
            return pending((Unknown(said("the end of {what}", what=Code(line.name))),))
        return _on_last(ev, line, _all_of(ev, line))
    placements = _all_of(ev, line)
    if _ended_by_its_plan(ev, placements, stop):
        return _on_last(ev, line, placements)
    return _at_stop(ev, placements, stop)


def _ended_by_its_plan(ev: Evaluation, placements: list[Placement], stop: Stop) -> bool:
    """True where all of it was over when somebody ended it."""
    happening = [each for each in placements if not each.not_for_patient]
    over = _OVER if isinstance(stop.fact.event, Discontinued) else _BEFORE_THE_END
    whole = all(placement.standing in over for placement in happening)
    return bool(placements) and whole and not any(_was_cut_short(ev, each) for each in happening)


def _is_over_run_in(ev: Evaluation, lines: tuple[Timeline, ...]) -> bool:
    """True of a run-in that had ended by its plan: whoever ends treatment later creates nothing that counts from it."""
    stops = [(line, end_of_treatment_line(ev.course, line.name)) for line in lines if line.before_randomisation]
    return len(stops) == len(lines) == 1 and all(
        stop is not None and _ended_by_its_plan(ev, _all_of(ev, line), stop) for line, stop in stops
    )


def _was_cut_short(ev: Evaluation, placement: Placement) -> bool:
    """True for a cycle of which days were taken away: it did not end by its plan, but when somebody ended it."""
    return placement.line.has_days and any(run.status is Status.CANCELLED for run in runs_of(ev, placement))


def _last_end(everything: list[Answer]) -> Answer:
    """The latest of several ends; one that nobody knows yet leaves it open, one of what is not for this patient does not."""
    ends = [each for each in everything if not each.never] or everything
    latest = max(each.latest for each in everything)
    last = next((each for each in ends if each.day is None), None) or max(ends, key=lambda each: each.day or 0)
    others = tuple(reason for each in everything if each is not last for reason in (*each.reasons, *each.looked))
    return last._replace(
        looked=(*last.looked, *others), latest=latest, actual=last.day is not None and all(each.actual for each in ends)
    )


def _all_of(ev: Evaluation, line: Timeline) -> list[Placement]:
    """The whole of a timeline, without numbers that no dose has."""
    return [each for each in occurrences(ev, line, whole=True) if not is_unused(each)]


_OVER = (DONE, NOT_DONE)
_BEFORE_THE_END = (DONE, NOT_DONE, PLANNED)
"""What the end of all treatment leaves standing: a course that lies before it ended when it ended, recorded or not."""


def _at_stop(ev: Evaluation, placements: list[Placement], stop: Stop) -> Answer:
    """The later of the last given dose and the day of the decision."""
    given = [placement for placement in placements if placement.standing is DONE]
    last = max(given, key=lambda each: last_session(ev, each) or 0, default=None)
    latest = max((latest_of(*stop.facts), *(each.latest for each in placements)))
    looked: tuple[Reason, ...] = (*ev.events(*stop.others), *(ev.after(each.id) for each in placements))
    day = last_session(ev, last) if last is not None else None
    if last is not None and day is not None and day > stop.decided:
        return Answer(day, (ev.after(last.id),), (*ev.events(stop.fact), *looked), latest, actual=True)
    return Answer(stop.decided, ev.events(stop.fact), looked, latest, actual=True)


def _day(placement: Placement) -> Day:
    return placement.day or 0


def _on_last(ev: Evaluation, line: Timeline, everything: list[Placement]) -> Answer:
    if not everything:
        return pending((Unknown(said("the end of {what}", what=Code(line.name))),))
    placements = [each for each in everything if not each.not_for_patient]
    if not placements:
        return never(tuple(ev.after(each.id) for each in everything), max(each.latest for each in everything))
    waiting = next((each for each in placements if each.day is None or each.standing is PENDING), None)
    if waiting is not None:
        return pending((ev.after(waiting.id),), waiting.latest)
    in_part = next((each for each in placements if awaits_a_decision(ev, each)), None)
    if in_part is not None:
        return pending((fate_of_the_rest(in_part.id), ev.after(in_part.id)), in_part.latest)
    # What an event took away, such as a dose after the progression, was not the last.
    happening = [each for each in placements if each.standing is not CANCELLED] or placements
    upto = planned_end(ev, line)
    if upto is not None:
        happening = [each for each in happening if each.standing is DONE or _day(each) <= upto] or happening
    last = max(happening, key=lambda each: (_last_day_of(ev, each), each.n))
    # Each counts from the one before, so the last leads to all of them, unless they were given out of order or too many.
    in_order = last is placements[-1] and last.timing is not None
    others = () if in_order else tuple(ev.after(each.id) for each in placements if each is not last)
    others += tuple(ev.after(each.id) for each in everything if each.not_for_patient)
    over = all(each.standing in _OVER for each in happening)
    day = _last_day_of(ev, last)
    return Answer(day, (ev.after(last.id),), others, max(each.latest for each in everything), over)


def _last_day_of(ev: Evaluation, placement: Placement) -> Day:
    """Its last dosing day, or that of its last session; the day of the cycle itself where no dose of it is left."""
    taken, _ = _last_taken(ev, placement, planned_end(ev, placement.line))
    return taken or last_session(ev, placement) or 0


def end_of_treatment(ev: Evaluation) -> Answer:
    """The end of all treatment: as recorded; else the day that the last treatment ended; else not known yet.

    Only where no treatment is open-ended is it projected from the plan.
    """
    stop = recorded_end(ev.course)
    if stop is not None:
        reasons = ev.events(stop.fact)
        return Answer(stop.decided, reasons, (), latest_of(stop.fact), actual=True, created=stop.decided)
    lines = ev.plan.study_treatments()
    project = is_projected(ev)
    ends: list[Answer] = []
    left_out: list[Answer] = []
    for line in lines:
        if is_open_ended(ev, line) and end_of_treatment_line(ev.course, line.name) is None:
            return _not_ended(ev, line)
        if _dies_on(ev, line):
            return _never_decided(ev)
        end = _decided_end(ev, line)
        if end.never and ev.plan.has_branches:
            left_out.append(end)
            continue
        if end.day is None or not (project or end.actual):
            return Answer(None, (Unknown(said("the end of treatment")), *end.reasons), end.looked, end.latest)
        ends.append(end)
    if not ends:
        # A study without any treatment: only a record can say it.
        return left_out[0] if left_out else Answer(None, (Unknown(said("the end of treatment")),))
    last = max(ends, key=lambda end: end.day or 0)
    ends += left_out
    looked = tuple(reason for end in ends for reason in (*(end.reasons if end is not last else ()), *end.looked))
    created = last.day if last.actual else None
    return Answer(last.day, last.reasons, looked, max(end.latest for end in ends), last.actual, created)


def _not_ended(ev: Evaluation, line: Timeline) -> Answer:
    """A treatment goes on; where it had ended before and was taken up again, that is why."""
    again = [fact for hold in ev.holds(line) if hold.discontinued for fact in hold.facts]
    return Answer(None, (Unknown(said("the end of treatment")),), ev.events(*again), latest_of(*again))


def _decided_end(ev: Evaluation, line: Timeline) -> Answer:
    """The end of one treatment as somebody decided it, whatever was planned before and nobody recorded."""
    stop = end_of_treatment_line(ev.course, line.name)
    if stop is None or _is_complete(ev, line):
        return end_of_timeline(ev, line)
    return _at_stop(ev, _all_of(ev, line), stop)


def _is_complete(ev: Evaluation, line: Timeline) -> bool:
    """True when all that the protocol allows of a treatment was done, or recorded as not done."""
    over = (each.standing in _OVER or each.not_for_patient for each in _all_of(ev, line))
    return not is_open_ended(ev, line) and all(over)


def has_had_all_before(ev: Evaluation, line: Timeline, day: Day) -> bool:
    """True where all that the protocol has of a treatment is recorded, and its last day came before this one.

    Nobody has to decide about it any more. What waits, is held, or was given in part has something left.
    """
    if not _is_complete(ev, line) or any(hold.end is None for hold in ev.holds(line)):
        return False
    everything = _all_of(ev, line)
    return all(_last_day_with_held(ev, each) < day and not awaits_a_decision(ev, each) for each in everything)


def _last_day_with_held(ev: Evaluation, placement: Placement) -> Day:
    """Its last dosing day, whether it was dosed or held."""
    return max((run.last_date.toordinal() for run in runs_of(ev, placement)), default=_day(placement))


def _dies_on(ev: Evaluation, line: Timeline) -> bool:
    """True when a treatment went on until the patient died, or never began: nobody ended it, and no follow-up hangs on that."""
    stop = end_of_treatment_line(ev.course, line.name)
    nobody = (ev.course.death, ev.course.screen_failure)
    return stop is not None and any(stop.fact is each for each in nobody) and not _is_complete(ev, line)


def _never_decided(ev: Evaluation) -> Answer:
    fact = ev.course.death or ev.course.screen_failure
    assert fact is not None
    return never(ev.events(fact), latest_of(fact))


def _end_of_one(ev: Evaluation, line: Timeline) -> Answer:
    """The end of one treatment: that of all where it was recorded, else its own, as decided or as far as its plan goes."""
    if recorded_end(ev.course) is not None:
        return end_of_treatment(ev)
    return _never_decided(ev) if _dies_on(ev, line) else _decided_end(ev, line)


@dataclass(frozen=True, slots=True)
class _Last:
    """The last dose of one treatment so far, and what may still have been given after it."""

    day: Day | None
    reasons: tuple[Reason, ...]
    looked: tuple[Reason, ...]
    latest: int
    unrecorded: tuple[Placement, ...]


def last_dose(ev: Evaluation, lines: tuple[Timeline, ...], *, of_anything: bool = False) -> Answer:
    """The last day with any amount taken or given of these treatments, once they have ended, whatever others go on.

    ``of_anything`` is that of all treatment, and counts what another arm's treatment gave too.
    """
    doses: list[_Last] = []
    ended = end_of_treatment(ev) if of_anything else _end_of_one(ev, *lines)
    if ended.never:
        return ended
    for line in lines:
        stop = end_of_treatment_line(ev.course, line.name)
        if stop is None and ended.day is None:
            return Answer(
                None, (Unknown(said("the last dose of {what}", what=Code(line.name))),), ended.looked, ended.latest
            )
        doses.append(_last_of(ev, line, stop))
    if of_anything:
        doses += _of_other_arms(ev)
    dated = [each for each in doses if each.day is not None]
    latest = max((each.latest for each in doses), default=0)
    last = max(dated, key=lambda each: each.day or 0, default=None)
    after = last.day if last is not None and last.day is not None else 0
    looked = tuple(reason for each in doses for reason in (*(each.reasons if each is not last else ()), *each.looked))
    doubtful = [placement for each in doses for placement in each.unrecorded if _day(placement) > after]
    if doubtful:
        reasons = tuple(Unknown(said("whether {entry} was given", entry=Code(placement.id))) for placement in doubtful)
        links = (ev.after(placement.id) for placement in doubtful)
        return Answer(None, (*reasons, *links), looked, latest)
    if (last is None or last.day is None) and ev.course.first_dose is None and ended.actual:
        return never(ended.reasons, max(latest, ended.latest))._replace(looked=(*looked, *ended.looked))
    if last is None or last.day is None:
        return Answer(None, (Unknown(said("a dose of anything")),), looked, latest)
    created = ended.day if ended.day is not None and ended.actual else None
    if created is not None and not of_anything and _is_over_run_in(ev, lines):
        created = None
    looked = (*looked, *ended.reasons) if created is not None else looked
    return Answer(last.day, last.reasons, looked, max(latest, ended.latest), created is not None, created)


def _last_of(ev: Evaluation, line: Timeline, stop: Stop | None) -> _Last:
    day: Day | None = None
    reasons: tuple[Reason, ...] = ()
    looked: list[Reason] = []
    latest = latest_of(*stop.facts) if stop else 0
    unrecorded: list[Placement] = []
    planned = planned_end(ev, line)
    upto = planned or date.max.toordinal()
    for placement in occurrences(ev, line, whole=stop is None):
        latest = max(latest, placement.latest)
        looked.append(ev.after(placement.id))
        for run in runs_of(ev, placement) if line.has_days else ():
            looked += run.because.events()
            latest = max(latest, run.because.latest)
        if placement.standing is DONE or (stop is None and placement.standing is PLANNED and _day(placement) <= upto):
            taken, why = _last_taken(ev, placement, planned)
            if taken is not None and (day is None or taken >= day):
                day, reasons = taken, why
        elif stop is not None and _may_have_been_given(ev, placement, stop):
            unrecorded.append(placement)
    reported = days_taken(ev, line)
    if reported and (day is None or reported[-1][0] > day):
        # Tablets on days without a planned dose count as any others.
        day, reasons = reported[-1][0], ev.events(reported[-1][1].fact)
    stopped = ev.events(*stop.facts) if stop else ()
    return _Last(day, (*reasons, *stopped), tuple(looked), latest, tuple(unrecorded))


def _of_other_arms(ev: Evaluation) -> Iterator[_Last]:
    """Doses of treatments that the patient's arm does not have: they were given all the same."""
    known = {line.name for line in ev.plan.treatments()}
    for treatment, facts in ev.course.doses.items():
        if treatment not in known:
            last = facts[-1]
            yield _Last(last.day, ev.events(last), (), latest_of(last), ())


def _may_have_been_given(ev: Evaluation, placement: Placement, stop: Stop) -> bool:
    """Planned before the end, and nobody knows. A cycle that a later one has overtaken was not, nor one of which no day was."""
    if placement.standing is not PLANNED or _day(placement) >= stop.day:
        return False
    return not placement.line.has_days or any(run.status in _MAY_BE_TAKEN for run in runs_of(ev, placement))


_MAY_BE_TAKEN = (Status.PLANNED, Status.DONE)


def _last_taken(ev: Evaluation, placement: Placement, upto: Day | None) -> tuple[Day | None, tuple[Reason, ...]]:
    if not placement.line.has_days:
        return last_session(ev, placement), (ev.after(placement.id),)
    taken = [day for run in runs_of(ev, placement) if (day := _last_of_run(run, upto)) is not None]
    return (taken[-1], (ev.after(placement.id),)) if taken else (None, ())


def _last_of_run(run: Run, upto: Day | None) -> Day | None:
    """The last day of a run that was or will be taken: of one that is planned, no later than its treatment ends by the plan.

    What is taken as needed was taken on the days that somebody reported.
    """
    last = run.last_date.toordinal()
    if run.status is Status.PLANNED and any(most_as_needed(dose.often) is not None for dose in run.doses):
        return None
    if run.status is not Status.PLANNED or upto is None:
        return last if run.status in _MAY_BE_TAKEN else None
    return min(last, upto) if run.first_date.toordinal() <= upto else None


def end_of_course(ev: Evaluation, moment: EndOf) -> Answer:
    """The end of one treatment, with all that could have ended it otherwise."""
    line = ev.plan.timelines[moment.timeline]
    return with_history(ev, end_of_timeline(ev, line), (line,))


def last_dose_of(ev: Evaluation, moment: LastDose) -> Answer:
    """The last dose of one treatment, or of anything, with all that could have made it another."""
    lines = ev.plan.study_treatments() if moment.timeline is None else (ev.plan.timelines[moment.timeline],)
    found = last_dose(ev, lines, of_anything=moment.timeline is None)
    return with_history(ev, found, ev.plan.treatments())


def _dates_that_end(ev: Evaluation, line: Timeline) -> Iterator[Fact]:
    """The records of dates that end a treatment, such as a relapse: after them no dose is there to say so."""
    for limit in limits_of(line):
        moment = limit.edge.moment
        fact = ev.course.dates.get(moment.name) if isinstance(moment, Named) else None
        if fact is not None:
            yield fact


def with_history(ev: Evaluation, last: Answer, lines: tuple[Timeline, ...]) -> Answer:
    """An end looks at all that could have ended these treatments otherwise: holds, reports, decisions, what was struck."""
    course = ev.course
    facts = [fact for line in lines for hold in ev.holds(line) for fact in hold.facts]
    facts += [fact for line in lines for fact in _dates_that_end(ev, line)]
    facts += [report.fact for line in lines for report in course.reports.get(line.name, ())]
    facts += [fact for fact in (course.end_of_treatment, course.death, *course.withdrew) if fact is not None]
    struck = tuple(ev.event(number) for gone in course.taken_back for number in gone.by)
    if not (facts or struck):
        return last
    looked = (*last.looked, *ev.events(*facts), *struck)
    latest = max(last.latest, latest_of(*facts), *(event.number for event in struck))
    return last._replace(looked=looked, latest=latest)

"""What a progression asks: does treatment end, or does it go on beyond progression? Until somebody says, doses await it.

Where the protocol says "until progression", the days after it are cancelled already. Where it does not, nothing stops: later
doses await the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line, recorded_end
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.limits_by_date import PROGRESSION, known_by
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.moments.progression import (
    goes_on_beyond_progression,
    progression,
    stopping_progression,
)
from scheduler.calendar.engine.moments.treatment_ends import has_had_all_before
from scheduler.calendar.engine.proposals.awaiting import Concern
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Progressed
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline
from scheduler.said import Code, said
from scheduler.vocabulary import is_progression


def findings_of_progression(ev: Evaluation) -> Iterator[Finding]:
    """The question, once, while treatment goes on and nobody has answered it; and the date of what ended treatment."""
    yield from _progression_not_recorded(ev)
    end = _unanswered(ev)
    if end is not None and end.day is not None:
        day = date.fromordinal(end.day)
        message = said(
            "the disease has progressed on {day}: does treatment end, or go on beyond progression?", day=Code(f"{day}")
        )
        hint = said("record 'end of treatment', or 'treated beyond progression'")
        numbers = tuple(sorted({reason.number for reason in end.events()}))
        yield Finding.of("progression-asks", Severity.WARNING, message, hint, None, None, numbers)
    elif _going_on(ev) and ev.course.of(Progressed) and not goes_on_beyond_progression(ev):
        yield from _no_dose_left(ev)


def _no_dose_left(ev: Evaluation) -> Iterator[Finding]:
    """All that the protocol has was given before the progression: nobody has to decide anything, and it is told."""
    if recorded_end(ev.course) is not None or ev.course.died is not None:
        return
    fact = ev.course.of(Progressed)[-1]
    day = Code(f"{fact.event.on}")
    message = said("the disease has progressed on {day}, and no dose is left to decide on", day=day)
    yield Finding.of("progressed", Severity.NOTE, message, events=fact.numbers)


def _progression_not_recorded(ev: Evaluation) -> Iterator[Finding]:
    """Treatment ended for progression, and nobody recorded one: then nothing dates it."""
    end = recorded_end(ev.course)
    if end is None or not is_progression(end.fact.event.reason) or progression(ev).day is not None:
        return
    message = said(
        "treatment ended for progression on {day}, and no progression is recorded", day=Code(f"{end.fact.event.on}")
    )
    hint = said("record 'progressed' with the day of the assessment that showed it")
    yield Finding.of("progression-not-recorded", Severity.WARNING, message, hint, None, None, end.fact.numbers)


def concerns_of_progression(ev: Evaluation) -> Iterator[Concern]:
    """The treatments that the protocol does not stop at progression: their later doses await the decision.

    Where it was answered, they hang on the answer; where assessments leave progression open, on the assessments.
    """
    first = _first_sign(ev)
    if first is None:
        return
    course = ev.course
    answers = [course.beyond_progression, *course.ends_of_treatment, *course.responses, course.dates.get("progression")]
    answers += [course.died, *course.withdrew]
    end, going_on = _unanswered(ev), _going_on(ev)
    for line in ev.plan.treatments():
        if any(limit.edge.moment == PROGRESSION for limit in limits_of(line)):
            continue
        looked = ev.events(*(fact for fact in (*answers, *_goes_on_by(ev, line)) if fact is not None))
        day = date.fromordinal(first + 1)
        if end is None or line not in going_on:
            yield Concern(line.name, day, (), looked)
        else:
            yield Concern(line.name, min(day, date.fromordinal(known_by(ev, end))), (), looked)
            yield Concern(line.name, date.fromordinal(known_by(ev, end) + 1), end.reasons, (*end.looked, *looked))
        # Without the first sign, doses would wait from a later one on.
        later = {fact.day for fact in _signs(ev) if fact.day > first}
        yield from (Concern(line.name, date.fromordinal(sign + 1), (), looked) for sign in sorted(later))


def _goes_on_by(ev: Evaluation, line: Timeline) -> Iterator[Fact]:
    """What began one treatment, ended it or took it up again: on that it hangs whether its doses wait."""
    yield from ev.course.doses.get(line.name, [])[:1]
    yield from (report.fact for _, report in ev.course.taken.get(line.name, ())[:1])
    yield from (fact for hold in ev.course.holds.get(line.name, ()) if hold.discontinued for fact in hold.facts)
    yield from ev.course.reopened.get(line.name, ())


def _first_sign(ev: Evaluation) -> Day | None:
    """The first day on which anything was said of progression."""
    recorded = ev.course.dates.get("progression")
    signs = [each for each in (recorded, *ev.course.responses) if each is not None]
    return min(fact.day for fact in signs) if _signs(ev) else None


def _signs(ev: Evaluation) -> list[Fact]:
    """What says by itself that the disease has progressed."""
    told = [fact for fact in ev.course.responses if getattr(fact.event, "assessment", None) in ("PD", "iCPD")]
    return [*ev.course.of(Progressed), *told]


def _unanswered(ev: Evaluation) -> Answer | None:
    course = ev.course
    if goes_on_beyond_progression(ev) or course.died is not None or recorded_end(course) is not None:
        return None
    end = stopping_progression(ev)
    day = end.day
    if day is None or all(has_had_all_before(ev, line, day) for line in _going_on(ev)):
        return None
    return end


def _going_on(ev: Evaluation) -> list[Timeline]:
    """The treatments that were begun and that nobody has ended."""
    begun = [line for line in ev.plan.treatments() if line.name in ev.course.doses or line.name in ev.course.taken]
    return [line for line in begun if end_of_treatment_line(ev.course, line.name) is None]

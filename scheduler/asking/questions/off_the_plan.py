"""Doses and orders that the protocol does not have: each would be a deviation, told with its sentence before it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.deviations.order_of_trial import randomised_after_screen_failure
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Entry, Status
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.findings import nearest_known
from scheduler.patient.consents import missed_consent, routine_care_of
from scheduler.patient.contradictions.entries import find, screening_by, to_next_screening
from scheduler.patient.events import (
    Booked,
    CycleStarted,
    EndOfTreatment,
    Given,
    OfDays,
    Randomised,
    Rebooked,
    ScreenFailed,
    VisitDone,
)
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.only_if import ONLY_IF
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.said import Code, Quoted, Said, said

_NOT_PLANNED = said("look at the treatment, the number and the days")


def not_planned(candidate: Candidate) -> Iterator[Told]:
    """A dose, or days of tablets, that the plan does not have: off-days, more than it has, another arm's, another branch's."""
    event = candidate.event
    for deviation in candidate.deviations(Deviated.NOT_PLANNED):
        of_a_branch = deviation.clause is not None and deviation.clause.text.startswith(ONLY_IF)
        hint = _NOT_PLANNED
        if of_a_branch:
            hint = said("record the fact first, as 'attribute' with its day, where it is known")
        elif getattr(event, "today_taken", False):
            hint = said("leave this out where nothing was taken that day")
        yield _told(candidate, deviation, hint)
    if isinstance(event, EndOfTreatment) and event.today_taken and not _has_a_dose(candidate, event.on):
        what = said(
            "no dose is planned or recorded for {on}: nothing says what was taken that day", on=Code(f"{event.on}")
        )
        yield Told(what, "today_taken", said("record 'taken' first with its treatment and that day, or leave this out"))


def _has_a_dose(candidate: Candidate, day: date) -> bool:
    """True where any treatment has a dose on a day, taken or planned."""
    names = {line.name for plan in candidate.plans() for line in plan.treatments()}
    return any(
        _is_dosed(each, day) for each in candidate.calendar_after.entries if treatment_of(each.timeline) in names
    )


def _is_dosed(entry: Entry, day: date) -> bool:
    if entry.runs:
        return any(run.first_date <= day <= run.last_date and run.status in _WITH_A_DOSE for run in entry.runs)
    return entry.date == day and entry.status in _WITH_A_DOSE


_WITH_A_DOSE = (Status.DONE, Status.PLANNED)


def after_the_end(candidate: Candidate) -> Iterator[Told]:
    """A dose after the treatment had ended; an end before doses that were recorded."""
    yield from _deviating(candidate, Deviated.AFTER_END, said("look at the dates of the dose and of the end"))


def during_a_hold(candidate: Candidate) -> Iterator[Told]:
    """A dose while the treatment was held; a hold on days of doses that were recorded."""
    yield from _deviating(
        candidate, Deviated.DURING_HOLD, said("record 'resumed' first where dosing went on by an order")
    )


def too_early(candidate: Candidate) -> Iterator[Told]:
    """A dose before the earliest day that the protocol has for it."""
    hint = said("look at the date, and at the dates of what it counts from")
    yield from _deviating(candidate, Deviated.TOO_EARLY, hint)
    yield from _deviating(candidate, Deviated.INTERVAL_TOO_SHORT, hint)
    for deviation in candidate.deviations(Deviated.OUT_OF_WINDOW):
        line = candidate.treatment(deviation.timeline)
        if (deviation.days_off or 0) < 0 and line is not None and line.role is Role.TREATMENT:
            yield _told(candidate, deviation, hint)


def without_its_values(candidate: Candidate) -> Iterator[Told]:
    """A dose although a value that it waits for fails, or is missing."""
    hint = said("record 'measured' first where the value is known, with the day on which it was taken")
    yield from _deviating(candidate, Deviated.VALUES_NOT_MET, hint)


def first_dose_out_of_its_days(candidate: Candidate) -> Iterator[Told]:
    """A first dose on another day than the protocol has; where those days are closed, the calendar's own day is in order."""
    if not candidate.is_as_planned:
        yield from _deviating(
            candidate, Deviated.FIRST_DOSE, said("look at the dates of the dose and of randomisation")
        )


def randomised_out_of_its_days(candidate: Candidate) -> Iterator[Told]:
    """A randomisation on another day than the protocol has for it, after a run-in or induction."""
    if isinstance(candidate.event, Randomised):
        hint = said("look at the date of randomisation, and at what its days count from")
        for deviation in candidate.deviations(Deviated.OUT_OF_WINDOW):
            if deviation.timeline == "randomisation":
                yield _told(candidate, deviation, hint)


def out_of_order(candidate: Candidate) -> Iterator[Told]:
    """What comes before consent, screening or randomisation, or after a screen failure."""
    told_as_not_eligible = {each.what for each in randomised_after_screen_failure(candidate.course_after)}
    for deviation in candidate.deviations(Deviated.OUT_OF_ORDER):
        if deviation.what not in told_as_not_eligible:
            yield _told(candidate, deviation, said("look at both dates"))


def stands_as_routine_care(candidate: Candidate) -> Iterator[Told]:
    """A visit before consent that the protocol allows as routine care, whichever of both is recorded last."""
    after = candidate.course_after
    plan = plan_for(candidate.version, after) or next(iter(candidate.plans()), None)
    if plan is None:
        return
    stood = {visit.numbers for visit in candidate.course.of(VisitDone) if missed_consent(plan, candidate.course, visit)}
    for visit in after.of(VisitDone):
        clause, missed = routine_care_of(plan, visit), missed_consent(plan, after, visit)
        if clause is not None and missed and visit.numbers not in stood:
            what = said(
                "{entry} was done before consent, and stands as routine care", entry=Code(visit.event.entries[0])
            )
            numbers = tuple(number for fact in missed for number in fact.numbers if number <= candidate.log.length)
            yield Told(what, "on", None, clause, numbers)


def not_eligible_and_in(candidate: Candidate) -> Iterator[Told]:
    """A patient who was found not eligible and is randomised all the same, whichever of both is recorded last."""
    told_so = {each.what for each in randomised_after_screen_failure(candidate.course_after)}
    for deviation in candidate.deviations(Deviated.OUT_OF_ORDER):
        if deviation.what in told_so:
            yield _told(candidate, deviation, said("record 'screened' first where the patient was screened again"))
    first, event = next(iter(candidate.course.of(Randomised)), None), candidate.event
    treated = candidate.course.first_dose is not None
    if (
        first is not None
        and isinstance(event, ScreenFailed)
        and not treated
        and event.on >= first.event.on
        and not told_so
    ):
        what = said(
            "the patient was randomised on {on}, and a screening fails before that", on=Code(f"{first.event.on}")
        )
        hint = said("record 'end of treatment' or 'withdrew' where the patient leaves the study")
        yield Told(what, "on", hint, events=first.numbers)


def screen_failure_after_a_dose(candidate: Candidate) -> Iterator[Told]:
    """A screen failure of a patient who has had study treatment, as in a run-in: it takes no tablets and no visits away."""
    first, ended = candidate.course.first_dose, candidate.course.ends_of_treatment
    if isinstance(candidate.event, ScreenFailed) and first is not None and not ended:
        what = said(
            "the patient has had study treatment since {on}, and a screen failure does not end it",
            on=Code(f"{first.event.on}"),
        )
        hint = said(
            "record 'end of treatment' with its reason: it ends the tablets, and what follows treatment is planned"
        )
        yield Told(what, "on", hint, events=first.numbers)


def of_a_failed_screening(candidate: Candidate) -> Iterator[Told]:
    """A screening visit, or an appointment for it, after the screening of its number had failed."""
    event = candidate.event
    if not isinstance(event, VisitDone | Booked | Rebooked):
        return
    day = event.on if isinstance(event, VisitDone) else event.to
    target = find(candidate.chart, event.entry, event.on)
    if target is None or target.line is None or target.n is None:
        return
    number = screening_by(candidate.chart, target.line, day)
    if number is not None and target.n < number:
        failed = sorted((fact for fact, _ in candidate.chart.of(ScreenFailed)), key=lambda fact: fact.order)
        ended = failed[target.n - target.line.first_number]
        what = said(
            "{entry} ended with the screen failure of {on}, before {day}",
            entry=Code(f"{event.entry}"),
            on=Code(f"{ended.event.on}"),
            day=Code(f"{day}"),
        )
        yield Told(what, "entry", to_next_screening(target.line, number), events=ended.numbers)


def not_decided(candidate: Candidate) -> Iterator[Told]:
    """A dose while the protocol proposes a hold, a reduction or the end, and nobody has decided."""
    yield from _deviating(
        candidate, Deviated.NOT_DECIDED, said("record the decision first, with its day and who took it")
    )


def second_that_day(candidate: Candidate) -> Iterator[Told]:
    """A second dose of one treatment on one day."""
    event = candidate.event
    if not isinstance(event, Given):
        return
    line = candidate.treatment(event.treatment)
    if line is not None and (event.fractions or 1) > 1:
        yield from _more_than_a_day_has(candidate, event, line)
        return
    if candidate.is_as_planned and (line is None or line.most_a_day == 1 or event.at is not None):
        return
    if line is not None and line.most_a_day > line.a_day and event.at is not None:
        return
    for fact in candidate.course.of(Given):
        other = fact.event
        if isinstance(other, Given) and other.treatment == event.treatment and other.on == event.on:
            what = said(
                "{entries} was given on {on} already (event {number})",
                entries=Code(f"{other.entries[0]}"),
                on=Code(f"{event.on}"),
                number=Code(f"{fact.number}"),
            )
            timing = line.timing(event.n) if line is not None else None
            clause = timing.clause if timing is not None else None
            if candidate.is_as_planned or (line is not None and line.most_a_day > 1):
                yield Told(
                    said("{what}; at which time was this one?", what=what),
                    "at",
                    said("write 'at' with the time"),
                    clause,
                    fact.numbers,
                )
            else:
                yield Told(what, "on", said("look at the date and the number of both"), clause, fact.numbers)
            return


def _more_than_a_day_has(candidate: Candidate, event: Given, line: Timeline) -> Iterator[Told]:
    """Several fractions in one record, which with those recorded before are more than the day has."""
    before = [
        fact for fact, other in candidate.chart.of(Given) if other.treatment == event.treatment and other.on == event.on
    ]
    of = len(before) + len(event.numbers)
    if of > line.most_a_day:
        what = said(
            "{number} fractions of {treatment} on {day}, and a day has {most}",
            number=of,
            treatment=Code(event.treatment),
            day=Code(f"{event.on}"),
            most=line.most_a_day,
        )
        numbers = tuple(number for fact in before for number in fact.numbers)
        clause = line.gives[0].clause if line.gives else None
        yield Told(what, "fractions", said("look at the number of fractions, and at the date"), clause, numbers)


def raised(candidate: Candidate) -> Iterator[Told]:
    """A dose level above the one before, where no sentence of the protocol allows it."""
    yield from _deviating(candidate, Deviated.DOSE_RAISED, said("a dose that was reduced stays reduced"))


def resumed_too_early(candidate: Candidate) -> Iterator[Told]:
    """A resume that does not wait for what the protocol asks for."""
    yield from _deviating(
        candidate, Deviated.RESUMED_EARLY, said("record the recovery first, or resume on a later day")
    )


def _deviating(candidate: Candidate, kind: Deviated, hint: Said) -> Iterator[Told]:
    for deviation in candidate.deviations(kind):
        yield _told(candidate, deviation, hint)


def _told(candidate: Candidate, deviation: Deviation, hint: Said) -> Told:
    about = deviation.entry or deviation.timeline
    named = f"{deviation.what}".startswith((about, deviation.timeline))
    what = deviation.what if named else said("{about}: {what}", about=Code(about), what=deviation.what)
    field = "from" if isinstance(candidate.event, OfDays) else "on"
    if getattr(candidate.event, "today_taken", False):
        field = "today_taken"
    numbers = tuple(number for number in deviation.events if number <= candidate.log.length)
    return Told(what, field, hint, deviation.clause, numbers)


def not_of_the_visit(candidate: Candidate) -> Iterator[Told]:
    """One that the visit does not have: nothing would be missing."""
    event = candidate.event
    if not isinstance(event, VisitDone | CycleStarted | Given) or not event.not_done:
        return
    found = (entry for key in event.entries if (entry := candidate.calendar_after.entry(key)) is not None)
    entry = next(found, None)
    known = entry.activities if entry is not None else ()
    for activity in event.not_done:
        if entry is not None and activity not in known:
            what = said("'{activity}' is no activity of {entry}", activity=Quoted(activity), entry=Code(entry.id))
            yield Told(what, "not_done", nearest_known(activity, known) or said("leave it out: the visit has none"))

"""From a log to the course that it tells: every fact in force is taken to what it bears on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from scheduler.patient import events as ev
from scheduler.patient.course import (
    EVERYTHING,
    Course,
    EntryFacts,
    Hold,
    LevelChange,
    Membership,
    Report,
    TakenBack,
    effective,
)
from scheduler.patient.episodes.adverse_events import grade_5_of
from scheduler.patient.episodes.screenings import screenings_of
from scheduler.patient.events import doses, enrolment, observations, operations, orders, reviews, visits
from scheduler.patient.log import Fact, Log, amendments, in_force, withdrawn
from scheduler.patient.replaying.begun_cycles import begin_cycles
from scheduler.patient.replaying.decided_together import decides_for_several, for_each_treatment
from scheduler.patient.replaying.fractions_recorded import one_by_one
from scheduler.patient.replaying.late_records import recorded_late
from scheduler.patient.replaying.reported_days import is_by_the_first, take_reported_days
from scheduler.patient.replaying.sheets_recorded import has_samples, take_sheets
from scheduler.protocol.plan.study import Plan


def replay(log: Log, plan: Plan | None = None) -> Course:
    """The course that a log tells. Later facts of the same kind replace earlier ones where only one can stand.

    With the ``plan``, doses that go before the first dose are not taken for it, and only its screening visits begin a screening.
    """
    facts = one_by_one(in_force(log))
    if plan is not None:
        facts = for_each_treatment(facts, plan)
    course = Course(length=log.length, facts=facts, log=log, late=recorded_late(log))
    if plan is not None:
        course.not_first, course.drugs = plan.not_first, plan.drugs
    replaying = _Replay(course)
    for fact in course.facts:
        replaying.take(fact)
    take_reported_days(course)
    if plan is not None:
        begin_cycles(course, plan)
        take_sheets(course, plan)
    if amendments(log):
        _take_back(replaying, log)
    _sort_orders(course)
    course.grade_5 = grade_5_of(course.facts)
    course.screenings = screenings_of(course.facts, plan.screening_visits if plan is not None else None)
    _dates_of_the_last_screening(course)
    course.overridden = frozenset(fact.number for fact in course.facts if fact.event.override is not None)
    return course


def by_plan(course: Course, plan: Plan) -> Course:
    """The course as this plan reads it: the same, unless a dose was recorded of what does not make the first dose.

    After a screen failure, a visit that is no screening by the plan may have been taken for the next one. Doses also begin the
    cycles that they are timed on, and orders for cycles are orders for every drug in them.
    """
    alike = plan.drugs == course.drugs and not _has_another_first_dose(course, plan)
    alike = alike and not (course.decided and decides_for_several(course.facts, plan))
    if alike and not has_samples(course, plan) and not _was_screened_otherwise(course, plan):
        return course
    again = replay(course.log, plan)
    again.late = course.late
    return again


def _has_another_first_dose(course: Course, plan: Plan) -> bool:
    recorded = course.doses.keys() | course.reports.keys() | {each.treatment for each in course.taken_back}
    return plan.not_first != course.not_first and not plan.not_first.isdisjoint(recorded)


def _was_screened_otherwise(course: Course, plan: Plan) -> bool:
    return bool(course.screenings.repeated) and course.screenings != screenings_of(course.facts, plan.screening_visits)


def _dates_of_the_last_screening(course: Course) -> None:
    """Consent and screening count as they were given and passed after the last screen failure, where they were."""
    for failed, _ in course.screenings.repeated:
        for fact in reversed(course.of(ev.Consented, ev.Screened)):
            if (fact.day, fact.number) > (failed.day, failed.number):
                course.dates |= dict.fromkeys(fact.event.dates, fact)


def _take_back(replaying: _Replay, log: Log) -> None:
    """Remember what events said that were corrected or struck."""
    for fact in replaying.course.facts:
        if len(fact.numbers) > 1:
            # It stands after all, or in other words. What had to name its strike or correction goes on naming it.
            replaying.take_back(fact.event, fact.numbers[1:])
    for gone in withdrawn(log):
        replaying.take_back(gone.event, gone.by)


def with_orders(course: Course, decided: Callable[[Course, Fact], None]) -> Course:
    """The course with its holds and levels made anew, in the same order; ``decided`` adds what each decision and resume does."""
    again = replace(course, holds={}, levels={})
    replaying = _Replay(again)
    for fact in course.facts:
        if type(fact.event) in _HOLDS_AND_LEVELS:
            replaying.take(fact)
        if isinstance(fact.event, ev.Decided | ev.Resumed):
            decided(again, fact)
    _sort_orders(again)
    return again


def _sort_orders(course: Course) -> None:
    course.holds = {treatment: sorted(holds, key=lambda hold: hold.start) for treatment, holds in course.holds.items()}
    for changes in course.levels.values():
        changes.sort(key=lambda change: change.day)


class _Replay:
    """Takes facts one by one into a course. One small method for each kind of event."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def take(self, fact: Fact) -> None:
        CHANGES[type(fact.event)](self, fact)

    def take_back(self, event: ev.Event, by: tuple[int, ...]) -> None:
        """Remember where an event bore that no longer counts."""
        course = self.course
        for key in event.entries:
            about = self._about(key)
            about.withdrawn = (*about.withdrawn, *by)
        treatment = getattr(event, "treatment", None) or EVERYTHING
        course.taken_back.append(TakenBack(treatment, event.first_day.toordinal(), by))
        names = event.dates
        if treatment in course.not_first:
            names = tuple(name for name in names if name != "first dose")
        elif isinstance(event, doses.Taken | doses.NotTaken) and is_by_the_first(course, event.from_.toordinal()):
            names = ("first dose",)
        elif isinstance(event, observations.Response):
            names = ("progression",)
        elif isinstance(event, observations.Attribute):
            course.facts_taken_back[event.name] = (*course.facts_taken_back.get(event.name, ()), *by)
        elif isinstance(event, observations.Measured) and event.second is not None:
            course.facts_taken_back[event.test] = (*course.facts_taken_back.get(event.test, ()), *by)
        for name in names:
            course.dates_taken_back[name] = (*course.dates_taken_back.get(name, ()), *by)

    def _about(self, key: str) -> EntryFacts:
        about = self.course.entries.get(key)
        if about is None:
            about = self.course.entries[key] = EntryFacts()
        return about

    def _count(self, timeline: str, number: int) -> None:
        if number > self.course.highest.get(timeline, 0):
            self.course.highest[timeline] = number

    def _count_entry(self, key: str) -> None:
        timeline, _, rest = key.partition(".")
        number = rest.partition(".")[0]
        if number.isdigit():
            self._count(timeline, int(number))

    def nothing(self, fact: Fact) -> None:
        """It moves no date and no dose by itself; rules, lists and findings read it from the facts."""

    def date(self, fact: Fact) -> None:
        for name in fact.event.dates:
            self.course.dates.setdefault(name, fact)

    def randomised(self, fact: Fact) -> None:
        self.course.arm = cast(ev.Randomised, fact.event).arm
        self.date(fact)

    def first_dose_planned(self, fact: Fact) -> None:
        self.course.first_dose_planned = fact

    def dose(self, fact: Fact) -> None:
        event = cast("ev.CycleStarted | ev.Given", fact.event)
        if self.course.first_dose is None and event.treatment not in self.course.not_first:
            # Facts come in the order of their days.
            self.course.first_dose, self.course.first_day = fact, fact.day
        self.course.doses.setdefault(event.treatment, []).append(fact)
        self._count(event.treatment, event.cycle if isinstance(event, ev.CycleStarted) else event.n)
        for key in event.entries:
            about = self._about(key)
            if about.done is not None and isinstance(event, ev.Given):
                about.rest = (*about.rest, fact)
            else:
                about.done = fact

    def visit_done(self, fact: Fact) -> None:
        for key in fact.event.entries:
            about = self._about(key)
            if about.done is not None:
                about.done_before = (*about.done_before, about.done)
            about.done = fact
            self._count_entry(key)
            self.course.dates.setdefault(key.partition(".")[0], fact)

    def not_done(self, fact: Fact) -> None:
        for key in fact.event.entries:
            about = self._about(key)
            if about.done is not None and isinstance(about.done.event, ev.Given):
                about.rest = (*about.rest, fact)
                continue
            about.not_done = fact
            self._count_entry(key)
            about.attempts = (*about.attempts, fact)

    def booked(self, fact: Fact) -> None:
        for key in fact.event.entries:
            self._about(key).booked = fact
            self._count_entry(key)

    def delayed(self, fact: Fact) -> None:
        event = cast(ev.Delayed, fact.event)
        if event.until < event.on:
            self.course.delays_in_the_past.append(fact)
            return
        for key in event.entries:
            self._about(key).delayed = fact

    def _ordered_for(self, treatment: str) -> tuple[str, ...]:
        """The treatments that an order is for: every drug of cycles, where it names the cycles."""
        return self.course.drugs.get(treatment, (treatment,))

    def held(self, fact: Fact) -> None:
        for treatment in self._ordered_for(cast(ev.Held, fact.event).treatment):
            self.course.holds.setdefault(treatment, []).append(Hold(effective(fact), None, fact))

    def discontinued(self, fact: Fact) -> None:
        for treatment in self._ordered_for(cast(ev.Discontinued, fact.event).treatment):
            hold = Hold(effective(fact), None, fact, discontinued=True)
            self.course.holds.setdefault(treatment, []).append(hold)

    def resumed(self, fact: Fact) -> None:
        event = cast(ev.Resumed, fact.event)
        for treatment in self._ordered_for(event.treatment):
            self._resume(treatment, event, fact)

    def _resume(self, treatment: str, event: ev.Resumed, fact: Fact) -> None:
        holds = self.course.holds.setdefault(treatment, [])
        if event.override is not None:
            self.course.reopened.setdefault(treatment, []).append(fact)
            known = {hold.opened.number for hold in holds}
            for ended in (*self.course.ends_of_treatment, *self.course.withdrew):
                if ended.number not in known:
                    holds.append(Hold(effective(ended), event.on.toordinal(), ended, fact, discontinued=True))
        # A resume that names the reason of one hold ends that one; any other ends all that are open. What was given up for
        # good is taken up again only with an override.
        open_holds = [hold for hold in holds if hold.end is None and (event.override or not hold.discontinued)]
        if treatment != event.treatment:
            # Who resumes the cycles leaves what one drug was held for by itself.
            open_holds = [hold for hold in open_holds if getattr(hold.opened.event, "treatment", None) != treatment]
        named = [hold for hold in open_holds if event.reason is not None and hold.opened.event.reason == event.reason]
        again = [hold for hold in open_holds if hold.discontinued and hold not in named]
        for hold in (*named, *again) if named else open_holds:
            holds[holds.index(hold)] = replace(hold, end=event.on.toordinal(), closed=fact)
        if event.level is not None:
            self._level(treatment, LevelChange(event.on.toordinal(), event.level, fact))

    def dose_changed(self, fact: Fact) -> None:
        event = cast(ev.DoseChanged, fact.event)
        self._level(event.treatment, LevelChange(effective(fact), event.level, fact))

    def _level(self, treatment: str, change: LevelChange) -> None:
        self.course.levels.setdefault(treatment, []).append(change)

    def days(self, fact: Fact) -> None:
        event = cast("ev.Taken | ev.NotTaken", fact.event)
        report = Report(event.from_.toordinal(), event.to.toordinal(), isinstance(event, ev.Taken), fact)
        self.course.reports.setdefault(event.treatment, []).append(report)

    def prescribed(self, fact: Fact) -> None:
        event = cast(ev.Prescribed, fact.event)
        self.course.prescribed.setdefault((event.treatment, event.course or event.treatment), []).append(fact)

    def end_of_treatment(self, fact: Fact) -> None:
        self.course.ends_of_treatment.append(fact)

    def withdrew(self, fact: Fact) -> None:
        self.course.withdrew.append(fact)

    def moved(self, fact: Fact) -> None:
        self.course.moves.append(fact)

    def transferred(self, fact: Fact) -> None:
        self.course.transfers.append(fact)

    def decided(self, fact: Fact) -> None:
        self.course.decided.append(fact)

    def died(self, fact: Fact) -> None:
        if self.course.died is None:
            self.course.died = fact
        self.date(fact)

    def beyond_progression(self, fact: Fact) -> None:
        self.course.beyond_progression = fact

    def progressed(self, fact: Fact) -> None:
        self.course.progressions.append(fact)
        self.date(fact)

    def lost(self, fact: Fact) -> None:
        self.course.away.append(Hold(fact.day, None, fact))

    def contacted(self, fact: Fact) -> None:
        away = self.course.away
        self.course.away = [replace(hold, end=fact.day, closed=fact) if hold.end is None else hold for hold in away]

    def joined(self, fact: Fact) -> None:
        group = cast(ev.Joined, fact.event).group
        self.course.groups.setdefault(group, []).append(Membership(fact.day, None, (fact,)))

    def left(self, fact: Fact) -> None:
        stays = self.course.groups.get(cast(ev.Left, fact.event).group, [])
        if stays and stays[-1].end is None:
            stays[-1] = replace(stays[-1], end=fact.day, facts=(*stays[-1].facts, fact))

    def response(self, fact: Fact) -> None:
        self.course.responses.append(fact)

    def unscheduled(self, fact: Fact) -> None:
        self.course.unscheduled.append(fact)


_Take = Callable[[_Replay, Fact], None]

_HOLDS_AND_LEVELS: dict[type[ev.Event], _Take] = {
    orders.Held: _Replay.held,
    orders.Resumed: _Replay.resumed,
    orders.DoseChanged: _Replay.dose_changed,
    orders.Discontinued: _Replay.discontinued,
}
"""What is made anew when decisions are added, because these and decisions answer each other."""

CHANGES: dict[type[ev.Event], _Take] = {
    visits.VisitDone: _Replay.visit_done,
    visits.NotDone: _Replay.not_done,
    visits.Booked: _Replay.booked,
    visits.Rebooked: _Replay.booked,
    visits.UnscheduledVisit: _Replay.unscheduled,
    visits.Sampled: _Replay.nothing,
    visits.NotSampled: _Replay.nothing,
    doses.FirstDosePlanned: _Replay.first_dose_planned,
    doses.CycleStarted: _Replay.dose,
    doses.Given: _Replay.dose,
    doses.Taken: _Replay.days,
    doses.NotTaken: _Replay.days,
    doses.Dispensed: _Replay.nothing,
    doses.Returned: _Replay.nothing,
    doses.Lost: _Replay.nothing,
    **_HOLDS_AND_LEVELS,
    orders.Delayed: _Replay.delayed,
    orders.Prescribed: _Replay.prescribed,
    orders.EndOfTreatment: _Replay.end_of_treatment,
    orders.TreatedBeyondProgression: _Replay.beyond_progression,
    orders.Decided: _Replay.decided,
    observations.AdverseEvent: _Replay.nothing,
    observations.Regraded: _Replay.nothing,
    observations.Resolved: _Replay.nothing,
    observations.Measured: _Replay.nothing,
    observations.Response: _Replay.response,
    observations.Progressed: _Replay.progressed,
    observations.Attribute: _Replay.nothing,
    observations.MedicineStarted: _Replay.nothing,
    observations.MedicineChanged: _Replay.nothing,
    observations.MedicineStopped: _Replay.nothing,
    observations.NewAnticancerTherapy: _Replay.date,
    operations.SurgeryPlanned: _Replay.nothing,
    operations.Surgery: _Replay.nothing,
    operations.WoundHealed: _Replay.nothing,
    observations.Pregnancy: _Replay.nothing,
    enrolment.Consented: _Replay.date,
    enrolment.Screened: _Replay.date,
    enrolment.ScreenFailed: _Replay.nothing,
    enrolment.Randomised: _Replay.randomised,
    enrolment.Reached: _Replay.date,
    enrolment.DateOfBirth: _Replay.date,
    enrolment.Joined: _Replay.joined,
    enrolment.Left: _Replay.left,
    enrolment.MovedToVersion: _Replay.moved,
    enrolment.SiteTransferred: _Replay.transferred,
    enrolment.Withdrew: _Replay.withdrew,
    enrolment.LostToFollowUp: _Replay.lost,
    enrolment.Contacted: _Replay.contacted,
    enrolment.Died: _Replay.died,
    reviews.Reviewed: _Replay.nothing,
    reviews.Reported: _Replay.nothing,
    reviews.DeviationAssessed: _Replay.nothing,
}
"""What each kind of event changes in a course. Every kind has its line, also where it changes nothing."""

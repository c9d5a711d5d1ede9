"""One patient's calendar: every timeline of the arm pulled up to its end or the horizon, made into entries.

``calendar = f(plan, site, course)``: no clock, no randomness, no input or output. Recomputing is the only way to change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import cast

from scheduler.calendar.engine.chains import entry_in_chain, place_in_chains
from scheduler.calendar.engine.dosing.parts import findings_of_parts
from scheduler.calendar.engine.dosing.taken_doses import findings_of_overdoses
from scheduler.calendar.engine.entering.before_orders import before_orders
from scheduler.calendar.engine.entering.carried import carrying
from scheduler.calendar.engine.entering.dose_sheets import dose_sheets
from scheduler.calendar.engine.entering.duplicates import told_apart
from scheduler.calendar.engine.entering.epochs import epochs_of
from scheduler.calendar.engine.entering.made_entries import pending_of
from scheduler.calendar.engine.entering.named_dates import named_dates_of
from scheduler.calendar.engine.entering.periods import periods_of
from scheduler.calendar.engine.entering.randomisation_due import randomisation_due
from scheduler.calendar.engine.entering.unplanned import unplanned_entries
from scheduler.calendar.engine.entering.waiting_days import days_that_wait
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import first_dose
from scheduler.calendar.engine.evaluation.occurrences import occurrences
from scheduler.calendar.engine.evaluation.placement import PENDING, Placement
from scheduler.calendar.engine.findings.causes import findings_of_causes
from scheduler.calendar.engine.findings.confirmed import findings_of_confirmed
from scheduler.calendar.engine.findings.doses.first_dose_plan import findings_of_first_dose_plan
from scheduler.calendar.engine.findings.doses.no_dose_left import findings_of_orders_without_dose
from scheduler.calendar.engine.findings.doses.off_the_plan import flagged_off_the_plan
from scheduler.calendar.engine.findings.doses.own_doses import dose_findings
from scheduler.calendar.engine.findings.doses.raised_again import findings_of_raised_doses
from scheduler.calendar.engine.findings.doses.values_needed import flagged_by_values
from scheduler.calendar.engine.findings.entering import findings_of_entering
from scheduler.calendar.engine.findings.holding.holds import held_too_long, held_twice
from scheduler.calendar.engine.findings.medicines_begun import findings_of_medicines
from scheduler.calendar.engine.findings.of_calendar import findings_of
from scheduler.calendar.engine.findings.of_sheets import findings_of_sheets
from scheduler.calendar.engine.findings.randomised import findings_of_randomisation
from scheduler.calendar.engine.moments.answering import answer, edge_answer
from scheduler.calendar.engine.placing.by_version import place_by_version
from scheduler.calendar.engine.proposals.after_happenings import concerns_of_happenings, findings_of_happenings
from scheduler.calendar.engine.proposals.after_progression import concerns_of_progression, findings_of_progression
from scheduler.calendar.engine.proposals.all_of import with_proposals
from scheduler.calendar.engine.proposals.awaiting import with_concern_of, with_concerns
from scheduler.calendar.engine.proposals.ended_branches import ended_branches, findings_of_ended_branches
from scheduler.calendar.engine.proposals.missed import first_missed, held_on
from scheduler.calendar.engine.proposals.resting import what_decisions_rest_on
from scheduler.calendar.entries.because import Because, distinct
from scheduler.calendar.entries.entry import Calendar, Entry, HeldPeriod, Kind, Products, Status
from scheduler.calendar.entries.forms import forms_of
from scheduler.calendar.entries.proposal import Asked, State
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.dates import Day, add_months
from scheduler.findings import sort_findings
from scheduler.identity import Memo
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.events import UnscheduledVisit
from scheduler.patient.replaying.held_on import adds_time
from scheduler.protocol.plan.activity import called_in
from scheduler.protocol.plan.clause import clauses_in
from scheduler.protocol.plan.study import Plan
from scheduler.said import said, text_of
from scheduler.site.site import Site


def build_calendar(
    plan: Plan,
    site: Site,
    course: Course,
    *,
    subject: str | None = None,
    until: date | None = None,
    event_kinds: Mapping[int, str] = MappingProxyType({}),
) -> Calendar:
    """Build the calendar of one patient.

    ``until`` is the last civil date to show; without it, open-ended timelines are written out to the protocol's horizon.
    ``event_kinds`` names the kind of each event, for telling reasons.
    """
    course = with_decisions(course, plan)
    ev = Evaluation(plan, site, course, place_by_version if plan.earlier else place_in_chains)
    ev.rests_on = what_decisions_rest_on(ev)
    ev.horizon = until.toordinal() if until is not None else _horizon(ev)
    by_line = {name: list(occurrences(ev, line)) for name, line in plan.timelines.items()}
    by_line = flagged_by_values(ev, flagged_off_the_plan(ev, by_line))
    placements = list(chain.from_iterable(by_line.values()))
    dated = [placement for placement in placements if placement.standing is not PENDING]
    entries = [entry for placement in dated if (entry := entry_in_chain(ev, placement)) is not None]
    waiting = [pending_of(ev, placement) for placement in placements if placement.standing is PENDING]
    entries += unplanned_entries(ev, by_line)
    waiting += days_that_wait(ev, placements)
    entries += [_unscheduled(ev, number) for number in range(len(course.unscheduled))]
    periods, open_periods = periods_of(ev)
    entries += periods
    waiting += open_periods
    waiting += randomisation_due(ev)
    entries, waiting, shared = told_apart(entries, waiting)
    entries, proposals, decisions, to_come = with_proposals(ev, entries)
    asking = (*concerns_of_progression(ev), *concerns_of_happenings(ev))
    entries = with_concerns(entries, asking, ev.rests_on)
    ended = ended_branches(ev, by_line)
    for each in ended:
        entries = with_concern_of(entries, each.placement.id, each.concern, ev.rests_on)
    holds = _holds(ev, entries)
    decisions += (*findings_of_progression(ev), *findings_of_happenings(ev))
    decisions += tuple(findings_of_ended_branches(ended, entries))
    found = (
        *findings_of(ev, by_line),
        *held_too_long(plan, holds),
        *held_twice(holds),
        *decisions,
        *dose_findings(ev, entries),
        *findings_of_overdoses(entries),
        *findings_of_parts(ev, placements),
        *findings_of_raised_doses(plan, course, proposals),
        *findings_of_confirmed(course.facts),
        *findings_of_causes(course),
        *findings_of_medicines(course.facts),
        *findings_of_orders_without_dose(course, entries, waiting, holds),
        *findings_of_entering(course),
        *findings_of_randomisation(ev, entries),
        *findings_of_first_dose_plan(
            course, [*(each.because for each in entries), *(each.because for each in waiting)]
        ),
    )
    sheets = dose_sheets(ev, entries)
    found = (*found, *findings_of_sheets(ev, sheets, entries))
    findings = sort_findings((*ev.findings, *shared, *found))
    shown = entries if until is None else [entry for entry in entries if entry.date is None or entry.date <= until]
    entries = _in_order(carrying(shown, ev.placed), plan)
    first = first_dose(ev)
    return Calendar(
        study=plan.study,
        version=plan.version,
        subject=subject,
        arm=plan.arm or None,
        first_dose=date.fromordinal(first.day) if first.day is not None else None,
        first_dose_given=first.actual,
        entries=tuple(entries),
        pending=tuple(waiting),
        proposals=tuple(proposal for proposal in proposals if proposal.state is not State.TO_COME),
        proposals_to_come=tuple(proposal for proposal in proposals if proposal.state is State.TO_COME),
        asked=tuple(Asked(each.treatment, each.day, each.said) for each in asking if each.said),
        findings=findings,
        findings_to_come=to_come,
        holds=holds,
        until=until,
        log_length=course.length,
        study_days_from=_study_days_from(ev),
        day_one=plan.day_one,
        event_kinds=event_kinds,
        earlier_clauses=Memo(
            (clause, earlier.plan.version)
            for earlier in plan.earlier
            for clause in clauses_in((earlier.plan.timelines, earlier.plan.dates, earlier.plan.rules))
        ),
        epochs=epochs_of(ev),
        dates=tuple(each for each in named_dates_of(ev) if until is None or each.date is None or each.date <= until),
        hours_apart={line.name: line.hours_apart for line in plan.treatments() if line.a_day > 1},
        forms=forms_of(plan),
        lasts={**plan.lasts, **ev.site.lasts},
        products=plan.products,
        products_before=_products_before(ev, entries),
        sheets=sheets,
        by_id={entry.id: entry for entry in entries},
        reasons=_reasons(ev, entries),
        before_orders=dict(before_orders(ev, entries)),
        written_to=date.fromordinal(ev.horizon) if ev.horizon is not None else None,
    )


def _horizon(ev: Evaluation) -> Day | None:
    """The last day that open-ended timelines are written out to: the protocol's, else two years from the first dose."""
    if ev.plan.horizon is not None:
        line = next(iter(ev.plan.timelines.values()))
        end = edge_answer(ev, ev.plan.horizon, line, 0)
        if end.day is not None:
            return end.day
    first = first_dose(ev)
    if first.day is not None:
        return add_months(first.day, 24)
    known = [fact.day for fact in ev.course.facts]
    return add_months(max(known), 24) if known else None


def _study_days_from(ev: Evaluation) -> date | None:
    reference = answer(ev, ev.plan.reference, 1)
    return date.fromordinal(reference.day) if reference.day is not None else None


def _products_before(ev: Evaluation, entries: list[Entry]) -> dict[str, Products]:
    """What is handed out for the cycles that were started under an earlier version of the protocol."""
    placed = ((entry.id, ev.placed.get(entry.id)) for entry in entries) if ev.plan.earlier else ()
    plans = ((name, ev.plan.that_has(placement.line)) for name, placement in placed if placement is not None)
    return {name: plan.products for name, plan in plans if plan is not ev.plan}


def _reasons(ev: Evaluation, entries: list[Entry]) -> dict[str, Because]:
    """The reasons of every occurrence that was asked for, also of those that the calendar does not show."""
    shown = {entry.id: entry.because for entry in entries}
    return shown | {name: _because(ev.placed[name]) for name in sorted(ev.placed.keys() - shown.keys())}


def _because(placement: Placement) -> Because:
    set_by = distinct(placement.set_by)
    return Because(set_by, distinct(placement.looked, set_by), placement.latest)


def _in_order(entries: list[Entry], plan: Plan) -> list[Entry]:
    """By date, then in the protocol's order; what was cancelled before it had a date comes last."""
    order = {name: line.order for name, line in plan.timelines.items()}
    order |= {period.name: period.order for period in plan.periods}
    named = {entry.timeline for entry in entries}
    order |= {name: order.get(treatment_of(name), 0) for name in named}
    return sorted(entries, key=lambda entry: (entry.date or date.max, order[entry.timeline], entry.n))


def _holds(ev: Evaluation, entries: list[Entry]) -> tuple[HeldPeriod, ...]:
    """The holds of all treatments, and what ended them."""
    periods: list[HeldPeriod] = []
    for line in ev.plan.treatments():
        for hold in ev.holds(line):
            if hold.discontinued and hold.end is None:
                continue
            numbers = tuple(number for fact in hold.facts for number in fact.numbers)
            resumed = date.fromordinal(hold.end) if hold.end is not None else None
            reason = hold.opened.event.reason
            stop = ev.stop(line)
            ended = None
            if stop is not None and (hold.end is None or stop.day < hold.end):
                # A hold of what had ended before is over on its first day.
                ended = date.fromordinal(max(stop.day, hold.start))
                numbers = (*numbers, *stop.fact.numbers)
            limited = line.limits.hold_at_most is not None and not hold.discontinued
            first = first_missed(ev, line, hold, entries) if limited else None
            before = held_on(ev, line).get(hold.opened.number) if limited else None
            goes_on: tuple[int, ...] = ()
            if before is not None and adds_time(hold, before):
                goes_on = tuple(number for fact in before.facts for number in fact.numbers if number not in numbers)
            elif before is not None:
                # All its time is that of the earlier one, which is told with its number of days.
                first = None
            missed = date.fromordinal(first) if first is not None else None
            start = date.fromordinal(hold.start)
            periods.append(HeldPeriod(line.name, start, resumed, reason, numbers, ended, missed, goes_on))
    return tuple(periods)


def _unscheduled(ev: Evaluation, index: int) -> Entry:
    """A visit that no protocol line asked for: the event makes the entry."""
    fact = ev.course.unscheduled[index]
    event = cast(UnscheduledVisit, fact.event)
    names = called_in(ev.plan.timelines.values()) if event.activities else {}
    return Entry(
        id=f"unscheduled.{fact.number}",
        timeline="unscheduled",
        n=fact.number,
        kind=Kind.VISIT,
        title=text_of(said("Unscheduled visit")),
        ideal=None,
        window=None,
        date=event.on,
        time=event.at,
        status=Status.DONE,
        doses=(),
        activities=tuple(names.get(each, each) for each in event.activities),
        flags=(),
        because=Because(ev.events(fact), (), max(fact.numbers)),
    )

"""Computing one date, in this order: nominal and floors, window, open day, holds, booking, record, and what ends it.

1. The timing applied to its moment is the *nominal* day. Every wait, delay and failed attempt is a *floor*. The *ideal* day is
   the latest of all these.
2. The *window* runs from nominal less the early days, but not before the floors, to ideal plus the late days.
3. The *planned* day is the open day that the timeline's rule picks inside the window (`choosing`).
4. Inside a hold, the resume is one more floor: again from 1.
5. A *booked* day replaces the planned one; where it breaks a floor or a hold it is void.
6. The *actual* day wins over all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from scheduler.calendar.engine.dosing.banded import days_of_bands
from scheduler.calendar.engine.dosing.body import days_of_the_body
from scheduler.calendar.engine.dosing.first_tablets import day_one_by, with_its_first_dose
from scheduler.calendar.engine.dosing.own_doses import is_own
from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.branches import branch_of
from scheduler.calendar.engine.evaluation.circumstances import Bearing, day_and_number
from scheduler.calendar.engine.evaluation.doses_again import (
    count,
    not_before_what_was_missed,
    number_that_follows,
    numbered_as,
)
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.held_cycles import drugs_of
from scheduler.calendar.engine.evaluation.occurrences import occurrences
from scheduler.calendar.engine.evaluation.one_chain import (
    flag_skipped,
    leave_unused,
    unused_before,
)
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, LAST, PENDING, PLANNED, Placement
from scheduler.calendar.engine.moments.answering import nominal, piece_of
from scheduler.calendar.engine.moments.limits_by_date import ends_that_wait, last_dosing_day
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.placing.by_the_clock import days_of_window, keep_to_the_clock
from scheduler.calendar.engine.placing.cancelled.after_a_dose import leave_out_without_its_dose
from scheduler.calendar.engine.placing.cancelled.branches import (
    come_after_what_was_left_out,
    left_out_with_another,
    plan_from_the_fact_on,
    take_branch,
)
from scheduler.calendar.engine.placing.cancelled.cancelling import (
    end_or_cancel,
    is_beyond_its_number,
    look_at_transfers,
)
from scheduler.calendar.engine.placing.cancelled.left_out import leave_out_at_level, no_diary_without_its_dose
from scheduler.calendar.engine.placing.open_days import days_for
from scheduler.calendar.engine.placing.planned_day import put_on_planned_day
from scheduler.calendar.engine.placing.recorded import book, record, stay_on_booked_day
from scheduler.calendar.engine.placing.reported_start import start_as_reported
from scheduler.calendar.engine.placing.screening import timing_of_screening
from scheduler.calendar.engine.placing.sheet_days import day_by_the_clock, timing_on_sheet
from scheduler.calendar.engine.placing.waits.after_a_rest import wait_for_the_rest
from scheduler.calendar.engine.placing.waits.arm import wait_for_the_arm
from scheduler.calendar.engine.placing.waits.early_fractions import waits_for_a_decision
from scheduler.calendar.engine.placing.waits.floors import raise_for_delays, raise_for_waits, wait_for_creation
from scheduler.calendar.engine.placing.waits.released import not_before_the_release, wait_for_what_precedes
from scheduler.calendar.entries.because import Step
from scheduler.dates import Day
from scheduler.patient.course import NOTHING_KNOWN, EntryFacts, Hold
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import HeldDays, Role, Timeline
from scheduler.protocol.plan.times.moments import EndOf, LastDose
from scheduler.protocol.plan.times.timing import Timing


def place(ev: Evaluation, line: Timeline, n: int, cycle_day: int, entry: str) -> Placement:
    """Put one occurrence of a timeline, by its number and id, where the protocol, the site and the log say."""
    placement = BeingPlaced(line, n, cycle_day, entry)
    facts = with_its_first_dose(ev, line, n, ev.course.entries.get(entry, NOTHING_KNOWN))
    bearing = bearing_on(ev, line, n)
    timing = _in_force(ev, placement, bearing)
    if timing is None:
        placement.standing = BEYOND
    elif placement.standing is not CANCELLED:
        placement.timing = timing
        hangs_on_facts = ev.plan.has_branches or ev.plan.awaits_arm
        (_plan_or_leave_out if hangs_on_facts else _plan)(ev, placement, timing, facts, bearing)
    if facts is not NOTHING_KNOWN:
        if facts.booked is not None and placement.standing in _OPEN:
            book(ev, placement, facts, bearing)
        record(ev, placement, facts, bearing)
        if facts.booked is not None and placement.standing is CANCELLED and placement.day is None:
            stay_on_booked_day(ev, placement, facts.booked)
    told = bool(bearing.reports) or bool(bearing.taken_today)
    if line.has_days and told and placement.standing in _OPEN and not line.as_needed:
        start_as_reported(ev, placement, bearing)
    if bearing.gaps or bearing.out_of_order:
        flag_skipped(ev, placement, bearing)
    unused = placement.standing in _OPEN and bearing.gaps and leave_unused(ev, placement, facts, bearing)
    if not unused and placement.standing in _OPEN:
        end_or_cancel(ev, placement, bearing)
        leave_out_at_level(ev, placement)
    if line.restarts or (line.follows is not None and line.follows.again):
        count(ev, placement)
    _look_around(ev, placement, facts)
    return placement.placed()


def bearing_on(ev: Evaluation, line: Timeline, n: int) -> Bearing:
    """What bears on the timeline; a cycle has the holds and the end of its drugs."""
    bearing = ev.bearings.get(line) or ev.bearings.keep(line, _gather(ev, line))
    if line.role is not _CYCLES:
        return bearing
    holds, stop = ev.of_cycles(line, n)
    return replace(bearing, holds=holds, stop=stop)


def _look_at_the_drugs(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts) -> None:
    """A cycle might stand otherwise without the holds of any of its drugs, and without what was said of each of them."""
    drugs = drugs_of(ev.plan, placement.line, placement.n)
    holds = [hold for name in drugs for hold in ev.course.holds.get(name, ())]
    told = [fact for hold in holds if placement.day is None or hold.start <= placement.day for fact in hold.facts]
    placement.looked += ev.events(*facts.others, *told)
    placement.reach(latest_of(*facts.others, *told))


def _look_around(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts) -> None:
    """What bears on every occurrence: another site, and what was taken back."""
    if ev.site.moved_on:
        look_at_transfers(ev, placement)
    if placement.line.role is _CYCLES:
        _look_at_the_drugs(ev, placement, facts)
    if ev.course.taken_back:
        _look_at_what_was_taken_back(ev, placement, facts)


_OPEN = (PLANNED, PENDING)
_CYCLES, _VISIT = Role.CYCLES, Role.VISIT


def _in_force(ev: Evaluation, placement: BeingPlaced, bearing: Bearing) -> Timing | None:
    """The sentence about an occurrence; None past the last that the protocol has."""
    line, n = placement.line, placement.n
    if line.screens and ev.course.screenings.repeated:
        return timing_of_screening(ev, placement)
    if line.sheet is not None:
        return timing_on_sheet(line, placement.cycle_day)
    number = n - len(unused_before(ev, line, n, bearing.gaps)) if bearing.gaps else n
    asked = number_that_follows(ev, line, n, number) if line.restarts else number
    timing = line.numbered.get(asked) or _timing(ev, line, asked)
    if line.long_holds:
        timing = _timing_of_restart(ev, line, n, timing)
    beyond = timing is None or (line.counts and is_beyond_its_number(ev, placement, number))
    return None if beyond else timing


def _timing(ev: Evaluation, line: Timeline, n: int) -> Timing | None:
    if n == LAST:
        return line.last
    if line.then is None and line.pieces and n >= line.first_number:
        return piece_of(ev, line, n)[0] if len(line.pieces) > 1 else line.pieces[0]
    if line.by_part and line.follows is not None:
        return line.timing(numbered_as(ev, ev.plan.timelines[line.follows.timeline], n))
    return line.then


def _timing_of_restart(ev: Evaluation, line: Timeline, n: int, timing: Timing | None) -> Timing | None:
    """A cycle that begins anew after a long hold has the window of its treatment; it cites the sentence about the hold."""
    restart = ev.restarts_of(line).by_number.get(n)
    usual = timing or line.then or line.numbered.get(max(line.numbered, default=0))
    return timing if restart is None or usual is None else replace(usual, clause=restart.rule.clause)


def _plan_or_leave_out(
    ev: Evaluation, placement: BeingPlaced, timing: Timing, facts: EntryFacts, bearing: Bearing
) -> None:
    """Plan it, unless it hangs on the arm or a fact about the patient that nobody recorded yet, or on a fact that is not so."""
    if placement.line.name in ev.plan.awaits_arm:
        wait_for_the_arm(ev, placement, timing)
        return
    plan = partial(_plan, ev, placement, timing, facts, bearing)
    branch = branch_of(ev, placement.line, placement.n)
    come_after_what_was_left_out(ev, placement)
    if branch is None:
        plan()
    else:
        plan_from_the_fact_on(ev, placement, branch, plan)
        take_branch(ev, placement, branch)
    left_out_with_another(ev, placement)


def _plan(ev: Evaluation, placement: BeingPlaced, timing: Timing, facts: EntryFacts, bearing: Bearing) -> None:
    """Nominal day, floors, ideal day, window and open day; or what is still unknown."""
    placement.set_by = (timing.clause,)
    unknown = raise_for_waits(ev, placement, timing) if timing.not_before else ()
    if placement.released is not None:
        wait_for_what_precedes(ev, placement)
    elif timing.not_after:
        not_before_the_release(ev, placement, timing)
    not_before_what_was_missed(ev, placement)
    unknown += waits_for_a_decision(ev, placement, facts, bearing)
    rule = _rule(ev, placement, timing)
    if rule.latest > placement.latest:
        placement.latest = rule.latest
    if rule.looked:
        placement.looked += rule.looked
    if rule.never:
        placement.standing = CANCELLED
        placement.set_by += rule.reasons
    elif rule.day is None or unknown:
        placement.standing = PENDING
        # A treatment that goes on may end before its last planned dose: what waits for it has no earliest day yet.
        placement.nominal = rule.day if rule.actual or not isinstance(timing.moment, LastDose | EndOf) else None
        placement.set_by += (*(rule.reasons if rule.day is None else ()), *unknown)
        raise_for_delays(ev, placement, facts)
        placement.looked += (*(rule.reasons if rule.day is not None else ()), *placement.floor_reasons)
    else:
        placement.nominal = rule.day
        placement.steps = (Step(timing.moment, rule.reasons, rule.counted, rule.day), *placement.steps)
        if facts.delayed is not None or facts.attempts:
            raise_for_delays(ev, placement, facts)
        if rule.created is not None:
            wait_for_creation(ev, placement, rule.day, rule.created, timing)
        wait_for_the_rest(ev, placement, timing, rule.day, bearing)
        if timing.hours is not None:
            placement.window_days = days_of_window(timing.hours, rule, ev.site.zone_on)
        put_on_planned_day(ev, placement, timing, rule.day, rule.reasons, facts, bearing)
        keep_to_the_clock(placement, timing, rule)
        _look_at_its_dose(ev, placement)


def _look_at_its_dose(ev: Evaluation, placement: BeingPlaced) -> None:
    """What goes together with another treatment, or is written after its doses, hangs on what became of them."""
    if placement.line.together_with is not None:
        _look_at_the_other(ev, placement, ev.plan.timelines[placement.line.together_with])
    elif placement.line.kind == "diary":
        no_diary_without_its_dose(ev, placement)
    elif placement.line.role is _VISIT:
        leave_out_without_its_dose(ev, placement)


def _rule(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> Answer:
    """Where the rule alone puts it; a sample of a later day by the clock, once the time of its dose is known."""
    line, n, cycle_day = placement.line, placement.n, placement.cycle_day
    rule = nominal(ev, line, timing, n, cycle_day)
    return rule if line.sheet is None else day_by_the_clock(ev, line, n, cycle_day, rule)


def _look_at_the_other(ev: Evaluation, placement: BeingPlaced, other: Timeline) -> None:
    """What goes together with another treatment looks at where that one is around its own day."""
    days = [day for day in (placement.ideal, placement.day, placement.first, placement.last) if day is not None]
    for each in occurrences(ev, other):
        if days and each.day is not None and min(days) <= each.day <= max(days):
            placement.looked += (ev.after(each.id),)
            placement.reach(each.latest)


def _look_at_what_was_taken_back(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts) -> None:
    """Without the events that struck or corrected something here, the occurrence would stand otherwise."""
    numbers = list(facts.withdrawn)
    day = placement.day
    timing = placement.timing
    moments = [timing.moment, *(edge.moment for edge in timing.not_after)] if timing is not None else []
    names = {"", placement.line.name, *(getattr(moment, "timeline", "") for moment in moments)}
    names |= {drug for name in names for drug in ev.plan.drugs.get(name, ())}
    for gone in ev.course.taken_back:
        # What comes later can still tell that nobody recorded a dose, or that it was given during a hold.
        later = placement.standing in (PLANNED, DONE) and placement.line.role is Role.TREATMENT
        bears = day is None or gone.day <= day or later
        if bears and gone.treatment in names:
            numbers += gone.by
    if placement.line.kind == "scan":
        # An assessment asks for a scan that confirms it, and one that is there already says that it does.
        numbers += ev.course.dates_taken_back.get("progression", ())
    placement.looked += tuple(ev.event(number) for number in numbers)
    if numbers:
        placement.reach(max(numbers))


def _gather(ev: Evaluation, line: Timeline) -> Bearing:
    """What bears on a timeline."""
    if line.role not in (Role.TREATMENT, _CYCLES) and line.together_with is None:
        return Bearing(days_for(ev.site, line, None), [], ev.stop(line), [], ())
    holds, stop, reports = ev.holds(line), ev.stop(line), ev.course.reports.get(line.name, [])
    cuts = {change.day for change in ev.course.levels.get(line.name, ())}
    for hold in holds:
        cuts |= {hold.start} if hold.end is None else {hold.start, hold.end}
    for report in reports:
        cuts |= {report.first, report.last + 1}
    if stop is not None:
        cuts.add(stop.day)
    # Of what is taken as needed nobody knows whether any was taken that day.
    taken_today = _taken_today(ev, holds) if line.has_days and not line.as_needed else {}
    cuts |= {day for each in taken_today for day in (each, each + 1)}
    given_on: frozenset[Day] | None = None
    if line.together_with is not None:
        other = ev.plan.timelines[line.together_with]
        given_on = frozenset(each.day for each in occurrences(ev, other) if each.day is not None)
    if line.gives and any(is_own(line, give) for give in line.gives):
        cuts |= days_of_the_body(ev.course) | days_of_bands(ev, line)
    days = days_for(ev.site, line, given_on)
    starts = _starts(ev, line) if line.role in (Role.TREATMENT, _CYCLES) else ()
    has_end = line.has_days and bool(limits_of(line))
    ends, waits = (partial(last_dosing_day, ev, line), partial(ends_that_wait, ev, line)) if has_end else (None, tuple)
    alike_from = max(cuts, default=0) if stop is None and line.has_days and _goes_on_alike(ev, line, holds) else None
    gaps, mixed = _gaps(ev, line, starts), [start[1] for start in starts] != sorted(start[1] for start in starts)
    return Bearing(
        days, holds, stop, reports, tuple(sorted(cuts)), starts, alike_from, gaps, mixed, ends, taken_today, waits
    )


def _gaps(ev: Evaluation, line: Timeline, starts: tuple[tuple[Day, int, Fact], ...]) -> tuple[int, ...]:
    """The numbers that recorded ones have passed over: not given, and of one of them at least nobody said that it was not."""
    highest = max((number for _, number, _ in starts), default=0)
    entries = ev.course.entries
    told = (entries.get(f"{line.name}.{number}", NOTHING_KNOWN) for number in range(line.first_number, highest))
    passed = [(number, facts) for number, facts in enumerate(told, line.first_number) if facts.done is None]
    silent = any(facts.not_done is None for _, facts in passed)
    return tuple(number for number, _ in passed) if silent else ()


def _taken_today(ev: Evaluation, holds: list[Hold]) -> dict[Day, Fact]:
    """The days on which dosing stopped after that day's dose: it was taken, whatever else stopped on the day."""
    stopped = (*(hold.opened for hold in holds), *ev.course.ends_of_treatment)
    return {fact.day: fact for fact in stopped if getattr(fact.event, "today_taken", False)}


def _goes_on_alike(ev: Evaluation, line: Timeline, holds: list[Hold]) -> bool:
    """True where nothing bears on dosing days after the last change: no open hold, no absence, no dose of one day only."""
    one_dose = len(line.gives) == 1 and not line.gives[0].prescribed and not is_own(line, line.gives[0])
    over = all(hold.end is not None and not hold.discontinued for hold in holds)
    omits = line.ladder is not None and line.ladder.omits_at_last
    plain = line.held_days is HeldDays.LOST and not line.long_holds and not omits
    return one_dose and over and plain and not ev.course.away and not ev.course.taken_back


def _starts(ev: Evaluation, line: Timeline) -> tuple[tuple[Day, int, Fact], ...]:
    """The recorded starts of a treatment's cycles, by day and number."""
    numbers = range(1, ev.course.highest.get(line.name, 0) + 1)
    recorded = ((n, ev.course.about(f"{line.name}.{n}").done) for n in numbers)
    starts = [(day_one_by(ev, line, n, done), n, done) for n, done in recorded if done is not None]
    return tuple(sorted(starts, key=day_and_number))

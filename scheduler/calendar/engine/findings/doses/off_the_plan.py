"""Recorded doses beside the plan: too early, after the end of treatment, more than the protocol has.

They stand and count as any others. Here they are flagged, with what the protocol says, once all occurrences have their days.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.calendar.engine.dosing.dose_in_force import omitting, reasons_of_omitting
from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.occurrences import counts_from_previous
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.calendar.engine.findings.doses.rests import tell_of_rests
from scheduler.calendar.engine.moments.fractions_of_a_day import makes_one_up
from scheduler.calendar.engine.moments.limits_by_date import (
    cycle_to_finish,
    end_of_limit,
    goes_on_beyond,
    is_event,
    stops_starts_on,
)
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.moments.waits import wait_answer
from scheduler.calendar.engine.placing.cancelled.branches import flag_not_called_for
from scheduler.calendar.engine.placing.waits.after_a_rest import late_session
from scheduler.calendar.entries.because import After
from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import Day, Span, civil_date
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import Role
from scheduler.protocol.plan.times.moments import RANDOMISATION, DayOf, LastDayOf
from scheduler.protocol.plan.times.timing import DateLimit, Timing
from scheduler.said import Code, Quoted, Said, Value, said

TOO_EARLY, BEYOND_LIMIT, WHILE_OMITTED = "too-early", "beyond-limit", "given-while-omitted"


def flagged_off_the_plan(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> dict[str, list[Placement]]:
    """All occurrences, with what was done otherwise than the plan has it flagged, and against which of its sentences."""
    return {
        name: [
            _flagged(ev, each, each.day) if each.standing is DONE and each.day is not None else each
            for each in placements
        ]
        for name, placements in by_line.items()
    }


def _flagged(ev: Evaluation, placement: Placement, day: Day) -> Placement:
    is_treatment = ev.plan.timelines[placement.line.name].role is Role.TREATMENT
    if not is_treatment and not ev.plan.has_branches and _has_its_own_check(placement):
        return placement
    again = BeingPlaced.again(placement)
    _too_early(ev, again, day)
    if ev.plan.has_branches:
        flag_not_called_for(ev, again)
    if is_treatment:
        _after_the_end(ev, again, day)
        tell_of_rests(ev, again, day)
        _beyond_limits(ev, again, day)
        _while_omitted(ev, again, day)
    put = again.placed()
    return placement if put == placement else ev.keep(put)


def _has_its_own_check(placement: Placement | BeingPlaced) -> bool:
    """True where a window says how early it may be, or no sentence says it."""
    return placement.timing is None or (placement.first is not None and placement.last is not None)


def _too_early(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    """Check "on or after", "at least ... after" and "not before" as windows are. Where there is a window, it is the check."""
    timing = placement.timing
    if timing is None or _has_its_own_check(placement):
        return
    broken: list[Said] = []
    if (
        timing.open_ended
        and placement.nominal is not None
        and day < placement.nominal
        and _is_too_early(ev, placement, day)
    ):
        earliest = Code(f"{civil_date(placement.nominal)}")
        broken.append(said("before its earliest day by the protocol, {day}", day=earliest))
    for edge in timing.not_before:
        if _in_hours(edge.span):
            continue
        wait = wait_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
        if wait.day is not None and day < wait.day:
            broken.append(_before(_tablets_running(ev, placement, edge.moment), edge.words, wait.day))
        if wait.created is not None or (wait.day is not None and day < wait.day):
            # What released a wait made this dose timely, or not.
            _look_at(placement, wait)
    broken += _after_a_rest(ev, placement, timing, day)
    if broken:
        placement.flags += (Flag.TOO_EARLY,)
    for what in broken:
        about: dict[str, Value] = {"entry": Code(placement.id), "day": Code(f"{civil_date(day)}"), "what": what}
        message = said("{entry} was given on {day}, {what}", **about)
        if placement.line.role is not Role.TREATMENT:
            message = said("{entry} was done on {day}, {what}", **about)
        placement.findings += (_finding(TOO_EARLY, message, said("say why in the record"), placement),)


def _is_too_early(ev: Evaluation, placement: BeingPlaced, day: Day) -> bool:
    """True where no other reason says that it may be before its earliest day.

    Numbers out of order are told by themselves; one more on a day may make up for a missed fraction; hours that are too few are
    told with the times of both, unless it is one more than the day has.
    """
    if _was_overtaken(ev, placement, day):
        return False
    line, timing = placement.line, placement.timing
    same_day = placement.n > line.first_number and ev.place(line, placement.n - 1).day == day
    if same_day:
        return not makes_one_up(ev, placement)
    return timing is None or not _in_hours(timing.span)


def _in_hours(span: Span | None) -> bool:
    """Hours are told as a deviation with the times of both, and not by the day."""
    return span is not None and span.hours is not None


def _after_a_rest(ev: Evaluation, placement: BeingPlaced, timing: Timing, day: Day) -> list[Said]:
    """Why a fraction came too soon after the session that completed an earlier one."""
    bearing = ev.bearings.get(placement.line)
    late = late_session(ev, placement, timing, bearing) if bearing is not None else None
    if late is None:
        return []
    placement.looked += ev.events(late.fact)
    placement.reach(latest_of(late.fact))
    if day >= late.next_day:
        return []
    assert timing.span is not None
    span, day_of_rest = span_in_words(timing.span), Code(f"{civil_date(late.fact.day)}")
    return [said("less than {span} after the rest of {of}, {day}", span=span, of=Code(late.of), day=day_of_rest)]


def _was_overtaken(ev: Evaluation, placement: BeingPlaced, day: Day) -> bool:
    """True where the number before was given later: numbers out of order are told by themselves."""
    if not counts_from_previous(placement.line, placement.n) or placement.n <= placement.line.first_number:
        return False
    before = ev.place(placement.line, placement.n - 1)
    return before.day is not None and before.day > day


def _before(running: str | None, words: str, day: Day) -> Said:
    moment, on = Quoted(words, "en"), Code(f"{civil_date(day)}")
    if running is None:
        return said("before {moment}, {day}", moment=moment, day=on)
    return said("while {treatment} was taken, before {moment}, {day}", treatment=Code(running), moment=moment, day=on)


def _tablets_running(ev: Evaluation, placement: BeingPlaced, moment: object) -> str | None:
    if not isinstance(moment, DayOf | LastDayOf) or moment.timeline == placement.line.name:
        return None
    return moment.timeline if ev.plan.timelines[moment.timeline].has_days else None


def _after_the_end(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    end = end_of_treatment_line(ev.course, placement.line.name)
    if end is None or (day < end.day and len(end.fact.numbers) == 1):
        # An end that was corrected may have stood before this dose.
        return
    placement.looked += ev.events(*end.facts)
    placement.reach(latest_of(*end.facts))
    if day >= end.day:
        placement.flags += (Flag.AFTER_END,)


def _beyond_limits(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    """More doses than the protocol has, or one after the day up to which it has them."""
    line = placement.line
    if placement.timing is None:
        limit = next(iter(line.counts), None)
        about: dict[str, Value] = {"entry": Code(placement.id), "day": Code(f"{civil_date(day)}")}
        message = said("{entry} was given on {day}; the protocol has no such number", **about)
        if limit is not None:
            rule = Quoted(limit.clause.text, "en")
            message = said("{entry} was given on {day}; the protocol has {rule}", **about, rule=rule)
        placement.flags += (Flag.NOT_PLANNED,)
        placement.findings += (_finding(BEYOND_LIMIT, message, said("say why in the record"), placement),)
        for number in range(line.first_number, placement.n):
            # If one of these had not been used, this one would have its place.
            before = ev.place(line, number)
            placement.looked += (ev.after(before.id),)
            placement.reach(before.latest)
        return
    for date_limit in limits_of(line):
        end = end_of_limit(ev, line, date_limit, placement.n)
        if end.day is None or goes_on_beyond(ev, date_limit):
            continue
        if not _is_over(ev, placement, date_limit, end, day):
            if _was_put_off(ev, placement, end, day):
                _look_at(placement, end)
            continue
        if line.before_randomisation and not end.actual and date_limit.edge.moment == RANDOMISATION:
            # Nobody is randomised yet: a run-in goes on until then, whenever it was due.
            continue
        message = said(
            "{entry} was given on {day}; the protocol has it until {rule}",
            entry=Code(placement.id),
            day=Code(f"{civil_date(day)}"),
            rule=Quoted(date_limit.clause.text, "en"),
        )
        placement.flags += (Flag.NOT_PLANNED,)
        placement.findings += (_finding(BEYOND_LIMIT, message, said("say why in the record"), placement),)
        _look_at(placement, end)


def _was_put_off(ev: Evaluation, placement: BeingPlaced, end: Answer, day: Day) -> bool:
    """Whether what ends the treatment came later than planned, and this dose would have been after it but for that."""
    if not end.actual or end.day is None:
        return False
    last = day + max(1, placement.line.last_day(placement.counts_as)) - 1
    for name in (reason.entry for reason in end.reasons if isinstance(reason, After)):
        line, _, n = name.rpartition(".")
        if line in ev.plan.timelines and n.isdecimal():
            ends = ev.place(ev.plan.timelines[line], int(n))
            if ends.day is not None and ends.ideal is not None and end.day - (ends.day - ends.ideal) < last:
                return True
    return False


def _while_omitted(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    """A dose on a day of a level at which the drug is omitted."""
    change = omitting(ev, placement.line, day) if not placement.line.has_days else None
    if change is None:
        return
    message = said(
        "{entry} was given on {day}; at dose level {level} it is omitted",
        entry=Code(placement.id),
        day=Code(f"{civil_date(day)}"),
        level=change.level,
    )
    placement.flags += (Flag.NOT_PLANNED,)
    placement.findings += (_finding(WHILE_OMITTED, message, said("say why in the record"), placement),)
    placement.looked += reasons_of_omitting(ev, placement.line, change)
    placement.reach(latest_of(change.fact))


def _is_over(ev: Evaluation, placement: BeingPlaced, limit: DateLimit, end: Answer, day: Day) -> bool:
    assert end.day is not None
    cycle = cycle_to_finish(ev, placement.line, placement.n, limit)
    if cycle is not None and cycle.day is not None:
        # It belongs to a cycle that the protocol gives to its end: only where that began after it, it is over.
        day = cycle.day
    if is_event(limit):
        return end.actual and day > stops_starts_on(ev, placement.line, limit, end)
    if limit.before:
        return day >= end.day
    return min(day, placement.ideal or day) > end.day


def _look_at(placement: BeingPlaced, bound: Answer) -> None:
    placement.looked += (*bound.reasons, *bound.looked)
    placement.reach(bound.latest)


def _finding(code: str, message: Said, hint: Said, placement: BeingPlaced) -> Finding:
    return Finding.of(code, Severity.WARNING, message, hint, entry=placement.id)

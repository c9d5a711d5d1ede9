"""The dosing days of one cycle, as runs of days that are alike in dose and status.

Days inside a hold are held, never made up where the protocol says they are lost, and the cycle's days go on counting. A report
of what was taken wins over everything; a stop takes the rest of the days away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from scheduler.calendar.because import Because, Event, Reason, distinct
from scheduler.calendar.cycle_days import date_of_cycle_day, dosing_ranges
from scheduler.calendar.doses import doses_on
from scheduler.calendar.entry import Dose, Flag, Run, Status
from scheduler.calendar.evaluation import Evaluation
from scheduler.calendar.placement import Placement, Standing
from scheduler.calendar.stops import Stop
from scheduler.dates import Day
from scheduler.patient.course import Hold, Report
from scheduler.patient.events import Taken, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan import HeldDays


def runs_of(ev: Evaluation, placement: Placement) -> tuple[Run, ...]:
    """The runs of a cycle that was started or is planned; none for one that will not be."""
    remembered = ev.runs.get(placement.id)
    if remembered is None:
        remembered = ev.runs[placement.id] = tuple(_runs(ev, placement))
    return remembered


@dataclass(frozen=True, slots=True)
class _Facts:
    """What bears on the days of one cycle."""

    holds: list[Hold]
    stop: Stop | None
    next_start: Fact | None
    reports: list[Report]
    cuts: frozenset[Day]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive days of the cycle: the number of the first, and its date and that of the last."""

    cycle_day: int
    first: Day
    last: Day


def _runs(ev: Evaluation, placement: Placement) -> Iterator[Run]:
    if placement.day is None or placement.standing not in (Standing.PLANNED, Standing.DONE, Standing.NOT_DONE):
        return
    facts = _facts_of(ev, placement)
    for stretch in _stretches(ev, placement):
        for part in _cut(stretch, facts.cuts):
            yield _run(ev, placement, facts, part)


def _facts_of(ev: Evaluation, placement: Placement) -> _Facts:
    name = placement.line.name
    holds = ev.holds(placement.line)
    stop = ev.stop(placement.line)
    reports = ev.course.reports.get(name, [])
    following = ev.course.about(f"{name}.{placement.n + 1}").done
    cuts = {change.day for change in ev.course.levels.get(name, ())}
    for hold in holds:
        cuts |= {hold.start} if hold.end is None else {hold.start, hold.end}
    for report in reports:
        cuts |= {report.first, report.last + 1}
    if stop is not None:
        cuts.add(stop.day)
    if placement.standing is Standing.DONE and placement.day is not None:
        cuts.add(placement.day + 1)
    if following is not None:
        cuts.add(following.event.on.toordinal())
    return _Facts(holds, stop, following, reports, frozenset(cuts))


def _stretches(ev: Evaluation, placement: Placement) -> Iterator[_Stretch]:
    start = placement.day or 0
    for first, last in dosing_ranges(placement.line, placement.n):
        if placement.line.held_days is HeldDays.LOST:
            yield _Stretch(first, start + first - 1, start + last - 1)
        else:
            yield from _made_up(ev, placement, first, last)


def _made_up(ev: Evaluation, placement: Placement, first: int, last: int) -> Iterator[_Stretch]:
    open_stretch: _Stretch | None = None
    for number in range(first, last + 1):
        day, _ = date_of_cycle_day(ev, placement, number)
        if day is None:
            break
        if open_stretch is not None and day == open_stretch.last + 1:
            open_stretch = _Stretch(open_stretch.cycle_day, open_stretch.first, day)
        else:
            if open_stretch is not None:
                yield open_stretch
            open_stretch = _Stretch(number, day, day)
    if open_stretch is not None:
        yield open_stretch


def _cut(stretch: _Stretch, cuts: frozenset[Day]) -> Iterator[_Stretch]:
    first = stretch.first
    inside = sorted(day for day in cuts if stretch.first < day <= stretch.last)
    for following in (*inside, stretch.last + 1):
        yield _Stretch(stretch.cycle_day + first - stretch.first, first, following - 1)
        first = following


def _run(ev: Evaluation, placement: Placement, facts: _Facts, part: _Stretch) -> Run:
    doses, reasons = doses_on(ev, placement.line, placement.n, part.cycle_day, part.first)
    status, why, flags, partial = _status(ev, placement, facts, part.first)
    if status in (Status.HELD, Status.CANCELLED, Status.NOT_DONE):
        doses = ()
    elif partial is not None:
        doses = (partial,)
    set_by = (ev.after(placement.id), *why, *reasons)
    looked = _looked_at(ev, placement, facts, part)
    numbers = [reason.number for reason in (*set_by, *looked) if isinstance(reason, Event)]
    because = Because(set_by, looked, max(numbers, default=0))
    return Run(
        part.cycle_day,
        part.cycle_day + part.last - part.first,
        date.fromordinal(part.first),
        date.fromordinal(part.last),
        doses,
        status,
        because,
        flags,
    )


def _status(
    ev: Evaluation, placement: Placement, facts: _Facts, day: Day
) -> tuple[Status, tuple[Reason, ...], tuple[Flag, ...], Dose | None]:
    """How one day stands, what set that, its flags, and the amount where a report states another than was due."""
    hold = next((hold for hold in facts.holds if hold.start <= day and (hold.end is None or day < hold.end)), None)
    during_hold = (Flag.GIVEN_DURING_HOLD,) if hold is not None else ()
    report = next((each for each in reversed(facts.reports) if each.first <= day <= each.last), None)
    if report is not None:
        if not report.taken:
            return Status.NOT_DONE, ev.events(report.fact), (), None
        return Status.DONE, ev.events(report.fact), during_hold, _amount_taken(report, placement)
    if placement.standing is Standing.NOT_DONE:
        return Status.NOT_DONE, (), (), None
    if placement.standing is Standing.DONE and day == placement.day:
        return Status.DONE, (), during_hold, None
    if facts.stop is not None and day >= facts.stop.day:
        return Status.CANCELLED, ev.events(facts.stop.fact), (), None
    if facts.next_start is not None and day >= facts.next_start.event.on.toordinal():
        # The next cycle was started before this one was over: nobody takes the tablets of both.
        return Status.CANCELLED, ev.events(facts.next_start), (), None
    broken_off = next((each for each in facts.holds if each.discontinued and each.start <= day), None)
    if broken_off is not None and (placement.day or 0) < broken_off.start:
        # A cycle that was broken off stays closed, also when the treatment is taken up again.
        return Status.CANCELLED, ev.events(broken_off.opened), (), None
    if hold is not None:
        return Status.HELD, ev.events(*hold.facts), (), None
    return Status.PLANNED, (), (), None


def _amount_taken(report: Report, placement: Placement) -> Dose | None:
    amount = cast(Taken, report.fact.event).amount
    if amount is None:
        return None
    number, unit = parse_amount(amount)
    return Dose(number, unit)


def _looked_at(ev: Evaluation, placement: Placement, facts: _Facts, part: _Stretch) -> tuple[Reason, ...]:
    """Facts without which these days would stand otherwise: the ends of earlier holds, and what a report overrides."""
    looked: list[Reason] = []
    for hold in facts.holds:
        if hold.start <= part.first:
            looked += ev.events(*hold.facts)
    for report in facts.reports:
        if report.first <= part.first <= report.last:
            looked += ev.events(report.fact)
    if facts.stop is not None and facts.stop.day <= part.first:
        looked += ev.events(facts.stop.fact)
    for gone in ev.course.taken_back:
        if gone.day <= part.last and gone.treatment in ("", placement.line.name):
            looked += [ev.event(number) for number in gone.by]
    return distinct(looked)

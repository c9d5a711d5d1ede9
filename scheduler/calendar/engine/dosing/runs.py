"""The dosing days of one cycle, as runs of days that are alike in dose and status.

Days inside a hold are held, never made up where the protocol says they are lost, and the cycle's days go on counting. A report
of what was taken wins over everything; a stop takes the rest of the days away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.calendar.engine.dosing.as_given import Doses, doses_as_given
from scheduler.calendar.engine.dosing.cycle_days import Stretch, cut_stretch, date_of_cycle_day, dosing_ranges, joined
from scheduler.calendar.engine.dosing.dose_in_force import (
    doses_of,
    left_out_on,
    orders_of,
    overrides,
    reasons_of_omitting,
)
from scheduler.calendar.engine.dosing.first_tablets import day_of_first_tablet, is_first_taken
from scheduler.calendar.engine.dosing.looked_at import and_what_its_end_waits_for, facts_looked_at
from scheduler.calendar.engine.dosing.own_doses import is_own
from scheduler.calendar.engine.dosing.taken_doses import amount_by_times, amount_taken, due_instead, is_double
from scheduler.calendar.engine.evaluation.circumstances import Alike, Bearing, LastDay, day_and_number
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE, PLANNED, Placement
from scheduler.calendar.entries.because import Because, Event, Reason, distinct, highest
from scheduler.calendar.entries.entry import Dose, Flag, Run, Status
from scheduler.dates import Day, civil_date
from scheduler.patient.course import Hold
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import HeldDays

_HELD, _CANCELLED, _NOT_DONE = Status.HELD, Status.CANCELLED, Status.NOT_DONE
_DONE, _PLANNED = Status.DONE, Status.PLANNED
_LOST = HeldDays.LOST
_DURING_HOLD, _AFTER_END = (Flag.GIVEN_DURING_HOLD,), (Flag.AFTER_END,)


def runs_of(ev: Evaluation, placement: Placement) -> tuple[Run, ...]:
    """The runs of a cycle that was started or is planned; none for one that will not be."""
    remembered = ev.runs.get(placement.id)
    if remembered is None:
        found = tuple(_runs(ev, placement))
        # A body value may change nothing: days on which all is as before are one run with those before them.
        own = any(is_own(placement.line, give) for give in placement.line.gives)
        remembered = ev.runs[placement.id] = joined(found) if own or orders_of(ev, placement).days else found
    return remembered


class _NextStart(NamedTuple):
    """The start of another cycle before this one is over, and the fact that says so."""

    day: Day
    fact: Fact


def _next_start(ev: Evaluation, placement: Placement, booked: Fact | None) -> _NextStart | None:
    """The first start after this one, recorded, or booked for the next cycle: nobody takes the tablets of both."""
    start = (placement.day or 0, placement.n)
    recorded = ev.bearings[placement.line].starts
    if booked is None and placement.standing is DONE:
        # They are in order: the first with a later day, or with the same day and a higher number.
        index = bisect_left(recorded, (start[0], start[1] + 1))
        return _NextStart(recorded[index][0], recorded[index][2]) if index < len(recorded) else None
    if (
        booked is None
        and ev.course.highest.get(placement.line.name, 0) <= placement.n
        and (not recorded or recorded[-1][0] < start[0])
    ):
        return None
    starts = list(recorded)
    if booked is not None:
        following = ev.place(placement.line, placement.n + 1)
        if following.standing is PLANNED and following.day is not None:
            starts.append((following.day, following.n, booked))
    if placement.standing is PLANNED:
        # Nobody recorded this one, and a later one was started before it would be.
        starts = [(max(day, start[0]), n, fact) if n > placement.n else (day, n, fact) for day, n, fact in starts]
    later = [each for each in starts if each[:2] > start]
    if not later:
        return None
    day, _, fact = min(later, key=day_and_number)
    return _NextStart(day, fact)


def _runs(ev: Evaluation, placement: Placement) -> Iterator[Run]:
    if placement.day is None or placement.standing not in (PLANNED, DONE, NOT_DONE):
        return
    bearing = ev.bearings[placement.line]
    booked = ev.course.about(f"{placement.line.name}.{placement.n + 1}").booked
    next_start = _next_start(ev, placement, booked)
    last = _ends_on(placement, bearing)
    if last is None and booked is None and _is_like_others(ev, placement, bearing, next_start):
        yield from _runs_like_others(ev, placement, bearing)
        return
    cuts = _cuts(ev, placement, bearing, next_start, last)
    for stretch in _stretches(ev, placement):
        for part in cut_stretch(stretch, cuts):
            run = _run(ev, placement, bearing, next_start, part, last)
            if not _is_no_day_of_it(placement, run, last):
                yield run


def _cuts(
    ev: Evaluation, placement: Placement, bearing: Bearing, next_start: _NextStart | None, last: LastDay | None
) -> list[Day]:
    """The days on which what bears on a cycle's days changes."""
    if placement.standing is NOT_DONE:
        # None of its days is dosed, whatever else bears on them, but for tablets that were reported as taken all the same.
        taken = [report for report in bearing.reports if report.taken]
        cuts = [day for report in taken for day in (report.first, report.last + 1)]
        cuts += [day for each in bearing.taken_today for day in (each, each + 1)]
        cuts += [next_start.day for each in taken if next_start and each.first < next_start.day <= each.last]
        return cuts
    cuts = [*bearing.cuts]
    if last is not None:
        cuts.append(last.day + 1)
    if next_start is not None:
        cuts.append(next_start.day)
    taken_first = day_of_first_tablet(ev, placement)
    if taken_first is not None:
        cuts += [taken_first + 1] if taken_first == placement.day else [taken_first, taken_first + 1]
    return cuts


def _is_no_day_of_it(placement: Placement, run: Run, last: LastDay | None) -> bool:
    """True for days after the last of what is given every day: the days of such a cycle are those up to its end."""
    return (
        placement.line.every_day
        and last is not None
        and run.status is _CANCELLED
        and run.first_date > civil_date(last.day)
    )


def _ends_on(placement: Placement, bearing: Bearing) -> LastDay | None:
    """The last day that the protocol's "until" allows, where it lies before the end of this cycle's days."""
    line = placement.line
    last = bearing.last_dosing_day() if bearing.last_dosing_day is not None else None
    # Days that are made up may come later than they were planned for.
    days = line.last_day(placement.counts_as) if line.held_days is _LOST else 366
    return last if last is not None and last.day < (placement.day or 0) + days - 1 else None


def _is_like_others(ev: Evaluation, placement: Placement, bearing: Bearing, next_start: _NextStart | None) -> bool:
    """True for a cycle that began after all that bears on the treatment: only the dates of its dosing days are its own."""
    day, alike_from = placement.day or 0, bearing.alike_from
    if ev.course.late and placement.standing is DONE:
        return False
    if alike_from is None or placement.standing is NOT_DONE or day < alike_from or bearing.ends_that_wait():
        return False
    # A cycle follows after its last dosing day: only one that came earlier takes days away.
    ranges = dosing_ranges(placement.line, placement.counts_as)
    return next_start is None or not ranges or next_start.day >= day + ranges[-1][1]


def _runs_like_others(ev: Evaluation, placement: Placement, bearing: Bearing) -> Iterator[Run]:
    """The first day by itself where it is recorded, and all other days alike."""
    before, taken = (placement.day or 0) - 1, day_of_first_tablet(ev, placement)
    for begin, last in dosing_ranges(placement.line, placement.counts_as):
        first = begin
        if taken is not None and begin == taken - before < last:
            yield like_others(ev, placement, bearing, Stretch(begin, taken, taken))
            first = begin + 1
        yield like_others(ev, placement, bearing, Stretch(first, before + first, before + last))


def _alike(run: Run) -> Alike:
    reasons, looked = run.because.set_by[1:], run.because.looked_at
    return Alike(run.doses, reasons, looked, highest((*reasons, *looked), 0), run.flags)


def like_others(ev: Evaluation, placement: Placement, bearing: Bearing, part: Stretch) -> Run:
    """A run with the doses and reasons that all days have since the last change: they are worked out once."""
    like = ev.alike.of(placement.line, lambda: _alike(_run(ev, placement, bearing, None, part)))
    return Run(
        part.cycle_day,
        part.cycle_day + part.last - part.first,
        civil_date(part.first),
        civil_date(part.last),
        like.doses,
        _DONE if is_first_taken(ev, placement, part.first) else _PLANNED,
        Because((ev.after(placement.id), *like.reasons), like.looked, max(like.latest, placement.latest)),
        like.flags,
    )


def _stretches(ev: Evaluation, placement: Placement) -> Iterator[Stretch]:
    begin = ev.restarts_of(placement.line).first_day(placement.n) if placement.line.long_holds else 1
    start = (placement.day or 0) - begin + 1
    for lowest, last in dosing_ranges(placement.line, placement.counts_as):
        first = max(lowest, begin)
        if last < begin:
            continue
        if placement.line.held_days is _LOST:
            yield Stretch(first, start + first - 1, start + last - 1)
        else:
            yield from _made_up(ev, placement, first, last)


def _made_up(ev: Evaluation, placement: Placement, first: int, last: int) -> Iterator[Stretch]:
    open_stretch: Stretch | None = None
    for number in range(first, last + 1):
        day, moved_by = date_of_cycle_day(ev, placement, number)
        if day is None:
            break
        if open_stretch is not None and day == open_stretch.last + 1:
            open_stretch = open_stretch._replace(last=day)
        else:
            if open_stretch is not None:
                yield open_stretch
            open_stretch = Stretch(number, day, day, moved_by)
    if open_stretch is not None:
        yield open_stretch


def _run(
    ev: Evaluation,
    placement: Placement,
    bearing: Bearing,
    next_start: _NextStart | None,
    part: Stretch,
    last: LastDay | None = None,
) -> Run:
    doses, reasons = doses_of(ev, placement, part.cycle_day, part.first)
    status, why, flags, partial = _status(ev, placement, bearing, next_start, part.first)
    due: tuple[Dose, ...] = ()
    looked = facts_looked_at(ev, placement, bearing, part)
    ends = last is not None and (placement.line.every_day or part.first > last.day)
    if last is not None and part.first > last.day:
        looked = [*looked, *last.looked]
        if status is _DONE:
            flags, looked = (*flags, Flag.NOT_PLANNED), [*looked, *last.reasons]
        elif status is not _CANCELLED:
            status, why, looked, partial = _CANCELLED, last.reasons, [*why, *looked], None
    following = f"{placement.line.name}.{placement.n + 1}"
    about = ev.course.about(following)
    if about.booked is not None or about.withdrawn:
        looked.append(ev.after(following))
    if status in (_HELD, _CANCELLED, _NOT_DONE):
        # What would have been taken was looked at; what took it away is the reason.
        doses, reasons, looked = (), (), [*reasons, *looked]
    else:
        if partial is None and status is _DONE and ev.course.late:
            doses, reasons = _as_given(ev, placement, bearing, part, (doses, reasons))
        if partial is None and status is _DONE:
            partial = amount_by_times(reversed(bearing.reports), part.first, doses)
    if partial is not None and status is _DONE:
        flags = (*flags, Flag.OVERDOSE) if is_double(partial, doses) else flags
        due = due_instead((partial,), doses)
        doses = (partial,)
    flags = (*flags, *_flags_of_doses(ev, status, doses, reasons))
    if last is not None and ends and part.first <= last.day:
        # Its days are those up to the end: what ends it says how many they are.
        reasons = (*reasons, *last.reasons)
    latest = max(placement.latest, last.latest) if last is not None else placement.latest
    looked, latest = and_what_its_end_waits_for(bearing, looked, latest)
    set_by = distinct((ev.after(placement.id), *why, *ev.events(*part.moved_by), *reasons))
    looked_at = distinct(looked, set_by) if looked else ()
    steps = last.steps if last is not None and ends else ()
    because = ev.because(set_by, looked_at, highest((*set_by, *looked_at), latest), steps)
    return Run(
        part.cycle_day,
        part.cycle_day + part.last - part.first,
        civil_date(part.first),
        civil_date(part.last),
        doses,
        status,
        because,
        flags,
        due,
    )


def _flags_of_doses(
    ev: Evaluation, status: Status, doses: tuple[Dose, ...], reasons: tuple[Reason, ...]
) -> Iterator[Flag]:
    if ev.course.overridden and overrides(ev, reasons):
        yield Flag.OVERRIDE
    if status is _PLANNED and any(dose.needs for dose in doses):
        yield Flag.VALUE_NEEDED


def _as_given(ev: Evaluation, placement: Placement, bearing: Bearing, part: Stretch, now: Doses) -> Doses:
    """The doses of days that somebody recorded, by what was known then."""
    day = part.first
    reported = (report.fact for report in reversed(bearing.reports) if report.first <= day <= report.last)
    started = ev.course.about(placement.id).done if day == placement.day else None
    fact = next(reported, started or bearing.taken_today.get(day))
    if fact is None:
        return now
    return doses_as_given(ev, placement, part.cycle_day, day, fact, f"{placement.id}.{part.cycle_day}")


def _status(
    ev: Evaluation, placement: Placement, bearing: Bearing, next_start: _NextStart | None, day: Day
) -> tuple[Status, tuple[Reason, ...], tuple[Flag, ...], Dose | None]:
    """How one day stands, what set that, its flags, and the amount where a report states another than was due."""
    hold, broken_off = _hold_on(bearing.holds, placement, day)
    during_hold = _beside_the_plan(bearing, hold, day)
    if placement.standing is NOT_DONE and not _is_reported_as_taken(bearing, day):
        return _NOT_DONE, (), (), None
    if next_start is not None and day >= next_start.day:
        # Another cycle was started before this one was over: nobody takes the tablets of both.
        status = _NOT_DONE if placement.standing is NOT_DONE else _CANCELLED
        return status, ev.events(next_start.fact), (), None
    for report in reversed(bearing.reports):
        if report.first <= day <= report.last:
            if not report.taken:
                status, why = _unrecorded(ev, bearing, hold, broken_off, day)
                # Who is told to take nothing, and takes nothing, has missed nothing.
                return (status, why, (), None) if why else (_NOT_DONE, ev.events(report.fact), (), None)
            return _DONE, ev.events(report.fact), during_hold, amount_taken(report)
    if is_first_taken(ev, placement, day):
        return _DONE, (), during_hold, None
    if day in bearing.taken_today and not placement.line.as_needed:
        return _DONE, ev.events(bearing.taken_today[day]), during_hold, None
    status, why = _unrecorded(ev, bearing, hold, broken_off, day)
    omitted = left_out_on(ev, placement, day) if status is _PLANNED else None
    if omitted is not None:
        return _CANCELLED, reasons_of_omitting(ev, placement.line, omitted), (Flag.OMITTED,), None
    return status, why, (), None


def _unrecorded(
    ev: Evaluation, bearing: Bearing, hold: Hold | None, broken_off: Hold | None, day: Day
) -> tuple[Status, tuple[Reason, ...]]:
    """How a day stands that nobody reported."""
    if bearing.stop is not None and day >= bearing.stop.day:
        return _CANCELLED, ev.events(bearing.stop.fact)
    if broken_off is not None:
        # A cycle that was broken off stays closed, also when the treatment is taken up again.
        return _CANCELLED, ev.events(broken_off.opened)
    if hold is not None:
        return _HELD, _all_holds_on(ev, bearing.holds, day)
    return _PLANNED, ()


def _beside_the_plan(bearing: Bearing, hold: Hold | None, day: Day) -> tuple[Flag, ...]:
    """What is to be said of a dose that was taken after the end, or during a hold."""
    stop = bearing.stop
    if stop is not None and day >= stop.day and not stop.is_absence:
        return _AFTER_END
    if hold is None:
        return ()
    return _AFTER_END if hold.is_end else _DURING_HOLD


def _is_reported_as_taken(bearing: Bearing, day: Day) -> bool:
    return day in bearing.taken_today or any(each.taken and each.first <= day <= each.last for each in bearing.reports)


def _hold_on(holds: list[Hold], placement: Placement, day: Day) -> tuple[Hold | None, Hold | None]:
    """The hold that a day falls into, and the discontinuation that broke its cycle off."""
    on_day = broken_off = None
    for hold in holds:
        if hold.start > day:
            break
        if on_day is None and (hold.end is None or day < hold.end):
            on_day = hold
        if broken_off is None and hold.discontinued and (hold.end is None or (placement.day or 0) < hold.end):
            broken_off = hold
    return on_day, broken_off


def _all_holds_on(ev: Evaluation, holds: list[Hold], day: Day) -> tuple[Event, ...]:
    """Every hold that the day falls into: dosing resumes when all of them have ended."""
    covering = [hold for hold in holds if hold.start <= day and (hold.end is None or day < hold.end)]
    return tuple(event for hold in covering for event in ev.events_of_hold(hold))

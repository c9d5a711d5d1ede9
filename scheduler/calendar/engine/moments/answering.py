"""When is this moment? Every anchor of the language, answered for one patient."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from scheduler.calendar.engine.dosing.cycle_days import date_of_cycle_day
from scheduler.calendar.engine.evaluation.answers import Answer, known, never, of_occurrence, pending
from scheduler.calendar.engine.evaluation.branches import first_left_out
from scheduler.calendar.engine.evaluation.doses_again import dose_before, numbered_as
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.first_dose import first_dose, planned_date
from scheduler.calendar.engine.evaluation.one_chain import in_place, is_unused, last_given
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, Placement
from scheduler.calendar.engine.evaluation.restarts import Restart
from scheduler.calendar.engine.moments.births import day_of_date, unknown_date
from scheduler.calendar.engine.moments.counting import counted
from scheduler.calendar.engine.moments.fractions_of_a_day import before_it, goes_on_the_day_before, has_room
from scheduler.calendar.engine.moments.hours_over import hours_after, on_its_day
from scheduler.calendar.engine.moments.progression import iupd_scan_day, progression
from scheduler.calendar.engine.moments.treatment_ends import end_of_course, end_of_treatment, last_dose_of, with_history
from scheduler.calendar.entries.because import Count, Unknown, highest
from scheduler.dates import Day, Span, Unit, add_span, day_of_study_day, day_of_years
from scheduler.patient.episodes.followed_events import followed_events
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import (
    IUPD,
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnDate,
    OnStudyDay,
    Relative,
    StartOf,
    Which,
)
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, said

_WORKING_DAYS, _HOURS = Unit.WORKING_DAYS, Unit.HOURS
_PREVIOUS = Relative.PREVIOUS


def answer(ev: Evaluation, moment: Moment, n: int, cycle_day: int = 0) -> Answer:
    """The day of a moment, asked for by the n-th occurrence of a timeline."""
    find = _OF_AN_OCCURRENCE.get(type(moment))
    if find is not None:
        return find(ev, moment, n, cycle_day)
    return ev.answers.get(moment) or ev.answers.keep(moment, _answer_once(ev, moment))


def _answer_once(ev: Evaluation, moment: Moment) -> Answer:
    """The answer for a moment that is the same whoever asks, also where the protocol names it in several sentences."""
    found = ev.answered.get(moment)
    if found is None:
        found = ev.answered[moment] = OF_THE_PATIENT[type(moment)](ev, moment)
    return found


def edge_answer(ev: Evaluation, edge: Edge, line: Timeline, n: int, cycle_day: int = 0) -> Answer:
    """The day of an edge: a moment, or a span before or after one."""
    if type(edge.moment) not in OF_THE_PATIENT:
        return _from_moment(ev, edge.moment, n, cycle_day, edge.span, edge.sign, line)
    known = ev.edges[line.resource]
    return known.get(edge) or known.keep(edge, _shifted(ev, answer(ev, edge.moment, n), edge.span, edge.sign, line))


def _from_moment(
    ev: Evaluation, moment: Moment, n: int, cycle_day: int, span: Span | None, sign: int, line: Timeline
) -> Answer:
    """A span before or after a moment, or the moment itself."""
    if type(moment) is not StartOf:
        return _shifted(ev, answer(ev, moment, n, cycle_day), span, sign, line)
    # Most of a calendar is "28 days after the previous cycle": one answer is made for it, and not two.
    placement = dose_before(ev, line, moment, n) or placed(ev, moment, n, cycle_day)
    if isinstance(placement, Answer):
        return placement
    day = placement.day
    if day is None or span is None:
        return _on(ev, placement, day)
    if span.unit is _HOURS:
        return hours_after(ev, placement, day, span, line)
    moved = move(ev, day, span, sign)
    return _on(ev, placement, moved, counted(ev, day, moved, span, sign))


def _shifted(ev: Evaluation, moment: Answer, span: Span | None, sign: int, line: Timeline) -> Answer:
    if moment.day is None or span is None:
        return moment
    moved = move(ev, moment.day, span, sign)
    return _on_day(moment, moved, counted(ev, moment.day, moved, span, sign))


def move(ev: Evaluation, day: Day, span: Span, sign: int) -> Day:
    """The day a span before or after another; working days are those of the site, wherever the timeline is."""
    if span.unit is _WORKING_DAYS:
        return ev.site.usual.open_days_from(day, sign * span.amount)
    return add_span(day, span, sign)


def _on_day(moment: Answer, day: Day, counted: Count) -> Answer:
    """The same answer for another day, counted from its own."""
    return Answer(day, moment.reasons, moment.looked, moment.latest, moment.actual, moment.created, False, counted)


def nominal(ev: Evaluation, line: Timeline, timing: Timing, n: int, cycle_day: int = 0) -> Answer:
    """The timing applied to its moment, before any wait: where the rule alone puts the n-th occurrence."""
    if timing.every is not None:
        return _on_grid(ev, line, n)
    if line.long_holds and n in ev.restarts_of(line).by_number:
        return _on_restart(ev, line, ev.restarts_of(line).by_number[n])
    if goes_on_the_day_before(line, timing):
        return _in_its_day(ev, line, timing, n)
    return _from_moment(ev, timing.moment, n, cycle_day, timing.span, timing.sign, line)


def _in_its_day(ev: Evaluation, line: Timeline, timing: Timing, n: int) -> Answer:
    """On the day of the fraction before, while that has room for one more; else as the rule counts from it."""
    before = before_it(ev, line, n)
    if has_room(line, before):
        several = tuple(give.clause for give in line.gives if give.a_day > 1)
        its_day = on_its_day(ev, line, before[0])
        its_day = its_day._replace(reasons=(*its_day.reasons, *several))
    else:
        its_day = _from_moment(ev, timing.moment, n, 0, timing.span, timing.sign, line)
    looked = tuple(ev.after(each.id) for each in before[1:])
    return its_day._replace(
        looked=(*its_day.looked, *looked), latest=max(its_day.latest, *(each.latest for each in before), 0)
    )


def _on_restart(ev: Evaluation, line: Timeline, restart: Restart) -> Answer:
    """The resume after the hold that broke the cycle before off, once it is known with which day the new one begins."""
    reasons, latest = ev.events(*restart.facts), latest_of(*restart.facts, *restart.counted)
    if restart.day is None:
        return pending(
            (*reasons, Unknown(said("the day of its schedule that {what} goes on from", what=Code(line.name)))), latest
        )
    return known(restart.start, reasons, latest)._replace(looked=ev.events(*restart.counted))


def due(ev: Evaluation, line: Timeline, n: int) -> Answer:
    """The day an occurrence is due: by its rule and its delay, before it waits for anything."""
    timing = line.timing(n)
    if timing is None or (line.follows is not None and not line.follows.again and not line.follows.includes(n)):
        return never(())
    its_day = nominal(ev, line, timing, n, 0 if line.follows is None else line.follows.first_day_in(n))
    delayed = ev.course.about(f"{line.name}.{n}").delayed
    if delayed is None or its_day.day is None:
        return its_day
    until = cast(Any, delayed.event).until.toordinal()
    if until <= its_day.day:
        return its_day
    return known(until, (*its_day.reasons, *ev.events(delayed)), max(its_day.latest, latest_of(delayed)))


def _on_grid(ev: Evaluation, line: Timeline, n: int) -> Answer:
    """The n-th day of a fixed grid."""
    piece, base, step = piece_of(ev, line, n)
    if base.day is None:
        return base
    assert piece.every is not None
    if piece.of_each_year:
        day = day_of_years(base.day, piece.of_each_year, step)
        return _on_day(base, day, Count(base.day, Span(day - base.day), 1))
    return _on_day(base, add_span(base.day, piece.every, step), Count(base.day, piece.every, step, base.counted))


def piece_of(ev: Evaluation, line: Timeline, n: int) -> tuple[Timing, Answer, int]:
    """The grid that the n-th occurrence is on, the day that it counts from, and how many steps from there.

    Where one grid follows another, the later one counts from the last day of the earlier.
    """
    step = n - max(line.numbered, default=0)
    base = answer(ev, line.pieces[0].moment, n)
    for piece in line.pieces[:-1]:
        day = base.day
        if day is None:
            return piece, base, step
        ends = [edge_answer(ev, limit.edge, line, 0) for limit in piece.until]
        looked = (reason for end in ends for reason in (*end.reasons, *end.looked))
        base = base._replace(looked=(*base.looked, *looked), latest=max(base.latest, *(end.latest for end in ends)))
        taken = _days_in_piece(piece, day, ends)
        if taken is None or step <= taken:
            return piece, base, step
        assert piece.every is not None
        step -= taken
        counted = Count(day, piece.every, taken, base.counted)
        base = base._replace(day=add_span(day, piece.every, taken), counted=counted)
    return line.pieces[-1], base, step


def _days_in_piece(piece: Timing, base: Day, ends: list[Answer]) -> int | None:
    """How many grid days lie up to the end of this piece; None while its end is not known."""
    assert piece.every is not None
    days = [end.day for end in ends if end.day is not None]
    if not days:
        return None
    count = 0
    while add_span(base, piece.every, count + 1) <= min(days):
        count += 1
    return count


def _number(which: Which, n: int) -> int:
    if which is _PREVIOUS:
        return n - 1
    return which if type(which) is int else n


def placed(
    ev: Evaluation, moment: StartOf | DayOf | LastDayOf | IdealOf, n: int, cycle_day: int = 0
) -> Placement | Answer:
    """The occurrence that a moment names, or that there will never be one."""
    line = ev.plan.timelines[moment.timeline]
    if line.follows is not None:
        return _placed_follower(ev, line, moment.which, n, cycle_day)
    number = _number(moment.which, n)
    if number < line.first_number:
        return never(())
    if type(moment.which) is int:
        return in_place(ev, line, number)
    placement = ev.place(line, number)
    while moment.which is _PREVIOUS and number > line.first_number and _is_no_dose(placement):
        number -= 1
        placement = ev.place(line, number)
    return last_given(ev, placement, n) if moment.which is _PREVIOUS else placement


def _is_no_dose(placement: Placement) -> bool:
    """True for what the next one does not count from: a number that no dose has, and what is not for this patient."""
    return is_unused(placement) or placement.not_for_patient


def _placed_follower(ev: Evaluation, line: Timeline, which: Which, n: int, cycle_day: int) -> Placement | Answer:
    """What follows days of another's cycles is counted day by day; the one before day 1 is the last of the cycle before."""
    assert line.follows is not None
    parent = ev.plan.timelines[line.follows.timeline]
    if which is _PREVIOUS:
        previous = line.follows.before(n, cycle_day, partial(numbered_as, ev, parent))
        return ev.place(line, *previous) if previous is not None else never(())
    number = _number(which, n)
    days = line.follows.days_in(numbered_as(ev, parent, number))
    return ev.place(line, number, cycle_day if cycle_day in days else days[0]) if days else never(())


def _start_of(ev: Evaluation, moment: StartOf, n: int, cycle_day: int) -> Answer:
    placement = placed(ev, moment, n, cycle_day)
    return placement if isinstance(placement, Answer) else _on(ev, placement, placement.day)


def _on(ev: Evaluation, placement: Placement, day: Day | None, counted: Count | None = None) -> Answer:
    # Of what is left out in a row, the calendar shows the first.
    shown = first_left_out(ev, placement) if placement.not_for_patient else placement
    return of_occurrence(placement, ev.after(shown.id), day, counted)


def _day_of(ev: Evaluation, moment: DayOf, n: int, cycle_day: int) -> Answer:
    follows = ev.plan.timelines[moment.timeline].follows
    if follows is not None and follows.has_days:
        return _start_of(ev, StartOf(moment.timeline, moment.which), n, moment.day or cycle_day)
    placement = placed(ev, moment, n)
    if isinstance(placement, Answer):
        return placement
    return _on_cycle_day(ev, placement, moment.day or cycle_day)


def _on_cycle_day(ev: Evaluation, placement: Placement, cycle_day: int) -> Answer:
    start = _on(ev, placement, placement.day)
    if start.day is None:
        return start
    line = placement.line
    if line.long_holds and cycle_day < ev.restarts_of(line).first_day(placement.n):
        return never(start.reasons, start.latest)
    day, facts = date_of_cycle_day(ev, placement, cycle_day)
    if day is None:
        return pending((*start.reasons, *ev.events(*facts), Unknown(said("when the hold ends"))), latest_of(*facts))
    return known(day, (*start.reasons, *ev.events(*facts)), max(start.latest, latest_of(*facts)), actual=start.actual)


def _last_day_of(ev: Evaluation, moment: LastDayOf, n: int, cycle_day: int) -> Answer:
    line = ev.plan.timelines[moment.timeline]
    if line.follows is not None:
        number = _number(moment.which, n)
        return _day_of(ev, DayOf(moment.timeline, number, line.last_day(number)), n, cycle_day)
    placement = placed(ev, moment, n, cycle_day)
    return (
        placement if isinstance(placement, Answer) else _on_cycle_day(ev, placement, line.last_day(placement.counts_as))
    )


def _ideal_of(ev: Evaluation, moment: IdealOf, n: int, _: int) -> Answer:
    placement = placed(ev, moment, n)
    if isinstance(placement, Answer):
        return placement
    if placement.ideal is not None:
        return known(placement.ideal, (ev.after(placement.id),), placement.latest)
    if placement.undated or placement.standing not in (CANCELLED, BEYOND):
        return pending((ev.after(placement.id),), placement.latest)
    return _on(ev, placement, None)


def _due_of(ev: Evaluation, moment: DueOf, n: int, _: int) -> Answer:
    return due(ev, ev.plan.timelines[moment.timeline], _number(moment.which, n))


def _has_had(ev: Evaluation, moment: HasHad) -> Answer:
    """The last day of the cycle that makes it so many. What was not done leaves room for one more, but on another's clock."""
    line = ev.plan.timelines[moment.timeline]
    if line.follows is not None:
        number = line.follows.number_of(moment.most)
        return _last_day_of(ev, LastDayOf(line.name, number), number, 0)
    number, lost = line.first_number - 1, []
    for _ in range(moment.most):
        number += 1
        while (fact := ev.course.about(f"{line.name}.{number}").not_done) is not None:
            lost.append(fact)
            number += 1
    found = _last_day_of(ev, LastDayOf(line.name, number), number, 0)
    return found._replace(looked=(*found.looked, *ev.events(*lost)), latest=max(found.latest, latest_of(*lost)))


def _on_study_day(ev: Evaluation, moment: OnStudyDay) -> Answer:
    reference = answer(ev, ev.plan.reference, 1)
    if reference.day is None:
        return reference
    day = day_of_study_day(moment.label, reference.day, ev.plan.day_one)
    return known(day, reference.reasons, reference.latest, actual=reference.actual)


def _on_date(_: Evaluation, moment: OnDate) -> Answer:
    return known(moment.day, ())


def _each_event(ev: Evaluation, moment: EachEvent, n: int, __: int) -> Answer:
    if moment.name != IUPD:
        return _followed(ev, moment, n)
    fact = next(fact for fact in ev.course.responses if fact.number == n)
    day, reasons = iupd_scan_day(ev, fact)
    return known(day, reasons, latest_of(fact), actual=True)


def _followed(ev: Evaluation, moment: EachEvent, n: int) -> Answer:
    """The day of the event with that number; pending while an adverse event goes on."""
    followed = next((each for each in followed_events(moment, ev.course.facts) if each.fact.number == n), None)
    if followed is None:
        return never(())
    reasons, latest = ev.events(*followed.facts), latest_of(*followed.facts)
    if followed.day is None:
        return pending((*reasons, Unknown(said("when {what} ends", what=followed.said))), latest)
    return known(followed.day, reasons, latest, actual=True)


def _named(ev: Evaluation, moment: Named) -> Answer:
    if moment.name == "first dose":
        return first_dose(ev)
    if moment.name == "end of treatment":
        return with_history(ev, end_of_treatment(ev), ev.plan.treatments())
    if moment.name == "progression":
        return progression(ev)
    taken_back = tuple(ev.event(number) for number in ev.course.dates_taken_back.get(moment.name, ()))
    fact = ev.course.dates.get(moment.name)
    if fact is not None:
        found = known(day_of_date(fact), ev.events(fact), latest_of(fact), actual=True)
        return found._replace(looked=taken_back, latest=highest(taken_back, found.latest))
    line = ev.plan.dates.get(moment.name)
    if line is not None:
        return planned_date(ev, line)
    return pending((unknown_date(moment.name), *taken_back), highest(taken_back, 0))


_OF_AN_OCCURRENCE: dict[type, Callable[[Evaluation, Any, int, int], Answer]] = {
    StartOf: _start_of,
    DayOf: _day_of,
    LastDayOf: _last_day_of,
    IdealOf: _ideal_of,
    DueOf: _due_of,
    EachEvent: _each_event,
}
"""Moments that depend on who asks: the previous cycle, the visit for it."""

OF_THE_PATIENT: dict[type, Callable[[Evaluation, Any], Answer]] = {
    EndOf: end_of_course,
    HasHad: _has_had,
    LastDose: last_dose_of,
    OnStudyDay: _on_study_day,
    OnDate: _on_date,
    Named: _named,
}
"""Moments that are the same whoever asks: they are answered once."""

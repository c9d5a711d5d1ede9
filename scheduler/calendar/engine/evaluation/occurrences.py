"""The occurrences of a timeline, one after another, up to its end or the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import cast

from scheduler.calendar.engine.evaluation.branches import became_so
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, LAST, PENDING, PLANNED, Placement
from scheduler.calendar.entries.because import Event
from scheduler.patient.episodes.followed_events import followed_events
from scheduler.patient.events import Response
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import IUPD, OWN, EachEvent, StartOf

_MOST = 2_000
"""More occurrences than any timeline has: a protocol without an end cannot run away."""


def occurrences(ev: Evaluation, line: Timeline, *, whole: bool = False) -> Iterator[Placement]:
    """Every occurrence that is to be shown: planned, done, cancelled or pending.

    An open-ended timeline ends at the horizon, unless the ``whole`` of it is asked for. Of what is pending only the first is
    given where each counts from the one before; of what is cancelled by an end, only the next.
    """
    if line.follows is not None:
        return _following(ev, line)
    if line.each is not None:
        return _for_each_event(ev, line)
    numbered = _numbered(ev, line, whole)
    return numbered if line.last is None else chain(numbered, _closing(ev, line))


def _closing(ev: Evaluation, line: Timeline) -> Iterator[Placement]:
    yield ev.place(line, LAST)


def _following(ev: Evaluation, line: Timeline) -> Iterator[Placement]:
    assert line.follows is not None
    parent = ev.plan.timelines[line.follows.timeline]
    ended: int | None = None
    for followed in occurrences(ev, parent):
        begin = ev.restarts_of(parent).first_day(followed.n) if parent.long_holds else 0
        follows = line.follows if followed.line is parent else _follows_of(ev, line, followed.line) or line.follows
        for cycle_day in follows.days_in(followed.counts_as):
            if 0 < cycle_day < begin:
                continue
            placement = ev.place(line, followed.n, cycle_day)
            if placement.standing is BEYOND or ended not in (None, followed.n):
                continue
            yield placement
            if _ended_alone(ev, placement, parent):
                ended = followed.n


def _ended_alone(ev: Evaluation, placement: Placement, parent: Timeline) -> bool:
    """True for the first dose that a drug's own end took away: the cycles go on, and what is cancelled is shown once."""
    stop = ev.stop(placement.line) if parent.role is Role.CYCLES else None
    known = ev.course.highest.get(placement.line.name, 0) > placement.n
    return (
        stop is not None
        and not known
        and placement.standing is CANCELLED
        and (placement.day is None or placement.day >= stop.day)
    )


def _follows_of(ev: Evaluation, line: Timeline, parent: Timeline) -> Follows | None:
    """How an occurrence was followed under the earlier version that its cycle was started under."""
    for earlier in ev.plan.earlier:
        old = earlier.plan.timelines.get(line.name)
        if earlier.plan.timelines.get(parent.name) is parent and old is not None:
            return old.follows
    return None


def _numbered_before(ev: Evaluation, line: Timeline) -> int:
    """The highest number that an earlier version gave a timing of its own: a longer course may have been started under it."""
    lines = (earlier.plan.timelines.get(line.name) for earlier in ev.plan.earlier)
    return max((number for old in lines if old is not None for number in old.numbered), default=0)


def _for_each_event(ev: Evaluation, line: Timeline) -> Iterator[Placement]:
    moment = line.then.moment if line.then is not None else None
    if isinstance(moment, EachEvent) and moment.name != IUPD:
        facts = [followed.fact for followed in followed_events(moment, ev.course.facts)]
    else:
        facts = [fact for fact in ev.course.responses if cast(Response, fact.event).assessment == line.each]
    for fact in facts:
        placement = ev.place(line, fact.number)
        if placement.standing is not BEYOND:
            yield placement


def _numbered(ev: Evaluation, line: Timeline, whole: bool) -> Iterator[Placement]:
    open_ended = line.then is not None or bool(line.pieces)
    last = ev.horizon if open_ended and not whole and ev.horizon is not None else date.max.toordinal()
    before = _numbered_before(ev, line) if ev.plan.earlier else 0
    recorded = max(ev.course.highest.get(line.name, 0), before)
    waiting = False
    n = line.first_number
    again = ev.restarts_of(line).by_number if line.long_holds else {}
    known = max(recorded, ev.course.screenings.number if line.screens else 0)
    while n < _MOST and (open_ended or n in line.numbered or n in again or n <= known or line.restarts):
        placement = ev.place(line, n)
        if placement.standing is BEYOND:
            if n >= recorded:
                return
        elif placement.standing is PENDING:
            if not (waiting and counts_from_previous(line, n)):
                yield placement
            waiting = True
            if n >= recorded and n not in line.numbered:
                return
        elif placement.day is not None and placement.day > last and placement.standing is PLANNED:
            if n >= recorded:
                return
        else:
            waiting = False
            alone = placement.standing is CANCELLED and not _was_left_out_alone(ev, placement)
            placement = _after_the_one_before(ev, placement) if alone else placement
            yield placement
            if alone and _is_the_next(ev, placement) and n >= _to_show(ev, placement, recorded):
                return
        n += 1


def _was_left_out_alone(ev: Evaluation, placement: Placement) -> bool:
    """True for what was not called for on its day, where a later one is, or may be by a sentence of its own."""
    line, judged = placement.line, placement.judged_on
    if placement.not_for_patient and line.only_if_of:
        return True
    return judged is not None and bool(became_so(ev, line, placement.n, judged))


def _to_show(ev: Evaluation, placement: Placement, recorded: int) -> int:
    """The last number that is shown although it is cancelled: what a move took away is shown as far as it was numbered before."""
    moved = {number for earlier in ev.plan.earlier for number in earlier.moved}
    by_the_move = any(isinstance(reason, Event) and reason.number in moved for reason in placement.set_by)
    return recorded if by_the_move else ev.course.highest.get(placement.line.name, 0)


def _after_the_one_before(ev: Evaluation, placement: Placement) -> Placement:
    """What is cancelled, citing the one before it: which of them is shown depends on how that one stands."""
    line, n = placement.line, placement.n
    if n <= line.first_number:
        return placement
    before = ev.place(line, n - 1)
    looked, latest = (*placement.looked, ev.after(before.id)), max(placement.latest, before.latest)
    return ev.keep(replace(placement, looked=looked, latest=latest))


def _is_the_next(ev: Evaluation, placement: Placement) -> bool:
    """True for the one of what is cancelled that is shown.

    It is not where the next one may be earlier: a baseline scan before a grid, or one that was booked for much later.
    """
    line, n = placement.line, placement.n
    on_its_own = n in line.numbered or ev.course.about(placement.id).booked is not None
    return counts_from_previous(line, n + 1) or not on_its_own


def counts_from_previous(line: Timeline, n: int) -> bool:
    """True when the n-th occurrence counts from another of the same timeline."""
    if line.restarts and n > line.first_number:
        return True
    timing = line.timing(n)
    return timing is not None and isinstance(timing.moment, StartOf) and timing.moment.timeline in (OWN, line.name)

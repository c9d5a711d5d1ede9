"""What keeps an occurrence from happening: the plan's own end, or an event that stops it.

Past the plan's own end there is no entry. What an event takes away stays on the calendar as cancelled, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing, broken_off_on, facts_of_breaking_off
from scheduler.calendar.engine.evaluation.ended_early import Stop
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.first_dose import ends_before_randomisation
from scheduler.calendar.engine.evaluation.one_chain import in_place
from scheduler.calendar.engine.evaluation.placement import (
    BEYOND,
    DONE,
    LAST,
    NOT_DONE,
    PENDING,
    PLANNED,
    Placement,
)
from scheduler.calendar.engine.moments.limits_by_date import (
    cycle_to_finish,
    end_of_limit,
    goes_on_beyond,
    goes_on_up_to,
    is_event,
    stops_starts_on,
    waits_for_a_dose,
)
from scheduler.calendar.engine.moments.progression import taken_back_by
from scheduler.calendar.engine.moments.until_randomised import lasts_until_randomisation
from scheduler.calendar.engine.placing.cancelled.after_a_dose import follows_a_given_dose
from scheduler.dates import Day
from scheduler.patient.events import Discontinued
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import IUPD, DayOf, DueOf, HasHad, LastDayOf, Moment, Named, StartOf
from scheduler.protocol.plan.times.timing import Counted, DateLimit

_VISIT, _TREATMENT = Role.VISIT, Role.TREATMENT
_GIVEN = Counted.GIVEN

_IN_A_TIMELINE = (StartOf, DayOf, LastDayOf, DueOf)


def is_beyond_its_number(ev: Evaluation, placement: BeingPlaced, number: int) -> bool:
    """True past the last number that the protocol allows. Doses that were not given leave room for one more.

    ``number`` is its place among the numbers that are used.
    """
    line, n = placement.line, placement.n
    for limit in line.counts:
        allowed = limit.most
        if n == LAST or number <= allowed:
            continue
        if limit.counted is _GIVEN:
            missed = [ev.course.about(f"{line.name}.{number}").not_done for number in range(1, n)]
            lost = [fact for fact in missed if fact is not None]
            placement.looked += ev.events(*lost)
            placement.reach(latest_of(*lost))
            allowed += len(lost)
        if number > allowed:
            return True
    return False


def end_or_cancel(ev: Evaluation, placement: BeingPlaced, bearing: Bearing) -> None:
    """Take an occurrence that nobody recorded away where the plan ends or an event stopped it."""
    line = placement.line
    if past_a_limit(ev, placement, line) or _past_the_next_grid(ev, placement) or _outside_its_group(ev, placement):
        return
    if line.unless is not None and _is_served(ev, placement):
        placement.standing = BEYOND
        return
    if ev.course.away:
        _look_at_absences(ev, placement)
    if line.each == IUPD and _taken_back(ev, placement):
        return
    if not _stop(ev, placement, bearing.stop) and not _created_by_death(ev, placement):
        if ev.course.screenings.repeated and ev.course.first_dose is None:
            _look_at_screenings(ev, placement)
        if line.role is _VISIT and _ends_with_the_run_in(ev, placement):
            return
        if line.role is _VISIT and not _is_diary_of_a_given_dose(ev, placement):
            _end_with_treatment(ev, placement)


def _ends_with_the_run_in(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True for a visit that comes until randomisation, where treatment ended before it: there will be none."""
    timing = placement.timing
    limits = (*placement.line.limits_by_date, *(timing.until if timing is not None else ()))
    if not any(lasts_until_randomisation(ev, limit) for limit in limits):
        return False
    ends = ends_before_randomisation(ev)
    end = min(ends, key=lambda fact: (fact.day, fact.number), default=None)
    if end is None:
        return False
    if placement.day is not None and placement.day < end.day:
        return False
    _take_away(ev, placement, Stop(end.day, end.day, end, tuple(fact for fact in ends if fact is not end)))
    return True


def past_a_limit(ev: Evaluation, placement: BeingPlaced, line: Timeline) -> bool:
    """Take an occurrence away that its treatment's "until" does not reach; True where it is so."""
    limits = line.limits_by_date
    if placement.timing is not None and placement.timing.until and len(line.pieces) < 2:
        limits = (*limits, *placement.timing.until)
    for limit in _asked(ev, placement, limits):
        end = end_of_limit(ev, line, limit, placement.n)
        if end.day is None or placement.day is None:
            _look_at_what_does_not_end_it(placement, limit, end)
            continue
        cycle = cycle_to_finish(ev, line, placement.n, limit)
        if is_event(limit):
            if _ends_by_event(ev, placement, limit, end, cycle):
                return True
        elif _is_over(placement if cycle is None else cycle, limit, end.day):
            placement.standing = BEYOND
            placement.looked += end.reasons
            placement.reach(end.latest)
            return True
        else:
            _look_at_what_does_not_end_it(placement, limit, end)
    return False


def _ends_by_event(
    ev: Evaluation, placement: BeingPlaced, limit: DateLimit, end: Answer, cycle: Placement | None
) -> bool:
    """Whether an event such as progression takes it away: by its own day, or by that of the ``cycle`` that is finished."""
    last = stops_starts_on(ev, placement.line, limit, end)
    day = (cycle.day if cycle is not None else placement.day) or 0
    if day <= last:
        if (placement.day or 0) > last:
            # Without the cycle that it belongs to, the end would have taken it away.
            placement.looked += (limit.clause, *end.reasons)
            placement.reach(end.latest)
        if end.looked:
            # An assessment that came between has put the end off.
            placement.looked += (*end.reasons, *end.looked)
            placement.reach(end.latest)
        return False
    if not goes_on_beyond(ev, limit):
        _cancel(placement, end)
        if ev.course.beyond_progression is not None:
            placement.looked += end.looked
        return True
    beyond = [fact for fact in (ev.course.beyond_progression,) if fact is not None]
    placement.looked += (*end.reasons, *ev.events(*beyond))
    placement.reach(max(end.latest, latest_of(*beyond)))
    return False


def _look_at_what_does_not_end_it(placement: BeingPlaced, limit: DateLimit, end: Answer) -> None:
    """Without these it might have ended: the end of another treatment that it ends with, a dose that waits, a struck event."""
    if isinstance(limit.edge.moment, HasHad) or waits_for_a_dose(end):
        placement.looked += (*end.reasons, *end.looked)
        placement.reach(end.latest)
    if is_event(limit) and end.events():
        placement.looked += end.events()
        placement.reach(max(event.number for event in end.events()))


def _asked(ev: Evaluation, placement: BeingPlaced, limits: tuple[DateLimit, ...]) -> Iterator[DateLimit]:
    """The limits that can end an occurrence: not one that waits for the occurrence itself, until its day is recorded."""
    return (each for each in limits if _is_recorded(ev, each) or placement.n > goes_on_up_to(ev, placement.line, each))


def _is_recorded(ev: Evaluation, limit: DateLimit) -> bool:
    moment = limit.edge.moment
    return isinstance(moment, Named) and moment.name in ev.course.dates


def _is_over(placement: BeingPlaced | Placement, limit: DateLimit, end: Day) -> bool:
    """ "before X" looks at the planned day, "until X" at the ideal one: a closed day does not end a timeline early."""
    if limit.before:
        return placement.day is not None and placement.day >= end
    return placement.ideal is not None and placement.ideal > end


def _cancel(placement: BeingPlaced, end: Answer) -> None:
    placement.cancel(*end.reasons)
    placement.reach(end.latest)


def _past_the_next_grid(ev: Evaluation, placement: BeingPlaced) -> bool:
    """A grid ends where the closing occurrence of its timeline comes."""
    line = placement.line
    if line.last is None or placement.n == LAST or placement.n in line.numbered or placement.ideal is None:
        return False
    closing = ev.place(line, LAST)
    if closing.ideal is None or placement.ideal < closing.ideal:
        return False
    placement.standing = BEYOND
    return True


def _outside_its_group(ev: Evaluation, placement: BeingPlaced) -> bool:
    group = placement.line.only_for
    if group is None:
        return False
    day = placement.day
    for stay in ev.course.groups.get(group, ()):
        if day is not None and stay.start <= day and (stay.end is None or day < stay.end):
            placement.looked += ev.events(*stay.facts)
            placement.reach(latest_of(*stay.facts))
            return False
    placement.standing = BEYOND
    return True


def _is_served(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True when another line has an occurrence inside this one's window, so that this one is not needed."""
    other = ev.plan.timelines[placement.line.unless or ""]
    if placement.first is None or placement.last is None:
        return False
    for n in range(other.first_number, other.first_number + 1_000):
        each = ev.place(other, n)
        placement.looked += (ev.after(each.id),)
        placement.reach(each.latest)
        stands = each.standing in (PLANNED, DONE, NOT_DONE)
        if stands and each.standing is not NOT_DONE and _is_inside(placement, each.day):
            return True
        later = each.ideal is not None and each.ideal > placement.last and n not in other.numbered
        # One that was planned for later may be booked or done much earlier.
        if (later or not stands) and n >= ev.course.highest.get(other.name, 0):
            break
    return False


def _is_inside(placement: BeingPlaced, day: Day | None) -> bool:
    first, last = placement.first, placement.last
    return day is not None and first is not None and last is not None and first <= day <= last


def _taken_back(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True for a scan that was to confirm an iUPD which a better assessment has taken back."""
    reset = taken_back_by(ev, placement.n)
    if reset is None:
        return False
    _cancel(placement, Answer(None, ev.events(reset.fact), (), latest_of(reset.fact)))
    return True


def _stop(ev: Evaluation, placement: BeingPlaced, stop: Stop | None) -> bool:
    if stop is None:
        return False
    if placement.day is not None and placement.day < stop.day:
        _look_at_its_day(ev, placement, stop)
        return False
    _take_away(ev, placement, stop)
    return True


def _look_at_its_day(ev: Evaluation, placement: BeingPlaced, stop: Stop) -> None:
    """What is on the day of an order stands where that day's dose had been taken before it."""
    if placement.day is not None and placement.day >= stop.decided:
        placement.looked += ev.events(*stop.facts)
        placement.reach(latest_of(*stop.facts))


def _created_by_death(ev: Evaluation, placement: BeingPlaced) -> bool:
    """Death ends treatment, but nobody comes to the visits that an end of treatment creates."""
    died = ev.course.death
    if died is None or placement.created is None or placement.created < died.day:
        return False
    _take_away(ev, placement, Stop(placement.created, placement.created, died))
    return True


def _take_away(ev: Evaluation, placement: BeingPlaced, stop: Stop) -> None:
    waited = placement.standing is PENDING or placement.ideal is None
    placement.undated = waited and not isinstance(stop.fact.event, Discontinued)
    placement.cancel(*ev.events(stop.fact))
    placement.looked += ev.events(*stop.others)
    placement.reach(latest_of(*stop.facts))


def _is_diary_of_a_given_dose(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True for what is written at home after a dose: that no further dose is given does not end it."""
    line = placement.line
    if line.kind != "diary" or line.follows is None:
        return False
    return ev.place(ev.plan.timelines[line.follows.timeline], placement.n).standing is DONE


def _end_with_treatment(ev: Evaluation, placement: BeingPlaced) -> None:
    """A visit on a day of a cycle ends with that treatment. What must precede something ends with what it precedes.

    What follows a dose that was given does not: a pump is taken off, a sample is taken, the patient is seen again.
    """
    timing = placement.timing
    if timing is None:
        return
    line = _treatment_of(ev, timing.not_after[0].moment if timing.not_after else timing.moment)
    if line is None or follows_a_given_dose(ev, placement):
        return
    stop = ev.stop(line)
    preceded = timing.not_after and ev.course.about(f"{line.name}.{line.first_number}").done is not None
    if stop is not None and not preceded and (placement.day is None or placement.day >= stop.day):
        _take_away(ev, placement, stop)
        return
    if timing.not_after:
        return
    if stop is not None:
        _look_at_its_day(ev, placement, stop)
    start = _start_of_cycle(ev, line, placement)
    if placement.day is None or start is None:
        return
    broken_off = broken_off_on(ev.holds(line), start, placement.day)
    if broken_off is not None:
        _, *others = facts_of_breaking_off(ev.holds(line), start, placement.day)
        _take_away(ev, placement, Stop(broken_off.start, broken_off.start, broken_off.opened, tuple(others)))


def _start_of_cycle(ev: Evaluation, line: Timeline, placement: BeingPlaced) -> Day | None:
    which = getattr(placement.timing.moment, "which", None) if placement.timing is not None else None
    return in_place(ev, line, which).day if isinstance(which, int) else ev.place(line, placement.n).day


def _treatment_of(ev: Evaluation, moment: Moment) -> Timeline | None:
    """The treatment whose cycle or dose a moment is in, if it is in one."""
    if not isinstance(moment, _IN_A_TIMELINE):
        return None
    line = ev.plan.timelines[moment.timeline]
    return line if line.role in (_TREATMENT, Role.CYCLES) else None


def transfers_of(ev: Evaluation) -> list[Fact]:
    """The transfers to another site than the one before."""
    return [fact for fact in ev.course.transfers if fact.day in ev.site.moved_on]


def look_at_transfers(ev: Evaluation, placement: BeingPlaced) -> None:
    """The patient comes to another site: on other open days this might be elsewhere."""
    last = max((day for day in (placement.day, placement.last) if day is not None), default=None)
    facts = [fact for fact in transfers_of(ev) if last is None or fact.day <= last]
    placement.looked += ev.events(*facts)
    placement.reach(latest_of(*facts))


def _look_at_screenings(ev: Evaluation, placement: BeingPlaced) -> None:
    """The patient was found not eligible and is screened again: without that, this would be cancelled."""
    facts = [fact for pair in ev.course.screenings.repeated for fact in pair]
    placement.looked += ev.events(*facts)
    placement.reach(latest_of(*facts))


def _look_at_absences(ev: Evaluation, placement: BeingPlaced) -> None:
    """The patient was lost and found again: without being found, this would be cancelled."""
    for away in ev.course.away:
        if away.end is not None and (placement.day is None or placement.day >= away.start):
            placement.looked += ev.events(*away.facts)
            placement.reach(latest_of(*away.facts))

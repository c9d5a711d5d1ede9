"""Which dose is in force on a day: the level on the ladder, the prescription, or the fixed amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import NamedTuple, cast

from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.dosing.infusion_times import time_of_dose
from scheduler.calendar.engine.dosing.own_doses import OwnDose, is_own, own_dose, worked_out
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.doses_again import count_on, counts_as
from scheduler.calendar.engine.evaluation.evaluation import Doses, Evaluation
from scheduler.calendar.engine.evaluation.placement import PLANNED, Placement
from scheduler.calendar.entries.because import Event, Reason
from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.identity import Memo
from scheduler.patient.course import Hold, LevelChange
from scheduler.patient.events import Prescribed, parse_amount
from scheduler.protocol.plan.dosing.give import Give, plain_unit, unit_of
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import beside_the_amount


def level_on(ev: Evaluation, treatment: str, day: Day) -> LevelChange | None:
    """The last change of dose level up to that day; None while the patient is at the first level."""
    last = None
    for change in ev.course.levels.get(treatment, ()):
        if change.day > day:
            break
        last = change
    return last


class Orders(NamedTuple):
    """The days of the orders that come after the day of a dose, in order, and what keeps later ones from bearing on it."""

    days: tuple[Day, ...] = ()
    looked: tuple[Event, ...] = ()

    def until(self, day: Day) -> Day:
        """The last day whose orders bear on a dose that was planned for a day."""
        return max(day, self.days[-1]) if self.days else day


_OWN_DAY = Orders()


def orders_after(ev: Evaluation, line: Timeline, n: int, day: Day | None) -> Orders:
    """The orders after the planned day of a dose that nobody has recorded: whoever gives it late gives what holds then.

    A dose that can only have been given before keeps what held on its day: a later one was given since, or the treatment ended.
    """
    changes = ev.course.levels.get(line.name, ()) if line.ladder is not None else ()
    if day is None or not (changes or ev.course.prescribed):
        return _OWN_DAY
    prescribed = (ev.course.prescribed.get((line.name, give.name), ()) for give in line.gives if give.prescribed)
    ordered = {change.day for change in changes} | {fact.day for facts in prescribed for fact in facts}
    later = sorted(each for each in ordered if each > day)
    if not later:
        return _OWN_DAY
    end, by = _given_by(ev, line, n, day)
    before = tuple(each for each in later if end is None or each < end)
    return Orders(before, by if len(before) < len(later) else ())


def _given_by(ev: Evaluation, line: Timeline, n: int, day: Day) -> tuple[Day | None, tuple[Event, ...]]:
    """The day by which a dose planned for a day was given, if it was at all, and what says so.

    That of a later dose, of the cycle that came next, or of the treatment's end.
    """
    stop = ev.stop(line)
    ends = [(stop.day, stop.fact)] if stop is not None else []
    ends += [(fact.day, fact) for fact in ev.course.doses.get(line.name, ()) if fact.day > day][:1]
    clock = ev.plan.cycles_of(line)
    began = ev.course.about(f"{clock.name}.{n + 1}").done if clock is not None else None
    ends += [(began.day, began)] if began is not None else []
    if not ends:
        return None, ()
    day, fact = min(ends, key=itemgetter(0))
    return day, ev.events(fact)


def orders_of(ev: Evaluation, placement: Placement | BeingPlaced) -> Orders:
    """Those of an occurrence that nobody recorded as given or started; none of any other.

    Days of a cycle that was started are presumed taken at what held on them.
    """
    return orders_after(ev, placement.line, placement.n, placement.day) if placement.standing is PLANNED else _OWN_DAY


def ordered_until(ev: Evaluation, placement: Placement | BeingPlaced, day: Day) -> Day:
    """The last day whose orders bear on one day of an occurrence: its own; that of one since, while nobody recorded it.

    What is taken late is taken after a hold, so a dosing day before one can only have been at the dose of its time.
    """
    orders, hold = orders_of(ev, placement), hold_after(ev, placement, day)
    if hold is None:
        return orders.until(day)
    return max(each for each in (day, *orders.days) if each < hold.start)


def hold_after(ev: Evaluation, placement: Placement | BeingPlaced, day: Day) -> Hold | None:
    """The first hold that took later dosing days of the same cycle, where an order since then bears on what nobody recorded."""
    line, orders = placement.line, orders_of(ev, placement)
    if not line.has_days or placement.day is None or not orders.days:
        return None
    last = placement.day + line.last_day(placement.counts_as) - 1
    held = (hold for hold in ev.bearings[line].holds if day < hold.start <= min(last, orders.days[-1]))
    return min(held, key=attrgetter("start"), default=None)


def doses_of(ev: Evaluation, placement: Placement, cycle_day: int, day: Day) -> Doses:
    """The doses of one day of an occurrence: by the orders of that day; by those since, while nobody recorded it."""
    return doses_on(ev, placement.line, placement.n, cycle_day, day, ordered_until(ev, placement, day))


def omitting(ev: Evaluation, line: Timeline, day: Day) -> LevelChange | None:
    """The change of dose level by which the drug is omitted on a day; None on all other days."""
    if line.ladder is None or not line.ladder.omits_at_last:
        return None
    change = level_on(ev, line.name, day)
    return change if change is not None and line.ladder.omits(change.level) else None


def left_out_on(ev: Evaluation, placement: Placement | BeingPlaced, day: Day) -> LevelChange | None:
    """The change by which the drug is left out of an occurrence on a day: that of the day, or one since.

    Of what nobody has recorded, that is. What was left out on its day is not given later, whatever was ordered since.
    """
    omitted = omitting(ev, placement.line, day)
    return omitted if omitted is not None else omitting(ev, placement.line, ordered_until(ev, placement, day))


def reasons_of_omitting(ev: Evaluation, line: Timeline, change: LevelChange) -> tuple[Reason, ...]:
    """What ordered the level at which a drug is omitted, and the sentence that has that level."""
    assert line.ladder is not None
    return (*ev.events(*change.facts), line.ladder.clause)


def doses_on(ev: Evaluation, line: Timeline, n: int, cycle_day: int, day: Day, ordered: Day | None = None) -> Doses:
    """The doses that one day calls for, with the sentences and events that say so.

    ``ordered`` is the last day whose orders bear on it, where that is not the day itself.
    """
    ordered = day if ordered is None else ordered
    change = level_on(ev, line.name, ordered) if line.ladder is not None else None
    # By the change and not by its event: a decision may lower the dose once when it is made and once more at the resume.
    known = ev.doses.of(line, Memo)
    found = known.get(change)
    if found is not None:
        return found
    only = line.gives[0] if len(line.gives) == 1 else None
    if only is not None and is_alike(line, only):
        # A treatment that gives one thing: the same on all days of one level.
        dose, why = _dose(ev, line, only, change, 0, _drug(line, only))
        if only.duration is not None:
            dose = replace(dose, over=only.duration.of(1))
        return known.keep(change, ((dose,), why))
    doses: list[Dose] = []
    reasons: list[Reason] = []
    for give in gives_on_day(line, counts_as(ev, line, n, day), cycle_day):
        dose, why = _dose(ev, line, give, change, ordered, _drug(line, give))
        if is_own(line, give):
            dose, more = own_dose(ev, give, dose, ordered, line)
            why = (*why, *more)
        if give.duration is not None:
            over, left_out = time_of_dose(ev, line, give.duration, n, day)
            dose, why = replace(dose, over=over), (*why, *left_out)
        doses.append(dose)
        reasons += why
    again = count_on(ev, line, n, day) if line.restarts else None
    if again is not None and again.rule is not None:
        reasons.append(again.rule.clause)
    return tuple(doses), tuple(reasons)


def is_alike(line: Timeline, give: Give) -> bool:
    """True for what is the same at every dose of one level."""
    by_number = give.cycles is not None or (give.duration is not None and give.duration.change)
    return not by_number and not give.prescribed and not is_own(line, give)


def workings_on(ev: Evaluation, line: Timeline, n: int, cycle_day: int, day: Day) -> Iterator[tuple[Dose, OwnDose]]:
    """The doses of a day that are worked out for the patient: what the protocol or an order says, and its working."""
    change = level_on(ev, line.name, day) if line.ladder is not None else None
    for give in gives_on_day(line, n, cycle_day):
        if is_own(line, give):
            dose, _ = _dose(ev, line, give, change, day, _drug(line, give))
            found = worked_out(ev, give, dose, day, line)
            if found is not None:
                yield dose, found


def _drug(line: Timeline, give: Give) -> str | None:
    """The drug or course by name, where the treatment's own name does not say which it is."""
    return give.name if give.name != line.name or any(other.name != give.name for other in line.gives) else None


def overrides(ev: Evaluation, reasons: tuple[Reason, ...]) -> bool:
    """True when a dose rests on an order that the protocol forbids and that somebody gave all the same, saying why."""
    return bool(ev.course.overridden) and any(
        isinstance(reason, Event) and reason.number in ev.course.overridden for reason in reasons
    )


def _dose(
    ev: Evaluation, line: Timeline, give: Give, change: LevelChange | None, day: Day, of: str | None
) -> tuple[Dose, tuple[Reason, ...]]:
    often = beside_the_amount(give.frequency)
    taking = give.taking if give.taking.says_anything else None
    if line.ladder is not None and give.amount is None:
        if change is None:
            first = line.ladder.amount(line.ladder.start)
            return Dose(first, line.ladder.unit, line.ladder.start, of, often, taking=taking), (
                give.clause,
                line.ladder.clause,
            )
        amount, unit = _ordered(line, change)
        if not amount:
            # Nothing is planned at this level: how much was given all the same is for somebody to say.
            amount, unit = None, plain_unit(unit)
        return Dose(amount, unit, change.level, of, often, taking=taking), (
            give.clause,
            line.ladder.clause,
            *ev.events(*change.facts),
        )
    if give.prescribed:
        return _prescribed(ev, line, give, day, Dose(None, unit_of(give), None, of, often, taking=taking))
    return Dose(give.amount, unit_of(give), 0 if give.amount is not None else None, of, often, taking=taking), (
        (give.clause,) if give.rests_on is None else (give.clause, give.rests_on)
    )


def _ordered(line: Timeline, change: LevelChange) -> tuple[Decimal | None, str]:
    """The ladder's amount at a level; with an override the amount that was ordered, on the ladder or off it."""
    assert line.ladder is not None
    amount = line.ladder.amount(change.level)
    ordered = getattr(change.fact.event, "dose", None)
    if ordered is not None and (amount is None or change.fact.event.override is not None):
        stated, unit = parse_amount(ordered)
        if stated != amount:
            return stated, unit
    return amount, line.ladder.unit


def _prescribed(ev: Evaluation, line: Timeline, give: Give, day: Day, none: Dose) -> tuple[Dose, tuple[Reason, ...]]:
    orders = ev.course.prescribed.get((line.name, give.name), ())
    standing = [fact for fact in orders if fact.day <= day]
    if not standing:
        return none, (give.clause,)
    order = cast(Prescribed, standing[-1].event)
    return replace(none, amount=order.per_fraction, unit=order.unit), (give.clause, *ev.events(standing[-1]))

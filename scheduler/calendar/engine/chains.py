"""Chains and grids that go on as planned, link by link, without asking question by question: this is where speed lives.

Nothing is decided here. "28 days after the previous cycle" and "every 56 days from randomisation" come out as `place` and
`entry_of` would make them, with the same reasons, steps and order of telling. Whatever bears on a timeline beyond its sentence,
its window and its open days leaves the question to them: a hold that goes on, an end, a report, a branch, values, another site.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.calendar.engine.dosing.cycle_days import Stretch, dosing_ranges
from scheduler.calendar.engine.dosing.dose_in_force import doses_on, is_alike
from scheduler.calendar.engine.dosing.runs import like_others
from scheduler.calendar.engine.entering.made_entries import KINDS, entry_within_horizon, title_of
from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing
from scheduler.calendar.engine.evaluation.evaluation import Doses, Evaluation, look_at_holds
from scheduler.calendar.engine.evaluation.placement import DONE, LAST, PLANNED, Placement
from scheduler.calendar.engine.moments.answering import OF_THE_PATIENT, answer
from scheduler.calendar.engine.moments.limits_by_date import (
    end_of_limit,
    goes_on_up_to,
    is_event,
    waits_for_a_dose,
)
from scheduler.calendar.engine.moments.until_randomised import lasts_until_randomisation
from scheduler.calendar.engine.placing.cancelled.cancelling import past_a_limit
from scheduler.calendar.engine.placing.cancelled.left_out import leave_out_at_level
from scheduler.calendar.engine.placing.place import bearing_on, place
from scheduler.calendar.engine.placing.planned_day import put_on_planned_day
from scheduler.calendar.entries.because import Count, Reason, Step, distinct, highest
from scheduler.calendar.entries.entry import Entry, Flag, Run, Status
from scheduler.dates import Day, Span, Unit, add_span, civil_date
from scheduler.patient.course import NOTHING_KNOWN
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import Moment, Named, Relative, StartOf
from scheduler.protocol.plan.times.timing import DateLimit, Timing

_TREATMENT, _VISIT = Role.TREATMENT, Role.VISIT
_IN_DAYS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
_PROVISIONAL = (Flag.PROVISIONAL,)
_NO_DOSES: Doses = ((), ())


@dataclass(slots=True, eq=False)
class Chain:
    """What the links of one timeline have in common: their sentence, what bears on them, from which number to which.

    A link counts from the one before, by ``span``; on a grid from the day of ``base``, as many spans as its number is above
    ``numbered``. From ``held_until`` on, when the last hold was over, holds are only looked at. ``waits`` are how long after the
    one before a link's earliest day is. ``quiet_until`` is the day before which none of the ``limits`` ends it, None while they
    have not been asked. From ``alike_from`` on, after the last change of dose, whatever is given is the same at every link:
    ``doses``, which are not known yet where they are None; without such a day they differ. ``links`` are all of them.
    """

    timing: Timing
    span: Span
    bearing: Bearing
    after: int
    most: int
    held_until: Day = 0
    base: Answer | None = None
    numbered: int = 0
    waits: tuple[tuple[Moment, Span], ...] = ()
    limits: tuple[DateLimit, ...] = ()
    quiet_until: Day | None = None
    alike_from: Day | None = None
    doses: Doses | None = None
    links: dict[str, Placement] = field(default_factory=dict)


def place_in_chains(ev: Evaluation, line: Timeline, n: int, cycle_day: int, entry: str) -> Placement:
    """Put one occurrence where `place` would put it: as the next link of its chain, where it is one."""
    if n in line.numbered or entry in ev.course.entries:
        return place(ev, line, n, cycle_day, entry)
    # Not before: what a chain counts from is asked for when its first link is, and circles are found where they are.
    chain = ev.chains.get(line) or ev.chains.keep(line, _chain_of(ev, line))
    if not isinstance(chain, Chain) or not chain.after < n <= chain.most:
        return place(ev, line, n, cycle_day, entry)
    before = ev.place(line, n - 1) if chain.base is None else None
    known = chain.links.get(entry)
    if known is not None:
        return known
    link = _link(ev, chain, line, n, entry, before)
    if link is None:
        return place(ev, line, n, cycle_day, entry)
    if chain.limits and not _is_quiet(ev, chain, link):
        if past_a_limit(ev, link, line):
            return link.placed()
        if chain.quiet_until is None:
            chain.quiet_until = _quiet_until(ev, line, chain.limits, n)
    placed = chain.links[entry] = link.placed()
    _go_on(ev, chain, placed)
    return placed


def _go_on(ev: Evaluation, chain: Chain, link: Placement) -> None:
    """Put all links up to the horizon, as long as nothing has to be asked about them."""
    line, n, last = link.line, link.n, ev.horizon
    if last is None:
        return
    while n < chain.most and link.standing is PLANNED and link.day is not None and link.day <= last:
        n += 1
        entry = f"{line.name}.{n}"
        if entry in ev.placed or entry in ev.course.entries:
            return
        following = _link(ev, chain, line, n, entry, link)
        if following is None or (chain.limits and not _is_quiet(ev, chain, following)):
            return
        link = chain.links[entry] = ev.keep(following.placed())


def _link(
    ev: Evaluation, chain: Chain, line: Timeline, n: int, entry: str, before: Placement | None
) -> BeingPlaced | None:
    """One link in its window, on an open day; None where what it counts from is no dose that was given or is planned."""
    timing, span, base = chain.timing, chain.span, chain.base
    link = BeingPlaced(line, n, 0, entry, timing)
    reasons: tuple[Reason, ...]
    if base is not None and base.day is not None:
        step = n - chain.numbered
        day = add_span(base.day, span, step)
        reasons, count = base.reasons, Count(base.day, span, step, base.counted)
        link.latest, link.looked = base.latest, base.looked
    elif before is not None and before.day is not None and (before.standing is PLANNED or before.standing is DONE):
        start = before.day
        day = add_span(start, span)
        reasons, count = (ev.after(before.id),), Count(start, span, 1)
        link.latest = before.latest
        for moment, wait in chain.waits:
            floor = add_span(start, wait)
            link.raise_floor(floor, reasons)
            link.steps += (Step(moment, reasons, Count(start, wait, 1), floor),)
    else:
        return None
    if day < chain.held_until:
        return None
    link.nominal = day
    link.steps = (Step(timing.moment, reasons, count, day), *link.steps)
    _put(ev, chain, link, day, reasons)
    if line.ladder is not None:
        leave_out_at_level(ev, link)
    return link


def _put(ev: Evaluation, chain: Chain, link: BeingPlaced, day: Day, reasons: tuple[Reason, ...]) -> None:
    """On its ideal day, where that is open: as `put_on_planned_day` does, which finds another where it is closed."""
    timing, days, floor = chain.timing, chain.bearing.days, link.floor
    late = floor is not None and floor > day
    ideal = floor if floor is not None and late else day
    if not days.is_open(ideal):
        link.set_by = (timing.clause,)
        put_on_planned_day(ev, link, timing, day, reasons, NOTHING_KNOWN, chain.bearing)
        return
    link.ideal = link.day = ideal
    if timing.early is not None and timing.late is not None:
        first = day - timing.early
        link.first = first if floor is None or first > floor else floor
        link.last = ideal + timing.late
    if chain.held_until:
        look_at_holds(ev, link, chain.bearing.holds, ideal)
    link.set_by = (timing.clause, *(link.floor_reasons if late else reasons))
    link.looked += reasons if late else link.floor_reasons
    if days.provisional(ideal):
        link.flags = _PROVISIONAL


def _is_quiet(ev: Evaluation, chain: Chain, link: BeingPlaced) -> bool:
    """True where none of the limits bears on a link, as far as they were asked."""
    until, day, ideal = chain.quiet_until, link.day, link.ideal
    return until is not None and day is not None and ideal is not None and day < until and ideal < until


def _quiet_until(ev: Evaluation, line: Timeline, limits: tuple[DateLimit, ...], n: int) -> Day:
    """The day before which no limit ends a timeline, nor is looked at; 0 where one has to be asked for every link."""
    until = add_span(ev.horizon or 0, Span(100, Unit.YEARS))
    for limit in limits:
        named = isinstance(limit.edge.moment, Named) and limit.edge.moment in ev.answered
        if not named or lasts_until_randomisation(ev, limit):
            return 0
        end = end_of_limit(ev, line, limit, n)
        if waits_for_a_dose(end) or (is_event(limit) and (end.day is not None or end.events())):
            return 0
        if end.day is not None:
            until = min(until, end.day)
    return until


def _chain_of(ev: Evaluation, line: Timeline) -> Chain | bool:
    """The chain that a timeline is once its recorded links are past; False where more than its sentence bears on it."""
    timing = line.then or (line.pieces[0] if len(line.pieces) == 1 else None)
    if timing is None or not _goes_by_its_sentence(line, timing) or _is_disturbed(ev):
        return False
    is_grid = timing.every is not None
    if not (_is_grid(line, timing) if is_grid else _counts_from_previous(line, timing)):
        return False
    bearing = bearing_on(ev, line, line.first_number)
    if bearing.stop is not None or bearing.reports or bearing.taken_today or bearing.gaps or bearing.out_of_order:
        return False
    ends = [hold.end for hold in bearing.holds if hold.end is not None and not hold.discontinued]
    if len(ends) < len(bearing.holds):
        return False
    if line.kind == "fraction" and bearing.starts:
        return False
    span = timing.every or timing.span
    base = answer(ev, timing.moment, 0) if is_grid else None
    if span is None or (base is not None and (base.day is None or base.created is not None)):
        return False
    limits = tuple(dict.fromkeys((*line.limits_by_date, *timing.until)))
    recorded = ev.course.highest.get(line.name, 0)
    ends_later = max((goes_on_up_to(ev, line, limit) for limit in limits), default=0)
    first = line.first_number - (1 if is_grid else 0)
    return Chain(
        timing,
        span,
        bearing,
        after=max(first, recorded, ends_later, *line.numbered),
        most=min((limit.most for limit in line.counts), default=LAST - 1),
        held_until=max(ends, default=0),
        base=base,
        numbered=max(line.numbered, default=0),
        waits=tuple((edge.moment, edge.span) for edge in timing.not_before if edge.span is not None),
        limits=limits,
        alike_from=_given_alike_from(ev, line),
    )


def _goes_by_its_sentence(line: Timeline, timing: Timing) -> bool:
    """True for doses, cycles and visits of which nothing is said but when they are, how long, and what is given."""
    by_another = line.follows or line.each or line.together_with or line.only_for or line.unless or line.sheet
    by_more = line.last or line.restarts or line.long_holds or line.goes_on or line.made_up or line.prompts
    by_hours = timing.hours or timing.in_open_days or timing.not_after or timing.sign < 0
    several_a_day = line.most_a_day > 1
    one_of_these = line.role is _TREATMENT or (line.role is _VISIT and line.kind != "diary")
    return one_of_these and not (by_another or by_more or by_hours or several_a_day)


def _counts_from_previous(line: Timeline, timing: Timing) -> bool:
    """True where each counts from the one before it, and waits for nothing else."""
    moments = (timing.moment, *(edge.moment for edge in timing.not_before))
    spans = (timing.span, *(edge.span for edge in timing.not_before))
    return (
        line.role is _TREATMENT
        and not line.pieces
        and all(_is_the_previous(line, moment) for moment in moments)
        and all(span is not None and span.unit in _IN_DAYS for span in spans)
        and all(edge.sign > 0 for edge in timing.not_before)
    )


def _is_the_previous(line: Timeline, moment: Moment) -> bool:
    return isinstance(moment, StartOf) and moment.timeline == line.name and moment.which is Relative.PREVIOUS


def _is_grid(line: Timeline, timing: Timing) -> bool:
    """True where all lie on one grid, which begins on a day that is the same for every link."""
    in_days = timing.every is not None and timing.every.unit in _IN_DAYS and not timing.of_each_year
    return in_days and line.then is None and not timing.not_before and type(timing.moment) in OF_THE_PATIENT


def _is_disturbed(ev: Evaluation) -> bool:
    """True where something bears on every occurrence: another site, an absence, death, a branch, what was taken back."""
    plan, course = ev.plan, ev.course
    by_plan = plan.has_branches or plan.awaits_arm or plan.earlier
    by_log = course.away or course.death or course.taken_back or course.screenings.repeated or course.screen_failure
    return bool(by_plan or by_log or ev.site.moved_on)


def entry_in_chain(ev: Evaluation, placement: Placement) -> Entry | None:
    """The entry of a placed occurrence: as `entry_within_horizon` makes it, without asking again what all links share."""
    chain = ev.chains.get(placement.line)
    known = isinstance(chain, Chain) and chain.links.get(placement.id) is placement
    if not isinstance(chain, Chain) or not known or placement.standing is not PLANNED or placement.day is None:
        return entry_within_horizon(ev, placement)
    line, course, alike_from = placement.line, ev.course, chain.alike_from
    if alike_from is None or placement.day < alike_from or course.responses or course.overridden:
        return entry_within_horizon(ev, placement)
    runs = _runs(ev, chain, placement) if line.has_days else ()
    if runs is None:
        return entry_within_horizon(ev, placement)
    if chain.doses is None:
        chain.doses = doses_on(ev, line, placement.n, 1, placement.day) if line.gives else _NO_DOSES
    doses, why = (runs[0].doses, ()) if runs else chain.doses
    set_by, looked = placement.set_by, placement.looked
    if why:
        set_by = distinct((*set_by, *why))
    if looked:
        looked = distinct(looked, set_by)
    flags = placement.flags
    for dose in doses:
        if dose.needs:
            flags += (Flag.VALUE_NEEDED,)
    ideal, first, last = placement.ideal, placement.first, placement.last
    return Entry(
        placement.id,
        line.name,
        placement.n,
        KINDS[line.kind],
        title_of(placement),
        civil_date(ideal) if ideal is not None else None,
        (civil_date(first), civil_date(last)) if first is not None and last is not None else None,
        civil_date(placement.day),
        None,
        Status.PLANNED,
        doses,
        line.shown_at(placement.n, placement.day),
        tuple(dict.fromkeys(flags)) if flags else (),
        ev.because(set_by, looked, highest(why, placement.latest), placement.steps),
        placement.n if line.called == "cycle" else None,
        1 if line.has_days else None,
        runs,
        line.resource,
    )


def _given_alike_from(ev: Evaluation, line: Timeline) -> Day | None:
    """The day from which nothing is given, or one thing, the same at every link; None where there is none."""
    if line.gives and not (len(line.gives) == 1 and is_alike(line, line.gives[0])):
        return None
    return max((change.day for change in ev.course.levels.get(line.name, ())), default=0)


def _runs(ev: Evaluation, chain: Chain, placement: Placement) -> tuple[Run, ...] | None:
    """The dosing days of a cycle, where they are as those of all others; None where somebody has to look."""
    bearing, line, day = chain.bearing, placement.line, placement.day or 0
    ranges = dosing_ranges(line, placement.n)
    alike_from = bearing.alike_from
    ended = bearing.last_dosing_day is not None or not ranges
    cut = ev.horizon is not None and day - 1 + ranges[-1][1] > ev.horizon if ranges else True
    followed = f"{line.name}.{placement.n + 1}" in ev.course.entries
    if alike_from is None or day < alike_from or ended or cut or followed:
        return None
    if bearing.starts and bearing.starts[-1][0] >= day:
        return None
    known = ev.runs.get(placement.id)
    if known is None:
        parts = [Stretch(first, day - 1 + first, day - 1 + last) for first, last in ranges]
        known = ev.runs[placement.id] = tuple([like_others(ev, placement, bearing, part) for part in parts])
    return known

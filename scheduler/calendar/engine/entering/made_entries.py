"""From where an occurrence was put to the entry that readers see."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.engine.dosing.as_given import doses_as_given
from scheduler.calendar.engine.dosing.dose_in_force import doses_of, doses_on, orders_of, overrides
from scheduler.calendar.engine.dosing.infusion_times import latest_before
from scheduler.calendar.engine.dosing.parts import left_of, sessions, stated_doses
from scheduler.calendar.engine.dosing.runs import runs_of
from scheduler.calendar.engine.dosing.taken_doses import due_instead, is_double
from scheduler.calendar.engine.evaluation.doses_again import numbered_as
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, LAST, NOT_DONE, PLANNED, Placement
from scheduler.calendar.engine.moments.progression import taken_back_by
from scheduler.calendar.entries.because import Because, Event, Reason, distinct, highest
from scheduler.calendar.entries.cutting import runs_up_to
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Pending, PromptsOfDay, Run, Status
from scheduler.calendar.entries.titles_in_words import composed
from scheduler.dates import Day, civil_date
from scheduler.patient.events import Given, VisitDone
from scheduler.protocol.plan.study import Role

_TREATMENT = Role.TREATMENT
_NUMBERED = (Role.TREATMENT, Role.CYCLES)

_STATUS = {
    PLANNED: Status.PLANNED,
    DONE: Status.DONE,
    NOT_DONE: Status.NOT_DONE,
    CANCELLED: Status.CANCELLED,
}
"""How an occurrence stands, as readers see it."""

KINDS = {kind.value: kind for kind in Kind}

_NO_DOSES: tuple[tuple[Dose, ...], tuple[Reason, ...], int] = ((), (), 0)


def entry_of(ev: Evaluation, placement: Placement) -> Entry:
    """The entry of a placed occurrence, with its doses, activities, flags and reasons."""
    line = placement.line
    runs = _within_horizon(ev, runs_of(ev, placement)) if line.has_days else ()
    doses, why, reached = _doses(ev, placement, runs) if line.gives else _NO_DOSES
    flags, looked, latest = placement.flags, placement.looked, max(placement.latest, reached)
    set_by = placement.set_by
    if why:
        set_by, latest = distinct((*set_by, *why)), highest(why, latest)
    if ev.course.responses:
        served, by, reached = _serves(ev, placement)
        flags, looked, latest = (*flags, *served), (*looked, *by), max(highest(by, latest), reached)
    if looked:
        looked = distinct(looked, set_by)
    if line.role is _TREATMENT and placement.standing is PLANNED:
        unrecorded, stop = _unrecorded(ev, placement)
        by = (*stop, *orders_of(ev, placement).looked)
        flags, looked, latest = (*flags, *unrecorded), (*looked, *by), highest(by, latest)
    if ev.course.overridden:
        flags = (*flags, *_overridden(ev, placement, why, runs))
    if doses and _is_double(ev, placement, doses):
        flags = (*flags, Flag.OVERDOSE)
    if placement.standing is PLANNED and any(dose.needs for dose in doses):
        flags = (*flags, Flag.VALUE_NEEDED)
    if doses and line.kind == "fraction" and left_of(ev, placement):
        flags = (*flags, Flag.IN_PART)
    first, last = placement.first, placement.last
    window = (civil_date(first), civil_date(last)) if first is not None and last is not None else None
    # By position, in the order of an entry's fields: eighteen names would take a third of the time that all of this takes.
    return Entry(
        placement.id,
        line.name,
        placement.n,
        KINDS[line.kind],
        title_of(placement),
        _date(placement.ideal),
        window,
        _date(placement.day),
        placement.time,
        _STATUS[placement.standing],
        doses,
        line.shown_at(numbered_as(ev, line, placement.n), placement.day),
        tuple(dict.fromkeys(flags)) if flags else (),
        ev.because(set_by, looked, latest, placement.steps),
        placement.n if line.called == "cycle" or placement.cycle_day else None,
        placement.cycle_day or (1 if line.has_days else None),
        runs,
        line.resource,
        placement.in_count,
        placement.earliest,
        _due_instead(ev, placement, doses) if doses and not runs else (),
        _prompts(ev, placement) if line.prompts is not None else None,
    )


def _prompts(ev: Evaluation, placement: Placement) -> PromptsOfDay | None:
    """How often a diary asks on its day, and how many were answered as far as somebody recorded it."""
    asked = placement.line.prompts
    done = ev.course.about(placement.id).done if placement.standing is DONE else None
    answered = done.event.answered if done is not None and isinstance(done.event, VisitDone) else None
    return PromptsOfDay(asked, answered) if asked is not None else None


def _overridden(
    ev: Evaluation, placement: Placement, why: tuple[Reason, ...], runs: tuple[Run, ...]
) -> tuple[Flag, ...]:
    """An order that the protocol forbids stands where somebody said why, and is flagged."""
    stands = overrides(ev, (*placement.set_by, *why)) or any(Flag.OVERRIDE in run.flags for run in runs[:1])
    return (Flag.OVERRIDE,) if stands else ()


def pending_of(ev: Evaluation, placement: Placement) -> Pending:
    """What cannot be dated yet: the rule that will date it, and what it waits for."""
    line = placement.line
    set_by = distinct(placement.set_by)
    because = Because(set_by, distinct(placement.looked, set_by), placement.latest, placement.steps)
    rule = placement.timing.clause.text if placement.timing else ""
    own = f"{placement.id}.1" if line.has_days else placement.id
    return Pending(own, line.name, Kind(line.kind), title_of(placement), rule, because, _date(placement.nominal))


def title_of(placement: Placement) -> str:
    """What an occurrence is called: "Regorafenib, cycle 3"; a single visit has no number."""
    line, n = placement.line, placement.n
    if (line.single and n <= 1) or line.each is not None:
        return line.title
    if n == LAST:
        return composed(line.title, ", last")
    if line.sheet is not None:
        return composed(line.title, f" {n}, {line.sheet.points_in_words(placement.cycle_day)}")
    if line.follows is not None and line.follows.has_days:
        day = f"{n} day {placement.cycle_day}"
        return composed(line.title, f", cycle {day}" if line.role is _TREATMENT else f" {day}")
    return composed(line.title, f", {line.called} {n}" if line.role in _NUMBERED else f" {n}")


def _date(day: Day | None) -> date | None:
    return civil_date(day) if day is not None else None


def entry_within_horizon(ev: Evaluation, placement: Placement) -> Entry | None:
    """The entry of a placed occurrence; None for a cycle whose dosing days all come after the last day shown."""
    entry = entry_of(ev, placement)
    cut_away = (
        placement.line.has_days and placement.standing in (PLANNED, DONE) and not entry.runs and runs_of(ev, placement)
    )
    return None if cut_away else entry


def _within_horizon(ev: Evaluation, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    last = ev.horizon
    return runs if last is None or not runs else runs_up_to(runs, civil_date(last))


def _doses(
    ev: Evaluation, placement: Placement, runs: tuple[Run, ...]
) -> tuple[tuple[Dose, ...], tuple[Reason, ...], int]:
    """The doses of the occurrence's own day, with what says so and the highest event number; none for what is not to be given."""
    if placement.day is None or placement.standing in (CANCELLED, NOT_DONE):
        return _NO_DOSES
    if runs:
        return runs[0].doses, (), 0
    given = ev.course.about(placement.id).done
    stated = given is not None and isinstance(given.event, Given) and given.event.is_stated
    if given is None or stated:
        doses, why = doses_of(ev, placement, 1, placement.day)
    else:
        doses, why = doses_as_given(ev, placement, 1, placement.day, given, placement.id)
    found = stated_doses(sessions(ev, placement), doses) if stated else None
    return (doses if found is None else found), why, latest_before(ev, placement)


def _is_double(ev: Evaluation, placement: Placement, doses: tuple[Dose, ...]) -> bool:
    """True where somebody stated an amount that is at least twice what was due."""
    due = _due_of_stated(ev, placement)
    same = len(doses) == len(due)
    return same and any(is_double(one, (other,)) for one, other in zip(doses, due, strict=True))


def _due_instead(ev: Evaluation, placement: Placement, doses: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """What was due, where somebody stated another amount."""
    due = _due_of_stated(ev, placement)
    return due_instead(doses, due) if due else ()


def _due_of_stated(ev: Evaluation, placement: Placement) -> tuple[Dose, ...]:
    """What was due of a dose whose amount somebody stated; nothing of any other."""
    given = ev.course.about(placement.id).done
    if given is None or placement.day is None or not isinstance(given.event, Given) or not given.event.is_stated:
        return ()
    return doses_on(ev, placement.line, placement.n, 1, placement.day)[0]


def _unrecorded(ev: Evaluation, placement: Placement) -> tuple[tuple[Flag, ...], tuple[Event, ...]]:
    """An attendance before the treatment's end that nobody recorded is never presumed; and the end that tells so."""
    stop = ev.stop(placement.line)
    found_again = ev.events(*(fact for away in ev.course.away if away.end is not None for fact in away.facts))
    if stop is None or placement.day is None or placement.day >= stop.day:
        taken_up_again = (fact for hold in ev.holds(placement.line) if hold.discontinued for fact in hold.facts)
        return (), (*ev.events(*taken_up_again), *found_again)
    return (Flag.NO_RECORD,), (*ev.events(*stop.facts), *found_again)


def _serves(ev: Evaluation, placement: Placement) -> tuple[tuple[Flag, ...], tuple[Reason, ...], int]:
    """A planned scan that serves as the confirming scan of an iUPD says so; and the highest event number that bears on it."""
    if placement.day is None:
        return (), (), 0
    links: list[Reason] = []
    latest = 0
    for line in ev.plan.timelines.values():
        if line.unless != placement.line.name or line.each is None:
            continue
        for fact in ev.course.responses:
            if getattr(fact.event, "assessment", None) != line.each:
                continue
            asked = ev.place(line, fact.number)
            links.append(ev.after(asked.id))
            latest = max(latest, asked.latest)
            reset = taken_back_by(ev, fact.number)
            if reset is not None and placement.day > reset.scan_day:
                # The iUPD was taken back before this scan, which is an ordinary one.
                links += ev.events(reset.fact)
                latest = max(latest, latest_of(reset.fact))
                continue
            inside = asked.first is not None and asked.last is not None and asked.first <= placement.day <= asked.last
            if inside and asked.standing is BEYOND:
                return (Flag.CONFIRMS,), (*ev.events(fact), *links), latest
    return (), tuple(links), latest

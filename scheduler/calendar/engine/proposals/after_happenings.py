"""What a pregnancy, an operation or another cancer therapy asks, where no rule of the protocol is about it.

A pregnancy of the patient, and another therapy during treatment, put every dose that is left to a decision, treatment by
treatment: an order about a treatment answers it. An operation is told until an order, or until somebody has looked at it. Where
the protocol has a rule, the proposals ask, and only the days of a planned operation are told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.limits_by_date import is_event
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.moments.treatment_ends import has_had_all_before
from scheduler.calendar.engine.proposals.awaiting import Concern
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.firing.happenings import first_day_too_near, names_of
from scheduler.patient.events import (
    Event,
    NewAnticancerTherapy,
    OfOperation,
    Pregnancy,
    Reported,
    Reviewed,
    Surgery,
    SurgeryPlanned,
    WoundHealed,
)
from scheduler.patient.log import Fact, withdrawn
from scheduler.protocol.plan.rules import BeforeSurgery, Happened, Rule
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import Named
from scheduler.said import Code, Quoted, Said, listed, said, said_as

_AND = said_as("between the members of a list", " and ")

_ASK_FOR_ALL = (Pregnancy, NewAnticancerTherapy)


def concerns_of_happenings(ev: Evaluation) -> Iterator[Concern]:
    """The treatments whose later doses await a decision, or would without the answer or the strike that is in the log."""
    for gone in withdrawn(ev.course.log):
        if names_of(gone.event) and isinstance(gone.event, _ASK_FOR_ALL):
            strikes = tuple(ev.event(number) for number in gone.by)
            for line in ev.plan.treatments():
                yield Concern(line.name, gone.event.on, (), strikes)
    for fact in ev.course.of(*_ASK_FOR_ALL):
        for line in _asked_about(ev, fact):
            answers = answers_to(ev, line, fact)
            said = () if answers else ev.events(fact)
            yield Concern(line.name, fact.event.on, said, ev.events(fact, *answers))


def findings_of_happenings(ev: Evaluation) -> Iterator[Finding]:
    """What a person has to decide, and what nobody has to: told as a note."""
    for fact in ev.course.of(Pregnancy, NewAnticancerTherapy, Surgery, SurgeryPlanned, WoundHealed, Reported):
        event = fact.event
        if isinstance(event, Reported):
            yield _note("reported", fact, said("event {number} was reported to the sponsor", number=event.number))
        elif isinstance(event, SurgeryPlanned):
            yield from _of_planned_surgery(ev, fact, event)
        elif isinstance(event, OfOperation):
            yield from _of_surgery(ev, fact)
        elif isinstance(event, WoundHealed):
            yield _note("wound-healed", fact, said("the wound has healed"))
        elif isinstance(event, Pregnancy) and event.whose == "partner":
            yield _note(
                "partner-pregnant", fact, said("the patient's partner is pregnant: no treatment stops for that")
            )
        else:
            yield from _of_all_treatment(ev, fact)


def _of_all_treatment(ev: Evaluation, fact: Fact) -> Iterator[Finding]:
    open_ones = [line.name for line in _asked_about(ev, fact) if not answers_to(ev, line, fact)]
    ended = [line.name for line in _ended_by_it(ev, fact) if not answers_to(ev, line, fact)]
    if ended:
        message = said(
            "another cancer therapy was begun, which ends {treatments}: does all treatment end?",
            treatments=listed(*map(Code, ended), how=_AND),
        )
        hint = said("record 'end of treatment'; where other treatment goes on, 'discontinued' for what ends")
        yield _warning("new-therapy-asks", fact, message, hint)
    if open_ones:
        what = (
            said("the patient is pregnant")
            if isinstance(fact.event, Pregnancy)
            else said("another cancer therapy was begun")
        )
        treatments = listed(*map(Code, open_ones), how=_AND)
        message = said("{what}: doses of {treatments} that are left await a decision", what=what, treatments=treatments)
        hint = said(
            "record 'discontinued', or 'held' and later 'resumed', for {treatments}; or 'end of treatment'",
            treatments=treatments,
        )
        yield _warning("all-treatment-asks", fact, message, hint)
    elif isinstance(fact.event, NewAnticancerTherapy) and not _rules(ev, fact) and not _ends_something(ev):
        yield _note("new-therapy", fact, said("another cancer therapy was begun, and no dose is left to decide on"))
    elif isinstance(fact.event, Pregnancy) and not _asked_about(ev, fact) and not _rules(ev, fact):
        yield _note("pregnant", fact, said("the patient is pregnant, and no dose is left to decide on"))


def _of_surgery(ev: Evaluation, fact: Fact) -> Iterator[Finding]:
    lines = [line for line in _running(ev, fact.day) if not _rules(ev, fact, line)]
    if _rules(ev, fact) and _first_day(ev) <= fact.day:
        return
    if not lines or is_reviewed(ev, fact) is not None or all(answers_to(ev, line, fact) for line in lines):
        yield _note("surgery", fact, said("the patient had an operation"))
        return
    names = listed(*(Code(line.name) for line in lines), how=_AND)
    hint = said(
        "record 'held' for a treatment that waits for the wound; 'reviewed' with event {number} where all go on",
        number=fact.number,
    )
    yield _warning("surgery-asks", fact, said("the patient had an operation: does {names} go on?", names=names), hint)


def _of_planned_surgery(ev: Evaluation, fact: Fact, planned: SurgeryPlanned) -> Iterator[Finding]:
    if any(later.event.on >= planned.on for later in ev.course.of(Surgery)) or is_reviewed(ev, fact) is not None:
        yield _note("surgery-planned", fact, said("an operation was planned on {day}", day=Code(f"{planned.day}")))
        return
    rules = [(rule, asked) for rule in ev.plan.rules for asked in rule.conditions if isinstance(asked, BeforeSurgery)]
    rules = [each for each in rules if each[0].is_in_force(fact.day)] if not planned.is_minor else []
    told = False
    for rule, asked in rules:
        line = ev.plan.timelines[rule.treatment]
        too_near = first_day_too_near(planned, asked.within)
        if line in _running(ev, too_near) and not _is_held(ev, line, too_near):
            told = True
            last = date.fromordinal(too_near - 1)
            message = said(
                "an operation is planned on {day}: the last {treatment} before it is due by {last}",
                day=Code(f"{planned.day}"),
                treatment=Code(line.name),
                last=Code(f"{last}"),
            )
            yield _warning(
                "surgery-planned", fact, message, said("the protocol says: {rule}", rule=Quoted(rule.clause.text, "en"))
            )
    if not told and not rules and _running(ev, planned.day.toordinal()):
        hint = said(
            "record 'held' when treatment has to stop for it; 'reviewed' with event {number} where it goes on",
            number=fact.number,
        )
        day = Code(f"{planned.day}")
        message = said("an operation is planned on {day}: does treatment go on?", day=day)
        if planned.is_minor:
            message = said("a minor operation is planned on {day}: does treatment go on?", day=day)
        yield _warning("surgery-planned", fact, message, hint)
    elif not told:
        yield _note("surgery-planned", fact, said("an operation is planned on {day}", day=Code(f"{planned.day}")))


def _asked_about(ev: Evaluation, fact: Fact) -> list[Timeline]:
    """The treatments that the protocol has no rule for, which had not ended before, and which it does not stop by itself."""
    if not names_of(fact.event):
        return []
    lines = [line for line in _running(ev, fact.day) if not (_rules(ev, fact, line) and _first_day(ev) <= fact.day)]
    if isinstance(fact.event, NewAnticancerTherapy):
        begun = any(ev.course.doses.values()) or any(ev.course.taken.values())
        return [line for line in lines if begun and not _stops_at_new_therapy(line)]
    return lines


def _ended_by_it(ev: Evaluation, fact: Fact) -> list[Timeline]:
    """The treatments that were going on and that the protocol ends by itself with another therapy."""
    if not isinstance(fact.event, NewAnticancerTherapy):
        return []
    begun = {*ev.course.doses, *ev.course.taken}
    return [line for line in _running(ev, fact.day) if line.name in begun and _stops_at_new_therapy(line)]


def _ends_something(ev: Evaluation) -> bool:
    return any(_stops_at_new_therapy(line) for line in ev.plan.timelines.values())


def _stops_at_new_therapy(line: Timeline) -> bool:
    named = Named("new anticancer therapy")
    return any(limit.edge.moment == named and is_event(limit) for limit in limits_of(line))


def _running(ev: Evaluation, day: Day) -> list[Timeline]:
    """The treatments that had not ended before a day, by an order or with the last of their doses."""
    ends = ((line, end_of_treatment_line(ev.course, line.name)) for line in ev.plan.treatments())
    running = [line for line, end in ends if end is None or end.decided >= day]
    return [line for line in running if not has_had_all_before(ev, line, day)]


def _rules(ev: Evaluation, fact: Fact, line: Timeline | None = None) -> list[Rule]:
    """The rules about it, for one treatment or for any."""
    names = names_of(fact.event)
    rules = (rule for rule in ev.plan.rules if line is None or rule.treatment == line.name)
    return [
        rule
        for rule in rules
        if rule.is_in_force(fact.day) and any(isinstance(c, Happened) and c.what in names for c in rule.conditions)
    ]


def _first_day(ev: Evaluation) -> Day:
    """The day of the first dose; rules are about nothing before it."""
    return ev.course.first_day if ev.course.first_day is not None else date.max.toordinal()


def answers_to(ev: Evaluation, line: Timeline, fact: Fact) -> tuple[Fact, ...]:
    """The orders about a treatment from the day of the fact on, or what ended all of it."""
    holds = ev.course.holds.get(line.name, ())
    found = [each for hold in holds for each in hold.facts if each.day >= fact.day]
    end = end_of_treatment_line(ev.course, line.name)
    if end is not None and end.decided >= fact.day:
        found += end.facts
    return tuple(dict.fromkeys(found))


def _is_held(ev: Evaluation, line: Timeline, day: Day) -> bool:
    holds: Iterable[tuple[Day, Day | None]] = ((each.start, each.end) for each in ev.course.holds.get(line.name, ()))
    return any(start <= day and (end is None or end > day) for start, end in holds)


def is_reviewed(ev: Evaluation, fact: Fact) -> Fact | None:
    """Who has looked at it since it was last corrected."""
    reviews = ev.course.of(Reviewed)
    return next(
        (
            each
            for each in reviews
            if cast(Reviewed, each.event).number in fact.numbers and each.number > max(fact.numbers)
        ),
        None,
    )


def _warning(code: str, fact: Fact, message: Said, hint: Said) -> Finding:
    return Finding.of(code, Severity.WARNING, _dated(fact.event, message), hint, events=fact.numbers)


def _note(code: str, fact: Fact, message: Said) -> Finding:
    return Finding.of(code, Severity.NOTE, _dated(fact.event, message), events=fact.numbers)


def _dated(event: Event, message: Said) -> Said:
    return said("{day}: {message}", day=Code(f"{event.on}"), message=message)

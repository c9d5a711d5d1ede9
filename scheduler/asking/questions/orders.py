"""Orders that the protocol does not call for, or that come to nothing; and holds beside holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.questions.days import assessed_by
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.findings.holding.holds import overlap
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.engine.proposals.resumed_above import RESUMED_TOO_HIGH
from scheduler.calendar.entries.entry import Calendar, HeldPeriod, Status
from scheduler.calendar.entries.proposal import Proposal
from scheduler.patient.dose_rules.so_far.options import Option, find_option
from scheduler.patient.events import Decided, Delayed, DeviationAssessed, Discontinued, DoseChanged, Held, Resumed
from scheduler.said import SEMICOLONS, Code, Listed, Quoted, Said, Value, listed, said, said_as

Asks = Callable[[Candidate], Iterator[Told]]


def against_the_protocol(candidate: Candidate) -> Iterator[Told]:
    """A decision that is less strict than anything that the protocol has for it."""
    for proposal, option in _chosen(candidate):
        own = [each for each in proposal.options if each.of_protocol]
        if not option.of_protocol and option.action.strictness < min(each.action.strictness for each in own):
            what = said(
                "'{option}' is less than the protocol asks for: {own}", option=_option(option), own=_any_of(own)
            )
            yield Told(what, "action", said("choose what the protocol has, or say why not"), proposal.clause)


def stricter_than_the_protocol(candidate: Candidate) -> Iterator[Told]:
    """A decision that is no option of the protocol, and not less strict: any physician may take it."""
    for proposal, option in _chosen(candidate):
        own = [each for each in proposal.options if each.of_protocol]
        if not option.of_protocol and option.action.strictness >= min(each.action.strictness for each in own):
            what = said(
                "'{option}' is no option of the protocol, which has: {own}", option=_option(option), own=_any_of(own)
            )
            yield Told(what, "action", None, proposal.clause)


def above_its_row(candidate: Candidate) -> Iterator[Told]:
    """A resume at a higher level than the protocol has for a recovery that took so long, or without a level."""
    event = candidate.event
    if not isinstance(event, Resumed):
        return
    for finding in candidate.calendar_after.findings:
        if finding.code == RESUMED_TOO_HIGH and candidate.number in finding.events:
            about = (each for each in candidate.calendar_after.proposals if each.trigger in finding.events)
            clause = next((each.clause for each in about if each.treatment == event.treatment), None)
            hint = said("name the level of the protocol, or say why not")
            numbers = tuple(number for number in finding.events if number <= candidate.log.length)
            yield Told(finding.told, "level", hint, clause, numbers)


def _option(option: Option) -> Said:
    return Said(option.words, context="option")


def _any_of(options: list[Option]) -> Listed:
    return listed(*map(_option, options), how=said_as("between the options of a decision", " or "))


def _chosen(candidate: Candidate) -> Iterator[tuple[Proposal, Option]]:
    event = candidate.event
    if not isinstance(event, Decided):
        return
    for proposal in proposals_on(candidate.calendar, event.on):
        option = find_option(proposal.options, event.action) if proposal.id == event.proposal else None
        if option is not None:
            yield proposal, option


def no_such_deviation(candidate: Candidate) -> Iterator[Told]:
    """An assessment of a deviation that the list does not have."""
    event = candidate.event
    if not isinstance(event, DeviationAssessed):
        return
    if assessed_by(candidate):
        return
    same = [each for each in candidate.list_before if each.kind == event.deviation]
    known = dict.fromkeys(_named(each.kind.value, each.about) for each in same or candidate.list_before)
    hint = (
        said("the list has: {deviations}", deviations=listed(*known, how=SEMICOLONS))
        if known
        else said("the list has none")
    )
    kind = Said(event.deviation, context="deviation")
    what = (
        said("there is no deviation '{kind}' of {about}", kind=kind, about=Code(event.about))
        if event.about is not None
        else said("there is no deviation '{kind}'", kind=kind)
    )
    yield Told(what, "deviation", hint)


def _named(kind: str, about: str | None) -> Said:
    named = Said(kind, context="deviation")
    return said("{kind} of {about}", kind=named, about=Code(about)) if about else named


def of_its_reason(code: str) -> Asks:
    """What the calendar would say about the reason of an end, under one code: no such record, or no words."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """An end of treatment whose reason leaves something to be recorded."""
        for finding in candidate.calendar_after.findings:
            if finding.code == code and candidate.number in finding.events:
                yield Told(finding.told, "reason", finding.what_to_do)

    return asks


def ends_another(candidate: Candidate) -> Iterator[Told]:
    """An end of one treatment that takes the planned doses of another away, because the protocol times them on it."""
    event = candidate.event
    ended = _planned(candidate, candidate.calendar) - _planned(candidate, candidate.calendar_after)
    plan = next(iter(candidate.plans()), None)
    for line in plan.study_treatments() if plan is not None and isinstance(event, Discontinued | Decided) else ():
        leader = line.follows.timeline if line.follows is not None else None
        timing = line.then
        if line.name in ended and leader in ended and timing is not None:
            what = said(
                "discontinuing {leader} ends {name} too, because the protocol times it on {leader}",
                leader=Code(f"{leader}"),
                name=Code(f"{line.name}"),
            )
            hint = said(
                "where {name} is to go on, do not record this: 'check' says how the protocol lets it",
                name=Code(f"{line.name}"),
            )
            yield Told(what, "treatment" if isinstance(event, Discontinued) else "action", hint, timing.clause)


def _planned(candidate: Candidate, calendar: Calendar) -> set[str]:
    """The timelines of which something is still planned from the day of the order on, or waits for its day."""
    planned = {
        entry.timeline
        for entry in calendar.entries
        if entry.status is Status.PLANNED and entry.date is not None and entry.date >= candidate.event.on
    }
    return planned | {pending.timeline for pending in calendar.pending}


def delays_nothing(candidate: Candidate) -> Iterator[Told]:
    """A delay of what was given already, or that the calendar has later than that anyway."""
    event = candidate.event
    if not isinstance(event, Delayed) or event.until < event.on:
        return
    for name in event.entries:
        before, after = candidate.calendar.entry(name), candidate.calendar_after.entry(name)
        if before is not None and after is not None and before.date is not None and before.date == after.date:
            day = Code(f"{before.date}")
            what = (
                said("{entry} was given on {day} already", entry=Code(name), day=day)
                if before.status is Status.DONE
                else said("{entry} is planned for {day}, and stays there", entry=Code(name), day=day)
            )
            yield Told(
                what, "until", said("look at the number and the day; 'until' is the earliest day on which it is given")
            )


def delayed_into_the_past(candidate: Candidate) -> Iterator[Told]:
    """A delay until a day that had passed: nothing would wait."""
    event = candidate.event
    if isinstance(event, Delayed) and event.until < event.on:
        what = said(
            "{entries} is put off until {until}, a day that had passed when it was put off, on {on}",
            entries=Code(f"{event.entries[0]}"),
            until=Code(f"{event.until}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "until", said("'until' is the earliest day on which it is given"))


def of_what_has_ended(candidate: Candidate) -> Iterator[Told]:
    """A hold, a delay or another dose of a treatment that had ended by then: no dose follows that it could bear on."""
    event = candidate.event
    if not isinstance(event, Held | Delayed | DoseChanged):
        return
    end = end_of_treatment_line(candidate.course, event.treatment)
    if end is not None and event.on.toordinal() >= end.day:
        what = said(
            "{treatment} ended on {day} (event {number}): nothing follows that this order could change",
            treatment=Code(event.treatment),
            day=Code(f"{end.fact.event.on}"),
            number=Code(f"{end.fact.number}"),
        )
        hint = said(
            "look at the treatment and the day; where it is taken up again, record 'resumed' with its reason first"
        )
        yield Told(what, "treatment", hint, events=end.fact.numbers)


def held_already(candidate: Candidate) -> Iterator[Told]:
    """A hold for the reason of another one that lasts: dosing stops no earlier and goes on no later by it."""
    for new, hold in _beside(candidate):
        if new.reason == hold.reason:
            hint = said(
                "leave it out; correct event {events} where its day is wrong, or give the other cause as reason",
                events=Code(f"{hold.events[0]}"),
            )
            yield Told(said("{held} already", held=_held(hold)), "reason", hint, events=_known(candidate, hold))


def held_for_another_cause(candidate: Candidate) -> Iterator[Told]:
    """A hold for another reason than that of one that lasts: dosing goes on when both have ended."""
    for new, hold in _beside(candidate):
        if new.reason != hold.reason:
            what = said("{held}; dosing goes on when both holds have ended", held=_held(hold))
            hint = said("a resume with the reason of one ends that one, any other resume ends both")
            yield Told(what, "reason", hint, events=_known(candidate, hold))


def still_held(candidate: Candidate) -> Iterator[Told]:
    """A resume that ends one hold while another lasts: no dose follows from it."""
    event = candidate.event
    if not isinstance(event, Resumed):
        return
    for hold in candidate.calendar_after.holds:
        lasts = hold.start <= event.on and (hold.over is None or hold.over > event.on)
        if hold.treatment == event.treatment and lasts and candidate.number not in hold.events:
            what = said("{held}, and this resume does not end that: nothing is dosed", held=_held(hold))
            yield Told(what, "reason", said("a resume without a reason ends all holds"), events=_known(candidate, hold))


def _beside(candidate: Candidate) -> Iterator[tuple[HeldPeriod, HeldPeriod]]:
    """The hold that is ordered, with each other one of its treatment that lasts on one of its days."""
    if not isinstance(candidate.event, Held):
        return
    holds = candidate.calendar_after.holds
    for new in (hold for hold in holds if candidate.number in hold.events):
        for hold in holds:
            if hold is not new and hold.treatment == new.treatment and overlap(hold, new):
                yield new, hold


def _held(hold: HeldPeriod) -> Said:
    told: dict[str, Value] = {
        "treatment": Code(hold.treatment),
        "day": Code(f"{hold.start}"),
        "number": Code(f"{hold.events[0]}"),
    }
    if hold.reason is None:
        return said("{treatment} is held from {day} (event {number})", **told)
    return said("{treatment} is held for {reason} from {day} (event {number})", reason=Quoted(hold.reason), **told)


def _known(candidate: Candidate, hold: HeldPeriod) -> tuple[int, ...]:
    return tuple(number for number in hold.events if number <= candidate.log.length)

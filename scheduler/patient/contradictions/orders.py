"""What orders contradict: a resume of what nobody held, levels and amounts that the protocol does not have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.decisions import stops_decided
from scheduler.patient.contradictions.say import CORRECT_ONE, refuse, told, warn
from scheduler.patient.events import (
    Decided,
    Delayed,
    Discontinued,
    DoseChanged,
    EndOfTreatment,
    Event,
    Held,
    NotDone,
    OfTreatment,
    Prescribed,
    Resumed,
    parse_amount,
)
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.give import AUC, Give, choice_in_short, in_short, level_in_short, unit_of
from scheduler.protocol.plan.study import Timeline
from scheduler.said import COMMAS, Amount, Code, Listed, Said, Value, listed, said
from scheduler.source.quoting import quoted


def resumes_follow_stops(chart: Chart) -> Iterator[Finding]:
    """A resume follows a hold; after a discontinuation it needs an override."""
    stops: dict[str, list[Fact]] = {}
    for fact, event in chart.of(Held, Resumed, Discontinued):
        for treatment in (event.treatment, *chart.drugs_in(event.treatment, event.on)):
            stops.setdefault(treatment, []).append(fact)
    ends = [fact for fact, _ in chart.of(EndOfTreatment)]
    decided = stops_decided(chart)
    for fact, _ in chart.of(Decided):
        for treatment in decided[fact.number][0] if fact.number in decided else ():
            stops.setdefault(treatment, []).append(fact)
    for treatment, facts in stops.items():
        yield from _stops_of_one(treatment, sorted([*facts, *ends], key=_by_day), decided)


def _by_day(fact: Fact) -> tuple[int, int]:
    # On one day, whatever the order of recording: a hold, its resume, the end.
    ranks = {Held: 0, Decided: 0, Resumed: 1}
    return fact.day, ranks.get(type(fact.event), 2)


def _stops_of_one(
    treatment: str, facts: list[Fact], decided: dict[int, tuple[tuple[str, ...], bool]]
) -> Iterator[Finding]:
    holds, stopped = 0, None
    for fact in facts:
        match fact.event:
            case Decided() if decided[fact.number][1]:
                stopped = fact
            case Held() | Decided():
                holds += 1
            case Discontinued() if fact.event.treatment == treatment:
                if stopped is not None and isinstance(stopped.event, Discontinued):
                    message = said(
                        "{treatment} was discontinued twice: {stopped} and {fact}",
                        treatment=Code(quoted(treatment)),
                        stopped=told(stopped),
                        fact=told(fact),
                    )
                    yield refuse("discontinued-twice", message, CORRECT_ONE, stopped, fact)
                stopped = fact
            case Discontinued() | EndOfTreatment():
                stopped = stopped or fact
            case Resumed() if fact.event.treatment != treatment and fact.event.override is None:
                # Who resumes the cycles resumes those of their drugs that were held with them.
                holds = max(holds - 1, 0)
            case Resumed():
                yield from _resumed(treatment, fact, holds, stopped)
                holds, stopped = max(holds - 1, 0) if stopped is None else 0, None


def _resumed(treatment: str, fact: Fact, holds: int, stopped: Fact | None) -> Iterator[Finding]:
    if cast(Resumed, fact.event).treatment != treatment:
        return
    if stopped is not None and fact.event.override is None:
        message = said(
            "{treatment} is resumed {fact} after it ended {stopped}",
            treatment=Code(quoted(treatment)),
            fact=told(fact),
            stopped=told(stopped),
        )
        yield refuse("resumed-after-end", message, said("say why with 'override'"), fact, stopped)
    elif stopped is None and holds == 0:
        message = said(
            "{treatment} is resumed {fact}, but it was not held", treatment=Code(quoted(treatment)), fact=told(fact)
        )
        yield refuse("nothing-to-resume", message, said("record 'held' first; see the dates"), fact)


def days_are_chosen_where_asked(chart: Chart) -> Iterator[Finding]:
    """A resume names a day of the schedule only where the protocol asks for one after a long hold."""
    for fact, event in chart.of(Resumed):
        line = chart.treatment(event.treatment, event.on)
        if event.day is None or line is None:
            continue
        if not any(rule.choose for rule in line.long_holds):
            message = said(
                "{treatment} goes on where it stopped: the protocol asks for no day",
                treatment=Code(quoted(event.treatment)),
            )
            yield refuse("which-day", message, said("leave the day out"), fact)
        elif event.day > line.last_day(line.first_number):
            message = said("{treatment} has no day {day}", treatment=Code(quoted(event.treatment)), day=event.day)
            yield refuse(
                "which-day",
                message,
                said("its last day is {first_number}", first_number=line.last_day(line.first_number)),
                fact,
            )


def levels_are_on_the_ladder(chart: Chart) -> Iterator[Finding]:
    """A level is one of the arm's, and the dose is what that level says; an override lets another stand."""
    for fact, resumed in chart.of(Resumed):
        if resumed.level is not None and resumed.dose is not None:
            yield from _level(chart, fact, resumed, resumed.level, resumed.dose)
    for fact, changed in chart.of(DoseChanged):
        yield from _level(chart, fact, changed, changed.level, changed.dose)


def _level(chart: Chart, fact: Fact, event: OfTreatment, level: int, dose: str) -> Iterator[Finding]:
    line = chart.treatment(event.treatment, event.on)
    is_judged = line is not None and (chart.arm_is_known or line.before_randomisation)
    amounts = _amounts_of(line) if line is not None and is_judged and event.override is None else None
    if amounts is None:
        return
    if level not in amounts:
        message = said("{treatment} has no dose level {level}", treatment=Code(quoted(event.treatment)), level=level)
        yield refuse(
            "unknown-level",
            message,
            said("level {amounts}; or say why it stands with 'override'", amounts=_listed(amounts)),
            fact,
        )
    elif parse_amount(dose) not in amounts[level]:
        message = said(
            "dose level {level} of {treatment} is not {dose}",
            level=level,
            treatment=Code(quoted(event.treatment)),
            dose=Code(dose),
        )
        yield refuse(
            "dose-disagrees",
            message,
            said("level {amounts}; or say why it stands with 'override'", amounts=_listed(amounts)),
            fact,
        )


Amounts = dict[int, list[tuple[Decimal, str]]]


def _amounts_of(line: Timeline) -> Amounts | None:
    """What each level may be written as; None where the plan does not say."""
    per = next((give.per for give in line.gives if give.per), None)
    if line.ladder is not None:
        units = [line.ladder.unit] + ([f"{line.ladder.unit}/{per}"] if per else [])
        bands = (band.levels for give in line.gives for band in give.calculation.bands if band.levels)
        written = tuple(zip(line.ladder.amounts, *bands, strict=False))
        return {
            -step: [(amount, unit) for amount in dict.fromkeys(amounts) for unit in units]
            for step, amounts in enumerate(written)
        }
    fixed = [
        (give.amount, AUC if give.per == AUC else f"{give.unit}/{give.per}" if give.per else give.unit)
        for give in line.gives
        if give.amount is not None and give.high is None and not give.prescribed
    ]
    return {0: fixed} if fixed else None


def _listed(amounts: Amounts) -> Listed:
    return listed(
        *(
            said("{level} is {amount}", level=level, amount=Code(level_in_short(*written[0])))
            for level, written in amounts.items()
        ),
        how=COMMAS,
    )


def prescriptions_are_in_range(chart: Chart) -> Iterator[Finding]:
    """A prescription names a course of the protocol and lies in its range; an override lets another amount stand."""
    for fact, event in chart.of(Prescribed):
        line = chart.treatment(event.treatment, event.on)
        if line is None:
            continue
        courses = {give.name: give for give in line.gives if give.prescribed}
        course = event.course or line.name
        give = courses.get(course)
        if give is None:
            message = said(
                "{treatment} has no prescribed course {course}",
                treatment=Code(quoted(line.name)),
                course=Code(quoted(course)),
            )
            yield refuse("unknown-course", message, nearest_known(course, courses), fact)
        elif event.unit != unit_of(give):
            message = said(
                "{name} is prescribed in {unit}, not in {unit_b}",
                name=Code(quoted(give.name)),
                unit=Code(unit_of(give)),
                unit_b=Code(quoted(event.unit)),
            )
            yield refuse(
                "wrong-unit", message, said("write 'unit: {unit}' and the amount in it", unit=Code(unit_of(give))), fact
            )
        elif event.override is None and not _in_range(event.per_fraction, give):
            message = said("{dose} is outside the protocol's range", dose=_amount(event.per_fraction, event.unit))
            yield refuse(
                "outside-range",
                message,
                said(
                    "{name} is {range}; or say why it stands with 'override'",
                    name=Code(quoted(give.name)),
                    range=_range(give),
                ),
                fact,
            )


def _in_range(amount: Decimal, give: Give) -> bool:
    if give.amount is None:
        return True
    if give.offered:
        return amount in give.offered
    return give.amount <= amount <= (give.high if give.high is not None else give.amount)


def _amount(amount: Decimal, unit: str) -> Value:
    return Code(in_short(amount, unit)) if unit == AUC else Amount(amount, unit)


def _range(give: Give) -> Said:
    assert give.amount is not None
    if give.offered or (give.high is not None and give.per == AUC):
        return said("{amount}", amount=Code(choice_in_short(give)))
    if give.high is None:
        return said("{amount}", amount=_amount(give.amount, unit_of(give)))
    return said("{low} to {high}", low=give.amount, high=_amount(give.high, unit_of(give)))


SAY_WHY: tuple[type[Event], ...] = (NotDone, Delayed, Held, Discontinued, EndOfTreatment)


def stops_say_why(chart: Chart) -> Iterator[Finding]:
    """Whoever puts off, holds, omits or ends something says why."""
    for fact, event in chart.of(*SAY_WHY):
        if event.reason is None:
            yield warn(
                "no-reason",
                said(
                    "{event} {fact} gives no reason",
                    event=said("'{event}'", event=Said(event.event, context="record")),
                    fact=told(fact),
                ),
                said("add 'reason'"),
                fact,
            )

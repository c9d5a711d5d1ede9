"""What orders contradict: a resume of what nobody held, levels and amounts that the protocol does not have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from scheduler.findings import Finding, did_you_mean
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
from scheduler.protocol.plan.dosing.give import AUC, Give, level_in_short
from scheduler.protocol.plan.study import Timeline
from scheduler.source.quoting import quoted

OR_OVERRIDE = "or say why it stands with 'override'"


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
                    message = f"{quoted(treatment)} was discontinued twice: {told(stopped)} and {told(fact)}"
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
        message = f"{quoted(treatment)} is resumed {told(fact)} after it ended {told(stopped)}"
        yield refuse("resumed-after-end", message, "say why with 'override'", fact, stopped)
    elif stopped is None and holds == 0:
        message = f"{quoted(treatment)} is resumed {told(fact)}, but it was not held"
        yield refuse("nothing-to-resume", message, "record 'held' first; see the dates", fact)


def days_are_chosen_where_asked(chart: Chart) -> Iterator[Finding]:
    """A resume names a day of the schedule only where the protocol asks for one after a long hold."""
    for fact, event in chart.of(Resumed):
        line = chart.treatment(event.treatment, event.on)
        if event.day is None or line is None:
            continue
        if not any(rule.choose for rule in line.long_holds):
            message = f"{quoted(event.treatment)} goes on where it stopped: the protocol asks for no day"
            yield refuse("which-day", message, "leave the day out", fact)
        elif event.day > line.last_day(line.first_number):
            message = f"{quoted(event.treatment)} has no day {event.day}"
            yield refuse("which-day", message, f"its last day is {line.last_day(line.first_number)}", fact)


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
        message = f"{quoted(event.treatment)} has no dose level {level}"
        yield refuse("unknown-level", message, f"{_listed(amounts)}; {OR_OVERRIDE}", fact)
    elif parse_amount(dose) not in amounts[level]:
        message = f"dose level {level} of {quoted(event.treatment)} is not {dose}"
        yield refuse("dose-disagrees", message, f"{_listed(amounts)}; {OR_OVERRIDE}", fact)


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


def _listed(amounts: Amounts) -> str:
    levels = (f"{level} is {level_in_short(*written[0])}" for level, written in amounts.items())
    return "level " + ", ".join(levels)


def prescriptions_are_in_range(chart: Chart) -> Iterator[Finding]:
    """A prescription names a course of the protocol and lies in its range; an override lets another amount stand."""
    for fact, event in chart.of(Prescribed):
        line = chart.treatment(event.treatment, event.on)
        if line is None:
            continue
        courses = {give.name: give for give in line.gives if give.prescribed}
        give = courses.get(event.course)
        if give is None:
            message = f"{quoted(line.name)} has no prescribed course {quoted(event.course)}"
            yield refuse("unknown-course", message, did_you_mean(event.course, courses), fact)
        elif event.unit != give.unit:
            message = f"{quoted(give.name)} is prescribed in {give.unit}, not in {quoted(event.unit)}"
            yield refuse("wrong-unit", message, f"write 'unit: {give.unit}' and the amount in it", fact)
        elif event.override is None and not _in_range(event.per_fraction, give):
            message = f"{event.per_fraction:f} {event.unit} a fraction is outside the protocol's range"
            yield refuse("outside-range", message, f"{quoted(give.name)} is {_range(give)}; {OR_OVERRIDE}", fact)


def _in_range(amount: Decimal, give: Give) -> bool:
    if give.amount is None:
        return True
    return give.amount <= amount <= (give.high if give.high is not None else give.amount)


def _range(give: Give) -> str:
    return f"{give.amount:f}" + (f" to {give.high:f}" if give.high is not None else "") + f" {give.unit}"


SAY_WHY: tuple[type[Event], ...] = (NotDone, Delayed, Held, Discontinued, EndOfTreatment)


def stops_say_why(chart: Chart) -> Iterator[Finding]:
    """Whoever puts off, holds, omits or ends something says why."""
    for fact, event in chart.of(*SAY_WHY):
        if event.reason is None:
            yield warn("no-reason", f"{quoted(event.event)} {told(fact)} gives no reason", "add 'reason'", fact)

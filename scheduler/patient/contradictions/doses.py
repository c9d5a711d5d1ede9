"""What doses contradict: a treatment that the arm does not have, the same dose twice, cycles counted as doses."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.say import CORRECT_ONE, refuse, repeats, told, warn
from scheduler.patient.events import (
    AdverseEvent,
    CycleStarted,
    Delayed,
    Discontinued,
    Dispensed,
    DoseChanged,
    Given,
    Held,
    Lost,
    NotTaken,
    OfTreatment,
    Prescribed,
    Resumed,
    Returned,
    Taken,
)
from scheduler.patient.log import Fact, in_force
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.said import COMMAS, Code, Listed, Said, Value, listed, said, said_as
from scheduler.source.quoting import quoted

ABOUT_A_TREATMENT: tuple[type[OfTreatment], ...] = (
    CycleStarted,
    Given,
    Taken,
    NotTaken,
    Prescribed,
    Delayed,
    Held,
    Resumed,
    DoseChanged,
    Discontinued,
    Dispensed,
    Returned,
    Lost,
)


def treatment_is_in_the_arm(chart: Chart) -> Iterator[Finding]:
    """A treatment that an event names is one of the patient's arm."""
    for fact, event in chart.of(*ABOUT_A_TREATMENT):
        drugs = chart.drugs_in(event.treatment, event.on)
        if drugs:
            yield from _of_cycles(fact, event, drugs)
            continue
        confirmed = isinstance(event, CycleStarted | Given) and event.confirmed is not None
        if chart.treatment(event.treatment, event.on) is None and not (confirmed and _is_elsewhere(chart, fact, event)):
            yield _unknown_treatment(chart, fact, event.treatment)


_OR = said_as("between the members of a list", " or ")
_ORDERS_FOR_CYCLES = (Delayed, Held, Resumed, Discontinued)


def _of_cycles(fact: Fact, event: OfTreatment, drugs: tuple[str, ...]) -> Iterator[Finding]:
    """Cycles of their own give nothing: they are put off, held and ended, and their drugs are given."""
    name = quoted(event.treatment)
    if not isinstance(event, _ORDERS_FOR_CYCLES):
        hint = said(
            "name the drug: {drugs}; its first dose begins the cycle", drugs=listed(*map(Code, drugs), how=COMMAS)
        )
        yield refuse(
            "cycles-give-nothing",
            said("nothing is given of {name} itself, which are cycles", name=Code(name)),
            hint,
            fact,
        )
    elif isinstance(event, Resumed) and (event.level is not None or event.day is not None):
        yield refuse(
            "cycles-give-nothing",
            said("{name} are cycles and have no levels", name=Code(name)),
            said("resume the drug by its name"),
            fact,
        )
    elif isinstance(event, Delayed) and (event.n is not None or event.day is not None):
        hint = said("write 'cycle: {number}', without a day", number=event.number)
        yield refuse("counted-in-cycles", said("{name} is counted in cycles", name=Code(name)), hint, fact)


def _is_elsewhere(chart: Chart, fact: Fact, event: OfTreatment) -> bool:
    """True for a treatment of another arm: it can be given by mistake."""
    return any(
        event.treatment in plan.timelines and plan.timelines[event.treatment].role is Role.TREATMENT
        for plan in chart.version_on(fact.event.on).arms.values()
    )


def _unknown_treatment(chart: Chart, fact: Fact, name: str) -> Finding:
    plans = chart.plans_on(fact.event.on)
    known = {line.name for plan in plans for line in plan.treatments()}
    elsewhere = {
        plan.arm
        for plan in chart.version_on(fact.event.on).arms.values()
        if name in plan.timelines and plan.timelines[name].role is Role.TREATMENT
    }
    if chart.arm is not None and elsewhere:
        message = said("{name} is not given in the arm {arm}", name=Code(quoted(name)), arm=Code(quoted(chart.arm)))
        arms = listed(*map(Code, sorted(elsewhere)), how=COMMAS)
        hint: Said | None = said("it is a treatment of {arms}; correct the treatment or the arm", arms=arms)
    else:
        message, hint = (
            said("{name} is not a treatment of this study", name=Code(quoted(name))),
            nearest_known(name, known),
        )
    return refuse("unknown-treatment", message, hint, fact)


def starts_cycles(line: Timeline) -> bool:
    """True where 'cycle started' is the word: cycles with dosing days, or whatever the protocol calls a cycle."""
    return line.has_days or line.called == "cycle"


def is_given(line: Timeline) -> bool:
    """True where 'given' is the word: single doses and fractions."""
    return not line.has_days


def cycles_start_and_doses_are_given(chart: Chart) -> Iterator[Finding]:
    """Cycles are started and doses are given, as the treatment is counted; only what has dosing days is taken."""
    for fact, event in chart.of(CycleStarted):
        line = chart.treatment(event.treatment, event.on)
        if line is not None and not starts_cycles(line):
            yield _not_in_cycles(fact, line, said("record 'given' with n: {number}", number=event.cycle))
    for fact, dose in chart.of(Given):
        line = chart.treatment(dose.treatment, dose.on)
        if line is not None and not is_given(line):
            yield _in_cycles(fact, line, said("record 'cycle started' with cycle: {number}", number=dose.n))
    for fact, delay in chart.of(Delayed):
        line = chart.treatment(delay.treatment, delay.on)
        if line is not None and delay.cycle is not None and not starts_cycles(line):
            yield _not_in_cycles(fact, line, said("write 'n: {number}'", number=delay.number))
        if line is not None and delay.n is not None and not is_given(line):
            yield _in_cycles(fact, line, said("write 'cycle: {number}'", number=delay.number))
    for fact, days in chart.of(Taken, NotTaken):
        line = chart.treatment(days.treatment, days.on)
        if line is not None and not line.has_days:
            message = said("{treatment} is given dose by dose, not taken day by day", treatment=Code(quoted(line.name)))
            yield refuse("counted-in-doses", message, said("record 'given', or 'not done' with its entry"), fact)


def doses_name_their_day(chart: Chart) -> Iterator[Finding]:
    """What is given on several days of a cycle is recorded with the cycle's number and the day; nothing else has a day."""
    named = [(fact, event.treatment, event.cycle, event.day) for fact, event in chart.of(CycleStarted)]
    named += [(fact, event.treatment, event.n, event.day) for fact, event in chart.of(Given)]
    named += [(fact, event.treatment, event.number, event.day) for fact, event in chart.of(Delayed)]
    for fact, treatment, number, day in named:
        line = chart.treatment(treatment, fact.event.on)
        if line is None:
            continue
        days = line.follows.possible_days(number) if line.follows is not None and line.follows.has_days else ()
        if days and day not in days:
            hint = _with_its_day(fact, number, listed(*days, how=COMMAS))
            about: dict[str, Value] = {"treatment": Code(quoted(treatment)), "number": number}
            message = said("{treatment} {number} has several days", **about)
            if day is not None:
                message = said("{treatment} {number} has several days, and none is {day}", **about, day=day)
            yield refuse("which-day", message, hint, fact)
        elif not days and day is not None:
            message = said(
                "{treatment} {number} has no days that are recorded by themselves",
                treatment=Code(quoted(treatment)),
                number=number,
            )
            yield refuse("which-day", message, said("leave the day out"), fact)


def _with_its_day(fact: Fact, number: int, days: Listed) -> Said:
    if isinstance(fact.event, CycleStarted):
        return said("write cycle: {number} and the day of that cycle: {days}", number=number, days=days)
    return said("write n: {number} and the day of its cycle: {days}", number=number, days=days)


def several_are_fractions(chart: Chart) -> Iterator[Finding]:
    """A record of several is one of fractions: every other dose has a record of its own."""
    for fact in in_force(chart.log):
        event = fact.event
        if not isinstance(event, Given) or (event.fractions or 1) == 1:
            continue
        line = chart.treatment(event.treatment, event.on)
        if line is None or line.kind != "fraction" or event.day is not None:
            message = said(
                "{treatment} is not given in fractions that have one record", treatment=Code(quoted(event.treatment))
            )
            yield refuse("not-in-fractions", message, said("record each dose by itself"), fact)


def _in_cycles(fact: Fact, line: Timeline, hint: Said) -> Finding:
    return refuse(
        "counted-in-cycles", said("{treatment} is counted in cycles", treatment=Code(quoted(line.name))), hint, fact
    )


def _not_in_cycles(fact: Fact, line: Timeline, hint: Said) -> Finding:
    return refuse(
        "counted-in-doses",
        _counted_in(line),
        hint,
        fact,
    )


def _counted_in(line: Timeline) -> Said:
    treatment = Code(quoted(line.name))
    match line.called:
        case "dose":
            return said("{treatment} is counted in doses, not in cycles", treatment=treatment)
        case "fraction":
            return said("{treatment} is counted in fractions, not in cycles", treatment=treatment)
    return said("{treatment} is counted in {called}s, not in cycles", treatment=treatment, called=Code(line.called))


def nothing_is_given_twice(chart: Chart) -> Iterator[Finding]:
    """A cycle starts once, and a dose is given once."""
    started: dict[tuple[str, int, int | None], list[Fact]] = {}
    for fact, cycle in chart.of(CycleStarted):
        started.setdefault((cycle.treatment, cycle.cycle, cycle.day), []).append(fact)
    for (treatment, number, _), facts in started.items():
        for first, again in repeats(facts):
            message = said(
                "{treatment} cycle {number} was started twice: {first} and {again}",
                treatment=Code(quoted(treatment)),
                number=number,
                first=told(first),
                again=told(again),
            )
            yield refuse("cycle-started-twice", message, CORRECT_ONE, first, again)
    given: dict[tuple[str, int, int | None], list[Fact]] = {}
    for fact, dose in chart.of(Given):
        given.setdefault((dose.treatment, dose.n, dose.day), []).append(fact)
    for (treatment, number, day), facts in given.items():
        which: Value = said("{number} day {day}", number=number, day=day) if day is not None else number
        if len(facts) > 1 and all(is_in_parts(chart, fact) for fact in facts):
            continue
        for first, again in repeats([*started.get((treatment, number, day), [])[:1], *facts]):
            message = said(
                "{treatment} {which} was given twice: {first} and {again}",
                treatment=Code(quoted(treatment)),
                which=which,
                first=told(first),
                again=told(again),
            )
            yield refuse("given-twice", message, CORRECT_ONE, first, again)


def is_in_parts(chart: Chart, fact: Fact) -> bool:
    """True for a session of a fraction that says how much was given: what is left of it may be given, or given up, later."""
    event = fact.event
    line = chart.treatment(event.treatment, event.on) if isinstance(event, Given) and event.is_stated else None
    return line is not None and line.kind == "fraction"


def amounts_are_of_the_treatment(chart: Chart) -> Iterator[Finding]:
    """Amounts are said of each drug or course that the treatment has, each once and in its unit."""
    for fact, event in chart.of(Given):
        line = chart.treatment(event.treatment, event.on)
        if line is None or not event.amounts:
            continue
        known = {give.name: give.unit for give in line.gives}
        named = [name for _, _, name in event.parts]
        for _, unit, name in event.parts:
            if name not in known:
                message = said(
                    "{name} is not given in {treatment}", name=Code(quoted(name)), treatment=Code(quoted(line.name))
                )
                yield refuse("unknown-course", message, nearest_known(name, known), fact)
            elif unit != known[name]:
                message = said(
                    "{name} is given in {name_b}, not in {unit}",
                    name=Code(quoted(name)),
                    name_b=Code(known[name]),
                    unit=Code(quoted(unit)),
                )
                yield refuse("wrong-unit", message, said("write the amount in {name}", name=Code(known[name])), fact)
        missing = [name for name in known if name not in named]
        if missing or len(set(named)) < len(named):
            message = said(
                "the amounts {fact} do not say it once of each: {known}",
                fact=told(fact),
                known=listed(*map(Code, known), how=COMMAS),
            )
            hint = said("say it of each, 0 for what was left out")
            yield refuse("amounts-incomplete", message, hint, fact)


def units_name_their_strength(chart: Chart) -> Iterator[Finding]:
    """Units of a product in several strengths say which they are of; those of any other say none."""
    for fact, event in chart.of(Dispensed, Returned, Lost):
        plan = next((plan for plan in chart.plans_on(event.on) if event.treatment in plan.timelines), None)
        if plan is None:
            continue
        known = [each.strength for each in plan.handed_out_as(event.treatment) if each.strength is not None]
        choices = listed(*map(Code, known), how=_OR)
        if not known and event.strength is not None:
            message = said("{treatment} is not counted by strength", treatment=Code(quoted(event.treatment)))
            yield refuse("which-strength", message, said("leave the strength out"), fact)
        elif known and event.strength is None:
            message = said(
                "nothing says of which strength {quantity} of {treatment} are",
                quantity=event.quantity,
                treatment=Code(quoted(event.treatment)),
            )
            yield refuse(
                "which-strength",
                message,
                said("write strength: {choices}, each in a record of its own", choices=choices),
                fact,
            )
        elif known and event.strength_in_short not in known:
            message = said(
                "{treatment} does not come as {given}",
                treatment=Code(quoted(event.treatment)),
                given=Code(quoted(event.strength or "")),
            )
            yield refuse("which-strength", message, said("write strength: {choices}", choices=choices), fact)


def numbers_follow_dates(chart: Chart) -> Iterator[Finding]:
    """A later cycle or dose has a higher number. Where it has not, both stand, but one is probably wrong."""
    before: dict[str, tuple[int, Fact]] = {}
    starts = [(fact, event.treatment, event.cycle) for fact, event in chart.of(CycleStarted)]
    starts += [(fact, event.treatment, event.n) for fact, event in chart.of(Given)]
    for fact, treatment, number in starts:
        last, previous = before.get(treatment, (0, fact))
        if number < last and fact.event.on > previous.event.on:
            message = said(
                "{treatment} {number} {fact} is later than {last} {previous}",
                treatment=Code(quoted(treatment)),
                number=number,
                fact=told(fact),
                last=last,
                previous=told(previous),
            )
            yield warn("out-of-order", message, said("look at the dates and numbers of both"), fact, previous)
        else:
            before[treatment] = (number, fact)


def related_treatments_are_known(chart: Chart) -> Iterator[Finding]:
    """What an adverse event is related to may be anything; but a name close to a treatment's is probably meant as that."""
    for fact, event in chart.of(AdverseEvent):
        plans = chart.plans_on(event.on)
        known = {line.name for plan in plans for line in plan.treatments()}
        known |= {give.name for plan in plans for line in plan.treatments() for give in line.gives}
        for name in event.related:
            hint = None if name in known else nearest_known(name, known)
            if hint is not None and hint.sentence.startswith("did you mean"):
                yield warn(
                    "unknown-relation",
                    said("{name} is not a treatment of this study", name=Code(quoted(name))),
                    hint,
                    fact,
                )

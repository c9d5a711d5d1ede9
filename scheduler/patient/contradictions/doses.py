"""What doses contradict: a treatment that the arm does not have, the same dose twice, cycles counted as doses."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, did_you_mean
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


_ORDERS_FOR_CYCLES = (Delayed, Held, Resumed, Discontinued)


def _of_cycles(fact: Fact, event: OfTreatment, drugs: tuple[str, ...]) -> Iterator[Finding]:
    """Cycles of their own give nothing: they are put off, held and ended, and their drugs are given."""
    name = quoted(event.treatment)
    if not isinstance(event, _ORDERS_FOR_CYCLES):
        hint = f"name the drug: {', '.join(drugs)}; its first dose begins the cycle"
        yield refuse("cycles-give-nothing", f"nothing is given of {name} itself, which are cycles", hint, fact)
    elif isinstance(event, Resumed) and (event.level is not None or event.day is not None):
        yield refuse(
            "cycles-give-nothing", f"{name} are cycles and have no levels", "resume the drug by its name", fact
        )
    elif isinstance(event, Delayed) and (event.n is not None or event.day is not None):
        hint = f"write 'cycle: {event.number}', without a day"
        yield refuse("counted-in-cycles", f"{name} is counted in cycles", hint, fact)


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
        message = f"{quoted(name)} is not given in the arm {quoted(chart.arm)}"
        hint: str | None = f"it is a treatment of {', '.join(sorted(elsewhere))}; correct the treatment or the arm"
    else:
        message, hint = f"{quoted(name)} is not a treatment of this study", did_you_mean(name, known)
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
            yield _not_in_cycles(fact, line, f"record 'given' with n: {event.cycle}")
    for fact, dose in chart.of(Given):
        line = chart.treatment(dose.treatment, dose.on)
        if line is not None and not is_given(line):
            yield _in_cycles(fact, line, f"record 'cycle started' with cycle: {dose.n}")
    for fact, delay in chart.of(Delayed):
        line = chart.treatment(delay.treatment, delay.on)
        if line is not None and delay.cycle is not None and not starts_cycles(line):
            yield _not_in_cycles(fact, line, f"write 'n: {delay.number}'")
        if line is not None and delay.n is not None and not is_given(line):
            yield _in_cycles(fact, line, f"write 'cycle: {delay.number}'")
    for fact, days in chart.of(Taken, NotTaken):
        line = chart.treatment(days.treatment, days.on)
        if line is not None and not line.has_days:
            message = f"{quoted(line.name)} is given dose by dose, not taken day by day"
            yield refuse("counted-in-doses", message, "record 'given', or 'not done' with its entry", fact)


def doses_name_their_day(chart: Chart) -> Iterator[Finding]:
    """What is given on several days of a cycle is recorded with the cycle's number and the day; nothing else has a day."""
    named = [(fact, event.treatment, event.n, event.day) for fact, event in chart.of(Given)]
    named += [(fact, event.treatment, event.number, event.day) for fact, event in chart.of(Delayed)]
    for fact, treatment, number, day in named:
        line = chart.treatment(treatment, fact.event.on)
        if line is None:
            continue
        days = line.follows.possible_days(number) if line.follows is not None and line.follows.has_days else ()
        if days and day not in days:
            hint = f"write n: {number} and the day of its cycle: {', '.join(map(str, days))}"
            message = f"{quoted(treatment)} {number} has several days"
            yield refuse("which-day", message if day is None else f"{message}, and none is {day}", hint, fact)
        elif not days and day is not None:
            message = f"{quoted(treatment)} {number} has no days that are recorded by themselves"
            yield refuse("which-day", message, "leave the day out", fact)


def several_are_fractions(chart: Chart) -> Iterator[Finding]:
    """A record of several is one of fractions: every other dose has a record of its own."""
    for fact in in_force(chart.log):
        event = fact.event
        if not isinstance(event, Given) or (event.fractions or 1) == 1:
            continue
        line = chart.treatment(event.treatment, event.on)
        if line is None or line.kind != "fraction" or event.day is not None:
            message = f"{quoted(event.treatment)} is not given in fractions that have one record"
            yield refuse("not-in-fractions", message, "record each dose by itself", fact)


def _in_cycles(fact: Fact, line: Timeline, hint: str) -> Finding:
    return refuse("counted-in-cycles", f"{quoted(line.name)} is counted in cycles", hint, fact)


def _not_in_cycles(fact: Fact, line: Timeline, hint: str) -> Finding:
    return refuse("counted-in-doses", f"{quoted(line.name)} is counted in {line.called}s, not in cycles", hint, fact)


def nothing_is_given_twice(chart: Chart) -> Iterator[Finding]:
    """A cycle starts once, and a dose is given once."""
    started: dict[tuple[str, int], list[Fact]] = {}
    for fact, cycle in chart.of(CycleStarted):
        started.setdefault((cycle.treatment, cycle.cycle), []).append(fact)
    for (treatment, number), facts in started.items():
        for first, again in repeats(facts):
            message = f"{quoted(treatment)} cycle {number} was started twice: {told(first)} and {told(again)}"
            yield refuse("cycle-started-twice", message, CORRECT_ONE, first, again)
    given: dict[tuple[str, int, int | None], list[Fact]] = {}
    for fact, dose in chart.of(Given):
        given.setdefault((dose.treatment, dose.n, dose.day), []).append(fact)
    for (treatment, number, day), facts in given.items():
        which = f"{number} day {day}" if day is not None else f"{number}"
        if len(facts) > 1 and all(is_in_parts(chart, fact) for fact in facts):
            continue
        for first, again in repeats([*started.get((treatment, number), [])[:1], *facts]):
            message = f"{quoted(treatment)} {which} was given twice: {told(first)} and {told(again)}"
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
                message = f"{quoted(name)} is not given in {quoted(line.name)}"
                yield refuse("unknown-course", message, did_you_mean(name, known), fact)
            elif unit != known[name]:
                message = f"{quoted(name)} is given in {known[name]}, not in {quoted(unit)}"
                yield refuse("wrong-unit", message, f"write the amount in {known[name]}", fact)
        missing = [name for name in known if name not in named]
        if missing or len(set(named)) < len(named):
            message = f"the amounts {told(fact)} do not say it once of each: {', '.join(known)}"
            hint = "say it of each, 0 for what was left out"
            yield refuse("amounts-incomplete", message, hint, fact)


def units_name_their_strength(chart: Chart) -> Iterator[Finding]:
    """Units of a product in several strengths say which they are of; those of any other say none."""
    for fact, event in chart.of(Dispensed, Returned, Lost):
        plan = next((plan for plan in chart.plans_on(event.on) if event.treatment in plan.timelines), None)
        if plan is None:
            continue
        known = [each.strength for each in plan.handed_out_as(event.treatment) if each.strength is not None]
        choices = " or ".join(known)
        if not known and event.strength is not None:
            message = f"{quoted(event.treatment)} is not counted by strength"
            yield refuse("which-strength", message, "leave the strength out", fact)
        elif known and event.strength is None:
            message = f"nothing says of which strength {event.quantity} of {quoted(event.treatment)} are"
            yield refuse("which-strength", message, f"write strength: {choices}, each in a record of its own", fact)
        elif known and event.strength_in_short not in known:
            message = f"{quoted(event.treatment)} does not come as {quoted(event.strength or '')}"
            yield refuse("which-strength", message, f"write strength: {choices}", fact)


def numbers_follow_dates(chart: Chart) -> Iterator[Finding]:
    """A later cycle or dose has a higher number. Where it has not, both stand, but one is probably wrong."""
    before: dict[str, tuple[int, Fact]] = {}
    starts = [(fact, event.treatment, event.cycle) for fact, event in chart.of(CycleStarted)]
    starts += [(fact, event.treatment, event.n) for fact, event in chart.of(Given)]
    for fact, treatment, number in starts:
        last, previous = before.get(treatment, (0, fact))
        if number < last and fact.event.on > previous.event.on:
            message = f"{quoted(treatment)} {number} {told(fact)} is later than {last} {told(previous)}"
            yield warn("out-of-order", message, "look at the dates and numbers of both", fact, previous)
        else:
            before[treatment] = (number, fact)


def related_treatments_are_known(chart: Chart) -> Iterator[Finding]:
    """What an adverse event is related to may be anything; but a name close to a treatment's is probably meant as that."""
    for fact, event in chart.of(AdverseEvent):
        plans = chart.plans_on(event.on)
        known = {line.name for plan in plans for line in plan.treatments()}
        known |= {give.name for plan in plans for line in plan.treatments() for give in line.gives}
        for name in event.related:
            hint = None if name in known else did_you_mean(name, known)
            if hint and hint.startswith("did you mean"):
                yield warn("unknown-relation", f"{quoted(name)} is not a treatment of this study", hint, fact)

"""Doses: amounts, levels that something is given at, routes, days of what is daily, no drug twice a day by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduler.findings import Finding, Severity
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.checks.times.days import shortest_cycle
from scheduler.protocol.plan.dosing.give import Give, Ladder, choice_in_short, in_short, plain_unit, unit_of
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import TIMES_A_WEEK, days_between, is_repeated
from scheduler.protocol.sentences.dosing.giving import convert, listed
from scheduler.protocol.text.sentence_place import At


def check_amounts(protocol: Protocol) -> Iterator[Finding]:
    """What is given needs an amount, from its own sentence, from dose levels or from a prescription."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if give.amount is None and line.ladder is None and not give.prescribed:
                hint = "write the amount first: 80 mg once daily by mouth; or write 'levels'"
                yield protocol.at(give.clause).finding("no-amount", f"how much {give.name} is given?", hint)
            elif give.high is not None and not give.prescribed:
                dose = choice_in_short(give)
                message = f"{dose} is no dose yet: who says which?"
                hint = (
                    f"write the amount that this study gives, or '{dose} prescribed': then each patient's is recorded"
                )
                yield protocol.at(give.clause).finding("range-of-doses", message, hint, word=f"{give.amount:f}")


def check_levels(protocol: Protocol) -> Iterator[Finding]:
    """Dose levels belong to something that is given, and agree with it."""
    for _, line in protocol.treatments():
        ladder = line.ladder
        if ladder is None:
            continue
        at = protocol.at(ladder.clause)
        if not line.gives:
            hint = "write 'give: once daily by mouth on days 1-21'"
            yield at.finding("no-give", f"{line.name} has dose levels, but nothing is given", hint)
        yield from _beside_levels(line, ladder, at)
        yield from _omitted(line, ladder, at)
        yield from _steps(line, ladder, at)


def _beside_levels(line: Timeline, ladder: Ladder, at: At) -> Iterator[Finding]:
    """An amount beside the levels: in another unit, another than level 0, or for every drug, so that no level counts."""
    for give in line.gives:
        if give.amount is None:
            continue
        same = convert(give.amount, give.unit, plain_unit(ladder.unit)) if give.per == ladder.per else None
        if same is None:
            message = f"the levels are in {ladder.unit}, the dose in {unit_of(give)}"
            yield at.finding("unit-mismatch", message, "use one unit for both")
        elif len(line.gives) == 1 and same != ladder.amounts[0]:
            level_0, given = in_short(ladder.amounts[0], ladder.unit), in_short(give.amount, unit_of(give))
            message = f"level 0 is {level_0}, but {given} is given"
            yield at.finding("level-mismatch", message, "leave the amount out of 'give': the levels say it")
    if len(line.gives) > 1 and all(give.amount is not None for give in line.gives):
        message = f"the levels change no dose of {line.name}: each has its amount in 'give'"
        hint = _OF_STEPS if _are_steps(line) else "leave the amount out where the levels say it"
        yield at.warning("levels-without-effect", message, hint)


def _steps(line: Timeline, ladder: Ladder, at: At) -> Iterator[Finding]:
    """A step up is on a dosing day of a cycle of tablets: whoever confirms it raises what is taken from that day on."""
    if ladder.steps is None:
        return
    if not line.has_days or line.called != "cycle":
        message = f"{line.name} has no days of a cycle on which it could go up"
        yield at.finding("steps-without-days", message, "leave 'up ...' out: a higher level is an order")
        return
    last = line.last_day(ladder.steps.cycle)
    beyond = [day for day in ladder.step_days() if day > last]
    if beyond:
        message = f"day {beyond[0]} of the cycle, the day of a step, lies after its last dosing day, {last}"
        yield at.finding("step-after-the-cycle", message, "make the steps shorter or fewer")


_OF_STEPS = "make a treatment of its own of each step, with its levels; a later one begins on a day of the first: on drug day 113"


def _are_steps(line: Timeline) -> bool:
    """One drug whose dose changes on the way."""
    return len(line.gives) > 1 and len({give.name for give in line.gives}) == 1


def _omitted(line: Timeline, ladder: Ladder, at: At) -> Iterator[Finding]:
    """A level that omits the drug needs a clock that goes on without it, and nothing else in the same treatment."""
    if not ladder.omits_at_last:
        return
    last = 1 - len(ladder.amounts)
    if any(give.amount is not None or give.prescribed for give in line.gives):
        message = f"at level {last} nothing is given, but {line.name} gives more than the levels say"
        hint = _OF_STEPS if _are_steps(line) else "make a treatment of its own of each drug"
        yield at.finding("omitted-with-others", message, hint)
    elif line.follows is None and not line.has_days:
        message = f"at level {last} {line.name} is omitted: what do its later doses count from?"
        hint = "write 'cycles' and time it on these, 'when: in every cycle on day 1'; or leave the 0 out: to end it is an order"
        yield at.finding("omitted-on-its-own-clock", message, hint)


def check_routes(protocol: Protocol) -> Iterator[Finding]:
    """A drug without a route is neither tablet nor infusion: no list could show it."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if give.route is None and give.unit != "Gy":
                hint = "write: by mouth, intravenously, by continuous infusion, subcutaneously, intramuscularly or another route"
                yield protocol.at(give.clause).warning("no-route", f"how is {give.name} given?", hint)
        if not line.gives and line.ladder is None:
            message, hint = f"nothing says what {line.name} gives", "write it under 'give'"
            yield Finding("no-give", Severity.WARNING, message, hint, protocol.key(line))


def check_days_said(protocol: Protocol) -> Iterator[Finding]:
    """What is given daily has its days in the sentence: without them it would be planned for one day only."""
    for _, line in protocol.treatments():
        if any(timing.lasts for timing in timings(line)):
            # It is every day: that is asked for already.
            continue
        for give in line.gives:
            if is_repeated(give.frequency) and not give.says_days and give.unit != "Gy":
                message = f"{give.frequency} on which days? Without them {give.name} is given on one day only"
                hint = "write them after the route: on days 1-21; or, for a single day: on day 1"
                yield protocol.at(give.clause).finding("no-days", message, hint, word=give.frequency)


def check_every_other_day(protocol: Protocol) -> Iterator[Finding]:
    """Which days "every other day" means is said, and that no two of them follow each other where one cycle ends."""
    for _, line in protocol.treatments():
        for give in line.gives:
            step = days_between(give.frequency)
            if step is None or not give.says_days or give.unit == "Gy":
                continue
            days = [day for day, _ in give.days]
            at = protocol.at(give.clause)
            length = shortest_cycle(line, give)
            gap = days[0] + length - days[-1] if length is not None else 0
            if 0 < gap < step:
                message = f"day {days[-1]} and day {days[0]} of the next cycle are two days in a row"
                if gap > 1 or step > 2:
                    message = f"from day {days[-1]} to day {days[0]} of the next cycle are {gap} and not {step} days"
                said = listed(days[:-1])
                hint = f"write the days themselves: once daily, and on days {said}; or with {days[-1]}, where both are meant"
                yield at.finding("two-days-in-a-row", message, hint, word=give.frequency)
            else:
                message = f"{give.frequency} is read as days {listed(days)} of the cycle, {len(days)} doses"
                if gap > step > 2:
                    message += f"; to day {days[0]} of the next cycle are then {gap} days"
                yield at.note("every-other-day", message, "look whether these are the days", word=give.frequency)


def check_times_a_week(protocol: Protocol) -> Iterator[Finding]:
    """The days of one week alone in a cycle of several: twice weekly may be meant for each of them."""
    for _, line in protocol.treatments():
        for give in line.gives:
            length = shortest_cycle(line, give)
            days = [day for first, last in give.days for day in range(first, last + 1)]
            if give.frequency in TIMES_A_WEEK and days[-1] <= 7 and length is not None and length >= 14:
                message = f"{give.frequency} is read as days {listed(days)} of the cycle; days 8 to {length} have none"
                hint = f"write the days of all weeks, such as: on days {listed(days)} of each week until day {length}"
                at = protocol.at(give.clause)
                yield at.warning("weeks-without-a-dose", message, hint, word=give.frequency)


def check_frequency_of_fractions(protocol: Protocol) -> Iterator[Finding]:
    """How fractions follow each other stands under 'when': beside it, "every other day" would be without effect."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if give.unit == "Gy" and give.frequency not in (None, "once", "daily", "once daily"):
                message = f"'{give.frequency}' has no effect on fractions: they follow each other by 'when'"
                hint = "leave it out, and write under 'when', such as: at least 2 days after the previous fraction"
                yield protocol.at(give.clause).finding("fractions-by-when", message, hint, word=give.frequency)


def check_same_day(protocol: Protocol) -> Iterator[Finding]:
    """Two sentences that give the same drug on the same day of the same cycle."""
    for _, line in protocol.treatments():
        for first, second in combinations(line.gives, 2):
            day = _shared_day(first, second) if first.name == second.name else None
            if day is not None and _share_a_cycle(first, second):
                message = f"{first.name} is given on day {day} by another sentence too"
                yield protocol.at(second.clause).finding("given-twice", message, "give each day to one of them")


def _shared_day(first: Give, second: Give) -> int | None:
    shared = (max(a, c) for a, b in first.days for c, d in second.days if max(a, c) <= min(b, d))
    return next(shared, None)


def _share_a_cycle(first: Give, second: Give) -> bool:
    if first.cycles is None or second.cycles is None:
        return True
    last = max((*first.cycles.listed, *second.cycles.listed, 0)) + 60
    return any(first.cycles.includes(n) and second.cycles.includes(n) for n in range(1, last))

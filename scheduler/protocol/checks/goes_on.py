"""Values that doses wait for: tests and units that are known, values that can be, and whose clock waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.facts import check_units
from scheduler.protocol.compiling.rules import unknown_test
from scheduler.protocol.plan.limits import GoesOn, Needed
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import Named
from scheduler.protocol.text.sentence_place import At
from scheduler.vocabulary import laboratory_named


def check_goes_on(protocol: Protocol) -> Iterator[Finding]:
    """Each test is known and measured in that unit, is named once, and there is a dose that waits."""
    for plan, line in protocol.timelines():
        if line.goes_on is None:
            continue
        for part in line.goes_on.parts:
            yield from _check_needs(part, protocol.at(part.clause))
        yield from _check_numbers(protocol, line, line.goes_on)
        yield from _check_clock(plan, line, protocol.at(line.goes_on.clause))


def _check_needs(goes_on: GoesOn, at: At) -> Iterator[Finding]:
    for needed in goes_on.needs:
        yield from _check_need(needed, at)
    names = [each.test.casefold() for each in goes_on.needs if not each.asked.basis.is_change]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        message = f"'{name}' is named twice"
        yield at.finding("value-twice", message, "say one range: 'at least 1.5 to 10 G/L'", word=name)


def _check_numbers(protocol: Protocol, line: Timeline, goes_on: GoesOn) -> Iterator[Finding]:
    """Several sentences: each number has one, none is passed over, and too long a wait is the same for all."""
    parts = sorted(goes_on.parts, key=lambda part: part.first or 0)
    for before, after in pairwise(parts):
        at, first, last = protocol.at(after.clause), after.first or 0, before.last
        if first == before.first or (last is not None and first <= last):
            message = f"{line.called} {first} of {line.name} has two sentences"
            yield at.finding(
                "waits-twice", message, f"write: in {line.called} 2; and in the next: from {line.called} 3 on"
            )
        elif last is not None and first > last + 1:
            message = f"{line.called} {last + 1} of {line.name} waits for no value"
            yield at.warning("waits-for-nothing", message, f"write: from {line.called} {last + 1} on")
    for part in parts[1:]:
        if part.longest != parts[0].longest:
            message = "how long it may wait is the same for all numbers"
            hint = "write the same 'after more than ...: discontinue' in each of them, or in none"
            yield protocol.at(part.clause).finding("waits-differ", message, hint)


def _check_need(needed: Needed, at: At) -> Iterator[Finding]:
    test = laboratory_named(needed.test)
    if test is None:
        yield unknown_test(needed.test, at)
    else:
        yield from check_units(replace(needed.asked, tests=(test.name,)), at)


def _check_clock(plan: Plan, line: Timeline, at: At) -> Iterator[Finding]:
    """What goes with another treatment or with cycles has no day of its own that could wait; one dose alone has none either."""
    if line.follows is not None and line.role is Role.TREATMENT:
        other = line.follows.timeline
        kind = "cycles" if plan.timelines[other].role is Role.CYCLES else "treatments"
        message = f"{line.name} goes with {other}, and waits where {other} does"
        yield at.finding("goes-on-of-another", message, f"write it under {kind}, {other}")
    elif _is_of_the_first_dose(line):
        message = (
            f"{line.name} {line.first_number} is the first dose, which all other dates count from: it does not wait"
        )
        hint = f"write 'from {line.called} {line.first_number + 1} on'; what the first dose needs is an inclusion criterion"
        yield at.finding("first-dose-waits", message, hint, word="from")
    elif line.single and line.goes_on is not None and line.goes_on.first != line.first_number:
        message = f"{line.name} has one dose, and the first does not wait"
        hint = f"write 'from dose {line.first_number} on' if it has to, and is not the first dose of all"
        yield at.warning("without-effect", message, hint)


def _is_of_the_first_dose(line: Timeline) -> bool:
    timing = line.timing(line.first_number)
    waits = line.goes_on is not None and line.goes_on.at(line.first_number) is not None
    return waits and timing is not None and timing.moment == Named("first dose")

"""What is missing of the values that a dose waits for: told of the next one, and of those that were given without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, PLANNED, Placement
from scheduler.calendar.engine.placing.waits.values_awaited import look, values_asked
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day
from scheduler.findings import Finding, Severity, said_together

VALUE_NEEDED, GOES_ON_WITHOUT = "value-needed", "goes-on-without"


def flag_values(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> None:
    """Flag the next dose of a treatment whose value is missing, and every dose that was given without a good one."""
    if not ev.plan.waits_for_values:
        return
    for placements in by_line.values():
        asked = [each for each in placements if values_asked(each) is not None and each.day is not None]
        for placement in asked:
            if placement.standing is DONE and placement.day is not None:
                _given_without(ev, placement, placement.day)
        last = max((each.n for each in placements if each.standing is DONE), default=0)
        following = next((each for each in asked if each.standing is PLANNED and each.n > last), None)
        if following is not None and following.day is not None:
            _needed(ev, following, following.day)
            if Flag.VALUE_NEEDED in following.flags:
                _flag_drugs(ev, by_line, following)


def _flag_drugs(ev: Evaluation, by_line: Mapping[str, list[Placement]], cycle: Placement) -> None:
    """Nobody comes for a cycle of its own: the doses that it begins with say that the value is needed."""
    for name in ev.plan.drugs.get(cycle.line.name, ()):
        for placement in by_line.get(name, ()):
            if placement.n == cycle.n and placement.day == cycle.day and placement.standing is PLANNED:
                placement.flags += (Flag.VALUE_NEEDED,)


def _needed(ev: Evaluation, placement: Placement, day: Day) -> None:
    goes_on = values_asked(placement)
    assert goes_on is not None
    first = day - goes_on.within
    lacking = [seen for seen in look(ev, placement, goes_on, first, day) if seen.last is None]
    missing = list(dict.fromkeys(seen.needed.measured for seen in lacking if seen.lacks is None))
    baselines = list(dict.fromkeys(seen.lacks for seen in lacking if seen.lacks is not None))
    if lacking:
        since = f" from {date.fromordinal(first)} on" if missing else ""
        message = f"value needed: {said_together([*baselines, *missing])}{since}"
        measured = f"record 'measured' with test: {' and again with test: '.join(missing)}" if missing else ""
        facts = f"record 'attribute' with name: {' and again with name: '.join(baselines)}" if baselines else ""
        hint = "; ".join(each for each in (facts, measured) if each)
        placement.flags += (Flag.VALUE_NEEDED,)
        placement.findings += (Finding(VALUE_NEEDED, Severity.NOTE, message, hint, entry=placement.id),)


def _given_without(ev: Evaluation, placement: Placement, day: Day) -> None:
    goes_on = values_asked(placement)
    assert goes_on is not None
    first = day - goes_on.within
    since = first if placement.values_from is None else min(first, placement.values_from)
    seen = look(ev, placement, goes_on, since, day)
    failing = [each for each in seen if each.fails]
    lacking = [each for each in seen if not each.fails and (each.last is None or each.last.day < first)]
    missing = list(dict.fromkeys(each.lacks or each.needed.measured for each in lacking))
    said = list(dict.fromkeys(map(str, failing)))
    if missing:
        said.append(f"no {' and no '.join(missing)} from {date.fromordinal(first)} to {date.fromordinal(day)}")
    if said:
        message = f"{placement.id} was given on {date.fromordinal(day)}: {'; '.join(said)}"
        numbers = tuple(number for each in failing for fact in each.facts for number in fact.numbers)
        hint = "say why in the record"
        placement.findings += (Finding(GOES_ON_WITHOUT, Severity.WARNING, message, hint, None, placement.id, numbers),)

"""What is missing of the values that a dose waits for: told of the next one, and of those that were given without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product, takewhile

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import DONE, PLANNED, Placement
from scheduler.calendar.engine.placing.waits.values_awaited import look, values_asked
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.said import SEMICOLONS, Code, Listed, Quoted, Value, listed, said, said_as

_AND_NO = said_as("between the members of a list", " and no ")
VALUE_NEEDED, GOES_ON_WITHOUT = "value-needed", "goes-on-without"


def flagged_by_values(ev: Evaluation, by_line: dict[str, list[Placement]]) -> dict[str, list[Placement]]:
    """All occurrences; the next dose whose value is missing is flagged, and so is what was given without a good one."""
    if not ev.plan.waits_for_values:
        return by_line
    flagged: dict[str, BeingPlaced] = {}
    for placements in by_line.values():
        asked = [each for each in placements if values_asked(each) is not None and each.day is not None]
        last = _look_back(ev, asked, placements, flagged)
        planned = [each for each in asked if each.standing is PLANNED and each.n > last]
        empty = list(takewhile(lambda each: not _gives_something(ev, by_line, each), planned))
        for placement in empty:
            _look_at_drugs(ev, by_line, placement, _again(flagged, placement))
        following = next(iter(planned[len(empty) :]), None)
        if following is not None and following.day is not None:
            next_dose = _again(flagged, following)
            _needed(ev, next_dose, following.day)
            flagged_now = [next_dose]
            if Flag.VALUE_NEEDED in next_dose.flags:
                flagged_now += _flag_drugs(ev, by_line, following, flagged)
            for before, after in product(empty, flagged_now):
                _look_at_drugs(ev, by_line, before, after)
    put = {name: ev.keep(again.placed()) for name, again in flagged.items()}
    return {name: [put.get(each.id, each) for each in placements] for name, placements in by_line.items()}


def _look_back(
    ev: Evaluation, asked: list[Placement], placements: list[Placement], flagged: dict[str, BeingPlaced]
) -> int:
    """Flag what was given without a good value, and say of what was passed over what was given instead; gives the last number."""
    done = [each.n for each in placements if each.standing is DONE]
    last = max(done, default=0)
    for placement in asked:
        if placement.standing is DONE and placement.day is not None:
            _given_without(ev, _again(flagged, placement), placement.day)
        elif placement.standing is PLANNED and placement.n < last:
            _passed_over(ev, _again(flagged, placement), done)
    return last


def _passed_over(ev: Evaluation, placement: BeingPlaced, done: list[int]) -> None:
    """Say which number was given although nobody recorded this one: since then no value is asked for it."""
    later = min(number for number in done if number > placement.n)
    fact = ev.course.about(f"{placement.line.name}.{later}").done
    if fact is not None:
        placement.looked += ev.events(fact)
        placement.reach(latest_of(fact))


def _gives_something(ev: Evaluation, by_line: Mapping[str, list[Placement]], placement: Placement) -> bool:
    """False for a cycle of its own in which no drug is given: nobody records it, and no value is asked for it."""
    drugs = ev.plan.drugs.get(placement.line.name)
    return drugs is None or any(
        each.n == placement.n and each.standing is PLANNED for name in drugs for each in by_line.get(name, ())
    )


def _look_at_drugs(
    ev: Evaluation, by_line: Mapping[str, list[Placement]], cycle: Placement, placement: BeingPlaced
) -> None:
    """Say what was recorded of a cycle's drugs: because of that none is planned in it, and the next cycle waits instead."""
    for name in ev.plan.drugs.get(cycle.line.name, ()):
        for drug in by_line.get(name, ()):
            if drug.n == cycle.n:
                placement.looked += tuple(each for each in (*drug.set_by, *drug.looked) if isinstance(each, Event))
                placement.reach(drug.latest)


def _again(flagged: dict[str, BeingPlaced], placement: Placement) -> BeingPlaced:
    return flagged.setdefault(placement.id, BeingPlaced.again(placement))


def _flag_drugs(
    ev: Evaluation, by_line: Mapping[str, list[Placement]], cycle: Placement, flagged: dict[str, BeingPlaced]
) -> list[BeingPlaced]:
    """Nobody comes for a cycle of its own: the doses that it begins with say that the value is needed."""
    begins_with = [
        _again(flagged, placement)
        for name in ev.plan.drugs.get(cycle.line.name, ())
        for placement in by_line.get(name, ())
        if placement.n == cycle.n and placement.day == cycle.day and placement.standing is PLANNED
    ]
    for drug in begins_with:
        drug.flags += (Flag.VALUE_NEEDED,)
    return begins_with


def _needed(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    goes_on = values_asked(placement)
    assert goes_on is not None
    first = day - goes_on.within
    lacking = [seen for seen in look(ev, placement, goes_on, first, day) if seen.last is None]
    missing = list(dict.fromkeys(seen.needed.measured for seen in lacking if seen.lacks is None))
    baselines = list(dict.fromkeys(seen.lacks for seen in lacking if seen.lacks is not None))
    if lacking:
        values = listed(*map(Quoted, (*baselines, *missing)))
        message = said("value needed: {values}", values=values)
        if missing:
            message = said(
                "value needed: {values} from {day} on", values=values, day=Code(f"{date.fromordinal(first)}")
            )
        measured = (
            [said("record 'measured' with test: {tests}", tests=_named_again(missing, "test"))] if missing else []
        )
        facts = (
            [said("record 'attribute' with name: {names}", names=_named_again(baselines, "name"))] if baselines else []
        )
        hint = said("{hints}", hints=listed(*facts, *measured, how=SEMICOLONS))
        placement.flags += (Flag.VALUE_NEEDED,)
        placement.findings += (Finding.of(VALUE_NEEDED, Severity.NOTE, message, hint, entry=placement.id),)


def _named_again(names: list[str], what: str) -> Listed:
    how = said_as("between the members of a list", " and again with test: ")
    if what == "name":
        how = said_as("between the members of a list", " and again with name: ")
    return listed(*map(Code, names), how=how)


def _given_without(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    goes_on = values_asked(placement)
    assert goes_on is not None
    first = day - goes_on.within
    since = first if placement.values_from is None else min(first, placement.values_from)
    seen = look(ev, placement, goes_on, since, day)
    failing = [each for each in seen if each.fails]
    lacking = [each for each in seen if not each.fails and (each.last is None or each.last.day < first)]
    missing = list(dict.fromkeys(each.lacks or each.needed.measured for each in lacking))
    told: list[Value] = [*dict.fromkeys(each.as_said() for each in failing)]
    if missing:
        told.append(
            said(
                "no {values} from {first} to {last}",
                values=listed(*map(Quoted, missing), how=_AND_NO),
                first=Code(f"{date.fromordinal(first)}"),
                last=Code(f"{date.fromordinal(day)}"),
            )
        )
    if told:
        message = said(
            "{entry} was given on {day}: {told}",
            entry=Code(placement.id),
            day=Code(f"{date.fromordinal(day)}"),
            told=listed(*told, how=SEMICOLONS),
        )
        numbers = tuple(number for each in failing for fact in each.facts for number in fact.numbers)
        hint = said("say why in the record")
        placement.findings += (
            Finding.of(GOES_ON_WITHOUT, Severity.WARNING, message, hint, None, placement.id, numbers),
        )

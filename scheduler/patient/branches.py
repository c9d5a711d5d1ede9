"""Facts about a patient that treatments and visits hang on: whether they are so, are not so, or are not known yet.

What is compared with the baseline needs two: the last record, and the recorded ``baseline {name}``, else the last up to the day
of the first dose. One of that day that was recorded later than the dose, by the times of both, is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias, cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.names import BASELINE, attribute_key
from scheduler.patient.dose_rules.facts.values import change_from, in_range, is_after_dose
from scheduler.patient.dose_rules.facts.yes_or_no import yes_or_no
from scheduler.patient.events import Attribute, Measured, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.only_if import AskedFact, OnlyIf, PairIs
from scheduler.protocol.plan.rules import AttributeIs
from scheduler.protocol.plan.values import ValueIs

_BEGAN = "began with "
_TWO_NUMBERS = re.compile(r"\s*([0-9]{1,4})\s*/\s*([0-9]{1,4})\s*([A-Za-z]*)\s*")

KnownFacts: TypeAlias = Mapping[str, list[Fact]]
"""What was recorded about a patient, by name, in the order in which it counts."""


class Chosen(NamedTuple):
    """Whether what something hangs on is so: None while that is not known. ``missing`` is what has to be recorded for it."""

    is_so: bool | None
    facts: tuple[Fact, ...]
    missing: tuple[AskedFact, ...] = ()


def known_facts(course: Course) -> KnownFacts:
    """The facts about a patient, by the name that they are compared by."""
    by_name: dict[str, list[Fact]] = {}
    for fact in course.of(Attribute, Measured):
        event = fact.event
        if isinstance(event, Attribute):
            by_name.setdefault(attribute_key(event.name), []).append(fact)
        elif isinstance(event, Measured) and event.second is not None:
            by_name.setdefault(attribute_key(event.test), []).append(fact)
    day, dose = course.first_day, course.first_dose
    if day is not None and dose is not None:
        began = {
            name: [each for each in facts if each.day <= day and not is_after_dose(each, dose)]
            for name, facts in by_name.items()
        }
        by_name |= {f"{_BEGAN}{name}": facts[-1:] for name, facts in began.items() if facts}
    return by_name


def records_of(known: KnownFacts, asked: AskedFact) -> tuple[Fact, ...]:
    """All records that say whether a fact is so, those of its baseline among them."""
    name = attribute_key(asked.name)
    return (*known.get(name, ()), *(_baselines(known, name) if asked.is_change else ()))


def _baselines(known: KnownFacts, name: str) -> list[Fact]:
    return known.get(attribute_key(f"{BASELINE}{name}")) or known.get(f"{_BEGAN}{name}") or []


def facts_taken_back(course: Course, only_if: OnlyIf) -> tuple[int, ...]:
    """The events that struck or corrected a fact that something hangs on."""
    keys = {attribute_key(fact.name) for fact in only_if.facts}
    return tuple(number for name, by in course.facts_taken_back.items() if attribute_key(name) in keys for number in by)


def chosen(known: KnownFacts, only_if: OnlyIf, until: Day | None = None) -> Chosen:
    """Whether it is so, by the last record of each fact, or the last up to a day."""
    answers: list[bool | None] = []
    looked: list[tuple[Fact, ...]] = []
    wanted: list[AskedFact] = []
    for asked in only_if.facts:
        recorded = [each for each in known.get(attribute_key(asked.name), ()) if until is None or each.day <= until][
            -1:
        ]
        compared = asked.is_change and bool(recorded)
        baselines = _baselines(known, attribute_key(asked.name)) if compared else []
        began = [each for each in baselines if until is None or each.day <= until][-1:]
        wanted.append(_baseline_of(asked) if compared and not began else asked)
        known_all = recorded and (began or not compared)
        answers.append(answer_of(asked, recorded[-1], *began) if known_all else None)
        looked.append((*recorded, *began))
    decisive = only_if.any_of
    if decisive in answers:
        deciding = [facts for facts, answer in zip(looked, answers, strict=True) if facts and answer is decisive]
        # Of several that each say it, it was known with the first.
        return Chosen(decisive, min(deciding, key=lambda facts: max((fact.day, fact.number) for fact in facts)))
    missing = tuple(asked for asked, answer in zip(wanted, answers, strict=True) if answer is None)
    found = tuple(dict.fromkeys(fact for facts in looked for fact in facts))
    return Chosen(None, found, missing) if missing else Chosen(not decisive, found)


def _baseline_of(asked: AskedFact) -> AskedFact:
    """What has to be recorded where only the baseline is missing."""
    name = f"{BASELINE}{asked.name}"
    return AskedFact(AttributeIs(name, True), name)


def _days_of_changes(known: KnownFacts, only_if: OnlyIf) -> tuple[Day, ...]:
    was, changes = None, []
    for day in sorted({fact.day for asked in only_if.facts for fact in records_of(known, asked)}):
        is_so = chosen(known, only_if, day).is_so
        if is_so and not was:
            changes.append(day)
        was = is_so
    return tuple(changes)


def days_known_so(known: KnownFacts, only_if: OnlyIf) -> tuple[Day, ...]:
    """The days on which it became so, after nobody knew or it was not: said once more, it is what it was."""
    if any(asked.is_change for asked in only_if.facts):
        return _days_of_changes(known, only_if)
    keys = {attribute_key(asked.name) for asked in only_if.facts}
    recorded = sorted((fact.day, key, place) for key in keys for place, fact in enumerate(known.get(key, ())))
    was, days, last = None, [], dict[str, list[Fact]]()
    for day, of_day in groupby(recorded, key=itemgetter(0)):
        # The last record of each fact up to the day: it alone counts.
        last |= {key: [known[key][place]] for _, key, place in of_day}
        is_so = chosen(last, only_if).is_so
        if is_so and not was:
            days.append(day)
        was = is_so
    return tuple(days)


def answer_of(asked: AskedFact, fact: Fact, began: Fact | None = None) -> bool | None:
    """Whether a recorded fact is what is asked for; None where its words do not say. ``began`` is what it is compared with."""
    if isinstance(asked.asked, PairIs):
        return _of_two_numbers(asked.asked, fact)
    if not isinstance(fact.event, Attribute):
        return None
    value = fact.event.value
    if isinstance(asked.asked, ValueIs):
        compared = cast(Attribute, began.event).value if began is not None else None
        return _in_range(asked.asked, value, compared)
    so = _is_so(asked.asked, value)
    return so if so is None else so is not asked.negated


def _of_two_numbers(asked: PairIs, fact: Fact) -> bool | None:
    """Whether a blood pressure is in the range, measured or recorded as "150/95 mmHg"; None where its words do not say."""
    event = fact.event
    if isinstance(event, Measured):
        second, unit, first = event.second, event.unit, event.value
    else:
        found = _TWO_NUMBERS.fullmatch(str(cast(Attribute, event).value))
        if found is None:
            return None
        first, second, unit = Decimal(found[1]), Decimal(found[2]), found[3] or asked.unit
    if second is None or _one(unit) != _one(asked.unit):
        return None
    return asked.holds(first, second)


def _is_so(asked: AttributeIs, value: bool | Decimal | str) -> bool | None:
    if asked.value is not True:
        return None if isinstance(value, bool) else str(value).strip().casefold() == str(asked.value).casefold()
    return yes_or_no(value)


def _in_range(asked: ValueIs, value: bool | Decimal | str, began: bool | Decimal | str | None) -> bool | None:
    """A number alone is in the unit of the sentence; one in another unit does not say."""
    number = _number_of(asked, value)
    if number is not None and asked.basis.is_change:
        baseline = _number_of(asked, began) if began is not None else None
        number = change_from(baseline, number, asked.basis) if baseline is not None else None
    return None if number is None else in_range(number, asked)


def _number_of(asked: ValueIs, value: bool | Decimal | str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number, unit = (value, asked.unit) if isinstance(value, Decimal) else parse_amount(value)
    except ValueError:
        return None
    return None if asked.unit is not None and _one(unit or "") != _one(asked.unit) else number


def _one(unit: str) -> str:
    return unit.casefold().removesuffix("s")

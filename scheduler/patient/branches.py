"""Facts about a patient that treatments and visits hang on: whether they are so, are not so, or are not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias, cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.dose_rules.facts.values import in_range
from scheduler.patient.events import Attribute, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.only_if import AskedFact, OnlyIf
from scheduler.protocol.plan.rules import AttributeIs, ValueIs

_YES, _NO = ("yes", "true", "present", "positive"), ("no", "false", "absent", "negative")

KnownFacts: TypeAlias = Mapping[str, list[Fact]]
"""What was recorded about a patient, by name, in the order in which it counts."""


class Chosen(NamedTuple):
    """Whether what something hangs on is so: None while that is not known. ``missing`` is what has to be recorded for it."""

    is_so: bool | None
    facts: tuple[Fact, ...]
    missing: tuple[AskedFact, ...] = ()


def known_facts(course: Course) -> KnownFacts:
    """The facts about a patient, by the name that they are compared by."""
    found: dict[str, list[Fact]] = {}
    for fact in course.of(Attribute):
        found.setdefault(attribute_key(cast(Attribute, fact.event).name), []).append(fact)
    return found


def facts_taken_back(course: Course, only_if: OnlyIf) -> tuple[int, ...]:
    """The events that struck or corrected a fact that something hangs on."""
    keys = {attribute_key(fact.name) for fact in only_if.facts}
    return tuple(number for name, by in course.facts_taken_back.items() if attribute_key(name) in keys for number in by)


def chosen(known: KnownFacts, only_if: OnlyIf, until: Day | None = None) -> Chosen:
    """Whether it is so, by the last record of each fact, or the last up to a day."""
    answers: list[bool | None] = []
    facts: list[Fact | None] = []
    for asked in only_if.facts:
        recorded = [each for each in known.get(attribute_key(asked.name), ()) if until is None or each.day <= until]
        answers.append(answer_of(asked, recorded[-1]) if recorded else None)
        facts.append(recorded[-1] if recorded else None)
    decisive = only_if.any_of
    if decisive in answers:
        deciding = [fact for fact, answer in zip(facts, answers, strict=True) if fact and answer is decisive]
        # Of several that each say it, it was known with the first.
        return Chosen(decisive, (min(deciding, key=lambda fact: (fact.day, fact.number)),))
    missing = tuple(asked for asked, answer in zip(only_if.facts, answers, strict=True) if answer is None)
    found = tuple(fact for fact in facts if fact is not None)
    return Chosen(None, found, missing) if missing else Chosen(not decisive, found)


def days_known_so(known: KnownFacts, only_if: OnlyIf) -> tuple[Day, ...]:
    """The days on which it became so, after nobody knew or it was not: said once more, it is what it was."""
    keys = {attribute_key(asked.name) for asked in only_if.facts}
    recorded = sorted((fact.day, key, place) for key in keys for place, fact in enumerate(known.get(key, ())))
    was, found, last = None, [], dict[str, list[Fact]]()
    for day, of_day in groupby(recorded, key=itemgetter(0)):
        # The last record of each fact up to the day: it alone counts.
        last |= {key: [known[key][place]] for _, key, place in of_day}
        is_so = chosen(last, only_if).is_so
        if is_so and not was:
            found.append(day)
        was = is_so
    return tuple(found)


def answer_of(asked: AskedFact, fact: Fact) -> bool | None:
    """Whether a recorded fact is what is asked for; None where its words do not say."""
    value = cast(Attribute, fact.event).value
    if isinstance(asked.asked, ValueIs):
        return _in_range(asked.asked, value)
    so = _is_so(asked.asked, value)
    return so if so is None else so is not asked.negated


def _is_so(asked: AttributeIs, value: bool | Decimal | str) -> bool | None:
    said = str(value).strip().casefold()
    if asked.value is not True:
        return None if isinstance(value, bool) else said == str(asked.value).casefold()
    if isinstance(value, bool):
        return value
    return True if said in _YES else False if said in _NO else None


def _in_range(asked: ValueIs, value: bool | Decimal | str) -> bool | None:
    """A number alone is in the unit of the sentence; one in another unit does not say."""
    if isinstance(value, bool):
        return None
    try:
        number, unit = (value, asked.unit) if isinstance(value, Decimal) else parse_amount(value)
    except ValueError:
        return None
    if asked.unit is not None and _one(unit or "") != _one(asked.unit):
        return None
    return in_range(number, asked)


def _one(unit: str) -> str:
    return unit.casefold().removesuffix("s")

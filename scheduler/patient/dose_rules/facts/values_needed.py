"""The values that a dose waits for, as they are on a day: one that counts, one that is missing, one that fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.as_measured import as_measured
from scheduler.patient.dose_rules.facts.names import BASELINE, attribute_key, test_key
from scheduler.patient.dose_rules.facts.values import Measurement, Multiple, Values, in_range, measurements_by_test
from scheduler.patient.events import Attribute, Measured
from scheduler.patient.log import Fact
from scheduler.protocol.plan.limits import GoesOn, Needed
from scheduler.protocol.plan.values import Basis
from scheduler.said import Code, Quoted, Said, said


class Seen(NamedTuple):
    """What is known of one value on a day: the last result of the days that count, and all results of that result's day.

    No ``last``: it is missing, or in a unit that does not compare, or what it is compared with is missing: then ``lacks`` says
    what is. ``facts`` are also those that say what it is compared with.
    """

    needed: Needed
    last: Measurement | None
    meets: bool
    facts: tuple[Fact, ...] = ()
    lacks: str | None = None

    @property
    def fails(self) -> bool:
        """True where there is a value, and it is not good enough."""
        return self.last is not None and not self.meets

    def as_said(self) -> Said:
        """Of a value that there is: ANC 1.2 G/L on 2026-04-13, and at least 1.5 G/L is asked for."""
        assert self.last is not None
        return said(
            "{measured} {amount} on {day}, and {needed} is asked for",
            measured=Quoted(self.needed.measured, "en"),
            amount=Code(self.last.amount),
            day=Code(f"{date.fromordinal(self.last.day)}"),
            needed=Quoted(self.needed.words, "en"),
        )


def values_of(course: Course) -> Values:
    """All measurements of a patient, and what they may be multiples of.

    A test that was recorded as a fact about the patient, as creatinine clearance is for the dose of carboplatin, is one of them.
    """
    attributes: dict[str, list[Fact]] = {}
    for fact in course.of(Attribute):
        attributes.setdefault(attribute_key(cast(Attribute, fact.event).name), []).append(fact)
    measured = (as_measured(fact) for fact in course.of(Measured, Attribute))
    known = measurements_by_test(fact for fact in measured if fact is not None)
    return Values(known, attributes, course.first_dose, course.first_day)


NO_VALUES = Values({}, {}, None, None)
"""Where no dose waits for one."""


def look_at_values(values: Values, goes_on: GoesOn, first: Day, last: Day) -> tuple[Seen, ...]:
    """Each value that is needed, by the results from a day to a day."""
    return tuple(_look(values, needed, first, last) for needed in goes_on.needs)


def _look(values: Values, needed: Needed, first: Day, last: Day) -> Seen:
    known = [each for each in _results(values, needed) if first <= each.day <= last]
    if not known:
        return _missing(values, needed, first, last)
    result = known[-1]
    number, rests_on = _multiple(values, needed, result)
    same_day = tuple(each.fact for each in known if each.day == result.day)
    return Seen(needed, result, in_range(number, needed.asked), tuple(dict.fromkeys((*same_day, *rests_on))))


def _missing(values: Values, needed: Needed, first: Day, last: Day) -> Seen:
    """What is missing: the result, or the baseline that there is a result to compare with."""
    of_baseline = needed.asked.basis is Basis.BASELINE or needed.asked.basis.is_change
    measured = [each for each in values.by_test.get(test_key(needed.test), ()) if first <= each.day <= last]
    if not of_baseline or not measured or values.baseline(measured[-1])[0]:
        return Seen(needed, None, False)
    return Seen(needed, None, False, (measured[-1].fact,), f"{BASELINE}{needed.test}")


def next_result(values: Values, seen: Seen, after: Day, until: Day | None) -> Measurement | None:
    """The first later result of a test, up to a day."""
    later = (
        each for each in _results(values, seen.needed) if each.day > after and (until is None or each.day <= until)
    )
    return next(later, None)


def failing_results(values: Values, goes_on: GoesOn) -> Iterator[Fact]:
    """Every result that is not good enough."""
    for needed in goes_on.needs:
        for each in _results(values, needed):
            if not in_range(_multiple(values, needed, each).number, needed.asked):
                yield each.fact


def _results(values: Values, needed: Needed) -> list[Measurement]:
    """The results that compare with what is asked, in the order in which they count."""
    found = values.by_test.get(test_key(needed.test), ())
    return [each for each in found if _multiple(values, needed, each).number is not None]


def _multiple(values: Values, needed: Needed, result: Measurement) -> Multiple:
    return values.multiple(result, needed.asked.basis, needed.asked.unit)

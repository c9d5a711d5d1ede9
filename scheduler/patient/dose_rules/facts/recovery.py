"""Whether a measured value is what a recovery asks for: below or above a multiple, at a CTCAE grade, or back at the baseline."""

from __future__ import annotations

from decimal import Decimal

from scheduler.patient.dose_rules.facts.names import in_unit, test_key
from scheduler.patient.dose_rules.facts.values import Measurement, Values
from scheduler.protocol.plan.actions import Recovery
from scheduler.protocol.plan.values import Basis
from scheduler.vocabulary import grade_of, laboratory_named


def is_recovered(values: Values, measured: Measurement, asked: Recovery) -> bool:
    """True when the value is good enough. What only a person can say ("controlled") never is.

    Of two numbers each is looked at by its last value up to this one.
    """
    if asked.test is not None and measured.test != test_key(asked.test):
        other = values.before(test_key(asked.test), measured.place + 1)
        return other is not None and is_recovered(values, other, asked)
    if asked.or_baseline:
        at_baseline = values.multiple(measured, Basis.BASELINE).number
        if at_baseline is not None and (at_baseline >= 1 if asked.above or asked.at_least else at_baseline <= 1):
            return True
    if asked.times is not None and asked.basis is not None:
        number = values.multiple(measured, asked.basis, asked.unit).number
        good = number is not None and _is_good_enough(number, asked.times, asked)
        return good and (asked.also is None or is_recovered(values, measured, asked.also))
    if asked.grade is not None:
        grade = grade_of_value(values, measured)
        return grade is not None and grade <= asked.grade
    return False


def _is_good_enough(number: Decimal, limit: Decimal, asked: Recovery) -> bool:
    if asked.at_least:
        return number >= limit
    if asked.at_most:
        return number <= limit
    return number > limit if asked.above else number < limit


def grade_of_value(values: Values, measured: Measurement) -> int | None:
    """The CTCAE grade of a value."""
    if (measured.place, measured.test) not in values.ctcae_grades:
        values.ctcae_grades[measured.place, measured.test] = _grade_of_value(values, measured)
    return values.ctcae_grades[measured.place, measured.test]


def _grade_of_value(values: Values, measured: Measurement) -> int | None:
    """The same, all in the test's own unit."""
    test = laboratory_named(measured.test)
    if test is None:
        return None
    value = in_unit(measured.value, measured.unit, test.unit, measured.test)
    limit = in_unit(measured.limit, measured.unit, test.unit, measured.test) if measured.limit is not None else None
    baseline = values.baseline(measured)[0]
    if baseline is not None:
        baseline = in_unit(baseline, measured.unit, test.unit, measured.test)
    return grade_of(test, value, limit, baseline) if value is not None else None

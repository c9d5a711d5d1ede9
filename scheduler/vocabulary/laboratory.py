"""A laboratory test or another measurement: its unit, its terms in CTCAE, where each grade begins, what a living person has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LaboratoryTest:
    """One test. ``unit`` is that of its absolute limits, "" where the test has none (INR); ``terms`` are what it grades.

    ``over_upper`` are the multiples of the upper limit above which grades 1, 2, 3, 4 begin; ``over_baseline`` the same for a
    patient whose baseline was above the upper limit already. ``under`` are the absolute values below which grades 2, 3, 4
    begin, where less is worse: grade 1 needs the lower limit of normal, which is not recorded. ``from_value`` are the
    absolute values at which grades 1, 2, 3 begin. ``possible`` are the least and the greatest value that a living person has, in
    ``unit``; ``units`` are others that the test is often reported in. ``ours`` are Chinese names of our own. ``upper_limits`` are
    the least and the greatest upper limit of normal that laboratories have, in ``unit``, where it is known. ``ordinal`` tests
    have whole numbers only, and none of them is a slip of the point.
    """

    name: str
    unit: str
    synonyms: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    over_upper: tuple[Decimal, ...] = ()
    over_baseline: tuple[Decimal, ...] = ()
    under: tuple[Decimal, ...] = ()
    from_value: tuple[Decimal, ...] = ()
    molar_mass: Decimal | None = None
    possible: tuple[Decimal, Decimal] | None = None
    units: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    upper_limits: tuple[Decimal, Decimal] | None = None
    ordinal: bool = False


def grade_of(
    test: LaboratoryTest, value: Decimal, upper_limit: Decimal | None = None, baseline: Decimal | None = None
) -> int | None:
    """The CTCAE grade of a measured value, 0 where it is no adverse event; None where the limit it needs is not known.

    All in the test's own unit. Whoever began above the upper limit is graded by multiples of the baseline.
    """
    if test.under:
        return max((grade for grade, limit in enumerate(test.under, 2) if value < limit), default=0)
    if test.from_value:
        return sum(value >= limit for limit in test.from_value)
    if not test.over_upper or upper_limit is None:
        return None
    if test.over_baseline and baseline is not None and baseline > upper_limit:
        return sum(value > limit * baseline for limit in test.over_baseline)
    return sum(value > limit * upper_limit for limit in test.over_upper)

"""Relative dose intensity of an arm over time: of each drug in each cycle, how many patients had it and what they received.

It is that of `scheduler.calendar.exposure`, cycle by cycle; here it is only put together. A cycle of which an amount is not known
has none, and a patient without one is counted as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from scheduler.calendar.exposure.exposure_lines import Exposure, ExposureLine

REDUCED_BELOW = Decimal(85)
"""Percent: a usual threshold, below which a dose intensity is called reduced."""


@dataclass(frozen=True, slots=True)
class IntensityOfCycle:
    """One drug in one cycle, or dose of that number, over the patients of an arm. Intensities are percent.

    ``patients`` began it, ``known`` are those of them whose intensity is known, ``reduced`` those below 85 percent, ``lowered``
    those with a lower dose level than the plan's.
    """

    treatment: str
    drug: str
    n: int
    patients: int
    known: int
    median: Decimal | None
    least: Decimal | None
    most: Decimal | None
    reduced: int
    lowered: int


def intensity_by_cycle(exposures: Iterable[Exposure]) -> tuple[IntensityOfCycle, ...]:
    """Every drug of these patients by the number of its cycle."""
    lines: dict[tuple[str, str, int], list[ExposureLine]] = {}
    for exposure in exposures:
        for line in exposure.lines:
            if not line.extra and not line.unrecorded:
                lines.setdefault((line.treatment, line.drug, line.n), []).append(line)
    return tuple(_of(key, found) for key, found in sorted(lines.items()))


def _of(key: tuple[str, str, int], lines: list[ExposureLine]) -> IntensityOfCycle:
    known = sorted(_known(lines))
    return IntensityOfCycle(
        *key,
        patients=len(lines),
        known=len(known),
        median=median(known) if known else None,
        least=known[0] if known else None,
        most=known[-1] if known else None,
        reduced=sum(1 for each in known if each < REDUCED_BELOW),
        lowered=sum(1 for line in lines if line.level is not None and line.level < 0),
    )


def _known(lines: Iterable[ExposureLine]) -> Iterator[Decimal]:
    for line in lines:
        intensity = line.relative_dose_intensity
        if intensity is not None:
            yield intensity

"""One dose as a Dosage: its amount, by which way, how often, on which days, and over how long."""

from __future__ import annotations

from decimal import Decimal

from scheduler.calendar.entries.entry import Dose
from scheduler.protocol.plan.times.frequency import (
    EVENING,
    EVERY_HOURS,
    MORNING,
    doses_a_day,
    most_as_needed,
)
from scheduler.standards.fhir.quantities import over_time, quantity
from scheduler.standards.fhir.resource import Resource, concept

_HOURS_OF_A_DAY = 24
_AT = {MORNING: "MORN", EVENING: "EVE"}


def dosage(dose: Dose, route: str | None, bounds: Resource, amount: Decimal, event: str | None = None) -> Resource:
    """The dosage of days that are alike.

    ``bounds`` is boundsPeriod or boundsDuration of a Timing, as `boundsPeriod` tells it; ``event`` the day of a single dose,
    with its time where that is known. What is taken as needed has the most of a day instead of a frequency.
    """
    repeat = bounds | _how_often(dose.often) | ({} if dose.over is None else over_time(dose.over))
    timing: Resource = {"repeat": repeat} if event is None else {"event": [event]}
    if event is not None and len(repeat) > len(bounds) and dose.often is not None:
        timing["repeat"] = repeat
    elif event is not None and dose.over is not None:
        timing["repeat"] = over_time(dose.over)
    told: Resource = {"text": f"{dose}{dose.over_time}", "timing": timing}
    most = most_as_needed(dose.often)
    if most is not None:
        told["asNeeded"] = True
        numerator = quantity(amount * most, dose.unit)
        told["maxDosePerPeriod"] = [{"numerator": numerator, "denominator": quantity(1, "day") | _DAY}]
    if route is not None:
        told["route"] = concept(route)
    return told | {"doseAndRate": [{"doseQuantity": quantity(amount, dose.unit)}]}


_DAY: Resource = {"system": "http://unitsofmeasure.org", "code": "d"}


def _how_often(often: str | None) -> Resource:
    """The frequency of dosing days that follow each other: days without a dose are no days of theirs."""
    if most_as_needed(often) is not None:
        return {}
    if often in EVERY_HOURS:
        return {"frequency": 1, "period": _HOURS_OF_A_DAY // EVERY_HOURS[often], "periodUnit": "h"}
    told: Resource = {"frequency": doses_a_day(often) or 1, "period": 1, "periodUnit": "d"}
    return told | ({"when": [_AT[often]]} if often in _AT else {})

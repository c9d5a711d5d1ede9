"""What of a patient's body the doses of a study are worked out from: weight, height, creatinine clearance, age.

Doses go by what is recorded as an attribute. A value that nobody can read there, or that stands under 'measured' alone, changes
no dose, and that has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.patient.dose_rules.facts.names import attribute_key, test_key
from scheduler.patient.events import Attribute, Measured
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.bands import Measure
from scheduler.protocol.plan.study import Plan

_OF_A_DOSE = {"m2": ("weight", "height"), "kg": ("weight",), "AUC": ("creatinine clearance",)}
_OF_A_BAND = {Measure.BODY_MASS_INDEX: _OF_A_DOSE["m2"], Measure.BODY_SURFACE: _OF_A_DOSE["m2"]}


def body_values(plan: Plan) -> frozenset[str]:
    """The attributes that the doses of a plan are worked out from."""
    names: set[str] = set()
    for line in plan.treatments():
        if line.ladder is not None:
            names.update(_OF_A_DOSE.get(line.ladder.per or "", ()))
        for give in line.gives:
            names.update(_OF_A_DOSE.get(give.per or "", ()))
            for band in give.calculation.bands:
                names.update(_OF_A_BAND.get(band.measure, (str(band.measure),)))
    return frozenset(names)


def is_measured_only(wanted: frozenset[str], fact: Fact, event: Measured, facts: Iterable[Fact]) -> bool:
    """True for a measurement that doses would go by, where nobody recorded such an attribute on its day or since."""
    name = test_key(event.test)
    return name in wanted and not any(
        isinstance(each.event, Attribute) and attribute_key(each.event.name) == name and each.day >= fact.day
        for each in facts
    )

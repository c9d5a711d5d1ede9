"""What an end point is called to people."""

from __future__ import annotations

from scheduler.endpoints.patient.end_point import EITHER, EndPoint
from scheduler.said import Code, Said, said


def title_of(end_point: EndPoint, criteria: str | None) -> Said:
    """Its name, with the criteria where there are several: "Progression-free survival by iRECIST"."""
    if end_point is EndPoint.OVERALL_SURVIVAL:
        return said("Overall survival")
    if end_point is EndPoint.DURATION_OF_RESPONSE:
        return said("Duration of response by {criteria}", criteria=Code(criteria or ""))
    if criteria in (EITHER, None):
        return said("Progression-free survival")
    return said("Progression-free survival by {criteria}", criteria=Code(criteria or ""))

"""Patients of the seed study, told by their events as a case file tells them; and what a pharmacist reads of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing_line import DispensingLine, DispensingList
from scheduler.vocabulary.dosage_forms import Count

PROTOCOL = Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "protocol.yaml"

WEEKDAYS = EVERY_DAY.with_days()
"""A site that is open from Monday to Friday and knows no holidays."""

EXPERIMENTAL = """
  - {on: 2026-02-27, event: randomised, arm: experimental}
  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}
  - {on: 2026-03-02, event: given, treatment: toripalimab, n: 1}
"""
"""Randomised to all three treatments on a Friday, first doses on Monday 2 March 2026."""

CONTROL = """
  - {on: 2026-02-27, event: randomised, arm: control}
  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}
"""
"""Randomised to tablets alone, 120 mg, first tablets on Monday 2 March 2026."""


@cache
def seed() -> StudyVersion:
    return parse_protocol(PROTOCOL.read_text("utf-8"), name="protocol.yaml")[0]


def patient(
    *events: str, subject: str = "EXP-001", version: StudyVersion | None = None, closed: Iterable[date] = ()
) -> Patient:
    """A patient to whom these things happened, at a site that is open on weekdays but for the closed ones."""
    case = parse_case("protocol: protocol.yaml\nevents:\n" + "".join(events), name=f"{subject}.yaml")
    site = EVERY_DAY.with_days(closed)
    return patient_of(version or seed(), site, log_of(case.events), subject=subject)


def on(text: str) -> date:
    """A date of 2026, written 03-02."""
    return date.fromisoformat(f"2026-{text}")


def handed(lines: Iterable[DispensingLine]) -> list[tuple[str, str, Count | None, int | None, str]]:
    """When, what, how many units, how many packs, and how the line stands."""
    return [
        (f"{line.date:%m-%d}" if line.date else "", line.entry, line.units, line.packs, line.status.value)
        for line in lines
    ]


def line_of(found: DispensingList, entry: str) -> DispensingLine:
    """The one line of that entry."""
    (line,) = [line for line in found.everything if line.entry == entry]
    return line

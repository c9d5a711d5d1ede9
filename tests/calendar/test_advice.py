"""What planned calendars show before the first patient comes: activities that are missing for too long."""

from __future__ import annotations

from pathlib import Path

from scheduler.calendar.advice.of_plan import advice
from scheduler.protocol.parse import parse_protocol

SEED = (Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "protocol.yaml").read_text("utf-8")
WITHOUT_C2D15 = SEED.replace(
    "at: [screening, regorafenib, c1d15, c2d15, toripalimab, end-of-treatment, safety-30]",
    "at: [screening, regorafenib, c1d15, toripalimab, end-of-treatment, safety-30]",
)


def said(text: str) -> list[str]:
    version, _ = parse_protocol(text, name="protocol.yaml")
    return [finding.message for finding in advice(version)]


def test_liver_tests_of_the_seed_study_are_often_enough() -> None:
    assert said(SEED) == []


def test_liver_tests_are_missing_without_the_laboratory_visit() -> None:
    """With it gone, control has only the cycles' first days, experimental the infusions between them."""
    assert WITHOUT_C2D15 != SEED
    assert said(WITHOUT_C2D15) == [
        "in arm 'control' 28 days without 'liver tests and chemistry' lie between regorafenib.2 and regorafenib.3, more than "
        "16 days, for a patient randomised on a Monday",
        "in arm 'experimental' 21 days without 'liver tests and chemistry' lie between toripalimab.2 and toripalimab.3, more "
        "than 16 days, for a patient randomised on a Monday",
    ]


def test_the_place_is_the_line_that_asks_for_it() -> None:
    version, _ = parse_protocol(WITHOUT_C2D15, name="protocol.yaml")
    line = WITHOUT_C2D15.splitlines().index("  liver tests and chemistry: 16 days until Study Day 57 (label, A7)") + 1
    assert {str(finding.place) for finding in advice(version)} == {f"protocol.yaml:{line}:1"}

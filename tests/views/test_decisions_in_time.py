"""What time alone makes a person decide is on the worklist, though no event of the log brought it up."""

from datetime import date

from scheduler import read_case
from scheduler.views.coordinator.decisions import decisions_of
from scheduler.views.patients import patient_of
from tests.seed import FOLDER

CASE = read_case(FOLDER / "patients" / "EXP-001.yaml")
PATIENT = patient_of(CASE.version, CASE.site, CASE.log, subject="EXP-001")
LAST_DOSE = date(2026, 5, 19)
"""Of toripalimab: 84 days later is 11 August."""


def waiting(on: date) -> list[tuple[str | None, str]]:
    return [(line.entry, str(line.title)) for line in decisions_of(PATIENT, on) if line.status == "awaiting decision"]


def test_eighty_four_days_after_the_last_infusion_somebody_has_to_decide() -> None:
    assert waiting(date(2026, 8, 11)) == []
    assert waiting(date(2026, 8, 12)) == [("toripalimab-limits.1.33", "toripalimab: Toripalimab limits")]

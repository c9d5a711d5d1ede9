"""The study in figures: randomised by arm and month, where the patients stand, and why treatment ended."""

from __future__ import annotations

from scheduler.views.whole_site.figures import EndReason, figures_of
from scheduler.views.whole_site.standing import Standing
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

END = "  - {{on: 2026-04-10, event: end of treatment, reason: {}, by: Dr Example}}\n"
LATE = "  - {on: 2026-05-04, event: randomised, arm: control}\n"
CONSENTED = "  - {on: 2026-05-04, event: consented}\n"


def test_figures_of_five_patients() -> None:
    patients = [
        patient(EXPERIMENTAL),
        patient(EXPERIMENTAL, END.format("progression"), subject="EXP-002"),
        patient(CONTROL, END.format("progression"), subject="CTL-001"),
        patient(LATE, subject="CTL-002"),
        patient(CONSENTED, subject="SCR-001"),
    ]
    found = figures_of([(each, on("05-21")) for each in patients])
    assert [(each.arm, each.patients) for each in found.arms] == [("control", 2), ("experimental", 2), (None, 1)]
    assert found.standings == (
        Standing.NOT_RANDOMISED,
        Standing.RANDOMISED,
        Standing.ON_TREATMENT,
        Standing.ENDED,
    )
    assert [found.arms[0].of(each) for each in found.standings] == [0, 1, 0, 1]
    # Three in February, nobody in March and April, one in May; control comes first.
    assert [(f"{month.first:%m}", month.by_arm) for month in found.months] == [
        ("02", (1, 2)),
        ("03", (1, 2)),
        ("04", (1, 2)),
        ("05", (2, 2)),
    ]
    assert found.ends == (EndReason("progression", ("CTL-001", "EXP-002")),)


def test_study_without_patients_has_no_figures() -> None:
    found = figures_of([])
    assert (found.arms, found.months, found.ends) == ((), (), ())

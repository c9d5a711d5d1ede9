"""Where a patient stands on a day, in one word."""

from __future__ import annotations

import pytest

from scheduler.views.whole_site.standing import Standing, held_on, standing_on
from tests.views.told import EXPERIMENTAL, on, patient

RANDOMISED = "  - {on: 2026-02-27, event: randomised, arm: experimental}\n"
HELD = "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n"
RESUMED = "  - {on: 2026-03-20, event: resumed, treatment: regorafenib, by: Dr Example}\n"
END = "  - {on: 2026-03-20, event: end of treatment, reason: progression, by: Dr Example}\n"
DIED = "  - {on: 2026-03-30, event: died}\n"


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ("  - {on: 2026-02-20, event: consented}\n", Standing.NOT_RANDOMISED),
        (RANDOMISED, Standing.RANDOMISED),
        (EXPERIMENTAL, Standing.ON_TREATMENT),
        (EXPERIMENTAL + HELD, Standing.ON_HOLD),
        (EXPERIMENTAL + HELD + RESUMED, Standing.ON_TREATMENT),
        (EXPERIMENTAL + HELD + END, Standing.ENDED),
        (EXPERIMENTAL + END + DIED, Standing.DIED),
    ],
)
def test_patient_stands_where_the_last_word_says(events: str, standing: Standing) -> None:
    assert standing_on(patient(events), on("04-01")) is standing


def test_hold_counts_from_its_first_day_to_the_day_before_dosing_goes_on() -> None:
    held = patient(EXPERIMENTAL, HELD, RESUMED)
    assert [held_on(held, on(day)) for day in ("03-15", "03-16", "03-19", "03-20")] == [
        (),
        ("regorafenib",),
        ("regorafenib",),
        (),
    ]

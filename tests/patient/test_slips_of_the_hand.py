"""A slip in a number or a year is refused where it is written: it would be computed for ever, or past the last day there is."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.patient.events import parse_event
from scheduler.source.node import Data

TOO_MANY = "it must be at most 9999"


@pytest.mark.parametrize(
    ("slip", "code", "hint"),
    [
        ({"on": "2226-05-21", "event": "died"}, "not-a-year", "years go from 1900 to 2199"),
        ({"on": "1026-05-21", "event": "died"}, "not-a-year", "years go from 1900 to 2199"),
        (
            {"on": "2026-05-21", "event": "cycle started", "treatment": "a", "cycle": 10000},
            "out-of-range",
            "it must be at most 9999",
        ),
        (
            {"on": "2026-05-21", "event": "given", "treatment": "a", "n": 2026_05_21},
            "out-of-range",
            "it must be at most 9999",
        ),
    ],
)
def test_slip_is_refused(slip: dict[str, Data], code: str, hint: str | None) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_event(slip)
    assert [(finding.code, finding.hint) for finding in refused.value.findings] == [(code, hint)]


def test_first_and_last_year_are_taken() -> None:
    assert parse_event({"on": "1900-01-01", "event": "died"}).on.year == 1900
    assert parse_event({"on": "2199-12-31", "event": "died"}).on.year == 2199

"""What was signed says by whom, when and what it means, wherever people read it."""

from __future__ import annotations

import re

import pytest

from tests.web.people import ORDER, PASSWORD, Place, words_of
from tests.web.test_sites_apart import words_in

MEANING = "orders: the dose of regorafenib is changed to 40 mg (level -1)"


@pytest.mark.parametrize(
    ("path", "moment"),
    [
        ("/audit", "2026-05-21 02:07:00 UTC"),
        ("/audit.csv", "2026-05-21T02:07:00.000+00:00"),
        ("/subjects/EXP-003/history", "21 May 2026, 02:07 UTC"),
        pytest.param("/audit.pdf", "2026-05-21 02:07:00", marks=pytest.mark.slow),
    ],
)
def test_a_signature_says_its_name_moment_and_meaning(place: Place, path: str, moment: str) -> None:
    doctor = place.somebody("investigator")
    place.time.pass_by(minutes=7)
    assert doctor.records("EXP-003", password=PASSWORD, **ORDER).status_code == 303
    answer = doctor.get(path)
    told = words_of(answer) if "html" in answer.headers["content-type"] else re.sub(r"\s+", " ", words_in(answer))
    before, meaning, _ = told.partition(MEANING)
    assert meaning, path
    # The record itself stands in one row, with nobody else's between.
    assert moment in before[-600:]
    assert "Dr Investigator-0" in before[-600:]

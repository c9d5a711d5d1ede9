"""The pharmacy's list of some days is worked out from their cycles alone, and says what the list of all days says of them."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from scheduler.views.patients import patient_of
from scheduler.views.pharmacy import tablets_to_dispense
from scheduler.views.pharmacy.dispensing import dispensing_list, lines_of_patient
from scheduler.views.pharmacy.oral_cycle import OralCycle
from tests.benchmarks.patient import log_of_length, seed_version, shanghai
from tests.laws.examples import examples
from tests.laws.walks import WRITTEN, Followed, followed
from tests.views.told import EXPERIMENTAL, line_of
from tests.views.told import on as day_of
from tests.views.told import patient as told


@settings(max_examples=examples(60))
@given(followed(WRITTEN))
def test_it_is_part_of_the_list_of_all_days(walk: Followed):
    patient = walk.patient
    everything = tuple(lines_of_patient(patient))
    for weeks in range(-12, 12, 3):
        first = walk.today + timedelta(weeks=weeks)
        for days, on in ((0, None), (27, walk.today + timedelta(weeks=14))):
            last = first + timedelta(days=days)
            of_all = dispensing_list([patient], first, last, lines_of=lambda _: everything, on=on)
            assert dispensing_list([patient], first, last, on=on) == of_all


def test_what_time_alone_proposes_bears_on_kept_lines_too():
    """Infusion 2 was due on 30 March. More than 84 days after the first, of 2 March, ending it is proposed: from 26 May on."""
    patient = told(EXPERIMENTAL)
    kept = tuple(lines_of_patient(patient))
    for day, status in ((day_of("05-25"), "planned"), (day_of("05-26"), "awaiting decision")):
        found = dispensing_list([patient], day_of("03-30"), day_of("06-30"), lines_of=lambda _: kept, on=day)
        assert found == dispensing_list([patient], day_of("03-30"), day_of("06-30"), on=day)
        assert line_of(found, "toripalimab.2").status == status


@pytest.mark.parametrize(("weeks", "cycles"), [(0, 2), (20, 3), (60, 3)])
def test_only_the_cycles_of_the_period_and_the_one_before_are_worked_out(weeks: int, cycles: int):
    version, site = seed_version(), shanghai()
    patient = patient_of(version, site, log_of_length(version, site, 15), subject="S-001")
    assert patient.calendar.first_dose is not None
    first = patient.calendar.first_dose + timedelta(weeks=weeks)
    with patch.object(tablets_to_dispense, "OralCycle", wraps=OralCycle) as made:
        dispensing_list([patient], first, first + timedelta(days=27))
    # Two years have 27 cycles. Four weeks touch two of them at most; the one before these is counted when it comes back.
    assert made.call_count <= cycles

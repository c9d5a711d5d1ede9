"""The other tablet of a crossover is not handed out in the first period, and what is left of the first comes back with it.

The reference tablet is dose 1, on Monday 2 March 2026, and the test tablet dose 2, a week later.
"""

from __future__ import annotations

from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import lines_of_patient
from tests.dosing.story import told
from tests.laws.walks import study

RANDOMISED = "2026-02-27 randomised, arm: RT\n2026-02-27 first dose planned, to: 2026-03-02\n"


def lines(story: str) -> list[tuple[str, str, str, str]]:
    patient = patient_of(study("bioequivalence"), EVERY_DAY, told(f"{RANDOMISED}{story}"), subject="S-001")
    found = lines_of_patient(patient)
    return [(f"{each.date:%d %b}", each.treatment, each.work.value, each.status.value) for each in found if each.date]


def test_each_tablet_is_handed_out_in_its_own_period() -> None:
    assert lines("") == [
        ("02 Mar", "reference", "dispense", "planned"),
        ("09 Mar", "reference", "collect", "planned"),
        ("09 Mar", "test", "dispense", "planned"),
    ]


def test_nothing_is_collected_for_a_period_that_does_not_come() -> None:
    stopped = "2026-03-02 cycle started, treatment: tablet, cycle: 1\n2026-03-04 withdrew, from: treatment"
    assert ("09 Mar", "test", "dispense", "planned") not in lines(stopped)
    assert [each for each in lines(stopped) if each[0] == "09 Mar" and each[2] == "collect"] == []

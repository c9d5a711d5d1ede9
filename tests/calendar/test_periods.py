"""The times that the registration observes, and what cuts them: progression, death, withdrawal from everything."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Flag, Status
from tests.dosing.story import calendar

START = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
FULL = ("2026-03-02..2028-03-02", "2026-03-02..2028-03-02", "2026-03-02..2027-03-02", "2026-03-02..")
IUPD = "2026-04-24 response, criteria: iRECIST, assessment: iUPD\n"


def told(story: str) -> tuple[str, ...]:
    """Overall survival, progression-free survival, response and adverse events, as first and last day."""
    found = calendar(story)
    lines = []
    for name in ("survival-time", "progression-free", "response", "adverse-events"):
        entry = found.entry(f"{name}.1")
        assert entry is not None
        lines.append(f"{entry.window[0]}..{entry.window[1]}" if entry.window else f"{entry.date}..")
    return tuple(lines)


@pytest.mark.parametrize(
    ("story", "survival", "progression_free"),
    [
        ("", "2028-03-02", "2028-03-02"),
        ("2026-04-24 progressed", "2028-03-02", "2026-04-24"),
        ("2026-04-24 response, criteria: RECIST 1.1, assessment: PD", "2028-03-02", "2026-04-24"),
        (IUPD, "2028-03-02", "2028-03-02"),
        (IUPD + "2026-05-22 response, criteria: iRECIST, assessment: iCPD", "2028-03-02", "2026-04-24"),
        (IUPD + "2026-05-22 response, criteria: iRECIST, assessment: iSD", "2028-03-02", "2028-03-02"),
        ("2026-04-24 progressed\n2026-05-10 died", "2026-05-10", "2026-04-24"),
        ("2026-05-10 died", "2026-05-10", "2026-05-10"),
        ("2026-05-10 withdrew, from: all", "2026-05-10", "2026-05-10"),
        ("2026-05-10 withdrew, from: treatment", "2028-03-02", "2028-03-02"),
        ("2028-04-24 progressed", "2028-03-02", "2028-03-02"),
    ],
)
def test_survival_is_observed_until(story: str, survival: str, progression_free: str) -> None:
    assert told(START + story)[:2] == (f"2026-03-02..{survival}", f"2026-03-02..{progression_free}")


def test_all_that_the_registration_observes() -> None:
    assert told(START) == FULL
    assert told(START + "2026-05-10 died")[2:] == ("2026-03-02..2026-05-10",) * 2


def test_adverse_events_are_collected_for_90_days_after_the_last_dose() -> None:
    # Cycle 1 ends on 22 March, and 90 days after that is 20 June; who dies in between is observed until then.
    ended = START + "2026-03-25 end of treatment, reason: toxicity\n"
    assert told(ended)[3] == "2026-03-02..2026-06-20"
    assert told(ended + "2026-04-01 died")[3] == "2026-03-02..2026-04-01"
    assert told(ended + "2026-08-01 died")[3] == "2026-03-02..2026-06-20"


def test_nothing_is_observed_of_a_patient_who_died_before_the_first_dose() -> None:
    found = calendar(
        "2026-02-26 randomised, arm: control\n2026-02-26 first dose planned, to: 2026-03-02\n2026-02-28 died"
    )
    periods = [found.entry(f"{name}.1") for name in ("survival-time", "progression-free", "response", "adverse-events")]
    assert [(each.status, each.window) for each in periods if each] == [(Status.CANCELLED, None)] * 4


def test_progression_cites_its_events_and_before_it_nothing_is_guessed() -> None:
    confirmed = calendar(START + IUPD + "2026-05-22 response, criteria: iRECIST, assessment: iCPD")
    entry = confirmed.entry("progression-free.1")
    assert entry is not None
    assert entry.because.event_numbers() == {2, 3, 4}
    collection = confirmed.entry("adverse-events.1")
    assert collection is not None
    assert collection.flags == (Flag.OPEN_END,)

"""What was taken or given beside the plan is in EC as performed and in EX, as it was; nothing of it was scheduled."""

from __future__ import annotations

from tests.standards.sdtm import datasets, lines

STORY = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-27 taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-25, amount: 80 mg
    2026-03-26 held, treatment: regorafenib, reason: fever, today_taken: true
    2026-04-01 given, treatment: toripalimab, n: 1, amount: 240 mg, confirmed: read from the bag
    2026-04-02 given, treatment: radiotherapy, n: 1, amounts: [8 Gy hypofractionated, 1 Gy low-dose], confirmed: the machine's
"""


def test_tablets_of_days_off_and_doses_of_another_arm_are_exposure() -> None:
    """Day 21 of the tablets is 22 March: 80 mg on the 23rd to the 25th, and 120 mg on the 26th, the day of the hold."""
    told = datasets(STORY, "2026-04-03")
    names = ("EXTRT", "EXDOSE", "EXDOSU", "EXSTDTC", "EXENDTC", "EXSTDY")
    given = [
        "REGORAFENIB | 120 | mg | 2026-03-02 | 2026-03-02 | 1",
        "REGORAFENIB | 80 | mg | 2026-03-23 | 2026-03-25 | 22",
        "REGORAFENIB | 120 | mg | 2026-03-26 | 2026-03-26 | 25",
        "TORIPALIMAB | 240 | mg | 2026-04-01 | 2026-04-01 | 31",
        "RADIOTHERAPY HYPOFRACTIONATED | 8 | Gy | 2026-04-02 | 2026-04-02 | 32",
        "RADIOTHERAPY LOW-DOSE | 1 | Gy | 2026-04-02 | 2026-04-02 | 32",
    ]
    assert lines(told["EX"], *names) == given
    moods = lines(told["EC"], "ECMOOD")
    assert (moods.count("SCHEDULED"), moods.count("PERFORMED")) == (1, 6)

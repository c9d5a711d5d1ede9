"""What is recorded may take an appointment away: whoever records it is told, for somebody has to call it off.

The vaccine is given on 2 March 2026 and 56 days later, on 27 April; antibodies are taken 28 days after each: 30 March, 25 May.
"""

from __future__ import annotations

from scheduler.site.site import EVERY_DAY
from tests.asking.story import asked, codes
from tests.studies.telling import study

STUDY = study("""
study days: first dose is Day 1
treatments:
  vaccine: {when: {1: on first dose, 2: 56 days after dose 1}, give: 1 mL intramuscularly}
visits:
  antibodies: 28 days ±3 after every vaccine dose
""")
STORY = """
    2026-02-27 randomised, arm: all
    2026-03-02 given, treatment: vaccine, n: 1
    2026-03-30 visit done, entry: antibodies.1
    2026-04-01 booked, entry: antibodies.2, to: 2026-05-26, at: "10:00"
""".strip()
NOT_DONE = "2026-04-27 not done, entry: vaccine.2, reason: fever"


def told(story: str, line: str) -> list[str]:
    found = asked(story, line, today="2026-05-01", version=STUDY, site=EVERY_DAY)
    return [each.what for each in found if each.code == "appointment-taken-away"]


def test_a_dose_that_was_not_done_takes_the_appointment_after_it_away() -> None:
    assert told(STORY, NOT_DONE) == ["antibodies.2 is booked for 2026-05-26 at 10:00, and is no longer planned then"]
    found = asked(STORY, NOT_DONE, today="2026-05-01", version=STUDY, site=EVERY_DAY)
    assert codes(found) == [("said", "appointment-taken-away", "0.event")]
    assert found[0].hint == (
        "call the appointment off; where the patient comes all the same, record 'visit done' or 'unscheduled visit'"
    )


def test_without_an_appointment_or_once_it_was_kept_nothing_is_said() -> None:
    assert told(STORY.rpartition("\n")[0], NOT_DONE) == []
    assert told(STORY, "2026-05-01 not done, entry: antibodies.2, reason: the patient is away") == []


def test_an_end_of_treatment_takes_appointments_of_doses_away() -> None:
    booked = f'{STORY}\n    2026-04-02 booked, entry: vaccine.2, to: 2026-04-28, at: "09:00"'
    ended = "2026-04-10 end of treatment, reason: 'other: the patient wishes it'"
    assert told(booked, ended) == [
        "vaccine.2 is booked for 2026-04-28 at 09:00, and is no longer planned then",
        "antibodies.2 is booked for 2026-05-26 at 10:00, and is no longer planned then",
    ]

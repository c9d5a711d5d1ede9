"""What may not be before one day and not after an earlier one has no day: nothing is planned, and a person is asked.

Seen by somebody who wrote down the PACIFIC trial: durvalumab is to begin within 42 days after radiotherapy, and a patient who was
randomised too late got a first dose on the last day of radiotherapy, before randomisation, and the whole course from there.
"""

from __future__ import annotations

from tests.studies.telling import calendar, codes, dates, pending, study

SENTENCE = "0 to 3 days after randomisation, not after 42 days after end-of-radiotherapy"
BY_DATE = f"""
study days: first dose is Day 1
dates: {{end-of-radiotherapy: recorded, first dose: {{when: "{SENTENCE}"}}}}
treatments:
  durvalumab: {{when: {{1: on first dose, then: 14 days ±3 after the previous dose}}, give: 750 mg intravenously, until: 3 doses}}
"""
BY_TREATMENT = f"""
study days: randomisation is Day 1
dates: {{end-of-radiotherapy: recorded}}
treatments:
  durvalumab: {{when: {{1: "{SENTENCE}", then: 14 days ±3 after the previous dose}}, give: 750 mg intravenously, until: 3 doses}}
"""

# Randomised on 27 February; 42 days after 12 January are 23 February, and after 16 January they are 27 February itself.
TOO_LATE = "2026-01-12 reached, milestone: end-of-radiotherapy\n"
IN_TIME = "2026-01-16 reached, milestone: end-of-radiotherapy\n"
LIMIT = "not before 2026-02-27, and not after 42 days after end-of-radiotherapy, 2026-02-23"
HINT = "the investigator decides: record its day once it is agreed or done, or why it is left out"


def test_a_planned_first_dose_whose_limit_is_over_is_not_planned() -> None:
    found = calendar(study(BY_DATE), TOO_LATE)
    assert (dates(found, "durvalumab"), pending(found)) == ({}, {"durvalumab.1"})
    assert [(each.code, each.message, each.hint, each.entry) for each in found.findings] == [
        ("no-day-left", f"no day is left for first dose: {LIMIT}", HINT, None)
    ]


def test_a_treatment_whose_limit_is_over_is_not_planned() -> None:
    found = calendar(study(BY_TREATMENT), TOO_LATE)
    assert (dates(found, "durvalumab"), pending(found)) == ({}, {"durvalumab.1"})
    assert [(each.code, each.message, each.entry) for each in found.findings] == [
        ("no-day-left", f"no day is left for durvalumab.1: {LIMIT}", "durvalumab.1")
    ]


def test_the_last_day_of_the_limit_is_still_one() -> None:
    for rest in (BY_DATE, BY_TREATMENT):
        found = calendar(study(rest), IN_TIME)
        assert (dates(found, "durvalumab"), codes(found)) == ({"1": "02-27", "2": "03-13", "3": "03-27"}, [])


def test_a_delay_past_the_limit_is_a_clash_too() -> None:
    delayed = "2026-02-26 delayed, treatment: durvalumab, n: 1, until: 2026-03-03, reason: logistics\n"
    found = calendar(study(BY_TREATMENT), IN_TIME + delayed)
    assert (pending(found), codes(found)) == ({"durvalumab.1"}, ["no-day-left"])
    assert found.findings[0].message.endswith(
        "not before 2026-03-03, and not after 42 days after end-of-radiotherapy, 2026-02-27"
    )


def test_what_was_decided_stands() -> None:
    planned = TOO_LATE + "2026-02-27 first dose planned, to: 2026-03-02\n"
    assert dates(calendar(study(BY_DATE), planned), "durvalumab") == {"1": "03-02", "2": "03-16", "3": "03-30"}
    given = TOO_LATE + "2026-03-02 given, treatment: durvalumab, n: 1\n"
    assert dates(calendar(study(BY_TREATMENT), given), "durvalumab") == {"1": "03-02", "2": "03-16", "3": "03-30"}
    booked = TOO_LATE + "2026-02-27 booked, entry: durvalumab.1, to: 2026-03-02\n"
    assert dates(calendar(study(BY_TREATMENT), booked), "durvalumab") == {"1": "03-02", "2": "03-16", "3": "03-30"}

"""The line that stays in sight: which day it is for the patient, and what somebody must know before anything else."""

from __future__ import annotations

from scheduler.views.chart.head import Tone, head_of
from scheduler.views.patients import Patient
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

HELD = "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n"


def pills(someone: Patient, day: str) -> list[tuple[str, str]]:
    return [(str(pill.words), pill.tone.value) for pill in head_of(someone, on(day)).pills]


def where(someone: Patient, day: str) -> tuple[int | None, int | None, int | None]:
    head = head_of(someone, on(day))
    return head.study_day, head.cycle, head.cycle_day


def test_the_day_of_the_study_and_of_the_cycle_that_was_started() -> None:
    # The first dose is on 2 March: Day 1 of the study and of cycle 1. Nobody recorded that cycle 2 was started.
    someone = patient(EXPERIMENTAL)
    assert where(someone, "03-02") == (1, 1, 1)
    assert where(someone, "03-16") == (15, 1, 15)
    assert where(someone, "04-01") == (31, 1, 31)


def test_a_patient_who_is_treated_and_at_which_level() -> None:
    assert pills(patient(EXPERIMENTAL), "03-16") == [
        ("on treatment", Tone.GOING),
        ("Regorafenib 80 mg, level 0", Tone.PLAIN),
    ]


def test_a_hold_counts_its_days_from_the_first_dose_missed_and_says_when_its_time_is_over() -> None:
    # Held from Monday 16 March, the protocol allows 28 days. 24 March is 8 days later, 14 April 29.
    someone = patient(CONTROL + HELD)
    assert pills(someone, "03-24")[1] == ("Regorafenib on hold since 16 Mar 2026 (8 of 28 days)", Tone.HELD)
    assert pills(someone, "04-14")[1] == ("Regorafenib on hold since 16 Mar 2026 (29 of 28 days)", Tone.LATE)
    assert pills(someone, "03-15")[0] == ("on treatment", Tone.GOING)
    resumed = (
        CONTROL
        + HELD
        + "  - {on: 2026-03-23, event: resumed, treatment: regorafenib, level: -1, dose: 80 mg, by: Dr A}\n"
    )
    assert pills(patient(resumed), "03-23") == [
        ("on treatment", Tone.GOING),
        ("Regorafenib 80 mg, level \N{MINUS SIGN}1", Tone.PLAIN),
    ]


def test_an_open_proposal_waits_and_the_dose_that_it_is_about_is_not_told() -> None:
    event = "  - {on: 2026-03-16, event: adverse event, ae: 1, grade: 3, related: [regorafenib], "
    someone = patient(CONTROL + event + "term: Palmar-plantar erythrodysesthesia syndrome}\n")
    assert pills(someone, "03-16") == [("on treatment", Tone.GOING), ("decision waiting", Tone.WAITS)]


def test_what_ended_everything_stands_alone() -> None:
    ended = CONTROL + "  - {on: 2026-03-20, event: end of treatment, reason: progression, by: Dr A}\n"
    assert pills(patient(ended), "03-21") == [("ended 20 Mar 2026: progression", Tone.OVER)]
    assert where(patient(ended), "03-21") == (20, None, None)
    assert pills(patient(ended), "03-19")[0] == ("on treatment", Tone.GOING)
    died = ended + "  - {on: 2026-04-02, event: died}\n"
    assert pills(patient(died), "04-03") == [("died 2 Apr 2026", Tone.OVER)]
    withdrew = CONTROL + "  - {on: 2026-03-20, event: withdrew, from: all}\n"
    assert pills(patient(withdrew), "03-21") == [("withdrew from all of the study 20 Mar 2026", Tone.OVER)]


def test_one_treatment_that_ended_is_told_beside_those_that_go_on() -> None:
    given_up = (
        EXPERIMENTAL + "  - {on: 2026-03-10, event: discontinued, treatment: regorafenib, reason: AE 1, by: Dr A}\n"
    )
    assert pills(patient(given_up), "03-11") == [
        ("on treatment", Tone.GOING),
        ("Regorafenib ended 10 Mar 2026: AE 1", Tone.OVER),
    ]


def test_who_has_not_begun_is_told_by_what_is_missing() -> None:
    assert pills(patient("  - {on: 2026-02-20, event: consented}\n"), "02-21") == [("not randomised yet", Tone.PLAIN)]
    randomised = "  - {on: 2026-02-27, event: randomised, arm: control}\n"
    # Randomised on a Friday: the first dose is on the next open day, Monday, which is within the 3 days.
    assert pills(patient(randomised), "02-27")[0] == ("first dose planned for 2 Mar 2026", Tone.PLAIN)
    failed = "  - {on: 2026-02-20, event: consented}\n  - {on: 2026-02-25, event: screen failed, reason: platelets}\n"
    assert pills(patient(failed), "02-26") == [("not eligible since 25 Feb 2026", Tone.OVER)]
    assert pills(patient(failed), "02-24") == [("not randomised yet", Tone.PLAIN)]


def test_who_withdrew_from_some_of_the_study_says_from_what() -> None:
    withdrew = CONTROL + "  - {on: 2026-03-20, event: withdrew, from: WHAT}\n"
    assert pills(patient(withdrew.replace("WHAT", "treatment")), "03-21") == [
        ("withdrew from treatment 20 Mar 2026", Tone.OVER)
    ]
    assert pills(patient(withdrew.replace("WHAT", "visits")), "03-21") == [
        ("withdrew from visits 20 Mar 2026", Tone.OVER)
    ]


def test_who_cannot_be_reached_is_late_until_somebody_reaches_them() -> None:
    lost = CONTROL + "  - {on: 2026-03-20, event: lost to follow-up}\n"
    assert pills(patient(lost), "03-21")[0] == ("cannot be reached since 20 Mar 2026", Tone.LATE)
    reached = lost + "  - {on: 2026-03-27, event: contacted}\n"
    assert pills(patient(reached), "03-28")[0] == ("on treatment", Tone.GOING)


def test_a_hold_with_a_planned_resume_says_until_when() -> None:
    resumed = CONTROL + HELD + "  - {on: 2026-03-23, event: resumed, treatment: regorafenib, by: Dr A}\n"
    assert pills(patient(resumed), "03-18")[1] == ("Regorafenib on hold until 23 Mar 2026", Tone.HELD)


def test_what_ended_everything_is_told_from_its_day_on() -> None:
    died = patient(CONTROL + "  - {on: 2026-04-02, event: died}\n")
    assert pills(died, "04-02") == [("died 2 Apr 2026", Tone.OVER)]
    assert pills(died, "04-01")[0] == ("on treatment", Tone.GOING)

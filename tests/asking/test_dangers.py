"""What can happen and is likely a slip, or dangerous: each is asked with the protocol's sentence, and stands with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes, event, stands
from tests.dosing.story import told
from tests.seed import FOLDER, VERSION, shanghai
from tests.studies.telling import study

PRESCRIBED = f"""{EXPERIMENTAL}
    2026-03-20 visit done, entry: planning-ct.1
    2026-03-22 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy
    2026-03-22 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1, unit: Gy"""
ENDED = f"""{CONTROL}
    2026-03-12 end of treatment, reason: toxicity"""
REDUCED = f"""{CONTROL}
    2026-03-12 adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3, related: [regorafenib]
    2026-03-12 held, treatment: regorafenib, reason: AE 1
    2026-03-20 regraded, ae: 1, grade: 1
    2026-03-21 resumed, treatment: regorafenib, level: -1, dose: 80 mg"""
HANDED_OUT = f"""{CONTROL}
    2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84"""

DANGERS = {
    "a dose before consent": (
        "2026-03-03 consented\n    2026-02-27 randomised, arm: control",
        "2026-03-02 cycle started, treatment: regorafenib, cycle: 1",
        "out-of-order",
        "regorafenib.1: started before consent, 2026-03-03",
    ),
    "consent after a dose": (
        CONTROL,
        "2026-03-03 consented",
        "out-of-order",
        "regorafenib.1: started before consent, 2026-03-03",
    ),
    "a dose after a screen failure": (
        "2026-02-26 screen failed\n    2026-02-27 randomised, arm: control, confirmed: seen again",
        "2026-03-02 cycle started, treatment: regorafenib, cycle: 1",
        "out-of-order",
        "regorafenib.1: started after the screen failure of 2026-02-26",
    ),
    "a screen failure after a dose": (
        CONTROL,
        "2026-03-12 screen failed",
        "had-a-dose",
        "the patient has had study treatment since 2026-03-02, and a screen failure does not end it",
    ),
    "randomised after a screen failure": (
        "2026-02-26 screen failed",
        "2026-02-27 randomised, arm: control",
        "not-eligible",
        "randomised after the screen failure of 2026-02-26",
    ),
    "a screen failure of who was randomised": (
        "2026-02-27 randomised, arm: control",
        "2026-02-28 screen failed",
        "not-eligible",
        "the patient was randomised on 2026-02-27, and a screening fails before that",
    ),
    "a first dose out of its days": (
        "2026-02-27 randomised, arm: control",
        "2026-03-05 cycle started, treatment: regorafenib, cycle: 1",
        "first-dose",
        "regorafenib.1: first dose 3 days after its days, 2026-02-28 to 2026-03-02",
    ),
    "tablets on off-days": (
        CONTROL,
        "2026-03-27 taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-26",
        "not-planned",
        "regorafenib taken on 4 days without a planned dose",
    ),
    "a treatment of another arm": (
        CONTROL,
        "2026-03-09 given, treatment: toripalimab, n: 1",
        "unknown-treatment",
        "'toripalimab' is not given in the arm 'control'",
    ),
    "an end for a reason that is not listed": (
        CONTROL,
        "2026-03-12 end of treatment, reason: liver",
        "unknown-end-reason",
        "'liver' is not a listed reason for an end of treatment",
    ),
    "an end for a progression that nobody recorded": (
        CONTROL,
        "2026-03-12 end of treatment, reason: progression",
        "progression-not-recorded",
        "treatment ended for progression on 2026-03-12, and no progression is recorded",
    ),
    "an end for a death that nobody recorded": (
        CONTROL,
        "2026-03-12 end of treatment, reason: death",
        "cause-not-recorded",
        "treatment ended on 2026-03-12 for a death, and none is recorded",
    ),
    "an end for a pregnancy that nobody recorded": (
        f"{CONTROL}\n    2026-03-10 pregnancy, whose: partner",
        "2026-03-12 discontinued, treatment: regorafenib, reason: pregnant",
        "cause-not-recorded",
        "regorafenib was discontinued on 2026-03-12 for a pregnancy, and none is recorded",
    ),
    "an end for a loss that nobody recorded": (
        CONTROL,
        "2026-03-12 end of treatment, reason: lost to follow-up",
        "cause-not-recorded",
        "treatment ended on 2026-03-12 for a loss to follow-up, and none is recorded",
    ),
    "an end for another adverse event than is recorded": (
        f"{CONTROL}\n    2026-03-10 adverse event, ae: 1, term: Fatigue, grade: 1",
        "2026-03-12 discontinued, treatment: regorafenib, reason: AE 2",
        "cause-not-recorded",
        "regorafenib was discontinued on 2026-03-12 for adverse event 2, and none is recorded",
    ),
    "an end for toxicity without an adverse event": (
        CONTROL,
        "2026-03-12 end of treatment, reason: unacceptable toxicity",
        "cause-not-recorded",
        "treatment ended on 2026-03-12 for an adverse event, and none is recorded",
    ),
    "one treatment ended for a progression that nobody recorded": (
        f"{CONTROL}\n    2026-03-10 response, criteria: iRECIST, assessment: iUPD",
        "2026-03-12 discontinued, treatment: regorafenib, reason: PD",
        "cause-not-recorded",
        "regorafenib was discontinued on 2026-03-12 for a progression, and none is recorded",
    ),
    "an end for other, and no words": (
        CONTROL,
        "2026-03-12 end of treatment, reason: Other",
        "other-without-words",
        "treatment ended on 2026-03-12 for 'other', and nothing says what",
    ),
    "tablets after the end": (
        ENDED,
        "2026-03-16 taken, treatment: regorafenib, from: 2026-03-13, to: 2026-03-14",
        "after-the-end",
        "regorafenib.1.12-13: taken on 2 days after regorafenib had ended",
    ),
    "tablets during a hold": (
        f"{CONTROL}\n    2026-03-12 held, treatment: regorafenib, reason: travel",
        "2026-03-16 taken, treatment: regorafenib, from: 2026-03-13, to: 2026-03-14",
        "during-a-hold",
        "regorafenib.1.12-13: taken on 2 days while regorafenib was held",
    ),
    "an infusion too early": (
        f"{EXPERIMENTAL}\n    2026-03-30 given, treatment: toripalimab, n: 2",
        "2026-04-14 given, treatment: toripalimab, n: 3",
        "dose-too-early",
        "toripalimab.3: 15 days after toripalimab.2, at least 18 are asked for",
    ),
    "a second infusion that day": (
        EXPERIMENTAL,
        "2026-03-02 given, treatment: toripalimab, n: 2",
        "second-that-day",
        "toripalimab.1 was given on 2026-03-02 already (event 3)",
    ),
    "a fraction without its prescription": (
        EXPERIMENTAL,
        "2026-03-23 given, treatment: radiotherapy, n: 1",
        "not-prescribed",
        "the dose of hypofractionated and low-dose was not prescribed",
    ),
    "one amount for two courses": (
        PRESCRIBED,
        "2026-03-23 given, treatment: radiotherapy, n: 1, amount: 80 Gy",
        "amount-of-which",
        "80 Gy does not say of which: hypofractionated 8 Gy and low-dose 1 Gy of radiotherapy are due",
    ),
    "a hold of what is held": (
        f"{CONTROL}\n    2026-03-12 held, treatment: regorafenib, reason: travel",
        "2026-03-16 held, treatment: regorafenib, reason: travel",
        "held-already",
        "regorafenib is held for travel from 2026-03-12 (event 3) already",
    ),
    "a dose nobody has decided on": (
        f"{CONTROL}\n    2026-03-20 adverse event, ae: 1, term: Hypertension, grade: 4, related: [regorafenib]",
        "2026-03-30 cycle started, treatment: regorafenib, cycle: 2",
        "not-decided",
        "regorafenib.2.1: given before anybody decided: Hypertension",
    ),
    "a dose raised again": (
        REDUCED,
        "2026-03-30 dose changed, treatment: regorafenib, level: 0, dose: 120 mg",
        "dose-raised",
        "regorafenib: dose raised from level -1 to 0 after Hand-foot skin reaction; no sentence allows it",
    ),
    "a delay until yesterday": (
        CONTROL,
        "2026-03-26 delayed, treatment: regorafenib, cycle: 2, until: 2026-03-25, reason: travel",
        "delay-in-the-past",
        "regorafenib.2 is put off until 2026-03-25, a day that had passed when it was put off, on 2026-03-26",
    ),
    "an appointment of next year": (
        CONTROL,
        "2026-03-09 booked, entry: imaging.1, to: 2027-04-27",
        "booked-far-ahead",
        "imaging.1 is booked for 2027-04-27, more than a year after 2026-03-09, when it was booked",
    ),
    "an appointment of another month": (
        CONTROL,
        "2026-03-09 booked, entry: imaging.1, to: 2026-07-24",
        "booked-off-the-plan",
        "if it takes place on 2026-07-24, imaging.1 is a deviation: done 84 days after its window of 2026-04-17 to 2026-05-01",
    ),
    "a fraction before its earliest day": (
        EXPERIMENTAL,
        "2026-03-09 booked, entry: radiotherapy.1, to: 2026-03-10",
        "booked-off-the-plan",
        "if it takes place on 2026-03-10, that is a deviation: radiotherapy.1 was given on 2026-03-10, "
        "before its earliest day by the protocol, 2026-03-23",
    ),
    "a cycle on the tablets of another": (
        CONTROL,
        "2026-03-09 booked, entry: regorafenib.2, to: 2026-03-20",
        "booked-across-tablets",
        "regorafenib.2 is booked for 2026-03-20, a dosing day of regorafenib.1",
    ),
    "an infusion that waits for radiotherapy": (
        EXPERIMENTAL,
        "2026-03-16 booked, entry: toripalimab.2, to: 2026-03-23",
        "booking-void",
        "toripalimab.2 is booked for 2026-03-23, and the booking is void: it lies before what this waits for",
    ),
    "an expired lot": (
        CONTROL,
        "2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84, lot: A1, expires: 2026-02-28",
        "expired-lot",
        "the lot expired on 2026-02-28, before it was handed out on 2026-03-02",
    ),
    "a lot that expires inside the cycle": (
        CONTROL,
        "2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84, lot: A1, expires: 2026-03-10",
        "expired-lot",
        "the lot expires on 2026-03-10, before 2026-03-22, the last day of dosing that it is for",
    ),
    "half a pack": (
        CONTROL,
        "2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 63",
        "part-of-a-pack",
        "63 units are no number of whole packs of 28",
    ),
    "more back than was handed out": (
        HANDED_OUT,
        "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 85",
        "more-than-handed-out",
        "85 units of cycle 1 came back or were lost, but 84 were handed out",
    ),
}


@pytest.mark.parametrize(("story", "line", "code", "what"), DANGERS.values(), ids=DANGERS)
def test_it_is_asked(story: str, line: str, code: str, what: str):
    questions = asked(story, line)
    assert (code, what) in [(each.code, str(each.what)) for each in questions if each.strength.value == "asked"]


@pytest.mark.parametrize(("story", "line"), [(story, line) for story, line, _, _ in DANGERS.values()], ids=DANGERS)
def test_with_its_reason_it_stands_and_something_cites_it(story: str, line: str):
    [answer] = {each.answer for each in asked(story, line) if each.strength.value == "asked"}
    log = stands(story, f"{line}, {answer}: Dr Example says so")
    findings = calendar_of(VERSION, shanghai(), log).findings
    deviations = deviations_of(VERSION, shanghai(), log)
    cited = {number for finding in findings for number in finding.events}
    cited |= {number for deviation in deviations for number in deviation.events}
    assert log.length in cited


def test_more_doses_than_the_protocol_has():
    version = parse_protocol(
        (FOLDER.parent.parent / "tests/studies/protocols/weight.yaml").read_text("utf-8"), name="w"
    )[0]
    log = told(
        """
    2026-03-02 attribute, name: weight, value: 70 kg
    2026-03-02 given, treatment: mab, n: 1
    2026-03-23 given, treatment: mab, n: 2""".strip()
    )
    third = [event("2026-04-13 given, treatment: mab, n: 3")]
    questions = ask(version, EVERY_DAY, log, third, today=date(2026, 5, 1))
    assert [(each.code, each.protocol) for each in questions] == [("not-planned", "line 9: at most 2 doses")]


def test_a_dose_by_weight_without_a_weight():
    version = parse_protocol(
        (FOLDER.parent.parent / "tests/studies/protocols/weight.yaml").read_text("utf-8"), name="w"
    )[0]
    first = [event("2026-03-02 given, treatment: mab, n: 1")]
    [question] = ask(version, EVERY_DAY, told("2026-03-01 attribute, name: x, value: 1"), first, today=date(2026, 5, 1))
    assert question.code == "amount-not-known"
    assert str(question.hint) == "record 'attribute' with name: weight first"


BY_BODY_SURFACE = """
study days: first dose is Day 1
treatments: {drug: {when: on first dose, give: 85 mg/m2 intravenously}}
"""


def test_a_dose_by_body_surface_without_a_formula():
    version = study(BY_BODY_SURFACE)
    told_before = told("2026-03-01 attribute, name: weight, value: 70\n2026-03-01 attribute, name: height, value: 175")
    first = [event("2026-03-02 given, treatment: drug, n: 1")]
    [question] = ask(version, EVERY_DAY, told_before, first, today=date(2026, 5, 1))
    assert str(question.what).endswith("worked out from weight and height, and the protocol does not say how")
    assert str(question.hint) == "state the amount"


def test_a_weight_under_which_doses_given_would_be_others():
    version = parse_protocol(
        (FOLDER.parent.parent / "tests/studies/protocols/weight.yaml").read_text("utf-8"), name="w"
    )[0]
    log = told(
        """
    2026-03-02 attribute, name: weight, value: 95 kg
    2026-03-02 given, treatment: mab, n: 1""".strip()
    )
    said = "with: {on: 2026-03-02, event: attribute, name: weight, value: 59 kg}"
    other = [event(f"2026-04-10 corrected, number: 1, reason: another chart, {said}")]
    [question] = ask(version, EVERY_DAY, log, other, today=date(2026, 5, 1))
    assert (question.code, question.path) == ("changes-what-was-given", "0.with.on")
    assert str(question.what) == "mab.1: 570 mg or 354 mg given? It is dated before that dose"


def test_a_decision_that_is_less_than_the_protocol_asks_for():
    story = f"{CONTROL}\n    2026-03-12 adverse event, ae: 1, term: Hypertension, grade: 4, related: [regorafenib]"
    line = "2026-03-12 decided, proposal: hypertension.5.3, action: continue unchanged, by: Dr Example"
    [question] = asked(story, line)
    assert (question.code, question.answer) == ("against-the-protocol", "override")
    assert str(question.what) == "'continue unchanged' is less than the protocol asks for: discontinue"
    stricter = f"{CONTROL}\n    2026-03-12 adverse event, ae: 1, term: Hypertension, grade: 2, related: [regorafenib]"
    [question] = asked(stricter, line.replace("5.3", "2.3").replace("continue unchanged", "hold"))
    assert (question.code, question.is_open) == ("stricter-than-the-protocol", False)


def test_some_days_outside_the_window_are_said():
    questions = asked(CONTROL, "2026-03-09 booked, entry: imaging.1, to: 2026-05-07")
    assert codes(questions) == [("said", "booked-outside-window", "0.to")]


def test_an_appointment_two_doses_ahead_presumes_the_doses_before_it():
    # Dose 2 is on 30 March, the Monday after radiotherapy, dose 3 on 20 April and dose 4 on 11 May, 8 to 14 May.
    assert asked(EXPERIMENTAL, "2026-03-16 booked, entry: toripalimab.4, to: 2026-05-12") == ()
    [question] = asked(EXPERIMENTAL, "2026-03-16 booked, entry: toripalimab.4, to: 2026-05-18")
    assert (question.code, question.is_open) == ("booked-outside-window", False)
    assert "done 4 days after its window of 2026-05-08 to 2026-05-14" in str(question.what)


CAUSES = {
    "2026-03-12 died": "2026-03-12 end of treatment, reason: death",
    "2026-03-10 pregnancy": "2026-03-12 discontinued, treatment: regorafenib, reason: pregnancy",
    "2026-03-12 lost to follow-up": "2026-03-12 end of treatment, reason: lost",
    "2026-03-10 adverse event, ae: 2, term: Fatigue, grade: 3": "2026-03-12 end of treatment, reason: AE 2",
    "2026-03-10 adverse event, ae: 3, term: Fatigue, grade: 3": "2026-03-12 end of treatment, reason: toxicity",
    "2026-03-10 progressed": "2026-03-12 discontinued, treatment: regorafenib, reason: progression",
    "2026-03-10 response, criteria: RECIST 1.1, assessment: PD": "2026-03-12 end of treatment, reason: PD",
    "2026-03-10 measured, test: ALT, value: 20, unit: U/L": "2026-03-12 end of treatment, reason: 'other: moved abroad'",
}


@pytest.mark.parametrize(("cause", "end"), CAUSES.items())
def test_a_cause_that_is_recorded_is_not_asked_for(cause: str, end: str):
    codes_asked = {each.code for each in asked(f"{CONTROL}\n    {cause}", end)}
    assert codes_asked & {"cause-not-recorded", "other-without-words", "progression-not-recorded"} == set()


def test_a_death_is_asked_for_with_how_it_is_recorded():
    [question] = asked(CONTROL, "2026-03-12 end of treatment, reason: death, by: Dr Example")
    assert (question.path, question.answer, str(question.hint)) == (
        "0.reason",
        "override",
        "record 'died' with its date",
    )


HELD = f"{CONTROL}\n    2026-03-12 held, treatment: regorafenib, reason: AE 1"
HELD_TWICE = f"{HELD}\n    2026-03-16 held, treatment: regorafenib, reason: AE 2"


def test_a_hold_for_another_cause_beside_one_that_lasts_is_said():
    [question] = asked(HELD, "2026-03-16 held, treatment: regorafenib, reason: AE 2")
    assert (question.strength.value, question.code, question.events) == ("said", "second-hold", (3,))
    assert str(question.what) == (
        "regorafenib is held for AE 1 from 2026-03-12 (event 3); dosing goes on when both holds have ended"
    )


def test_a_hold_after_the_one_before_has_ended_says_nothing():
    over = f"{HELD}\n    2026-03-16 resumed, treatment: regorafenib"
    assert asked(over, "2026-03-16 held, treatment: regorafenib, reason: AE 1") == ()


def test_the_same_hold_recorded_for_an_earlier_day_is_asked():
    [question] = asked(HELD, "2026-03-10 held, treatment: regorafenib, reason: AE 1")
    assert question.code == "held-already"
    assert str(question.hint) == (
        "leave it out; correct event 3 where its day is wrong, or give the other cause as reason"
    )


def test_a_correction_of_a_hold_is_no_second_one():
    said = "with: {on: 2026-03-11, event: held, treatment: regorafenib, reason: AE 1}"
    assert "held-already" not in {
        each.code for each in asked(HELD, f"2026-03-16 corrected, number: 3, reason: another day, {said}")
    }


def test_a_resume_of_one_hold_says_that_another_lasts():
    one = asked(HELD_TWICE, "2026-03-20 resumed, treatment: regorafenib, reason: AE 1")
    assert [(each.code, str(each.what)) for each in one if each.code == "still-held"] == [
        (
            "still-held",
            "regorafenib is held for AE 2 from 2026-03-16 (event 4), and this resume does not end that: nothing is dosed",
        )
    ]
    both = asked(HELD_TWICE, "2026-03-20 resumed, treatment: regorafenib")
    assert "still-held" not in {each.code for each in both}

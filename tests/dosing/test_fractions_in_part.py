"""A beam stopped part-way, or one course of a session left out: recorded by course, no full fraction, the rest is decided."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar, Entry, Flag
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.calendar.telling.standing import flags_in_words
from scheduler.errors import InvalidText
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

COURSE = """
    2026-02-27 randomised, arm: experimental
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 given, treatment: toripalimab, n: 1
    2026-03-16 visit done, entry: planning-ct.1
    2026-03-20 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy
    2026-03-20 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1, unit: Gy
    2026-03-23 given, treatment: radiotherapy, n: 1
    2026-03-24 given, treatment: radiotherapy, n: 2
"""
"""Fractions of 8 Gy and, in the same session, 1 Gy; events 1 to 8."""
IN_PART = "2026-03-25 given, treatment: radiotherapy, n: 3, amounts: [5 Gy hypofractionated, 0 Gy low-dose]"
OTHERS = """
    2026-03-26 given, treatment: radiotherapy, n: 4
    2026-03-27 given, treatment: radiotherapy, n: 5
"""
REST = "2026-03-30 given, treatment: radiotherapy, n: 3, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"
GIVEN_UP = "2026-03-30 not done, entry: radiotherapy.3, reason: the physicist advised against it"


def calendar(*lines: str) -> Calendar:
    return calendar_of(VERSION, shanghai(), told(story(*lines)), until=date(2026, 5, 31))


def story(*lines: str) -> str:
    return "\n".join((COURSE.strip(), *(line.strip() for line in lines)))


def third(found: Calendar) -> Entry:
    return found.by_id["radiotherapy.3"]


def refused(*lines: str) -> list[str]:
    return [finding.code for finding in contradictions(chart_of(told(story(*lines)), VERSION))]


def test_it_is_no_full_fraction() -> None:
    entry = third(calendar(IN_PART))
    assert [str(dose) for dose in entry.doses] == ["hypofractionated 5 Gy", "low-dose 0 Gy"]
    assert entry.flags == (Flag.IN_PART,)
    assert tuple(map(str, flags_in_words(entry.flags))) == ("It was given in part: it is no full fraction.",)
    (wrong,) = [each for each in deviations_of(VERSION, shanghai(), told(story(IN_PART))) if each.entry == entry.id]
    assert (wrong.kind.value, str(wrong.what)) == (
        "wrong dose",
        "hypofractionated 5 Gy, low-dose 0 Gy; in force was hypofractionated 8 Gy, low-dose 1 Gy",
    )


def test_what_is_left_awaits_a_decision_and_so_does_what_comes_after_radiotherapy() -> None:
    found = calendar(IN_PART, OTHERS)
    (asks,) = [finding for finding in found.findings if finding.code == "rest-of-a-fraction"]
    assert asks.message.startswith("radiotherapy.3: hypofractionated 3 Gy and low-dose 1 Gy of the fraction is left")
    assert asks.events == (9,)
    assert {"regorafenib.2.1", "toripalimab.2"} <= {pending.id for pending in found.pending}


def test_it_stays_on_the_worklist_until_then() -> None:
    def decisions(*lines: str) -> list[str]:
        log = told(story(*lines))
        patient = patient_of(VERSION, shanghai(), log, subject="EXP-1")
        flags = [line.flags for line in worklist([patient], date(2026, 4, 1)).decisions]
        return [code for each in flags for code in each if code == "rest-of-a-fraction"]

    assert decisions(IN_PART, OTHERS) == ["rest-of-a-fraction"]
    assert decisions(IN_PART, OTHERS, REST) == []
    assert decisions(IN_PART, OTHERS, GIVEN_UP) == []


def test_the_rest_is_given_later_under_the_same_number() -> None:
    found = calendar(IN_PART, OTHERS, REST)
    entry = third(found)
    assert [str(dose) for dose in entry.doses] == ["hypofractionated 8 Gy", "low-dose 1 Gy"]
    assert (str(entry.date), entry.flags, entry.because.set_by[:2]) == ("2026-03-25", (), (Event(9), Event(12)))
    # Radiotherapy ends with the rest, on Monday 30 March: the day after is the first for cycle 2.
    assert str(found.by_id["regorafenib.2"].date) == "2026-03-31"


def test_or_is_given_up() -> None:
    found = calendar(IN_PART, OTHERS, GIVEN_UP)
    assert third(found).flags == (Flag.IN_PART,)
    assert Event(12) in third(found).because.set_by
    # The last fraction was on Friday 27 March.
    assert str(found.by_id["regorafenib.2"].date) == "2026-03-30"


def test_an_end_of_radiotherapy_leaves_nothing_to_decide() -> None:
    found = calendar(IN_PART, "2026-03-26 discontinued, treatment: radiotherapy, reason: AE 1")
    assert [finding.code for finding in found.findings if finding.code == "rest-of-a-fraction"] == []


def test_exposure_counts_what_was_given() -> None:
    exposure = exposure_of(VERSION, shanghai(), told(story(IN_PART)), date(2026, 3, 25))
    totals = {total.drug: str(total.delivered) for total in exposure.totals if total.treatment == "radiotherapy"}
    assert totals == {"hypofractionated": "21", "low-dose": "2"}


def test_it_is_asked_before_it_is_recorded() -> None:
    questions = asked(COURSE.strip(), IN_PART)
    assert [(each.code, each.path, str(each.what)) for each in questions] == [
        ("other-amount", "0.amounts", "5 Gy of hypofractionated is not the dose in force, hypofractionated 8 Gy"),
        ("other-amount", "0.amounts", "0 Gy of low-dose is not the dose in force, low-dose 1 Gy"),
    ]
    assert "amounts" not in [each.field for each in asked(story(IN_PART, OTHERS), REST)]


def rest_of(hypofractionated: str, low_dose: str) -> list[tuple[str, str]]:
    """What is asked about amounts of a rest, after 5 of 8 Gy and 0 of 1 Gy."""
    amounts = f"[{hypofractionated} hypofractionated, {low_dose} low-dose]"
    line = f"2026-03-30 given, treatment: radiotherapy, n: 3, amounts: {amounts}"
    return [(each.code, str(each.what)) for each in asked(story(IN_PART, OTHERS), line)]


def test_the_rest_is_compared_with_what_is_left_of_each_course() -> None:
    assert rest_of("3 Gy", "1 Gy") == []
    assert rest_of("2 Gy", "1 Gy") == [
        ("other-amount", "2 Gy of hypofractionated is not what is left of the fraction, hypofractionated 3 Gy")
    ]
    # 60 Gy is 20 times the 3 Gy that are left of the one course, and 10 Gy 10 times the 1 Gy of the other.
    assert rest_of("60 Gy", "10 Gy") == [
        (
            "tenfold-amount",
            "60 Gy of hypofractionated is 20 times what is left of the fraction, hypofractionated 3 Gy",
        ),
        ("tenfold-amount", "10 Gy of low-dose is 10 times what is left of the fraction, low-dose 1 Gy"),
    ]


def test_a_rest_of_nothing_is_a_fraction_that_is_not_completed() -> None:
    line = "2026-03-30 given, treatment: radiotherapy, n: 3, amounts: [0 Gy hypofractionated, 0 Gy low-dose]"
    (question,) = asked(story(IN_PART, OTHERS), line)
    assert (question.code, question.path, str(question.what), str(question.hint)) == (
        "amount-of-zero",
        "0.amounts",
        "0 Gy hypofractionated, 0 Gy low-dose of radiotherapy is no dose",
        "record 'not done' with its entry",
    )


def test_more_of_a_course_that_was_given_in_full_is_asked() -> None:
    first = "2026-03-25 given, treatment: radiotherapy, n: 3, amounts: [5 Gy hypofractionated, 1 Gy low-dose]"
    rest = "2026-03-30 given, treatment: radiotherapy, n: 3, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"
    assert [(each.code, str(each.what), str(each.hint)) for each in asked(story(first, OTHERS), rest)] == [
        (
            "other-amount",
            "1 Gy of low-dose is not what is left of the fraction, low-dose 0 Gy",
            "look at the amounts of all its sessions; an overdose is reported as the protocol says",
        )
    ]


LAST_IN_PART = """
    2026-03-25 given, treatment: radiotherapy, n: 3
    2026-03-26 given, treatment: radiotherapy, n: 4
    2026-03-27 given, treatment: radiotherapy, n: 5, amounts: [5 Gy hypofractionated, 0 Gy low-dose]
"""
CYCLE_2 = "2026-03-28 cycle started, treatment: regorafenib, cycle: 2"
"""The day after radiotherapy, had fraction 5 been a full one: early, and in its window of 28 March to 2 April."""


@pytest.mark.parametrize(
    ("line", "what", "protocol"),
    [
        (CYCLE_2, "regorafenib.2", "line 34: 28 days ±3 after cycle 1, not before 1 day after the end of radiotherapy"),
        (
            "2026-03-28 given, treatment: toripalimab, n: 2",
            "toripalimab.2",
            "line 50: 21 days ±3 after dose 1, not before 1 day after the end of radiotherapy",
        ),
    ],
)
def test_a_dose_after_radiotherapy_is_asked_while_a_rest_is_open(line: str, what: str, protocol: str) -> None:
    (question,) = asked(story(LAST_IN_PART), line)
    assert (question.code, str(question.what), question.events) == (
        "not-decided",
        f"{what}: given before anybody decided what becomes of the rest of radiotherapy.5",
        (11,),
    )
    assert str(question.protocol).startswith(protocol)


def test_it_is_not_asked_once_the_rest_is_decided() -> None:
    given_up = "2026-03-27 not done, entry: radiotherapy.5, reason: the physicist advised against it"
    assert [each.code for each in asked(story(LAST_IN_PART, given_up), CYCLE_2)] == []
    # The rest on Monday 30 March: cycle 2 may begin on the day after.
    rest = "2026-03-30 given, treatment: radiotherapy, n: 5, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"
    assert [each.code for each in asked(story(LAST_IN_PART, rest), CYCLE_2)] == ["dose-too-early"]
    on_the_day_after = CYCLE_2.replace("03-28", "03-31")
    assert [each.code for each in asked(story(LAST_IN_PART, rest), on_the_day_after)] == []


@pytest.mark.parametrize(
    ("amounts", "codes"),
    [
        ("5 Gy hypofractionated", ["amounts-incomplete"]),
        ("5 Gy hypofractionated, 0 Gy boost", ["unknown-course", "amounts-incomplete"]),
        ("500 cGy hypofractionated, 0 Gy low-dose", ["wrong-unit"]),
        ("5 Gy hypofractionated, 1 Gy hypofractionated, 0 Gy low-dose", ["amounts-incomplete"]),
    ],
)
def test_the_amounts_are_said_once_of_each_course(amounts: str, codes: list[str]) -> None:
    line = f"2026-03-25 given, treatment: radiotherapy, n: 3, amounts: [{amounts}]"
    assert refused(line) == codes


def test_a_full_fraction_is_not_given_twice() -> None:
    again = "2026-03-30 given, treatment: radiotherapy, n: 2, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"
    assert refused(again) == ["given-twice"]


@pytest.mark.parametrize("text", ["amount: 5 Gy, amounts: [5 Gy low-dose]", "amounts: [five]", "amounts: [5 Gy]"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidText):
        told(f"2026-03-25 given, treatment: radiotherapy, n: 3, {text}")


REST_ON_THURSDAY = "2026-03-26 given, treatment: radiotherapy, n: 3, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"


def test_the_next_fraction_waits_for_the_rest() -> None:
    # By hand: the rest on Thursday 26 March; at least 1 day later is Friday 27, then Monday 30; cycle 2 on Tuesday 31.
    found = calendar(IN_PART, REST_ON_THURSDAY)
    days = {name: str(found.by_id[f"radiotherapy.{name}"].date) for name in (3, 4, 5)}
    assert days == {3: "2026-03-25", 4: "2026-03-27", 5: "2026-03-30"}
    assert str(found.by_id["regorafenib.2"].date) == "2026-03-31"


def test_explain_says_that_it_waits_for_the_rest() -> None:
    log = told(story(IN_PART, REST_ON_THURSDAY))
    said = str(explain(calendar(IN_PART, REST_ON_THURSDAY), "radiotherapy.4", VERSION, log))
    assert "1 day after Thursday 26 March 2026 (radiotherapy 3 is given, 3 Gy hypofractionated" in said


def test_a_fraction_on_the_day_of_the_rest_of_another_is_too_early() -> None:
    # The rest of fraction 3 on Friday 27 March, and fraction 5 in the same afternoon.
    four = "2026-03-26 given, treatment: radiotherapy, n: 4"
    rest = REST.replace("03-30", "03-27")
    log = told(story(IN_PART, four, rest, "2026-03-27 given, treatment: radiotherapy, n: 5, confirmed: one more day"))
    found = [each for each in deviations_of(VERSION, shanghai(), log) if each.kind.value == "too early"]
    assert [(each.entry, str(each.what)) for each in found] == [
        (
            "radiotherapy.5",
            "radiotherapy.5 was given on 2026-03-27, less than 1 day after the rest of radiotherapy.3, 2026-03-27",
        )
    ]
    assert found[0].clause is not None
    assert found[0].clause.text == "at least 1 day after the previous fraction (A1)"


def test_fractions_before_the_rest_are_not_too_early() -> None:
    log = told(story(IN_PART, OTHERS, REST))
    assert [each for each in deviations_of(VERSION, shanghai(), log) if each.kind.value == "too early"] == []


@pytest.mark.parametrize(
    ("amounts", "line"),
    [("9 Gy hypofractionated, 1 Gy low-dose", 68), ("8 Gy hypofractionated, 2 Gy low-dose", 69)],
)
def test_a_wrong_dose_cites_the_sentence_of_its_course(amounts: str, line: int) -> None:
    wrong = f"2026-03-25 given, treatment: radiotherapy, n: 3, amounts: [{amounts}]"
    (found,) = [
        each for each in deviations_of(VERSION, shanghai(), told(story(wrong))) if each.entry == "radiotherapy.3"
    ]
    assert found.clause is not None
    assert found.clause.line == line
    (question,) = [each for each in asked(COURSE.strip(), wrong) if each.code == "other-amount"]
    assert str(question.protocol).startswith(f"line {line}: ")


ENDED = "2026-03-26 discontinued, treatment: radiotherapy, reason: 'other: the patient wishes no more of it'"
HELD = "2026-03-26 held, treatment: radiotherapy, reason: fever"
REST_ON_FRIDAY = REST.replace("03-30", "03-27")


@pytest.mark.parametrize(
    ("order", "rest", "code", "kind", "said"),
    [
        (ENDED, REST, "after-the-end", "after the end", "2026-03-30, after radiotherapy had ended"),
        (HELD, REST_ON_FRIDAY, "during-a-hold", "given during a hold", "2026-03-27, while radiotherapy was held"),
    ],
)
def test_a_rest_after_the_end_or_in_a_hold_is_asked_and_a_deviation(
    order: str, rest: str, code: str, kind: str, said: str
) -> None:
    (question,) = asked(story(IN_PART, order), rest)
    what = f"radiotherapy.3: the rest was given on {said}"
    assert (question.strength.value, question.code, str(question.what)) == ("asked", code, what)
    assert 10 in question.events
    found = deviations_of(VERSION, shanghai(), told(story(IN_PART, order, rest)))
    assert [(each.kind.value, str(each.what)) for each in found if each.entry == "radiotherapy.3"] == [(kind, what)]


def test_after_a_rest_that_came_after_the_end_radiotherapy_ended_with_the_rest() -> None:
    # Ended on Thursday 26 March, and the rest was given on Monday 30: the tablets and the infusion wait until Tuesday 31.
    found = calendar(IN_PART, ENDED, REST)
    days = [str(found.by_id[entry].date) for entry in ("regorafenib.2", "toripalimab.2")]
    assert days == ["2026-03-31", "2026-03-31"]


def test_a_rest_on_the_last_day_before_the_end_or_after_a_resume_is_in_order() -> None:
    resumed = "2026-03-27 resumed, treatment: radiotherapy"
    on_thursday = REST_ON_THURSDAY.replace("03-26", "03-25")
    for lines in ((ENDED, on_thursday), (HELD, resumed, REST_ON_FRIDAY)):
        found = deviations_of(VERSION, shanghai(), told(story(IN_PART, *lines)))
        assert {each.kind.value for each in found} & {"after the end", "given during a hold"} == set()


def test_a_rest_after_radiotherapy_was_taken_up_again_is_after_no_end_and_between_them_it_is() -> None:
    again = "2026-03-30 resumed, treatment: radiotherapy, override: Dr Example"
    between = deviations_of(VERSION, shanghai(), told(story(IN_PART, ENDED, REST_ON_FRIDAY, again)))
    assert [each.kind.value for each in between if each.entry == "radiotherapy.3"] == ["after the end"]
    after = deviations_of(VERSION, shanghai(), told(story(IN_PART, ENDED, again, REST)))
    assert [each.kind.value for each in after if each.entry == "radiotherapy.3"] == []

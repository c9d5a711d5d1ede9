"""Branches: a second induction only on residual leukaemia, a consolidation only in remission. Days counted by hand.

The first dose is on Monday 2 March 2026. The marrow on day 14 is 13 days later, Sunday 15 March; 7 days after it is Sunday
22 March, and its day 3 is Tuesday 24 March. The last dose of the first induction is on day 3, Wednesday 4 March; 28 days after
that is 1 April, and 28 days after 24 March is 21 April.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from textwrap import dedent

import pytest

from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import LineStatus
from tests.asking.story import asked, codes
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, entry, pending, study

AML = study("""
study days: first dose is Day 1
attributes:
  residual leukaemia: The marrow shows residual leukaemia
  complete remission: Complete remission
treatments:
  induction:
    when: {1: on first dose, 2: 7 days after marrow-14}
    only if: {2: marrow-14 shows residual leukaemia}
    give: {daunorubicin: 60 mg intravenously on days 1-3}
  consolidation:
    when: {1: 28 days after the last induction dose, then: 28 days after the previous cycle}
    until: 2 cycles
    only if: complete remission
    give: {cytarabine: 1000 mg intravenously on day 1}
visits:
  marrow-14: 13 days after first dose
  safety: 30 days after the last dose
""")
GIVEN = "2026-03-02 cycle started, treatment: induction, cycle: 1\n"  # event 2


def leukaemia(day: str, value: str) -> str:
    return f"2026-{day} attribute, name: residual leukaemia, value: {value}\n"


def remission(day: str, value: str) -> str:
    return f"2026-{day} attribute, name: complete remission, value: {value}\n"


def of(story: str) -> Calendar:
    return calendar(AML, GIVEN + story)


def all_dates(story: str) -> dict[str, dict[str, str]]:
    found = of(story)
    return {name: dates(found, name) for name in ("induction", "consolidation", "safety")}


def test_until_the_marrow_is_known_the_second_induction_is_not_planned() -> None:
    found = of("")
    assert dates(found, "induction") == {"1": "03-02"}
    assert pending(found) == {"induction.2.1", "consolidation.1", "safety.1"}
    waits = explain(found, "induction.2", AML, told(f"2026-02-27 randomised, arm: all\n{GIVEN}"))
    assert "the result of marrow-14: residual leukaemia is not known yet" in str(waits)


def test_residual_leukaemia_brings_the_second_induction_and_all_that_follows_it() -> None:
    assert all_dates(leukaemia("03-17", "true") + remission("04-10", "true")) == {
        "induction": {"1": "03-02", "2": "03-22"},
        "consolidation": {"1": "04-21", "2": "05-19"},
        "safety": {"1": "06-18"},  # 30 days after 19 May
    }


def test_without_residual_leukaemia_the_consolidation_counts_from_the_first_induction() -> None:
    found = all_dates(leukaemia("03-17", "false") + remission("03-25", "true"))
    assert found == {
        "induction": {"1": "03-02", "2": "no date"},
        "consolidation": {"1": "04-01", "2": "04-29"},
        "safety": {"1": "05-29"},
    }


def test_what_is_not_for_the_patient_says_so_and_why() -> None:
    story = leukaemia("03-17", "false")  # event 3
    found = entry(of(story), "induction.2")
    assert (found.status, found.flags) == (Status.CANCELLED, (Flag.NOT_FOR_PATIENT,))
    assert Event(3) in found.because.set_by
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    why = str(explain(of(story), "induction.2", AML, log))
    assert "Induction, cycle 2 is not for this patient, because on Tuesday 17 March 2026 residual leukaemia: no." in why


def test_without_a_remission_there_is_no_consolidation_and_follow_up_counts_from_the_induction() -> None:
    found = all_dates(leukaemia("03-17", "false") + remission("03-25", "false"))
    assert found["consolidation"] == {"1": "no date"}
    assert found["safety"] == {"1": "04-03"}  # 30 days after 4 March


def test_a_result_that_comes_late_is_waited_for() -> None:
    found = of(leukaemia("03-26", "true"))
    assert dates(found, "induction") == {"1": "03-02", "2": "03-26"}


def test_a_cycle_that_is_put_off_while_nobody_knows_whether_it_comes_says_so_and_is_not_before_that_day() -> None:
    put_off = (
        "2026-03-20 delayed, treatment: consolidation, cycle: 1, until: 2026-05-01, reason: a journey\n"  # event 3
    )
    (waits,) = [each for each in of(put_off).pending if each.id == "consolidation.1"]
    assert Event(3) in waits.because.looked_at
    # Without residual leukaemia it would be on 1 April, 28 days after 4 March.
    known = of(put_off + leukaemia("03-17", "false") + remission("03-25", "true"))
    assert dates(known, "consolidation")["1"] == "05-01"


def test_the_chosen_branch_cites_the_result() -> None:
    assert Event(3) in entry(of(leukaemia("03-17", "true")), "induction.2").because.set_by


def test_a_result_that_is_corrected_changes_it_back() -> None:
    wrong = leukaemia("03-17", "true")
    right = "{on: 2026-03-17, event: attribute, name: residual leukaemia, value: false}"
    found = of(f"{wrong}2026-03-18 corrected, number: 3, reason: another patient, with: {right}\n")
    assert dates(found, "induction") == {"1": "03-02", "2": "no date"}
    assert {3, 4} <= entry(found, "induction.2").because.event_numbers()


def test_a_result_that_is_struck_is_waited_for_again() -> None:
    found = of(f"{leukaemia('03-17', 'true')}2026-03-18 struck, number: 3, reason: another patient\n")
    assert dates(found, "induction") == {"1": "03-02"}
    (waits,) = [each for each in found.pending if each.id == "induction.2.1"]
    assert Event(4) in waits.because.looked_at


def test_a_second_record_of_the_same_fact_holds() -> None:
    found = of(leukaemia("03-17", "false") + leukaemia("03-20", "true"))
    assert dates(found, "induction") == {"1": "03-02", "2": "03-22"}


def test_words_that_do_not_say_leave_it_open_and_are_asked_about() -> None:
    assert "induction.2.1" in pending(of(leukaemia("03-17", "perhaps")))
    before = f"2026-02-27 randomised, arm: all\n{GIVEN}"
    questions = asked(before, leukaemia("03-17", "perhaps").strip(), version=AML, site=EVERY_DAY)
    assert codes(questions) == [("asked", "no-answer", "0.value")]


def test_what_if_shows_what_a_result_would_move() -> None:
    before, after = of(remission("03-25", "true")), of(remission("03-25", "true") + leukaemia("03-17", "true"))
    changed = {each.entry for each in compare_calendars(before, after)}
    assert {"induction.2", "consolidation.1", "consolidation.2", "safety.1"} <= {
        each.removesuffix(".1") if each.count(".") == 2 else each for each in changed
    }


@pytest.mark.parametrize(
    ("result", "says"),
    [("", "and that was not recorded by then"), (leukaemia("03-17", "false"), "and that is not so")],
)
def test_a_dose_of_a_branch_that_no_result_calls_for_is_asked_about_and_is_a_deviation(result: str, says: str) -> None:
    before = f"2026-02-27 randomised, arm: all\n{GIVEN}{result}"
    dose = "2026-03-22 cycle started, treatment: induction, cycle: 2"
    (question,) = asked(before, dose, version=AML, site=EVERY_DAY)
    assert question.code == "not-planned"
    assert (
        str(question.what) == f"induction.2 was given on 2026-03-22: only if marrow-14 shows residual leukaemia, {says}"
    )
    (deviation,) = deviations_of(AML, EVERY_DAY, told(f"{before}{dose}"))
    assert deviation.kind is Deviated.NOT_PLANNED
    assert deviation.clause is not None
    assert deviation.clause.text == "only if marrow-14 shows residual leukaemia"


def test_a_dose_of_the_branch_that_was_called_for_is_no_deviation() -> None:
    story = f"{GIVEN}{leukaemia('03-17', 'true')}2026-03-22 cycle started, treatment: induction, cycle: 2"
    assert deviations_of(AML, EVERY_DAY, told(f"2026-02-27 randomised, arm: all\n{story}")) == ()


def test_the_worklist_asks_for_the_result_from_the_day_of_the_marrow_on() -> None:
    patient = patient_of(AML, EVERY_DAY, told(f"2026-02-27 randomised, arm: all\n{GIVEN}"), subject="AML-1")

    def asks(day: str) -> list[str]:
        lines = worklist([patient], date.fromisoformat(day)).decisions
        return [str(line.to_do) for line in lines if "marrow-14" in str(line.to_do)]

    assert asks("2026-03-14") == []
    assert asks("2026-03-15") == [
        "it waits for the result of marrow-14: residual leukaemia; record 'attribute' with name: residual leukaemia"
    ]


def test_no_reader_is_told_of_a_branch_before_it_is_known() -> None:
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}")
    patient = patient_of(AML, EVERY_DAY, log, subject="AML-1")
    listed = dispensing_list([patient], date(2026, 3, 5), date(2026, 6, 30))
    assert listed.lines == ()
    assert [(line.entry, line.status, line.note) for line in listed.apart if line.treatment == "induction"] == [
        ("induction.2.1", LineStatus.PENDING, "not known: the result of marrow-14: residual leukaemia")
    ]
    recorded = datetime(2026, 3, 5, tzinfo=UTC)
    feed = agenda(
        patient.calendar,
        recorded=dict.fromkeys(range(1, 3), recorded),
        published=recorded,
        key=bytes(32),
        zone="Europe/Berlin",
        as_of=date(2026, 3, 5),
    )
    assert [f"{item.first:%m-%d} {item.summary}" for item in feed.items if item.first.day > 4] == ["03-15 Study visit"]


EITHER = study("""
study days: first dose is Day 1
attributes: {residual leukaemia: residual, sex: female or male, age: in years, ECOG: performance status}
treatments:
  induction:
    when: on first dose
    give: {daunorubicin: 60 mg intravenously on days 1-3}
  salvage:
    when: 7 days after marrow-14
    only if: marrow-14 shows residual leukaemia
    give: {fludarabine: 30 mg intravenously on days 1-5}
  consolidation:
    when: 28 days after the last day of induction, not before 28 days after the last day of salvage
    give: {cytarabine: 1000 mg intravenously on day 1}
visits:
  marrow-14: 13 days after first dose
  pregnancy-test:
    when: every 28 days from first dose
    until: 3 visits
    only if: sex is female and age below 55 years
  heart: {when: 2 days after first dose, only if: age at least 65 years or ECOG above 1}
""")
ONCE = "2026-03-02 cycle started, treatment: induction, cycle: 1\n"


@pytest.mark.parametrize(
    ("result", "day"),
    [
        ("", None),
        (leukaemia("03-17", "false"), "04-01"),  # 28 days after 4 March
        (leukaemia("03-17", "true"), "04-23"),  # the salvage is on 22 to 26 March
    ],
)
def test_what_follows_either_branch_counts_from_the_one_that_happened(result: str, day: str | None) -> None:
    found = calendar(EITHER, ONCE + result)
    assert dates(found, "consolidation") == ({"1": day} if day else {})


def facts(sex: str, age: str, ecog: str) -> str:
    return "".join(
        f"2026-02-27 attribute, name: {name}, value: {value}\n"
        for name, value in (("sex", sex), ("age", age), ("ECOG", ecog))
        if value
    )


@pytest.mark.parametrize(
    ("known", "test", "heart"),
    [
        (("", "", ""), {}, {}),
        (("Female", "40", "0"), {"1": "03-30", "2": "04-27", "3": "05-25"}, {"1": "no date"}),
        (("female", "54 years", "2"), {"1": "03-30", "2": "04-27", "3": "05-25"}, {"1": "03-04"}),
        (("female", "55", ""), {"1": "no date"}, {}),
        (("male", "", ""), {"1": "no date"}, {}),
        (("", "65", ""), {"1": "no date"}, {"1": "03-04"}),
    ],
)
def test_facts_of_enrolment(known: tuple[str, str, str], test: dict[str, str], heart: dict[str, str]) -> None:
    found = calendar(EITHER, facts(*known) + ONCE)
    assert dates(found, "pregnancy-test") == test
    assert dates(found, "heart") == heart


def test_an_age_in_another_unit_does_not_say() -> None:
    assert dates(calendar(EITHER, facts("", "480 months", "") + ONCE), "heart") == {}


@pytest.mark.parametrize("later", ["0", "2"])
def test_what_one_fact_decides_does_not_wait_for_another(later: str) -> None:
    # 66 years were known on 27 February: the heart visit is on 4 March, whatever the performance status is on 10 March.
    found = calendar(EITHER, facts("", "66", "") + ONCE + f"2026-03-10 attribute, name: ECOG, value: {later}")
    assert dates(found, "heart") == {"1": "03-04"}


def test_only_what_left_it_out_is_the_reason() -> None:
    # Event 2 is the sex, female, which leaves nothing out; event 3 the age, 55, which does.
    found = calendar(EITHER, facts("female", "55", "") + ONCE)
    reasons = found.by_id["pregnancy-test.1"].because.set_by
    assert [reason.number for reason in reasons if isinstance(reason, Event)] == [3]


@pytest.mark.parametrize(
    ("sex", "expected"), [("male", []), ("female", []), ("F", [("asked", "no-answer", "0.value")])]
)
def test_a_sex_is_male_or_female(sex: str, expected: list[tuple[str, str, str]]) -> None:
    version = study(
        dedent("""
    study days: randomisation is Day 1
    attributes: {sex: male or female}
    visits:
      pregnancy-test: {when: on Study Day 8, only if: sex is female}
    """)
    )
    event = f"2026-02-28 attribute, name: sex, value: {sex}"
    assert codes(asked("2026-02-27 randomised, arm: all\n", event, version=version, site=EVERY_DAY)) == expected


ON_A_CLOCK = """
study days: first dose is Day 1
attributes: {HER2 positive: By immunohistochemistry or in-situ hybridisation, poor clearance: Below 60 mL/min}
cycles: {clock: {when: {1: on first dose, then: 14 days after the previous cycle}, until: 4 cycles}}
treatments:
  everybody: {when: in every clock cycle on day 1, give: 60 mg intravenously}
  loading: {when: in cycle 2 on day 1, give: 280 mg intravenously, only if: HER2 positive}
  tablets: {when: in every clock cycle, give: 10 mg once daily by mouth on days 8-14, only if: poor clearance}
"""
FIRST = "2026-03-02 given, treatment: everybody, n: 1\n"  # cycle 2 is due on 16 March, cycle 3 on 30 March


def test_a_dose_on_a_clock_is_not_planned_into_the_past_of_its_fact() -> None:
    late = f"{FIRST}2026-03-19 attribute, name: HER2 positive, value: true\n"
    found = calendar(study(dedent(ON_A_CLOCK)), late)
    assert entry(found, "loading.2").status is Status.CANCELLED
    (told,) = [each for each in found.findings if each.code == "known-too-late"]
    assert (told.entry, told.events) == ("loading.2", (3,))
    assert told.message.startswith("loading.2 was to begin on 2026-03-16, and what it hangs on was recorded later")
    booked = f"{late}2026-03-19 booked, entry: loading.2, to: 2026-03-20\n"
    assert dates(calendar(study(dedent(ON_A_CLOCK)), booked), "loading") == {"2": "03-20"}
    in_time = f"{FIRST}2026-03-16 attribute, name: HER2 positive, value: true\n"
    assert dates(calendar(study(dedent(ON_A_CLOCK)), in_time), "loading") == {"2": "03-16"}


def test_what_became_so_later_is_for_the_patient_from_then_on() -> None:
    # Tablets of cycle 1 are from 9 March on, of cycle 2 from 23 March on: known on 20 March, that is in time for cycle 2.
    before = f"2026-03-01 attribute, name: poor clearance, value: false\n{FIRST}"
    found = calendar(study(dedent(ON_A_CLOCK)), f"{before}2026-03-20 attribute, name: poor clearance, value: true\n")
    assert dates(found, "tablets") == {"1": "no date", "2": "03-16", "3": "03-30", "4": "04-13"}
    assert entry(found, "tablets.1").flags == (Flag.NOT_FOR_PATIENT,)
    assert "known-too-late" not in {each.code for each in found.findings}
    # Said once more, it is what it was: nothing is taken away.
    twice = f"{before.replace('false', 'true')}2026-03-20 attribute, name: poor clearance, value: true\n"
    assert dates(calendar(study(dedent(ON_A_CLOCK)), twice), "tablets")["1"] == "03-02"

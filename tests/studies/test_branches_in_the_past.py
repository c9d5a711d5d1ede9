"""Each day of a branch is judged by what was recorded up to it: a later age rewrites nothing. Days counted by hand.

The first dose is on Monday 2 March 2026; cycles follow 28 days apart: 30 March, 27 April, 25 May. A visit every 14 days from
the first dose is on 16 and 30 March, 13 and 27 April, and on 11 May. The patient is 17 years old and has the eighteenth birthday
on Monday 4 May.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.calendar.telling.explain import explain
from scheduler.patient.branches import days_known_so, known_facts
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.asking.story import asked
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, entry, study


def of_branch(only_if: str, also: str = "") -> StudyVersion:
    """Visits and a drug of all three kinds: with cycles, every 14 days, and once."""
    return study(f"""
study days: first dose is Day 1
attributes: {{age: in years, sex: female or male, fasting: whether the patient may fast}}
treatments:
  drug: {{when: {{1: on first dose, then: 28 days after the previous cycle}}, until: 4 cycles, give: 10 mg by mouth on day 1}}
  extra: {{when: on drug cycles 2-4, give: 5 mg intravenously, only if: {only_if}}}
visits:
  ecg: {{when: on every drug cycle, only if: {only_if}}}
  fortnightly: {{when: every 14 days from first dose until 2026-05-15, only if: {only_if}}}
  once: {{when: 7 days after first dose, only if: {only_if}}}
{also}
""")


def record(day: str, name: str, value: str) -> str:
    return f"2026-{day} attribute, name: {name}, value: {value}\n"


AGE_17, AGE_18 = record("02-28", "age", "17 years"), record("05-04", "age", "18 years")
CYCLES = "2026-03-02 cycle started, treatment: drug, cycle: 1\n2026-03-30 cycle started, treatment: drug, cycle: 2\n"
LINES = ("extra", "ecg", "fortnightly", "once")


def all_dates(found: Calendar) -> dict[str, dict[str, str]]:
    return {name: dates(found, name) for name in LINES}


def test_what_was_for_the_patient_and_is_over_stays_with_a_later_age() -> None:
    found = calendar(of_branch("age below 18 years"), AGE_17 + CYCLES + AGE_18)
    assert all_dates(found) == {
        "extra": {"2": "03-30", "3": "04-27", "4": "no date"},  # 25 May is after the birthday
        "ecg": {"1": "03-02", "2": "03-30", "3": "04-27", "4": "no date"},
        "fortnightly": {"1": "03-16", "2": "03-30", "3": "04-13", "4": "04-27", "5": "no date"},
        "once": {"1": "03-09"},
    }
    left_out = {each.id for each in found.entries if Flag.NOT_FOR_PATIENT in each.flags}
    assert left_out == {"extra.4", "ecg.4", "fortnightly.5"}
    # Event 5 is the later age: it says nothing of the visit of April, and all of that of May.
    assert 5 not in entry(found, "ecg.3").because.event_numbers()
    assert Event(5) in entry(found, "ecg.4").because.set_by


def test_what_was_not_for_the_patient_and_is_over_does_not_come_with_a_later_age() -> None:
    found = calendar(of_branch("age at least 18 years"), AGE_17 + CYCLES + AGE_18)
    assert all_dates(found) == {
        "extra": {"2": "no date", "3": "no date", "4": "05-25"},
        "ecg": {"1": "no date", "2": "no date", "3": "no date", "4": "05-25"},
        "fortnightly": {"1": "no date", "2": "no date", "3": "no date", "4": "no date", "5": "05-11"},
        "once": {"1": "no date"},
    }
    story = told(f"2026-02-27 randomised, arm: all\n{AGE_17}{CYCLES}{AGE_18}")
    why = str(explain(found, "ecg.3", of_branch("age at least 18 years"), story))
    assert "is not for this patient, because on Saturday 28 February 2026 age: 17 years." in why


def test_a_later_age_changes_nothing_of_the_calendar_up_to_its_day() -> None:
    before = calendar(of_branch("age below 18 years"), AGE_17 + CYCLES)
    after = calendar(of_branch("age below 18 years"), AGE_17 + CYCLES + AGE_18)
    over = [each for each in before.entries if each.date is not None and f"{each.date:%m-%d}" < "05-04"]
    assert [after.by_id[each.id] for each in over] == over


@pytest.mark.parametrize(
    ("only_if", "name", "value"), [("sex is female", "sex", "female"), ("fasting", "fasting", "true")]
)
def test_a_fact_that_is_recorded_late_brings_nothing_into_the_past(only_if: str, name: str, value: str) -> None:
    found = calendar(of_branch(only_if), CYCLES + record("04-15", name, value))
    # What comes once waits for the record of 15 April. What has days of its own was due on them, and nobody knew.
    assert all_dates(found) == {
        "extra": {"2": "03-30", "3": "04-27", "4": "05-25"},
        "ecg": {"1": "03-02", "2": "03-30", "3": "04-27", "4": "05-25"},
        "fortnightly": {"1": "03-16", "2": "03-30", "3": "04-13", "4": "04-27", "5": "05-11"},
        "once": {"1": "04-15"},
    }
    cancelled = {each.id for each in found.entries if each.status is Status.CANCELLED}
    assert cancelled == {"extra.2", "ecg.1", "ecg.2", "fortnightly.1", "fortnightly.2", "fortnightly.3"}
    asked = {each.entry: each for each in found.findings if each.code == "known-too-late"}
    assert set(asked) == cancelled
    assert asked["ecg.2"].message == (
        f"ecg.2 was due on 2026-03-30, and what it hangs on was recorded later: only if {only_if}"
    )
    assert asked["ecg.2"].hint == (
        "it is not planned any more: record it where it was done all the same, or book a day for it"
    )


def test_a_visit_whose_window_is_open_when_it_is_known_is_made_within_it() -> None:
    version = of_branch("fasting", "  lipids: {when: on every drug cycle day 8 ±3 days, only if: fasting}")
    # Day 8 is 9 March, the last day of its window 12 March.
    assert dates(calendar(version, CYCLES + record("03-11", "fasting", "true")), "lipids")["1"] == "03-11"
    late = entry(calendar(version, CYCLES + record("03-13", "fasting", "true")), "lipids.1")
    assert (late.status, Flag.NOT_FOR_PATIENT in late.flags) == (Status.CANCELLED, False)


def test_a_fact_that_is_recorded_once_more_moves_nothing() -> None:
    version = of_branch("fasting")
    first = CYCLES + record("03-01", "fasting", "true")
    assert all_dates(calendar(version, first + record("04-20", "fasting", "true"))) == all_dates(
        calendar(version, first)
    )


def test_what_is_so_for_a_while_is_for_the_patient_for_that_while() -> None:
    story = record("03-01", "fasting", "false") + CYCLES
    story += record("03-20", "fasting", "true") + record("04-20", "fasting", "false")
    found = calendar(of_branch("fasting"), story)
    assert dates(found, "fortnightly") == {"1": "no date", "2": "03-30", "3": "04-13", "4": "no date"}
    assert dates(found, "once") == {"1": "03-20"}


def test_a_chain_begins_when_it_is_known_and_goes_on_as_long_as_it_is_so() -> None:
    when = "{1: 7 days after first dose, then: 14 days after the previous visit}"
    also = f"  diary: {{when: {when}, until: 5 visits, only if: age below 18 years}}"
    found = calendar(of_branch("age below 18 years", also), CYCLES + record("03-20", "age", "17 years") + AGE_18)
    assert dates(found, "diary") == {"1": "03-20", "2": "04-03", "3": "04-17", "4": "05-01", "5": "no date"}


def test_an_age_that_is_corrected_is_judged_as_corrected() -> None:
    right = "{on: 2026-02-28, event: attribute, name: age, value: 18 years}"
    story = f"{AGE_17}{CYCLES}2026-05-04 corrected, number: 2, reason: a slip, with: {right}\n"
    found = calendar(of_branch("age below 18 years"), story)
    assert dates(found, "ecg") == dict.fromkeys("1234", "no date")
    assert {2, 5} <= entry(found, "ecg.1").because.event_numbers()


def test_what_was_done_stands_whatever_was_recorded_later() -> None:
    story = f"{AGE_17}{CYCLES}2026-04-27 visit done, entry: ecg.3\n{AGE_18}"
    found = calendar(of_branch("age below 18 years"), story)
    assert entry(found, "ecg.3").status is Status.DONE
    assert "not-for-this-patient" not in {each.code for each in found.findings}


BY_NUMBER = study("""
study days: first dose is Day 1
attributes: {mrd: positive or negative}
treatments:
  drug:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 4 cycles
    open: any day
    give: 10 mg intravenously
    only if: {2: mrd is positive}
""")


def test_a_fact_that_is_said_once_more_does_not_put_off_what_came_after_the_number_that_it_left_out() -> None:
    """Cycle 2 would be on 30 March and is left out on 20 March, so cycle 3 is on the 30th, whenever it is said again."""
    begun = "2026-03-02 cycle started, treatment: drug, cycle: 1\n" + record("03-20", "mrd", "negative")
    once, again = (calendar(BY_NUMBER, begun + more) for more in ("", record("05-10", "mrd", "negative")))
    assert dates(once, "drug") == dates(again, "drug") == {"1": "03-02", "2": "no date", "3": "03-30", "4": "04-27"}
    late = CYCLES.partition("\n")[0] + "\n" + record("04-05", "mrd", "negative") + record("05-10", "mrd", "negative")
    assert dates(calendar(BY_NUMBER, late), "drug") == {"1": "03-02", "2": "no date", "3": "04-05", "4": "05-03"}


def test_a_number_that_was_left_out_stays_so_once_a_later_one_was_given() -> None:
    """Cycle 3 was given on 30 March in its place: a marrow of May changes nothing of it, and makes no fifth cycle."""
    given = "2026-03-02 cycle started, treatment: drug, cycle: 1\n" + record("03-20", "mrd", "negative")
    given += "2026-03-30 cycle started, treatment: drug, cycle: 3\n"
    found = calendar(BY_NUMBER, given + record("05-10", "mrd", "positive"))
    assert dates(found, "drug") == {"1": "03-02", "2": "no date", "3": "03-30", "4": "04-27"}
    assert [flag for each in found.entries for flag in each.flags] == [Flag.NOT_FOR_PATIENT]
    # Without event 4, the third cycle, the second would come with the marrow of May.
    assert Event(4) in entry(found, "drug.2").because.looked_at


def test_a_fact_that_is_dated_back_is_asked_where_it_rewrites_days_that_nobody_recorded() -> None:
    """Nobody recorded the visits of 16 March and later. By an age of 18 from 10 March they were not for the patient.

    The first of them is the visit of 16 March; 30 March, 13 and 27 April, and the ECGs and doses of 30 March and 27 April go too.
    """
    version = of_branch("age below 18 years")
    story = f"2026-02-27 randomised, arm: all\n{AGE_17}{CYCLES}"
    back = asked(story, record("03-10", "age", "18 years"), today="2026-05-06", version=version, site=EVERY_DAY)
    (question,) = [each for each in back if each.code == "changes-earlier-days"]
    assert question.strength.value == "asked"
    assert question.what == (
        "it is dated 2026-03-10: fortnightly.1 was due on 2026-03-16, and was then not for this patient, and 7 more"
    )
    later = asked(story, AGE_18, today="2026-05-06", version=version, site=EVERY_DAY)
    assert "changes-earlier-days" not in {each.code for each in later}


def test_a_fact_that_brings_days_that_are_over_is_asked_too() -> None:
    version = of_branch("age at least 18 years")
    story = f"2026-02-27 randomised, arm: all\n{AGE_17}{CYCLES}"
    back = asked(story, record("04-10", "age", "18 years"), today="2026-05-06", version=version, site=EVERY_DAY)
    (question,) = [each for each in back if each.code == "changes-earlier-days"]
    assert question.what == (
        "it is dated 2026-04-10: fortnightly.3 was not for this patient, and was then due on 2026-04-13, and 3 more"
    )


def test_many_records_of_one_fact_are_looked_through_once() -> None:
    """Ages of 400 days: of each day the last record counts, and the ones before it are not looked through again."""
    asked_of = of_branch("age below 18 years").arms["all"].timelines["extra"].only_if
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(400)]
    ages = "".join(f"{day} attribute, name: age, value: {16 + number % 4} years\n" for number, day in enumerate(days))
    known = known_facts(replay(told(ages)))
    assert asked_of is not None
    # 16, 17, 18, 19, 16, ...: it became so with each 16 that follows a 19.
    assert days_known_so(known, asked_of) == tuple(day.toordinal() for day in days[::4])

"""Doses that begin again where too long lies between one and the last given: days and amounts counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.asking.story import asked, codes
from tests.dosing.story import told
from tests.studies.telling import calendar, study

ONE = "2026-03-02 given, treatment: bispecific, n: 1\n"
TWO = ONE + "2026-03-05 given, treatment: bispecific, n: 2\n"
THREE = TWO + "2026-03-08 given, treatment: bispecific, n: 3\n"


@cache
def step_up() -> StudyVersion:
    """Doses 1 and 2 three days apart, dose 3 after three days, then weekly; 7, 28 and 42 days without a dose go back."""
    text = (Path(__file__).parent / "protocols" / "step-up.yaml").read_text("utf-8")
    return parse_protocol(text, name="step-up.yaml")[0]


def doses(found: Calendar, *numbers: int) -> list[str]:
    """The days and amounts of some doses: "04-20 6 mg"."""
    entries = [found.by_id[f"bispecific.{n}"] for n in numbers]
    return [f"{entry.date:%m-%d} {' + '.join(map(str, entry.doses))}" for entry in entries]


def put_off(n: int, to: str) -> str:
    return f"2026-03-09 delayed, treatment: bispecific, n: {n}, until: {to}, reason: fever\n"


@pytest.mark.parametrize(
    ("given", "number", "day", "amount"),
    [
        (ONE, 2, "2026-03-09", "30 mg"),  # 7 days after dose 1
        (ONE, 2, "2026-03-10", "6 mg"),  # 8 days
        (TWO, 3, "2026-03-12", "150 mg"),  # 7 days after dose 2
        (TWO, 3, "2026-03-13", "30 mg"),  # 8 days
        (TWO, 3, "2026-04-02", "30 mg"),  # 28 days: 26 to 31 March and 2 of April
        (TWO, 3, "2026-04-03", "6 mg"),  # 29 days
        (THREE, 4, "2026-04-05", "150 mg"),  # 28 days after dose 3
        (THREE, 4, "2026-04-06", "30 mg"),  # 29 days
        (THREE, 4, "2026-04-19", "30 mg"),  # 42 days
        (THREE, 4, "2026-04-20", "6 mg"),  # 43 days
    ],
)
def test_each_row_up_to_its_last_day_and_from_the_next(given: str, number: int, day: str, amount: str) -> None:
    put = calendar(step_up(), given + put_off(number, day))
    assert doses(put, number) == [f"{day[5:]} {amount}"]
    recorded = calendar(step_up(), f"{given}{day} given, treatment: bispecific, n: {number}\n")
    assert doses(recorded, number) == [f"{day[5:]} {amount}"]


def test_after_dose_2_again_comes_the_first_full_dose() -> None:
    found = calendar(step_up(), THREE + put_off(4, "2026-04-06"))
    assert doses(found, 4, 5, 6) == ["04-06 30 mg", "04-09 150 mg", "04-16 150 mg"]


def test_a_second_time_too_long_begins_a_second_time() -> None:
    story = (
        ONE + put_off(2, "2026-03-10") + "2026-03-10 given, treatment: bispecific, n: 2\n" + put_off(3, "2026-03-19")
    )
    assert doses(calendar(step_up(), story), 2, 3, 4, 5) == ["03-10 6 mg", "03-19 6 mg", "03-22 30 mg", "03-25 150 mg"]


def test_doses_that_nobody_gave_take_no_place() -> None:
    missed = "".join(f"2026-03-{day} not done, entry: bispecific.{n}, reason: fever\n" for n, day in ((4, 15), (5, 22)))
    found = calendar(step_up(), THREE + missed)
    # 21 days after dose 3: the weekly dose goes on.
    assert doses(found, 6, 7) == ["03-29 150 mg", "04-05 150 mg"]
    more = "2026-03-29 not done, entry: bispecific.6, reason: fever\n2026-04-05 not done, entry: bispecific.7, reason: fever\n"
    # 35 days after dose 3, the last one given, and not 7 after the one that was missed: 30 mg, then 150 mg three days later.
    assert doses(calendar(step_up(), THREE + missed + more), 8, 9) == ["04-12 30 mg", "04-15 150 mg"]


def test_a_first_dose_that_was_not_given_is_still_the_first() -> None:
    story = "2026-03-01 first dose planned, to: 2026-03-02\n2026-03-02 not done, entry: bispecific.1, reason: fever\n"
    found = calendar(step_up(), story)
    assert doses(found, 2, 3) == ["03-05 6 mg", "03-08 30 mg"]


def test_a_number_that_skips_is_the_next_dose_of_the_protocol() -> None:
    found = calendar(step_up(), ONE + "2026-03-05 given, treatment: bispecific, n: 4\n")
    assert doses(found, 4, 5) == ["03-05 30 mg", "03-08 150 mg"]


def test_what_follows_doses_goes_by_the_dose_and_a_visit_stays_with_the_first() -> None:
    found = calendar(step_up(), TWO + put_off(3, "2026-03-13"))
    days = {each.id: f"{each.date:%m-%d}" for each in found.entries if each.timeline in ("premedication", "first-week")}
    assert days == {
        "premedication.1": "03-02",
        "premedication.2": "03-05",
        "premedication.3": "03-13",
        "premedication.4": "03-16",
        "first-week.1": "03-09",
    }
    stays = [each.id for each in found.entries if "stay in hospital for 48 hours" in each.activities]
    assert stays == ["bispecific.1", "bispecific.2", "bispecific.3", "bispecific.4"]


def test_explain_says_how_long_it_was() -> None:
    story = THREE + put_off(4, "2026-04-20")
    found = calendar(step_up(), story)
    log = told(f"2026-02-27 randomised, arm: all\n{story}")
    lines = [each.sentence for each in explain(found, "bispecific.4", step_up(), log).lines]
    assert "43 days since dose 3 on Sunday 8 March 2026, more than 42 days: again from dose 1 (6 mg)." in lines
    lines = [each.sentence for each in explain(found, "bispecific.5", step_up(), log).lines]
    assert "By the protocol it is dose 2: the doses began again with dose 4." in lines


def test_dose_intensity_counts_what_the_protocol_calls_for() -> None:
    story = told(
        "2026-02-27 randomised, arm: all\n"
        + TWO
        + put_off(3, "2026-03-13")
        + "2026-03-13 given, treatment: bispecific, n: 3\n"
    )
    found = exposure_of(step_up(), EVERY_DAY, story, date(2026, 3, 13))
    lines = {line.entry: (line.delivered, line.planned) for line in found.lines if line.treatment == "bispecific"}
    assert lines["bispecific.3"] == (Decimal(30), Decimal(30))


def test_the_pharmacy_prepares_the_dose_that_begins_again() -> None:
    story = told(f"2026-02-27 randomised, arm: all\n{THREE}{put_off(4, '2026-04-20')}")
    patient = patient_of(step_up(), EVERY_DAY, story, subject="S-1")
    found = dispensing_list([patient], date(2026, 4, 18), date(2026, 4, 27))
    # From 6 mg vials: 6 mg, three days later 30 mg, three days later 150 mg.
    lines = [(line.entry, line.dose, line.units) for line in found.lines if line.treatment == "bispecific"]
    assert [(name, str(dose), units) for name, dose, units in lines] == [
        ("bispecific.4", "6", 1),
        ("bispecific.5", "30", 5),
        ("bispecific.6", "150", 25),
    ]


def test_a_course_of_four_doses_has_all_of_them_after_it_began_again() -> None:
    four = study("""
study days: first dose is Day 1
treatments:
  bispecific:
    when: {1: on first dose, 2: 3 days after dose 1, 3: 3 days after dose 2, 4: 7 days after dose 3}
    open: any day
    give: [6 mg subcutaneously of dose 1, 30 mg subcutaneously of dose 2, "150 mg subcutaneously of doses 3, 4"]
    restart: more than 7 days after any dose, again from dose 1
visits:
  safety: 30 days after the last dose
""")
    found = calendar(four, TWO + put_off(3, "2026-03-13"))
    assert doses(found, 3, 4, 5, 6) == ["03-13 6 mg", "03-16 30 mg", "03-19 150 mg", "03-26 150 mg"]
    assert "bispecific.7" not in found.by_id


def test_a_long_hold_of_single_doses_is_read_as_a_restart() -> None:
    def of(sentence: str) -> Calendar:
        version = study(f"""
study days: first dose is Day 1
treatments:
  bispecific:
    when: {{1: on first dose, 2: 3 days after dose 1, 3: 3 days after dose 2, then: 7 days after the previous dose}}
    open: any day
    give: [6 mg subcutaneously of dose 1, 30 mg subcutaneously of dose 2, 150 mg subcutaneously of doses 3 and later]
    {sentence}
""")
        held = "2026-03-09 held, treatment: bispecific, reason: fever\n2026-04-20 resumed, treatment: bispecific\n"
        return calendar(version, THREE + held)

    as_written = doses(of("restart: more than 28 days after any dose, again from dose 1"), 4, 5, 6, 7)
    assert as_written == ["04-20 6 mg", "04-23 30 mg", "04-26 150 mg", "05-03 150 mg"]
    assert doses(of("long hold: after more than 28 days, a new cycle"), 4, 5, 6, 7) == as_written


OVERDUE = "2026-02-27 randomised, arm: all\n" + THREE


def test_a_late_dose_without_its_amount_is_asked() -> None:
    [question] = asked(OVERDUE, "2026-04-20 given, treatment: bispecific, n: 4", version=step_up(), site=EVERY_DAY)
    assert codes((question,)) == [("asked", "begins-again", "0.amount")]
    assert (
        str(question.what) == "43 days after bispecific.3 bispecific is due as dose 1 of the protocol, 6 mg, not 150 mg"
    )
    assert str(question.hint) == "write the amount that was given"


@pytest.mark.parametrize(
    ("amount", "said"), [("6 mg", []), ("150 mg", ["tenfold-amount"]), ("30 mg", ["other-amount"])]
)
def test_its_amount_is_compared_with_the_dose_that_it_begins_again_with(amount: str, said: list[str]) -> None:
    line = f"2026-04-20 given, treatment: bispecific, n: 4, amount: {amount}"
    assert [each.code for each in asked(OVERDUE, line, version=step_up(), site=EVERY_DAY)] == said


def test_the_dose_that_was_planned_to_begin_again_is_not_asked() -> None:
    story = OVERDUE + put_off(4, "2026-04-20")
    assert asked(story, "2026-04-20 given, treatment: bispecific, n: 4", version=step_up(), site=EVERY_DAY) == ()

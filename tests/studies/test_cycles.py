"""A clock that gives no dose: cycles of their own, and drugs in them that are held, delayed and ended one by one.

Every date was counted by hand: 14 days from Monday 2 March 2026 are 16 and 30 March, 13 and 27 April, 11 and 25 May, 8 and 22
June, 6 and 20 July, 3 August.
"""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from scheduler.calendar.entries.entry import Calendar
from tests.studies.telling import WEEKDAYS, calendar, dates, entry, pending, runs, study

FOLFOX = study("""
study days: first dose is Day 1
cycles:
  chemotherapy:
    when: {1: on first dose, then: 14 days +3 after the previous cycle}
    until: at most 12 cycles
treatments:
  oxaliplatin:
    when: in every cycle on day 1
    give: intravenously over 2 hours
    levels: 85, 65 mg/m2
  fluorouracil:
    when: in every cycle on day 1
    give: 2400 mg/m2 intravenously over 46 hours
visits:
  disconnect: on every chemotherapy day 3
""")
STARTS = ("03-02", "03-16", "03-30", "04-13", "04-27", "05-11", "05-25", "06-08", "06-22", "07-06", "07-20", "08-03")
BOTH = ("oxaliplatin", "fluorouracil")


def given(*cycles: int, drugs: tuple[str, ...] = BOTH) -> str:
    """What was given in some cycles, each on its planned day."""
    return "".join(f"2026-{STARTS[n - 1]} given, treatment: {drug}, n: {n}\n" for n in cycles for drug in drugs)


def stand(found: Calendar, *names: str) -> list[str]:
    """How entries stand: "planned 04-13"."""
    each = [entry(found, name) for name in names]
    return [f"{one.status.value} {one.date:%m-%d}" if one.date else one.status.value for one in each]


def test_all_drugs_are_on_the_day_of_the_cycle() -> None:
    found = calendar(FOLFOX, "2026-02-27 first dose planned, to: 2026-03-02\n", until="2026-12-31")
    planned = {str(n): day for n, day in enumerate(STARTS, 1)}
    assert dates(found, "chemotherapy") == dates(found, "oxaliplatin") == dates(found, "fluorouracil") == planned


def test_one_drug_ends_and_the_others_go_on_with_their_numbers() -> None:
    story = given(*range(1, 9)) + "2026-06-15 discontinued, treatment: oxaliplatin, reason: neuropathy\n"
    found = calendar(FOLFOX, story, until="2026-12-31")
    left = {str(n): STARTS[n - 1] for n in range(1, 13)}
    assert dates(found, "chemotherapy") == dates(found, "fluorouracil") == left
    assert stand(found, "oxaliplatin.8", "oxaliplatin.9", "fluorouracil.9", "disconnect.9") == [
        "done 06-08",
        "cancelled 06-22",
        "planned 06-22",
        "planned 06-24",
    ]


def test_a_delay_of_the_cycle_moves_all_its_drugs() -> None:
    # Cycle 3 was due on 30 March and is put off to 6 April: cycle 4 is 14 days after that, on 20 April.
    story = given(1, 2) + "2026-03-27 delayed, treatment: chemotherapy, cycle: 3, until: 2026-04-06, reason: holiday\n"
    found = calendar(FOLFOX, story, until="2026-04-30")
    moved = {"1": "03-02", "2": "03-16", "3": "04-06", "4": "04-20"}
    assert dates(found, "chemotherapy") == dates(found, "oxaliplatin") == dates(found, "fluorouracil") == moved
    assert dates(found, "disconnect")["3"] == "04-08"


def test_the_hold_of_one_drug_leaves_the_cycle_and_its_dose_is_left_out() -> None:
    story = (
        given(1, 2)
        + "2026-03-25 held, treatment: oxaliplatin, reason: paresthesia\n"
        + given(3, drugs=("fluorouracil",))
        + "2026-04-13 resumed, treatment: oxaliplatin, level: -1, dose: 65 mg/m2\n"
    )
    found = calendar(FOLFOX, story, until="2026-04-30")
    assert stand(found, "chemotherapy.3", "oxaliplatin.3", "oxaliplatin.4", "fluorouracil.4", "oxaliplatin.5") == [
        "done 03-30",
        "cancelled 03-30",
        "planned 04-13",
        "planned 04-13",
        "planned 04-27",
    ]
    assert [str(dose) for dose in entry(found, "oxaliplatin.4").doses] == ["65 mg/m2"]


def test_while_nobody_knows_how_long_a_drug_is_held_only_that_drug_waits() -> None:
    story = given(1, 2) + "2026-03-25 held, treatment: oxaliplatin, reason: paresthesia\n"
    found = calendar(FOLFOX, story, until="2026-04-14")
    assert dates(found, "chemotherapy") == {"1": "03-02", "2": "03-16", "3": "03-30", "4": "04-13"}
    assert pending(found) == {"oxaliplatin.3", "oxaliplatin.4"}


def test_a_hold_of_the_cycles_holds_all_drugs_and_the_next_cycle_counts_from_the_resume() -> None:
    # Held on 30 March and resumed on 6 April, a week late: cycle 4 is on 20 April.
    held = given(1, 2) + "2026-03-30 held, treatment: chemotherapy, reason: ANC 0.9\n"
    waiting = calendar(FOLFOX, held, until="2026-04-30")
    assert pending(waiting) == {"chemotherapy.3", "oxaliplatin.3", "fluorouracil.3", "disconnect.3"}
    found = calendar(FOLFOX, held + "2026-04-06 resumed, treatment: chemotherapy\n", until="2026-04-30")
    moved = {"1": "03-02", "2": "03-16", "3": "04-06", "4": "04-20"}
    assert dates(found, "chemotherapy") == dates(found, "oxaliplatin") == dates(found, "fluorouracil") == moved


def test_the_cycles_go_on_with_the_first_drug_that_is_resumed() -> None:
    story = (
        given(1, 2)
        + "2026-03-30 held, treatment: chemotherapy, reason: ANC 0.9\n"
        + "2026-04-06 resumed, treatment: fluorouracil\n"
        + "2026-04-06 given, treatment: fluorouracil, n: 3\n"
    )
    found = calendar(FOLFOX, story, until="2026-04-25")
    assert dates(found, "chemotherapy") == {"1": "03-02", "2": "03-16", "3": "04-06", "4": "04-20"}
    assert stand(found, "oxaliplatin.3", "fluorouracil.4") == ["cancelled 04-06", "planned 04-20"]
    assert pending(found) == {"oxaliplatin.4"}


def test_a_closed_day_moves_the_cycle_and_with_it_all_drugs() -> None:
    # Monday 30 and Tuesday 31 March are closed: Wednesday 1 April, and cycle 4 on Wednesday 15 April.
    closed = WEEKDAYS.with_days((date(2026, 3, 30), date(2026, 3, 31)), ())
    found = calendar(FOLFOX, given(1, 2), until="2026-04-20", site=closed)
    moved = {"1": "03-02", "2": "03-16", "3": "04-01", "4": "04-15"}
    assert dates(found, "chemotherapy") == dates(found, "oxaliplatin") == dates(found, "fluorouracil") == moved


def test_the_first_drug_given_begins_the_cycle() -> None:
    # Due on Monday 30 March. One drug on Wednesday 1 April, the other a day later: cycle 4 is 14 days after Wednesday.
    story = (
        given(1, 2)
        + "2026-04-01 given, treatment: fluorouracil, n: 3\n"
        + "2026-04-02 given, treatment: oxaliplatin, n: 3\n"
    )
    found = calendar(FOLFOX, story, until="2026-04-20")
    assert dates(found, "chemotherapy") == {"1": "03-02", "2": "03-16", "3": "04-01", "4": "04-15"}
    assert dates(found, "oxaliplatin") == {"1": "03-02", "2": "03-16", "3": "04-02", "4": "04-15"}


def test_the_cycles_end_when_every_drug_has_ended() -> None:
    story = (
        given(1, 2)
        + "2026-03-20 discontinued, treatment: oxaliplatin, reason: neuropathy\n"
        + "2026-04-02 discontinued, treatment: fluorouracil, reason: chest pain\n"
    )
    found = calendar(FOLFOX, story, until="2026-12-31")
    assert stand(found, "chemotherapy.3", "chemotherapy.4") == ["planned 03-30", "cancelled 04-13"]
    assert dates(found, "chemotherapy").keys() == {"1", "2", "3", "4"}


def test_who_ends_the_cycles_ends_every_drug() -> None:
    story = given(1, 2) + "2026-03-20 discontinued, treatment: chemotherapy, reason: patient's wish\n"
    found = calendar(FOLFOX, story, until="2026-12-31")
    assert stand(found, "chemotherapy.3", "oxaliplatin.3", "disconnect.3") == ["cancelled 03-30"] + ["cancelled"] * 2


def test_what_an_end_takes_away_is_shown_once() -> None:
    story = given(1) + "2026-03-10 discontinued, treatment: oxaliplatin, reason: allergy\n"
    assert dates(calendar(FOLFOX, story, until="2026-12-31"), "oxaliplatin") == {"1": "03-02", "2": "03-16"}


def test_a_cycle_in_which_nothing_was_given_keeps_its_number_and_its_day() -> None:
    story = given(1) + "".join(
        f"2026-03-16 not done, entry: {drug}.2, reason: the patient did not come\n" for drug in BOTH
    )
    found = calendar(FOLFOX, story, until="2026-04-01")
    assert stand(found, "chemotherapy.2", "chemotherapy.3") == ["not done 03-16", "planned 03-30"]


def test_the_rest_of_a_drug_that_ended_before_counts_for_nothing() -> None:
    # Only fluorouracil was left to be given in cycle 3, and it was not: that is the whole cycle.
    story = (
        given(1, 2)
        + "2026-03-20 discontinued, treatment: oxaliplatin, reason: neuropathy\n"
        + "2026-03-30 not done, entry: fluorouracil.3, reason: the patient did not come\n"
    )
    assert stand(calendar(FOLFOX, story, until="2026-04-20"), "chemotherapy.3", "chemotherapy.4") == [
        "not done 03-30",
        "planned 04-13",
    ]


def test_a_number_that_was_passed_over_is_unused_for_all_drugs() -> None:
    # Cycle 2 was recorded as 3 on its day: the numbers go on from there, 14 days later.
    story = given(1) + "".join(f"2026-03-16 given, treatment: {drug}, n: 3\n" for drug in BOTH)
    found = calendar(FOLFOX, story, until="2026-04-01")
    assert dates(found, "chemotherapy") == {"1": "03-02", "2": "no date", "3": "03-16", "4": "03-30"}
    assert stand(found, "oxaliplatin.2", "oxaliplatin.3", "oxaliplatin.4") == [
        "cancelled",
        "done 03-16",
        "planned 03-30",
    ]


HELD_WITH = study("""
study days: first dose is Day 1
cycles:
  chemotherapy:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: at most 4 cycles
    held with: [gemcitabine]
treatments:
  gemcitabine:
    when: in every cycle on days 1, 8
    give: 1000 mg/m2 intravenously
  cisplatin:
    when: in every cycle on day 1
    give: 70 mg/m2 intravenously
  capecitabine:
    when: in cycles 1-2
    open: any day
    give: once daily by mouth on days 1-14
    levels: 500, 300 mg
""")
FIRST = """2026-03-02 given, treatment: gemcitabine, n: 1, day: 1
2026-03-02 given, treatment: cisplatin, n: 1
2026-03-02 cycle started, treatment: capecitabine, cycle: 1
"""


def test_the_hold_of_a_drug_that_the_cycles_wait_for_stops_all() -> None:
    # Day 8 is 9 March. Cycle 2 was due on 23 March and waits for gemcitabine until 27 March; cycle 3 is on 17 April.
    story = FIRST + "2026-03-09 held, treatment: gemcitabine, reason: platelets\n"
    waiting = calendar(HELD_WITH, story, until="2026-04-30")
    assert pending(waiting) == {
        "chemotherapy.2",
        "gemcitabine.1.8",
        "gemcitabine.2.1",
        "gemcitabine.2.8",
        "cisplatin.2",
        "capecitabine.2.1",
    }
    found = calendar(HELD_WITH, story + "2026-03-27 resumed, treatment: gemcitabine\n", until="2026-04-30")
    assert dates(found, "chemotherapy") == {"1": "03-02", "2": "03-27", "3": "04-17"}
    assert dates(found, "gemcitabine") == {
        "1.1": "03-02",
        "1.8": "03-09",
        "2.1": "03-27",
        "2.8": "04-03",
        "3.1": "04-17",
        "3.8": "04-24",
    }
    assert stand(found, "gemcitabine.1.8", "cisplatin.2", "capecitabine.2") == [
        "cancelled 03-09",
        "planned 03-27",
        "planned 03-27",
    ]


def test_the_hold_of_another_drug_stops_nothing() -> None:
    story = FIRST + "2026-03-09 held, treatment: cisplatin, reason: creatinine\n"
    found = calendar(HELD_WITH, story, until="2026-03-31")
    assert (dates(found, "gemcitabine"), pending(found)) == (
        {"1.1": "03-02", "1.8": "03-09", "2.1": "03-23", "2.8": "03-30"},
        {"cisplatin.2"},
    )


def test_days_of_tablets_inside_a_hold_are_held_and_the_days_of_the_cycle_go_on_counting() -> None:
    # Held on days 12 to 14 of cycle 1 and, from 23 March, on days 1 to 4 of cycle 2, which begins for all on 23 March.
    story = FIRST + (
        "2026-03-13 held, treatment: capecitabine, reason: hands\n"
        "2026-03-27 resumed, treatment: capecitabine, level: -1, dose: 300 mg\n"
    )
    found = calendar(HELD_WITH, story, until="2026-04-30")
    assert runs(found, "capecitabine.1")[1:] == [
        "2-11 03-03..03-12 500 mg + planned",
        "12-14 03-13..03-15 held",
    ]
    assert runs(found, "capecitabine.2") == ["1-4 03-23..03-26 held", "5-14 03-27..04-05 300 mg + planned"]
    assert dates(found, "chemotherapy")["2"] == "03-23"


def test_cycles_go_on_while_a_drug_of_earlier_cycles_only_is_all_that_is_not_held() -> None:
    # Capecitabine has no cycle 3, so nothing is left to be given in it: it waits, with gemcitabine and cisplatin.
    story = (
        FIRST
        + "2026-04-10 held, treatment: cisplatin, reason: creatinine\n"
        + "2026-04-10 discontinued, treatment: gemcitabine, reason: platelets\n"
    )
    found = calendar(HELD_WITH, story, until="2026-05-30")
    assert "chemotherapy.3" in pending(found)
    resumed = calendar(HELD_WITH, story + "2026-04-20 resumed, treatment: cisplatin\n", until="2026-04-30")
    assert stand(resumed, "chemotherapy.3", "cisplatin.3") == ["planned 04-20", "planned 04-20"]


ENDS = study("""
study days: first dose is Day 1
cycles:
  chemotherapy:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: progression
treatments:
  oxaliplatin: {when: in every cycle on day 1, give: 130 mg/m2 intravenously}
  capecitabine: {when: in every cycle, open: any day, give: 500 mg once daily by mouth on days 1-14}
visits:
  safety: 30 days after the last dose
  eot: on end of treatment
""")


def test_what_ends_the_cycles_ends_the_days_of_tablets_in_them() -> None:
    # Progression on Monday 9 March: that day's tablets are the last, and the visit is 30 days later, on 8 April.
    story = (
        "2026-03-02 given, treatment: oxaliplatin, n: 1\n"
        "2026-03-02 cycle started, treatment: capecitabine, cycle: 1\n"
        "2026-03-09 progressed\n"
        "2026-03-10 end of treatment, reason: progression\n"
    )
    found = calendar(ENDS, story, until="2026-06-30")
    assert runs(found, "capecitabine.1")[-1] == "9-14 03-10..03-15 cancelled"
    assert stand(found, "chemotherapy.2", "safety.1", "eot.1") == ["cancelled 03-23", "planned 04-08", "planned 03-10"]


FIVE_DAYS = study("""
study days: first dose is Day 1
cycles:
  ven-aza: {when: {1: on first dose, then: 28 days +7 after the previous cycle}, until: at most 2 cycles}
treatments:
  azacitidine: {when: "in every cycle on days 1-5, 8-9", give: 75 mg/m2 subcutaneously}
""")


def test_doses_that_a_weekend_puts_on_one_day_are_told() -> None:
    # Day 1 on Friday 6 March: days 2 and 3 are a weekend, and Monday the 9th is day 4 as well.
    found = calendar(FIVE_DAYS, "2026-02-27 first dose planned, to: 2026-03-06\n", site=WEEKDAYS)
    told = [f"{each.entry}: {each.message}" for each in found.findings if each.code == "several-on-a-day"]
    assert told[0] == (
        "azacitidine.1.3: 2026-03-09 has 3 doses of azacitidine: azacitidine.1.2, azacitidine.1.3, azacitidine.1.4"
    )


def test_the_end_of_the_cycles_is_the_last_dose_in_them() -> None:
    # Two cycles of 21 days with day 8: the last dose is day 8 of cycle 2, 30 March (2 March + 21 + 7 days).
    version = study("""
study days: first dose is Day 1
cycles:
  chemotherapy: {when: {1: on first dose, then: 21 days after the previous cycle}, until: at most 2 cycles}
treatments:
  gemcitabine: {when: "in every cycle on days 1, 8", give: 1000 mg/m2 intravenously}
  cisplatin: {when: in every cycle on day 1, give: 25 mg/m2 intravenously}
visits:
  last-look: 1 day after the end of chemotherapy
""")
    found = calendar(version, "2026-02-27 first dose planned, to: 2026-03-02\n")
    assert stand(found, "gemcitabine.2.8", "last-look.1") == ["planned 03-30", "planned 03-31"]


def test_a_drug_whose_first_dosing_day_comes_after_the_last_day_shown_is_not_on_the_list() -> None:
    # Cycle 2 begins on 23 March; its tablets are taken on days 8-14, from 30 March on.
    rest = """
    study days: first dose is Day 1
    cycles: {clock: {when: {1: on first dose, then: 21 days after the previous cycle}}}
    treatments:
      infusion: {when: in every clock cycle on day 1, give: 10 mg intravenously}
      tablets: {when: in every clock cycle, give: 20 mg once daily by mouth on days 8-14}
    """
    version, story = study(dedent(rest)), "2026-02-27 first dose planned, to: 2026-03-02\n"
    assert dates(calendar(version, story, until="2026-03-29"), "tablets") == {"1": "03-02"}
    assert runs(calendar(version, story, until="2026-03-31"), "tablets.2") == ["8-9 03-30..03-31 20 mg + planned"]


def test_what_is_due_by_the_first_day_of_a_cycle_is_due_on_that_day() -> None:
    # Seen by a nurse: a day before cycle 3 is due, which is 30 March, was told as 28 March.
    rest = """
    study days: first dose is Day 1
    cycles: {clock: {when: {1: on first dose, then: 14 days after the previous cycle}, until: 4 cycles}}
    treatments:
      infusion: {when: in cycles 3-4 on day 1, give: 10 mg intravenously}
      other: {when: in cycles 1-2 on day 8, give: 20 mg intravenously}
    visits:
      heart: 1 day before infusion cycle 3 is due
      blood: 1 day before other cycle 2 is due
    """
    found = calendar(study(dedent(rest)), "2026-02-27 first dose planned, to: 2026-03-02\n")
    assert (dates(found, "infusion"), dates(found, "heart")) == ({"3": "03-30", "4": "04-13"}, {"1": "03-29"})
    assert (dates(found, "other"), dates(found, "blood")) == ({"1": "03-09", "2": "03-23"}, {"1": "03-22"})

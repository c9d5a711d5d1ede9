"""A clock that gives no dose: cycles of their own, and drugs in them that are held, delayed and ended one by one.

Every date was counted by hand: 14 days from Monday 2 March 2026 are 16 and 30 March, 13 and 27 April, 11 and 25 May, 8 and 22
June, 6 and 20 July, 3 August.
"""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from tests.studies.telling import WEEKDAYS, calendar, dates, entry, pending, study

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

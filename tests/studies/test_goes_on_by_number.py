"""Values that differ by the number of the cycle: lower in cycle 2, higher from cycle 3 on. Days counted by hand.

Every 21 days from Monday 2 March 2026: 23 March and 13 April.
"""

from __future__ import annotations

from datetime import date

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, pending, study

SECOND = "ANC at least 1 G/L, values within 2 days, in cycle 2"
LATER = "ANC at least 1.5 G/L, values within 3 days, from cycle 3 on"
STUDY = study(f"""
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous cycle}}
    until: 4 cycles
    open: any day
    give: 10 mg intravenously
    goes on when:
      - {SECOND}
      - {LATER}
""")
BEGUN = "2026-03-02 cycle started, treatment: drug, cycle: 1\n"  # event 2
LOW = BEGUN + "2026-03-22 measured, test: ANC, value: 1.2, unit: G/L\n"
TWO = LOW + "2026-03-23 cycle started, treatment: drug, cycle: 2\n"
LOW_AGAIN = TWO + "2026-04-12 measured, test: ANC, value: 1.2, unit: G/L\n"


def of(story: str) -> Calendar:
    return calendar(STUDY, story)


def test_the_second_cycle_has_its_own_limit() -> None:
    assert dates(of(LOW), "drug")["2"] == "03-23"
    assert pending(of(BEGUN + "2026-03-22 measured, test: ANC, value: 0.9, unit: G/L\n")) == {"drug.2"}


def test_later_cycles_wait_for_more() -> None:
    found = of(LOW_AGAIN)
    assert pending(found) == {"drug.3"}
    lines = [
        line.sentence
        for line in explain(found, "drug.3", STUDY, told("2026-02-27 randomised, arm: all\n" + LOW_AGAIN)).lines
    ]
    assert any(LATER in line for line in lines)
    assert dates(of(LOW_AGAIN + "2026-04-15 measured, test: ANC, value: 1.6, unit: G/L\n"), "drug")["3"] == "04-15"


def test_each_dose_is_explained_by_the_limit_that_was_its_own() -> None:
    """The value of 12 April is 1.6 G/L: cycle 3, on 13 April, asks for 1.5 and no longer for the 1 of cycle 2."""
    story = LOW_AGAIN.replace("04-12 measured, test: ANC, value: 1.2", "04-12 measured, test: ANC, value: 1.6")
    counted = [
        line.sentence
        for line in explain(of(story), "drug.3", STUDY, told("2026-02-27 randomised, arm: all\n" + story)).lines
        if line.sentence.startswith("Of ANC counts")
    ]
    assert counted == ["Of ANC counts 1.6 G/L on Sunday 12 April 2026; at least 1.5 G/L is asked for."]


def test_the_worklist_asks_for_each_in_its_own_days() -> None:
    def asked(story: str, day: date) -> list[str | None]:
        patient = patient_of(STUDY, EVERY_DAY, told("2026-02-27 randomised, arm: all\n" + story), subject="A-1")
        return [line.entry for line in worklist([patient], day).decisions if "value-needed" in line.flags]

    assert (asked(BEGUN, date(2026, 3, 20)), asked(BEGUN, date(2026, 3, 21))) == ([], ["drug.2"])
    assert (asked(TWO, date(2026, 4, 9)), asked(TWO, date(2026, 4, 10))) == ([], ["drug.3"])


def test_a_dose_beside_its_own_limit_cites_it() -> None:
    given = LOW_AGAIN + "2026-04-13 cycle started, treatment: drug, cycle: 3\n"
    found = deviations_of(STUDY, EVERY_DAY, told("2026-02-27 randomised, arm: all\n" + given))
    assert [each.clause.text for each in found if each.clause is not None] == [LATER]

"""One row for two drugs, "hold nivolumab and ipilimumab": one decision about both. Days counted by hand.

Nivolumab every 14, ipilimumab every 42 days from Monday 2 March 2026: ipilimumab would be due again on 13 April.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText, Refused
from scheduler.findings import Severity
from scheduler.patient.appending import build_log
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import codes, study

TEXT = """
study days: first dose is Day 1
sources: {label: Prescribing information}
treatments:
  nivolumab:
    when: {1: on first dose, then: 14 days after the previous dose}
    until: 6 doses
    open: any day
    give: 3 mg/kg intravenously
  ipilimumab:
    when: {1: on first dose, then: 42 days after the previous dose}
    until: 4 doses
    open: any day
    give: 1 mg/kg intravenously
rules:
  colitis:
    for: [nivolumab, ipilimumab]
    on: Colitis
    rows:
      - "grade 2: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3-4: discontinue (label)"
  rash:
    for: nivolumab
    on: Rash maculo-papular
    rows: ["grade 3: hold until grade 0-1, then resume at the same level (label)"]
"""
STUDY = study(TEXT)
BEGUN = """
2026-02-27 randomised, arm: all
2026-03-02 given, treatment: nivolumab, n: 1
2026-03-02 given, treatment: ipilimumab, n: 1
"""
COLITIS = BEGUN + "2026-03-10 adverse event, ae: 1, term: Colitis, grade: 2\n"  # event 4
DECIDED = COLITIS + '2026-03-10 decided, proposal: colitis.1.4, by: Dr Example, action: "{}"\n'
HELD = DECIDED.format("hold until grade 0-1, then resume at the same level")


def of(story: str) -> Calendar:
    return calendar_of(STUDY, EVERY_DAY, told(story), until=date(2026, 6, 30))


def proposed(found: Calendar) -> dict[str, tuple[str, str]]:
    return {each.id: (each.treatment, each.state.value) for each in found.proposals}


def holds(found: Calendar) -> dict[str, tuple[date, date | None, tuple[int, ...]]]:
    return {each.treatment: (each.start, each.resumed, each.events) for each in found.holds}


def test_the_row_is_proposed_for_each_of_its_drugs() -> None:
    assert proposed(of(COLITIS)) == {
        "colitis.1.4": ("nivolumab", "open"),
        "colitis-ipilimumab.1.4": ("ipilimumab", "open"),
    }


def test_one_decision_holds_both_and_answers_both() -> None:
    found = of(HELD)
    assert holds(found) == {
        "nivolumab": (date(2026, 3, 10), None, (5,)),
        "ipilimumab": (date(2026, 3, 10), None, (5,)),
    }
    assert {state for _, state in proposed(found).values()} == {"decided as proposed"}


def test_each_is_resumed_by_itself_and_the_log_takes_it() -> None:
    story = HELD + "2026-03-20 resumed, treatment: ipilimumab\n2026-03-24 resumed, treatment: nivolumab\n"
    assert holds(of(story)) == {
        "nivolumab": (date(2026, 3, 10), date(2026, 3, 24), (5, 7)),
        "ipilimumab": (date(2026, 3, 10), date(2026, 3, 20), (5, 6)),
    }
    assert build_log(STUDY, [record.event for record in told(story).records]).length == 7


def test_by_its_number_it_is_the_same_decision() -> None:
    assert holds(of(DECIDED.format(1))) == holds(of(HELD))


def test_who_decided_about_one_by_itself_has_decided_about_that_one() -> None:
    other = "2026-03-10 decided, proposal: colitis-ipilimumab.1.4, by: Dr Example, action: discontinue\n"
    found = of(COLITIS + other + HELD.removeprefix(COLITIS))
    assert {treatment: events for treatment, (_, _, events) in holds(found).items()} == {"nivolumab": (6,)}
    assert [each.status.value for each in found.entries if each.id == "ipilimumab.2"] == ["cancelled"]


def test_a_decision_of_its_own_afterwards_is_a_second_one_and_takes_no_hold_back() -> None:
    own = "2026-03-15 decided, proposal: colitis-ipilimumab.1.4, by: Dr Example, action: continue unchanged\n"
    with pytest.raises(Refused) as refused:
        build_log(STUDY, [record.event for record in told(HELD + own).records])
    assert [finding.code for finding in refused.value.findings] == ["decided-twice"]
    assert holds(of(HELD + own))["ipilimumab"] == (date(2026, 3, 10), None, (5,))


def test_nothing_is_asked_about_a_drug_that_had_ended_before_the_decision() -> None:
    story = COLITIS.replace(
        "2026-03-10 adverse", "2026-03-05 discontinued, treatment: ipilimumab, reason: rash\n2026-03-10 adverse"
    ) + HELD.removeprefix(COLITIS).replace("colitis.1.4", "colitis.1.5")
    assert codes(of(story)) == []


def test_a_drug_that_has_ended_is_not_held_again() -> None:
    story = COLITIS.replace(
        "2026-03-10 adverse", "2026-03-05 discontinued, treatment: ipilimumab, reason: rash\n2026-03-10 adverse"
    ) + HELD.removeprefix(COLITIS).replace("colitis.1.4", "colitis.1.5")
    assert set(holds(of(story))) == {"nivolumab"}


def test_an_adverse_event_of_either_drug_is_one_of_both() -> None:
    related = COLITIS.replace("grade: 2", "grade: 2, related: [ipilimumab]")
    assert set(proposed(of(related))) == {"colitis.1.4", "colitis-ipilimumab.1.4"}
    rash = BEGUN + "2026-03-10 adverse event, ae: 1, term: Rash maculo-papular, grade: 3, related: [ipilimumab]\n"
    assert proposed(of(rash)) == {}


def test_a_struck_decision_is_struck_for_both() -> None:
    assert holds(of(HELD + "2026-03-11 struck, number: 5, reason: wrong patient\n")) == {}


TABLETS = study("""
study days: first dose is Day 1
sources: {label: Prescribing information}
treatments:
  axitinib:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 6 cycles
    open: any day
    give: once daily by mouth on days 1-28
    levels: 5, 3 mg
  cabozantinib:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 6 cycles
    open: any day
    give: once daily by mouth on days 1-28
    levels: 60, 40, 20 mg
rules:
  diarrhoea:
    for: [axitinib, cabozantinib]
    on: Diarrhoea
    rows:
      - "grade 2: reduce by 1 level (label)"
      - "on hold for more than 28 days: discontinue (label)"
""")
TAKING = """
2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: axitinib, cycle: 1
2026-03-02 cycle started, treatment: cabozantinib, cycle: 1
"""


def test_a_number_that_discontinues_the_drug_without_a_lower_level_says_nothing_of_the_other() -> None:
    story = TAKING + (
        "2026-03-03 dose changed, treatment: axitinib, level: -1, dose: 3 mg, reason: rash\n"
        "2026-03-10 adverse event, ae: 1, term: Diarrhoea, grade: 2\n"
        '2026-03-10 decided, proposal: diarrhoea.1.5, by: Dr Example, action: "1"\n'
    )
    found = calendar_of(TABLETS, EVERY_DAY, told(story), until=date(2026, 4, 20))
    assert proposed(found) == {
        "diarrhoea.1.5": ("axitinib", "decided as proposed"),
        "diarrhoea-cabozantinib.1.5": ("cabozantinib", "open"),
    }
    assert found.by_id["axitinib.2"].status.value == "cancelled"
    assert found.by_id["cabozantinib.2"].doses[0].level == 0


REDUCED = TAKING + (
    "2026-03-03 dose changed, treatment: axitinib, level: -1, dose: 3 mg, reason: rash\n"
    "2026-03-10 adverse event, ae: 1, term: Diarrhoea, grade: 2\n"
    "2026-03-10 decided, proposal: diarrhoea-cabozantinib.1.5, by: Dr Example, action: reduce by 1 level\n"
)


def test_a_reduction_says_nothing_of_the_drug_that_has_no_lower_level() -> None:
    """Axitinib is at its lowest level, 3 mg: cabozantinib goes down to 40 mg, and axitinib waits for a decision of its own."""
    found = calendar_of(TABLETS, EVERY_DAY, told(REDUCED), until=date(2026, 4, 20))
    assert proposed(found) == {
        "diarrhoea.1.5": ("axitinib", "open"),
        "diarrhoea-cabozantinib.1.5": ("cabozantinib", "decided as proposed"),
    }
    assert (str(found.by_id["cabozantinib.2"].doses[0]), str(found.by_id["axitinib.2"].doses[0])) == ("40 mg", "3 mg")
    assert {flag.value for run in found.by_id["axitinib.2"].runs for flag in run.flags} == {"awaiting decision"}
    own = REDUCED + '2026-03-11 decided, proposal: diarrhoea.1.5, by: Dr Example, action: "1"\n'
    assert build_log(TABLETS, [record.event for record in told(own).records]).length == 7
    ended = calendar_of(TABLETS, EVERY_DAY, told(own), until=date(2026, 4, 20))
    assert ended.by_id["axitinib.2"].status.value == "cancelled"
    assert str(ended.by_id["cabozantinib.2"].doses[0]) == "40 mg"


def test_with_a_lower_level_a_reduction_is_for_both() -> None:
    both = REDUCED.replace("2026-03-03 dose changed, treatment: axitinib, level: -1, dose: 3 mg, reason: rash\n", "")
    both = both.replace("cabozantinib.1.5", "cabozantinib.1.4")
    found = calendar_of(TABLETS, EVERY_DAY, told(both), until=date(2026, 4, 20))
    assert (str(found.by_id["cabozantinib.2"].doses[0]), str(found.by_id["axitinib.2"].doses[0])) == ("40 mg", "3 mg")
    again = both + '2026-03-11 decided, proposal: diarrhoea.1.4, by: Dr Example, action: "1"\n'
    with pytest.raises(Refused):
        build_log(TABLETS, [record.event for record in told(again).records])


def test_a_drug_on_hold_too_long_ends_alone() -> None:
    """Held from 3 March, day 29 of the hold is 31 March; the other drug was never held and goes on on 30 March."""
    held = TAKING + "2026-03-03 held, treatment: axitinib, reason: rash\n"
    ended = held + "2026-04-05 decided, proposal: diarrhoea.2.4, by: Dr Example, action: discontinue\n"
    found = calendar_of(TABLETS, EVERY_DAY, told(ended), until=date(2026, 5, 31))
    assert proposed(found) == {"diarrhoea.2.4": ("axitinib", "decided as proposed")}
    going_on = {each.id: each.status.value for each in found.entries if each.id.endswith((".2", ".3"))}
    assert going_on["cabozantinib.2"] == going_on["cabozantinib.3"] == "planned"
    assert "decision-without-proposal" not in codes(found)


def test_a_drug_that_nobody_defined_is_found_where_it_stands() -> None:
    head = 'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {all: everybody}\n'
    with pytest.raises(InvalidText) as invalid:
        parse_protocol(head + TEXT.replace("[nivolumab, ipilimumab]", "[nivolumab, ipilimumb]"), name="p")
    found = {(each.code, each.hint) for each in invalid.value.findings if each.severity is Severity.ERROR}
    assert found == {("unknown-treatment", "did you mean 'ipilimumab'?")}

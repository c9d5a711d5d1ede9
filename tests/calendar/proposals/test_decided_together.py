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
from scheduler.patient.recording import build_log
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


def test_a_drug_that_nobody_defined_is_found_where_it_stands() -> None:
    head = 'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {all: everybody}\n'
    with pytest.raises(InvalidText) as invalid:
        parse_protocol(head + TEXT.replace("[nivolumab, ipilimumab]", "[nivolumab, ipilimumb]"), name="p")
    found = {(each.code, each.hint) for each in invalid.value.findings if each.severity is Severity.ERROR}
    assert found == {("unknown-treatment", "did you mean 'ipilimumab'?")}

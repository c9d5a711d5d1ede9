"""A pregnancy, an operation and another cancer therapy: what the seed's rules propose, and what is asked where no rule is."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Severity
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals import other_study
from tests.calendar.proposals.patients import CONTROL, EXPERIMENTAL, calendar, proposal, stands, waiting
from tests.dosing.story import told

WITHOUT_RULES = parse_protocol(other_study.PROTOCOL.split("attributes:", 1)[0], name="protocol.yaml")[0]
HELD = "2026-03-10 held, treatment: regorafenib, reason: surgery\n"


def without_rules(story: str) -> Calendar:
    log = told(other_study.STARTED.format(arm="both") + "2026-03-02 given, treatment: infusion, n: 1\n" + story)
    return calendar_of(WITHOUT_RULES, EVERY_DAY, log, until=date(2026, 5, 31))


def warned(found: Calendar) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.code, each.events) for each in found.findings if each.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("surgery", "rules"),
    [
        ("surgery", {"regorafenib-events.2.3"}),
        ("surgery, size: major, emergency: true", {"regorafenib-events.2.3", "regorafenib-events.3.3"}),
        ("surgery, size: minor", {"regorafenib-events.4.3"}),
        ("surgery, size: minor, emergency: true", {"regorafenib-events.3.3", "regorafenib-events.4.3"}),
    ],
)
def test_an_operation_is_read_by_its_size_and_urgency(surgery: str, rules: set[str]) -> None:
    assert stands(CONTROL + f"2026-03-10 {surgery}\n") == dict.fromkeys(rules, "open")


@pytest.mark.parametrize(
    ("planned", "first"),
    [("2026-03-24", "2026-03-11"), ("2026-03-23", "2026-03-10"), ("2026-03-20", "2026-03-10")],
)
def test_the_last_day_that_keeps_clear_of_an_operation_is_two_weeks_before(planned: str, first: str) -> None:
    found = calendar(CONTROL + f"2026-03-10 surgery planned, day: {planned}\n")
    (proposal,) = (each for each in (*found.proposals, *found.proposals_to_come) if each.rule == "regorafenib-events.1")
    assert proposal.raised.isoformat() == first


def test_a_minor_operation_that_is_planned_is_asked_about_until_somebody_has_looked() -> None:
    story = CONTROL + "2026-03-10 surgery planned, day: 2026-04-10, size: minor\n"
    assert (stands(story), warned(calendar(story))) == ({}, [("surgery-planned", (3,))])
    assert warned(calendar(story + "2026-03-11 reviewed, number: 3\n")) == []


def test_a_hold_for_an_operation_waits_two_weeks_and_for_the_wound() -> None:
    story = CONTROL + "2026-03-10 surgery\n" + HELD
    held = proposal(story, "regorafenib-events.2.3")
    assert held.earliest_resume == date(2026, 3, 24)
    assert held.resume_waits_for == ("no 'wound healed' is recorded since 2026-03-10",)
    healed = proposal(story + "2026-03-20 wound healed\n", "regorafenib-events.2.3")
    assert healed.resume_waits_for == ()


def test_a_wound_that_had_healed_before_the_operation_is_another_one() -> None:
    story = CONTROL + "2026-03-08 wound healed\n2026-03-10 surgery\n" + HELD
    assert proposal(story, "regorafenib-events.2.4").resume_waits_for != ()


def test_a_struck_pregnancy_asks_for_nothing() -> None:
    story = EXPERIMENTAL + "2026-03-10 pregnancy\n2026-03-11 struck, number: 4, reason: another patient\n"
    assert (waiting(calendar(story)), stands(story)) == ([], {})


def test_without_rules_a_pregnancy_puts_every_treatment_to_a_decision() -> None:
    found = without_rules("2026-03-10 pregnancy\n")
    assert warned(found) == [("all-treatment-asks", (4,))]
    assert waiting(found) == ["tablet.1.9-28", "infusion.2", "tablet.2.1-28"]


def test_an_order_answers_for_its_own_treatment_alone() -> None:
    found = without_rules("2026-03-10 pregnancy\n2026-03-10 discontinued, treatment: infusion, reason: pregnancy\n")
    assert waiting(found) == ["tablet.1.9-28", "tablet.2.1-28"]
    ended = without_rules("2026-03-10 pregnancy\n2026-03-10 end of treatment, reason: pregnancy\n")
    assert (waiting(ended), warned(ended)) == ([], [])


def test_before_the_first_dose_a_pregnancy_keeps_the_first_dose_waiting() -> None:
    log = told("2026-02-27 randomised, arm: both\n2026-02-28 pregnancy\n")
    found = calendar_of(WITHOUT_RULES, EVERY_DAY, log, until=date(2026, 5, 31))
    assert warned(found) == [("all-treatment-asks", (2,))]


def test_without_rules_another_therapy_asks_about_the_doses_left_and_an_operation_about_all() -> None:
    assert warned(without_rules("2026-03-10 new anticancer therapy\n")) == [("all-treatment-asks", (4,))]
    assert warned(without_rules("2026-03-10 surgery\n")) == [("surgery-asks", (4,))]
    assert warned(without_rules("2026-03-10 surgery\n2026-03-11 reviewed, number: 4\n")) == []


@pytest.mark.parametrize("line", ["pregnancy, whose: partner", "wound healed", "surgery planned, day: 2026-04-10"])
def test_whatever_is_recorded_something_cites_it(line: str) -> None:
    assert {4} <= {number for each in without_rules(f"2026-03-10 {line}\n").findings for number in each.events}


def test_where_the_rule_is_kept_already_a_planned_operation_is_only_noted() -> None:
    # Held since 10 March; the last tablets before an operation on 20 April would be due by 6 April.
    found = calendar(CONTROL + HELD + "2026-03-11 surgery planned, day: 2026-04-20\n")
    told_of = [(each.severity, str(each.message)) for each in found.findings if each.code == "surgery-planned"]
    assert told_of == [(Severity.NOTE, "2026-03-11: an operation is planned on 2026-04-20")]

"""What a coordinator mistypes and nobody asked about: a treatment's name, a year, a number of tablets, a name of a value."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import questions_open
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes, stands
from tests.dosing.story import told
from tests.seed import VERSION, shanghai
from tests.studies.telling import study

SKIN = "adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3"
HANDED_OUT = f"{EXPERIMENTAL}\n2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 56"
REACTED = f"{CONTROL}\n2026-03-16 {SKIN}, onset: 2026-03-14, related: [regorafenib]"


@pytest.mark.parametrize(
    ("related", "hint"),
    [
        ("regorafinib", "did you mean 'regorafenib'?"),
        ("rego", "did you mean 'regorafenib'?"),
        ("瑞戈非尼", "did you mean 'regorafenib'?"),
        ("study drug", "the treatments are regorafenib; leave out what is none of them"),
        ("toripalimab", "the treatments are regorafenib; leave out what is none of them"),
    ],
)
def test_a_reaction_related_to_what_no_treatment_is_called(related: str, hint: str) -> None:
    """No rule about regorafenib reads it: the hold for a reaction of grade 3 would not be proposed."""
    line = f"2026-03-16 {SKIN}, related: [{related}]"
    (found,) = asked(CONTROL, line)
    assert codes((found,)) == [("asked", "unknown-relation", "0.related")]
    assert str(found.hint) == hint
    assert stands(CONTROL, f"{line}, confirmed: so the investigator wrote")


@pytest.mark.parametrize("related", ["regorafenib", "Regorafenib", "underlying disease", "prednisone"])
def test_a_treatment_and_what_is_none_is_not_asked_about(related: str) -> None:
    assert asked(CONTROL, f"2026-03-16 {SKIN}, related: [{related}]") == ()


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2026-06-21 held, treatment: regorafenib, reason: fever", 31),
        ("2027-05-21 discontinued, treatment: regorafenib, reason: fever", 365),
        ("2027-05-21 dose changed, treatment: regorafenib, level: -1, dose: 80 mg", 365),
    ],
)
def test_an_order_of_another_month_or_year_changes_nothing_today(line: str, days: int) -> None:
    """Today is 21 May 2026: up to then the tablets would go on."""
    (found,) = [each for each in asked(CONTROL, line) if each.code == "ordered-far-ahead"]
    assert codes((found,)) == [("asked", "ordered-far-ahead", "0.on")]
    assert f"{days} days ahead: until then everything goes on as before" in str(found.what)


def test_an_order_for_the_next_cycle_is_not_asked_about() -> None:
    """18 June is 28 days after 21 May."""
    assert asked(CONTROL, "2026-06-18 dose changed, treatment: regorafenib, level: -1, dose: 80 mg") == ()


DELAYED = "2026-03-20 delayed, treatment: regorafenib, cycle: "


def test_a_delay_into_another_year() -> None:
    """From 20 March, 92 days are up to 20 June."""
    assert codes(asked(CONTROL, f"{DELAYED}2, until: 2029-03-31")) == [("asked", "ordered-far-ahead", "0.until")]
    assert codes(asked(CONTROL, f"{DELAYED}2, until: 2026-06-21")) == [("asked", "ordered-far-ahead", "0.until")]
    assert asked(CONTROL, f"{DELAYED}2, until: 2026-06-20") == ()
    randomised = "2026-02-27 randomised, arm: control"
    planned = asked(randomised, "2026-02-28 first dose planned, to: 2029-03-02")
    assert codes(planned) == [("asked", "ordered-far-ahead", "0.to")]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1, until: 2026-04-02", "regorafenib.1 was given on 2026-03-02 already"),
        ("2, until: 2026-03-25", "regorafenib.2 is planned for 2026-03-30, and stays there"),
    ],
)
def test_a_delay_by_which_nothing_comes_later(line: str, what: str) -> None:
    (found,) = asked(CONTROL, f"{DELAYED}{line}")
    assert (found.code, str(found.what)) == ("delays-nothing", what)
    assert asked(CONTROL, f"{DELAYED}2, until: 2026-03-31") == ()
    assert [each.code for each in asked(CONTROL, f"{DELAYED}2, until: 2026-03-10")] == ["delay-in-the-past"]


@pytest.mark.parametrize(
    "line",
    [
        "2025-03-20 progressed",
        "2025-03-20 withdrew, from: all",
        "2025-03-20 lost to follow-up",
        "2025-03-09 visit done, entry: c1d8.1",
        "2025-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84",
        "2025-08-30 progressed",
    ],
)
def test_what_happened_in_another_year(line: str) -> None:
    """The first record is of 27 February 2026; 181 days before it is 30 August 2025."""
    found = [each for each in asked(CONTROL, line) if each.code == "long-before"]
    assert codes(tuple(found)) == [("asked", "long-before", "0.on")]


@pytest.mark.parametrize(
    "line",
    [
        "2025-03-20 medicine started, name: ibuprofen",
        "2025-03-20 adverse event, ae: 1, term: Headache, grade: 1",
        "2025-08-31 progressed",
    ],
)
def test_what_may_be_of_years_before_is_not_asked_about(line: str) -> None:
    assert asked(CONTROL, line) == ()
    assert [each.code for each in asked("", "2025-03-20 progressed")] == []


@pytest.mark.parametrize("kind", ["taken", "not taken"])
def test_days_of_tablets_after_the_day_of_their_report(kind: str) -> None:
    line = f"2026-03-10 {kind}, treatment: regorafenib, from: 2026-03-08, to: "
    assert codes(asked(CONTROL, f"{line}2026-03-20")) == [("asked", "reported-ahead", "0.to")]
    assert asked(CONTROL, f"{line}2026-03-10") == ()


def test_the_first_day_of_a_cycle_as_not_taken_after_it_was_recorded_as_taken() -> None:
    """The last report of a day counts: without a question the cycle would begin later, or never have begun."""
    reported = "2026-02-27 randomised, arm: control\n2026-03-02 taken, treatment: regorafenib, from: 2026-03-02, to: 2026-03-02"
    line = "2026-03-03 not taken, treatment: regorafenib, to: 2026-03-03, from: 2026-03-0"
    for story in (CONTROL, reported):
        (found,) = asked(story, f"{line}2")
        assert codes((found,)) == [("asked", "start-taken-back", "0.from")]
        assert str(found.what) == (
            "regorafenib.1 began on 2026-03-02 (event 2), and by this report nothing was taken on that day"
        )
        assert asked(story, f"{line}3") == ()


@pytest.mark.parametrize(
    "order",
    [
        "held, treatment: regorafenib, reason: fever",
        "delayed, treatment: regorafenib, cycle: 2, until: 2026-04-10, reason: travel",
        "dose changed, treatment: regorafenib, level: -1, dose: 80 mg",
    ],
)
def test_an_order_about_a_treatment_that_had_ended(order: str) -> None:
    """Regorafenib ended on 12 March: likely toripalimab was meant, or another patient."""
    ended = f"{CONTROL}\n2026-03-12 discontinued, treatment: regorafenib, reason: 'other: her wish'"
    (question,) = [each for each in asked(ended, f"2026-03-16 {order}") if each.code == "ended-already"]
    assert (codes((question,)), question.events) == ([("asked", "ended-already", "0.treatment")], (3,))
    assert str(question.what) == (
        "regorafenib ended on 2026-03-12 (event 3): nothing follows that this order could change"
    )
    assert "ended-already" not in [each.code for each in asked(ended, f"2026-03-11 {order}")]
    assert "ended-already" not in [each.code for each in asked(CONTROL, f"2026-03-16 {order}")]


def test_a_hold_of_what_had_ended_is_never_too_long() -> None:
    held = "2026-03-16 held, treatment: regorafenib, reason: fever, override: Dr Example"
    log = told(f"{CONTROL}\n2026-03-12 discontinued, treatment: regorafenib, reason: 'other: her wish'\n{held}")
    found = deviations_of(VERSION, shanghai(), log, on=date(2026, 7, 1))
    assert [each.kind for each in found if each.kind is Deviated.HOLD_TOO_LONG] == []


def test_an_appointment_for_what_took_place_already() -> None:
    done = f"{CONTROL}\n2026-03-09 visit done, entry: c1d8.1"
    for entry, day in (("regorafenib.1", "2026-03-02"), ("c1d8.1", "2026-03-09")):
        (question,) = [
            each
            for each in asked(done, f"2026-03-16 booked, entry: {entry}, to: 2026-03-20")
            if each.code == "booked-when-done"
        ]
        assert codes((question,)) == [("asked", "booked-when-done", "0.entry")]
        assert str(question.what) == f"{entry} took place on {day} already"
    made_before = asked(done, "2026-03-04 booked, entry: c1d8.1, to: 2026-03-09")
    assert "booked-when-done" not in [each.code for each in made_before], "it is recorded late"


def test_days_as_not_taken_on_which_no_dose_was_due() -> None:
    """Cycle 1 ends with 22 March and cycle 2 begins on the 30th: the 23rd to the 26th is likely the 13th to the 16th."""
    line = "2026-03-30 not taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-26"
    (found,) = asked(CONTROL, line)
    assert codes((found,)) == [("asked", "no-dose-to-miss", "0.from")]
    assert str(found.what) == "regorafenib has no dose on any of the 4 days that are reported as not taken"
    assert stands(CONTROL, f"{line}, confirmed: as the diary has it")
    assert asked(CONTROL, line.replace("from: 2026-03-23", "from: 2026-03-22")) == ()
    held = f"{CONTROL}\n2026-03-10 held, treatment: regorafenib, reason: travel"
    assert asked(held, line.replace("03-23", "03-13").replace("03-26", "03-16")) == (), "who obeys says so"
    unplanned = (
        f"{CONTROL}\n2026-03-27 taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-26, confirmed: diary"
    )
    assert asked(unplanned, line) == (), "it takes back what was reported"
    infusions = "2026-03-30 not taken, treatment: toripalimab, from: 2026-03-23, to: 2026-03-26"
    assert [each.code for each in asked(EXPERIMENTAL, infusions)] == ["counted-in-doses"]


def test_an_operation_planned_for_a_day_that_had_passed() -> None:
    found = asked(CONTROL, "2026-05-20 surgery planned, day: 2026-05-01")
    assert ("asked", "planned-in-the-past", "0.day") in codes(found)
    later = asked(CONTROL, "2026-05-20 surgery planned, day: 2026-05-20")
    assert "planned-in-the-past" not in [each.code for each in later]


@pytest.mark.parametrize("event", ["regraded, ae: 1, grade: 1", "resolved, ae: 1"])
def test_another_grade_of_a_reaction_on_a_day_before_it_began(event: str) -> None:
    """It began on 14 March, which was told on the 16th."""
    assert codes(asked(REACTED, f"2026-03-13 {event}")) == [("asked", "before-it-began", "0.on")]
    assert asked(REACTED, f"2026-03-14 {event}") == ()
    assert [each.code for each in asked(REACTED, f"2026-03-14 {event.replace('ae: 1', 'ae: 2')}")] == [
        "unknown-adverse-event"
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            "2026-03-30 dispensed, treatment: regorafenib, cycle: 2, quantity: 560",
            "560 units are handed out for cycle 2",
        ),
        (
            "2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 56",
            "112 units are handed out for cycle 1",
        ),
    ],
)
def test_ten_times_the_tablets_of_a_cycle_or_the_same_bottles_twice(line: str, what: str) -> None:
    """80 mg on 21 days are 42 tablets of 40 mg: 2 bottles of 28, and one more is not asked about."""
    (found,) = asked(HANDED_OUT, line)
    assert codes((found,)) == [("asked", "more-than-the-cycle-takes", "0.quantity")]
    assert str(found.what) == f"{what}, which takes 42"


@pytest.mark.parametrize("quantity", [56, 84])
def test_bottles_of_a_cycle_are_not_asked_about(quantity: int) -> None:
    assert asked(HANDED_OUT, f"2026-03-30 dispensed, treatment: regorafenib, cycle: 2, quantity: {quantity}") == ()


def test_lost_bottles_are_handed_out_again() -> None:
    lost = f"{HANDED_OUT}\n2026-03-04 lost, treatment: regorafenib, cycle: 1, quantity: 28"
    assert asked(lost, "2026-03-04 dispensed, treatment: regorafenib, cycle: 1, quantity: 28") == ()


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("attribute, name: wieght, value: 75 kg", "unknown-attribute", "did you mean 'weight'?"),
        (
            "measured, test: weight, value: 75, unit: kg",
            "measured-only",
            "record 'attribute' with name: weight and value: 75 kg",
        ),
        ("attribute, name: body weight, value: 75 kg", None, None),
        ("attribute, name: weight, value: 75 kg", None, None),
        ("attribute, name: sex, value: female", None, None),
    ],
)
def test_a_weight_that_no_dose_goes_by(line: str, code: str | None, hint: str | None) -> None:
    version = study("""
study days: first dose is Day 1
treatments:
  mab:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    give: 6 mg/kg intravenously
""")
    found = asked("", f"2026-03-02 {line}", version=version, site=EVERY_DAY)
    assert [(each.code, str(each.hint)) for each in questions_open(found)] == ([] if code is None else [(code, hint)])

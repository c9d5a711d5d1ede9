"""What was recorded and moves no date is told in a finding: out of order, before there is an arm, or after the last dose."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Status
from scheduler.findings import Severity
from tests.dosing.story import calendar

ARM = "2026-02-27 randomised, arm: control"
STARTED = f"{ARM}\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1"


def found(story: str) -> list[tuple[str, tuple[int, ...]]]:
    """The findings' codes with their events, without those that the start of the story has."""
    return [(each.code, each.events) for each in calendar(story).findings if each.events]


@pytest.mark.parametrize(
    ("late", "what"),
    [
        ("consented", "the first consent, 2026-03-01, came after randomisation, 2026-02-27"),
        ("screened", "screening, 2026-03-01, came after randomisation, 2026-02-27"),
    ],
)
def test_consent_or_screening_after_randomisation(late: str, what: str) -> None:
    [finding] = (each for each in calendar(f"{ARM}\n2026-03-01 {late}").findings if each.code == "entered-out-of-order")
    assert (finding.message, finding.events) == (what, (1, 2))
    assert found(f"2026-02-27 {late}\n{ARM}") == found(ARM), "of the same day is in order"


def test_the_consent_to_a_newer_version_is_in_order() -> None:
    again = "2026-02-20 consented\n2026-02-27 randomised, arm: control\n2026-03-10 consented"
    assert "entered-out-of-order" not in [code for code, _ in found(again)]


def test_a_patient_who_is_not_eligible_and_is_in() -> None:
    failed = "2026-02-20 screen failed\n2026-02-27 randomised, arm: control, confirmed: by the sponsor"
    assert ("not-eligible-and-in", (1, 2)) in found(failed)
    passed = f"2026-02-20 screen failed\n2026-02-25 screened\n{ARM}"
    assert "not-eligible-and-in" not in [code for code, _ in found(passed)]


def test_a_plan_for_the_first_dose_that_another_overtook() -> None:
    two = f"{ARM}\n2026-02-28 first dose planned, to: 2026-03-03\n2026-02-27 first dose planned, to: 2026-03-02"
    assert ("first-dose-plan-not-read", (3,)) in found(two)
    assert calendar(two).first_dose == date(2026, 3, 3)
    late = f"{STARTED}\n2026-03-01 first dose planned, to: 2026-03-02"
    assert ("first-dose-plan-not-read", (3,)) in found(late)
    assert "first-dose-plan-not-read" not in [code for code, _ in found(f"{ARM}\n2026-02-27 first dose planned")]


def test_a_medicine_that_is_stopped_and_was_never_started() -> None:
    assert ("medicine-not-begun", (3,)) in found(f"{STARTED}\n2026-03-20 medicine stopped, name: warfarin")
    begun = f"{STARTED}\n2026-03-10 medicine started, name: warfarin\n2026-03-20 medicine stopped, name: warfarin"
    assert "medicine-not-begun" not in [code for code, _ in found(begun)]
    again = f"{begun}\n2026-03-25 medicine stopped, name: warfarin"
    assert ("medicine-not-begun", (5,)) in found(again)


def test_a_medicine_that_is_stopped_by_another_route_than_it_was_started() -> None:
    begun = f"{STARTED}\n2026-03-10 medicine started, name: prednisone, route: oral"
    stopped = f"{begun}\n2026-03-20 medicine stopped, name: prednisone"
    [finding] = (
        each for each in calendar(f"{stopped}, route: intravenous").findings if each.code == "medicine-not-begun"
    )
    assert (finding.message, finding.events) == (
        "2026-03-20, event 4: 'medicine stopped' of prednisone (intravenous), which nobody recorded as started",
        (4,),
    )
    assert "medicine-not-begun" not in [code for code, _ in found(f"{stopped}, route: oral")]
    assert "medicine-not-begun" not in [code for code, _ in found(stopped)]


@pytest.mark.parametrize("over", ["end of treatment, reason: toxicity", "withdrew, from: treatment", "died"])
def test_an_order_after_the_last_dose(over: str) -> None:
    order = "dose changed, treatment: regorafenib, level: -2, dose: 40 mg"
    [finding] = (
        each
        for each in calendar(f"{STARTED}\n2026-04-22 {over}\n2026-05-20 {order}").findings
        if each.code == "no-dose-left"
    )
    assert finding.message == (
        "2026-05-20, event 4: 'dose changed' of regorafenib is recorded, and no dose of it is planned from then on"
    )
    assert finding.events == (4,)
    assert "no-dose-left" not in [code for code, _ in found(f"{STARTED}\n2026-04-20 {order}")]


def test_a_dose_is_prescribed_while_all_doses_of_the_treatment_wait() -> None:
    # Found by the law that nothing is silent. Without the hold, the first fraction has a day, and the amount.
    begun = "2026-02-27 randomised, arm: experimental\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1"
    held = f"{begun}\n2026-03-10 held, treatment: radiotherapy, reason: travel"
    order = "2026-03-12 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy"
    assert ("no-dose-dated", (4,)) in found(f"{held}\n{order}")
    resumed = f"{held}\n{order}\n2026-03-16 resumed, treatment: radiotherapy"
    for story in (f"{begun}\n{order}", resumed):
        assert "no-dose-dated" not in [code for code, _ in found(story)]


def test_an_end_or_a_hold_on_which_the_calendar_rests_is_no_order_without_a_dose() -> None:
    for order in ("held, treatment: regorafenib, reason: AE 1", "discontinued, treatment: regorafenib, reason: AE 1"):
        assert "no-dose-left" not in [code for code, _ in found(f"{STARTED}\n2026-03-10 {order}")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("surgery, size: major", "may-still-enter"),
        ("pregnancy", "may-still-enter"),
        ("held, treatment: regorafenib", "no-treatment-yet"),
        ("dispensed, treatment: regorafenib, quantity: 56", "no-treatment-yet"),
        ("visit done, entry: planning-ct.1", "not-waiting"),
        ("medicine stopped, name: warfarin", "medicine-not-begun"),
    ],
)
def test_before_randomisation(line: str, code: str) -> None:
    story = f"2026-02-20 consented\n2026-02-21 {line}"
    assert (code, (2,)) in found(story)
    assert [each.because.event_numbers() >= {1} for each in calendar(story).pending] == [True] * len(
        calendar(story).pending
    )
    assert calendar(story).pending


def test_who_died_before_randomisation_never_started() -> None:
    story = "2026-02-20 consented\n2026-02-21 died"
    assert (found(story), calendar(story).pending) == ([("never-started", (2,))], ())


def test_what_is_in_order_before_randomisation_is_no_more_than_told() -> None:
    [finding] = calendar("2026-02-21 contacted").findings
    assert (finding.code, finding.severity, finding.events) == ("before-an-arm", Severity.NOTE, (1,))
    assert finding.hint is None


def test_the_baseline_scan_before_randomisation_is_on_the_calendar() -> None:
    story = calendar("2026-02-21 visit done, entry: imaging.0")
    scan = story.by_id["imaging.0"]
    assert (str(scan.date), scan.status, scan.because.event_numbers()) == ("2026-02-21", Status.DONE, frozenset({1}))
    assert story.findings == ()

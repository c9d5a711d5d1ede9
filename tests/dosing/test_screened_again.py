"""Screened again: where the protocol asks for a new consent first, whatever is done without it is asked, and a deviation."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.protocol.parse import parse_protocol
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.dosing.story import told
from tests.seed import FOLDER, VERSION, shanghai

SEED = (FOLDER / "protocol.yaml").read_text("utf-8")
KEY = "screened again: after a new consent (registration)"
ASKS, _ = parse_protocol(SEED.replace("\nstudy days:", f"\n{KEY}\nstudy days:", 1), name="protocol.yaml")
FAILED = """2026-02-02 consented
2026-02-04 visit done, entry: screening.1
2026-02-06 screen failed, reason: infection"""
VISIT = "2026-02-16 visit done, entry: screening.2"


def breaks(story: str) -> list[tuple[str | None, str]]:
    found = deviations_of(ASKS, shanghai(), told(story))
    return [(each.entry, str(each.what)) for each in found if each.kind.value == "out of order"]


def test_another_screening_without_a_new_consent_is_asked_with_the_sentence_of_the_protocol() -> None:
    (question,) = asked(FAILED, VISIT, version=ASKS)
    assert (question.strength.value, question.code) == ("asked", "out-of-order")
    assert str(question.what) == "screening.2: done before the new consent after the screen failure of 2026-02-06"
    assert question.protocol is not None
    assert question.protocol.endswith(": after a new consent (registration)")
    assert asked(FAILED, VISIT, version=VERSION) == (), "this protocol asks for none"


def test_with_the_new_consent_first_it_is_in_order() -> None:
    assert asked(f"{FAILED}\n2026-02-16 consented", VISIT, version=ASKS) == ()
    assert breaks(f"{FAILED}\n2026-02-16 consented\n{VISIT}\n2026-02-17 screened") == []


@pytest.mark.parametrize(
    ("line", "entry", "what"),
    [
        (VISIT, "screening.2", "done before the new consent, 2026-02-18"),
        ("2026-02-17 visit done, entry: imaging.0", "imaging.0", "done before the new consent, 2026-02-18"),
        ("2026-02-17 screened", None, "screening was passed before the new consent, 2026-02-18"),
    ],
)
def test_consent_that_came_later_is_a_deviation_of_all_that_came_before_it(
    line: str, entry: str | None, what: str
) -> None:
    begun = f"{FAILED}\n2026-02-16 booked, entry: screening.2, to: 2026-02-16"
    assert breaks(f"{begun}\n{line}\n2026-02-18 consented") == [(entry, what)]


def test_consent_that_came_after_the_patient_was_randomised_is_one_too() -> None:
    story = f"{FAILED}\n{VISIT}\n2026-02-17 consented\n2026-02-18 screened\n2026-02-18 randomised, arm: control"
    late = story.replace("2026-02-17 consented\n", "") + "\n2026-02-19 consented"
    assert [what for _, what in breaks(story)] == ["done before the new consent, 2026-02-17"]
    assert [what for _, what in breaks(late)] == [
        "done before the new consent, 2026-02-19",
        "screening was passed before the new consent, 2026-02-19",
        "randomised before the new consent, 2026-02-19",
    ]


def test_it_stands_at_the_top_of_the_worklist() -> None:
    patient = patient_of(ASKS, shanghai(), told(f"{FAILED}\n{VISIT}"), subject="EXP-101")
    first = worklist([patient], date(2026, 2, 17)).table().rows[0]
    assert "screening.2: done before the new consent after the screen failure of 2026-02-06" in map(str, first)

"""A site that writes the two fractions of a day into one record: both count, and the amount is that of both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Status
from scheduler.calendar.telling.explain import explain
from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import exposure, told
from tests.studies.telling import calendar, codes, dates, study

PROTOCOL = """
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 6 fractions
    open: any day
    give: 1.2 Gy twice daily at least 6 hours apart
  boost:
    when: {1: 7 days after first dose, then: at least 1 day after the previous fraction}
    until: 2 fractions
    open: any day
    give: 2 Gy
  cisplatin:
    when: on first dose
    open: any day
    give: 70 mg intravenously
"""
VERSION = study(PROTOCOL)
RANDOMISED = "2026-02-27 randomised, arm: all\n"
MONDAY = "2026-03-02 given, treatment: radiotherapy, n: 1, fractions: 2\n"


def given(story: str) -> list[tuple[str, str, str]]:
    """The fractions that were given: number, day and dose."""
    return [
        (each.id.removeprefix("radiotherapy."), f"{each.date:%m-%d}", str(each.doses[0]))
        for each in calendar(VERSION, story).entries
        if each.timeline == "radiotherapy" and each.status is Status.DONE
    ]


@pytest.mark.parametrize("amount", ["", ", amount: 2.4 Gy"])
def test_both_are_given_and_the_amount_is_that_of_both(amount: str) -> None:
    story = MONDAY.strip() + amount
    assert given(story) == [("1", "03-02", "1.2 Gy"), ("2", "03-02", "1.2 Gy")]
    found = calendar(VERSION, story)
    assert dates(found, "radiotherapy") == {
        "1": "03-02", "2": "03-02", "3": "03-03", "4": "03-03", "5": "03-04", "6": "03-04",
    }  # fmt: skip
    assert codes(found) == []
    assert deviations_of(VERSION, EVERY_DAY, told(RANDOMISED + story)) == ()
    totals = exposure(RANDOMISED + story, "2026-03-02", version=VERSION).totals
    assert totals[0].delivered == Decimal("2.4")


def test_the_time_is_that_of_the_first() -> None:
    found = calendar(VERSION, MONDAY.replace("n: 1", 'at: "08:00", n: 1'))
    assert [found.by_id[f"radiotherapy.{n}"].time for n in (1, 2)] == ["08:00", None]


def test_one_and_two_in_one_record_count_alike() -> None:
    each = "2026-03-02 given, treatment: radiotherapy, n: 1\n2026-03-02 given, treatment: radiotherapy, n: 2\n"
    rest = "2026-03-03 given, treatment: radiotherapy, n: 3, fractions: 1\n"
    assert given(each + rest) == given(MONDAY + rest)
    assert dates(calendar(VERSION, each + rest), "radiotherapy") == dates(
        calendar(VERSION, MONDAY + rest), "radiotherapy"
    )


def test_an_amount_that_has_no_half_is_kept_whole() -> None:
    story = MONDAY.strip() + ", amount: 2.5001 Gy"
    assert [dose for _, _, dose in given(story)] == ["1.25 Gy", "1.2501 Gy"]


def test_a_correction_and_a_strike_are_of_both() -> None:
    alone = "2026-03-02 corrected, number: 2, reason: the afternoon was not given, with: "
    alone += "{on: 2026-03-02, event: given, treatment: radiotherapy, n: 1}\n"
    assert given(MONDAY + alone) == [("1", "03-02", "1.2 Gy")]
    assert given(MONDAY + "2026-03-02 struck, number: 2, reason: another patient\n") == []
    both = "2026-03-02 corrected, number: 2, reason: both, with: "
    both += "{on: 2026-03-02, event: given, treatment: radiotherapy, n: 1, fractions: 2}\n"
    assert given(MONDAY.replace(", fractions: 2", "") + both) == given(MONDAY)


def test_each_is_explained_by_the_record() -> None:
    explained = explain(calendar(VERSION, MONDAY), "radiotherapy.2", VERSION, told(RANDOMISED + MONDAY))
    assert str(explained).splitlines()[:3] == [
        "Radiotherapy, fraction 2 was given on Monday 2 March 2026 (Day 1).",
        "  Event 2, Monday 2 March 2026: radiotherapy 1 is given, 2 fractions in one record. [event 2]",
        "  The dose is 1.2 Gy.",
    ]


TOO_MANY = ["second-that-day", "dose-too-early"]


def asked(story: str, event: str) -> list[str]:
    written = told(event).records[0].event
    return [each.code for each in ask(VERSION, EVERY_DAY, told(RANDOMISED + story), [written], today=written.on)]


@pytest.mark.parametrize(
    ("story", "event", "expected"),
    [
        ("", MONDAY, []),
        ("", MONDAY.strip() + ", amount: 2.4 Gy", []),
        # What one of them would be: of one, or of both?
        ("", MONDAY.strip() + ", amount: 1.2 Gy", ["other-amount"]),
        ("", MONDAY.strip() + ", amount: 4.8 Gy", ["other-amount"]),
        ("", MONDAY.strip() + ", amount: 24 Gy", ["tenfold-amount"]),
        ("", "2026-03-02 given, treatment: radiotherapy, n: 1, amount: 2.4 Gy", ["other-amount"]),
        ("", MONDAY.replace("fractions: 2", "fractions: 3"), TOO_MANY),
        # The first was recorded by itself already: this record would make three.
        (
            MONDAY.replace(", fractions: 2", ""),
            "2026-03-02 given, treatment: radiotherapy, n: 2, fractions: 2",
            TOO_MANY,
        ),
        (MONDAY, "2026-03-03 given, treatment: radiotherapy, n: 3, fractions: 2", []),
        (MONDAY, "2026-03-03 given, treatment: radiotherapy, n: 4, fractions: 2", ["number-skips"]),
        # A course of one a day.
        ("", "2026-03-09 given, treatment: boost, n: 1, fractions: 2", TOO_MANY),
    ],
)
def test_what_is_asked(story: str, event: str, expected: list[str]) -> None:
    assert asked(story, event) == expected


def test_the_question_says_how_two_are_written() -> None:
    (question,) = ask(
        VERSION, EVERY_DAY, told(RANDOMISED),
        [told("2026-03-02 given, treatment: radiotherapy, n: 1, amount: 2.4 Gy").records[0].event],
        today=told(MONDAY).records[0].event.on,
    )  # fmt: skip
    assert "write 'fractions: 2'" in str(question.hint)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("2026-03-02 given, treatment: cisplatin, n: 1, fractions: 2", "not-in-fractions"),
        ("2026-03-02 given, treatment: radiotherapy, n: 2, fractions: 2", "given-twice"),
    ],
)
def test_what_cannot_be(event: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        append(VERSION, told(RANDOMISED + MONDAY), told(event).records[0].event)
    assert [finding.code for finding in error.value.findings] == [code]


def test_more_than_the_protocol_has_are_not_planned() -> None:
    days = "".join(
        f"2026-03-0{day} given, treatment: radiotherapy, n: {n}, fractions: 2\n" for day, n in [(2, 1), (3, 3), (4, 6)]
    )
    found = calendar(VERSION, days)
    # The 5th is nowhere, so 6 and 7 are the fifth and the sixth.
    assert given(days)[-2:] == [("6", "03-04", "1.2 Gy"), ("7", "03-04", "1.2 Gy")]
    assert codes(found) == []

"""Routine care before consent: what the protocol allows stands and is marked with its sentence; all else is a deviation."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Entry, Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.usdm_out.carried import carried_as_text
from tests.asking.story import asked
from tests.dosing.story import told
from tests.seed import FOLDER, VERSION, shanghai

SEED = (FOLDER / "protocol.yaml").read_text("utf-8")
SAYS = "allowed as routine care (registration)"
WRITTEN = SEED.replace(
    "    title: {en: Tumour imaging,", f"    before consent: {SAYS}\n    title: {{en: Tumour imaging,", 1
)
ALLOWS, _ = parse_protocol(WRITTEN, name="protocol.yaml")
AGAIN = "\nscreened again: after a new consent (registration)\nstudy days:"
ASKS_AGAIN, _ = parse_protocol(WRITTEN.replace("\nstudy days:", AGAIN, 1), name="protocol.yaml")
SCAN = "2026-02-10 visit done, entry: imaging.0"
CONSENT = "2026-02-12 consented"
RANDOMISED = "2026-02-27 randomised, arm: control"
SAID = "imaging.0 was done before consent, and stands as routine care"


def scan(story: str, version: StudyVersion = ALLOWS) -> Entry:
    found = calendar_of(version, shanghai(), told(story), until=date(2026, 4, 30)).entry("imaging.0")
    assert found is not None
    return found


def breaks(story: str) -> list[tuple[str | None, str]]:
    found = deviations_of(ASKS_AGAIN, shanghai(), told(story))
    return [(each.entry, str(each.what)) for each in found if each.kind.value == "out of order"]


@pytest.mark.parametrize("arm", ["", f"\n{RANDOMISED}"])
def test_it_is_marked_with_the_sentence_and_the_consent_and_is_no_deviation(arm: str) -> None:
    story = f"{SCAN}\n{CONSENT}{arm}"
    found = scan(story)
    assert found.flags == (Flag.ROUTINE_CARE,)
    done, clause, consent = found.because.set_by
    assert (done, getattr(clause, "text", None), consent) == (Event(1), SAYS, Event(2))
    assert deviations_of(ALLOWS, shanghai(), told(story)) == ()
    assert [str(each.what) for each in deviations_of(VERSION, shanghai(), told(story))] == [
        "done before consent, 2026-02-12"
    ]
    assert scan(story, VERSION).flags == ()


def test_it_is_said_and_not_asked_whichever_is_recorded_last() -> None:
    for story, line in ((SCAN, CONSENT), (CONSENT, SCAN)):
        (note,) = asked(story, line, version=ALLOWS)
        assert (note.strength.value, note.code, str(note.what)) == ("said", "routine-care", SAID)
        assert note.protocol is not None
        assert note.protocol.endswith(f": {SAYS}")
        (question,) = asked(story, line)
        assert (question.strength.value, question.code) == ("asked", "out-of-order")
    assert asked(f"{SCAN}\n{CONSENT}", RANDOMISED, version=ALLOWS) == (), "it was said once"


def test_explain_says_so() -> None:
    story = told(f"{SCAN}\n{CONSENT}\n{RANDOMISED}")
    made = calendar_of(ALLOWS, shanghai(), story, until=date(2026, 4, 30))
    words = str(explain(made, "imaging.0", ALLOWS, story))
    assert "It was done before consent, and stands as routine care." in words
    assert SAYS in words


@pytest.mark.parametrize(
    ("visit", "consent", "marked"), [("08:00", "09:00", True), ("09:00", "08:00", False), ("09:00", "09:00", False)]
)
def test_of_the_same_day_the_times_say_it(visit: str, consent: str, marked: bool) -> None:
    story = f'2026-02-12 visit done, entry: imaging.0, at: "{visit}"\n2026-02-12 consented, at: "{consent}"'
    assert (Flag.ROUTINE_CARE in scan(f"{story}\n{RANDOMISED}").flags) is marked


@pytest.mark.parametrize("entry", ["imaging.1", "screening.1"])
def test_only_what_the_sentence_is_about_and_only_before_the_first_dose(entry: str) -> None:
    story = f"2026-02-10 visit done, entry: {entry}\n{CONSENT}\n{RANDOMISED}"
    assert breaks(story) == [(entry, "done before consent, 2026-02-12")]


FAILED = """2026-02-02 consented
2026-02-04 visit done, entry: screening.1
2026-02-06 screen failed, reason: infection
2026-02-16 visit done, entry: screening.2"""


@pytest.mark.parametrize(
    ("new", "cited", "late"),
    [
        ("\n2026-02-18 consented", [3, 4, 6], "done before the new consent, 2026-02-18"),
        ("", [3, 4], "done before the new consent after the screen failure of 2026-02-06"),
    ],
)
def test_before_a_new_consent_too(new: str, cited: list[int], late: str) -> None:
    story = f"{FAILED}\n2026-02-17 visit done, entry: imaging.0{new}"
    found = scan(f"{story}\n{RANDOMISED}", ASKS_AGAIN)
    assert found.flags == (Flag.ROUTINE_CARE,)
    assert [each.number for each in found.because.set_by if isinstance(each, Event)] == [5, *cited]
    assert breaks(story) == [("screening.2", late)]
    assert scan(f"{story}\n{RANDOMISED}", ALLOWS).flags == (), "the first consent holds where no new one is asked for"


def test_a_consent_that_was_struck_is_cited_and_one_to_a_newer_version_is_no_first_consent() -> None:
    struck = f"{SCAN}\n{CONSENT}\n2026-02-13 struck, number: 2, reason: another patient\n2026-02-09 consented"
    found = scan(f"{struck}\n{RANDOMISED}")
    assert found.flags == ()
    assert {3, 4} <= found.because.event_numbers()
    moved = scan(f"{SCAN}\n{RANDOMISED}\n2026-03-20 moved to version, version: '1.1'\n2026-03-20 consented")
    assert moved.flags == ()
    assert {2, 3, 4} <= moved.because.event_numbers()


@pytest.mark.parametrize(
    ("story", "latest"),
    [
        (f"{SCAN}\n{CONSENT}\n{RANDOMISED}\n2026-03-01 struck, number: 2, reason: another patient", [1, 2, 3, 4]),
        (
            f"{SCAN}\n{RANDOMISED}\n2026-03-20 moved to version, version: '1.1'\n2026-03-20 consented\n"
            "2026-03-22 struck, number: 3, reason: not yet approved",
            [1, 2, 3, 4, 5],
        ),
        (
            f"{SCAN}\n{CONSENT}\n{RANDOMISED}\n"
            "2026-03-01 corrected, number: 2, reason: typed wrongly, with: {on: 2026-02-09, event: consented}",
            [1, 2, 3, 4],
        ),
    ],
)
def test_the_sequence_of_a_feed_never_falls_when_a_consent_or_a_move_is_put_right(
    story: str, latest: list[int]
) -> None:
    lines = story.splitlines()
    told_so_far = ("\n".join(lines[:number]) for number in range(1, len(lines) + 1))
    assert [scan(each).because.latest for each in told_so_far] == latest


def test_usdm_has_no_place_for_it_and_says_so() -> None:
    rows = [row for row in carried_as_text(ALLOWS, ()) if row.part == "routine care before consent"]
    assert [row.name for row in rows] == ["imaging"]


def test_check_says_where_it_has_no_effect() -> None:
    late = SEED.replace("  c1d8:\n", f"  c1d8:\n    before consent: {SAYS}\n", 1)
    _, findings = parse_protocol(late, name="protocol.yaml")
    assert [each.message for each in findings if each.code == "without-effect"] == [
        "nothing of c1d8 comes before the first dose or randomisation: this has no effect"
    ]

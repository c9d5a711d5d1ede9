"""What people type in place of a kind of event gets the line to write, never another kind that is spelt alike."""

from __future__ import annotations

import re

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.folder.adding_lines import read_event
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import ANY_EVENT, parse_event
from scheduler.patient.events.meant import MEANT
from scheduler.source.reading import read_yaml

STANDS_FOR = {
    "NAME.NUMBER": "imaging.2",
    "NAME": "regorafenib",
    "NUMBER": "2",
    "AMOUNT": "80 mg",
    "MEDICINE": "prednisone",
    "TEST": "ALT",
    "VALUE": "40",
    "UNIT": "U/L",
    "TERM": "Pneumonitis",
    "GRADE": "2",
    "CRITERIA": "RECIST 1.1",
    "ASSESSMENT": "PD",
    "ARM": "control",
    "WHY": "a slip",
    "SITE": "B",
    "VERSION": "'2.0'",
    "DATE": "2026-03-05",
    "SORT": "not done",
    "EVENT": "{on: 2026-03-02, event: died}",
}
"""What a place for something is filled with, so that the line can be read."""


def findings(text: str) -> list[Finding]:
    with pytest.raises(InvalidText) as refused:
        read_event(text)
    return list(refused.value.findings)


def hints(text: str) -> list[str | None]:
    return [each.hint for each in findings(text)]


def lines(hint: str) -> list[str]:
    return re.findall(r"\{[^}]*\}", hint)


def test_every_line_that_a_word_leads_to_can_be_recorded() -> None:
    every = {meant.line({"on": "2026-03-02"}): None for each in MEANT.values() for meant in each}
    assert len(every) > 40
    for line in every:
        filled = re.sub(r"[A-Z]{2,}(?:\.[A-Z]+)?", lambda stands: STANDS_FOR.get(stands[0], stands[0]), line)
        said = read_yaml(filled, name="the hint").value
        assert isinstance(said, dict)
        assert parse_event(said).event == said["event"]


def test_no_word_of_the_table_is_a_kind_of_event() -> None:
    kinds = set(ANY_EVENT.json_schema()["discriminator"]["mapping"])
    assert kinds & set(MEANT) == set()


def test_missed_is_not_done_or_not_taken_and_keeps_what_was_said() -> None:
    assert hints("{on: 2026-03-02, event: missed, entry: toripalimab.2}") == [
        "write: {on: 2026-03-02, event: not done, entry: toripalimab.2} for a visit, scan or dose at the site; "
        "{on: 2026-03-02, event: not taken, treatment: NAME, from: 2026-03-02, to: 2026-03-02} for days of tablets at home"
    ]
    assert hints("{on: 2026-03-05, event: Missed, treatment: regorafenib, from: 2026-03-02, to: 2026-03-04}") == [
        "write: {on: 2026-03-05, event: not taken, treatment: regorafenib, from: 2026-03-02, to: 2026-03-04} "
        "for days of tablets at home; "
        "{on: 2026-03-05, event: not done, entry: NAME.NUMBER} for a visit, scan or dose at the site"
    ]


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("skipped", ["not done", "not taken"]),
        ("not given", ["not done", "not taken"]),
        ("withheld", ["held"]),
        ("stopped", ["discontinued", "end of treatment", "medicine stopped"]),
        ("dosed", ["given", "cycle started", "taken"]),
        ("visit", ["visit done", "unscheduled visit"]),
        ("LAB", ["measured"]),
        ("AE", ["adverse event"]),
        ("SAE", ["adverse event"]),
        ("death", ["died"]),
        ("dropped_out", ["withdrew", "withdrew", "withdrew"]),
        ("LTFU", ["lost to follow-up"]),
        ("rescheduled", ["rebooked", "delayed"]),
    ],
)
def test_a_word_and_the_kinds_that_it_may_mean(typed: str, kinds: list[str]) -> None:
    (hint,) = hints(f"{{on: 2026-03-02, event: {typed}}}")
    assert [re.search(r"event: ([a-z -]+)", line)[1] for line in lines(hint or "")] == kinds  # type: ignore[index]


def test_a_word_that_is_only_misspelt_gets_the_nearest_kind_as_before() -> None:
    assert hints("{on: 2026-03-02, event: randomied, arm: a}") == ["did you mean 'randomised'?"]


def test_lost_and_left_may_be_about_the_patient() -> None:
    (treatment, quantity) = sorted(
        findings("{on: 2026-03-02, event: lost}"), key=lambda each: each.message, reverse=True
    )
    assert "lost to follow-up" not in str(treatment.hint)
    assert str(quantity.hint).endswith(
        " write: {on: 2026-03-02, event: lost to follow-up} for a patient whom nobody can reach"
    )
    (group,) = hints("{on: 2026-03-02, event: left}")
    assert str(group).endswith(
        "write: {on: 2026-03-02, event: withdrew, from: all} for who leaves the study altogether"
    )


def test_a_misspelt_reaction_is_told_with_a_number_that_is_missing() -> None:
    found = findings("{on: 2026-03-16, event: adverse event, term: Pneumonitiss, grade: 3}")
    assert {each.code: each.path for each in found} == {"unknown-term": ("term",), "missing-key": ("ae",)}
    assert [each.hint for each in found if each.code == "unknown-term"] == [
        "did you mean 'Pneumonitis' or 'Lung infection'?"
    ]
    listed = findings("{on: 2026-03-16, event: adverse event, term: Pneumonitis, grade: 3}")
    assert [each.code for each in listed] == ["missing-key"]
    nothing_like_it = findings("{on: 2026-03-16, event: measured, test: 7, value: 1}")
    assert "unknown-test" not in [each.code for each in nothing_like_it]


def test_in_a_case_file_each_line_says_its_own() -> None:
    text = (
        "protocol: p.yaml\nevents:\n"
        "  - {on: 2026-03-02, event: AE, term: Nausea}\n"
        "  - {on: 2026-03-02, event: corrected, number: 1, reason: x, with: {on: 2026-03-03, event: missed}}\n"
    )
    with pytest.raises(InvalidText) as refused:
        parse_case(text, name="P-1.yaml")
    told = [(str(each.place), str(each.hint).partition(",")[0]) for each in refused.value.findings]
    assert told == [("P-1.yaml:3:29", "write: {on: 2026-03-02"), ("P-1.yaml:4:92", "write: {on: 2026-03-03")]

"""Every kind of row that can be said, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic_core import PydanticCustomError

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.sentences.rules.rule import read_episode_end, read_row
from tests.protocol.rules.telling import told_condition, told_row

SENTENCES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
ROWS = {sentence: told for group in SENTENCES.values() for sentence, told in group.items()}


@pytest.mark.parametrize("sentence", ROWS)
def test_row(sentence: str) -> None:
    assert told_row(read_row(sentence)) == ROWS[sentence]


@pytest.mark.parametrize("sentence", ROWS)
def test_the_action_keeps_its_own_words(sentence: str) -> None:
    rest = sentence.partition(": ")[2]
    said = rest.rpartition(" (")[0].removeprefix("the investigator chooses among ")
    row = read_row(sentence)
    assert (", or ".join(action.words for action in row.actions), row.clause.text) == (said, sentence)


@pytest.mark.parametrize(("text", "grade"), [("grade 0-1", 1), ("grade 0", 0), ("grade 0-2", 2)])
def test_episode_end(text: str, grade: int) -> None:
    assert read_episode_end(text) == grade


HABITS = {
    "above 3 x ULN: discontinue (label)": "write: 3 x upper limit",
    "> 3 x upper limit: discontinue (label)": "write: above 3",
    "above 3x upper limit: discontinue (label)": "write: 3 x",
    "≥ grade 3: discontinue (label)": "write: grade 3-4",
    "G3: discontinue (label)": "write: grade 3",
    "grade 3, second occurrence: discontinue (label)": "write: 2nd time",
    "grade 3: permanently discontinue (label)": "write: discontinue",
    "grade 3: withhold until grade 0-1 (label)": "write: hold",
    "grade 3: discontinue oxaliplatin and continue the other drugs (label)": "write: , go on with the others",
    "grade 3: discontinue oxaliplatin; continue with remaining agents (label)": "write: , go on with the others",
    "grade 3: hold until grade 0-1, restart 1 level lower (label)": "write: then resume",
    "grade 3: hold until grade 0-1, then resume same dose (label)": "write: at the same level",
}


@pytest.mark.parametrize("sentence", HABITS)
def test_what_is_written_by_habit_is_shown_as_it_is_spelled_here(sentence: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_row(sentence)
    assert (caught.value.context or {})["hint"] == HABITS[sentence]


RULES = """
study: OTHER
version: "1.0"
title: Another study
arms: {all: everybody}
study days: first dose is Day 1
sources: {label: The label}
treatments:
  drug: {when: on first dose, give: 80 mg once daily by mouth on days 1-21}
rules:
  rash:
    for: drug
    on: Rash maculo-papular
"""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "    rows: [grade 1-4: discontinue (label)]\n",
            "protocol.yaml:14:12: error: expected a sentence "
            '(put the row in quotes: "grade 1: continue with supportive care (label)") [phrase]',
        ),
        (
            '    episode ends: 1\n    rows: ["grade 1-4: discontinue (label)"]\n',
            "protocol.yaml:14:19: error: expected a sentence (write it like: grade 0-1) [phrase]",
        ),
        (
            '    episode ends: [grade 0]\n    rows: ["grade 1-4: discontinue (label)"]\n',
            "protocol.yaml:14:5: error: expected a sentence (write it like: grade 0-1) [phrase]",
        ),
    ],
)
def test_what_is_no_sentence_is_told_how_to_write_one(lines: str, said: str) -> None:
    with pytest.raises(InvalidText) as caught:
        parse_protocol(RULES + lines, name="protocol.yaml")
    assert [str(finding) for finding in caught.value.findings] == [said]


CONFIRMED = '    rows: ["{}HIV RNA at least 200 copies/mL{}: discontinue (label)"]\n{}'


def test_a_confirmed_value_is_no_test_of_that_name() -> None:
    # Nobody records a value of 'confirmed HIV RNA', so the row would never fire; as a fact behind the value it does.
    with pytest.raises(InvalidText) as caught:
        parse_protocol(RULES + CONFIRMED.format("confirmed ", "", ""), name="protocol.yaml")
    assert [(each.code, each.hint) for each in caught.value.findings] == [
        (
            "judged-value",
            "name the test alone, and behind the value a fact that stands under 'attributes', such as: with failure confirmed",
        )
    ]
    facts = "attributes: {failure confirmed: Measured twice}\n"
    rule = (
        parse_protocol(RULES + CONFIRMED.format("", " with failure confirmed", facts), name="p")[0].arms["all"].rules[0]
    )
    assert [told_condition(each) for each in rule.conditions] == [
        "value of HIV RNA [200..] copies/mL",
        "failure confirmed=True",
    ]


def test_one_finding_may_stand_without_brackets() -> None:
    version, _ = parse_protocol(RULES + '    rows: ["grade 1-4: discontinue (label)"]\n', name="protocol.yaml")
    (rule,) = version.arms["all"].rules
    assert (rule.id, rule.table, rule.treatment, rule.title, rule.episode_ends, rule.clause.line) == (
        "rash.1",
        "rash",
        "drug",
        "Rash",
        1,
        14,
    )
    assert told_condition(rule.conditions[0]) == "grade 1..4 of Rash maculo-papular"

"""Every kind of row that can be said, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic_core import PydanticCustomError

from scheduler.protocol.rule_phrases import read_episode_end, read_row
from tests.protocol.rules.telling import told_row

SENTENCES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "sentences.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
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
    "grade 3: hold until grade 0-1, restart 1 level lower (label)": "write: then resume",
    "grade 3: hold until grade 0-1, then resume same dose (label)": "write: the same level",
}


@pytest.mark.parametrize("sentence", HABITS)
def test_what_is_written_by_habit_is_shown_as_it_is_spelled_here(sentence: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_row(sentence)
    assert (caught.value.context or {})["hint"] == HABITS[sentence]

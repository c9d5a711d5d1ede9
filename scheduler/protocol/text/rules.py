"""The decision tables as people write them: for which treatment, on which finding, and one readable row for each rule."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from scheduler.names import CalledInShort
from scheduler.protocol.sentences.rules.rule import (
    EPISODE_EXAMPLE,
    ROW_EXAMPLE,
    RowPhrase,
    read_episode_end,
    read_row,
)
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.text.mending import read_or_mend
from scheduler.protocol.text.sentence_fields import Sentence
from scheduler.written import Written, fault


def _read_episode_end(value: object) -> object:
    if not isinstance(value, str):
        raise fault("phrase", "expected a sentence", hint=f"write it like: {EPISODE_EXAMPLE}")
    return read_or_mend(read_episode_end, value, Habits.RULES)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


RowText: TypeAlias = Annotated[
    RowPhrase,
    Sentence(
        read_row,
        ROW_EXAMPLE,
        "One rule: what is found, a colon, what is to be done, and its source in brackets.",
        Habits.RULES,
        'put the row in quotes: "grade 1: continue with supportive care (label)"',
    ),
]
EpisodeText: TypeAlias = Annotated[
    int,
    BeforeValidator(_read_episode_end),
    WithJsonSchema({"type": "string", "description": "At which grades an episode is over.", "examples": ["grade 0-1"]}),
]
NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
Name: TypeAlias = Annotated[str, Field(pattern=NAME)]
Finding: TypeAlias = Annotated[str, Field(min_length=1, max_length=120)]
Findings: TypeAlias = Annotated[
    list[Finding],
    Field(min_length=1),
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
            "description": "CTCAE terms, laboratory tests, 'any infection', or 'any other adverse event'.",
            "examples": ["Palmar-plantar erythrodysesthesia syndrome"],
        }
    ),
]


Treatments: TypeAlias = Annotated[
    Annotated[list[Name], Field(min_length=1, max_length=20)],
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": NAME},
                {"type": "array", "items": {"type": "string", "pattern": NAME}, "minItems": 1, "maxItems": 20},
            ]
        }
    ),
]


class DecisionTableText(Written):
    """When the protocol calls for a change of one treatment's dose: one row for each rule. All rows that match are shown."""

    title: CalledInShort | None = None
    """How it is called in full."""
    treatments: Treatments = Field(alias="for")
    """The treatment whose dose it decides; in a list, several that one decision is about."""
    on: Findings = Field(default_factory=list)
    """What it is about: CTCAE terms, laboratory tests, 'any infection', 'any other adverse event'; else the treatment itself."""
    attributed: Literal["to this treatment or nothing", "to this treatment", "to anything"] = (
        "to this treatment or nothing"
    )
    """Which adverse events it is for, by what they are recorded as related to."""
    episode_ends: EpisodeText = Field(default=1, alias="episode ends")
    """At which grades an episode is over, so that the next one is another time: "grade 0-1"."""
    rows: Annotated[list[RowText], Field(min_length=1, max_length=60)]
    """The rules."""

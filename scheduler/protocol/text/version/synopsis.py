"""What the protocol wants to know, and of whom: text that is carried word for word, and nothing is planned by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from scheduler.protocol.plan.version import Criterion, Objective, Synopsis
from scheduler.written import Written, fault

LONGEST = 2000
"""Letters of a text."""

Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Number: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,7}$", description="a criterion's number, such as IN01: at most 8 letters"
    ),
]


class ObjectiveText(Written):
    """One objective with its end points."""

    objective: Words
    """What the study wants to know."""
    end_points: Annotated[list[Words], Field(min_length=1)] = Field(alias="end points")
    """By what."""


def _shape(value: object) -> str:
    return "with end points" if isinstance(value, dict) else "alone"


AnyObjective: TypeAlias = Annotated[
    Annotated[Words, Tag("alone")] | Annotated[ObjectiveText, Tag("with end points")], Discriminator(_shape)
]


class ObjectivesText(Written):
    """What the study wants to know, in the order of weight."""

    primary: list[AnyObjective] = Field(default=[])
    """What it is for."""
    secondary: list[AnyObjective] = Field(default=[])
    """What else."""
    exploratory: list[AnyObjective] = Field(default=[])
    """What may be found beside that."""


class SynopsisText(Written):
    """What the study wants to know, and of whom."""

    # Not validated: for that the model would be made ready whenever a protocol is read, also one without a synopsis.
    objectives: ObjectivesText = ObjectivesText.model_construct()
    """Its objectives, each with its end points where they are said."""
    population: Words | None = None
    """Who takes part, in a sentence."""
    subjects: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """How many are planned."""
    sex: Literal["female", "male", "both"] | None = None
    """Of which sex they are."""
    minimum_age: Annotated[int, Field(ge=0, le=130)] | None = Field(default=None, alias="minimum age")
    """How old the youngest may be, in years."""
    maximum_age: Annotated[int, Field(ge=0, le=130)] | None = Field(default=None, alias="maximum age")
    """How old the oldest may be, in years."""
    inclusion: dict[Number, Words] = Field(default={})
    """Criteria that everybody meets, by their numbers."""
    exclusion: dict[Number, Words] = Field(default={})
    """Criteria that nobody meets, by their numbers."""

    @model_validator(mode="after")
    def _ages_in_order(self) -> SynopsisText:
        if self.minimum_age is not None and self.maximum_age is not None and self.maximum_age < self.minimum_age:
            raise fault(
                "ages-backwards", "the maximum age is below the minimum age", hint="write the lower one as the minimum"
            )
        return self


def spell_synopsis(text: SynopsisText | None) -> Synopsis:
    """The rows in the order in which they are written; none where nothing is."""
    if text is None:
        return Synopsis()
    told = text.objectives
    return Synopsis(
        (
            *_objectives("primary", told.primary),
            *_objectives("secondary", told.secondary),
            *_objectives("exploratory", told.exploratory),
        ),
        text.population,
        text.subjects,
        (
            *(Criterion(number, True, words) for number, words in text.inclusion.items()),
            *(Criterion(number, False, words) for number, words in text.exclusion.items()),
        ),
        text.sex,
        text.minimum_age,
        text.maximum_age,
    )


def _objectives(level: str, several: list[AnyObjective]) -> Iterator[Objective]:
    for each in several:
        if isinstance(each, ObjectiveText):
            yield Objective(level, each.objective, tuple(each.end_points))
        else:
            yield Objective(level, each)

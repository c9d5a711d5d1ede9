"""What is done, as it is written: a list of visits, or in full with a footnote."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from scheduler.names import Called, titled
from scheduler.protocol.sentences.times.place import ActivityPlace
from scheduler.protocol.text.sentence_fields import ActivityPlaceText
from scheduler.protocol.text.sentence_place import At
from scheduler.written import Written


class ActivityText(Written):
    """What is done at visits, with a footnote or with its name in several languages."""

    at: Annotated[list[ActivityPlaceText], Field(min_length=1)]
    """At which visits."""
    title: Called | None = None
    """What it is called in other languages, {zh: 血常规}; its key is its English name, or its author's."""
    footnote: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """What the protocol says beside it, carried word for word and never interpreted: "only if clinically indicated"."""


def _shape(value: object) -> str:
    return "in full" if isinstance(value, dict) else "several"


AnyActivity: TypeAlias = Annotated[
    Annotated[list[ActivityPlaceText], Tag("several")] | Annotated[ActivityText, Tag("in full")], Discriminator(_shape)
]


def places_of(written: list[ActivityPlace] | ActivityText) -> list[ActivityPlace]:
    """At which visits an activity is done."""
    return written.at if isinstance(written, ActivityText) else written


def at_place(root: At, activity: str, written: list[ActivityPlace] | ActivityText, index: int) -> At:
    """Where one of them stands."""
    at = root.below("activities", activity)
    return at.below("at", index) if isinstance(written, ActivityText) else at.below(index)


def called(activity: str, written: list[ActivityPlace] | ActivityText) -> str:
    """What an activity is called: its key, in every language that its title gives."""
    return titled(activity, written.title if isinstance(written, ActivityText) else None)

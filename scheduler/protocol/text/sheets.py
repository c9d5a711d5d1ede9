"""Sheets of time points, as a protocol says them: a sentence, or a table with a title and several sentences."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from scheduler.names import Called
from scheduler.protocol.sentences.times.sheet import SheetPhrase
from scheduler.protocol.text.named import Name
from scheduler.protocol.text.sentence_fields import SheetLine
from scheduler.written import Written


def _shape(value: object) -> str:
    return "several" if isinstance(value, list) else "by name" if isinstance(value, dict | SheetText) else "one"


SheetLines: TypeAlias = Annotated[
    Annotated[SheetLine, Tag("one")] | Annotated[Annotated[list[SheetLine], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]


class SheetText(Written):
    """Time points around a dose or visit: blood samples, ECGs, questions."""

    title: Called | None = None
    """How it is called in full."""
    arms: list[Name] | None = None
    """The arms that have it; all of them where this is left out."""
    when: SheetLines
    """The time points; in a list, those with other windows. All of one sheet count from the same doses or visits."""


AnySheet: TypeAlias = Annotated[
    Annotated[SheetLine, Tag("one")]
    | Annotated[Annotated[list[SheetLine], Field(min_length=1)], Tag("several")]
    | Annotated[SheetText, Tag("by name")],
    Discriminator(_shape),
]


def spell_sheet(sheet: SheetPhrase | list[SheetPhrase] | SheetText) -> SheetText:
    """A sheet that is only its sentences, spelled out."""
    return sheet if isinstance(sheet, SheetText) else SheetText.model_construct(title=None, arms=None, when=sheet)


def sentences_of(sheet: SheetText) -> list[SheetPhrase]:
    """All sentences of a sheet, in order."""
    return sheet.when if isinstance(sheet.when, list) else [sheet.when]

"""A calendar and a diary in their reader's language: what the views made as messages is said here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from operator import attrgetter

from scheduler.languages import Language
from scheduler.said import Text, Value
from scheduler.views.agenda.item import Agenda, AgendaItem
from scheduler.views.table import Table
from scheduler.words.saying import say

_BEGIN_LARGE = frozenset({"de", "fr", "es"})
"""The languages whose lines begin with a large letter, as the English ones do already."""

_MADE: Callable[..., AgendaItem] = AgendaItem
_FIELDS = [each.name for each in fields(AgendaItem)]
_BEFORE = attrgetter(*_FIELDS[: _FIELDS.index("summary")])
_AFTER = attrgetter(*_FIELDS[_FIELDS.index("description") + 1 :])


def in_words(text: str, language: Language) -> str:
    """One text in that language; what was never a message stays as it is."""
    if not isinstance(text, Text) or language is Language.ENGLISH:
        return text
    told = say(text.said, language)
    return f"{told[:1].upper()}{told[1:]}" if language in _BEGIN_LARGE and text[:1].isupper() else told


def table_in(table: Table, language: Language) -> Table:
    """The list with all that is a message said in that language; what its author wrote stays as it is."""
    if language is Language.ENGLISH:
        return table
    rows = (tuple(in_words(cell, language) if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    columns = tuple(in_words(name, language) for name in table.columns)
    return Table(in_words(table.title, language), columns, tuple(rows))


def in_its_language(agenda: Agenda) -> Agenda:
    """The agenda with every line said in its own language."""
    language = agenda.language
    return replace(
        agenda,
        name=in_words(agenda.name, language),
        description=tuple(in_words(line, language) for line in agenda.description),
        items=items_in(agenda.items, language),
    )


def items_in(items: Iterable[AgendaItem], language: Language) -> tuple[AgendaItem, ...]:
    """Its items alone, where they are wanted before they are put together."""
    if language is Language.ENGLISH:
        return tuple(items)
    known: dict[str, tuple[Value, str]] = {}

    def told(text: str) -> str:
        # Days of tablets say the same: what was said once is not put into words again.
        if not isinstance(text, Text):
            return text
        before = known.get(text)
        if before is None or before[0] != text.said:
            before = known[text] = (text.said, in_words(text, language))
        return before[1]

    return tuple(_told(item, told) for item in items)


def _told(item: AgendaItem, told: Callable[[str], str]) -> AgendaItem:
    """The item in words; one that has been put into words already, as it is."""
    if not isinstance(item.summary, Text) and not any(isinstance(line, Text) for line in item.description):
        return item
    # A feed has hundreds of items: this takes a third of the time of `replace`.
    return _MADE(*_BEFORE(item), told(item.summary), tuple(map(told, item.description)), *_AFTER(item))

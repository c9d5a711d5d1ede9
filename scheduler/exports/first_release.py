"""What feeds of release 0.1.0 said in Chinese: it kept no account of what it told, so what its subscribers have is said again.

It left in English what entries are called ("Regorafenib, cycle 2"), and doses ("45 mg twice daily"). Later releases remember
what they told (`scheduler.exports.last_told`), and nothing has to be added here for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduler.exports.told import items_in
from scheduler.languages import Language
from scheduler.said import Listed, Name, Quoted, Said, Text, Value
from scheduler.views.agenda.item import AgendaItem
from scheduler.views.reader.doses_in_words import NOT_PRESCRIBED_OFTEN, OF_DRUG, OF_OFTEN, OF_UNIT

FIRST_RELEASE = "0.1.0"
"""As the log has it of each record."""

_LEFT_IN_ENGLISH = frozenset(
    {
        "{what}, from day {first} to day {last}",
        "{what} {number} day {day}",
        "{what}, {numbered}",
        "{what}, {numbered} day {day}",
        "{what}, last",
        "{what}, extra",
        "{what}, not planned",
        "dose {number}",
        "cycle {number}",
        "Unscheduled visit",
        OF_DRUG.sentence,
        *(each.sentence for each in (*OF_OFTEN.values(), *NOT_PRESCRIBED_OFTEN.values(), *OF_UNIT.values())),
        "fraction {number}",
        "visit {number}",
    }
)
_SAID_OTHERWISE = frozenset(
    {
        *("{strengths} {units}", "about {time} apart", "{time} apart ({least} to {most})", "at least {time} apart"),
        "Window: {first} to {last}",
    }
)
"""Strengths, hours between doses, windows: in Chinese then too, in other words. That they differ is all that counts here."""


def as_first_release(items: Iterable[AgendaItem], language: Language) -> tuple[AgendaItem, ...]:
    """The items, not yet said in any language, as subscribers of that release have them. It knew English and Chinese."""
    if language is not Language.CHINESE:
        return ()
    english = (
        replace(item, summary=_in_part(item.summary), description=tuple(map(_in_part, item.description)))
        for item in items
    )
    return items_in(english, language)


def _in_part(text: str) -> str:
    if not isinstance(text, Text):
        return text
    part = Text(text)
    part.said = _names_in_english(text.said)
    return part


def _names_in_english(value: Value) -> Value:
    if isinstance(value, Said):
        if value.sentence in _LEFT_IN_ENGLISH or value.sentence in _SAID_OTHERWISE:
            return Quoted(str(value))
        return replace(value, values=tuple((place, _names_in_english(each)) for place, each in value.values))
    if isinstance(value, Listed):
        return replace(value, items=tuple(map(_names_in_english, value.items)))
    return Quoted(str(value)) if isinstance(value, Name) else value

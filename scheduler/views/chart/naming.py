"""What people call what has an id: "Toripalimab, dose 2" for toripalimab.2. Ids stay in exports, tooltips and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar, cast

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.change_in_words import from_first_to_last
from scheduler.calendar.entries.entry import Kind
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.findings import Finding
from scheduler.protocol.plan.activity import called_in
from scheduler.said import Code, Listed, Name, Quoted, Said, Value, own_words
from scheduler.views.patients import Patient

V = TypeVar("V", bound=Value)
Names: TypeAlias = Mapping[str, Value]
"""The name of each id."""

_NAMED = frozenset({"activities", "arm", "entry", "treatment", "proposal", "course", "related"})
"""What an event's sentence calls the places where ids stand as text. What people wrote stands in others, and stays as it is."""


def names_of(patient: Patient) -> Names:
    """The names of all treatments, entries, days of cycles, and proposals of a patient."""
    calendar, plan = patient.calendar, patient.plan
    names: dict[str, Value] = {}
    if plan is not None:
        names |= {name: own_words(each) for name, each in called_in(plan.timelines.values()).items()}
        names |= {name: own_words(line.title) for name, line in plan.timelines.items() if line.title}
        names[plan.arm] = arm_in_words(plan.arm, plan.arm_title)
    for each in calendar.pending:
        names[each.id] = title_in_words(each.title)
        names.setdefault(each.id.removesuffix(".1"), names[each.id])
    for entry in calendar.entries:
        title = title_in_words(entry.title)
        names[entry.id] = title
        if entry.kind is Kind.ORAL:
            names[f"{entry.id}.1"] = title
    names |= {each.id: own_words(each.title) for each in (*calendar.proposals, *calendar.proposals_to_come)}
    return names


def arm_in_words(arm: str, title: str) -> Value:
    """What an arm is called in a sentence: its name in the reader's language, and in English its id, which is short."""
    said = own_words(title)
    if not isinstance(said, Name):
        return Code(arm)
    return Name((("en", arm), *((language, name) for language, name in said.by_language if language != "en")))


def named(value: V, names: Names) -> V:
    """The same sentence with names where ids stood."""
    if isinstance(value, Said):
        return cast(V, replace(value, values=tuple((at, _filled(at, each, names)) for at, each in value.values)))
    if isinstance(value, Listed):
        return cast(V, replace(value, items=tuple(_filled("", item, names) for item in value.items)))
    return value


def finding_in_names(finding: Finding, names: Names) -> Finding:
    """A finding with names where ids stood. Its code and its entry stay."""
    told, hint = finding.said, finding.said_hint
    return replace(
        finding,
        said=named(told, names) if told is not None else None,
        said_hint=named(hint, names) if hint is not None else None,
    )


def change_in_names(change: Change, names: Names) -> Change:
    """A difference with names where ids stood; ``entries`` stay."""
    if not names:
        return change
    sentence = change.sentence
    if len(change.entries) > 1:
        first, last = (names.get(each, Code(each)) for each in (change.entries[0], change.entries[-1]))
        values = tuple((at, from_first_to_last(first, last) if at == "which" else each) for at, each in sentence.values)
        sentence = replace(sentence, values=values)
    return replace(change, sentence=named(sentence, names))


def _filled(place: str, value: Value, names: Names) -> Value:
    if isinstance(value, Code) or (place in _NAMED and isinstance(value, Quoted)):
        return names.get(value.text, value)
    if place in _NAMED and isinstance(value, Listed):
        return replace(value, items=tuple(_filled(place, each, names) for each in value.items))
    return named(value, names)

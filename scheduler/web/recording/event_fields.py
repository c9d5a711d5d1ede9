"""The fields of a form for one kind of event, made from the event's own model: what the log takes is what the form asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from scheduler.findings import Finding
from scheduler.web.recording.event_choices import Choices
from scheduler.web.recording.event_kinds import EventKind

Sort = Literal["date", "time", "whole", "number", "flag", "text", "long", "list", "one of"]

LEFT_OUT = frozenset({"event", "recorded", "proposal", "action"})
ASIDE = ("at", "by", "reason", "note", "override")
"""What every event can have, after what this one is about."""

_LABELS = {
    "on": "Date",
    "at": "Time",
    "to": "To",
    "from": "From",
    "until": "Until",
    "n": "Number",
    "ae": "Adverse event",
    "by": "Decided or done by",
    "reason": "Reason",
    "note": "Note",
    "override": "Why it stands against the protocol",
    "today_taken": "That day's dose was taken already",
    "per_fraction": "Dose per fraction",
    "upper_limit": "Upper limit of normal",
    "entry": "Which",
    "amount": "Amount, if not as planned",
    "quantity": "How many",
    "expires": "Expiry",
    "related": "Related to",
    "name": "Name",
    "term": "Term (CTCAE)",
    "level": "Dose level",
}
_HINTS = {
    "at": "hours and minutes at the site",
    "note": "Staff only: it appears in no feed.",
    "override": "Only where the protocol forbids it and it is done all the same.",
    "related": "one a line",
    "activities": "one a line",
    "level": "0, then -1, -2 down the ladder",
    "dose": "such as 80 mg",
    "amount": "such as 80 mg",
    "onset": "where it began before the date above",
    "upper_limit": "in the same unit",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the event, how it is typed, what can be chosen, what it holds, and what is wrong with it.

    ``sure``: only what is offered can be chosen; else the offers are suggestions.
    """

    name: str
    label: str
    sort: Sort
    required: bool
    value: str = ""
    hint: str = ""
    offers: tuple[tuple[str, str], ...] = ()
    sure: bool = False
    findings: tuple[Finding, ...] = ()


def fields_of(
    kind: EventKind,
    choices: Choices,
    values: Mapping[str, str],
    findings: Mapping[str, tuple[Finding, ...]] | None = None,
) -> tuple[Field, ...]:
    """The form for a kind of event: the date first, then what it is about, then what every event can have."""
    found = {name: _field(kind, name, info, choices, values, findings or {}) for name, info in _named(kind)}
    own = [name for name in found if name not in ASIDE and name != "on"]
    return tuple(found[name] for name in ("on", *own, *ASIDE) if name in found)


def _named(kind: EventKind) -> Iterator[tuple[str, FieldInfo]]:
    for attribute, info in kind.model.model_fields.items():
        name = info.alias or attribute
        if name not in LEFT_OUT:
            yield name, info


def _field(
    kind: EventKind,
    name: str,
    info: FieldInfo,
    choices: Choices,
    values: Mapping[str, str],
    findings: Mapping[str, tuple[Finding, ...]],
) -> Field:
    value = values.get(name, "")
    offers, sure = _offers(kind, name, info, choices)
    if value and offers and sure and value not in {each for each, _ in offers}:
        offers = ((value, value), *offers)
    return Field(
        name=name,
        label=_label(kind, name),
        sort="one of" if offers and sure else sort_of(name, info),
        required=info.is_required(),
        value=value,
        hint=_HINTS.get(name, ""),
        offers=offers,
        sure=sure,
        findings=findings.get(name, ()),
    )


def _label(kind: EventKind, name: str) -> str:
    if (kind.word, name) == ("adverse event", "ae"):
        return "Its number from now on"
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _offers(kind: EventKind, name: str, info: FieldInfo, choices: Choices) -> tuple[tuple[tuple[str, str], ...], bool]:
    words = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
    if words:
        return tuple((word, word) for word in words), True
    return choices.offers(kind.word, name)


def sort_of(name: str, info: FieldInfo) -> Sort:
    """How a field is typed."""
    if name == "at":
        return "time"
    if name == "note":
        return "long"
    plain = _plain(info.annotation)
    sorts: dict[Any, Sort] = {date: "date", bool: "flag", int: "whole", Decimal: "number", tuple: "list"}
    return sorts.get(plain, "text")


def _plain(annotation: Any) -> Any:
    """The type below ``Annotated``, ``| None`` and the like. Of several types a text is the widest."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        kinds = {_plain(each) for each in get_args(annotation) if each is not type(None)}
        return kinds.pop() if len(kinds) == 1 else str
    return origin or annotation

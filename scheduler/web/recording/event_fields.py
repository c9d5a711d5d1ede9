"""The fields of a form for one kind of event, made from the event's own model: what the log takes is what the form asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from scheduler.findings import Finding
from scheduler.patient.events import Event
from scheduler.patient.events.kind import Asked, Authority, EventKind, Sort, asked, sort_of
from scheduler.said import Said
from scheduler.web.recording.event_choices import Choices, Offers

LEFT_OUT = frozenset({"event", "recorded"})
ASIDE = tuple(name for name in Event.model_fields if name not in LEFT_OUT and name != "on")
"""What every event can have, after what this one is about."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the event, how it is typed, what can be chosen, what it holds, and what is wrong with it.

    ``aside``: every event can have it. ``sure``: only what is offered can be chosen; else the offers are suggestions.
    """

    name: str
    label: str
    sort: Sort
    required: bool
    aside: bool
    value: str = ""
    hint: str = ""
    offers: Offers = ()
    sure: bool = False
    findings: tuple[Finding, ...] = ()


def fields_of(
    kind: EventKind,
    choices: Choices,
    values: Mapping[str, str],
    findings: Mapping[str, tuple[Finding, ...]] | None = None,
) -> tuple[Field, ...]:
    """The form for a kind of event: the date first, then what it is about, then what every event can have."""
    own = [name for name in kind.fields if name not in ASIDE and name not in LEFT_OUT and name != "on"]
    wanted = [name for name in own if choices.asks_for(name) or values.get(name)]
    return tuple(_field(kind, name, choices, values, findings or {}) for name in ("on", *wanted, *ASIDE))


def folded(kind: EventKind, fields: Iterable[Field], correcting: bool) -> frozenset[str]:
    """The fields that a form shows when it is opened further: what every event can have and this one does not say.

    The time stays in sight, and of an order its reason and who gave it. A correction asks for its own reason in sight, so that
    of the event is folded, whatever it says.
    """
    kept = (
        {"at"}
        if correcting
        else {"at", *(("reason", "by") if kind.authority in _ORDERS or kind.word == "not done" else ())}
    )
    return frozenset(
        each.name
        for each in fields
        if each.aside
        and each.name not in kept
        and not each.required
        and not each.findings
        and (correcting or not each.value)
    )


_ORDERS = frozenset({Authority.ORDER, Authority.SIGNED_ORDER})


def _field(
    kind: EventKind,
    name: str,
    choices: Choices,
    values: Mapping[str, str],
    findings: Mapping[str, tuple[Finding, ...]],
) -> Field:
    info, value = kind.fields[name], values.get(name, "")
    how = asked(info)
    offers, sure = _offers(info, how, choices)
    if value and offers and sure and value not in {each for each, _ in offers}:
        offers = ((value, value), *offers)
    return Field(
        name=name,
        label=label_of(name, info),
        sort="one of" if offers and sure else sort_of(info),
        required=info.is_required(),
        aside=name in ASIDE,
        value=value,
        hint=how.hint,
        offers=offers,
        sure=sure,
        findings=findings.get(name, ()),
    )


def label_of(name: str, info: FieldInfo) -> str:
    """How a form calls a field: as it is said of it, else by its name."""
    return asked(info).label or name.replace("_", " ").capitalize()


def choices_of(info: FieldInfo) -> tuple[str, ...]:
    """The words that a field can have where it has no others; none where it takes anything else."""
    return _literal(info.annotation)


def _offers(info: FieldInfo, how: Asked, choices: Choices) -> tuple[Offers, bool]:
    words = choices_of(info)
    if words:
        return tuple((word, Said(word, context="choice")) for word in words), True
    offers, sure = choices.offers(how.words)
    return offers, sure and sort_of(info) != "list"


def _literal(annotation: Any) -> tuple[str, ...]:
    """The words that a type has, also below ``Annotated`` and ``| None``; none where it takes anything else."""
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)
    if origin is Annotated:
        return _literal(get_args(annotation)[0])
    if origin in (Union, UnionType):
        parts = [each for each in get_args(annotation) if each is not type(None)]
        return _literal(parts[0]) if len(parts) == 1 else ()
    return ()

"""From what was typed in a form to an event, or to what is wrong with each field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.patient.events import Corrected, Event, Struck, dump_event, parse_event
from scheduler.patient.events.kind import EventKind, sort_of
from scheduler.said import said
from scheduler.source.node import Data
from scheduler.web.recording.event_fields import LEFT_OUT

_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form said: the event, or what is wrong with which field. What belongs to no field is under ``""``."""

    event: Event | None
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def read_entry(kind: EventKind, form: Mapping[str, str]) -> Entered:
    """The event that a form of that kind describes. Empty fields are left out: what is not known is not said."""
    written: dict[str, Data] = {"event": kind.word}
    for name, info in kind.fields.items():
        text = form.get(name, "").strip()
        if text and name not in LEFT_OUT:
            written[name] = _value(sort_of(info), text)
    try:
        return Entered(parse_event(written))
    except InvalidText as error:
        found: dict[str, tuple[Finding, ...]] = {}
        for each in error.findings:
            name = str(each.path[0]) if each.path else ""
            found[name] = (*found.get(name, ()), _asked_for(each))
        return Entered(None, found)


def _asked_for(found: Finding) -> Finding:
    """A key of the log means nothing to who fills in a form: the field is needed."""
    if found.code != "missing-key":
        return found
    needed = said("this is needed")
    return replace(found, message=str(needed), hint=None, said=needed, said_hint=None)


def _value(sort: str, text: str) -> Data:
    if sort == "whole" and _WHOLE.fullmatch(text.replace("\N{MINUS SIGN}", "-")):
        return int(text.replace("\N{MINUS SIGN}", "-"))
    if sort == "flag":
        return True
    if sort == "list":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text.replace("\r\n", "\n")


def as_values(event: Event) -> dict[str, str]:
    """An event as the fields of its form hold it, to be corrected."""
    values: dict[str, str] = {}
    for attribute, info in type(event).model_fields.items():
        value = getattr(event, attribute)
        if attribute in LEFT_OUT or value is None or value is False:
            continue
        name = info.alias or attribute
        values[name] = "\n".join(map(str, value)) if isinstance(value, tuple) else _plain(value)
    return values


def _plain(value: object) -> str:
    return "true" if value is True else str(value)


def correction_of(number: int, event: Event, reason: str, on: str) -> Entered:
    """The event that corrects that number. The reason is needed."""
    return _about({"event": "corrected", "on": on, "number": number, "reason": reason}, event)


def strike_of(number: int, reason: str, on: str) -> Entered:
    """The event that strikes that number. The reason is needed."""
    return _about({"event": "struck", "on": on, "number": number, "reason": reason}, None)


def _about(written: dict[str, Data], event: Event | None) -> Entered:
    if event is not None:
        written = {**written, "with": dump_event(event)}
    try:
        return Entered(parse_event({key: value for key, value in written.items() if value != ""}))
    except InvalidText as error:
        return Entered(None, {"why": tuple(map(_asked_for, error.findings))})


def what_it_is_about(event: Event) -> tuple[EventKind, bool]:
    """The kind that decides who may record an event, and whether it overrides the protocol."""
    meant = event.with_ if isinstance(event, Corrected) else event
    return meant.kind, meant.override is not None and not isinstance(meant, Struck)

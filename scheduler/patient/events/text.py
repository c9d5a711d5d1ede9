"""Events from what people and programs write, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter

from scheduler.errors import InvalidText
from scheduler.patient.events.corrections import ANY_EVENT, Corrected
from scheduler.patient.events.fields import Event
from scheduler.patient.events.meant import as_meant
from scheduler.source.node import Data, Node
from scheduler.source.validation import validate

M = TypeVar("M")


def parse_event(record: Mapping[str, Data] | Node, name: str = "event") -> Event:
    """The event that a record describes. Raises InvalidText with all findings.

    A `Node` of a text gives findings with their places; plain data has no places, and ``name`` says where it came from.
    """
    if isinstance(record, Node):
        return validate_events(record, ANY_EVENT)
    try:
        return validate_events(_as_node(dict(record), name), ANY_EVENT)
    except InvalidText as error:
        raise InvalidText(replace(finding, place=None) for finding in error.findings) from None


def validate_events(node: Node, model: type[M] | TypeAdapter[M]) -> M:
    """The model that a text describes, an event or one that has events in it. Raises InvalidText with all findings.

    Where a word stands that is no kind of event, they say the line to write.
    """
    try:
        return validate(node, model)
    except InvalidText as error:
        raise as_meant(error, node) from None


def dump_event(event: Event) -> dict[str, Data]:
    """The event as plain data, in one way only: what is not set is left out. ``parse_event`` gives the same event again."""
    data = event.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(event, Corrected):
        data["with"] = dump_event(event.with_)
    return {"on": data.pop("on"), "event": event.event, **data}


def canonical_text(event: Event) -> str:
    """The event as one line of JSON that is the same for equal events, on every machine."""
    return json.dumps(dump_event(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _as_node(value: Data, name: str) -> Node:
    children: dict[str | int, Node] = {}
    if isinstance(value, Mapping):
        children = {key: _as_node(child, name) for key, child in value.items()}
    elif isinstance(value, list):
        children = {index: _as_node(child, name) for index, child in enumerate(value)}
    return Node(value, name, 1, 1, {key: (1, 1) for key in children if isinstance(key, str)}, children, None)

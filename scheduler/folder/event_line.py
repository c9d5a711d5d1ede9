"""An event as one line of a case file: ``{on: 2026-03-16, event: held, treatment: regorafenib, reason: "AE 1"}``."""

from __future__ import annotations

import json
import re

from scheduler.patient.events import Event, dump_event
from scheduler.source.node import Data

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/%+-]*(?<! )")
_READ_AS_SOMETHING_ELSE = re.compile(r"true|false|null|-?[0-9]+")
_AT_THE_END = ("reason", *(name for name in Event.model_fields if name not in ("event", "on", "at", "reason")))
"""What every event can have, the reason first, so that it is read beside what happened."""


def event_line(event: Event) -> str:
    """The event in braces, on one line: what happened first, who said so and why last; quotes only where they are needed."""
    data = dict(dump_event(event))
    end = {key: data.pop(key) for key in _AT_THE_END if key in data}
    return flow(data | end)


def flow(value: Data) -> str:
    """Plain data on one line, as a case file may hold it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _READ_AS_SOMETHING_ELSE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)

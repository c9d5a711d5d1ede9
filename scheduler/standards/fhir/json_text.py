"""Resources as JSON text: an amount stays the decimal number that it is, as FHIR asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from scheduler.standards.fhir.resource import Json


def as_json(value: Json, indent: int = 0) -> str:
    """The text, with a line for each part."""
    inner, outer = "\n" + "  " * (indent + 1), "\n" + "  " * indent
    if isinstance(value, Mapping):
        parts = [f"{json.dumps(name)}: {as_json(each, indent + 1)}" for name, each in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{outer}}}"
    if isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"[{inner}{f',{inner}'.join(as_json(each, indent + 1) for each in value)}{outer}]"

"""The JSON Schema of a protocol file, for editors: keys to complete, what each is for, how a sentence is spelled.

It comes from the model that reads the file, so it never asks for anything else. ``python -m tests.schemas`` writes it to
``examples/protocol.schema.json``, which the first line of every protocol names.
"""

from __future__ import annotations

from typing import Any

from scheduler.protocol.text.protocol_text import ProtocolText

Schema = dict[str, Any]


def protocol_schema() -> Schema:
    """The schema of `ProtocolText`."""
    return for_editors(ProtocolText.model_json_schema(), "A protocol of a clinical trial")


def for_editors(schema: Schema, title: str) -> Schema:
    """A model's schema as editors understand it best.

    Where a value may be of several shapes, any of them that fits will do: a table with only "then" fits two.
    """
    plain: Schema = _plain(schema)
    plain.pop("title", None)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **plain}


def _plain(value: Any, *, names: bool = False) -> Any:
    """Without what only pydantic reads: made-up titles, discriminators. Below ``names`` the keys are people's own."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if names:
        return {key: _plain(each) for key, each in value.items()}
    schema: Schema = {}
    for key, each in value.items():
        if key in ("title", "discriminator", "default"):
            continue
        schema["anyOf" if key == "oneOf" else key] = _plain(
            each, names=key in ("properties", "$defs", "patternProperties")
        )
    return schema

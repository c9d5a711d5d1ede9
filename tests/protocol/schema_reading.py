"""Reads a value by a JSON Schema as an editor does: the few words of the standard that our schemas use, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Schema = dict[str, Any]

_KINDS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
_TOLD_ONLY = {"title", "description", "examples", "$schema", "$defs", "format"}


def complaints(value: Any, schema: Schema, top: Schema, where: str = "") -> Iterator[str]:
    """What an editor would underline."""
    for word, rule in schema.items():
        if word in _TOLD_ONLY:
            continue
        yield from _RULES[word](value, rule, schema, top, where)


def _ref(value: Any, rule: str, _: Schema, top: Schema, where: str) -> Iterator[str]:
    yield from complaints(value, top["$defs"][rule.removeprefix("#/$defs/")], top, where)


def _type(value: Any, rule: str, _: Schema, __: Schema, where: str) -> Iterator[str]:
    if not _KINDS[rule](value):
        yield f"{where} is not a {rule}"


def _any_of(value: Any, rule: list[Schema], _: Schema, top: Schema, where: str) -> Iterator[str]:
    found = [list(complaints(value, each, top, where)) for each in rule]
    if all(found):
        yield f"{where}: none fits: {found}"


def _properties(value: Any, rule: dict[str, Schema], _: Schema, top: Schema, where: str) -> Iterator[str]:
    for key, each in rule.items():
        if isinstance(value, dict) and key in value:
            yield from complaints(value[key], each, top, f"{where}.{key}")


def _pattern_properties(value: Any, rule: dict[str, Schema], _: Schema, top: Schema, where: str) -> Iterator[str]:
    for key in value if isinstance(value, dict) else ():
        for pattern, each in rule.items():
            if re.search(pattern, key):
                yield from complaints(value[key], each, top, f"{where}.{key}")


def _additional(value: Any, rule: Schema | bool, schema: Schema, top: Schema, where: str) -> Iterator[str]:
    patterns = schema.get("patternProperties", {})
    for key in value if isinstance(value, dict) else ():
        if key in schema.get("properties", {}) or any(re.search(pattern, key) for pattern in patterns):
            continue
        if rule is False:
            yield f"{where}.{key} is not known"
        elif isinstance(rule, dict):
            yield from complaints(value[key], rule, top, f"{where}.{key}")


def _names(value: Any, rule: Schema, _: Schema, top: Schema, where: str) -> Iterator[str]:
    for key in value if isinstance(value, dict) else ():
        yield from complaints(key, rule, top, f"{where}.{key}")


def _items(value: Any, rule: Schema, _: Schema, top: Schema, where: str) -> Iterator[str]:
    for index, each in enumerate(value if isinstance(value, list) else ()):
        yield from complaints(each, rule, top, f"{where}[{index}]")


def _required(value: Any, rule: list[str], _: Schema, __: Schema, where: str) -> Iterator[str]:
    yield from (f"{where}.{key} is missing" for key in rule if isinstance(value, dict) and key not in value)


def _holds(fits: Callable[[Any, Any], bool], kind: type) -> Callable[..., Iterator[str]]:
    def look(value: Any, rule: Any, _: Schema, __: Schema, where: str) -> Iterator[str]:
        if isinstance(value, kind) and not fits(value, rule):
            yield f"{where} breaks {rule}"

    return look


_RULES: dict[str, Callable[..., Iterator[str]]] = {
    "$ref": _ref,
    "type": _type,
    "anyOf": _any_of,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "items": _items,
    "required": _required,
    "pattern": _holds(lambda value, rule: re.search(rule, value) is not None, str),
    "enum": _holds(lambda value, rule: value in rule, object),
    "const": _holds(lambda value, rule: value == rule, object),
    "minLength": _holds(lambda value, rule: len(value) >= rule, str),
    "maxLength": _holds(lambda value, rule: len(value) <= rule, str),
    "minItems": _holds(lambda value, rule: len(value) >= rule, list),
    "maxItems": _holds(lambda value, rule: len(value) <= rule, list),
    "minProperties": _holds(lambda value, rule: len(value) >= rule, dict),
    "maxProperties": _holds(lambda value, rule: len(value) <= rule, dict),
    "minimum": _holds(lambda value, rule: value >= rule, int),
    "maximum": _holds(lambda value, rule: value <= rule, int),
    "exclusiveMinimum": _holds(lambda value, rule: value > rule, int),
}

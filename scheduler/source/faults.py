"""What pydantic says is wrong, in plain words: what was expected, what stands there, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from scheduler.findings import did_you_mean
from scheduler.said import Said
from scheduler.source.allowed import Allowed, Spot
from scheduler.source.node import Data, Node, Step
from scheduler.source.quoting import quoted

_KEY = "[key]"
_MOST_WORDS = 80
_WRITE_IT = "write it, or remove the key"

# code: what was expected, and how it is written
_KINDS = {
    "not-text": ("text", "write it as one text, in quotes where it has brackets or a colon"),
    "not-a-whole-number": ("a whole number", "write digits only, such as 21"),
    "not-a-number": ("a number", "write digits only, such as 80 or 2.5"),
    "not-true-or-false": ("true or false", "write true or false"),
    "not-a-date": ("a date", "write it as YYYY-MM-DD, such as 2026-03-02"),
    "not-a-time": ("a time of day", "write it as HH:MM in quotes, such as '08:30'"),
    "not-a-list": ("a list", "write [a, b], or each item on its own line after '- '"),
    "not-a-mapping": ("keys with values", "write 'key: value', each on its own line"),
}

_KIND_BY_TYPE = {
    "string_type": "not-text",
    "int_type": "not-a-whole-number",
    "int_parsing": "not-a-whole-number",
    "int_parsing_size": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "float_type": "not-a-number",
    "float_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "decimal_parsing": "not-a-number",
    "finite_number": "not-a-number",
    "bool_type": "not-true-or-false",
    "bool_parsing": "not-true-or-false",
    "date_type": "not-a-date",
    "date_parsing": "not-a-date",
    "date_from_datetime_parsing": "not-a-date",
    "date_from_datetime_inexact": "not-a-date",
    "time_type": "not-a-time",
    "time_parsing": "not-a-time",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "set_type": "not-a-list",
    "frozen_set_type": "not-a-list",
    "iterable_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "mapping_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dataclass_type": "not-a-mapping",
}

_PYDANTICS_OWN = frozenset(get_args(ErrorType))

# type: code, what is wrong, what to do; None leaves that to the model's own description of the place
_RULES: dict[str, tuple[str, str, str | None]] = {
    "greater_than": ("out-of-range", "{shown} is too small", "it must be more than {gt}"),
    "greater_than_equal": ("out-of-range", "{shown} is too small", "it must be at least {ge}"),
    "less_than": ("out-of-range", "{shown} is too large", "it must be less than {lt}"),
    "less_than_equal": ("out-of-range", "{shown} is too large", "it must be at most {le}"),
    "multiple_of": ("out-of-range", "{shown} does not fit", "it must be a multiple of {multiple_of}"),
    "decimal_max_digits": ("out-of-range", "{shown} has too many digits", "write at most {max_digits}"),
    "decimal_max_places": ("out-of-range", "{shown} has too many decimals", "write at most {decimal_places}"),
    "decimal_whole_digits": (
        "out-of-range",
        "{shown} is too large",
        "write at most {whole_digits} digits before the point",
    ),
    "too_short": ("too-short", "too few are written here: {actual_length}", "write at least {min_length}"),
    "too_long": ("too-long", "too many are written here", "write at most {max_length}"),
    "string_too_short": ("too-short", "{shown} is too short", "write {min_length} or more characters"),
    "string_too_long": ("too-long", "{shown} is too long", "write at most {max_length} characters"),
    "string_pattern_mismatch": ("wrong-form", "{shown} is not written in the form that is needed here", None),
    "value_error": ("wrong-value", "{error}", None),
    "assertion_error": ("wrong-value", "{error}", None),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong at one place, before it is known where in the file that is.

    ``expected`` is set when something of another kind stands there than ``given``. ``alternative`` is set when several kinds
    are allowed: where that value stands, and which of the kinds this fault is about. ``lacks`` is what is missing there.
    """

    path: tuple[Step, ...]
    code: str
    message: str
    hint: str | None = None
    at_key: bool = False
    offset: int = 0
    expected: str | None = None
    given: str = ""
    alternative: tuple[tuple[Step, ...], str] | None = None
    lacks: Step | None = None
    said: Said | None = None
    said_hint: Said | None = None


def read_fault(details: ErrorDetails, node: Node, allowed: Allowed) -> Fault:
    """One of pydantic's errors as a fault of this text."""
    way: tuple[Step, ...] = details["loc"]
    match details["type"]:
        case "missing":
            spot = allowed.find(way[:-1], node)
            fault = _missing(way[-1], spot, allowed)
        case "extra_forbidden":
            spot = allowed.find(way[:-1], node)
            fault = _unknown(str(way[-1]), spot, allowed)
        case "union_tag_invalid" | "union_tag_not_found":
            spot = allowed.find(way, node)
            fault = _wrong_tag(details["ctx"]["discriminator"].strip("'"), spot, node, allowed)
        case _ if way[-1:] == (_KEY,):
            spot = allowed.find(way[:-1], node)
            fault = replace(_wrong_value(details, spot, str(spot.path[-1]), allowed), at_key=True)
            names = allowed.purpose_of_names(allowed.find(way[:-2], node))
            fault = replace(fault, hint=names) if names and fault.code == "wrong-form" else fault
        case _:
            spot = allowed.find(way, node)
            fault = _wrong_value(details, spot, node.at(*spot.path).value, allowed)
    return replace(fault, alternative=spot.alternative)


def best_of_alternatives(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults without repeating themselves where several kinds of value are allowed.

    Pydantic tries every kind and reports for all. What counts is the kind that the writer meant: the one that fits as a
    whole and has the fewest faults inside. When none fits, one fault names all that would.
    """
    groups: dict[tuple[Step, ...], dict[str, list[Fault]]] = {}
    for fault in faults:
        if fault.alternative is None:
            yield fault
        else:
            path, kind = fault.alternative
            groups.setdefault(path, {}).setdefault(kind, []).append(fault)
    for path, kinds in groups.items():
        fitting = [
            found for found in kinds.values() if not any(fault.expected and fault.path == path for fault in found)
        ]
        if fitting:
            yield from min(fitting, key=len)
        else:
            yield _none_fits(
                [fault for found in kinds.values() for fault in found if fault.expected and fault.path == path]
            )


def _none_fits(faults: list[Fault]) -> Fault:
    first = faults[0]
    if len(faults) == 1:
        return first
    expected = _either(tuple(dict.fromkeys(fault.expected for fault in faults if fault.expected)))
    hints = tuple(dict.fromkeys(fault.hint for fault in faults if fault.hint))
    near = next((hint for hint in hints if hint.startswith("did you mean")), None)
    code = first.code if first.code == "missing-value" else "wrong-kind"
    return replace(first, code=code, message=_expected(expected, first.given), hint=near or "; or ".join(hints) or None)


def _missing(key: Step, spot: Spot, allowed: Allowed) -> Fault:
    if isinstance(key, int):
        hint = allowed.purpose(spot)
        message = f"the list is too short: item {key + 1} is missing"
        return Fault(spot.path, "too-short", message, hint, at_key=True, lacks=key)
    hint = allowed.purpose_of_key(spot, key) or f"write '{key}: ...' here"
    return Fault(spot.path, "missing-key", f"the key {quoted(key)} is missing", hint, at_key=True, lacks=key)


def _unknown(key: str, spot: Spot, allowed: Allowed) -> Fault:
    hint = _nearest(key, allowed.keys(spot))
    return Fault((*spot.path, key), "unknown-key", f"the key {quoted(key)} is not known here", hint, at_key=True)


def _wrong_tag(key: str, spot: Spot, node: Node, allowed: Allowed) -> Fault:
    if key.endswith("()"):
        # A shape is told by a function, and none of those that are allowed has this one.
        value = node.at(*spot.path).value
        message = f"{_shown(value)} does not belong here"
        return Fault(spot.path, "wrong-kind", message, allowed.purpose(spot))
    tags = allowed.tags(spot)
    named = node.at(*spot.path).children.get(key)
    if named is None:
        message = f"the key {quoted(key)} is missing"
        return Fault(spot.path, "missing-key", message, _nearest("", tags), at_key=True, lacks=key)
    return _not_one_of(tags, (*spot.path, key), named.value)


def _wrong_value(details: ErrorDetails, spot: Spot, value: Data, allowed: Allowed) -> Fault:
    kind = details["type"]
    given: dict[str, Any] = details.get("ctx", {})
    if code := _KIND_BY_TYPE.get(kind):
        return _another_kind(code, spot.path, value)
    if kind in ("literal_error", "enum"):
        return _not_one_of(allowed.words(spot), spot.path, value)
    # A fault of a whole mapping or list is looked for where its name stands.
    whole = isinstance(value, dict | list)
    if kind in _RULES:
        code, message, hint = _RULES[kind]
        words = {"shown": _shown(value), **given}
        said = hint.format(**words) if hint else allowed.purpose(spot)
        return Fault(spot.path, code, message.format(**words), said, at_key=whole)
    if kind in _KINDS and not isinstance(value, str):
        return _another_kind(kind, spot.path, value)
    if kind in _PYDANTICS_OWN:
        return Fault(
            spot.path, "wrong-value", f"{_shown(value)} is not allowed here", allowed.purpose(spot), at_key=whole
        )
    fault = Fault(
        spot.path,
        kind,
        given.get("message", details["msg"]),
        given.get("hint"),
        whole,
        given.get("offset", 0),
        said=given.get("said"),
        said_hint=given.get("said_hint"),
    )
    return replace(fault, expected=_KINDS[kind][0], given=_shown(value)) if kind in _KINDS else fault


def _another_kind(code: str, path: tuple[Step, ...], value: Data) -> Fault:
    expected, hint = _KINDS[code]
    if value is None:
        code, hint = "missing-value", _WRITE_IT
    elif code == "not-text" and not isinstance(value, list | dict):
        hint = f"put it in quotes: '{_shown(value)}'"
    return Fault(path, code, _expected(expected, _shown(value)), hint, expected=expected, given=_shown(value))


def _not_one_of(words: tuple[str, ...], path: tuple[Step, ...], value: Data) -> Fault:
    few = 0 < len(words) <= 3
    expected = _either(tuple(f"'{word}'" for word in words)) if few else "one of the words that are known here"
    if value is None and few:
        return Fault(
            path, "missing-value", _expected(expected, "nothing"), _WRITE_IT, expected=expected, given="nothing"
        )
    hint = _nearest(value if isinstance(value, str) else "", words)
    if few and hint and not hint.startswith("did you mean"):
        hint = None  # the message already names them
    return Fault(path, "not-one-of", _expected(expected, _shown(value)), hint, expected=expected, given=_shown(value))


def _expected(expected: str, given: str) -> str:
    return f"expected {expected}, but {given} stands here"


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    if hint := did_you_mean(word[:60], known):
        return hint
    return "known here: " + ", ".join(sorted(known)) if 0 < len(known) <= _MOST_WORDS else None


def _shown(value: Data) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case int():
            return str(value)
        case list():
            return "a list"
        case dict():
            return "a mapping"

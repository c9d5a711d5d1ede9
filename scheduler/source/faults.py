"""What pydantic says is wrong, in plain words: what was expected, what stands there, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from scheduler.findings import nearest_known
from scheduler.said import COMMAS, ONE_OF, Code, Quoted, Said, Value, filled, listed, said, said_as
from scheduler.source.allowed import Allowed, Spot
from scheduler.source.node import Data, Node, Step
from scheduler.source.quoting import quoted

_KEY = "[key]"
_MOST_WORDS = 80
_WRITE_IT = said("write it, or remove the key")
_NOTHING = said_as("what stands there", "nothing")

# code: what was expected, and how it is written
_KINDS: dict[str, tuple[Said, Said]] = {
    "not-text": (
        said_as("what was expected", "text"),
        said("write it as one text, in quotes where it has brackets or a colon"),
    ),
    "not-a-whole-number": (said_as("what was expected", "a whole number"), said("write digits only, such as 21")),
    "not-a-number": (said_as("what was expected", "a number"), said("write digits only, such as 80 or 2.5")),
    "not-true-or-false": (said_as("what was expected", "true or false"), said("write true or false")),
    "not-a-date": (said_as("what was expected", "a date"), said("write it as YYYY-MM-DD, such as 2026-03-02")),
    "not-a-time": (
        said_as("what was expected", "a time of day"),
        said("write it as HH:MM in quotes, such as '08:30'"),
    ),
    "not-a-list": (
        said_as("what was expected", "a list"),
        said("write [a, b], or each item on its own line after '- '"),
    ),
    "not-a-mapping": (
        said_as("what was expected", "keys with values"),
        said("write 'key: value', each on its own line"),
    ),
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
_RULES: dict[str, tuple[str, Said, Said | None]] = {
    "greater_than": ("out-of-range", said("{shown} is too small"), said("it must be more than {gt}")),
    "greater_than_equal": ("out-of-range", said("{shown} is too small"), said("it must be at least {ge}")),
    "less_than": ("out-of-range", said("{shown} is too large"), said("it must be less than {lt}")),
    "less_than_equal": ("out-of-range", said("{shown} is too large"), said("it must be at most {le}")),
    "multiple_of": ("out-of-range", said("{shown} does not fit"), said("it must be a multiple of {multiple_of}")),
    "decimal_max_digits": (
        "out-of-range",
        said("{shown} has too many digits"),
        said_as("how much may be written", "write at most {max_digits}"),
    ),
    "decimal_max_places": (
        "out-of-range",
        said("{shown} has too many decimals"),
        said_as("how much may be written", "write at most {decimal_places}"),
    ),
    "decimal_whole_digits": (
        "out-of-range",
        said("{shown} is too large"),
        said("write at most {whole_digits} digits before the point"),
    ),
    "too_short": ("too-short", said("too few are written here: {actual_length}"), said("write at least {min_length}")),
    "too_long": ("too-long", said("too many are written here"), said("write at most {max_length}")),
    "string_too_short": ("too-short", said("{shown} is too short"), said("write {min_length} or more characters")),
    "string_too_long": ("too-long", said("{shown} is too long"), said("write at most {max_length} characters")),
    "string_pattern_mismatch": (
        "wrong-form",
        said("{shown} is not written in the form that is needed here"),
        None,
    ),
}
_WITH_WORDS_OF_ITS_OWN = ("value_error", "assertion_error")


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
    expected: Said | None = None
    given: Value = _NOTHING
    alternative: tuple[tuple[Step, ...], str] | None = None
    lacks: Step | None = None
    said: Said | None = None
    said_hint: Said | None = None

    @classmethod
    def of(cls, path: tuple[Step, ...], code: str, message: Said, hint: Said | str | None = None) -> Fault:
        """A fault that is told in the reader's language. A hint that is a text is the model's own description of the place."""
        told = hint if isinstance(hint, Said) else None
        return cls(path, code, str(message), None if hint is None else str(hint), said=message, said_hint=told)

    def with_hint(self, hint: Said | str | None) -> Fault:
        """The same with another hint."""
        told = hint if isinstance(hint, Said) else None
        return replace(self, hint=None if hint is None else str(hint), said_hint=told)

    @property
    def what_to_do(self) -> Said | str | None:
        """The hint, in the reader's language where it can be said in it."""
        return self.said_hint or self.hint


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
            fault = fault.with_hint(names) if names and fault.code == "wrong-form" else fault
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
    hints = tuple(dict.fromkeys(fault.what_to_do for fault in faults if fault.what_to_do))
    near = next((hint for hint in hints if str(hint).startswith("did you mean")), None)
    code = first.code if first.code == "missing-value" else "wrong-kind"
    any_of = hints[0] if len(hints) == 1 else "; or ".join(map(str, hints)) or None
    message = _expected(expected, first.given)
    return replace(first, code=code, message=str(message), said=message).with_hint(near or any_of)


def _missing(key: Step, spot: Spot, allowed: Allowed) -> Fault:
    if isinstance(key, int):
        message = said("the list is too short: item {number} is missing", number=key + 1)
        return replace(Fault.of(spot.path, "too-short", message, allowed.purpose(spot)), at_key=True, lacks=key)
    hint = allowed.purpose_of_key(spot, key) or said("write '{key}: ...' here", key=Quoted(key, "en"))
    return replace(_lacking(spot, key, hint), lacks=key)


def _lacking(spot: Spot, key: str, hint: Said | str | None) -> Fault:
    message = said("the key {key} is missing", key=Quoted(quoted(key), "en"))
    return replace(Fault.of(spot.path, "missing-key", message, hint), at_key=True, lacks=key)


def _unknown(key: str, spot: Spot, allowed: Allowed) -> Fault:
    message = said("the key {key} is not known here", key=Quoted(quoted(key), "en"))
    hint = _nearest(key, allowed.keys(spot))
    return replace(Fault.of((*spot.path, key), "unknown-key", message, hint), at_key=True)


def _wrong_tag(key: str, spot: Spot, node: Node, allowed: Allowed) -> Fault:
    if key.endswith("()"):
        # A shape is told by a function, and none of those that are allowed has this one.
        value = node.at(*spot.path).value
        message = said("{shown} does not belong here", shown=_shown(value))
        return Fault.of(spot.path, "wrong-kind", message, allowed.purpose(spot))
    tags = allowed.tags(spot)
    named = node.at(*spot.path).children.get(key)
    if named is None:
        return _lacking(spot, key, _nearest("", tags))
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
        words: dict[str, Value] = {"shown": _shown(value)} | {name: Code(f"{each}") for name, each in given.items()}
        way = _with(hint, words) if hint is not None else allowed.purpose(spot)
        return replace(Fault.of(spot.path, code, _with(message, words), way), at_key=whole)
    if kind in _WITH_WORDS_OF_ITS_OWN:
        return Fault(spot.path, "wrong-value", f"{given['error']}", allowed.purpose(spot), at_key=whole)
    if kind in _KINDS and not isinstance(value, str):
        return _another_kind(kind, spot.path, value)
    if kind in _PYDANTICS_OWN:
        message = said("{shown} is not allowed here", shown=_shown(value))
        return replace(Fault.of(spot.path, "wrong-value", message, allowed.purpose(spot)), at_key=whole)
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


def _with(message: Said, words: dict[str, Value]) -> Said:
    """The message with those of the values that it names."""
    return filled(message, **{name: each for name, each in words.items() if f"{{{name}}}" in message.sentence})


def _another_kind(code: str, path: tuple[Step, ...], value: Data) -> Fault:
    expected, hint = _KINDS[code]
    if value is None:
        code, hint = "missing-value", _WRITE_IT
    elif code == "not-text" and not isinstance(value, list | dict):
        hint = said("put it in quotes: '{shown}'", shown=_shown(value))
    return _of_another_kind(path, code, expected, _shown(value), hint)


def _not_one_of(words: tuple[str, ...], path: tuple[Step, ...], value: Data) -> Fault:
    few = 0 < len(words) <= 3
    expected = (
        _either(tuple(Quoted(f"'{word}'", "en") for word in words))
        if few
        else said_as("what was expected", "one of the words that are known here")
    )
    if value is None and few:
        return _of_another_kind(path, "missing-value", expected, _NOTHING, _WRITE_IT)
    hint = _nearest(value if isinstance(value, str) else "", words)
    if few and hint and not str(hint).startswith("did you mean"):
        hint = None  # the message already names them
    return _of_another_kind(path, "not-one-of", expected, _shown(value), hint)


def _of_another_kind(path: tuple[Step, ...], code: str, expected: Said, given: Value, hint: Said | None) -> Fault:
    return replace(Fault.of(path, code, _expected(expected, given), hint), expected=expected, given=given)


def _expected(expected: Said, given: Value) -> Said:
    return said("expected {expected}, but {given} stands here", expected=expected, given=given)


def _either(words: tuple[Value, ...]) -> Said:
    return said_as("what was expected", "{one_of}", one_of=listed(*words, how=ONE_OF))


def _nearest(word: str, known: tuple[str, ...]) -> Said | None:
    if hint := nearest_known(word[:60], known):
        return hint
    if 0 < len(known) <= _MOST_WORDS:
        return said("known here: {names}", names=listed(*map(Code, sorted(known)), how=COMMAS))
    return None


def _shown(value: object) -> Value:
    match value:
        case None:
            return _NOTHING
        case bool():
            return Code("true" if value else "false")
        case str():
            return Code(quoted(value))
        case int():
            return Code(str(value))
        case list():
            return said_as("what stands there", "a list")
        case dict():
            return said_as("what stands there", "a mapping")
        case _:
            return Code(str(value))

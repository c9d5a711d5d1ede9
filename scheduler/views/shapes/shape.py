"""Values whose fields are the keys of the public JSON, in its order; the API's document is made from them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeAlias, TypeVar

CivilDate: TypeAlias = date
"""A day at the site; a field may be called "date" itself."""

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

S = TypeVar("S", bound="Shape")


def key_of(field: str) -> str:
    """The key of a field: its own name, but for ``from_``, which Python cannot write."""
    return field.rstrip("_")


@dataclass(frozen=True, slots=True)
class Shape:
    """Keys and values of an answer, no more than these. The text below a field is its description.

    A field that has a default is left out where it has it; every other key is always there, and null where nothing is known.
    """

    # Read by those who describe it; nothing here needs pydantic.
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
        "alias_generator": key_of,
    }

    @classmethod
    def taken_from(cls: type[S], value: object, **said: object) -> S:
        """What a value has under the same names, with what is said about the others."""
        made: Callable[..., S] = cls
        return made(**{each: getattr(value, each) for each, _, _ in cls._keys() if each not in said}, **said)

    def as_keys(self) -> dict[str, Json]:
        """The public JSON: dates as YYYY-MM-DD, exact numbers as text."""
        told = {}
        for name, key, default in self._keys():
            value = getattr(self, name)
            if value is not default:
                told[key] = in_keys(value)
        return told

    @classmethod
    def _keys(cls) -> tuple[tuple[str, str, object], ...]:
        return _keys_of(cls)  # type: ignore[arg-type]  # mypy asks the values of a class, not the class, for a hash


@cache
def _keys_of(shape: type[Shape]) -> tuple[tuple[str, str, object], ...]:
    """The name of each field, its key and its default."""
    return tuple((each.name, key_of(each.name), each.default) for each in fields(shape))


def in_keys(value: object) -> Json:
    """A value as JSON has it."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Shape):
        return value.as_keys()
    if isinstance(value, tuple | list):
        return [in_keys(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): in_keys(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no form in JSON")

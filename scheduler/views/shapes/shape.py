"""Values whose fields are the keys of the public JSON, in its order; the API's document is made from them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar

from scheduler.said import Code, Listed, Name, Quoted, Said

CivilDate: TypeAlias = date
"""A day at the site; a field may be called "date" itself."""


class _EnglishText:
    """Says to pydantic, which reads it where it describes a field, that JSON has the English words of what is said."""

    @staticmethod
    def __get_pydantic_core_schema__(said: object, of_type: Callable[[type], object]) -> object:
        return of_type(str)


Told: TypeAlias = Annotated[Said | Listed | Quoted | Code, _EnglishText]
"""What is said to people: JSON and lists of data have it in English, pages and papers in the reader's language."""

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

S = TypeVar("S", bound="Shape")

Read: TypeAlias = Callable[[object], tuple[Any, ...]]


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
        names, read = _to_take(cls, frozenset(said))  # type: ignore[arg-type]
        made = object.__new__(cls)
        # Every field is there: to have the frozen class set each of them takes four times as long.
        vars(made).update(zip(names, read(value), strict=True), **said)
        return made

    def as_keys(self) -> dict[str, Json]:
        """The public JSON: dates as YYYY-MM-DD, exact numbers as text."""
        return {key: in_keys(value) for key, value in self.told().items()}

    def told(self) -> dict[str, object]:
        """Its keys and their values, which may be shapes themselves."""
        keys, read, left_out = _to_tell(type(self))  # type: ignore[arg-type]
        told = dict(zip(keys, read(self), strict=True))
        for key, default in left_out:
            if told[key] is default:
                del told[key]
        return told


# Each is worked out once a class, for a calendar has hundreds of entries. (mypy thinks that a class has no hash.)


@cache
def _to_take(shape: type[Shape], said: frozenset[str]) -> tuple[tuple[str, ...], Read]:
    """The names of the fields of which nothing is said, and how to read them from another value."""
    known = [each.name for each in fields(shape)]
    if not said.issubset(known):
        raise TypeError(f"{shape.__name__} has no {', '.join(sorted(said.difference(known)))}")
    names = tuple(name for name in known if name not in said)
    return names, _reader(names)


@cache
def _to_tell(shape: type[Shape]) -> tuple[tuple[str, ...], Read, tuple[tuple[str, object], ...]]:
    """The keys of all fields, how to read them, and which are left out with which value."""
    known = fields(shape)
    left_out = tuple((key_of(each.name), each.default) for each in known if each.default is not MISSING)
    names = tuple(each.name for each in known)
    return tuple(map(key_of, names)), _reader(names), left_out


def _reader(names: tuple[str, ...]) -> Read:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, each) for each in names)


def in_keys(value: object) -> Json:
    """A value as JSON has it, all the way down."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return [in_keys(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): in_keys(each) for key, each in value.items()}
    return in_keys(for_json(value))


def for_json(value: object) -> object:
    """What JSON writes for a value that it does not know: the ``default`` of ``json.dumps``. Raises TypeError for any other."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Shape):
        return value.told()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Said | Listed | Quoted | Code | Name):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")

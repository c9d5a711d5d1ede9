"""What every model of people's text has in common: nothing is guessed, converted in silence, or changed afterwards.

Protocols, sites, case files and events are models that inherit from `Written`. In them a date is an `IsoDate` and an amount
is a `Number`, because a plain ``date`` takes more spellings than one and a plain ``float`` does not keep 2.50 as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from scheduler.said import Code, Said, said
from scheduler.source.ambiguous import date_readings, number_readings, which

if TYPE_CHECKING:
    import ast
    from types import ModuleType

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")

_LENGTH = re.compile(r"([1-9][0-9]{0,3}) (minutes?|hours?)")

_YEARS = range(1900, 2200)

LONGEST_VISIT = 24 * 60
"""Minutes of the longest visit."""

_HOW_TO_WRITE_A_DATE = said("write it as YYYY-MM-DD, such as 2026-03-02")
_HOW_TO_WRITE_LENGTHS = "write '90 minutes' or '2 hours'"
_HOW_TO_WRITE_A_NUMBER = said("write digits only, such as 80 or 2.5")


class Written(BaseModel):
    """Something that a person or a program wrote: only the keys that are asked for, each of the kind that is asked for.

    A key whose name in the text has spaces is given as alias, ``if_closed: str = Field(alias="if closed")``; Python code
    may use either name. The text below an attribute describes it, and editors show it.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        validate_by_alias=True,
        validate_by_name=True,
        defer_build=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What may be written, each attribute with the text below it."""
        # pydantic reads all texts when a class is made, which is an eighth of what `scheduler show` takes.
        told = handler(schema)
        properties = handler.resolve_ref_schema(told).get("properties", {})
        for name, text in texts_of(cls).items():
            known = cls.model_fields.get(name)
            if known is not None and known.description is None:
                properties[known.alias or name]["description"] = text
        return told


@cache
def texts_of(model: type[Written]) -> Mapping[str, str]:
    """The text below each attribute of a model, its own or that of the model it inherits from."""
    import inspect

    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Written) and (module := inspect.getmodule(each)) is not None:
            found |= _texts_in(module).get(each.__name__, {})
    return found


@cache
def _texts_in(module: ModuleType) -> Mapping[str, Mapping[str, str]]:
    """The texts below attributes in the source of a module, by class."""
    import ast
    import inspect

    classes = (node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.ClassDef))
    return {each.name: dict(_below_attributes(each)) for each in classes}


def _below_attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    import ast
    import inspect
    from itertools import pairwise

    for attribute, below in pairwise(node.body):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


def fault(code: str, message: str | Said, *, hint: str | Said | None = None, offset: int = 0) -> PydanticCustomError:
    """What a validator raises when it knows better than pydantic what is wrong and what to do.

    What is typed into forms too is a message, told in the reader's language. ``offset`` counts the characters from the start
    of the text to the fault. `scheduler.source.validate` makes the finding.
    """
    context = {"message": str(message), "hint": None if hint is None else str(hint), "offset": offset}
    told = {
        "said": message if isinstance(message, Said) else None,
        "said_hint": hint if isinstance(hint, Said) else None,
    }
    return PydanticCustomError(code, "{message}", context | told)


def _how(readings: tuple[str, ...], how: Said) -> str | Said:
    """A hint with all that may be meant; how to write it where nothing like it is known."""
    if len(readings) == 1:
        return said("write {reading}", reading=Code(readings[0]))
    return f"write {which(readings)}" if readings else how


def _iso_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise fault("not-a-date", said("expected a date"), hint=_HOW_TO_WRITE_A_DATE)
    if not _DATE.fullmatch(value):
        what = said("{text} is not a date", text=Code(repr(value[:60])))
        raise fault("not-a-date", what, hint=_how(date_readings(value), _HOW_TO_WRITE_A_DATE))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        what = said("there is no day {text} in the calendar", text=Code(value))
        raise fault("not-a-date", what, hint=_HOW_TO_WRITE_A_DATE) from None
    if day.year not in _YEARS:
        # A slip of one digit would move a calendar by centuries, and past the last day that can be computed.
        what = said("the year {year} cannot be meant", year=Code(f"{day.year:04d}"))
        raise fault("not-a-year", what, hint=said("years go from 1900 to 2199"))
    return day


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, (str, int)) and not isinstance(value, bool) and _NUMBER.fullmatch(str(value)):
        return Decimal(value)
    told = said("{text} is not a number", text=Code(repr(value[:60]))) if isinstance(value, str) else None
    readings = number_readings(value) if isinstance(value, str) else ()
    raise fault("not-a-number", told or said("expected a number"), hint=_how(readings, _HOW_TO_WRITE_A_NUMBER))


def _length(text: object) -> int:
    found = _LENGTH.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        raise fault("not-a-length", "expected how long it lasts", hint=_HOW_TO_WRITE_LENGTHS)
    minutes = int(found[1]) * (60 if found[2].startswith("hour") else 1)
    if minutes > LONGEST_VISIT:
        raise fault("length-too-long", f"'{found[0]}' is longer than a day", hint=_HOW_TO_WRITE_LENGTHS)
    return minutes


IsoDate = Annotated[date, BeforeValidator(_iso_date)]
"""A civil date: the text YYYY-MM-DD, and no other spelling of it."""

Number = Annotated[Decimal, BeforeValidator(_number)]
"""An exact number: 80 or 2.50, at most 12 digits before the point and 6 after it; never a float, never true or false."""

Length = Annotated[int, BeforeValidator(_length), WithJsonSchema({"type": "string", "examples": ["90 minutes"]})]
"""How long a visit or an activity lasts, in minutes: "90 minutes", "2 hours"."""

KINDS_OF_VISIT = ("oral", "infusion", "injection", "fraction", "scan", "visit", "contact", "laboratory")
"""The kinds of visits that a length can be said of, as calendars call them."""

"""How a protocol names things: one word, or a number under "when"; what a period collects; what SDTM calls a visit."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from scheduler.protocol.plan.times.moments import DATE_OF_BIRTH
from scheduler.protocol.sentences.times.moment import NAMED_DATES
from scheduler.written import Number, Written

_NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
_OCCURRENCE = r"^([0-9]{1,4}|[0-9]{1,4}-[0-9]{1,4}|then|last)$"


_PLANNED = tuple(name for name in NAMED_DATES if name != DATE_OF_BIRTH)
"""The dates that a study may plan: nobody plans a birth, and a calendar would say its day."""

Name: TypeAlias = Annotated[
    str, Field(pattern=_NAME, description="a name is one word: letters, digits, - and _, at most 40, a letter first")
]
DateName: TypeAlias = Annotated[
    str,
    Field(
        pattern=rf"^([A-Za-z][A-Za-z0-9_-]{{0,39}}|{'|'.join(_PLANNED)})$",
        description=f"a date is one word, such as leukapheresis, or one of: {', '.join(_PLANNED)}",
    ),
]
OccurrenceKey: TypeAlias = Annotated[
    str, Field(pattern=_OCCURRENCE, description="a number, a range such as 2-6, 'then' for all after them, or 'last'")
]
Line: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
Collected: TypeAlias = Literal["adverse events", "overall survival", "progression-free survival", "tumour response"]


class TrialVisitText(Written):
    """What a visit is called in the study's SDTM."""

    number: Number = Field(alias="VISITNUM", ge=0)
    """Its number, such as 4 or 8.1: it orders the visits."""
    title: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(default=None, alias="VISIT")
    """Its name; its title where this is left out."""
    day: int | None = Field(default=None, alias="VISITDY")
    """The sponsor's label of its day. Nothing is planned by it; where this is left out there is no label."""

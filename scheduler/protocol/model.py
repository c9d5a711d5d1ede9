"""The protocol as people write it: the keys, and what each of them may hold.

Timings, doses and limits are sentences; they are read here, so that a wrong sentence and a wrong key are found in one pass.
Which names a sentence may use depends on the whole document: that is for `scheduler.protocol.names` and `compile`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, InstanceOf, Tag, WithJsonSchema

from scheduler.protocol.clause import Clause
from scheduler.protocol.giving_phrases import (
    GIVE_EXAMPLE,
    LEVELS_EXAMPLE,
    PRODUCT_EXAMPLE,
    GivePhrase,
    read_give,
    read_ladder,
    read_pack,
    read_product,
)
from scheduler.protocol.moment_phrases import MOMENT_EXAMPLE, NAMED_DATES
from scheduler.protocol.place_phrases import (
    ACTIVITY_EXAMPLE,
    OPEN_EXAMPLE,
    SPAN_EXAMPLE,
    ActivityPlace,
    OpenPhrase,
    read_activity_place,
    read_open,
    read_single_edge,
    read_span,
)
from scheduler.protocol.plan import Ladder, Product, Timing
from scheduler.protocol.rule_model import DecisionTableText
from scheduler.protocol.timing_phrases import (
    TIMING_EXAMPLE,
    UNTIL_EXAMPLE,
    LimitPhrase,
    ReferencePhrase,
    TimingPhrase,
    read_bound,
    read_limit,
    read_reference,
    read_timing,
)
from scheduler.written import Written, fault

_NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
_OCCURRENCE = r"^([0-9]{1,4}|[0-9]{1,4}-[0-9]{1,4}|then|last)$"


def _sentence(read: Callable[[str], object], example: str) -> Any:
    """A field that holds a sentence: text in the file, its sense in the model."""

    def reading(value: object) -> object:
        if not isinstance(value, str):
            raise fault("phrase", "expected a sentence", hint=f"write it like: {example}")
        return read(value)

    return BeforeValidator(reading)


def _schema(example: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, "examples": example.split(" | ")})


TimingText: TypeAlias = Annotated[
    InstanceOf[TimingPhrase],
    _sentence(read_timing, TIMING_EXAMPLE),
    _schema(
        TIMING_EXAMPLE, "When: an offset from a moment, the window around it, what it waits for, what it rests on."
    ),
]
BoundText: TypeAlias = Annotated[
    InstanceOf[Timing],
    _sentence(read_bound, "90 days after the last toripalimab dose, not before 30 days after the last dose"),
    _schema(MOMENT_EXAMPLE, "Where a period begins or ends: a moment, or a span after one."),
]
LimitText: TypeAlias = Annotated[
    InstanceOf[LimitPhrase],
    _sentence(read_limit, UNTIL_EXAMPLE),
    _schema(UNTIL_EXAMPLE, "Where a timeline ends: a number of doses, a moment, or before a moment."),
]
EdgeText: TypeAlias = Annotated[
    tuple[Any, Any],
    _sentence(read_single_edge, "Study Day 35"),
    _schema("Study Day 35", "A moment, or a span after one."),
]
SpanText: TypeAlias = Annotated[
    tuple[Any, Clause], _sentence(read_span, SPAN_EXAMPLE), _schema(SPAN_EXAMPLE, "A length of time.")
]
OpenText: TypeAlias = Annotated[
    InstanceOf[OpenPhrase],
    _sentence(read_open, OPEN_EXAMPLE),
    _schema(OPEN_EXAMPLE, "Whose open days count; with days, all of them must be open."),
]
GiveLine: TypeAlias = Annotated[
    InstanceOf[GivePhrase],
    _sentence(read_give, GIVE_EXAMPLE),
    _schema(GIVE_EXAMPLE, "What is given: amount, how often, route, days, cycles."),
]
LevelsText: TypeAlias = Annotated[
    InstanceOf[Ladder],
    _sentence(read_ladder, LEVELS_EXAMPLE),
    _schema(LEVELS_EXAMPLE, "The dose levels, from level 0 down."),
]
ActivityText: TypeAlias = Annotated[
    InstanceOf[ActivityPlace],
    _sentence(read_activity_place, ACTIVITY_EXAMPLE),
    _schema(ACTIVITY_EXAMPLE, "Which visits an activity belongs to."),
]
ReferenceText: TypeAlias = Annotated[
    InstanceOf[ReferencePhrase],
    _sentence(read_reference, "first dose is Day 1"),
    _schema("first dose is Day 1", "Which date study days count from, and whether it is Day 1 or Day 0."),
]
UnitText: TypeAlias = Annotated[
    InstanceOf[Product],
    _sentence(read_product, PRODUCT_EXAMPLE),
    _schema(PRODUCT_EXAMPLE, "What one unit holds and is."),
]
PackText: TypeAlias = Annotated[
    tuple[str, int],
    _sentence(read_pack, "bottle of 28"),
    _schema("bottle of 28", "A pack, and how many units it holds."),
]
Name: TypeAlias = Annotated[
    str, Field(pattern=_NAME, description="a name is one word: letters, digits, - and _, at most 40, a letter first")
]
DateName: TypeAlias = Annotated[
    str,
    Field(
        pattern=rf"^([A-Za-z][A-Za-z0-9_-]{{0,39}}|{'|'.join(NAMED_DATES)})$",
        description=f"a date is one word, such as leukapheresis, or one of: {', '.join(NAMED_DATES)}",
    ),
]
OccurrenceKey: TypeAlias = Annotated[
    str, Field(pattern=_OCCURRENCE, description="a number, a range such as 2-6, 'then' for all after them, or 'last'")
]
Line: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]


def _shape_of_when(value: object) -> str:
    if isinstance(value, list):
        return "pieces"
    if isinstance(value, dict):
        numbered = any(key in ("then", "last") or key[:1].isdigit() for key in value)
        return "by number" if numbered or not value else "by arm"
    return "one"


When: TypeAlias = Annotated[
    Annotated[TimingText, Tag("one")]
    | Annotated[dict[OccurrenceKey, TimingText], Tag("by number")]
    | Annotated[dict[Name, TimingText], Tag("by arm")]
    | Annotated[Annotated[list[TimingText], Field(min_length=1)], Tag("pieces")],
    Discriminator(_shape_of_when),
]


def _shape(value: object) -> str:
    return "several" if isinstance(value, list) else "by name" if isinstance(value, dict) else "one"


_Lines: TypeAlias = Annotated[
    Annotated[GiveLine, Tag("one")] | Annotated[Annotated[list[GiveLine], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
_Named: TypeAlias = Annotated[
    Annotated[GiveLine, Tag("one")]
    | Annotated[Annotated[list[GiveLine], Field(min_length=1)], Tag("several")]
    | Annotated[dict[Name, _Lines], Tag("by name")],
    Discriminator(_shape),
]
Gives: TypeAlias = Annotated[
    Annotated[GiveLine, Tag("one")]
    | Annotated[Annotated[list[GiveLine], Field(min_length=1)], Tag("several")]
    | Annotated[dict[Name, _Named], Tag("by name")],
    Discriminator(_shape),
]
Until: TypeAlias = Annotated[
    Annotated[LimitText, Tag("one")] | Annotated[Annotated[list[LimitText], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
Levels: TypeAlias = Annotated[
    Annotated[LevelsText, Tag("one")] | Annotated[dict[Name, LevelsText], Tag("by name")], Discriminator(_shape)
]
Bound: TypeAlias = Annotated[
    Annotated[BoundText, Tag("one")] | Annotated[dict[Name, BoundText], Tag("by name")], Discriminator(_shape)
]
IfClosedWord: TypeAlias = Literal["later", "nearest", "earlier"]


class TreatmentText(Written):
    """One treatment: a clock of its own, and what it gives."""

    title: Line | None = None
    """How it is called in full."""
    arms: list[Name] | None = None
    """The arms that get it; all of them where this is left out."""
    when: When
    """When: one sentence, a table by number, or a sentence for each arm."""
    until: Until | None = None
    """Where it ends; of several, whichever comes first."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest (a tie goes later), or the last earlier one."""
    together_with: Name | None = Field(default=None, alias="together with")
    """Given only on a day of that treatment."""
    give: Gives | None = None
    """What is given; by drug, by course, or by arm where they differ."""
    levels: Levels | None = None
    """The dose levels, from level 0 down."""
    held_days: Literal["lost", "made up"] = Field(default="lost", alias="held days")
    """What becomes of dosing days inside a hold."""
    not_done: Literal["lost", "moves to the next open day"] = Field(default="lost", alias="not done")
    """What becomes of a dose or fraction that was not given."""
    hold_at_most: SpanText | None = Field(default=None, alias="hold at most")
    """The longest hold that the protocol allows."""
    gap_at_most: SpanText | None = Field(default=None, alias="gap at most")
    """The longest time between two doses that the protocol allows."""
    start_by: EdgeText | None = Field(default=None, alias="start by")
    """The last day to start on."""
    finish_within: SpanText | None = Field(default=None, alias="finish within")
    """The longest time from the first to the last, both included."""


class VisitText(Written):
    """One visit, scan, contact or laboratory test, single or repeated."""

    title: Line | None = None
    """How it is called in full."""
    kind: Literal["visit", "scan", "contact", "laboratory"] | None = None
    """What sort it is; a scan where imaging must be open, else a visit."""
    arms: list[Name] | None = None
    """The arms that have it; all of them where this is left out."""
    when: When
    """When: one sentence, a table by number, grids one after another, or a sentence for each arm."""
    until: Until | None = None
    """Where it ends; of several, whichever comes first."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest (a tie goes later), or the last earlier one."""
    unless: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]* inside the window$")] | None = None
    """Not needed when that visit is inside the window: "imaging inside the window"."""
    only_for: Name | None = Field(default=None, alias="only for")
    """Only while the patient belongs to this group."""


def _shape_of_visit(value: object) -> str:
    if not isinstance(value, dict):
        return "one"
    keys = {"when", *(field.alias or name for name, field in VisitText.model_fields.items())}
    return "in full" if keys & set(value) or not value else "by arm"


AnyVisit: TypeAlias = Annotated[
    Annotated[TimingText, Tag("one")]
    | Annotated[VisitText, Tag("in full")]
    | Annotated[dict[Name, TimingText], Tag("by arm")],
    Discriminator(_shape_of_visit),
]
AnyVisitText: TypeAlias = TimingPhrase | VisitText | dict[str, TimingPhrase]
"""A visit as it was read: only its timing, in full, or a timing for each arm."""


class DateText(Written):
    """A date that is planned before it is recorded."""

    when: TimingText
    open: OpenText = OpenPhrase("clinic", (1,))
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")


AnyDate: TypeAlias = Annotated[
    Annotated[Literal["recorded"], Tag("one")] | Annotated[DateText, Tag("by name")], Discriminator(_shape)
]


class PeriodText(Written):
    """A stretch of time that the study counts in."""

    title: Line | None = None
    start: BoundText = Field(alias="from")
    end: Bound = Field(alias="to")


class ProductText(Written):
    """What the pharmacy hands out."""

    unit: UnitText
    """One unit: "40 mg tablet"."""
    pack: PackText | None = None
    """A pack, handed out whole: "bottle of 28"."""
    opened_lasts: SpanText | None = Field(default=None, alias="opened lasts")
    """How long an opened pack may be used."""


class AssumptionText(Written):
    """What the sources leave open, and how this study reads it."""

    question: Line
    reading: Line
    alternatives: Line
    because: Line


class ProtocolText(Written):
    """One version of a study's protocol, whole."""

    study: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$")]
    """The study's short name."""
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,19}$")]
    """The version of the protocol, in quotes: "1.0"."""
    title: Line
    """The study's title."""
    sources: dict[Name, Line] = Field(default={})
    """Where the numbers come from: sentences cite these names."""
    arms: Annotated[dict[Name, Line], Field(min_length=1)]
    """The arms and what each of them gets."""
    groups: dict[Name, Line] = Field(default={})
    """Groups that patients join and leave during the study."""
    study_days: ReferenceText = Field(alias="study days")
    """Which date study days count from."""
    horizon: EdgeText | None = None
    """How far an open-ended calendar is written out."""
    dates: dict[DateName, AnyDate] = Field(default={})
    """Dates that the study names, and where a date comes from until it is recorded."""
    treatments: Annotated[dict[Name, TreatmentText], Field(min_length=1)]
    visits: dict[Name, AnyVisit] = Field(default={})
    periods: dict[Name, PeriodText] = Field(default={})
    activities: dict[Line, list[ActivityText]] = Field(default={})
    """What is done, and at which visits."""
    products: dict[Name, ProductText] = Field(default={})
    attributes: dict[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9 _-]{0,59}$")], Line] = Field(default={})
    """What rules ask about a patient, to be recorded as an attribute; not so until it is recorded."""
    rules: dict[Name, DecisionTableText] = Field(default={})
    """When the protocol calls for a dose to be held, reduced or ended."""
    assumptions: dict[Name, AssumptionText] = Field(default={})

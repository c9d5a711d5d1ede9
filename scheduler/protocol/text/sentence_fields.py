"""The fields of a protocol that hold sentences: which reader reads each of them, and what editors say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag, ValidationInfo
from pydantic_core import core_schema

from scheduler.dates import Span
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import Ladder
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.limits import DoseRestart, GoesOn, LongHold, MadeUp
from scheduler.protocol.plan.only_if import OnlyIf
from scheduler.protocol.plan.rules import Equivalents
from scheduler.protocol.plan.times.moments import Edge
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.sentences.dosing.equivalents import EQUIVALENTS_EXAMPLE, read_equivalents
from scheduler.protocol.sentences.dosing.giving import (
    GIVE_EXAMPLE,
    GivePhrase,
    read_give,
)
from scheduler.protocol.sentences.dosing.levels import LEVELS_EXAMPLE, read_ladder
from scheduler.protocol.sentences.dosing.made_up import MADE_UP_EXAMPLE, read_made_up
from scheduler.protocol.sentences.dosing.products import (
    PACK_EXAMPLE,
    PRODUCT_EXAMPLE,
    PRODUCTS_EXAMPLE,
    PackPhrase,
    read_pack,
    read_product,
    read_products,
)
from scheduler.protocol.sentences.rules.goes_on import GOES_ON_EXAMPLE, read_goes_on
from scheduler.protocol.sentences.rules.only_if import ONLY_IF_EXAMPLE, read_only_if
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.consents import (
    BEFORE_CONSENT_EXAMPLE,
    SCREENED_AGAIN_EXAMPLE,
    read_before_consent,
    read_screened_again,
)
from scheduler.protocol.sentences.times.place import (
    ACTIVITY_EXAMPLE,
    INTERVAL_EXAMPLE,
    LONG_HOLD_EXAMPLE,
    OPEN_EXAMPLE,
    RESTART_EXAMPLE,
    SPAN_EXAMPLE,
    ActivityPlace,
    IntervalPhrase,
    OpenPhrase,
    read_activity_place,
    read_interval,
    read_long_hold,
    read_open,
    read_restart,
    read_single_edge,
    read_span,
)
from scheduler.protocol.sentences.times.prompts import PROMPTS_EXAMPLE, read_prompts
from scheduler.protocol.sentences.times.sheet import SHEET_EXAMPLE, SheetPhrase, read_sheet
from scheduler.protocol.sentences.times.timing import (
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
from scheduler.protocol.text.mending import read_or_mend
from scheduler.protocol.text.named import Name
from scheduler.source.ambiguous import without_zeros
from scheduler.written import fault


@dataclass(frozen=True, slots=True)
class Sentence:
    """A field that holds a sentence: text in the file, its sense in the model.

    The reader knows what is allowed, so pydantic need not look into what it gives. ``in_place`` is what to do where something
    else than text stands there.
    """

    read: Callable[[str], object]
    example: str
    description: str
    habits: Habits = Habits.TIMINGS
    in_place: str = ""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._reading)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "description": self.description, "examples": self.example.split(" | ")}

    def _reading(self, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            more = ""
            if isinstance(value, int):
                more = "; in a list in [ ], a sentence with a comma goes in quotes"
            elif isinstance(value, list | dict) and self.habits is Habits.TIMINGS:
                kind = "list" if isinstance(value, list) else "table"
                more = f"; a {kind} for one arm is a treatment or visit of its own, with 'arms'"
            raise fault("phrase", "expected a sentence", hint=self.in_place or f"write it like: {self.example}{more}")
        found = read_or_mend(self.read, value, self.habits, info.context or ())
        # It is quoted beside doses, where 1.0 mg is read as 10 mg (ISMP). Its places are those of the text as written.
        quoted = without_zeros(value) if self.habits in _OF_DOSES else value
        return found if quoted == value else self.read(quoted)


_OF_DOSES = (Habits.DOSES, Habits.LEVELS, Habits.PRODUCTS, Habits.CALCULATIONS, Habits.BANDS)

_BOUND_EXAMPLE = "90 days after the last toripalimab dose, not before 30 days after the last dose"

TimingText: TypeAlias = Annotated[
    TimingPhrase,
    Sentence(
        read_timing,
        TIMING_EXAMPLE,
        "When: an offset from a moment, the window around it, what it waits for, what it rests on.",
    ),
]
BoundText: TypeAlias = Annotated[
    Timing, Sentence(read_bound, _BOUND_EXAMPLE, "Where a period begins or ends: a moment, or a span after one.")
]
LongHoldText: TypeAlias = Annotated[
    LongHold, Sentence(read_long_hold, LONG_HOLD_EXAMPLE, "After which hold a new cycle begins, and with which day.")
]
RestartText: TypeAlias = Annotated[
    DoseRestart,
    Sentence(
        read_restart,
        RESTART_EXAMPLE,
        "After how long without a dose it begins again, and with which dose.",
        Habits.RESTARTS,
    ),
]
GoesOnText: TypeAlias = Annotated[
    GoesOn,
    Sentence(
        read_goes_on,
        GOES_ON_EXAMPLE,
        "With which values it goes on, how old they may be, from which cycle on, and what is called for after how long.",
        Habits.VALUES,
    ),
]
MadeUpText: TypeAlias = Annotated[
    MadeUp,
    Sentence(
        read_made_up,
        MADE_UP_EXAMPLE,
        "On which days, and how closely, a missed fraction may be made up.",
        Habits.MADE_UP,
    ),
]
PromptsText: TypeAlias = Annotated[
    Prompts,
    Sentence(
        read_prompts,
        PROMPTS_EXAMPLE,
        "How often a diary asks on each of its days, and at what times.",
        Habits.PROMPTS,
    ),
]
OnlyIfText: TypeAlias = Annotated[
    OnlyIf,
    Sentence(
        read_only_if,
        ONLY_IF_EXAMPLE,
        "What it hangs on: a recorded fact about the patient, and the visit that shows it; several by 'and', or by 'or'.",
        Habits.FACTS,
    ),
]
LimitText: TypeAlias = Annotated[
    LimitPhrase,
    Sentence(
        read_limit,
        UNTIL_EXAMPLE,
        "Where a timeline ends: a number of doses, a moment, or before a moment.",
        Habits.LIMITS,
    ),
]


def shape(value: object) -> str:
    """One sentence, several, or one for each name."""
    return "several" if isinstance(value, list) else "by name" if isinstance(value, dict) else "one"


_Limits: TypeAlias = Annotated[
    Annotated[LimitText, Tag("one")] | Annotated[Annotated[list[LimitText], Field(min_length=1)], Tag("several")],
    Discriminator(shape),
]
Until: TypeAlias = Annotated[
    Annotated[LimitText, Tag("one")]
    | Annotated[Annotated[list[LimitText], Field(min_length=1)], Tag("several")]
    | Annotated[Annotated[dict[Name, _Limits], Field(min_length=1)], Tag("by name")],
    Discriminator(shape),
]
EdgeText: TypeAlias = Annotated[
    tuple[Edge, Clause], Sentence(read_single_edge, "Study Day 35", "A moment, or a span after one.")
]
SpanText: TypeAlias = Annotated[tuple[Span, Clause], Sentence(read_span, SPAN_EXAMPLE, "A length of time.")]
OpenText: TypeAlias = Annotated[
    OpenPhrase,
    Sentence(read_open, OPEN_EXAMPLE, "Whose open days count; with days, all of them must be open.", Habits.PLACES),
]
GiveLine: TypeAlias = Annotated[
    GivePhrase,
    Sentence(read_give, GIVE_EXAMPLE, "What is given: amount, how often, route, days, cycles.", Habits.DOSES),
]
SheetLine: TypeAlias = Annotated[
    SheetPhrase,
    Sentence(
        read_sheet,
        SHEET_EXAMPLE,
        "At which hours or minutes around which doses or visits, and how early or late each may be.",
        Habits.SHEETS,
    ),
]
IntervalText: TypeAlias = Annotated[
    IntervalPhrase, Sentence(read_interval, INTERVAL_EXAMPLE, "How long it may be missing at most, and until when.")
]
LevelsText: TypeAlias = Annotated[
    Ladder,
    Sentence(
        read_ladder,
        LEVELS_EXAMPLE,
        "The dose levels, from level 0 down; 0 at the end: the drug is omitted.",
        Habits.LEVELS,
    ),
]
ActivityPlaceText: TypeAlias = Annotated[
    ActivityPlace,
    Sentence(read_activity_place, ACTIVITY_EXAMPLE, "Which visits an activity belongs to.", Habits.PLACES),
]
ReferenceText: TypeAlias = Annotated[
    ReferencePhrase,
    Sentence(
        read_reference,
        "first dose is Day 1 | first dose of pembrolizumab is Day 1",
        "Which date study days count from, which treatments make the first dose, and whether it is Day 1 or Day 0.",
        Habits.REFERENCES,
    ),
]
UnitText: TypeAlias = Annotated[
    Product,
    Sentence(
        read_product,
        PRODUCT_EXAMPLE,
        "What one unit holds and is; of a scored tablet halves are given, of a liquid volumes.",
        Habits.PRODUCTS,
    ),
]
UnitsText: TypeAlias = Annotated[
    tuple[Product, ...],
    Sentence(
        read_products,
        PRODUCTS_EXAMPLE,
        "What one unit of each strength holds and is; a dose takes the fewest.",
        Habits.PRODUCTS,
    ),
]
PackText: TypeAlias = Annotated[
    PackPhrase, Sentence(read_pack, PACK_EXAMPLE, "A pack, and how many units or mL it holds.", Habits.PRODUCTS)
]
EquivalentsText: TypeAlias = Annotated[
    Equivalents,
    Sentence(
        read_equivalents,
        EQUIVALENTS_EXAMPLE,
        "Daily doses that count as equal; first the medicine that rules name.",
        Habits.DOSES,
    ),
]
ScreenedAgainText: TypeAlias = Annotated[
    Clause,
    Sentence(
        read_screened_again,
        SCREENED_AGAIN_EXAMPLE,
        "What another screening needs after a screen failure.",
        Habits.SCREENINGS,
    ),
]
BeforeConsentText: TypeAlias = Annotated[
    Clause,
    Sentence(
        read_before_consent,
        BEFORE_CONSENT_EXAMPLE,
        "As what it may have been done before consent.",
        Habits.BEFORE_CONSENT,
    ),
]

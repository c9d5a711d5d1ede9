"""The protocol as people write it: the keys, and what each of them may hold.

Timings, doses and limits are sentences; they are read here, so that a wrong sentence and a wrong key are found in one pass.
Which names a sentence may use depends on the whole document: that is for `scheduler.protocol.compiling.names` and `compile`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from scheduler.names import Called
from scheduler.protocol.sentences.times.place import OpenPhrase
from scheduler.protocol.sentences.times.timing import TimingPhrase
from scheduler.protocol.text.activities import AnyActivity
from scheduler.protocol.text.calculations import CalculationText
from scheduler.protocol.text.named import Collected, DateName, Line, Name, OccurrenceKey, TrialVisitText
from scheduler.protocol.text.products import ProductText
from scheduler.protocol.text.rules import DecisionTableText
from scheduler.protocol.text.sentence_fields import (
    BeforeConsentText,
    BoundText,
    EdgeText,
    EquivalentsText,
    GiveLine,
    GoesOnText,
    IntervalText,
    LevelsText,
    LongHoldText,
    MadeUpText,
    OnlyIfText,
    OpenText,
    PromptsText,
    ReferenceText,
    RestartText,
    ScreenedAgainText,
    SpanText,
    TimingText,
    Until,
)
from scheduler.protocol.text.sentence_fields import shape as _shape
from scheduler.protocol.text.sheets import AnySheet
from scheduler.protocol.text.version.amending import AmendmentText, AssumptionText
from scheduler.protocol.text.version.synopsis import SynopsisText
from scheduler.written import Length, Written


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
LongHolds: TypeAlias = Annotated[
    Annotated[LongHoldText, Tag("one")] | Annotated[Annotated[list[LongHoldText], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
Restarts: TypeAlias = Annotated[
    Annotated[RestartText, Tag("one")] | Annotated[Annotated[list[RestartText], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
GoesOns: TypeAlias = Annotated[
    Annotated[GoesOnText, Tag("one")] | Annotated[Annotated[list[GoesOnText], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
OnlyIfs: TypeAlias = Annotated[
    Annotated[OnlyIfText, Tag("one")] | Annotated[dict[OccurrenceKey, OnlyIfText], Tag("by name")],
    Discriminator(_shape),
]
Levels: TypeAlias = Annotated[
    Annotated[LevelsText, Tag("one")] | Annotated[dict[Name, LevelsText], Tag("by name")], Discriminator(_shape)
]
Bound: TypeAlias = Annotated[
    Annotated[BoundText, Tag("one")] | Annotated[dict[Name, BoundText], Tag("by name")], Discriminator(_shape)
]
Moment: TypeAlias = Annotated[
    Annotated[TimingText, Tag("one")] | Annotated[dict[Name, TimingText], Tag("by name")], Discriminator(_shape)
]
DeviationWord: TypeAlias = Literal[
    "out of window",
    "interval too short",
    "missed",
    "no record",
    "wrong dose",
    "dose not decided in time",
    "follow-up late",
    "given during a hold",
    "started late",
    "took too long",
    "gap too long",
    "delay too long",
    "hold too long",
    "resumed too early",
    "not planned",
    "after the end",
    "too early",
    "number skipped",
    "out of order",
    "given without its values",
    "first dose out of its days",
    "dose raised",
    "confirmed fact",
    "reported late",
    "order against the protocol",
]
IfClosedWord: TypeAlias = Literal["later", "nearest", "earlier"]


class DelayText(Written):
    """How long a cycle or dose may be put off, by the cause."""

    logistics: SpanText | None = None
    """For reasons of the site or the patient's calendar: what is recorded as delayed."""
    toxicity: SpanText | None = None
    """For reasons of the patient's health: what is recorded as held."""


DelayLimit: TypeAlias = Annotated[
    Annotated[SpanText, Tag("one")] | Annotated[DelayText, Tag("by name")], Discriminator(_shape)
]


class TreatmentText(CalculationText):
    """One treatment: a clock of its own, and what it gives."""

    title: Called | None = None
    """How it is called in full."""
    arms: list[Name] | None = None
    """The arms that get it; all of them where this is left out."""
    kind: Literal["supportive medicine"] | None = None
    """Supportive medicine makes neither the first nor the last dose of anything, and has no dose intensity."""
    given: Literal["before randomisation"] | None = None
    """What all get before they are randomised: a run-in, an induction. All else begins with randomisation or after it."""
    when: When
    """When: one sentence, a table by number, or a sentence for each arm."""
    until: Until | None = None
    """Where it ends; of several, whichever comes first; by arm where that differs."""
    only_if: OnlyIfs | None = Field(default=None, alias="only if")
    """What it hangs on: "marrow-14 shows residual leukaemia"; by number where only some do. Not planned until it is recorded."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count; the clinic's where this is left out. Tablets at home: any day."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest (a tie goes later), or the last earlier one."""
    together_with: Name | None = Field(default=None, alias="together with")
    """Given only on a day of that treatment."""
    give: Gives | None = None
    """What is given; by drug, by course, or by arm where they differ."""
    titles: dict[Name, Called] = Field(default_factory=dict)
    """How its drugs or courses are called, where it gives several: their keys are the English names."""
    levels: Levels | None = None
    """The dose levels, from level 0 down."""
    held_days: Literal["lost", "made up"] = Field(default="lost", alias="held days")
    """What becomes of dosing days inside a hold."""
    long_hold: LongHolds | None = Field(default=None, alias="long hold")
    """After which hold a new cycle begins; of several, the first that fits."""
    restart: Restarts | None = None
    """After how long without a dose it begins again, and with which dose; of several that fit, the one with the longest time.

    What goes with each dose follows the doses that begin again; what is timed on one dose stays with the first of that number.
    """
    goes_on: GoesOns | None = Field(default=None, alias="goes on when")
    """The values that each cycle or dose after the first waits for: "ANC at least 1.5 G/L, values within 3 days".

    In a list where they differ by number: one "in cycle 2", the next "from cycle 3 on".
    """
    not_done: Literal["lost", "moves to the next open day"] = Field(default="lost", alias="not done")
    """What becomes of a dose or fraction that was not given."""
    made_up: MadeUpText | None = Field(default=None, alias="made up")
    """How a missed fraction may be made up: "by a second fraction of a day at least 6 hours apart, or on a Saturday".

    It is proposed with its days, and a physician books one of them.
    """
    hold_at_most: SpanText | None = Field(default=None, alias="hold at most")
    """The longest hold that the protocol allows."""
    gap_at_most: SpanText | None = Field(default=None, alias="gap at most")
    """The longest time between two doses that the protocol allows."""
    delay_at_most: DelayLimit | None = Field(default=None, alias="delay at most")
    """How long after its day a cycle or dose may come; for logistics and toxicity apart where that differs."""
    start_by: EdgeText | None = Field(default=None, alias="start by")
    """The last day to start on."""
    finish_within: SpanText | None = Field(default=None, alias="finish within")
    """The longest time from the first to the last, both included."""


class CyclesText(Written):
    """Cycles as a clock of their own: they give nothing, and several treatments are timed on them."""

    title: Called | None = None
    """How they are called in full."""
    arms: list[Name] | None = None
    """The arms that have them; all of them where this is left out."""
    when: When
    """When a cycle begins: a table by number, such as 1 on first dose, then 14 days after the previous cycle."""
    until: Until | None = None
    """Where they end, by arm where that differs; the first of several counts. They end with the last of their treatments too."""
    only_if: OnlyIfs | None = Field(default=None, alias="only if")
    """What it hangs on: "marrow-14 shows residual leukaemia"; by number where only some do. Not planned until it is recorded."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count, for the treatments in them too unless they say otherwise; the clinic's where this is left out."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest (a tie goes later), or the last earlier one."""
    held_with: Annotated[list[Name], Field(min_length=1)] | None = Field(default=None, alias="held with")
    """The treatments that a cycle waits for: while one of them is held, no cycle begins. Else only while all of them are held."""
    goes_on: GoesOns | None = Field(default=None, alias="goes on when")
    """The values that each cycle after the first waits for: "ANC at least 1.5 G/L, values within 3 days"."""
    gap_at_most: SpanText | None = Field(default=None, alias="gap at most")
    """The longest time between the beginnings of two cycles that the protocol allows."""
    delay_at_most: DelayLimit | None = Field(default=None, alias="delay at most")
    """How long after its day a cycle may come; for logistics and toxicity apart where that differs."""


class VisitText(Written):
    """One visit, scan, contact or laboratory test, single or repeated."""

    title: Called | None = None
    """How it is called in full."""
    kind: Literal["visit", "scan", "contact", "laboratory", "diary"] | None = None
    """What sort it is; a scan where imaging must be open, else a visit. A diary is written at home, on any day."""
    arms: list[Name] | None = None
    """The arms that have it; all of them where this is left out."""
    when: When
    """When: one sentence, a table by number, grids one after another, or a sentence for each arm."""
    until: Until | None = None
    """Where it ends; of several, whichever comes first; by arm where that differs."""
    only_if: OnlyIfs | None = Field(default=None, alias="only if")
    """What it hangs on: "marrow-14 shows residual leukaemia"; by number where only some do. Not planned until it is recorded."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count; the clinic's where this is left out."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest (a tie goes later), or the last earlier one."""
    unless: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]* inside the window$")] | None = None
    """Not needed when that visit is inside the window: "imaging inside the window"."""
    only_for: Name | None = Field(default=None, alias="only for")
    """Only while the patient belongs to this group."""
    before_consent: BeforeConsentText | None = Field(default=None, alias="before consent")
    """That it may have been done before consent, as routine care. Without it, what was done before consent is a deviation."""
    prompts: PromptsText | None = None
    """How often a diary asks on each of its days: "5 times a day between 09:00 and 21:00"."""


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

    when: Moment
    """Where the date comes from until it is recorded; by arm where that differs."""
    open: OpenText = OpenPhrase("clinic", (1,))
    """Whose open days count; the clinic's where this is left out."""
    if_closed: IfClosedWord | None = Field(default=None, alias="if closed")
    """Which open day is taken instead: the first later one, the nearest, or the last earlier one."""


AnyDate: TypeAlias = Annotated[
    Annotated[Literal["recorded"], Tag("one")] | Annotated[DateText, Tag("by name")], Discriminator(_shape)
]


class PeriodText(Written):
    """A stretch of time that the study counts in."""

    title: Called | None = None
    """How it is called in full."""
    start: BoundText = Field(alias="from")
    """Where it begins."""
    end: Bound = Field(alias="to")
    """Where it ends; by arm where that differs."""
    collects: Collected | None = None
    """What is collected in it: adverse events, or what an end point is made of; one period of a study for each."""


class ProtocolText(Written):
    """One version of a study's protocol, whole."""

    study: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$")]
    """The study's short name."""
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,19}$")]
    """The version of the protocol, in quotes: "1.0"."""
    title: Called
    """The study's title."""
    synopsis: SynopsisText | None = None
    """What the study wants to know, and of whom: carried word for word to who reads the protocol, SDTM and USDM."""
    amendment: AmendmentText | None = None
    """For a version that amends an earlier one: who moves to it, and how."""
    sources: dict[Name, Line] = Field(default={})
    """Where the numbers come from: sentences cite these names."""
    ctcae: Literal["5.0"] = "5.0"
    """The version of CTCAE that adverse events are named and graded by, in quotes: "5.0"."""
    arms: Annotated[dict[Name, Called], Field(min_length=1)]
    """The arms and what each of them gets."""
    enrolment: dict[Name, Annotated[int, Field(ge=1, le=100_000)]] = Field(default={})
    """How many patients are planned for each arm: {control: 54, experimental: 54}. No date hangs on it."""
    groups: dict[Name, Line] = Field(default={})
    """Groups that patients join and leave during the study."""
    study_days: ReferenceText = Field(alias="study days")
    """Which date study days count from."""
    screened_again: ScreenedAgainText | None = Field(default=None, alias="screened again")
    """What a patient needs who is screened again after a screen failure; nothing where this is left out."""
    horizon: EdgeText | None = None
    """How far an open-ended calendar is written out."""
    dates: dict[DateName, AnyDate] = Field(default={})
    """Dates that the study names, and where a date comes from until it is recorded."""
    cycles: dict[Name, CyclesText] = Field(default={})
    """Clocks that several treatments are timed on: a delay moves all of them, and one that ends leaves the others."""
    treatments: dict[Name, TreatmentText] = Field(default={})
    """What is given: each treatment has a clock of its own, or is timed on cycles, or on another treatment or visit.

    A study of sessions or devices may have visits alone.
    """
    visits: dict[Name, AnyVisit] = Field(default={})
    """Visits, scans, contacts and laboratory tests; a timing alone is enough."""
    trial_visits: dict[Name, TrialVisitText] = Field(default={}, alias="trial visits")
    """What SDTM calls single visits (TV): VISITNUM, VISIT, VISITDY. The first day of a treatment is a visit too."""
    sheets: dict[Name, AnySheet] = Field(default={}, max_length=40)
    """Time points in hours and minutes around doses or visits. What comes a day or more later is a visit of that day."""
    epochs: dict[Name, BoundText] = Field(default={})
    """The epochs of the study in their order, such as screening, treatment and follow-up, each with where it begins.

    An epoch lasts until the next one begins; what comes before the first belongs to it.
    """
    periods: dict[Name, PeriodText] = Field(default={})
    """Stretches of time that the study counts in."""
    activities: dict[Line, AnyActivity] = Field(default={})
    """What is done, and at which visits."""
    lasts: dict[Line, Length] = Field(default={})
    """How long a visit takes where its site says nothing else: by its name, else its kind; an activity's comes on top."""
    at_least_every: dict[Line, IntervalText] = Field(default={}, alias="at least every")
    """Activities that may not be missing for longer: `check --advise` counts the days on planned calendars."""
    products: dict[Name, ProductText] = Field(default={})
    """What the pharmacy hands out, by the name of the treatment or drug."""
    attributes: dict[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9 _-]{0,59}$")], Line] = Field(default={})
    """Facts about a patient that rules and 'only if' ask for, to be recorded as an attribute; for rules not so until then."""
    equivalents: dict[Name, EquivalentsText] = Field(default={}, max_length=20)
    """Daily doses of medicines that count as equal, for rules "on prednisone or equivalent"."""
    rules: dict[Name, DecisionTableText] = Field(default={}, max_length=100)
    """When the protocol calls for a dose to be held, reduced or ended."""
    deviations: dict[DeviationWord, Literal["minor", "major"]] = Field(default={})
    """Which deviations the protocol calls minor or major; the program never says so by itself."""
    assumptions: dict[Name, AssumptionText] = Field(default={})
    """What the sources leave open, and how it is read here: sentences cite these names."""

"""Dose rules as the engine reads them: decision tables, data and not code.

A rule says what the protocol calls for when something is found: an adverse event of a grade, for the n-th time; a laboratory
value above a multiple of the upper limit; no improvement within some days. The engine proposes, a named person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, IntEnum
from typing import TypeAlias

from scheduler.dates import Day, Span
from scheduler.protocol.plan.clause import Clause
from scheduler.vocabulary import generic_name


class Basis(Enum):
    """What a laboratory value is a multiple of, or how far it is from the baseline: in a unit, or in percent of the baseline."""

    UPPER_LIMIT = "upper limit"
    BASELINE = "baseline"
    ABSOLUTE = "absolute"
    BELOW = "below baseline"
    ABOVE = "above baseline"
    FROM = "from baseline"
    PERCENT_BELOW = "% below baseline"
    PERCENT_ABOVE = "% above baseline"
    PERCENT_FROM = "% from baseline"

    @property
    def is_change(self) -> bool:
        """True for a distance from the baseline."""
        return self in _CHANGES

    @property
    def is_percent(self) -> bool:
        """True for a distance from the baseline in percent of it."""
        return self.is_change and self.value.startswith("%")

    def of(self, unit: str | None) -> str:
        """What stands behind the number, in words: "x baseline", "G/L", "points below baseline"."""
        if self.is_percent:
            return self.value
        if self.is_change:
            return f"{unit or 'points'} {self.value}"
        return unit or f"x {self.value}"


_CHANGES = frozenset(
    (Basis.BELOW, Basis.ABOVE, Basis.FROM, Basis.PERCENT_BELOW, Basis.PERCENT_ABOVE, Basis.PERCENT_FROM)
)


@dataclass(frozen=True, slots=True)
class GradeIs:
    """An adverse event of one of these CTCAE terms has a grade from ``low`` to ``high``, both included.

    No terms: any adverse event that no other rule of the treatment names.
    """

    terms: tuple[str, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ValueIs:
    """A measured value of any of these tests is above ``above`` and at most ``up_to`` times its basis; None leaves a side open.

    ``from_above`` and ``below`` are for tests where less is worse: the value may be exactly ``above``, and must be less than
    ``up_to``. ``at_baseline`` asks for the value that the patient began with instead of the one now. ``unit`` is that of an
    absolute basis or of a change; a change without one is in points, the test's own unit.
    """

    tests: tuple[str, ...]
    above: Decimal | None
    up_to: Decimal | None
    basis: Basis
    unit: str | None = None
    at_baseline: bool = False
    from_above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class EitherIs:
    """One of these values is in its range: of a blood pressure of at least 160/100 mmHg the systolic or the diastolic one.

    ``words`` are those of the sentence.
    """

    values: tuple[ValueIs, ...]
    words: str


@dataclass(frozen=True, slots=True)
class OccurrenceIs:
    """It is the n-th episode, from ``first`` to ``last`` (None: or later), that was as bad as the row's finding, or worse.

    Episodes are counted whatever the dose level was. An episode ends at the grade that its table says.
    """

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class NotImproved:
    """It has not improved within this time from its beginning (or from the last action, where one was taken)."""

    within: Span


@dataclass(frozen=True, slots=True)
class Worsened:
    """The grade of an adverse event is higher than the one recorded before for the same event."""


@dataclass(frozen=True, slots=True)
class AttributeIs:
    """A recorded attribute of the patient: liver tumour at baseline, Gilbert's syndrome. False until it is recorded as true."""

    name: str
    value: bool | str


@dataclass(frozen=True, slots=True)
class LevelIs:
    """The dose level in force: from ``low`` to ``high`` (0, -1, -2), or the ladder's last where both are None."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class OnHoldFor:
    """Dosing has been held for longer than this, counted as the treatment's limit says."""

    longer_than: Span


@dataclass(frozen=True, slots=True)
class SinceLastDose:
    """More than this has passed since the treatment's last dose."""

    longer_than: Span


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A dose has waited for values for longer than this, counted from its planned day.

    ``timeline`` is what waits: the treatment itself, or the cycles that it is in.
    """

    longer_than: Span
    timeline: str


@dataclass(frozen=True, slots=True)
class NoLevelLeft:
    """Another rule calls for a reduction, and the ladder has no level that low."""


@dataclass(frozen=True, slots=True)
class StepUp:
    """The day of a cycle has come on which the dose may go up, on the way from its first level."""

    cycle: int
    day: int
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Daily doses of several medicines that count as equal: prednisone 5 mg, methylprednisolone 4 mg.

    ``doses`` are each medicine, its amount and the unit of that, in the order of the sentence.
    """

    name: str
    doses: tuple[tuple[str, Decimal, str], ...]
    clause: Clause

    def __contains__(self, medicine: str) -> bool:
        return any(generic_name(each) == generic_name(medicine) for each, _, _ in self.doses)

    def dose_of(self, medicine: str) -> tuple[Decimal, str]:
        """The daily dose of a medicine of the sentence, with its unit. Raises KeyError for any other."""
        found = ((amount, unit) for each, amount, unit in self.doses if generic_name(each) == generic_name(medicine))
        for dose in found:
            return dose
        raise KeyError(medicine)


@dataclass(frozen=True, slots=True)
class MedicineFor:
    """The daily total of a medicine has been above ``above`` for longer than this: prednisone, 12 weeks, 10 mg.

    The clock runs from the first day above it to the first day at or below it. ``or_equivalent``: what counts as much is added;
    ``equivalents`` says how much that is.
    """

    name: str
    longer_than: Span
    above: Decimal | None
    unit: str | None
    or_equivalent: bool = False
    equivalents: Equivalents | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened to the patient that is no adverse event: one of `HAPPENINGS`."""

    what: str


@dataclass(frozen=True, slots=True)
class BeforeSurgery:
    """An operation is planned, and less than this is left to its day."""

    within: Span


PREGNANCY, SURGERY, NEW_THERAPY = "pregnancy", "surgery", "new anticancer therapy"
MAJOR, MINOR, EMERGENCY = "major surgery", "minor surgery", "emergency surgery"
HAPPENINGS = (PREGNANCY, SURGERY, MAJOR, MINOR, EMERGENCY, NEW_THERAPY)
"""What a rule may be about that happens to the patient. A pregnancy is the patient's own, not a partner's."""

Condition: TypeAlias = (
    GradeIs
    | ValueIs
    | EitherIs
    | OccurrenceIs
    | NotImproved
    | Worsened
    | AttributeIs
    | LevelIs
    | OnHoldFor
    | SinceLastDose
    | WaitingFor
    | NoLevelLeft
    | StepUp
    | MedicineFor
    | Happened
    | BeforeSurgery
)


def values_in(condition: Condition) -> tuple[ValueIs, ...]:
    """The ranges of values that a condition asks about; none for any other."""
    if isinstance(condition, EitherIs):
        return condition.values
    return (condition,) if isinstance(condition, ValueIs) else ()


class Attribution(Enum):
    """Which adverse events a table is for, by what they were recorded as related to."""

    THIS_OR_NOTHING = "this treatment, or nothing recorded"
    THIS = "this treatment"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Recovery:
    """When a hold or extra monitoring may end, as the sentence says it, and what of it can be computed.

    ``grade`` is the highest grade that is good enough; ``times`` and ``basis`` say below which value a test must be, or with
    ``above`` and ``at_least``, for tests where less is worse, above or from which on, with ``at_most`` up to which;
    ``or_baseline``: back at the patient's baseline is good enough too. ``healed``: the wound must be recorded as
    healed. ``also``: what must be so besides; ``test`` is which of the tests it is about, that of the value where it names none.
    Where all are empty a person must say so: "controlled".
    """

    words: str
    grade: int | None = None
    times: Decimal | None = None
    basis: Basis | None = None
    unit: str | None = None
    or_baseline: bool = False
    healed: bool = False
    above: bool = False
    at_least: bool = False
    at_most: bool = False
    also: Recovery | None = None
    test: str | None = None


class Strictness(IntEnum):
    """How strict an action is: when several rules fire, the strictest leads."""

    CONTINUE = 0
    REDUCE = 1
    HOLD = 2
    HOLD_AND_REDUCE = 3
    DISCONTINUE = 4


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done with one treatment.

    ``hold``: stop dosing, for at least ``at_least``, until ``until`` (a sentence: "grade 0-1"; ``recovery`` says it in numbers).
    ``levels_down``: how many levels lower from now on or at the resume; 0 is the same level, less than 0 is a re-escalation.
    ``recovered_within``: so long may the recovery take from the finding on for that; after a later one dosing goes on
    ``down_if_later`` levels lower. ``monitor``: tests that are added, how often, for how long at least, until when.
    ``slow_infusion``: interrupt or slow it.
    """

    words: str
    hold: bool = False
    at_least: Span | None = None
    until: str | None = None
    levels_down: int = 0
    discontinue: bool = False
    supportive_care: bool = False
    monitor: tuple[str, ...] = ()
    monitor_every: Span | None = None
    monitor_until: str | None = None
    re_escalation: bool = False
    recovery: Recovery | None = None
    monitor_recovery: Recovery | None = None
    monitor_at_least: Span | None = None
    slow_infusion: bool = False
    recovered_within: Span | None = None
    down_if_later: int = 0

    @property
    def most_down(self) -> int:
        """How many levels lower it may lead at most."""
        return max(self.levels_down, self.down_if_later)

    @property
    def strictness(self) -> Strictness:
        """Where this action stands among others."""
        if self.discontinue:
            return Strictness.DISCONTINUE
        if self.hold:
            return Strictness.HOLD_AND_REDUCE if self.levels_down > 0 else Strictness.HOLD
        return Strictness.REDUCE if self.levels_down > 0 else Strictness.CONTINUE


_OF_ITS_OWN = (LevelIs, NoLevelLeft, OnHoldFor, SinceLastDose, StepUp, WaitingFor)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a decision table: when all conditions hold, one of the actions is proposed.

    ``actions`` has one action, or several among which the investigator chooses; the first is the protocol's own. ``id`` is
    ``{table}.{row}``, rows counted from 1. ``episode_ends`` is the highest grade at which an episode is over. ``attributed``:
    for which adverse events, by what they are related to; a measured value has no relation. A grade condition without terms
    is for any adverse event except those in ``except_for``, which other tables of the treatment name. ``title`` is its table's.
    ``together`` are the same rows for the other treatments that the table is for, by id and treatment.
    """

    id: str
    treatment: str
    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]
    clause: Clause
    episode_ends: int = 1
    attributed: Attribution = Attribution.THIS_OR_NOTHING
    except_for: tuple[str, ...] = ()
    title: str = ""
    since: Day | None = None
    until: Day | None = None
    together: tuple[tuple[str, str], ...] = ()
    related_to: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = sorted({self.treatment, *(treatment for _, treatment in self.together)})
        object.__setattr__(self, "related_to", tuple(names))

    def is_in_force(self, day: Day) -> bool:
        """True on the days of the protocol version that has this rule: from ``since``, up to the day before ``until``."""
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)

    @property
    def decided_with(self) -> tuple[tuple[str, str], ...]:
        """The rows that one decision carries with this one; none where it asks about its own treatment: how long it is held."""
        return () if any(isinstance(condition, _OF_ITS_OWN) for condition in self.conditions) else self.together

    @property
    def table(self) -> str:
        """The name of the table that this is a row of."""
        return self.id.rpartition(".")[0]

    @property
    def strictness(self) -> Strictness:
        """The strictness of the action that the protocol itself calls for."""
        return self.actions[0].strictness

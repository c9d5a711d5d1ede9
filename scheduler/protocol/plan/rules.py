"""Dose rules as the engine reads them: decision tables, data and not code.

A rule says what the protocol calls for when something is found: an adverse event of a grade, for the n-th time; a laboratory
value above a multiple of the upper limit; no improvement within some days. The engine proposes, a named person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from scheduler.dates import Day, Span
from scheduler.protocol.plan.actions import Action, Recovery, Strictness
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.values import EitherIs, ValueIs
from scheduler.vocabulary import generic_name


@dataclass(frozen=True, slots=True)
class GradeIs:
    """An adverse event of one of these CTCAE terms has a grade from ``low`` to ``high``, both included.

    No terms: any adverse event that no other rule of the treatment names. ``of_its_own``: the row names its terms itself.
    """

    terms: tuple[str, ...]
    low: int
    high: int
    of_its_own: bool = False


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
class LastsFor:
    """It has been as bad as the row says for longer than this, from the day on which it came to be so."""

    longer_than: Span


@dataclass(frozen=True, slots=True)
class NotRecovered:
    """Dosing is held for it, and it has not recovered within this time from the finding on: "else discontinue"."""

    within: Span
    recovery: Recovery | None


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
    | LastsFor
    | NotRecovered
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

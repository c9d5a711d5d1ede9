"""Dose rules as the engine reads them: decision tables, data and not code.

A rule says what the protocol calls for when something is found: an adverse event of a grade, for the n-th time; a laboratory
value above a multiple of the upper limit; no improvement within some days. The engine proposes, a named person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from typing import TypeAlias

from scheduler.dates import Span
from scheduler.protocol.clause import Clause


class Basis(Enum):
    """What a laboratory value is a multiple of."""

    UPPER_LIMIT = "upper limit"
    BASELINE = "baseline"
    ABSOLUTE = "absolute"


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
    """A measured value is above ``above`` and at most ``up_to`` times its basis; None leaves that side open."""

    tests: tuple[str, ...]
    above: Decimal | None
    up_to: Decimal | None
    basis: Basis
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceIs:
    """It is the n-th episode: from ``first`` to ``last`` (None: or later). An episode ends at the grade its table says."""

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class NotImproved:
    """It has not improved within this time from its beginning (or from the last action, where one was taken)."""

    within: Span


@dataclass(frozen=True, slots=True)
class AttributeIs:
    """A recorded attribute of the patient: liver tumour at baseline, Gilbert's syndrome."""

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
class MedicineFor:
    """A medicine has been given for longer than this at a daily dose above ``above``: prednisone over 10 mg for 12 weeks."""

    name: str
    longer_than: Span
    above: Decimal | None
    unit: str | None


Condition: TypeAlias = GradeIs | ValueIs | OccurrenceIs | NotImproved | AttributeIs | LevelIs | OnHoldFor | MedicineFor


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

    ``hold``: stop dosing, for at least ``at_least``, until ``until`` (a sentence: "grade 0-1"). ``levels_down``: how many levels
    lower from now on or at the resume; 0 is the same level. ``monitor``: tests that are added, how often, until when.
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

    @property
    def strictness(self) -> Strictness:
        """Where this action stands among others."""
        if self.discontinue:
            return Strictness.DISCONTINUE
        if self.hold:
            return Strictness.HOLD_AND_REDUCE if self.levels_down else Strictness.HOLD
        return Strictness.REDUCE if self.levels_down else Strictness.CONTINUE


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a decision table: when all conditions hold, one of the actions is proposed.

    ``actions`` has one action, or several among which the investigator chooses; the first is the protocol's own. ``id`` is
    ``{table}.{row}``. ``episode_ends`` is the highest grade at which an episode is over.
    """

    id: str
    treatment: str
    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]
    clause: Clause
    episode_ends: int = 1

    @property
    def strictness(self) -> Strictness:
        """The strictness of the action that the protocol itself calls for."""
        return self.actions[0].strictness

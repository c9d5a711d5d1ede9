"""What a dose rule calls for: an action about one treatment, how strict it is, and what ends the hold that it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from scheduler.dates import Span
from scheduler.protocol.plan.values import Basis


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
    ``down_if_later`` levels lower, or ``ends_if_later``: treatment ends. ``between`` are further times, each with its levels.
    ``monitor``: tests that are added, how often, for how long at least, until when.
    ``slow_infusion``: interrupt or slow it. ``only`` are the treatments of a row for several that it is about, all where it names
    none: the others go on. In the rule of one treatment it is empty.
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
    only: tuple[str, ...] = ()
    between: tuple[tuple[Span, int], ...] = ()
    ends_if_later: bool = False

    def of(self, treatment: str) -> Action:
        """What it is for one of the treatments of its row: going on, in the same words, where it is about others alone."""
        if self.only and treatment not in self.only:
            return Action(self.words)
        return replace(self, only=()) if self.only else self

    @property
    def most_down(self) -> int:
        """How many levels lower it may lead at most."""
        return max(self.levels_down, self.down_if_later, *(down for _, down in self.between))

    @property
    def by_time(self) -> tuple[tuple[Span, int], ...]:
        """How long a recovery may take for how many levels lower, the shortest first; nothing where that does not matter."""
        return () if self.recovered_within is None else ((self.recovered_within, self.levels_down), *self.between)

    @property
    def strictness(self) -> Strictness:
        """Where this action stands among others."""
        if self.discontinue:
            return Strictness.DISCONTINUE
        if self.hold:
            return Strictness.HOLD_AND_REDUCE if self.levels_down > 0 else Strictness.HOLD
        return Strictness.REDUCE if self.levels_down > 0 else Strictness.CONTINUE

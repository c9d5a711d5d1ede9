"""What may not be exceeded: holds, gaps, delays, the length of a course; and what begins again after too long."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.dates import Span
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.moments import Edge, Selection
from scheduler.protocol.plan.values import ValueIs


class Cause(StrEnum):
    """Why something comes later than it was due: the site's reasons, or the patient's; ANY is whatever the cause."""

    ANY = "any"
    LOGISTICS = "logistics"
    TOXICITY = "toxicity"


@dataclass(frozen=True, slots=True)
class LongHold:
    """What becomes of a cycle after a hold that is longer than this: a new one begins.

    ``days`` are those of the cycle that the sentence is about, all where it names none. ``choose``: the new cycle begins with a
    day of the schedule that somebody chooses, and not with its first.
    """

    longer_than: Span
    days: tuple[tuple[int, int], ...]
    choose: bool
    clause: Clause


@dataclass(frozen=True, slots=True)
class DoseRestart:
    """With which dose a treatment begins again where more than this lies between the last dose given and the next.

    ``after`` says which dose was the last, ``again_from`` which one comes then; both are the protocol's own numbers, and the
    doses that are counted go on in their order.
    """

    longer_than: Span
    after: Selection
    again_from: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class Needed:
    """A value that a dose waits for: the test in the protocol's word, the range, and the range as the sentence has it.

    ``part_of`` is the measurement that is taken for it, where the test is one number of two.
    """

    test: str
    asked: ValueIs
    words: str
    part_of: str | None = None

    @property
    def measured(self) -> str:
        """What is measured for it."""
        return self.part_of or self.test

    def __str__(self) -> str:
        return f"{self.measured} {self.words}"


@dataclass(frozen=True, slots=True)
class GoesOn:
    """The values with which a treatment, or cycles of their own, go on: each dose or cycle from the number ``first`` on.

    A value counts on its own day and on so many days (``within``) after it. Beyond ``longest``, counted from the day that was
    planned, the protocol calls for a discontinuation. ``last`` is the last number of the sentence where it says one; ``later``
    are the sentences for other numbers.
    """

    needs: tuple[Needed, ...]
    within: int
    first: int | None
    longest: Span | None
    clause: Clause
    last: int | None = None
    later: tuple[GoesOn, ...] = ()

    @property
    def parts(self) -> tuple[GoesOn, ...]:
        """This sentence and the others, as they are written."""
        return (self, *self.later)

    def at(self, n: int) -> GoesOn | None:
        """The sentence for the n-th dose or cycle: that which begins last, where it has not ended; None where none is for it."""
        begun = [part for part in self.parts if part.first is not None and part.first <= n]
        found = max(begun, key=lambda part: part.first or 0, default=None)
        return found if found is not None and (found.last is None or n <= found.last) else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What may not be exceeded: each breaks into a finding, never into a date.

    ``clauses`` are the sentences behind them, by the key that each stands under: "gap at most".
    """

    hold_at_most: Span | None = None
    gap_at_most: Span | None = None
    delay_at_most: dict[Cause, Span] = field(default_factory=dict)
    start_by: Edge | None = None
    finish_within: Span | None = None
    clauses: dict[str, Clause] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """How a missed fraction may be made up: as one more of a day, which has ``a_day`` then, or on a day of the weekend.

    ``hours_apart`` are the least hours between the fractions of such a day. It is proposed; a person decides.
    """

    a_day: int
    hours_apart: int
    weekdays: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Interval:
    """An activity that may not be missing for longer than a span, up to a moment or for as long as the calendar runs."""

    activity: str
    most: Span
    until: Edge | None
    clause: Clause


NO_LIMITS = Limits()

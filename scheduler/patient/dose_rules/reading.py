"""A rule read against an event: whether it fires, from which day, and every fact that the answer rests on."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.protocol.rules import Rule


@dataclass(frozen=True, slots=True)
class Look:
    """One condition looked at: does it hold, had it been reached before the event, and which facts say so.

    ``reached`` is None where a condition is not about something that comes and goes.
    """

    holds: bool
    facts: tuple[Fact, ...] = ()
    reached: bool | None = None
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule read against one event, its trigger.

    ``day`` is the first day on which the rule calls for something, which may be later than the trigger's. ``facts`` are all
    that was looked at, the trigger first: without any other fact the answer is the same. ``assumed`` tells what nobody
    recorded and how that was read. ``reached_by`` is the first fact that shows that a later ``day`` has come.
    """

    rule: Rule
    trigger: Fact
    day: Day
    facts: tuple[Fact, ...]
    fires: bool
    assumed: tuple[str, ...] = ()
    reached_by: Fact | None = None

    @property
    def id(self) -> str:
        """How the proposal is known: the rule, and the number of the event that it was read against."""
        return f"{self.rule.id}.{self.trigger.number}"

    @property
    def has_come(self) -> bool:
        """True when the log itself has come to the day; what happens on the trigger's own day has."""
        return self.day <= self.trigger.event.on.toordinal() or self.reached_by is not None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The events that it rests on, with what corrected them, in their order."""
        return tuple(sorted({number for fact in self.facts for number in fact.numbers}))

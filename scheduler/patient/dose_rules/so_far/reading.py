"""Rules read against events: which fire, from which day, and every fact that the answers rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.identity import by_identity
from scheduler.patient.dose_rules.facts.daily_totals import Clock
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import Rule


class Look(NamedTuple):
    """One condition looked at: does it hold, had it been reached before the event, and which facts say so.

    ``reached`` is None where a condition is not about something that comes and goes.
    """

    holds: bool
    facts: tuple[Fact, ...] = ()
    reached: bool | None = None
    assumed: str | None = None


class Reading(NamedTuple):
    """One rule that an event makes fire, its trigger.

    ``day`` is the first day on which the rule calls for something, which may be later than the trigger's. ``facts`` are all
    that was looked at, the trigger first: without any other fact the answer is the same. ``assumed`` tells what nobody
    recorded and how that was read. ``reached_by`` is the first fact that shows that a later ``day`` has come.
    ``foretold``: the day is known ahead, as that of an operation; doses from then on wait for a decision already.
    ``clock``: the daily totals of a medicine that were above a dose for too long.
    """

    rule: Rule
    trigger: Fact
    day: Day
    facts: tuple[Fact, ...]
    assumed: tuple[str, ...] = ()
    reached_by: Fact | None = None
    foretold: bool = False
    clock: Clock | None = None

    @property
    def id(self) -> str:
        """How the proposal is known: the rule, and the number of the event that it was read against."""
        return f"{self.rule.id}.{self.trigger.number}"

    @property
    def has_come(self) -> bool:
        """True when the log itself has come to the day; what happens on the trigger's own day has."""
        return self.reached_by is not None or self.day <= self.trigger.day

    @property
    def numbers(self) -> tuple[int, ...]:
        """The events that it rests on, with what corrected them, in their order."""
        return tuple(sorted({number for fact in self.facts for number in fact.numbers}))


class Unmeasured(NamedTuple):
    """A rule that asks how long a value has been so, and no value says it: one of ``day`` or later would.

    ``has_come``: the log has come to that day.
    """

    trigger: Fact
    day: Day
    rule: Rule
    has_come: bool


class Unmet(NamedTuple):
    """All that rules for one treatment were read against without firing: but for one of these facts one of them might.

    ``day`` is the day from which they would have called for something. ``for_tests``: they would have asked for extra tests.
    """

    treatment: str
    day: Day
    for_tests: bool
    known: dict[int, Fact]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Each once, in the order in which they were looked at."""
        return tuple(self.known.values())


class Readings:
    """What came of reading the rules of a plan: those that fire, and what the others were read against.

    ``unread`` are rules that met a value whose basis nobody recorded, with the event that they were read against;
    ``unmeasured`` are those that ask how long a value has been so, also where the day is still to come.
    """

    __slots__ = ("_fired", "_unmet", "unmeasured", "unread")

    def __init__(self) -> None:
        self.unmeasured: list[Unmeasured] = []
        self.unread: list[tuple[Fact, tuple[Rule, ...]]] = []
        self._fired: dict[str, Reading] = {}
        self._unmet: dict[tuple[str, Day, bool], Unmet] = {}

    @property
    def fired(self) -> list[Reading]:
        """The rules that fire, in the order of their days."""
        return sorted(self._fired.values(), key=lambda reading: reading.day)

    @property
    def unmet(self) -> list[Unmet]:
        """What the rules that do not fire were read against."""
        return [*self._unmet.values()]

    def fire(self, reading: Reading) -> None:
        """Keep a rule that fires."""
        self._fired.setdefault(reading.id, reading)

    def miss(self, treatment: str, day: Day, for_tests: bool, facts: Iterable[Fact]) -> None:
        """Keep what a rule that does not fire was read against."""
        key = (treatment, day, for_tests)
        unmet = self._unmet.get(key)
        if unmet is None:
            unmet = self._unmet[key] = Unmet(treatment, day, for_tests, {})
        unmet.known.update(by_identity(facts))

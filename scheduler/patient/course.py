"""What happened to one patient, in force after all corrections, arranged by what it bears on.

Every answer is made of facts, and a fact carries the numbers of its events. What was withdrawn is remembered too: an entry
that a struck event would have moved has to name the strike, because without the strike it would be elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.dates import Day
from scheduler.patient import events as ev
from scheduler.patient.episodes.screenings import NOT_FAILED, Screenings
from scheduler.patient.log import Fact, Log

EVERYTHING = ""
"""Stands for all treatments, where a withdrawn event bore on all of them."""


@dataclass(slots=True)
class EntryFacts:
    """The facts about one entry: done, not done, failed attempts, its booking, its delay.

    Gathered by `replay`; nothing changes it afterwards. ``done_before`` are those of earlier screenings, whose baseline scan may
    serve again; ``rest`` is what became of the rest of a fraction that was given in part. ``withdrawn`` are the numbers of events
    that took back something that was said about this entry. ``others`` bear on it too: of cycles that give nothing themselves,
    what was said of every drug.
    """

    done: Fact | None = None
    done_before: tuple[Fact, ...] = ()
    rest: tuple[Fact, ...] = ()
    not_done: Fact | None = None
    attempts: tuple[Fact, ...] = ()
    booked: Fact | None = None
    delayed: Fact | None = None
    withdrawn: tuple[int, ...] = ()
    others: tuple[Fact, ...] = ()


NOTHING_KNOWN = EntryFacts()


@dataclass(frozen=True, slots=True)
class Hold:
    """Dosing of one treatment stopped on ``start`` (not dosed) until ``end`` (dosed again); None while nobody knows.

    ``discontinued`` marks a discontinuation: final unless it was resumed with an override. ``others`` bear on it too, where
    several treatments had to be held for it.
    """

    start: Day
    end: Day | None
    opened: Fact
    closed: Fact | None = None
    discontinued: bool = False
    others: tuple[Fact, ...] = ()

    @property
    def is_end(self) -> bool:
        """True where the treatment was given up, not held: a hold that was too long breaks off a cycle and no more."""
        return self.discontinued and not isinstance(self.opened.event, ev.Held)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The fact that began it and, where there is one, the fact that ended it; then those that bear on it too."""
        return (self.opened, self.closed, *self.others) if self.closed else (self.opened, *self.others)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From this day on, doses are at this level (0, -1, -2 on the ladder); ``fact`` holds the dose that was ordered.

    ``others`` bear on it too: how long something took to recover, where the level depends on that.
    """

    day: Day
    level: int
    fact: Fact
    others: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The order, then what bears on it too."""
        return (self.fact, *self.others)


@dataclass(frozen=True, slots=True)
class Report:
    """Days on which tablets were taken, or not, as somebody reported. Both days included."""

    first: Day
    last: Day
    taken: bool
    fact: Fact


@dataclass(frozen=True, slots=True)
class Membership:
    """A stretch in a group: from joining up to, but not including, the day of leaving."""

    start: Day
    end: Day | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An event that no longer counts: the treatment and day that it bore on, and the numbers of what took it back."""

    treatment: str
    day: Day
    by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A record that bears on the amounts of doses from a day on, though doses from that day on had been recorded before it."""

    number: int
    day: Day


@dataclass(slots=True)
class Course:
    """The facts in force, by what they bear on. Made by `replay`; nothing changes it afterwards.

    ``doses`` are the cycles started and doses given of each treatment, in order. Keys of ``entries`` are entry ids:
    ``toripalimab.3``, ``regorafenib.2`` for a whole cycle, ``c1d8.1``. ``highest`` is the highest number of each timeline that
    was done, not done or booked; ``overridden`` are the events that carry an override. ``taken`` are the days of each
    treatment that the last report about them tells as taken, in order. ``first_dose`` is the fact about the first dose of
    anything and ``first_day`` its day, which for tablets reported later is not the day of the report. ``late`` is what bears on
    amounts and was recorded after a dose that it is dated before; ``log`` is what all this was read from. ``screenings`` are
    those that failed. ``grade_5`` is the adverse event, or the change of its grade, that says the patient died of it.
    ``not_first`` are the treatments of which no dose is the first dose. ``drugs`` are the treatments that are timed on cycles of
    their own, by the name of these: what is ordered for the cycles is ordered for each of them.
    """

    arm: str | None = None
    length: int = 0
    dates: dict[str, Fact] = field(default_factory=dict)
    first_dose: Fact | None = None
    first_day: Day | None = None
    first_dose_planned: Fact | None = None
    doses: dict[str, list[Fact]] = field(default_factory=dict)
    entries: dict[str, EntryFacts] = field(default_factory=dict)
    holds: dict[str, list[Hold]] = field(default_factory=dict)
    reopened: dict[str, list[Fact]] = field(default_factory=dict)
    levels: dict[str, list[LevelChange]] = field(default_factory=dict)
    reports: dict[str, list[Report]] = field(default_factory=dict)
    taken: dict[str, tuple[tuple[Day, Report], ...]] = field(default_factory=dict)
    prescribed: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)
    ends_of_treatment: list[Fact] = field(default_factory=list)
    withdrew: list[Fact] = field(default_factory=list)
    moves: list[Fact] = field(default_factory=list)
    transfers: list[Fact] = field(default_factory=list)
    decided: list[Fact] = field(default_factory=list)
    died: Fact | None = None
    grade_5: Fact | None = None
    screenings: Screenings = NOT_FAILED
    beyond_progression: Fact | None = None
    progressions: list[Fact] = field(default_factory=list)
    away: list[Hold] = field(default_factory=list)
    groups: dict[str, list[Membership]] = field(default_factory=dict)
    responses: list[Fact] = field(default_factory=list)
    unscheduled: list[Fact] = field(default_factory=list)
    delays_in_the_past: list[Fact] = field(default_factory=list)
    taken_back: list[TakenBack] = field(default_factory=list)
    dates_taken_back: dict[str, tuple[int, ...]] = field(default_factory=dict)
    facts_taken_back: dict[str, tuple[int, ...]] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    log: Log = field(default_factory=Log, compare=False, repr=False)
    late: tuple[Late, ...] = ()
    highest: dict[str, int] = field(default_factory=dict)
    overridden: frozenset[int] = frozenset()
    not_first: frozenset[str] = frozenset()
    drugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, *kinds: type[ev.Event]) -> list[Fact]:
        """The facts of some kinds, in the order they count."""
        return [fact for fact in self.facts if isinstance(fact.event, kinds)]

    @property
    def screen_failure(self) -> Fact | None:
        """What keeps a patient who never had a dose out of the study: a screen failure that no other screening followed."""
        return self.screenings.failed if self.first_dose is None else None

    @property
    def end_of_treatment(self) -> Fact | None:
        """The last time that all treatment was ended."""
        return self.ends_of_treatment[-1] if self.ends_of_treatment else None

    def said_late(self, number: int, day: Day) -> tuple[int, ...]:
        """The numbers of what was recorded after a dose of that number and day, and bears on it all the same."""
        return tuple(late.number for late in self.late if late.number > number and late.day <= day)

    @property
    def progressed_again(self) -> Fact | None:
        """The first progression of a day after that on which somebody decided to treat beyond one."""
        beyond = self.beyond_progression
        later = (fact for fact in self.progressions if beyond is not None and fact.day > beyond.day)
        return next(later, None)

    @property
    def death(self) -> Fact | None:
        """The death as somebody recorded it, else the grade 5 that says so until somebody records or denies it."""
        return self.died if self.died is not None else self.grade_5

    def about(self, entry: str) -> EntryFacts:
        """The facts about one entry; an empty one where nothing is known."""
        return self.entries.get(entry, NOTHING_KNOWN)


def effective(fact: Fact) -> Day:
    """The first day that an order bears on: its own day, or the next where that day's dose had been taken."""
    day = fact.day
    return day + 1 if getattr(fact.event, "today_taken", False) else day

"""What the engine reads: one plan for each arm, names resolved, repeats and defaults spelled out; it knows no patient.

It is compiled once from a checked protocol and serves every calendar of that arm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.protocol.plan.activity import Activity, names_of, shown_by_number
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import Give, Ladder
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.limits import NO_LIMITS, DoseRestart, GoesOn, Interval, Limits, LongHold, MadeUp
from scheduler.protocol.plan.only_if import AskedFact, OnlyIf
from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.plan.sheet import Sheet
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.frequency import HOURS_APART, most_as_needed
from scheduler.protocol.plan.times.moments import BEGINNINGS, Edge, Moment
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.protocol.plan.times.timing import CountLimit, DateLimit, Timing
from scheduler.protocol.plan.version import Amendment, Assumption, Synopsis, TrialVisit


class IfClosed(Enum):
    """Which open day is taken when the ideal day is closed."""

    LATER = "later"
    NEAREST = "nearest"
    EARLIER = "earlier"


class Role(Enum):
    """What a timeline is for: treatment can be held, delayed and discontinued; a visit cannot; a date is only a date.

    Cycles of their own give nothing: they are the clock of the drugs in them.
    """

    TREATMENT = "treatment"
    CYCLES = "cycles"
    VISIT = "visit"
    DATE = "date"


class HeldDays(Enum):
    """What becomes of the dosing days inside a hold."""

    LOST = "lost"
    MADE_UP = "made up"


class NotDone(Enum):
    """What becomes of an occurrence that was not done."""

    LOST = "lost"
    MOVES = "moves to the next open day"


@dataclass(frozen=True, slots=True)
class Timeline:
    """One line of the calendar with its own clock: cycles, doses, a course of fractions, scans, a single visit.

    ``numbered`` holds the timings of single occurrences, ``then`` that of all later ones, ``last`` a closing one whose id is
    ``{name}.last``. ``pieces`` are fixed grids one after another. ``has_days`` is true of cycles with dosing days of their own,
    ``single`` where there is exactly one occurrence. ``open_days`` are the days of its block, which must all be open, counted
    from its own day, 0. ``by_part`` are the timings of what follows other days in other cycles, one for each part of ``follows``.
    ``screens`` marks a single visit before the first dose or randomisation, which who is screened again has again. ``restarts``
    are of doses that are counted, ``long_holds`` of cycles with days. ``supportive`` medicine makes neither the first nor the
    last dose of anything, and has no dose intensity. ``held_with`` are the drugs of cycles whose hold alone keeps the next cycle
    from beginning. ``goes_on`` are the values that each dose or cycle waits for. ``only_if`` is what it hangs on: all of it, or
    with ``only_if_of`` those numbers alone and all after them. ``made_up``: how missed fractions are. ``sheet``: whose later days
    these visits are. ``before_randomisation``: all get it before arms. ``before_consent``: as routine care.
    """

    name: str
    title: str
    role: Role
    kind: str
    order: int
    numbered: dict[int, Timing] = field(default_factory=dict)
    then: Timing | None = None
    last: Timing | None = None
    pieces: tuple[Timing, ...] = ()
    first_number: int = 1
    follows: Follows | None = None
    each: str | None = None
    unless: str | None = None
    counts: tuple[CountLimit, ...] = ()
    limits_by_date: tuple[DateLimit, ...] = ()
    resource: str = "clinic"
    open_days: tuple[int, ...] = (0,)
    if_closed: IfClosed = IfClosed.NEAREST
    together_with: str | None = None
    gives: tuple[Give, ...] = ()
    ladder: Ladder | None = None
    held_days: HeldDays = HeldDays.LOST
    long_holds: tuple[LongHold, ...] = ()
    restarts: tuple[DoseRestart, ...] = ()
    not_done: NotDone = NotDone.LOST
    limits: Limits = NO_LIMITS
    activities: tuple[Activity, ...] = ()
    activities_by_number: tuple[tuple[Activity, ...], ...] = ()
    only_for: str | None = None
    called: str = "visit"
    has_days: bool = False
    supportive: bool = False
    by_part: tuple[Timing, ...] = ()
    names_by_number: tuple[tuple[str, ...], ...] = field(init=False)
    activities_told_apart: bool = field(init=False)
    single: bool = field(init=False)
    screens: bool = field(init=False)
    held_with: tuple[str, ...] = ()
    goes_on: GoesOn | None = None
    sheet: Sheet | None = None
    only_if: OnlyIf | None = None
    only_if_of: dict[int, OnlyIf] = field(default_factory=dict)
    made_up: MadeUp | None = None
    prompts: Prompts | None = None
    before_randomisation: bool = False
    before_consent: Clause | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "activities_told_apart", any(each.apart is not None for each in self.activities))
        object.__setattr__(self, "names_by_number", shown_by_number(self.activities_by_number))
        goes_on = self.then or self.pieces or self.follows or self.each
        object.__setattr__(self, "single", not goes_on and len(self.numbered) <= 1)
        before = [timing.precedes and timing.moment in BEGINNINGS for timing in self.numbered.values()]
        screens = self.single and self.role is Role.VISIT and before == [True] and not self.before_randomisation
        object.__setattr__(self, "screens", screens)

    @property
    def every_day(self) -> bool:
        """True where something is given every day for as long as it lasts: its days end with the treatment."""
        return any(give.every_day for give in self.gives)

    @property
    def as_needed(self) -> bool:
        """True for what is taken as needed: no day of it is presumed to have a dose, and none without is missed."""
        return any(most_as_needed(give.frequency) is not None for give in self.gives)

    @property
    def a_day(self) -> int:
        """How many of its fractions one day has."""
        return max([give.a_day for give in self.gives]) if self.gives else 1

    @property
    def hours_apart(self) -> int:
        """The least hours between two fractions of a day: as written, else what is presumed."""
        return max(self._written_hours_apart(), default=HOURS_APART)

    @property
    def most_a_day(self) -> int:
        """How many fractions one day may have, where a missed one is made up on it."""
        return max(self.a_day, self.made_up.a_day if self.made_up is not None else 1)

    @property
    def says_hours_apart(self) -> bool:
        """True where the least hours between two fractions of a day are written, with the dose or with its days."""
        return any(True for _ in self._written_hours_apart())

    def _written_hours_apart(self) -> Iterator[int]:
        yield from (give.hours_apart for give in self.gives if give.hours_apart is not None)
        if self.then is not None and self.then.span is not None and self.then.span.hours is not None:
            yield self.then.span.hours

    def last_day(self, n: int) -> int:
        """The number of the last dosing day of the n-th cycle; 1 where it has no others."""
        gives = [give.last_day for give in self.gives if give.cycles is None or give.cycles.includes(n)]
        return max(gives, default=1)

    def activities_of(self, n: int) -> tuple[Activity, ...]:
        """What is done at the n-th occurrence."""
        if n < len(self.activities_by_number):
            return self.activities_by_number[n]
        return tuple(each for each in self.activities if each.selection.every == 1 or each.selection.includes(n))

    def shown_at(self, n: int, day: Day | None) -> tuple[str, ...]:
        """What is done at the n-th occurrence, on a day, as it is shown."""
        if not self.activities_told_apart:
            return self.names_by_number[n] if n < len(self.names_by_number) else names_of(self.activities_of(n))
        return tuple(each.shown_on(day) for each in self.activities_of(n))

    @property
    def branches(self) -> bool:
        """True where something of it hangs on a fact about the patient."""
        return self.only_if is not None or bool(self.only_if_of)

    def hangs_on(self, n: int) -> OnlyIf | None:
        """What the n-th occurrence hangs on, if on anything."""
        if not self.only_if_of:
            return self.only_if
        return self.only_if_of.get(n) or (self.only_if if n > max(self.only_if_of) else None)

    def timing(self, n: int) -> Timing | None:
        """The timing of the n-th occurrence, where it has one of its own or the common one."""
        if self.by_part and self.follows is not None:
            part = self.follows.part(n)
            return self.by_part[part] if part is not None else None
        return self.numbered.get(n) or self.then


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that the study counts in. ``collects`` is what, whatever it is called: adverse events, an end point."""

    name: str
    title: str
    start: Timing
    end: Timing
    order: int
    collects: str | None = None

    @property
    def collects_adverse_events(self) -> bool:
        """True for the time in which the study collects adverse events."""
        return self.collects == "adverse events"


class Epoch(NamedTuple):
    """One epoch, such as screening, and where it begins: it lasts until the next one begins. Source: CDISC SDTM, EPOCH."""

    name: str
    start: Timing


@dataclass(frozen=True, slots=True)
class Plan:
    """One arm of one protocol version, ready for the engine. ``day_one`` is 1, or 0 where the reference date is Day 0.

    ``products`` are one for each strength in which a drug or treatment is handed out, the largest first. ``not_first`` are the
    treatments of which no dose is the first dose. ``drugs`` are, for cycles of their own, the treatments that are timed on them,
    without supportive medicine where there is anything else. ``has_branches``: something of it hangs on a fact about the patient.
    ``earlier`` are the plans that a patient was under before an amendment, oldest first. ``ctcae`` is the version of CTCAE that
    the protocol names. ``sheets`` are the time points around doses and visits. ``consent_again`` asks for a new consent before
    another screening. ``awaits_arm`` is what nobody can date before the patient is randomised. ``lasts``: minutes by name.
    """

    study: str
    version: str
    title: str
    arm: str
    arm_title: str
    timelines: dict[str, Timeline]
    dates: dict[str, Timeline]
    periods: tuple[Period, ...]
    reference: Moment
    day_one: int
    horizon: Edge | None
    products: dict[str, tuple[Product, ...]]
    rules: tuple[Rule, ...] = ()
    intervals: tuple[Interval, ...] = ()
    amendment: Amendment | None = None
    earlier: tuple[Earlier, ...] = ()
    ctcae: str = "5.0"
    sheets: tuple[Sheet, ...] = ()
    not_first: frozenset[str] = frozenset()
    epochs: tuple[Epoch, ...] = ()
    awaits_arm: frozenset[str] = frozenset()
    consent_again: Clause | None = None
    lasts: dict[str, int] = field(default_factory=dict)
    _treatments: tuple[Timeline, ...] = field(init=False, repr=False, compare=False)
    drugs: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    has_branches: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_branches", any(line.branches for line in self.timelines.values()))
        treatments = tuple(line for line in self.timelines.values() if line.role is Role.TREATMENT)
        object.__setattr__(self, "_treatments", treatments)
        object.__setattr__(self, "drugs", _drugs_in_cycles(self.timelines))

    def treatments(self) -> tuple[Timeline, ...]:
        """The timelines that are treatment, in the protocol's order."""
        return self._treatments

    def products_of(self, drug: str, treatment: str) -> tuple[Product, ...]:
        """The products of a drug, one for each strength: those named after it, or after the treatment that gives it."""
        return self.products.get(drug) or self.products.get(treatment) or ()

    def handed_out_as(self, treatment: str) -> tuple[Product, ...]:
        """The products that are handed out and counted for a treatment; none where it gives several drugs."""
        line = self.timelines.get(treatment)
        drugs = {give.name for give in line.gives} if line is not None else {treatment}
        return self.products_of(drugs.pop(), treatment) if len(drugs) == 1 else ()

    def that_has(self, line: Timeline) -> Plan:
        """The plan that a treatment is of: of a cycle that was started under an earlier version, that one."""
        return next((each.plan for each in self.earlier if each.plan.timelines.get(line.name) is line), self)

    @property
    def with_earlier(self) -> tuple[Plan, ...]:
        """The plans that the patient was under, oldest first, and this one."""
        return (*(earlier.plan for earlier in self.earlier), self)

    @property
    def waits_for_values(self) -> bool:
        """True where a dose waits for values, by this plan or by an earlier one."""
        return any(line.goes_on is not None for plan in self.with_earlier for line in plan.timelines.values())

    @property
    def asked_facts(self) -> tuple[AskedFact, ...]:
        """The facts about a patient that something hangs on."""
        lines = self.timelines.values() if self.has_branches else ()
        only_ifs = (each for line in lines for each in (line.only_if, *line.only_if_of.values()))
        return tuple(fact for only_if in only_ifs if only_if is not None for fact in only_if.facts)

    @property
    def screening_visits(self) -> frozenset[str]:
        """The names of the visits that are screenings: who is screened again has them again."""
        return frozenset(name for name, line in self.timelines.items() if line.screens)

    def start_level(self, treatment: str) -> int:
        """The dose level that a treatment begins at: 0, unless its levels say another."""
        line = self.timelines.get(treatment)
        return line.ladder.start if line is not None and line.ladder is not None else 0

    def cycles(self) -> tuple[Timeline, ...]:
        """The clocks that give nothing themselves, in the protocol's order."""
        return tuple(self.timelines[name] for name in self.drugs)

    def cycles_of(self, line: Timeline) -> Timeline | None:
        """The clock that a treatment is timed on; None where it has one of its own, or follows another treatment or visit."""
        parent = self.timelines.get(line.follows.timeline) if line.follows is not None else None
        return parent if parent is not None and parent.role is Role.CYCLES and line.role is Role.TREATMENT else None

    def study_treatments(self) -> tuple[Timeline, ...]:
        """The treatments without supportive medicine; all of them where there is nothing else."""
        return tuple(line for line in self._treatments if not line.supportive) or self._treatments

    def ctcae_on(self, day: Day) -> str:
        """The version of CTCAE that a record of that day is in: what an earlier plan named stays with its records."""
        return next((each.plan.ctcae for each in self.earlier if day < each.until), self.ctcae)


def _drugs_in_cycles(timelines: dict[str, Timeline]) -> dict[str, tuple[str, ...]]:
    by_cycles: dict[str, tuple[str, ...]] = {}
    for clock in timelines.values():
        if clock.role is Role.CYCLES:
            following = [line for line in timelines.values() if line.follows and line.follows.timeline == clock.name]
            timed = [line for line in following if line.role is Role.TREATMENT]
            drugs = [line for line in timed if not line.supportive] or timed
            by_cycles[clock.name] = tuple(line.name for line in drugs)
    return by_cycles


@dataclass(frozen=True, slots=True)
class Earlier:
    """A plan that a patient was under up to the day before ``until``; ``moved`` are the numbers of the event that ended it."""

    plan: Plan
    until: Day
    moved: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StudyVersion:
    """One compiled protocol version: a plan for each arm, and what all arms share. ``digest`` is the text's SHA-256.

    ``elsewhere``: for each arm, the timelines that only others have. ``cited_on``: lines of sentences that cite a source or an
    assumption. ``milestones``: dates that the study names; ``groups``: what patients join; ``others``: versions that they may
    move to. ``before_arms``: the plan before randomisation. ``trial_visits``: SDTM's names. ``enrolment``: patients planned.
    """

    study: str
    version: str
    title: str
    file: str
    digest: str
    arms: dict[str, Plan]
    assumptions: dict[str, Assumption]
    sources: dict[str, str]
    elsewhere: dict[str, frozenset[str]] = field(default_factory=dict)
    cited_on: dict[str, tuple[int, ...]] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)
    milestones: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    before_arms: Plan | None = None
    trial_visits: dict[str, TrialVisit] = field(default_factory=dict)
    synopsis: Synopsis = field(default_factory=Synopsis)
    enrolment: dict[str, int] = field(default_factory=dict)
    others: tuple[StudyVersion, ...] = field(default=(), compare=False, repr=False)

    @property
    def amendment(self) -> Amendment | None:
        """What it says about the version that it amends; None where it amends none."""
        return next(iter(self.arms.values())).amendment

    @property
    def assumption_lines(self) -> dict[str, tuple[int, ...]]:
        """The lines of the sentences that cite each assumption, in the order of reading; none where nothing cites it."""
        return {name: self.cited_on.get(name, ()) for name in self.assumptions}

    def plan(self, arm: str | None) -> Plan | None:
        """The plan of an arm; of the only arm where there is one; else what all have before randomisation, or None."""
        if arm is None and len(self.arms) == 1:
            return next(iter(self.arms.values()))
        return self.arms.get(arm) if arm is not None else self.before_arms

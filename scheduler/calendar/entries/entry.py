"""What a calendar holds: entries with their dates, doses, status and reasons; what is pending; what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.dose_sheet import DoseSheet
from scheduler.calendar.entries.proposal import Asked, Proposal
from scheduler.dates import study_day
from scheduler.findings import Finding
from scheduler.identity import Memo
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import in_short
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.dosing.taking import Taking
from scheduler.protocol.plan.limits import DoseRestart
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES, FORMS, MEDICINE, DosageForm


class Kind(StrEnum):
    """What sort of thing an entry is."""

    ORAL = "oral"
    INFUSION = "infusion"
    INJECTION = "injection"
    FRACTION = "fraction"
    SCAN = "scan"
    VISIT = "visit"
    CONTACT = "contact"
    LABORATORY = "laboratory"
    DIARY = "diary"
    """What the patient writes down at home on a day: nobody comes, and nobody calls."""
    PERIOD = "period"
    CYCLE = "cycle"
    """A cycle of its own, which gives nothing itself: its drugs are what a patient comes for."""


class Status(StrEnum):
    """Where an entry stands by the log alone. Due and overdue depend on today and belong to views."""

    PLANNED = "planned"
    DONE = "done"
    HELD = "held"
    NOT_DONE = "not done"
    CANCELLED = "cancelled"


class Flag(StrEnum):
    """What a reader must know about an entry beside its status."""

    AWAITING_DECISION = "awaiting decision"
    BOOKED = "booked"
    OUT_OF_WINDOW = "out of window"
    PROVISIONAL = "provisional"
    NO_RECORD = "no record"
    GIVEN_DURING_HOLD = "given during a hold"
    ATTEMPT_FAILED = "attempt failed"
    OVERRIDE = "override"
    COMBINED = "combined with the end-of-treatment visit"
    CONFIRMS = "confirms an iUPD"
    OPEN_END = "end pending"
    NOT_PLANNED = "not planned"
    AFTER_END = "after the end"
    START_NOT_RECORDED = "start not recorded"
    TOO_EARLY = "too early"
    NUMBER_SKIPPED = "number skipped"
    NUMBER_UNUSED = "number not used"
    OVERDOSE = "overdose"
    IN_PART = "given in part"
    VALUE_NEEDED = "value needed"
    OMITTED = "omitted at this dose level"
    NOT_FOR_PATIENT = "not for this patient"
    ROUTINE_CARE = "routine care before consent"


Window: TypeAlias = tuple[date, date]
"""The first and the last allowed civil date, both included."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One amount of one drug or radiotherapy course. A missing amount is missing, never 0.

    ``of`` names the drug or course where the treatment's name does not. ``level`` is the position on the ladder: 0, -1, -2.
    ``often`` is said where the amount is not the whole day's: "twice daily", "once in the evening". ``needs`` is what has to be
    recorded or decided before it has an amount: "age", "a decision". ``by_band`` says in which band the patient is, and by which
    value of which day. ``taking`` is what the patient is told of the hours between two doses and of meals, ``over`` over how
    long it is given, where the protocol says it. ``worked_from`` is the dose per m2, per kg or by AUC that it was worked out
    from, with its unit.
    """

    amount: Decimal | None
    unit: str
    level: int | None = None
    of: str | None = None
    often: str | None = None
    needs: tuple[str, ...] = ()
    by_band: str | None = field(default=None, compare=False)
    taking: Taking | None = None
    worked_from: tuple[Decimal, str] | None = field(default=None, compare=False)
    over: InfusionTime | None = None

    def __str__(self) -> str:
        if self.amount is None:
            # "not prescribed twice daily" would say that it is prescribed otherwise.
            return ", ".join(part for part in (f"{self.of or ''} {self.unknown}".strip(), self.often) if part)
        return " ".join(part for part in (self.of, _amount_in_words(self.amount, self.unit), self.often) if part)

    @property
    def over_time(self) -> str:
        """What is said behind the amount of the time that it is given over: " over 2 hours"; nothing where there is none."""
        return f" over {self.over}" if self.over is not None else ""

    @property
    def is_as_reported(self) -> bool:
        """True for the amount of a whole day that somebody reported: no level has it, and nothing is said of how often."""
        return self.level is None and self.often is None

    @property
    def of_day(self) -> Decimal | None:
        """The amount of a whole day, which is what a report says; None where it has none, or nobody knows how often."""
        times = doses_a_day(self.often)
        return None if self.amount is None or times is None else self.amount * times

    @property
    def most_of_day(self) -> Decimal | None:
        """The most that may be taken in a day, of what is taken as needed; None of all else."""
        times = most_as_needed(self.often)
        return None if self.amount is None or times is None else self.amount * times

    @property
    def unknown(self) -> str:
        """Why it has no amount: "not prescribed", "age needed"."""
        return f"{' and '.join(self.needs)} needed" if self.needs else "not prescribed"


def _amount_in_words(amount: Decimal, unit: str) -> str:
    """80 mg; 2 puffs, of what counts itself."""
    return FORMS[unit].english(amount) if unit in COUNTED_THEMSELVES else in_short(amount, unit)


class Run(NamedTuple):
    """Consecutive dosing days of one cycle that are alike in dose and status; both days included.

    ``due`` are the doses that were due, where somebody reported another amount.
    """

    first_day: int
    last_day: int
    first_date: date
    last_date: date
    doses: tuple[Dose, ...]
    status: Status
    because: Because
    flags: tuple[Flag, ...] = ()
    due: tuple[Dose, ...] = ()


def clock_in_words(time: str | None, earliest: str | None) -> str | None:
    """A time of day, or that before which something must not be: "08:30", "from 14:30"."""
    return time or (f"from {earliest}" if earliest is not None else None)


class InCount(NamedTuple):
    """Which dose of the protocol a dose is, where that is not the one of its own number.

    By ``rule`` it begins again, because it is ``days`` days after ``last``, the last dose given, on the day ``given``. One that
    goes on after such a dose has its entry as ``began``.
    """

    number: int
    rule: DoseRestart | None = None
    last: str = ""
    given: date | None = None
    days: int = 0
    began: str | None = None


class PromptsOfDay(NamedTuple):
    """How often a diary asks on one day, and how many of its prompts were answered; None where nobody recorded that."""

    asked: Prompts
    answered: int | None = None

    def __str__(self) -> str:
        return str(self.asked) if self.answered is None else f"{self.answered} of {self.asked.a_day} prompts answered"


class Entry(NamedTuple):
    """One thing on the calendar: a cycle of tablets with its runs, an infusion, a fraction, a visit, a scan, a period.

    All dates are civil dates at the site. ``ideal`` is the protocol's date, ``window`` the allowed days around it, ``date``
    where it is planned, booked or was done; ``time`` is the local time of a booking, or that follows from hours after a time that
    was recorded; ``earliest`` is that before which it must not be on its day. For oral treatment ``runs`` holds the
    dosing days and ``date`` is the first of them. For a period, ``window`` is the period. ``in_count`` is there where doses
    began again. ``due`` are the doses that were due, where somebody recorded another amount.
    """

    id: str
    timeline: str
    n: int
    kind: Kind
    title: str
    ideal: date | None
    window: Window | None
    date: date | None
    time: str | None
    status: Status
    doses: tuple[Dose, ...]
    activities: tuple[str, ...]
    flags: tuple[Flag, ...]
    because: Because
    cycle: int | None = None
    day: int | None = None
    runs: tuple[Run, ...] = ()
    resource: str | None = None
    in_count: InCount | None = None
    earliest: str | None = None
    due: tuple[Dose, ...] = ()
    prompts: PromptsOfDay | None = None

    @property
    def clock(self) -> str | None:
        """Its time of day in words: "08:30"; "from 14:30", where it must not be earlier."""
        return clock_in_words(self.time, self.earliest)

    @property
    def counts_as(self) -> int:
        """The number by which the protocol speaks of it: another than its own where doses began again."""
        return self.n if self.in_count is None else self.in_count.number

    @property
    def dose(self) -> Dose | None:
        """The dose, where there is exactly one."""
        return self.doses[0] if len(self.doses) == 1 else None


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that cannot be dated yet, with the rule that will date it and what it waits for.

    ``window`` are the days for randomisation itself, where a patient has something before it.
    """

    id: str
    timeline: str
    kind: Kind
    title: str
    rule: str
    because: Because
    not_before: date | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """Dosing of one treatment stopped: the first day not dosed, and the day dosing resumed (None while nobody knows).

    ``ended`` is the day from which the treatment itself was over, where that came before any resume: the hold is void then.
    ``events`` are the numbers of all that began or ended it. ``missed`` is the first dosing day that it took away, from which a
    protocol's longest hold counts; None while there is none, and where the protocol has no such limit. ``goes_on_from`` are the
    numbers of the hold before it, where no day was dosed between them: that day was missed by then.
    """

    treatment: str
    start: date
    resumed: date | None
    reason: str | None
    events: tuple[int, ...]
    ended: date | None = None
    missed: date | None = None
    goes_on_from: tuple[int, ...] = ()

    @property
    def over(self) -> date | None:
        """The first day that is no longer held: dosing resumed, or the treatment was over; None while the hold lasts."""
        return self.ended or self.resumed


class Epoch(NamedTuple):
    """An epoch of the study and its first day, for one patient; the first epoch has whatever comes before it too."""

    name: str
    first: date | None


Products: TypeAlias = Mapping[str, tuple[Product, ...]]
"""What is handed out, by drug or treatment: one product for each strength."""


class NamedDate(NamedTuple):
    """A date that the study names and plans until it is recorded, such as the delivery of cells.

    ``date`` is a civil date at the site, None while nobody knows it; ``rule`` is the sentence that plans it.
    """

    name: str
    rule: str
    date: date | None
    recorded: bool
    because: Because


@dataclass(frozen=True, slots=True)
class Calendar:
    """One patient's calendar, as the protocol, the site's open days and the log make it. A value: recompute to change it.

    ``proposals`` are those whose day the log has come to, the decided ones among them; `proposals_on` knows of other days.
    ``asked`` is what doses wait for although no rule is about it.
    ``findings_to_come`` are those that the passing of days alone makes, each with its first day: the log has not come to it.
    ``study_days_from`` is the date that study days count from, the day with the label ``day_one``; None while it is not known.
    ``event_kinds`` names the kind of each event of the log, for telling reasons. ``earlier_clauses`` are sentences of the
    versions that the patient was under before, by identity. ``hours_apart`` are the treatments that are given several times a
    day, with the least hours between two of them. ``forms`` says what a patient has of each treatment: tablets, capsules.
    ``lasts`` are the minutes of visits by name or kind, and of activities, by site or protocol. ``sheets`` are the time
    points around doses and visits. ``products`` are what drugs and treatments are handed out as, and ``products_before``
    those of the entries that go by a version that the patient was under before, by their ids. ``before_orders`` says of overdue
    doses how they stand before the day of an order that bears on them: `calendar_on` shows it to readers of earlier days.
    ``written_to`` is the last day that open-ended timelines are written out to; None where nobody can tell it yet.
    """

    study: str
    version: str
    subject: str | None
    arm: str | None
    first_dose: date | None
    first_dose_given: bool
    entries: tuple[Entry, ...]
    pending: tuple[Pending, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    proposals_to_come: tuple[Proposal, ...] = ()
    asked: tuple[Asked, ...] = ()
    findings: tuple[Finding, ...] = ()
    findings_to_come: tuple[tuple[date, Finding], ...] = ()
    holds: tuple[HeldPeriod, ...] = ()
    until: date | None = None
    log_length: int = 0
    study_days_from: date | None = None
    day_one: int = 1
    event_kinds: Mapping[int, str] = field(default_factory=dict, compare=False, repr=False)
    earlier_clauses: Memo[Clause, str] = field(default_factory=Memo, compare=False, repr=False)
    sheets: tuple[DoseSheet, ...] = ()
    hours_apart: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    forms: Mapping[str, DosageForm] = field(default_factory=dict, compare=False, repr=False)
    lasts: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    products: Products = field(default_factory=dict, compare=False, repr=False)
    products_before: Mapping[str, Products] = field(default_factory=dict, compare=False, repr=False)
    epochs: tuple[Epoch, ...] = field(default=(), compare=False, repr=False)
    dates: tuple[NamedDate, ...] = ()
    by_id: dict[str, Entry] = field(default_factory=dict, compare=False, repr=False)
    reasons: dict[str, Because] = field(default_factory=dict, compare=False, repr=False)
    before_orders: Mapping[str, tuple[tuple[date, Entry], ...]] = field(default_factory=dict, compare=False, repr=False)
    written_to: date | None = field(default=None, compare=False, repr=False)

    def version_of(self, clause: Clause) -> str:
        """The protocol version that a sentence stands in: this calendar's, or one that the patient was under before."""
        return self.earlier_clauses.get(clause) or self.version

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id (a cycle for an oral treatment), or None."""
        return self.by_id.get(entry_id)

    def form_of(self, treatment: str) -> DosageForm:
        """What the patient has of a treatment; medicine where nobody says it."""
        return self.forms.get(treatment, MEDICINE)

    def epoch_on(self, day: date) -> str | None:
        """The epoch that a day belongs to: the last that has begun by then; None where the protocol names none."""
        begun = [each.name for each in self.epochs[1:] if each.first is not None and each.first <= day]
        return begun[-1] if begun else self.epochs[0].name if self.epochs else None

    def study_day(self, day: date) -> int | None:
        """The study-day label of a date: where first dose is Day 1, the day before it is Day -1, and there is no Day 0."""
        if self.study_days_from is None:
            return None
        return study_day(day.toordinal(), self.study_days_from.toordinal(), self.day_one)

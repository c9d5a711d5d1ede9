"""A patient's calendar: the public JSON of ``scheduler show --format json``."""

from __future__ import annotations

from scheduler.calendar.comparing.change import What
from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.calendar.entries.proposal import State
from scheduler.web.api.shapes.problem import Finding
from scheduler.web.api.shapes.shape import CivilDate, Shape


class Dose(Shape):
    """A dose. A missing one is null, never 0."""

    amount: str | None
    """An exact decimal number, as text."""
    unit: str | None
    """The unit, such as mg."""
    level: int | None
    """The position on the ladder of dose levels: 0, -1, -2."""
    often: str | None = None
    """How often on the day, where that is not once."""


class NamedDose(Dose):
    """A dose of one of several drugs that are given together."""

    of: str
    """The drug."""


class Entry(Shape):
    """One thing on the calendar. Each day of tablets is an entry."""

    id: str
    """The plan's own name for it, such as toripalimab.2 or regorafenib.3.15; it survives every rescheduling."""
    kind: Kind
    """What it is."""
    title: str
    """What people call it."""
    cycle: int | None
    """The cycle that it belongs to."""
    day: int | None
    """The day of the cycle, from 1."""
    n: int | None
    """The number of the occurrence."""
    study_day: int | None
    """The study day; day 1 is the first dose, and there is no day 0."""
    ideal: CivilDate | None
    """The protocol's own date."""
    window: tuple[CivilDate, CivilDate] | None
    """The first and the last allowed day; null where the protocol gives none."""
    date: CivilDate | None
    """Where it is now planned, booked, or was done: a civil date at the site."""
    time: str | None
    """The local time of an appointment, HH:MM."""
    status: Status
    """Planned, done, held, not done or cancelled."""
    dose: Dose | None
    """The dose."""
    doses: list[NamedDose] | None = None
    """The doses of all drugs, where there are several."""
    activities: list[str]
    """What is done there."""
    flags: list[Flag]
    """What else is to be known about it."""
    because: list[str]
    """Why the date is what it is: the protocol's sentences, events, closed days."""


class Pending(Shape):
    """What cannot be dated yet, and what will date it."""

    id: str
    """The id that it will have."""
    kind: Kind
    """What it is."""
    title: str
    """What people call it."""
    rule: str
    """The protocol's sentence that will date it."""
    because: list[str]
    """What it waits for."""
    not_before: CivilDate | None
    """The earliest day that is possible."""


class Option(Shape):
    """One action that may be chosen about a proposal."""

    number: int
    """Its number among the options; the first is the protocol's own."""
    action: str
    """The action in words, as a decision may name it."""
    of_protocol: bool
    """The protocol's rule itself names it."""
    dose: str | None
    """The dose that it leads to."""
    instead_of: str | None
    """The protocol's action that is not possible, because there is no such level."""


class EarlyResume(Shape):
    """Dosing that went on before the rule's conditions were met."""

    day: CivilDate
    """When it went on."""
    days_short: int
    """How many days too soon."""
    not_yet: list[str]
    """What was missing."""
    events: list[int]
    """The events that say so."""
    mended: bool
    """What was missing has come since."""


class Proposal(Shape):
    """What a dose rule of the protocol proposes. A person decides; nothing changes by itself."""

    id: str
    """The rule and the number of the event that called for it."""
    treatment: str
    """The treatment that it is about."""
    rule: str
    """The rule's name in the protocol."""
    title: str
    """What it is about, in words."""
    source: str
    """The protocol's line."""
    events: list[int]
    """The events that it rests on."""
    raised: CivilDate
    """From when it holds."""
    state: State
    """Whether somebody has decided."""
    leads: bool
    """It is the strictest that is open for the treatment."""
    options: list[Option]
    """What may be chosen."""
    decided_by: list[int]
    """The events that decided."""
    chosen: str | None
    """What they chose."""
    deadline: CivilDate | None
    """By when it has to be decided."""
    hold_at_most: str | None
    """How long a hold may last."""
    held_since: CivilDate | None
    """Since when it is held."""
    assumed: list[str]
    """What nobody recorded, and how that was read."""
    earliest_resume: CivilDate | None
    """The first day on which a resume is late enough."""
    resume_waits_for: list[str]
    """What has to recover before."""
    early_resume: EarlyResume | None
    """Where dosing went on too soon."""


class Calendar(Shape):
    """One patient's calendar, every date with its reasons. The same keys as ``scheduler show --format json``."""

    study: str
    """The study."""
    version: str
    """The version of the protocol that the patient started under."""
    subject: str | None
    """The patient's number in the study."""
    arm: str | None
    """The arm, null before randomisation."""
    first_dose: CivilDate | None
    """Study Day 1, projected until it was given."""
    entries: list[Entry]
    """What has a date, by date."""
    pending: list[Pending]
    """What has none yet."""
    proposals: list[Proposal]
    """What waits for a person's decision, or had one."""
    findings: list[Finding]
    """What is to be said about the calendar."""


class Change(Shape):
    """One difference between two calendars."""

    date: CivilDate | None
    """The first day that it bears on."""
    entries: list[str]
    """The entries that differ alike."""
    what: What
    """What is different."""
    before: str | None
    """How it was, in words."""
    after: str | None
    """How it would be, in words."""
    change: str
    """The difference in a sentence."""


class Preview(Shape):
    """What would change, before anything is recorded."""

    events: int
    """How many events the log has: what ``seen`` says when it is recorded."""
    changes: list[Change]
    """Every difference between the calendar as it is and as it would be."""
    raised: list[str]
    """The proposals that it would call for."""
    signs: list[str]
    """What the password would sign; empty where none is needed."""
    findings: list[Finding]
    """Why it cannot be recorded; then nothing else is told."""


class Consequence(Option):
    """One option of an open proposal, with what it would change if it were chosen today."""

    changes: list[Change]
    """Every difference."""


class OpenProposal(Proposal):
    """A proposal with what each of its options would change."""

    options: list[Consequence]  # type: ignore[assignment]
    """What may be chosen, and what that would change."""
    because: list[str]
    """The events that it rests on, in words."""


class Proposals(Shape):
    """All proposals of one patient that stand today: the open ones first."""

    proposals: list[OpenProposal]
    """The proposals."""


class Sentence(Shape):
    """One sentence of an explanation and where it comes from."""

    sentence: str
    """The sentence."""
    source: str | None
    """The protocol's line, an event, the site, or another entry."""


class Explanation(Shape):
    """Why an entry stands where it stands."""

    entry: str
    """The entry's id."""
    title: str
    """The entry in words."""
    lines: list[Sentence]
    """What set it."""
    looked_at: list[Sentence]
    """What could have set it and did not."""
    explain_next: list[str]
    """The entries that it counts from."""

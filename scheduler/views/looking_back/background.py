"""What is known of one patient beside doses and visits: how they took part in the study, health, medicines, and values.

Everything here is as recorded and in force. What was stopped, changed or said anew keeps its line, with the day until which
it held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import cast

from scheduler.patient import events as ev
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.episodes.medicines import medicines_of
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, Text, Value, said, said_as, text_of, told_as
from scheduler.views.cited_events import events_cited
from scheduler.views.patients import Patient
from scheduler.views.table import Cell, Table

COLUMNS = (
    "sort",
    text_of(said_as("of what is known", "name")),
    text_of(said_as("of what is known", "value")),
    "upper limit",
    "from",
    "until",
    "events",
)
"""The columns of the CSV: a public interface."""


class Sort(StrEnum):
    """What a line is about."""

    STUDY = "study"
    HEALTH = "health"
    FACT = "fact"
    MEDICINE = "medicine"
    VALUE = "value"


_OF_KINDS = (Sort.STUDY, Sort.HEALTH)
"""What is called by the kind of its event."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: of an end its reason, of a medicine its dose of a day and route, of a value its unit and limit.

    ``first`` is its day, None for a medicine of which only the stop was recorded; ``until`` the day of the stop, or of what holds
    since. ``events`` are the numbers of all events that say so.
    """

    sort: Sort
    name: str
    value: str | None
    limit: str | None
    first: date | None
    until: date | None
    events: tuple[int, ...]


def background_of(patient: Patient) -> tuple[Known, ...]:
    """Everything of the patient's background: the study, health, facts, medicines, values, each in the order of their days."""
    facts = patient.course.facts
    return (*_of_study(facts), *_of_health(facts), *_of_facts(facts), *_of_medicines(facts), *_of_values(facts))


def table_of_background(patient: Patient, names: Mapping[str, Value] | None = None) -> Table:
    """A row for each thing that is known. ``names`` are those of arms, by their ids."""
    whose = " ".join(part for part in (patient.calendar.study, patient.subject) if part)
    rows = tuple(_row(each, names or {}) for each in background_of(patient))
    return Table(text_of(said("{whose} background", whose=Code(whose))), COLUMNS, rows)


def _of_study(facts: Iterable[Fact]) -> Iterator[Known]:
    for fact in facts:
        match fact.event:
            case (
                ev.Randomised(arm=value)
                | ev.Reached(milestone=value)
                | ev.Joined(group=value)
                | ev.Left(group=value)
                | ev.MovedToVersion(version=value)
                | ev.SiteTransferred(site=value)
            ):
                yield _known(Sort.STUDY, fact.event.kind.word, value, fact)
            case ev.Withdrew(withdrawn_from=value, reason=reason):
                yield _known(Sort.STUDY, fact.event.kind.word, _with_reason(value, reason), fact)
            case (
                ev.ScreenFailed(reason=reason)
                | ev.EndOfTreatment(reason=reason)
                | ev.LostToFollowUp(reason=reason)
                | ev.Died(reason=reason)
            ):
                yield _known(Sort.STUDY, fact.event.kind.word, reason, fact)
            case ev.Consented() | ev.Screened() | ev.Contacted() | ev.DateOfBirth():
                yield _known(Sort.STUDY, fact.event.kind.word, None, fact)


def _of_health(facts: Iterable[Fact]) -> Iterator[Known]:
    for fact in facts:
        match fact.event:
            case ev.SurgeryPlanned(day=day):
                yield _known(Sort.HEALTH, fact.event.kind.word, text_of(said("for {day}", day=Code(f"{day}"))), fact)
            case ev.Surgery(size=value) | ev.Pregnancy(whose=value):
                yield _known(Sort.HEALTH, fact.event.kind.word, value, fact)
            case ev.WoundHealed() | ev.Progressed() | ev.NewAnticancerTherapy():
                yield _known(Sort.HEALTH, fact.event.kind.word, None, fact)


def _of_facts(facts: Iterable[Fact]) -> Iterable[Known]:
    """The last one of a name holds."""
    known: dict[int, Known] = {}
    holds: dict[str, int] = {}
    for fact in facts:
        if isinstance(fact.event, ev.Attribute):
            key = attribute_key(fact.event.name)
            if key in holds:
                known[holds[key]] = replace(known[holds[key]], until=fact.event.on)
            holds[key] = fact.number
            known[fact.number] = _known(Sort.FACT, fact.event.name, _said(fact.event.value), fact)
    return known.values()


def _of_medicines(facts: Iterable[Fact]) -> Iterator[Known]:
    """A line for each dose of a medicine by a route, until it was changed or stopped; and each stop of what never began."""
    medicines = medicines_of(facts)
    courses = {course.fact: course for course in medicines.courses}
    stops = [fact for fact in medicines.not_begun if isinstance(fact.event, ev.MedicineStopped)]
    for fact in sorted((*courses, *stops), key=lambda each: each.order):
        course, event = courses.get(fact), cast(OfMedicine, fact.event)
        route = event.route if course is None else course.route
        said = ", ".join(part for part in (event.daily_dose, route) if part is not None)
        line = _known(Sort.MEDICINE, event.name, said or None, fact)
        if course is None:
            yield replace(line, first=None, until=event.on)
        elif course.ended_by is None:
            yield line
        else:
            numbers = tuple(sorted({*fact.numbers, *course.ended_by.numbers}))
            yield replace(line, until=course.ended_by.event.on, events=numbers)


def _of_values(facts: Iterable[Fact]) -> Iterator[Known]:
    for fact in facts:
        if isinstance(fact.event, ev.Measured):
            yield replace(_known(Sort.VALUE, fact.event.test, fact.event.amount, fact), limit=fact.event.limit)


def _known(sort: Sort, name: str, value: str | None, fact: Fact) -> Known:
    return Known(sort, name, value, None, fact.event.on, None, fact.numbers)


def _with_reason(value: str, reason: str | None) -> str:
    return value if reason is None else f"{value}: {reason}"


def _said(value: bool | Decimal | str) -> str:
    if isinstance(value, bool):
        return text_of(said("yes") if value else said("no"))
    return f"{value:f}" if isinstance(value, Decimal) else value


def _row(each: Known, names: Mapping[str, Value]) -> tuple[Cell, ...]:
    events, value = events_cited(each.events), each.value
    if value is not None and each.sort is Sort.STUDY and value in names:
        value = told_as(value, names[value])
    return each.sort.value, _name(each), value, each.limit, each.first, each.until, events


def _name(each: Known) -> str | Text:
    """What happened, which is a word of ours; a fact, a medicine or a test is called as it was recorded."""
    return told_as(each.name, Said(each.name, (), None, "record")) if each.sort in _OF_KINDS else each.name

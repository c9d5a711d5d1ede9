"""Finding what somebody remembers a word of: a patient, a visit, an event, a lot, a sentence of the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.events.text import dump_event
from scheduler.patient.log import Log
from scheduler.said import Quoted, Value
from scheduler.views.days.attendance import attendances
from scheduler.views.patients import Patient

MOST_LETTERS = 80
"""Letters of what is searched for that count."""

MOST_FOUND = 25
"""How many of each sort are told: more than that is a list to narrow, not an answer."""


class Sort(StrEnum):
    """What was found."""

    SUBJECT = "subject"
    VISIT = "visit"
    EVENT = "event"
    LOT = "lot"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. ``where`` is the entry of a visit, the number of an event, the line of a protocol."""

    sort: Sort
    what: Value
    subject: str | None = None
    on: date | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be found, and all its words in small letters."""

    hit: Hit
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found of one sort, at most so many, and how many there are in all."""

    sort: Sort
    hits: tuple[Hit, ...]
    number: int


def lines_of_patient(patient: Patient, log: Log, say: Callable[[Value], str]) -> tuple[Line, ...]:
    """All that can be found of one patient, to be kept until something is recorded. ``say`` tells it in the reader's language."""
    subject = patient.subject
    return (
        _line(Hit(Sort.SUBJECT, Quoted(subject), subject), (patient.calendar.arm or "",), say),
        *_visits(patient, say),
        *_events(subject, log, say),
    )


def lines_of_protocol(version: str, text: str, say: Callable[[Value], str]) -> tuple[Line, ...]:
    """Every line of a protocol that says something."""
    return tuple(
        _line(Hit(Sort.PROTOCOL, Quoted(line.strip()), version, None, f"{number}"), (), say)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )


def found(asked: str, lines: Iterable[Line]) -> tuple[Answer, ...]:
    """What has all the words that were asked for, by sort; the newest first where it has a day. Nothing for no word."""
    words = [_matcher(word) for word in asked[:MOST_LETTERS].casefold().split()]
    hits: dict[Sort, list[Hit]] = {sort: [] for sort in Sort}
    for line in lines if words else ():
        if all(matches(line.words) for matches in words):
            hits[line.hit.sort].append(line.hit)
    return tuple(
        Answer(sort, tuple(sorted(several, key=_newest_first)[:MOST_FOUND]), len(several))
        for sort, several in hits.items()
        if several
    )


def _matcher(word: str) -> Callable[[str], bool]:
    """A word is found in a longer one; a number only where it stands by itself: 6 is not found in 16 or in 2026."""
    if not word.isdecimal():
        return lambda text: word in text
    number = re.compile(rf"(?<!\d){word}(?!\d)")
    return lambda text: number.search(text) is not None


def _visits(patient: Patient, say: Callable[[Value], str]) -> Iterator[Line]:
    for attendance in attendances(patient.calendar):
        for part in attendance.parts:
            what = title_in_words(part.title)
            hit = Hit(Sort.VISIT, what, patient.subject, attendance.day, part.id)
            yield _line(hit, (part.title, part.id, f"{attendance.day}", *part.activities), say)


def _events(subject: str, log: Log, say: Callable[[Value], str]) -> Iterator[Line]:
    for record in reversed(log.records):
        written = tuple(_texts(dump_event(record.event)))
        hit = Hit(Sort.EVENT, what_happened(record.event), subject, record.event.on, f"{record.number}")
        yield _line(hit, (str(hit.what), *written), say)
        lot = getattr(record.event, "lot", None)
        if lot is not None:
            yield Line(Hit(Sort.LOT, hit.what, subject, record.event.on, hit.where), f"{subject}\n{lot}".casefold())


def _texts(value: object) -> Iterator[str]:
    """Every text in what an event is written as, without its keys."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _line(hit: Hit, more: tuple[str, ...], say: Callable[[Value], str]) -> Line:
    return Line(hit, "\n".join((hit.subject or "", say(hit.what), *more)).casefold())


def _newest_first(hit: Hit) -> tuple[int, str, int]:
    line = int(hit.where) if hit.where is not None and hit.where.isdigit() else 0
    return (-hit.on.toordinal() if hit.on is not None else 0, hit.subject or "", line)

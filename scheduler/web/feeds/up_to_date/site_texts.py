"""What the study's sites said earlier: a closure added today moves visits, and those who subscribed must be told so.

A site's text and its holidays can be put in the place of older ones (`Store.add_site`), and a patient can go on at another site.
Neither is an event that an entry cites, so the open days under which each event was recorded are found again here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from scheduler.patient.events import Corrected, SiteTransferred
from scheduler.patient.log import Log, in_force
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.interface import Store
from scheduler.store.study import Study, site_of
from scheduler.store.values import Kind, SiteSource, Subject

_START = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = sys.maxsize


@dataclass(frozen=True, slots=True)
class SiteText:
    """A site as it was from one record of the study's log on. ``at`` is when that was recorded (UTC)."""

    number: int
    at: datetime
    site: Site


_NO_SITE = (SiteText(0, _START, EVERY_DAY),)


@dataclass(frozen=True, slots=True)
class Stage:
    """The open days that held after so many of a patient's events. ``at`` is since when (UTC).

    ``key`` names the sites at which the patient has been, each with the number of its text.
    """

    length: int
    at: datetime
    key: tuple[tuple[str | None, int], ...]
    site: Site


def site_texts(store: Store, last: int) -> dict[str, tuple[SiteText, ...]]:
    """All texts that each site had, oldest first. ``last`` is the number of the last record that can be one of them.

    Raises StoreUnavailable, and InvalidText when a newer release of the program refuses an old text.
    """
    texts = store.texts()
    found: dict[str, tuple[SiteText, ...]] = {}
    for record in store.records():
        if record.number > last:
            break
        if record.kind == Kind.SITE_ADDED:
            said: dict[str, Any] = json.loads(record.body)
            source = SiteSource(said["site"], said["file"], texts[said["text"]], texts.get(said["holidays"]))
            found[source.name] = (*found.get(source.name, ()), SiteText(record.number, record.at, site_of(source)))
    return found


def stages(
    store: Store, study: Study, subject: Subject, log: Log, texts: Mapping[str, tuple[SiteText, ...]]
) -> tuple[Stage, ...]:
    """The open days before the first event, after each one, and after each new text of a site between two events."""
    places = _places(subject, log)
    known = {name: texts.get(name or "", _NO_SITE) for name in {name for each in places for name in each}}
    several = any(len(each) > 1 for each in known.values())
    numbers = _record_numbers(store, subject.subject) if several else {}
    recorded = {0: _START, **{record.number: record.event.recorded_at for record in log.records}}
    found: list[Stage] = []
    for length, names in enumerate(places):
        number = numbers.get(length, _EVER)
        for at, held in _in_turn({name: known[name] for name in names}, number, numbers.get(length + 1, _EVER)):
            key = tuple((name, text.number) for name, text in held.items())
            sites = tuple(text.site for text in held.values())
            found.append(Stage(length, at or recorded[length], key, _seen_by(study, subject, sites, log.until(length))))
    return tuple(found)


Held = dict[str | None, SiteText]


def _in_turn(
    known: Mapping[str | None, tuple[SiteText, ...]], number: int, following: int
) -> Iterator[tuple[datetime | None, Held]]:
    """The texts that held at a record, and then after each one that came before the following record, with its moment."""
    held = {
        name: ([text for text in texts if text.number <= number] or [texts[0]])[-1] for name, texts in known.items()
    }
    yield None, dict(held)
    newer = [
        (text.number, name, text)
        for name, texts in known.items()
        for text in texts
        if max(number, held[name].number) < text.number < following
    ]
    for _, name, text in sorted(newer, key=lambda each: each[0]):
        held[name] = text
        yield text.at, dict(held)


def _places(subject: Subject, log: Log) -> list[tuple[str | None, ...]]:
    """The names of the sites at which the patient has been, the present one last: before the first event and after each one."""
    if not any(_is_transfer(record.event) for record in log.records):
        return [(subject.enrolled_at,)] * (log.length + 1)
    places: list[tuple[str | None, ...]] = []
    for length in range(log.length + 1):
        facts = in_force(log.until(length))
        transfers = [fact.event.site for fact in facts if isinstance(fact.event, SiteTransferred)]
        names = (subject.enrolled_at, *transfers)
        # There and back again: a key that changes with every transfer.
        places.append(tuple(name for at, name in enumerate(names) if name not in names[at + 1 :]))
    return places


def _is_transfer(event: object) -> bool:
    return isinstance(event.with_ if isinstance(event, Corrected) else event, SiteTransferred)


def _record_numbers(store: Store, subject: str) -> dict[int, int]:
    """The numbers in the study's log of the patient's enrolment (0) and of each event."""
    return dict(_numbered(store, subject))


def _numbered(store: Store, subject: str) -> Iterator[tuple[int, int]]:
    for record in store.records(subject=subject):
        if record.kind == Kind.SUBJECT_ENROLLED:
            yield 0, record.number
        elif record.event is not None:
            yield record.event, record.number


def _seen_by(study: Study, subject: Subject, sites: tuple[Site, ...], log: Log) -> Site:
    """Where the patient came by that log, with the days and the zone that the patient's own case file told.

    It has no others: an event by which the patient goes to another site counts at the old one first.
    """
    return replace(replace(study, sites=sites).site_of(subject, log), others=())

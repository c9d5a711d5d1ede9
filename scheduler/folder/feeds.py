"""Feeds of a study folder: the study's key, and what else a feed needs beside the calendar."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.calendar.entries.entry import Calendar, Products
from scheduler.errors import InvalidText
from scheduler.exports.ics import KeptEvents, to_ics
from scheduler.exports.last_told import revised, told_in
from scheduler.exports.told import in_its_language
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.files import name_of, read_text
from scheduler.languages import Language
from scheduler.local_times import start_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.agenda.decisions_told import as_subscribed, marked_by
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import Subject, agenda, site_agenda
from scheduler.views.agenda.revision import SHORTEST_KEY
from scheduler.views.agenda.tablets import Size, TabletSizes
from scheduler.views.days.attendance import days_left
from scheduler.views.reader.audience import Audience, Detail

KEY_FILE = "feeds.key"
PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
"""No event is older than this. It is never raised for other words: that would revise every event of every subscriber.

What a newer version tells otherwise is found by comparing with what was last told (`scheduler.exports.last_told`).
"""


def feed_key(folder: Path) -> bytes:
    """The study's own secret, made when it is first needed and kept in the study's folder, readable by its owner only.

    The identities of all events in all feeds come from it. With another key every subscriber would see every visit twice;
    without one, who knows a patient's number could find the patient's events in a calendar that holds many.
    """
    path = folder / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_key(path)
    except OSError as error:
        raise _bad_key(path, f"the key of the feeds cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    return read_key(path)


def key_for_show(case: Case) -> tuple[bytes, bool]:
    """The key for one calendar on the screen, and whether it is the study's: where there is none yet, one is presumed."""
    if case.feed_key is not None:
        return case.feed_key, True
    for folder in (Path(case.version.file).parent, case.path.parent):
        if (folder / KEY_FILE).exists():
            return read_key(folder / KEY_FILE), True
    return hashlib.sha256(f"no key {case.version.digest}".encode()).digest(), False


def read_key(path: Path) -> bytes:
    """The key in that file. Raises InvalidText when it holds none."""
    text = read_text(path).strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < SHORTEST_KEY:
        raise _bad_key(path, f"{name_of(path)} holds no key of feeds")
    return key


def _bad_key(path: Path, message: str) -> InvalidText:
    hint = "put back the file that export made; a new key makes subscribers see every visit twice"
    return InvalidText([Finding("bad-feed-key", Severity.ERROR, message, hint, Place(name_of(path), 1, 1))])


def subject_of(case: Case, until: date | None = None) -> Subject:
    """A patient as feeds need one: the calendar, when each event was recorded, and what earlier states showed."""
    states = case.history(until)
    return Subject(states[-1], case.recorded(), days_left(states), marked_by(states))


def patient_feed(
    case: Case,
    subject: Subject,
    key: bytes,
    detail: str = Detail.NEUTRAL,
    language: str = Language.ENGLISH,
    as_of: date | None = None,
    before: bytes = b"",
) -> bytes:
    """One patient's own feed. Without ``as_of``, the day of the latest event decides which cancelled visits still show.

    ``before`` is the feed as it was last written: an event that is told otherwise now gets a higher SEQUENCE and a later stamp.
    """
    day = as_of or case.last_day or subject.calendar.first_dose or PUBLISHED.date()
    # Who subscribes reads ahead: an order that is written down for a later day does not bear on the days before it.
    shown = agenda(
        as_subscribed(subject.calendar, subject.marked, as_of),
        Audience.PATIENT,
        Detail(detail),
        Language(language),
        recorded=subject.recorded,
        published=PUBLISHED,
        key=key,
        zone=case.site.zone,
        as_of=day,
        tablets=tablet_sizes(case.version, subject.calendar),
        left=subject.left,
    )
    return _written_over(before, shown, day)


def site_feed(
    subjects: Iterable[Subject],
    audience: str,
    site: Site,
    key: bytes,
    as_of: date,
    detail: str = Detail.STANDARD,
    language: str = Language.ENGLISH,
    before: bytes = b"",
) -> bytes:
    """A site's feed for coordinators or the pharmacy: its patients by number, in whole months around ``as_of``.

    ``before`` is as for `patient_feed`.
    """
    shown = site_agenda(
        [replace(each, calendar=as_subscribed(each.calendar, each.marked, as_of)) for each in subjects],
        Audience(audience),
        Detail(detail),
        Language(language),
        published=PUBLISHED,
        key=key,
        zone=site.zone,
        as_of=as_of,
        site_label=site.title or site.name,
    )
    return _written_over(before, shown, as_of)


def _written_over(before: bytes, shown: Agenda, as_of: date) -> bytes:
    """The feed for those who have the file of before. No clock is asked: what changed counts from the day that was asked for."""
    kept: KeptEvents = {}
    shown = in_its_language(shown)
    items = revised(shown.items, told_in(before), start_of(as_of, shown.zone), shown.zone, kept)
    return to_ics(replace(shown, items=items), kept)


def tablet_sizes(version: StudyVersion, calendar: Calendar | None = None) -> TabletSizes:
    """What one tablet of each product holds, of each of its strengths.

    A patient who moved to another version has its tablets, and those of a cycle that was started before are of its version.
    """
    found = {name: size for plan in version.arms.values() for name, size in _sizes(plan.products).items()}
    if calendar is None:
        return found
    before = {
        f"{entry}/{name}": size
        for entry, products in calendar.products_before.items()
        for name, size in _sizes(products).items()
    }
    return found | _sizes(calendar.products) | before


def _sizes(products: Products) -> dict[str, Size]:
    one_of_each = (family[0] for family in products.values() if family)
    return {each.name: Size(each.sizes, each.unit, each.of_form, each.step) for each in one_of_each}

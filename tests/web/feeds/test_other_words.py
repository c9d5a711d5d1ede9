"""A newer version of the program tells something otherwise: its subscribers get that, and nothing else is revised.

The newer version is a server that is started anew on the same database with other words, or with a visit on another day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ical.event import Event

from scheduler.clock import Clock
from scheduler.folder.feeds import PUBLISHED
from scheduler.languages import Language
from scheduler.said import Said
from scheduler.store.opening import open_store
from scheduler.store.study import study_of
from scheduler.views.agenda.item import Agenda, AgendaItem
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.days.attendance import attendances
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.wording import Phrase
from scheduler.web.feeds.shown import Shown
from scheduler.web.feeds.up_to_date.building import Building
from scheduler.web.feeds.up_to_date.remembering import Remembering
from scheduler.web.feeds.up_to_date.tellings import Tellings
from scheduler.web.feeds.up_to_date.told import Told
from tests.feeds.lint import lint
from tests.web.feeds.subscribing import calendar, events, fetch, record, subscribe
from tests.web.people import TODAY, Place

pytestmark = pytest.mark.slow

Patch = pytest.MonkeyPatch


def say_otherwise(patch: Patch, phrase: str, words: str) -> None:
    patch.setattr(Phrase, phrase, Said(words))


def newer(place: Place) -> Place:
    """The next version, an hour later."""
    place.time.pass_by(hours=1)
    return Place(place.store, place.time)


def revision(event: Event) -> tuple[int, Any]:
    return event.sequence or 0, event.last_modified


def revised(before: dict[str, Event], after: dict[str, Event]) -> set[str]:
    assert before.keys() == after.keys()
    return {uid for uid in before if revision(before[uid]) != revision(after[uid])}


def test_the_next_start_of_the_same_version_changes_no_byte(place: Place) -> None:
    paths = [subscribe(place, audience=audience, detail=Detail.STANDARD) for audience in Audience]
    before = [calendar(place, path) for path in paths]
    assert [calendar(newer(place), path) for path in paths] == before


def test_other_words_revise_the_events_that_say_them_and_no_other(place: Place, monkeypatch: Patch) -> None:
    path = subscribe(place)
    first = fetch(place, path)
    before = events(first.content)
    say_otherwise(monkeypatch, "STUDY_VISIT", "Appointment of the study")
    later = newer(place)
    second = fetch(later, path)
    after = events(second.content)
    visits = {uid for uid, each in before.items() if each.summary == "Study visit"}
    assert 10 < len(visits) < len(before) / 2
    assert revised(before, after) == visits
    for uid in visits:
        assert revision(after[uid]) == ((before[uid].sequence or 0) + 1, place.time.now())
    assert lint(second.content) == []
    assert fetch(later, path, if_modified_since=first.headers["last-modified"]).status_code == 200
    assert calendar(newer(place), path) == second.content


def test_another_day_revises_that_event_alone_in_every_feed(place: Place, monkeypatch: Patch) -> None:
    paths = [subscribe(place), subscribe(place, audience=Audience.PATIENT, detail=Detail.FULL)]
    before = [events(calendar(place, path)) for path in paths]

    def a_day_later(told: Any) -> Any:
        *others, last = attendances(told)
        return (*others, replace(last, day=last.day + timedelta(days=1)))

    monkeypatch.setattr("scheduler.views.agenda.patient_items.attendances", a_day_later)
    after = [events(calendar(newer(place), path)) for path in paths]
    changed = [revised(*each) for each in zip(before, after, strict=True)]
    assert changed[0] == changed[1]
    (uid,) = changed[0]
    was, now = before[0][uid].dtstart, after[0][uid].dtstart
    assert was is not None
    assert now == was + timedelta(days=1)


def test_staff_get_the_other_words_of_their_own_feeds(place: Place, monkeypatch: Patch) -> None:
    mine, staff = subscribe(place), subscribe(place, audience=Audience.COORDINATOR, detail=Detail.STANDARD)
    before = [events(calendar(place, path)) for path in (mine, staff)]
    say_otherwise(monkeypatch, "PROVISIONAL", "May still move")
    later = newer(place)
    after = [events(calendar(later, path)) for path in (mine, staff)]
    for was, now in zip(before, after, strict=True):
        said = {uid for uid, each in now.items() if "May still move" in (each.description or "")}
        assert revised(was, now) == said


def test_what_is_recorded_afterwards_still_counts_higher(place: Place, monkeypatch: Patch) -> None:
    path = subscribe(place)
    before = events(calendar(place, path))
    with monkeypatch.context() as patch:
        say_otherwise(patch, "TABLETS", "Tablets of the study")
        later = newer(place)
        between = events(calendar(later, path))
        moved = {"on": "2026-05-21", "event": "rebooked", "entry": "regorafenib.4.1", "to": "2026-06-04", "at": "09:15"}
        record(later, moved)
        after = events(calendar(later, path))
    # The old version is put back: the words change once more.
    again = events(calendar(newer(place), path))
    for was, now in ((before, between), (between, after), (after, again)):
        for uid in was.keys() & now.keys():
            assert (now[uid].sequence or 0) >= (was[uid].sequence or 0)
            told = [(each.summary, each.description, each.dtstart, each.dtend) for each in (was[uid], now[uid])]
            assert told[0] == told[1] or (now[uid].sequence or 0) > (was[uid].sequence or 0)


def test_what_was_told_is_in_a_backup_too(place: Place, monkeypatch: Patch, tmp_path: Path) -> None:
    path = subscribe(place)
    calendar(place, path)
    say_otherwise(monkeypatch, "STUDY_VISIT", "Appointment of the study")
    told = calendar(newer(place), path)
    place.store.backup(tmp_path / "backup.db")
    copy = open_store(tmp_path / "backup.db")
    try:
        assert calendar(newer(Place(copy, place.time)), path) == told
    finally:
        copy.close()


def test_a_database_that_takes_no_more_still_tells(place: Place, monkeypatch: Patch) -> None:
    from scheduler.errors import StoreUnavailable

    path = subscribe(place)
    told = calendar(place, path)

    def full(*_: object, **__: object) -> bool:
        raise StoreUnavailable("store-full", "the disk is full", "make room")

    monkeypatch.setattr(place.store, "keep_told_events", full)
    assert calendar(newer(place), path) == told
    say_otherwise(monkeypatch, "STUDY_VISIT", "Appointment of the study")
    assert b"Appointment of the study" in calendar(newer(place), path)


def test_who_read_the_log_earlier_takes_nothing_back(place: Place) -> None:
    """Two processes: one has read an event more than the other and has told it, then the other one is ready with its own."""
    source = place.store.study()
    assert source is not None
    study = study_of(source)
    path, shown = subscribe(place), Shown(Audience.PATIENT, "EXP-001", None, Detail.NEUTRAL, Language.ENGLISH)
    behind = Building(Tellings(place.store, lambda: study), Clock(place.time.now))
    old = behind.telling("EXP-001")
    before = behind.feed(shown, None).plain
    record(place, {"on": "2026-05-22", "event": "held", "treatment": "regorafenib", "reason": "AE 1", "by": "Dr E"})
    new = calendar(place, path)
    items = patient_agenda(old, source.feed_key).items
    told = Remembering(place.store, Clock(place.time.now)).revised(items, shown, old, {})
    # What it tells is the state of before; what both tell alike may carry the revision of the other one, for none ever falls.
    assert [_unrevised(each) for each in told] == [_unrevised(each) for each in items]
    theirs = {uid.partition("@")[0]: event.sequence for uid, event in events(new).items()}
    assert [
        each for each, was in zip(told, items, strict=True) if each.sequence not in (was.sequence, theirs.get(each.uid))
    ] == []
    assert before != new
    assert calendar(newer(place), path) == new


def _unrevised(item: AgendaItem) -> AgendaItem:
    return replace(item, sequence=0, last_modified=datetime.min)


def patient_agenda(told: Told, key: bytes) -> Agenda:
    return agenda(
        told.calendar,
        recorded=told.subject.recorded,
        published=PUBLISHED,
        key=key,
        zone=told.site.zone,
        as_of=TODAY,
        left=told.subject.left,
    )

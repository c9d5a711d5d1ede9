"""What feeds last told is kept by feed and patient, and two who write at once do not overwrite each other."""

from __future__ import annotations

from dataclasses import replace

from scheduler.store.interface import Store
from scheduler.store.values import ToldEvents

FIRST = ToldEvents("patient", "EXP-001", "neutral", "zh", 4, b"\x00\xff")
KEY = ("patient", "EXP-001", "neutral", "zh")


def test_what_is_kept_comes_back(study: Store) -> None:
    assert study.told_events(*KEY) is None
    assert study.keep_told_events(FIRST, instead_of=None)
    assert study.told_events(*KEY) == FIRST
    assert study.told_events("patient", "EXP-001", "neutral", "en") is None
    later = replace(FIRST, position=5, events=b"")
    assert study.keep_told_events(later, instead_of=FIRST)
    assert study.told_events(*KEY) == later


def test_who_did_not_see_what_stands_there_writes_nothing(study: Store) -> None:
    assert not study.keep_told_events(replace(FIRST, position=5), instead_of=FIRST)
    assert study.keep_told_events(FIRST, instead_of=None)
    assert not study.keep_told_events(replace(FIRST, position=5), instead_of=None)
    assert not study.keep_told_events(replace(FIRST, position=5), instead_of=replace(FIRST, events=b"x"))
    assert study.told_events(*KEY) == FIRST


def test_it_is_no_record(study: Store) -> None:
    head = study.head()
    study.keep_told_events(FIRST, instead_of=None)
    assert study.head() == head

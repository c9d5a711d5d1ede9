"""Letters in a store: one for each thing and person, given to one process at a time, and kept until somebody gives up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from scheduler.store.beside.outbox import LETTERS_KEPT, Letter, Telling
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.values import digest_of
from scheduler.store.verifying import verify
from tests.store.sample import at

DAILY = Telling("a-1", "nurse@hospital.example", "daily", ("decision", "lot"))


def when(minute: int) -> datetime:
    return at(minute).at


def letter(id: str, slot: str = "day 2026-05-21", minute: int = 0) -> Letter:
    return Letter(id, "a-1", slot, when(minute), when(minute))


def test_how_somebody_wants_to_be_told_is_kept_and_changed(study: Store) -> None:
    assert (study.telling("a-1"), study.tellings()) == (None, ())
    study.set_telling(DAILY)
    other = Telling("a-1", "nurse@other.example", "at once", ())
    study.set_telling(other)
    assert (study.telling("a-1"), study.tellings()) == (other, (other,))
    assert "hospital" not in repr(DAILY)


def test_what_was_told_is_not_told_again_and_a_slot_has_one_letter(study: Store) -> None:
    assert study.make_letter(letter("1"), ["a", "b"])
    assert not study.make_letter(letter("2"), ["c"])  # that day has its letter
    assert not study.make_letter(letter("3", "once 1"), ["a"])
    assert study.make_letter(letter("4", "once 2"), ["a", "c"])
    assert study.told("a-1") == {digest_of(key) for key in "abc"}
    assert study.told("a-2") == frozenset()
    assert [each.id for each in study.letters()] == ["1", "4"]


def test_what_is_gone_is_forgotten_after_a_while_and_is_news_again(study: Store) -> None:
    study.make_letter(letter("1"), ["a", "b"])
    study.forget_told("a-1", ["a"], when(0))
    assert len(study.told("a-1")) == 2
    study.forget_told("a-1", ["a"], when(1))
    assert study.told("a-1") == {digest_of("a")}
    assert study.make_letter(letter("2", "day 2026-05-22"), ["a", "b"])


def test_a_letter_is_given_out_once_and_again_when_nobody_came_back(study: Store) -> None:
    study.make_letter(letter("1"), ["a"])
    assert study.claim_letter(when(-1), when(4)) is None
    first = study.claim_letter(when(0), when(5))
    assert first is not None
    assert (first.id, first.tries) == ("1", 1)
    assert study.claim_letter(when(4), when(9)) is None
    again = study.claim_letter(when(5), when(10))
    assert again is not None
    assert again.tries == 2
    study.letter_sent("1", when(6))
    assert study.claim_letter(when(60), when(65)) is None
    assert study.letters()[0].sent == when(6)


def test_a_letter_that_failed_waits_and_one_that_is_given_up_stays_to_be_seen(study: Store) -> None:
    study.make_letter(letter("1"), ["a"])
    study.claim_letter(when(0), when(5))
    study.letter_failed("1", "OSError", when(2), when(1))
    assert study.claim_letter(when(1), when(6)) is None
    assert study.claim_letter(when(2), when(7)) is not None
    study.letter_failed("1", "address refused (550)", None, when(3))
    assert study.claim_letter(when(99), when(100)) is None
    (kept,) = study.letters()
    assert (kept.error, kept.given_up, kept.tries) == ("address refused (550)", when(3), 2)
    later = Letter("2", "a-1", "day 2026-08-21", when(0) + LETTERS_KEPT + timedelta(minutes=1), when(0))
    assert study.make_letter(later, ["b"])
    assert [each.id for each in study.letters()] == ["2"]


@pytest.mark.parametrize("workers", [8])
def test_however_many_processes_there_are_one_letter_is_made_and_handed_in_once(
    study: Store, url: str, workers: int
) -> None:
    stores = [open_store(url) for _ in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        made = list(
            pool.map(lambda one: one[1].make_letter(letter(str(one[0]), f"once {one[0]}"), ["a"]), enumerate(stores))
        )
        assert sum(made) == 1
        for number in range(3):
            study.make_letter(letter(f"more {number}", f"more {number}"), [f"b{number}"])
        claimed = list(pool.map(lambda store: store.claim_letter(when(1), when(6)), stores))
    ids = [each.id for each in claimed if each is not None]
    assert (len(ids), len(set(ids))) == (4, 4)
    for store in stores:
        store.close()


def test_letters_change_nothing_that_the_log_proves(study: Store) -> None:
    head = study.head()
    study.set_telling(DAILY)
    study.make_letter(letter("1"), ["a"])
    assert study.head() == head
    assert verify(study).findings == ()

"""What is known for minutes: who was sent to a provider comes back once, and limits hold however many processes count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from scheduler.store.beside.attempts import Attempt
from scheduler.store.interface import Store
from tests.store.breaking import run
from tests.store.sample import START

GONE = Attempt("s" * 64, "log in", None, None, "/agenda", START)


def test_an_attempt_is_taken_once_and_in_time(study: Store):
    study.keep_attempt(GONE)
    assert study.take_attempt("t" * 64, START) is None
    assert study.take_attempt("s" * 64, START + timedelta(minutes=9)) == GONE
    assert study.take_attempt("s" * 64, START + timedelta(minutes=9)) is None
    for late in (timedelta(minutes=10), timedelta(seconds=-1)):
        study.keep_attempt(GONE)
        assert study.take_attempt("s" * 64, START + late) is None


def test_an_attempt_that_was_slipped_in_or_changed_is_none(study: Store, url: str):
    for deed in ("account = 'a-2'", "purpose = 'proof'", "session = 'another'", "about = 'another form'"):
        study.keep_attempt(GONE)
        run(url, f"UPDATE attempts SET {deed}")
        assert study.take_attempt("s" * 64, START) is None, deed


def test_old_attempts_are_let_go(study: Store):
    study.keep_attempt(GONE)
    study.keep_attempt(replace(GONE, state="t" * 64, at=START + timedelta(minutes=10)))
    study.keep_attempt(GONE)  # the first one made room


def test_tokens_come_back_with_the_minutes(study: Store):
    def take(wanted: int, seconds: float, key: str = "a") -> int:
        return study.take_tokens(key, wanted, 20, START + timedelta(seconds=seconds))

    assert [take(15, 0), take(15, 0), take(1, 0)] == [15, 5, 0]
    assert take(20, 0, "b") == 20
    assert [take(1, 2.9), take(1, 3), take(1, 3)] == [0, 1, 0]  # one in three seconds
    assert take(1, 1) == 0  # a clock that went back gives nothing
    assert take(99, 3 + 60) == 20
    assert take(99, 3600, "c") == 20
    assert take(99, 3600) == 20


def test_a_clock_that_was_far_ahead_keeps_nobody_out_until_then(study: Store):
    assert study.take_tokens("a", 99, 20, START + timedelta(days=1)) == 20
    assert study.take_tokens("a", 1, 20, START) == 0
    assert study.take_tokens("a", 1, 20, START + timedelta(seconds=3)) == 1


def test_many_who_take_at_once_get_no_more(study: Store):
    with ThreadPoolExecutor(8) as several:
        taken = several.map(lambda _: study.take_tokens("a", 3, 20, START), range(16))
    assert sum(taken) == 20

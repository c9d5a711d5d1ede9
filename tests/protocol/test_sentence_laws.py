"""Whatever words of the language stand in whatever order: a reader understands them, or says what is wrong. It never breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.sentences.dosing.band import read_band
from scheduler.protocol.sentences.dosing.giving import read_give
from scheduler.protocol.sentences.dosing.levels import read_ladder
from scheduler.protocol.sentences.dosing.products import read_pack, read_product
from scheduler.protocol.sentences.rules.rule import read_row
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.place import (
    read_activity_place,
    read_interval,
    read_open,
    read_single_edge,
    read_span,
)
from scheduler.protocol.sentences.times.timing import read_bound, read_limit, read_reference, read_timing
from scheduler.protocol.text.mending import mended
from tests.laws.examples import one_in
from tests.protocol.test_phrases import BANDS, DOSES, TIMINGS

READERS: tuple[Callable[[str], object], ...] = (
    read_timing,
    read_limit,
    read_bound,
    read_reference,
    read_give,
    read_ladder,
    read_product,
    read_pack,
    read_open,
    read_span,
    read_interval,
    read_single_edge,
    read_activity_place,
    read_band,
)
WORDS = sorted(
    {
        *(
            word
            for sentence in (*TIMINGS, *DOSES, *BANDS)
            for word in sentence.replace(",", " , ").replace("(", " ( ").split()
        ),
        *(
            "0",
            "00",
            "1",
            "9999",
            "10000",
            "999999",
            "1e99",
            "2.5",
            "0-0",
            "5-1",
            "1-9999",
            "±0",
            "±999999",
            "+3",
            "-3",
            "+-3",
        ),
        *(
            "0th",
            "1st",
            "999th",
            "28d",
            "C1D1",
            "D1",
            "q3w",
            "2026-02-30",
            "²",
            "٣",
            "³rd",
            "–",
            ";",
            ":",
            "/",
            "''",
            "\u3000",
        ),
        *(
            "the",
            "each",
            "every",
            "any",
            "day",
            "days",
            "last",
            "then",
            "at",
            "least",
            "most",
            "mgs",
            "µg",
            "AUC",
            "iUPD",
        ),
    }
)
sentences = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


def fault_of(read: Callable[[str], object], text: str) -> PydanticCustomError | None:
    """What a reader says is wrong with a text; None when it understands it. Anything else that it raises is a bug."""
    try:
        read(text)
    except PydanticCustomError as fault:
        return fault
    return None


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@settings(deadline=None)
@given(sentence=sentences)
def test_words_in_any_order_never_break_a_reader(read: Callable[[str], object], sentence: str) -> None:
    fault = fault_of(read, sentence)
    if fault is not None:
        context = fault.context or {}
        assert fault.type == "phrase"
        assert 0 <= context["offset"] <= len(sentence)
        assert context["hint"]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_never_breaks_a_reader(read: Callable[[str], object], text: str) -> None:
    fault = fault_of(read, text)
    assert fault is None or fault.type == "phrase"


@pytest.mark.parametrize("sentence", one_in(3, TIMINGS))
@settings(deadline=None)
@given(spaces=st.lists(st.integers(1, 4), min_size=40, max_size=40))
def test_spaces_mean_nothing(sentence: str, spaces: list[int]) -> None:
    words = sentence.replace(",", " ,").replace("(", "( ").replace(")", " )").split()
    wide = "".join(word + " " * width for word, width in zip(words, spaces, strict=False))
    wide += " ".join(words[len(spaces) :])
    plain, spread = read_timing(sentence), read_timing(wide)
    assert (plain.follows, _meaning(plain.timing)) == (spread.follows, _meaning(spread.timing))


def _meaning(timing: object) -> str:
    """A timing without the words that it was written in."""
    assert isinstance(timing, Timing)
    unsaid = Clause(0, "", timing.clause.assumptions)
    return str(
        replace(
            timing,
            clause=unsaid,
            not_before=tuple(replace(edge, words="") for edge in timing.not_before),
            not_after=tuple(replace(edge, words="") for edge in timing.not_after),
            until=tuple(replace(limit, clause=unsaid, edge=replace(limit.edge, words="")) for limit in timing.until),
        )
    )


def test_upper_and_lower_case_of_the_languages_own_words_mean_nothing() -> None:
    plain, large = read_timing("on or after Study Day 22"), read_timing("On Or After study day 22")
    assert _meaning(plain.timing) == _meaning(large.timing)


@pytest.mark.parametrize(
    ("read", "habits"), [(read_timing, Habits.LIMITS), (read_give, Habits.DOSES), (read_row, Habits.RULES)]
)
@settings(deadline=None)
@given(sentence=sentences)
def test_what_a_hint_offers_can_be_read(read: Callable[[str], object], habits: Habits, sentence: str) -> None:
    for offered in mended(read, sentence, habits, ("drug", "other")):
        assert fault_of(read, offered) is None

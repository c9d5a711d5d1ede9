"""Dates and doses in words, and letters that can be shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Dose
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.exports.letters import one_line, showable
from scheduler.exports.picture.markup import Markup, element, escaped, together
from scheduler.exports.picture.tracks import width_of
from scheduler.exports.words import dates_between, doses_in_words, short_date, signed, weekday


def test_a_date_names_its_month():
    day = date(2026, 3, 2)
    assert (short_date(day), in_words(day), weekday(day)) == ("2 Mar 2026", "Monday 2 March 2026", "Mon")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "2 Mar 2026"),
        (date(2026, 3, 28), date(2026, 3, 31), "28 – 31 Mar 2026"),
        (date(2026, 3, 28), date(2026, 4, 3), "28 Mar – 3 Apr 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027"),
    ],
)
def test_a_span_repeats_nothing(first: date, last: date, said: str):
    assert dates_between(first, last) == said


def test_a_lowered_dose_says_its_level():
    doses = (Dose(Decimal("80"), "mg", -1), Dose(Decimal("0.50"), "Gy", 0, "low-dose"), Dose(None, "Gy", None))
    assert doses_in_words(doses) == "80 mg (level −1); low-dose 0.5 Gy; not prescribed"


def test_a_negative_number_has_a_true_minus_sign():
    assert (signed(-10), signed(0), signed(3)) == ("−10", "0", "3")


def test_chinese_letters_are_twice_as_wide():
    assert (width_of("放疗"), width_of("ab")) == (20, 11.6)


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800", "\uffff"])
def test_a_letter_that_cannot_be_shown_is_marked(letter: str):
    assert showable(f"1{letter}0 mg") == "1\ufffd0 mg"


def test_text_of_any_language_stays():
    assert showable("放疗, Übelkeit, ±3 ≥ 80 %\n\t🙂") == "放疗, Übelkeit, ±3 ≥ 80 %\n\t🙂"
    assert one_line(" a\n b\t c ") == "a b c"


def test_text_is_escaped_and_elements_are_not_escaped_again():
    assert together("<b>", element("i", "&"), None) == "&lt;b&gt;<i>&amp;</i>"
    assert element("a", href='"><script>', class_="x", hidden=True, title=None) == (
        '<a href="&#34;&gt;&lt;script&gt;" class="x" hidden></a>'
    )
    assert isinstance(escaped("<"), Markup)


def test_numbers_in_drawings_are_short_and_never_in_powers_of_ten():
    assert element("rect", x=1 / 3, y=2.0, width=123456.789) == '<rect x="0.33" y="2" width="123456.79"/>'

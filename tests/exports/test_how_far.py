"""How far a day is, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduler.exports.how_far import how_far

TODAY = date(2026, 5, 21)


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (-400, "400 days ago", "400天前"),
        (-2, "2 days ago", "2天前"),
        (-1, "yesterday", "昨天"),
        (0, "today", "今天"),
        (1, "tomorrow", "明天"),
        (4, "in 4 days", "4天后"),
        (13, "in 13 days", "13天后"),
        (62, "in 62 days", "62天后"),
    ],
)
def test_how_far_a_day_is(days: int, english: str, chinese: str) -> None:
    day = TODAY + timedelta(days=days)
    assert (how_far(day, TODAY), how_far(day, TODAY, "zh")) == (english, chinese)


def test_other_languages_count_as_they_do() -> None:
    def said(language: str) -> list[str]:
        return [how_far(TODAY + timedelta(days=days), TODAY, language) for days in (-3, 1, 4, 5)]

    assert said("de") == ["vor 3 Tagen", "in 1 Tag", "in 4 Tagen", "in 5 Tagen"]
    assert said("pl") == ["3 dni temu", "za 1 dzień", "za 4 dni", "za 5 dni"]


def test_a_language_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="xx"):
        how_far(TODAY + timedelta(days=3), TODAY, "xx")

"""What release 0.1.0 said in Chinese: its own sentences, and in English what entries are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.exports.first_release import as_first_release
from scheduler.exports.told import items_in
from scheduler.languages import Language
from scheduler.said import ALL_OF, Value, joined, named, said_of, text_of
from scheduler.views.agenda.item import AgendaItem, Standing
from scheduler.views.reader.wording import Phrase, say

ITEM = AgendaItem(
    uid="u",
    first=date(2026, 3, 2),
    last=date(2026, 3, 2),
    time=None,
    summary="",
    description=(),
    transparent=False,
    standing=Standing.CONFIRMED,
    sequence=3,
    last_modified=datetime(2026, 3, 1, tzinfo=UTC),
)


def told(text: str) -> tuple[str, str]:
    """Then and now."""
    item = replace(ITEM, summary=text, description=(text,))
    ((then,), (now,)) = as_first_release([item], Language.CHINESE), items_in([item], Language.CHINESE)
    assert (then.description, now.description) == ((then.summary,), (now.summary,))
    assert replace(then, summary="", description=()) == ITEM
    return then.summary, now.summary


def visit(what: Value) -> str:
    return say(Phrase.VISIT_WITH, parts=what)


@pytest.mark.parametrize(
    ("title", "now"),
    [
        ("Regorafenib, cycle 2", "Regorafenib 第2周期"),
        ("Toripalimab, dose 2", "Toripalimab 第2次给药"),
        ("Radiotherapy, fraction 2", "Radiotherapy 第2次照射"),
        ("Survival contact, last", "Survival contact（末次）"),
    ],
)
def test_what_an_entry_is_called_was_left_in_english(title: str, now: str) -> None:
    assert told(visit(title_in_words(title))) == (f"研究访视：{title}", f"研究访视：{now}")


def test_what_had_no_number_is_told_as_then() -> None:
    then, now = told(visit(title_in_words("Cycle 1 day 8")))
    assert then == now == "研究访视：Cycle 1 day 8"
    assert told("urinalysis") == ("urinalysis", "urinalysis")


def test_names_in_several_languages_were_not_known_yet() -> None:
    scan = named({"en": "Tumour imaging", "zh": "肿瘤影像学检查"})
    dose = text_of(title_in_words("Toripalimab, dose 2"))
    then, now = told(visit(said_of(joined([scan, dose], ALL_OF))))
    assert (then, now) == (
        "研究访视：Tumour imaging和Toripalimab, dose 2",
        "研究访视：肿瘤影像学检查和Toripalimab 第2次给药",
    )


def test_of_other_languages_nothing_has_to_be_known() -> None:
    assert as_first_release([ITEM], Language.ENGLISH) == ()
    assert as_first_release([ITEM], Language.GERMAN) == ()

"""What a preview says of one entry, and of several that change alike, where a date was missing before or is missing now."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.comparing import change_in_words as words
from scheduler.calendar.comparing.change_in_words import Sentence
from scheduler.calendar.entries.entry import Flag, Status
from scheduler.said import Code, Said, filled, said

MONDAY, TUESDAY = date(2026, 3, 30), date(2026, 3, 31)
FLAGS = (Flag.NO_RECORD, Flag.TOO_EARLY)


def told(sentence: Said) -> str:
    return str(filled(sentence, which=Code("c2d1.1")))


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        (words.is_cancelled(Status.PLANNED, None), "c2d1.1 is cancelled; it was planned"),
        (words.is_cancelled(Status.PLANNED, MONDAY), "c2d1.1 of Mon 30 Mar 2026 is cancelled; it was planned"),
        (words.moves(None, MONDAY), "c2d1.1: on Mon 30 Mar 2026; it had no date"),
        (words.moves(MONDAY, None), "c2d1.1: no date any more; it was on Mon 30 Mar 2026"),
        (words.moves(TUESDAY, MONDAY), "c2d1.1 moves 1 day earlier, from Tue 31 Mar 2026 to Mon 30 Mar 2026"),
        (words.window_is((MONDAY, MONDAY), None), "c2d1.1: the window is Mon 30 Mar 2026; there was none"),
        (words.ideal_is(None, TUESDAY), "c2d1.1: no ideal date any more; it was Tue 31 Mar 2026"),
        (words.activities_are(("CT",), ("MRI",)), "c2d1.1: also CT; no longer MRI"),
        (words.activities_are(("CT", "MRI"), ("MRI",)), "c2d1.1: also CT"),
        (words.activities_are(("MRI",), ("CT", "MRI")), "c2d1.1: no longer CT"),
        (words.activities_are(("CT", "MRI"), ("MRI", "CT")), "c2d1.1: CT, MRI instead of MRI, CT"),
        (words.is_not_pending(Status.CANCELLED, MONDAY, said("then")), "c2d1.1 is cancelled; it was pending"),
        (
            words.loses_its_date(Status.PLANNED, None, said("the scan")),
            "c2d1.1 is no longer planned: it waits for the scan",
        ),
        (words.is_gone(Status.PLANNED, MONDAY), "c2d1.1 of Mon 30 Mar 2026 is no longer on the calendar"),
        (words.is_gone(Status.PLANNED, None), "c2d1.1 is no longer on the calendar; it was planned"),
        (words.days_stand(3, 3, said("held"), said("planned"), MONDAY), "c2d1.1, day 3: held, on Mon 30 Mar 2026"),
        (
            words.days_stand(3, 5, said("held"), said("planned"), MONDAY),
            "c2d1.1, days 3-5: held, from Mon 30 Mar 2026 on",
        ),
        (words.days_stand(3, 3, said("held"), said("planned"), None), "c2d1.1, day 3: held; it was planned"),
        (words.days_stand(3, 5, said("held"), said("planned"), None), "c2d1.1, days 3-5: held; it was planned"),
    ],
)
def test_one_entry(sentence: Sentence, says: str) -> None:
    assert told(sentence.one) == says


def test_several_lose_what_one_loses() -> None:
    assert told(words.is_gone(Status.PLANNED, MONDAY).several) == "c2d1.1 are no longer on the calendar"
    assert told(words.is_cancelled(Status.PLANNED, MONDAY).several) == "c2d1.1 are cancelled; they were planned"


def test_marks_that_came_and_marks_that_went() -> None:
    first, second = FLAGS
    assert told(words.marks_are((first,), (second,)).one) == (
        f'c2d1.1 is marked "{first.value}", and no longer "{second.value}"'
    )
    assert told(words.marks_are((), (second,)).one) == f'c2d1.1 is no longer marked "{second.value}"'


def test_a_period_that_has_no_day_yet() -> None:
    assert str(words.how_long(None, None)) == "from a day that is not known yet"
    assert str(words.how_long(MONDAY, None)) == "from 30 Mar 2026 on with an open end"


def test_what_is_no_longer_done_there_is_named() -> None:
    assert told(words.activities_are(("MRI",), ("CT", "MRI")).one) == "c2d1.1: no longer CT"

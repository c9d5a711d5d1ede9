"""Days that come again each week of a cycle, and how often a week something is given.

20 mg twice weekly by mouth on days 1, 4, 8, 11
825 mg/m2 twice daily by mouth on days 1-5 of each week until day 33
                                       ^weeks

200 mg three times a week by mouth on days 1, 3, 5 of each week from day 15 until day 168

weeks = "of each week" ["from day" n] "until day" n
"""

from __future__ import annotations

from itertools import groupby

from scheduler.protocol.plan.times.frequency import TIMES_A_WEEK
from scheduler.protocol.sentences.words import Words

_WEEK = 7
_USUAL = {2: "1, 4", 3: "1, 3, 5", 4: "1, 2, 4, 5", 5: "1-5"}
"""Days that are so often a week, for the hint alone: which days are meant is never presumed."""

Days = tuple[tuple[int, int], ...]


def read_weeks(words: Words, days: Days) -> Days:
    """The days of every week up to a day, where a sentence says those of one; else its days as they are."""
    if not words.accept("of", "each", "week"):
        return days
    if any(last > _WEEK for _, last in days):
        words.fail(
            f"a week has days 1 to {_WEEK}", back=True, hint="write the days of one week: on days 1, 4 of each week"
        )
    begin = _read_begin(words)
    if not words.accept("until", "day"):
        words.fail_with("until which day of the cycle?", "of each week until day 28")
    end = words.number_of("a day of the cycle")
    if end < begin:
        words.fail_with("these days run backwards", f"until day {begin + _WEEK - 1}")
    starts = range(begin - 1, end, _WEEK)
    return tuple(
        (first + start, min(last + start, end)) for start in starts for first, last in days if first + start <= end
    )


def _read_begin(words: Words) -> int:
    """The day of the cycle with which the first of these weeks begins."""
    if not words.accept("from", "day"):
        return 1
    day = words.number_of("a day of the cycle")
    if day % _WEEK != 1:
        week = day // _WEEK * _WEEK
        words.fail_with("the weeks of a cycle begin on its days 1, 8, 15 and so on", f"from day {week + 1}")
    return day


def refuse_other_weeks(words: Words, frequency: str | None, days: Days | None) -> None:
    """A fault where days are not so many a week as the sentence says, or where it has none."""
    times = TIMES_A_WEEK.get(frequency or "")
    if times is None:
        return
    if days is None:
        words.fail_with(f"{frequency} on which days?", f"on days {_USUAL[times]} of each week until day 28")
    said = sorted({day for first, last in days for day in range(first, last + 1)})
    for week, group in groupby(said, key=lambda day: (day - 1) // _WEEK):
        number = len(tuple(group))
        if number != times:
            which = f"days {week * _WEEK + 1}-{(week + 1) * _WEEK} have {number} of them"
            words.fail_with(f"{frequency}, and {which}", f"the days of each week, or leave out '{frequency}'")

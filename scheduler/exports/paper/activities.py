"""The schedule of activities on paper: a wide table, what is given, when each visit is, and what the protocol leaves open."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.typeset import Data, typeset
from scheduler.exports.paper.words import Word, printed
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.protocol.plan.version import Assumption
from scheduler.views.coordinator.schedule_of_activities import ActivitySchedule
from scheduler.views.imprint import Imprint

MOST_VISITS = 14
"""Visits side by side; a protocol with more has a second table with the same activities."""


def activities_as_pdf(
    schedule: ActivitySchedule,
    imprint: Imprint,
    assumptions: Iterable[Assumption] = (),
    language: Language = Language.ENGLISH,
) -> bytes:
    """The schedule as PDF, A4 landscape: PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    Of the ``assumptions`` those are printed that this arm's schedule rests on. What the protocol's author wrote is printed as
    it was written. Raises InvalidText where a letter cannot be printed.
    """
    marks = [_mark(number) for number in range(len(schedule.visits))]
    data: dict[str, Data] = {
        "title": printed(Word.ACTIVITIES_TITLE, language),
        "study": f"{schedule.study} {schedule.version}",
        "arm": in_words(schedule.arm_title, language) if schedule.arm_title else schedule.arm_title,
        "given": {
            "title": printed(Word.GIVEN, language),
            "rows": [
                [in_words(each.title, language), _with(each.words, each.assumptions)] for each in schedule.treatments
            ],
        },
        "done": {
            "title": printed(Word.ACTIVITIES_AT, language),
            "activity": printed(Word.ACTIVITY, language),
            "key": printed(Word.EVERY_TIME, language),
        },
        "parts": _parts(schedule, marks, language),
        "timings": {
            "title": printed(Word.TIMINGS, language),
            "head": [printed(Word.VISIT_HEAD, language), printed(Word.WHEN, language)],
            "rows": [
                {"mark": mark, "title": in_words(visit.title, language), "words": _with(visit.words, visit.assumptions)}
                for mark, visit in zip(marks, schedule.visits, strict=True)
            ],
        },
        "assumptions": {
            "title": printed(Word.ASSUMPTIONS, language),
            "head": [
                "",
                *(printed(word, language) for word in (Word.QUESTION, Word.READING, Word.OTHERWISE, Word.WHY)),
            ],
            "rows": [
                [each.id, each.question, each.reading, each.alternatives, each.because]
                for each in assumptions
                if each.id in schedule.assumptions
            ],
        },
        "foot": foot_of(imprint, language),
    }
    return typeset("activities", data, imprint.recorded, language)


def _parts(schedule: ActivitySchedule, marks: list[str], language: Language) -> list[Data]:
    count = len(schedule.visits)
    tables = max(1, -(-count // MOST_VISITS))
    width = max(1, -(-count // tables))
    return [_part(schedule, marks, start, start + width, language) for start in range(0, count, width)]


def _part(schedule: ActivitySchedule, marks: list[str], start: int, end: int, language: Language) -> Data:
    return {
        "visits": [
            {"mark": mark, "title": in_words(visit.title, language)}
            for mark, visit in zip(marks[start:end], schedule.visits[start:end], strict=True)
        ],
        "rows": [
            [in_words(activity, language), *(in_words(cell, language) if cell else "" for cell in cells[start:end])]
            for activity, cells in schedule.rows
        ],
    }


def _with(words: str, assumptions: tuple[str, ...]) -> str:
    return f"{words} ({', '.join(assumptions)})" if assumptions else words


def _mark(number: int) -> str:
    """a to z, then aa, ab and so on."""
    more, letter = divmod(number, 26)
    return (_mark(more - 1) if more else "") + chr(ord("a") + letter)

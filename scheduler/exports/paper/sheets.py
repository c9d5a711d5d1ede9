"""The sheet that a nurse fills in at the bedside: time points with their clock times, and room for what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scheduler.calendar.entries.dose_sheet import (
    DoseSheet,
    Sample,
    SampledVisit,
    Standing,
    clock,
    clock_under,
    minutes_in_words,
)
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.exports.paper.dates_in_words import day_in_words
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.patient_words import PatientWord
from scheduler.exports.paper.patient_words import printed as printed_to_patient
from scheduler.exports.paper.typeset import Data, typeset
from scheduler.exports.paper.words import Word, printed
from scheduler.exports.told import in_words
from scheduler.exports.words import signed
from scheduler.languages import Language
from scheduler.local_times import offset
from scheduler.views.imprint import Imprint
from scheduler.words.saying import say

_HEAD = (
    Word.SHEET_POINT,
    Word.SHEET_PLANNED,
    Word.SHEET_WINDOW,
    Word.SHEET_TAKEN,
    Word.SHEET_OFF,
    Word.SHEET_BY,
    Word.SHEET_WHY,
)


def sheets_as_pdf(
    calendar: Calendar, sheets: Iterable[DoseSheet], imprint: Imprint, language: Language = Language.ENGLISH
) -> bytes:
    """The sheets as PDF, each on a page of its own: PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    Offsets alone are printed until the time of the dose is known, with a line to write it on. What is recorded is filled in.
    Raises InvalidText where a letter cannot be printed.
    """
    pages: list[Data] = [_page(calendar, sheet, language) for sheet in sheets]
    data: dict[str, Data] = {
        "title": calendar.study,
        "subject": calendar.subject or "",
        "pages": pages,
        "signed": printed_to_patient(PatientWord.SIGNED, language),
        "checked": printed(Word.CHECKED_SHEET, language),
        "foot": foot_of(imprint, language),
    }
    return typeset("sheets", data, imprint.recorded, language)


def _page(calendar: Calendar, sheet: DoseSheet, language: Language) -> dict[str, Data]:
    dose = calendar.entry(sheet.of) or calendar.entry(sheet.of.rpartition(".")[0])
    return {
        "title": in_words(sheet.title, language),
        "id": sheet.id,
        "of": f"{say(title_in_words(dose.title), language)} [{sheet.of}]" if dose is not None else sheet.of,
        "began": {
            "word": printed(Word.SHEET_BEGAN, language),
            "time": _began(sheet, language),
            "note": _note(sheet, language),
        },
        "head": [printed(word, language) for word in _HEAD],
        "visits": [_visit(visit, language) for visit in sheet.visits],
    }


def _began(sheet: DoseSheet, language: Language) -> str | None:
    if sheet.began is None:
        return None
    booked = "" if sheet.recorded else f" ({printed(Word.SHEET_BOOKED, language)})"
    return f"{day_in_words(sheet.began.day, language)} {clock(sheet.began)}{booked}"


def _note(sheet: DoseSheet, language: Language) -> str | None:
    if sheet.began is None:
        return printed(Word.SHEET_OFFSETS, language)
    changes = any(sample.planned and offset(sample.planned) != offset(sheet.began) for sample in sheet.samples)
    return printed(Word.SHEET_TRUE_HOURS, language) if changes else None


def _visit(visit: SampledVisit, language: Language) -> dict[str, Data]:
    return {
        "day": day_in_words(visit.day, language) if visit.day is not None else printed(Word.NO_DATE, language),
        "rows": [_row(sample, visit.day, language) for sample in visit.samples],
    }


def _row(sample: Sample, day: date | None, language: Language) -> list[Data]:
    taken = clock_under(day, sample.taken) if sample.taken is not None else ""
    if sample.standing is Standing.NOT_TAKEN:
        taken = printed(Word.SHEET_NOT_TAKEN, language)
    return [
        sample.point.name,
        clock_under(day, sample.planned) if sample.planned is not None else "",
        minutes_in_words(sample.point),
        taken,
        signed(sample.off) if sample.off is not None else "",
        "",
        sample.reason or "",
    ]

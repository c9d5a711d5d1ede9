"""The pharmacy's list on paper: what to hand out and prepare, with room for lot, expiry and two signatures."""

from __future__ import annotations

import re

from scheduler.exports.paper.dates_in_words import day_in_words, span_in_words
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.patient_words import PatientWord
from scheduler.exports.paper.patient_words import printed as printed_to_patient
from scheduler.exports.paper.typeset import Data, typeset
from scheduler.exports.paper.words import Word, printed
from scheduler.exports.told import in_words
from scheduler.exports.words import signed
from scheduler.languages import Language
from scheduler.said import Code, Said, said_of
from scheduler.views.imprint import Imprint
from scheduler.views.pharmacy.dispensing_line import DispensingLine, DispensingList, LineStatus, ProductTotal, Work
from scheduler.vocabulary.dosage_forms import Count, DosageForm, form_of_product
from scheduler.words.saying import say

_WORK = {
    Work.HOLD: Word.WORK_HOLD,
    Work.RESUME: Word.WORK_RESUME,
    Work.RELABEL: Word.WORK_RELABEL,
    Work.COLLECT: Word.WORK_COLLECT,
}

_STATUS = {
    LineStatus.PLANNED: Word.STATUS_PLANNED,
    LineStatus.DONE: Word.STATUS_DONE,
    LineStatus.NO_RECORD: Word.STATUS_NO_RECORD,
    LineStatus.NOT_DONE: Word.STATUS_NOT_DONE,
    LineStatus.PROVISIONAL: Word.STATUS_PROVISIONAL,
    LineStatus.AWAITING_DECISION: Word.STATUS_AWAITING,
    LineStatus.ON_HOLD: Word.STATUS_ON_HOLD,
    LineStatus.PENDING: Word.STATUS_PENDING,
    LineStatus.CANCELLED: Word.STATUS_CANCELLED,
    LineStatus.MOVED: Word.STATUS_MOVED,
}

_LINES = (
    Word.PATIENT,
    Word.DATE,
    Word.TREATMENT_AND_VISIT,
    Word.DOSE,
    Word.HAND_OUT,
    Word.COLLECT,
    Word.LOT,
    Word.EXPIRY,
    Word.PREPARED,
    Word.CHECKED_BY,
)
_APART = (
    Word.PATIENT,
    Word.DATE,
    Word.TREATMENT_AND_VISIT,
    Word.DOSE,
    Word.STATUS,
    Word.NOTE,
    Word.ANSWER,
)
_TOTALS = (Word.PRODUCT, Word.UNITS, Word.PACKS_HEAD, Word.LINES_UNKNOWN, Word.UNITS_APART)


def dispensing_as_pdf(listed: DispensingList, imprint: Imprint, language: Language = Language.ENGLISH) -> bytes:
    """The list as PDF, A4 landscape: PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    Lines that are on hold, await a decision or are cancelled stand apart, and what changed since the last print is marked.
    Notes are as the list has them, in English. Raises InvalidText where a letter cannot be printed.
    """

    def head(words: tuple[Said, ...]) -> list[Data]:
        return [printed(word, language) for word in words]

    data: dict[str, Data] = {
        "title": printed(Word.PHARMACY_TITLE, language),
        "study": listed.study,
        "period": span_in_words(listed.first, listed.last, language),
        "changed-word": printed_to_patient(PatientWord.CHANGED, language),
        "nothing": printed(Word.NOTHING, language),
        "lines": {
            "title": printed(Word.TO_PREPARE, language),
            "head": head(_LINES),
            "rows": [_line(line, language) for line in listed.lines],
        },
        "apart": {
            "title": printed(Word.APART, language),
            "why": printed(Word.APART_WHY, language),
            "head": head(_APART),
            "rows": [_line(line, language) for line in listed.apart],
        },
        "totals": {
            "title": printed(Word.TOTALS, language),
            "head": head(_TOTALS),
            "rows": [_total(total, language) for total in listed.totals],
        },
        "signed": [printed(Word.SIGNED_PHARMACY, language), printed(Word.CHECKED_SHEET, language)],
        "foot": foot_of(imprint, language),
    }
    return typeset("dispensing", data, imprint.recorded, language)


def _line(line: DispensingLine, language: Language) -> Data:
    return {
        "patient": line.subject,
        "changed": _without_prefix(line.changed, language),
        "day": day_in_words(line.date, language) if line.date else printed(Word.NO_DATE, language),
        "window": _window(line, language),
        "treatment": in_words(line.treatment, language),
        "visit": say(said_of(line.visit), language),
        "work": printed(_WORK[line.work], language) if line.work in _WORK else None,
        "dose": line.one_dose,
        "level": _level(line, language),
        "units": _units(line, language),
        "packs": _packs(line, language),
        "note": None if line.note in (None, f"{line.units} {line.product}") else say(said_of(line.note), language),
        "collect": say(said_of(line.collect), language) if line.collect else None,
        "lot": line.lot,
        "expires": line.expires.isoformat() if line.expires else None,
        "status": printed(_STATUS[line.status], language),
        "planned": line.status is LineStatus.PLANNED,
        "gone": line.status in (LineStatus.CANCELLED, LineStatus.MOVED),
    }


def _without_prefix(changed: str | None, language: Language) -> str | None:
    """What changed; that it changed since the last print is said by its mark."""
    if changed is None:
        return None
    told = say(said_of(changed), language)
    # In Chinese the colon is a letter of its own.
    return re.split(": |：", told, maxsplit=1)[-1]


def _window(line: DispensingLine, language: Language) -> str | None:
    if line.earliest is None:
        return None
    if line.latest is None:
        return printed(Word.FROM, language, earliest=Code(line.earliest.isoformat()))
    return printed(Word.WINDOW, language, earliest=Code(f"{line.earliest:%m-%d}"), latest=Code(f"{line.latest:%m-%d}"))


def _level(line: DispensingLine, language: Language) -> str | None:
    """A lowered level; that a dose is the full one needs no word."""
    return printed(Word.LEVEL, language, level=Code(signed(line.level))) if line.level else None


_NOTHING = (LineStatus.NOT_DONE, LineStatus.CANCELLED, LineStatus.MOVED)
"""What is handed out for on that day no more: it has no number, and needs none."""


def _units(line: DispensingLine, language: Language) -> str:
    if line.units is None and line.status not in _NOTHING:
        return printed(Word.NOT_KNOWN, language)
    if not line.units:
        nothing = printed(Word.NOTHING_TO_HAND_OUT, language)
        return f"{line.strength}: {nothing}" if line.strength else nothing
    form = form_of_product(line.product)
    units = _counted(form, line.units, language)
    if line.product in (None, form.name):
        return units
    if form.is_measured:
        return f"{units}, {in_words(line.product, language)}"
    return f"{form.number(line.units)} × {in_words(line.product, language)}"


def _counted(form: DosageForm, number: Count, language: Language) -> str:
    """42 tablets, 100.8 mL; 42 片."""
    return form.in_chinese(number) if language is Language.CHINESE else form.english(number)


def _packs(line: DispensingLine, language: Language) -> str | None:
    if not line.packs:
        return None
    return printed(Word.ONE_PACK, language) if line.packs == 1 else printed(Word.PACKS, language, packs=line.packs)


def _total(total: ProductTotal, language: Language) -> Data:
    called = in_words(total.treatment, language)
    name = f"{called}, {in_words(total.product, language)}" if total.product else called
    form = form_of_product(total.product)
    units, apart = (
        _counted(form, n, language) if form.is_measured else form.number(n) for n in (total.units, total.apart)
    )
    cells = (units, total.packs, total.unknown, apart)
    return [name, *("–" if cell is None else str(cell) for cell in cells)]

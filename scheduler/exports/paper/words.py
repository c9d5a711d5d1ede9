"""The printed words of the papers of staff, as messages that each language of staff has: headings, columns and statuses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from scheduler.languages import Language
from scheduler.said import Said, Sayable, Value, filled, said_as
from scheduler.words.saying import say


class Word(StrEnum):
    """What can be printed. The value is only the word's name."""

    CHECKED_SHEET = "checked sheet"
    PHARMACY_TITLE = "pharmacy title"
    TO_PREPARE = "to prepare"
    NOTHING = "nothing"
    PATIENT = "patient"
    DATE = "date"
    TREATMENT_AND_VISIT = "treatment and visit"
    DOSE = "dose"
    LEVEL = "level"
    HAND_OUT = "hand out"
    COLLECT = "collect"
    LOT = "lot"
    EXPIRY = "expiry"
    PREPARED = "prepared"
    CHECKED_BY = "checked by"
    PACKS = "packs"
    ONE_PACK = "one pack"
    NOT_KNOWN = "not known"
    NOTHING_TO_HAND_OUT = "nothing to hand out"
    WINDOW = "window"
    FROM = "from"
    NO_DATE = "no date"
    APART = "apart"
    APART_WHY = "apart why"
    STATUS = "status"
    NOTE = "note"
    ANSWER = "answer"
    TOTALS = "totals"
    PRODUCT = "product"
    UNITS = "units"
    PACKS_HEAD = "packs head"
    LINES_UNKNOWN = "lines unknown"
    UNITS_APART = "units apart"
    WORK_HOLD = "work hold"
    WORK_RESUME = "work resume"
    WORK_RELABEL = "work relabel"
    WORK_COLLECT = "work collect"
    STATUS_DONE = "status done"
    STATUS_NO_RECORD = "status no record"
    STATUS_NOT_DONE = "status not done"
    STATUS_PLANNED = "status planned"
    STATUS_PROVISIONAL = "status provisional"
    STATUS_AWAITING = "status awaiting"
    STATUS_ON_HOLD = "status on hold"
    STATUS_PENDING = "status pending"
    STATUS_CANCELLED = "status cancelled"
    STATUS_MOVED = "status moved"
    SIGNED_PHARMACY = "signed pharmacy"
    ACTIVITIES_TITLE = "activities title"
    GIVEN = "given"
    ACTIVITY = "activity"
    ACTIVITIES_AT = "activities at"
    TIMINGS = "timings"
    EVERY_TIME = "every time"
    VISIT_HEAD = "visit head"
    WHEN = "when"
    ASSUMPTIONS = "assumptions"
    QUESTION = "question"
    READING = "reading"
    OTHERWISE = "otherwise"
    WHY = "why"
    SHEET_BEGAN = "sheet began"
    SHEET_BOOKED = "sheet booked"
    SHEET_POINT = "sheet point"
    SHEET_PLANNED = "sheet planned"
    SHEET_WINDOW = "sheet window"
    SHEET_TAKEN = "sheet taken"
    SHEET_OFF = "sheet off"
    SHEET_BY = "sheet by"
    SHEET_WHY = "sheet why"
    SHEET_NOT_TAKEN = "sheet not taken"
    SHEET_OFFSETS = "sheet offsets"
    SHEET_TRUE_HOURS = "sheet true hours"


SENTENCES: Mapping[Word, Said] = MappingProxyType(
    {
        Word.CHECKED_SHEET: said_as("on paper", "Checked by (name, date)"),
        Word.PHARMACY_TITLE: said_as("on paper", "Dispensing and preparation list"),
        Word.TO_PREPARE: said_as("on paper", "To hand out and to prepare"),
        Word.NOTHING: said_as("on paper", "Nothing is on this list."),
        Word.PATIENT: said_as("on paper", "Patient"),
        Word.DATE: said_as("on paper", "Date and window"),
        Word.TREATMENT_AND_VISIT: said_as("on paper", "Treatment and visit"),
        Word.DOSE: said_as("on paper", "Dose"),
        Word.LEVEL: said_as("on paper", "level {level}"),
        Word.HAND_OUT: said_as("on paper", "Hand out"),
        Word.COLLECT: said_as("on paper", "Collect back"),
        Word.LOT: said_as("on paper", "Lot"),
        Word.EXPIRY: said_as("on paper", "Expiry"),
        Word.PREPARED: said_as("on paper", "Prepared by"),
        Word.CHECKED_BY: said_as("on paper", "Checked by"),
        Word.PACKS: said_as("on paper", "{packs} packs"),
        Word.ONE_PACK: said_as("on paper", "1 pack"),
        Word.NOT_KNOWN: said_as("on paper", "number not known"),
        Word.NOTHING_TO_HAND_OUT: said_as("on paper", "nothing to hand out"),
        Word.WINDOW: said_as("on paper", "window {earliest} – {latest}"),
        Word.FROM: said_as("on paper", "not before {earliest}"),
        Word.NO_DATE: said_as("on paper", "no date yet"),
        Word.APART: said_as("on paper", "Listed apart: ask first"),
        Word.APART_WHY: said_as(
            "on paper", "Nothing is handed out or prepared for these lines before somebody has asked."
        ),
        Word.STATUS: said_as("on paper", "Status"),
        Word.NOTE: said_as("on paper", "Note"),
        Word.ANSWER: said_as("on paper", "Answer, by whom"),
        Word.TOTALS: said_as("on paper", "Needed in this period"),
        Word.PRODUCT: said_as("on paper", "Product"),
        Word.UNITS: said_as("on paper", "Units"),
        Word.PACKS_HEAD: said_as("on paper", "Packs"),
        Word.LINES_UNKNOWN: said_as("on paper", "Lines without a number"),
        Word.UNITS_APART: said_as("on paper", "Units listed apart"),
        Word.WORK_HOLD: said_as("on paper", "hold: label, do not hand out"),
        Word.WORK_RESUME: said_as("on paper", "resume"),
        Word.WORK_RELABEL: said_as("on paper", "relabel"),
        Word.WORK_COLLECT: said_as("on paper", "collect"),
        Word.STATUS_DONE: said_as("on paper", "done"),
        Word.STATUS_NO_RECORD: said_as("on paper", "no record"),
        Word.STATUS_NOT_DONE: said_as("on paper", "not done"),
        Word.STATUS_PLANNED: said_as("on paper", "planned"),
        Word.STATUS_PROVISIONAL: said_as("on paper", "provisional"),
        Word.STATUS_AWAITING: said_as("on paper", "awaiting decision"),
        Word.STATUS_ON_HOLD: said_as("on paper", "on hold"),
        Word.STATUS_PENDING: said_as("on paper", "pending"),
        Word.STATUS_CANCELLED: said_as("on paper", "cancelled"),
        Word.STATUS_MOVED: said_as("on paper", "moved"),
        Word.SIGNED_PHARMACY: said_as("on paper", "Prepared by (name, date)"),
        Word.ACTIVITIES_TITLE: said_as("on paper", "Schedule of activities"),
        Word.GIVEN: said_as("on paper", "What is given"),
        Word.ACTIVITY: said_as("on paper", "Activity"),
        Word.ACTIVITIES_AT: said_as("on paper", "What is done at which visit"),
        Word.TIMINGS: said_as("on paper", "When each visit is"),
        Word.EVERY_TIME: said_as("on paper", "X: every time. Numbers: only then."),
        Word.VISIT_HEAD: said_as("on paper", "Visit"),
        Word.WHEN: said_as("on paper", "When"),
        Word.ASSUMPTIONS: said_as("on paper", "What the protocol leaves open, and how it is read here"),
        Word.QUESTION: said_as("on paper", "Question"),
        Word.READING: said_as("on paper", "Reading"),
        Word.OTHERWISE: said_as("on paper", "Otherwise"),
        Word.WHY: said_as("on paper", "Why"),
        Word.SHEET_BEGAN: said_as("on paper", "Time of the dose"),
        Word.SHEET_BOOKED: said_as("on paper", "booked"),
        Word.SHEET_POINT: said_as("on paper", "Time point"),
        Word.SHEET_PLANNED: said_as("on paper", "Planned"),
        Word.SHEET_WINDOW: said_as("on paper", "Window"),
        Word.SHEET_TAKEN: said_as("on paper", "Taken at"),
        Word.SHEET_OFF: said_as("on paper", "Off, min"),
        Word.SHEET_BY: said_as("on paper", "By"),
        Word.SHEET_WHY: said_as("on paper", "Why not, or not in time"),
        Word.SHEET_NOT_TAKEN: said_as("on paper", "not taken"),
        Word.SHEET_OFFSETS: said_as("on paper", "Clock times follow from the time of the dose: write it here first."),
        Word.SHEET_TRUE_HOURS: said_as(
            "on paper", "The clocks change while this sheet runs: these times are true hours after the dose."
        ),
    }
)


def printed(word: Word, language: Language, **values: Value | Sayable) -> str:
    """The word in that language, with the names in braces filled in."""
    return say(filled(SENTENCES[word], **values) if values else SENTENCES[word], language)

"""The printed words of the papers of staff, as messages that each language of staff has: headings, columns and statuses."""

from __future__ import annotations

from scheduler.languages import Language
from scheduler.said import Said, Sayable, Value, filled, said_as
from scheduler.words.saying import say


class Word:
    """What can be printed, each as a message."""

    CHECKED_SHEET = said_as("on paper", "Checked by (name, date)")
    PHARMACY_TITLE = said_as("on paper", "Dispensing and preparation list")
    TO_PREPARE = said_as("on paper", "To hand out and to prepare")
    NOTHING = said_as("on paper", "Nothing is on this list.")
    PATIENT = said_as("on paper", "Patient")
    DATE = said_as("on paper", "Date and window")
    TREATMENT_AND_VISIT = said_as("on paper", "Treatment and visit")
    DOSE = said_as("on paper", "Dose")
    LEVEL = said_as("on paper", "level {level}")
    HAND_OUT = said_as("on paper", "Hand out")
    COLLECT = said_as("on paper", "Collect back")
    LOT = said_as("on paper", "Lot")
    EXPIRY = said_as("on paper", "Expiry")
    PREPARED = said_as("on paper", "Prepared by")
    CHECKED_BY = said_as("on paper", "Checked by")
    PACKS = said_as("on paper", "{packs} packs")
    ONE_PACK = said_as("on paper", "1 pack")
    NOT_KNOWN = said_as("on paper", "number not known")
    NOTHING_TO_HAND_OUT = said_as("on paper", "nothing to hand out")
    WINDOW = said_as("on paper", "window {earliest} – {latest}")
    FROM = said_as("on paper", "not before {earliest}")
    NO_DATE = said_as("on paper", "no date yet")
    APART = said_as("on paper", "Listed apart: ask first")
    APART_WHY = said_as("on paper", "Nothing is handed out or prepared for these lines before somebody has asked.")
    STATUS = said_as("on paper", "Status")
    NOTE = said_as("on paper", "Note")
    ANSWER = said_as("on paper", "Answer, by whom")
    TOTALS = said_as("on paper", "Needed in this period")
    PRODUCT = said_as("on paper", "Product")
    UNITS = said_as("on paper", "Units")
    PACKS_HEAD = said_as("on paper", "Packs")
    LINES_UNKNOWN = said_as("on paper", "Lines without a number")
    UNITS_APART = said_as("on paper", "Units listed apart")
    WORK_HOLD = said_as("on paper", "hold: label, do not hand out")
    WORK_RESUME = said_as("on paper", "resume")
    WORK_RELABEL = said_as("on paper", "relabel")
    WORK_COLLECT = said_as("on paper", "collect")
    STATUS_DONE = said_as("on paper", "done")
    STATUS_NO_RECORD = said_as("on paper", "no record")
    STATUS_NOT_DONE = said_as("on paper", "not done")
    STATUS_PLANNED = said_as("on paper", "planned")
    STATUS_PROVISIONAL = said_as("on paper", "provisional")
    STATUS_AWAITING = said_as("on paper", "awaiting decision")
    STATUS_ON_HOLD = said_as("on paper", "on hold")
    STATUS_PENDING = said_as("on paper", "pending")
    STATUS_CANCELLED = said_as("on paper", "cancelled")
    STATUS_MOVED = said_as("on paper", "moved")
    SIGNED_PHARMACY = said_as("on paper", "Prepared by (name, date)")
    ACTIVITIES_TITLE = said_as("on paper", "Schedule of activities")
    GIVEN = said_as("on paper", "What is given")
    ACTIVITY = said_as("on paper", "Activity")
    ACTIVITIES_AT = said_as("on paper", "What is done at which visit")
    TIMINGS = said_as("on paper", "When each visit is")
    EVERY_TIME = said_as("on paper", "X: every time. Numbers: only then.")
    VISIT_HEAD = said_as("on paper", "Visit")
    WHEN = said_as("on paper", "When")
    ASSUMPTIONS = said_as("on paper", "What the protocol leaves open, and how it is read here")
    QUESTION = said_as("on paper", "Question")
    READING = said_as("on paper", "Reading")
    OTHERWISE = said_as("on paper", "Otherwise")
    WHY = said_as("on paper", "Why")
    SHEET_BEGAN = said_as("on paper", "Time of the dose")
    SHEET_BOOKED = said_as("on paper", "booked")
    SHEET_POINT = said_as("on paper", "Time point")
    SHEET_PLANNED = said_as("on paper", "Planned")
    SHEET_WINDOW = said_as("on paper", "Window")
    SHEET_TAKEN = said_as("on paper", "Taken at")
    SHEET_OFF = said_as("on paper", "Off, min")
    SHEET_BY = said_as("on paper", "By")
    SHEET_WHY = said_as("on paper", "Why not, or not in time")
    SHEET_NOT_TAKEN = said_as("on paper", "not taken")
    SHEET_OFFSETS = said_as("on paper", "Clock times follow from the time of the dose: write it here first.")
    SHEET_TRUE_HOURS = said_as(
        "on paper", "The clocks change while this sheet runs: these times are true hours after the dose."
    )


def printed(word: Said, language: Language, **values: Value | Sayable) -> str:
    """The word in that language, with the names in braces filled in."""
    return say(filled(word, **values) if values else word, language)

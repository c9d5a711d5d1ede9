"""The printed words of a patient's paper, and of the foot of every sheet, as messages that each language has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from scheduler.languages import Language
from scheduler.said import Said, Sayable, Value, filled, said_as
from scheduler.vocabulary.dosage_forms import TABLET, DosageForm
from scheduler.vocabulary.forms_in_words import things_in_words, unit_in_words
from scheduler.words.saying import say


class PatientWord(StrEnum):
    """What can be printed for a patient, and in the foot of every sheet. The value is only the word's name."""

    PAGE = "page"
    VERSION = "version"
    LOG = "log"
    LOGS = "logs"
    HEAD = "head"
    SINCE = "since"
    NOT_A_DEVICE = "not a device"
    NOT_CERTIFIED = "not certified"
    DIARY = "diary"
    NUMBER = "number"
    CHANGED_TITLE = "changed title"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    VISITS = "visits"
    NO_VISITS = "no visits"
    DAY = "day"
    TIME = "time"
    WHAT = "what"
    WHERE = "where"
    BRING = "bring"
    BRING_DIARY = "bring diary"
    BRING_TABLETS = "bring tablets"
    BRING_MEDICINES = "bring medicines"
    BRING_CARD = "bring card"
    CALL = "call"
    CALL_NOW = "call now"
    SIGNS = "signs"
    SIGN_TABLETS = "sign tablets"
    SIGN_TAKEN = "sign taken"
    SIGN_MEASURED = "sign measured"
    SIGN_ASK = "sign ask"
    SIGN_HOLD = "sign hold"
    SIGN_HOLD_SOME = "sign hold some"
    SIGN_HOLD_OPEN = "sign hold open"
    SIGN_VISIT = "sign visit"
    SIGN_CONTACT = "sign contact"
    SIGN_CHANGED = "sign changed"
    SIGN_EMPTY = "sign empty"
    SIGN_TREATMENT = "sign treatment"
    SIGN_TIMES = "sign times"
    MISSED = "missed"
    SEVERAL = "several"
    SEVERAL_STRENGTHS = "several strengths"
    NOTES = "notes"
    SIGNED = "signed"
    CHECKED = "checked"
    TABLETS = "tablets"
    ASK_FIRST = "ask first"
    DO_NOT_TAKE = "do not take"
    DO_NOT_TAKE_SOME = "do not take some"
    DO_NOT_TAKE_NAMED = "do not take named"
    NO_TABLETS = "no tablets"
    VISIT = "visit"
    CONTACT = "contact"
    TREATMENT = "treatment"
    CHANGE_MOVED = "change moved"
    CHANGE_NEW = "change new"
    CHANGE_GONE = "change gone"
    CHANGE_OTHER = "change other"
    CHANGE_TABLETS = "change tablets"
    CLINIC = "clinic"
    INFUSION = "infusion"
    RADIOTHERAPY = "radiotherapy"
    IMAGING = "imaging"
    PHARMACY = "pharmacy"


SENTENCES: Mapping[PatientWord, Said] = MappingProxyType(
    {
        PatientWord.PAGE: said_as("to a patient", "Page {page} of {pages}"),
        PatientWord.VERSION: said_as("to a patient", "protocol version {version}"),
        PatientWord.LOG: said_as("to a patient", "log number {events}, {recorded} UTC"),
        PatientWord.LOGS: said_as("to a patient", "{patients} patients, {events} events, last recorded {recorded} UTC"),
        PatientWord.HEAD: said_as("to a patient", "hash {head}"),
        PatientWord.SINCE: said_as("to a patient", "changes since {since} UTC marked"),
        PatientWord.NOT_A_DEVICE: said_as(
            "to a patient", "Not a medical device. A qualified person checks this sheet before anybody acts on it."
        ),
        PatientWord.NOT_CERTIFIED: said_as(
            "to a patient", "The translation of this sheet has not been approved at this study site."
        ),
        PatientWord.DIARY: said_as("to a patient", "Study diary"),
        PatientWord.NUMBER: said_as("to a patient", "Your study number"),
        PatientWord.CHANGED_TITLE: said_as("to a patient", "Changed since your last sheet"),
        PatientWord.UNCHANGED: said_as("to a patient", "Nothing has changed since your last sheet."),
        PatientWord.CHANGED: said_as("to a patient", "Changed"),
        PatientWord.VISITS: said_as("to a patient", "Your visits"),
        PatientWord.NO_VISITS: said_as("to a patient", "No visits are planned in this time."),
        PatientWord.DAY: said_as("to a patient", "Day"),
        PatientWord.TIME: said_as("to a patient", "Time"),
        PatientWord.WHAT: said_as("to a patient", "What"),
        PatientWord.WHERE: said_as("to a patient", "Where"),
        PatientWord.BRING: said_as("to a patient", "What to bring"),
        PatientWord.BRING_DIARY: said_as("to a patient", "This diary"),
        PatientWord.BRING_TABLETS: said_as("to a patient", "All your study {things}, and the empty packs"),
        PatientWord.BRING_MEDICINES: said_as("to a patient", "A list of all other medicines that you take"),
        PatientWord.BRING_CARD: said_as("to a patient", "Your identity card and insurance card"),
        PatientWord.CALL: said_as("to a patient", "Who to call"),
        PatientWord.SIGNS: said_as("to a patient", "How to use this diary"),
        PatientWord.SIGN_MEASURED: said_as(
            "to a patient",
            "One box here is one dose, and not one mL. Measure the mL that are written, or what your study team told you; "
            "then tick the box.",
        ),
        PatientWord.SIGN_VISIT: said_as("to a patient", "Come to the study site. See the list of your visits."),
        PatientWord.SIGN_CONTACT: said_as("to a patient", "The study team contacts you. There is no need to come."),
        PatientWord.SIGN_CHANGED: said_as("to a patient", "Not the same as on your last sheet."),
        PatientWord.SIGN_EMPTY: said_as("to a patient", "A day with no boxes is a day without study {things}."),
        PatientWord.SIGN_TREATMENT: said_as(
            "to a patient", "On days with 'Study treatment' your treatment goes on as you were told."
        ),
        PatientWord.SIGNED: said_as("to a patient", "Signature and date"),
        PatientWord.CHECKED: said_as("to a patient", "Checked at the study site by"),
        PatientWord.TABLETS: said_as("to a patient", "Study {things}"),
        PatientWord.ASK_FIRST: said_as("to a patient", "Ask first"),
        PatientWord.NO_TABLETS: said_as("to a patient", "no study {things}"),
        PatientWord.VISIT: said_as("to a patient", "Visit"),
        PatientWord.CONTACT: said_as("to a patient", "Contact"),
        PatientWord.TREATMENT: said_as("to a patient", "Study treatment"),
        PatientWord.CHANGE_MOVED: said_as("to a patient", "{what}: now {now} (before: {before})"),
        PatientWord.CHANGE_NEW: said_as("to a patient", "New: {what}, {now}"),
        PatientWord.CHANGE_GONE: said_as("to a patient", "No longer: {what}, {before}"),
        PatientWord.CHANGE_OTHER: said_as("to a patient", "{what}, {now}: other parts or notes"),
        PatientWord.CHANGE_TABLETS: said_as("to a patient", "{days}: now {now} (before: {before})"),
        PatientWord.CLINIC: said_as("to a patient", "Clinic"),
        PatientWord.INFUSION: said_as("to a patient", "Infusion unit"),
        PatientWord.RADIOTHERAPY: said_as("to a patient", "Radiotherapy"),
        PatientWord.IMAGING: said_as("to a patient", "Imaging"),
        PatientWord.PHARMACY: said_as("to a patient", "Pharmacy"),
    }
)
"""What is printed the same for all that a patient has at home."""

OF_FORM: Mapping[PatientWord, tuple[Said, Said]] = MappingProxyType(
    {
        PatientWord.CALL_NOW: (
            said_as("to a patient", "Call if you feel unwell, if you took too much, or if anything here is unclear."),
            said_as("to a patient", "Call if you feel unwell, if you used too much, or if anything here is unclear."),
        ),
        PatientWord.SIGN_TABLETS: (
            said_as("to a patient", "Take this many {units}. Tick one box for each {unit}."),
            said_as("to a patient", "Use this many {units}. Tick one box for each {unit}."),
        ),
        PatientWord.SIGN_TAKEN: (
            said_as(
                "to a patient",
                "One box here is not one {unit}. Take the number that is written, or what your study team told you; "
                "then tick the box.",
            ),
            said_as(
                "to a patient",
                "One box here is not one {unit}. Use the number that is written, or what your study team told you; "
                "then tick the box.",
            ),
        ),
        PatientWord.SIGN_ASK: (
            said_as(
                "to a patient",
                "Not decided yet. Ask your study team before you come or take {things}, and write down what they say.",
            ),
            said_as(
                "to a patient",
                "Not decided yet. Ask your study team before you come or use {things}, and write down what they say.",
            ),
        ),
        PatientWord.SIGN_HOLD: (
            said_as("to a patient", "Do not take study {things} on this day."),
            said_as("to a patient", "Do not use study {things} on this day."),
        ),
        PatientWord.SIGN_HOLD_SOME: (
            said_as(
                "to a patient", "Do not take some of your study {things} on this day. Ask your study team which ones."
            ),
            said_as(
                "to a patient", "Do not use some of your study {things} on this day. Ask your study team which ones."
            ),
        ),
        PatientWord.SIGN_HOLD_OPEN: (
            said_as(
                "to a patient",
                "Nobody knows yet when you take {things} again. Do not take any until your study team tells you to.",
            ),
            said_as(
                "to a patient",
                "Nobody knows yet when you use {things} again. Do not use any until your study team tells you to.",
            ),
        ),
        PatientWord.SIGN_TIMES: (
            said_as("to a patient", "Write down the time at which you take each dose."),
            said_as("to a patient", "Write down the time at which you use each dose."),
        ),
        PatientWord.MISSED: (
            said_as(
                "to a patient",
                "Did you miss doses? Leave the box empty, write it down, and ask your study team what to do.",
            ),
            said_as(
                "to a patient, of what is used",
                "Did you miss doses? Leave the box empty, write it down, and ask your study team what to do.",
            ),
        ),
        PatientWord.SEVERAL: (
            said_as(
                "to a patient", "You take more than one kind of study {things}. Take each as your study team told you."
            ),
            said_as(
                "to a patient", "You use more than one kind of study {things}. Use each as your study team told you."
            ),
        ),
        PatientWord.SEVERAL_STRENGTHS: (
            said_as(
                "to a patient", "Your {things} come in more than one strength. Take them as your study team told you."
            ),
            said_as(
                "to a patient", "Your {things} come in more than one strength. Use them as your study team told you."
            ),
        ),
        PatientWord.NOTES: (
            said_as("to a patient", "Notes: how you felt, doses missed, other medicines"),
            said_as("to a patient, of what is used", "Notes: how you felt, doses missed, other medicines"),
        ),
        PatientWord.DO_NOT_TAKE: (said_as("to a patient", "Do not take"), said_as("to a patient", "Do not use")),
        PatientWord.DO_NOT_TAKE_SOME: (
            said_as("to a patient", "Do not take some: ask"),
            said_as("to a patient", "Do not use some: ask"),
        ),
        PatientWord.DO_NOT_TAKE_NAMED: (
            said_as("to a patient", "Do not take {treatment}"),
            said_as("to a patient", "Do not use {treatment}"),
        ),
    }
)
"""What is printed of what is swallowed, and of what is used otherwise."""

OF_TABLETS: Mapping[PatientWord, Said] = MappingProxyType(
    {
        PatientWord.CALL_NOW: said_as(
            "to a patient", "Call if you feel unwell, if you took too many tablets, or if anything here is unclear."
        ),
        PatientWord.MISSED: said_as(
            "to a patient",
            "Did you miss tablets? Leave the box empty, write it down, and ask your study team what to do.",
        ),
        PatientWord.NOTES: said_as("to a patient", "Notes: how you felt, tablets missed, other medicines"),
    }
)
"""What is printed otherwise where tablets alone are taken: they can be counted."""


def printed(word: PatientWord, language: Language, **values: Value | Sayable) -> str:
    """The word in that language, with the names in braces filled in."""
    return say(filled(SENTENCES[word], **values) if values else SENTENCES[word], language)


def printed_of(form: DosageForm, word: PatientWord, language: Language, **values: Value | Sayable) -> str:
    """A word about what the patient holds: study capsules, do not use."""
    taken, used = OF_FORM[word] if word in OF_FORM else (SENTENCES[word],) * 2
    sentence = taken if form.swallowed else used
    if form == TABLET:
        sentence = OF_TABLETS.get(word, sentence)
    of_form: dict[str, Value] = {
        "things": things_in_words(form),
        "unit": unit_in_words(form),
        "units": unit_in_words(form, many=True),
    }
    said_of_it = {name: value for name, value in of_form.items() if f"{{{name}}}" in sentence.sentence}
    return say(filled(sentence, **said_of_it, **values), language)

"""The printed words of a patient's paper, and of the foot of every sheet, as messages that each language has."""

from __future__ import annotations

from scheduler.languages import Language
from scheduler.said import Said, Sayable, Value, filled, said_as
from scheduler.views.reader.wording import Phrase
from scheduler.vocabulary.dosage_forms import DosageForm
from scheduler.vocabulary.forms_in_words import OfForm, things_in_words, unit_in_words
from scheduler.words.saying import say


class PatientWord:
    """What can be printed for a patient, and in the foot of every sheet, each as a message."""

    PAGE = said_as("to a patient", "Page {page} of {pages}")
    VERSION = said_as("to a patient", "protocol version {version}")
    LOG = said_as("to a patient", "log number {events}, {recorded} UTC")
    LOGS = said_as("to a patient", "{patients}, {events}, last recorded {recorded} UTC")
    HEAD = said_as("to a patient", "hash {head}")
    SINCE = said_as("to a patient", "changes since {since} UTC marked")
    NOT_A_DEVICE = said_as(
        "to a patient", "Not a medical device. A qualified person checks this sheet before anybody acts on it."
    )
    NOT_CERTIFIED = said_as("to a patient", "The translation of this sheet has not been approved at this study site.")
    DIARY = said_as("to a patient", "Study diary")
    NUMBER = said_as("to a patient", "Your study number")
    CHANGED_TITLE = said_as("to a patient", "Changed since your last sheet")
    UNCHANGED = said_as("to a patient", "Nothing has changed since your last sheet.")
    CHANGED = said_as("to a patient", "Changed")
    VISITS = said_as("to a patient", "Your visits")
    NO_VISITS = said_as("to a patient", "No visits are planned in this time.")
    DAY = said_as("to a patient", "Day")
    TIME = said_as("to a patient", "Time")
    WHAT = said_as("to a patient", "What")
    WHERE = said_as("to a patient", "Where")
    BRING = said_as("to a patient", "What to bring")
    BRING_DIARY = said_as("to a patient", "This diary")
    BRING_TABLETS = said_as("to a patient", "All your study {things}, and the empty packs")
    BRING_MEDICINES = said_as("to a patient", "A list of all other medicines that you take")
    BRING_CARD = said_as("to a patient", "Your identity card and insurance card")
    CALL = said_as("to a patient", "Who to call")
    CALL_NOW = OfForm(
        said_as("to a patient", "Call if you feel unwell, if you took too much, or if anything here is unclear."),
        said_as("to a patient", "Call if you feel unwell, if you used too much, or if anything here is unclear."),
        said_as(
            "to a patient", "Call if you feel unwell, if you took too many tablets, or if anything here is unclear."
        ),
    )
    SIGNS = said_as("to a patient", "How to use this diary")
    SIGN_TABLETS = OfForm(
        said_as("to a patient", "Take this many {units}. Tick one box for each {unit}."),
        said_as("to a patient", "Use this many {units}. Tick one box for each {unit}."),
    )
    SIGN_TAKEN = OfForm(
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
    )
    SIGN_MEASURED = said_as(
        "to a patient",
        "One box here is one dose, and not one mL. Measure the mL that are written, or what your study team told you; "
        "then tick the box.",
    )
    SIGN_ASK = OfForm(
        said_as(
            "to a patient",
            "Not decided yet. Ask your study team before you come or take {things}, and write down what they say.",
        ),
        said_as(
            "to a patient",
            "Not decided yet. Ask your study team before you come or use {things}, and write down what they say.",
        ),
    )
    SIGN_HOLD = OfForm(
        said_as("to a patient", "Do not take study {things} on this day."),
        said_as("to a patient", "Do not use study {things} on this day."),
    )
    SIGN_HOLD_SOME = OfForm(
        said_as("to a patient", "Do not take some of your study {things} on this day. Ask your study team which ones."),
        said_as("to a patient", "Do not use some of your study {things} on this day. Ask your study team which ones."),
    )
    SIGN_HOLD_OPEN = OfForm(
        said_as(
            "to a patient",
            "Nobody knows yet when you take {things} again. Do not take any until your study team tells you to.",
        ),
        said_as(
            "to a patient",
            "Nobody knows yet when you use {things} again. Do not use any until your study team tells you to.",
        ),
    )
    SIGN_VISIT = said_as("to a patient", "Come to the study site. See the list of your visits.")
    SIGN_CONTACT = said_as("to a patient", "The study team contacts you. There is no need to come.")
    SIGN_CHANGED = said_as("to a patient", "Not the same as on your last sheet.")
    SIGN_EMPTY = said_as("to a patient", "A day with no boxes is a day without study {things}.")
    SIGN_TREATMENT = said_as("to a patient", "On days with 'Study treatment' your treatment goes on as you were told.")
    SIGN_TIMES = OfForm(
        said_as("to a patient", "Write down the time at which you take each dose."),
        said_as("to a patient", "Write down the time at which you use each dose."),
    )
    MISSED = OfForm(
        said_as(
            "to a patient",
            "Did you miss doses? Leave the box empty, write it down, and ask your study team what to do.",
        ),
        said_as(
            "to a patient, of what is used",
            "Did you miss doses? Leave the box empty, write it down, and ask your study team what to do.",
        ),
        said_as(
            "to a patient",
            "Did you miss tablets? Leave the box empty, write it down, and ask your study team what to do.",
        ),
    )
    SEVERAL = Phrase.SEVERAL_KINDS
    SEVERAL_STRENGTHS = Phrase.SEVERAL_STRENGTHS
    NOTES = OfForm(
        said_as("to a patient", "Notes: how you felt, doses missed, other medicines"),
        said_as("to a patient, of what is used", "Notes: how you felt, doses missed, other medicines"),
        said_as("to a patient", "Notes: how you felt, tablets missed, other medicines"),
    )
    SIGNED = said_as("to a patient", "Signature and date")
    CHECKED = said_as("to a patient", "Checked at the study site by")
    TABLETS = said_as("to a patient", "Study {things}")
    ASK_FIRST = said_as("to a patient", "Ask first")
    DO_NOT_TAKE = OfForm(said_as("to a patient", "Do not take"), said_as("to a patient", "Do not use"))
    DO_NOT_TAKE_SOME = OfForm(
        said_as("to a patient", "Do not take some: ask"), said_as("to a patient", "Do not use some: ask")
    )
    DO_NOT_TAKE_NAMED = Phrase.DO_NOT_TAKE_NAMED
    NO_TABLETS = said_as("to a patient", "no study {things}")
    VISIT = said_as("to a patient", "Visit")
    CONTACT = said_as("to a patient", "Contact")
    TREATMENT = said_as("to a patient", "Study treatment")
    CHANGE_MOVED = said_as("to a patient", "{what}: now {now} (before: {before})")
    CHANGE_NEW = said_as("to a patient", "New: {what}, {now}")
    CHANGE_GONE = said_as("to a patient", "No longer: {what}, {before}")
    CHANGE_OTHER = said_as("to a patient", "{what}, {now}: other parts or notes")
    CHANGE_TABLETS = said_as("to a patient", "{days}: now {now} (before: {before})")
    CLINIC = said_as("to a patient", "Clinic")
    INFUSION = said_as("to a patient", "Infusion unit")
    RADIOTHERAPY = said_as("to a patient", "Radiotherapy")
    IMAGING = said_as("to a patient", "Imaging")
    PHARMACY = said_as("to a patient", "Pharmacy")


def printed(word: Said, language: Language, **values: Value | Sayable) -> str:
    """The word in that language, with the names in braces filled in."""
    return say(filled(word, **values) if values else word, language)


def printed_of(form: DosageForm, word: Said | OfForm, language: Language, **values: Value | Sayable) -> str:
    """A word about what the patient holds: study capsules, do not use."""
    sentence = word.said_of(form) if isinstance(word, OfForm) else word
    of_form: dict[str, Value] = {
        "things": things_in_words(form),
        "unit": unit_in_words(form),
        "units": unit_in_words(form, many=True),
    }
    said_of_it = {name: value for name, value in of_form.items() if f"{{{name}}}" in sentence.sentence}
    return say(filled(sentence, **said_of_it, **values), language)

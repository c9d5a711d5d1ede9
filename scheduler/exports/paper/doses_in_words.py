"""What a day says of tablets, in the few words that fit into its field of the month."""

from __future__ import annotations

from scheduler.exports.paper.patient_words import PatientWord as Word
from scheduler.exports.paper.patient_words import printed, printed_of
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.said import COMMAS, listed, own_words, said_of
from scheduler.views.agenda.diary import DiaryDay, DiaryHold, DiaryTablets
from scheduler.views.agenda.patient_items import tablets_in_words as at_once_in_words
from scheduler.vocabulary.dosage_forms import DosageForm
from scheduler.words.saying import say


def tablets_in_words(line: DiaryTablets, language: Language) -> str:
    """2 tablets; 1 x 20 mg + 3 x 15 mg tablets, twice a day; "Study tablets" where no number can be told.

    "Ask first" where a decision is awaited.
    """
    if line.ask_first:
        return printed(Word.ASK_FIRST, language)
    return (
        printed_of(line.form, Word.TABLETS, language)
        if line.at_once is None
        else in_words(at_once_in_words(line.at_once), language)
    )


def beside_in_words(line: DiaryTablets, language: Language) -> str:
    """The drug and its dose, at full detail: regorafenib 120 mg."""
    treatment = in_words(line.treatment, language) if line.treatment else None
    doses = say(listed(*map(said_of, line.doses), how=COMMAS), language)
    return " ".join(part for part in (treatment, doses) if part)


def hold_in_words(hold: DiaryHold, language: Language) -> str:
    """Do not take."""
    if hold.treatment:
        return printed_of(hold.form, Word.DO_NOT_TAKE_NAMED, language, treatment=own_words(hold.treatment))
    return printed_of(hold.form, Word.DO_NOT_TAKE_SOME if hold.some else Word.DO_NOT_TAKE, language)


def taken_in_words(day: DiaryDay, form: DosageForm, language: Language) -> str:
    """All that a day says of tablets and treatment, for a sentence."""
    parts = [hold_in_words(hold, language) for hold in day.holds]
    for line in day.tablets:
        words = tablets_in_words(line, language)
        doses = beside_in_words(line, language)
        parts.append(f"{words} ({doses})" if doses else words)
    if day.treatment:
        parts.append(printed(Word.TREATMENT, language))
    return "; ".join(parts) or printed_of(form, Word.NO_TABLETS, language)

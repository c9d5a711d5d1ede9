"""Every sentence that a patient reads in a calendar or diary, once, as a message that the catalogues have in each language.

What is said of what a patient holds is said of anything: {things} are tablets, capsules, drops. What is swallowed is taken, all
else is used: these are two sentences, because no language puts a verb together from parts as another does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from scheduler.calendar.entries.entry import Kind
from scheduler.protocol.plan.times.frequency import EVENING, MORNING, most_as_needed
from scheduler.said import (
    BESIDE,
    Code,
    Quoted,
    Said,
    Sayable,
    Text,
    Value,
    filled,
    joined,
    listed,
    said_as,
    said_of,
    text_of,
    value_of,
)
from scheduler.vocabulary.dosage_forms import Count, DosageForm
from scheduler.vocabulary.forms_in_words import OfForm, count_in_words, things_in_words, unit_in_words


class Phrase:
    """What can be said, each as a message; of what a patient holds, one for what is swallowed and one for what is used."""

    CALENDAR = said_as("to a patient", "Study calendar")
    CALENDAR_OF = said_as("to a patient", "Study calendar {study}")
    REVISION = said_as("to a patient", "Schedule {number} of {date}.")
    REFRESH = said_as(
        "to a patient",
        "Calendar programs refresh within hours, not minutes. What your study team tells you by phone comes first.",
    )
    STUDY_VISIT = said_as("to a patient", "Study visit")
    VISIT_WITH = said_as("to a patient", "Study visit: {parts}")
    STUDY_CONTACT = said_as("to a patient", "Study contact")
    NO_NEED_TO_COME = said_as("to a patient", "Your study team will contact you. You need not come.")
    APPOINTMENTS = said_as("to a patient", "Appointments on this day: {number}")
    APPOINTMENTS_OF_VISIT = said_as("to a patient", "Appointments at this visit: {number}")
    VISIT_OF_DAY = said_as("to a patient", "{what} ({number} of {of} on this day)")
    VISITS_APART = said_as("to a patient", "Visits on this day: {of}, at least {hours} hours apart")
    TIMES = said_as("to a patient", "At {times}")
    NOT_BEFORE = said_as("to a patient", "not before {time}")
    TABLETS = said_as("to a patient", "Study {things}")
    OF_STRENGTH = said_as("to a patient", "{number} x {strength}")
    TABLETS_COUNTED = said_as("to a patient", "{tablets}: {count}")
    TWICE_A_DAY = said_as("to a patient", "{count}, twice a day")
    THREE_TIMES_A_DAY = said_as("to a patient", "{count}, three times a day")
    FOUR_TIMES_A_DAY = said_as("to a patient", "{count}, four times a day")
    EVERY_4_HOURS = said_as("to a patient", "{count}, every 4 hours")
    EVERY_6_HOURS = said_as("to a patient", "{count}, every 6 hours")
    EVERY_8_HOURS = said_as("to a patient", "{count}, every 8 hours")
    IN_THE_EVENING = said_as("to a patient", "{count}, in the evening")
    IN_THE_MORNING = said_as("to a patient", "{count}, in the morning")
    AS_NEEDED = said_as("to a patient", "{count} as needed, at most {number} times a day")
    AS_NEEDED_ONCE = said_as("to a patient", "{count} as needed, at most once a day")
    ONLY_AS_NEEDED = OfForm(
        said_as("to a patient", "take only as needed"), said_as("to a patient", "use only as needed")
    )
    OVER_TIME = said_as("to a patient", "{dose} over {time}")
    HOURS_APART = said_as("to a patient", "about {time} apart")
    HOURS_APART_WITHIN = said_as("to a patient", "{time} apart ({least} to {most})")
    AT_LEAST_APART = said_as("to a patient", "at least {time} apart")
    MORNING_AND_EVENING = said_as("to a patient", "in the morning and in the evening")
    WITH_FOOD = said_as("to a patient", "with food")
    LOW_FAT_MEAL = said_as("to a patient", "with a low-fat meal")
    EMPTY_STOMACH = said_as("to a patient", "on an empty stomach")
    FOOD_OR_NOT = said_as("to a patient", "with or without food")
    BEFORE_MEAL = said_as("to a patient", "before a meal")
    AFTER_MEAL = said_as("to a patient", "after a meal")
    SOON_AFTER_MEAL = said_as("to a patient", "within {after} after a meal")
    BETWEEN_MEALS = said_as("to a patient", "at least {before} before and {after} after a meal")
    IN_STRENGTHS = said_as("to a patient", "{strengths} {units}")
    SEVERAL_KINDS = OfForm(
        said_as(
            "to a patient", "You take more than one kind of study {things}. Take each as your study team told you."
        ),
        said_as("to a patient", "You use more than one kind of study {things}. Use each as your study team told you."),
    )
    SEVERAL_STRENGTHS = OfForm(
        said_as("to a patient", "Your {things} come in more than one strength. Take them as your study team told you."),
        said_as("to a patient", "Your {things} come in more than one strength. Use them as your study team told you."),
    )
    DO_NOT_TAKE = OfForm(
        said_as("to a patient", "Do not take study {things}"), said_as("to a patient", "Do not use study {things}")
    )
    DO_NOT_TAKE_SOME = OfForm(
        said_as("to a patient", "Do not take some of your study {things}"),
        said_as("to a patient", "Do not use some of your study {things}"),
    )
    DO_NOT_TAKE_NAMED = OfForm(
        said_as("to a patient", "Do not take {treatment}"), said_as("to a patient", "Do not use {treatment}")
    )
    ASK_WHICH = said_as("to a patient", "Ask your study team which ones.")
    UNTIL_FURTHER_NOTICE = said_as("to a patient", "Until your study team tells you to start again.")
    CANCELLED = said_as("to a patient", "Cancelled: {what}")
    NOT_DONE = said_as("to a patient", "Not done: {what}")
    TO_BE_CONFIRMED = said_as("to a patient", "To be confirmed: {what}")
    STUDY_TREATMENT = said_as("to a patient", "study treatment")
    TREATMENT_DAYS = said_as("to a patient", "Study treatment")
    NOTHING_PLANNED = said_as("to a patient", "Nothing is planned at present")
    ENDED = said_as("to a patient", "This calendar is no longer updated")
    ENDED_ASK = said_as("to a patient", "Please contact your study site.")
    KIND_ORAL = said_as("to a patient", "new {things}")
    KIND_INFUSION = said_as("to a patient", "infusion")
    KIND_INJECTION = said_as("to a patient", "injection")
    KIND_FRACTION = said_as("to a patient", "radiotherapy")
    KIND_SCAN = said_as("to a patient", "scan")
    KIND_VISIT = said_as("to a patient", "visit")
    KIND_CONTACT = said_as("to a patient", "contact")
    KIND_LABORATORY = said_as("to a patient", "laboratory tests")
    KIND_DIARY = said_as("to a patient", "diary")
    STUDY_DIARY = said_as("to a patient", "Study diary: write it every day")
    DIARY_AT = said_as("to a patient", "Study diary {time}")
    DIARY_TURN = said_as("to a patient", "Study diary, {number} of {of}")
    TIMES_A_DAY = said_as("to a patient", "{number} times a day")
    BETWEEN_TIMES = said_as("to a patient", "between {first} and {last}")
    AWAITING_PATIENT = OfForm(
        said_as(
            "to a patient", "Your study team has still to decide about this. Ask before you come or take {things}."
        ),
        said_as("to a patient", "Your study team has still to decide about this. Ask before you come or use {things}."),
    )
    DOSE_NOT_KNOWN = OfForm(
        said_as("to a patient", "Your dose is not known yet. Ask your study team before you take {things}."),
        said_as("to a patient", "Your dose is not known yet. Ask your study team before you use {things}."),
    )
    PROVISIONAL = said_as("to a patient", "The date may still change.")
    BRING = said_as("to a patient", "Please bring: {what}")


OF_KIND: Mapping[Kind, Said] = MappingProxyType(
    {
        Kind.ORAL: Phrase.KIND_ORAL,
        Kind.INFUSION: Phrase.KIND_INFUSION,
        Kind.INJECTION: Phrase.KIND_INJECTION,
        Kind.FRACTION: Phrase.KIND_FRACTION,
        Kind.SCAN: Phrase.KIND_SCAN,
        Kind.VISIT: Phrase.KIND_VISIT,
        Kind.CONTACT: Phrase.KIND_CONTACT,
        Kind.LABORATORY: Phrase.KIND_LABORATORY,
        Kind.DIARY: Phrase.KIND_DIARY,
    }
)

OF_OFTEN: Mapping[str, Said] = MappingProxyType(
    {
        "twice daily": Phrase.TWICE_A_DAY,
        "three times daily": Phrase.THREE_TIMES_A_DAY,
        "four times daily": Phrase.FOUR_TIMES_A_DAY,
        "every 4 hours": Phrase.EVERY_4_HOURS,
        "every 6 hours": Phrase.EVERY_6_HOURS,
        "every 8 hours": Phrase.EVERY_8_HOURS,
        EVENING: Phrase.IN_THE_EVENING,
        MORNING: Phrase.IN_THE_MORNING,
    }
)
"""How often a day a number of tablets is taken, by what a dose says of it. Of anything else, such as every other day, no number
is told."""

COLON = Said(": ")
"""Between what something is and what is said of it, the same in every language."""


def with_how_often(count: str, often: str | None) -> str:
    """2 tablets, for one time a day; "2 tablets, twice a day", for what a dose says to be taken more often."""
    if (most := most_as_needed(often)) is not None:
        return say(Phrase.AS_NEEDED_ONCE if most == 1 else Phrase.AS_NEEDED, count=count, number=most)
    return count if often is None else say(OF_OFTEN[often], count=count)


def in_number(form: DosageForm, count: Count) -> str:
    """So many of them: 2 capsules, 2.5 mL, 1½ tablets."""
    return text_of(count_in_words(form, count))


def in_strengths(form: DosageForm, counts: Iterable[tuple[Count, str]]) -> str:
    """So many of each strength: 1 x 20 mg + 3 x 15 mg tablets. A number stands beside its strength, never their sum."""
    several = tuple(counts)
    told = joined(
        (
            say(Phrase.OF_STRENGTH, number=Code(form.number(count)), strength=Code(strength))
            for count, strength in several
        ),
        BESIDE,
    )
    unit = unit_in_words(form, many=[count for count, _ in several] != [1])
    return say(Phrase.IN_STRENGTHS, strengths=told, units=unit)


def say(phrase: Said, **values: object) -> Text:
    """The phrase with the names in braces filled in, as a text that can still be said in the reader's language."""
    return text_of(_with_values(phrase, values))


def say_of(form: DosageForm, phrase: Said | OfForm, **values: object) -> Text:
    """A phrase about what the patient holds: study capsules, do not use study patches."""
    sentence = phrase.said_of(form) if isinstance(phrase, OfForm) else phrase
    if "{things}" in sentence.sentence:
        values = {"things": things_in_words(form), **values}
    return text_of(_with_values(sentence, values))


def beside_a_mark(mark: str, text: str) -> Text:
    """A text with a mark before it: "- blood count", "09:30 infusion"."""
    return text_of(listed(Code(mark), said_of(text), how=Said(" ")))


def _with_values(sentence: Said, values: Mapping[str, object]) -> Said:
    return filled(sentence, **{name: _value(value) for name, value in values.items()}) if values else sentence


def _value(value: object) -> Value:
    """A text as it was said, or as it was written; a day as lists have it."""
    if isinstance(value, Text):
        return value.said
    if isinstance(value, str):
        return Quoted(value)
    if type(value) is date:
        return Code(value.isoformat())
    assert isinstance(value, Sayable | int) or value is not None
    return value_of(value)  # type: ignore[arg-type]

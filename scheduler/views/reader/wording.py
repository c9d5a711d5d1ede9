"""Every sentence that a patient reads in a calendar or diary, once, as a message that the catalogues have in each language.

What is said of what a patient holds is said of anything: {things} are tablets, capsules, drops. What is swallowed is taken, all
else is used: these are two sentences, because no language puts a verb together from parts as another does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
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
from scheduler.vocabulary.forms_in_words import count_in_words, things_in_words, unit_in_words


class Phrase(StrEnum):
    """What can be said. The value is only the phrase's name."""

    CALENDAR = "calendar"
    CALENDAR_OF = "calendar of a study"
    REVISION = "revision"
    REFRESH = "refresh"
    STUDY_VISIT = "study visit"
    VISIT_WITH = "study visit with parts"
    STUDY_CONTACT = "study contact"
    NO_NEED_TO_COME = "no need to come"
    APPOINTMENTS = "appointments"
    APPOINTMENTS_OF_VISIT = "appointments of one visit"
    VISIT_OF_DAY = "one visit of several on a day"
    VISITS_APART = "visits on a day, hours apart"
    TIMES = "times"
    NOT_BEFORE = "not before"
    TABLETS = "tablets"
    OF_STRENGTH = "tablets of a strength"
    TABLETS_COUNTED = "tablets counted"
    TWICE_A_DAY = "twice a day"
    THREE_TIMES_A_DAY = "three times a day"
    FOUR_TIMES_A_DAY = "four times a day"
    EVERY_4_HOURS = "every 4 hours"
    EVERY_6_HOURS = "every 6 hours"
    EVERY_8_HOURS = "every 8 hours"
    IN_THE_EVENING = "in the evening"
    IN_THE_MORNING = "in the morning"
    AS_NEEDED = "as needed"
    AS_NEEDED_ONCE = "as needed, once a day"
    ONLY_AS_NEEDED = "only as needed"
    OVER_TIME = "the time that a dose is given over"
    HOURS_APART = "hours between two doses"
    HOURS_APART_WITHIN = "hours between two doses, with the fewest and the most"
    AT_LEAST_APART = "hours between two doses, at least"
    MORNING_AND_EVENING = "one of two doses in the morning and one in the evening"
    WITH_FOOD = "with food"
    LOW_FAT_MEAL = "with a low-fat meal"
    EMPTY_STOMACH = "on an empty stomach"
    FOOD_OR_NOT = "with or without food"
    BEFORE_MEAL = "before a meal"
    AFTER_MEAL = "after a meal"
    SOON_AFTER_MEAL = "soon after a meal"
    BETWEEN_MEALS = "between meals"
    IN_STRENGTHS = "so many of several strengths"
    SEVERAL_KINDS = "several kinds of tablets"
    SEVERAL_STRENGTHS = "several strengths of tablets"
    DO_NOT_TAKE = "do not take"
    DO_NOT_TAKE_SOME = "do not take some"
    DO_NOT_TAKE_NAMED = "do not take, named"
    ASK_WHICH = "ask which"
    UNTIL_FURTHER_NOTICE = "until further notice"
    CANCELLED = "cancelled"
    NOT_DONE = "not done"
    TO_BE_CONFIRMED = "to be confirmed"
    STUDY_TREATMENT = "study treatment"
    TREATMENT_DAYS = "treatment days"
    NOTHING_PLANNED = "nothing planned"
    ENDED = "ended"
    ENDED_ASK = "ended, ask"
    KIND_ORAL = "kind: oral"
    KIND_INFUSION = "kind: infusion"
    KIND_INJECTION = "kind: injection"
    KIND_FRACTION = "kind: fraction"
    KIND_SCAN = "kind: scan"
    KIND_VISIT = "kind: visit"
    KIND_CONTACT = "kind: contact"
    KIND_LABORATORY = "kind: laboratory"
    KIND_DIARY = "kind: diary"
    STUDY_DIARY = "study diary"
    DIARY_AT = "study diary at a time"
    DIARY_TURN = "study diary, one of several times of a day"
    TIMES_A_DAY = "times a day"
    BETWEEN_TIMES = "between two times of the day"
    AWAITING_PATIENT = "awaiting a decision, to the patient"
    PROVISIONAL = "provisional"
    BRING = "what to bring"


SENTENCES: Mapping[Phrase, Said] = MappingProxyType(
    {
        Phrase.CALENDAR: said_as("to a patient", "Study calendar"),
        Phrase.CALENDAR_OF: said_as("to a patient", "Study calendar {study}"),
        Phrase.REVISION: said_as("to a patient", "Schedule {number} of {date}."),
        Phrase.REFRESH: said_as(
            "to a patient",
            "Calendar programs refresh within hours, not minutes. What your study team tells you by phone comes first.",
        ),
        Phrase.STUDY_VISIT: said_as("to a patient", "Study visit"),
        Phrase.VISIT_WITH: said_as("to a patient", "Study visit: {parts}"),
        Phrase.STUDY_CONTACT: said_as("to a patient", "Study contact"),
        Phrase.NO_NEED_TO_COME: said_as("to a patient", "Your study team will contact you. You need not come."),
        Phrase.APPOINTMENTS: said_as("to a patient", "Appointments on this day: {number}"),
        Phrase.APPOINTMENTS_OF_VISIT: said_as("to a patient", "Appointments at this visit: {number}"),
        Phrase.VISIT_OF_DAY: said_as("to a patient", "{what} ({number} of {of} on this day)"),
        Phrase.VISITS_APART: said_as("to a patient", "Visits on this day: {of}, at least {hours} hours apart"),
        Phrase.TIMES: said_as("to a patient", "At {times}"),
        Phrase.NOT_BEFORE: said_as("to a patient", "not before {time}"),
        Phrase.OF_STRENGTH: said_as("to a patient", "{number} x {strength}"),
        Phrase.IN_STRENGTHS: said_as("to a patient", "{strengths} {units}"),
        Phrase.TABLETS_COUNTED: said_as("to a patient", "{tablets}: {count}"),
        Phrase.TWICE_A_DAY: said_as("to a patient", "{count}, twice a day"),
        Phrase.THREE_TIMES_A_DAY: said_as("to a patient", "{count}, three times a day"),
        Phrase.FOUR_TIMES_A_DAY: said_as("to a patient", "{count}, four times a day"),
        Phrase.EVERY_4_HOURS: said_as("to a patient", "{count}, every 4 hours"),
        Phrase.EVERY_6_HOURS: said_as("to a patient", "{count}, every 6 hours"),
        Phrase.EVERY_8_HOURS: said_as("to a patient", "{count}, every 8 hours"),
        Phrase.IN_THE_EVENING: said_as("to a patient", "{count}, in the evening"),
        Phrase.IN_THE_MORNING: said_as("to a patient", "{count}, in the morning"),
        Phrase.AS_NEEDED: said_as("to a patient", "{count} as needed, at most {number} times a day"),
        Phrase.AS_NEEDED_ONCE: said_as("to a patient", "{count} as needed, at most once a day"),
        Phrase.OVER_TIME: said_as("to a patient", "{dose} over {time}"),
        Phrase.HOURS_APART: said_as("to a patient", "about {time} apart"),
        Phrase.HOURS_APART_WITHIN: said_as("to a patient", "{time} apart ({least} to {most})"),
        Phrase.AT_LEAST_APART: said_as("to a patient", "at least {time} apart"),
        Phrase.MORNING_AND_EVENING: said_as("to a patient", "in the morning and in the evening"),
        Phrase.WITH_FOOD: said_as("to a patient", "with food"),
        Phrase.LOW_FAT_MEAL: said_as("to a patient", "with a low-fat meal"),
        Phrase.EMPTY_STOMACH: said_as("to a patient", "on an empty stomach"),
        Phrase.FOOD_OR_NOT: said_as("to a patient", "with or without food"),
        Phrase.BEFORE_MEAL: said_as("to a patient", "before a meal"),
        Phrase.AFTER_MEAL: said_as("to a patient", "after a meal"),
        Phrase.SOON_AFTER_MEAL: said_as("to a patient", "within {after} after a meal"),
        Phrase.BETWEEN_MEALS: said_as("to a patient", "at least {before} before and {after} after a meal"),
        Phrase.ASK_WHICH: said_as("to a patient", "Ask your study team which ones."),
        Phrase.UNTIL_FURTHER_NOTICE: said_as("to a patient", "Until your study team tells you to start again."),
        Phrase.CANCELLED: said_as("to a patient", "Cancelled: {what}"),
        Phrase.NOT_DONE: said_as("to a patient", "Not done: {what}"),
        Phrase.TO_BE_CONFIRMED: said_as("to a patient", "To be confirmed: {what}"),
        Phrase.STUDY_TREATMENT: said_as("to a patient", "study treatment"),
        Phrase.TREATMENT_DAYS: said_as("to a patient", "Study treatment"),
        Phrase.NOTHING_PLANNED: said_as("to a patient", "Nothing is planned at present"),
        Phrase.ENDED: said_as("to a patient", "This calendar is no longer updated"),
        Phrase.ENDED_ASK: said_as("to a patient", "Please contact your study site."),
        Phrase.KIND_INFUSION: said_as("to a patient", "infusion"),
        Phrase.KIND_INJECTION: said_as("to a patient", "injection"),
        Phrase.KIND_FRACTION: said_as("to a patient", "radiotherapy"),
        Phrase.KIND_SCAN: said_as("to a patient", "scan"),
        Phrase.KIND_VISIT: said_as("to a patient", "visit"),
        Phrase.KIND_CONTACT: said_as("to a patient", "contact"),
        Phrase.KIND_LABORATORY: said_as("to a patient", "laboratory tests"),
        Phrase.KIND_DIARY: said_as("to a patient", "diary"),
        Phrase.STUDY_DIARY: said_as("to a patient", "Study diary: write it every day"),
        Phrase.DIARY_AT: said_as("to a patient", "Study diary {time}"),
        Phrase.DIARY_TURN: said_as("to a patient", "Study diary, {number} of {of}"),
        Phrase.TIMES_A_DAY: said_as("to a patient", "{number} times a day"),
        Phrase.BETWEEN_TIMES: said_as("to a patient", "between {first} and {last}"),
        Phrase.PROVISIONAL: said_as("to a patient", "The date may still change."),
        Phrase.BRING: said_as("to a patient", "Please bring: {what}"),
        Phrase.TABLETS: said_as("to a patient", "Study {things}"),
        Phrase.KIND_ORAL: said_as("to a patient", "new {things}"),
    }
)
"""What is said the same of all that a patient holds."""

OF_FORM: Mapping[Phrase, tuple[Said, Said]] = MappingProxyType(
    {
        Phrase.ONLY_AS_NEEDED: (
            said_as("to a patient", "take only as needed"),
            said_as("to a patient", "use only as needed"),
        ),
        Phrase.SEVERAL_KINDS: (
            said_as(
                "to a patient", "You take more than one kind of study {things}. Take each as your study team told you."
            ),
            said_as(
                "to a patient", "You use more than one kind of study {things}. Use each as your study team told you."
            ),
        ),
        Phrase.SEVERAL_STRENGTHS: (
            said_as(
                "to a patient", "Your {things} come in more than one strength. Take them as your study team told you."
            ),
            said_as(
                "to a patient", "Your {things} come in more than one strength. Use them as your study team told you."
            ),
        ),
        Phrase.DO_NOT_TAKE: (
            said_as("to a patient", "Do not take study {things}"),
            said_as("to a patient", "Do not use study {things}"),
        ),
        Phrase.DO_NOT_TAKE_SOME: (
            said_as("to a patient", "Do not take some of your study {things}"),
            said_as("to a patient", "Do not use some of your study {things}"),
        ),
        Phrase.DO_NOT_TAKE_NAMED: (
            said_as("to a patient", "Do not take {treatment}"),
            said_as("to a patient", "Do not use {treatment}"),
        ),
        Phrase.AWAITING_PATIENT: (
            said_as(
                "to a patient", "Your study team has still to decide about this. Ask before you come or take {things}."
            ),
            said_as(
                "to a patient", "Your study team has still to decide about this. Ask before you come or use {things}."
            ),
        ),
    }
)
"""What is said of what is swallowed, and of what is used otherwise."""

OF_KIND: Mapping[Kind, Phrase] = MappingProxyType(
    {kind: Phrase(f"kind: {kind}") for kind in Kind if kind not in (Kind.PERIOD, Kind.CYCLE)}
)

OF_OFTEN: Mapping[str, Phrase] = MappingProxyType(
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


def say(phrase: Phrase, **values: object) -> Text:
    """The phrase with the names in braces filled in, as a text that can still be said in the reader's language."""
    return text_of(_with_values(SENTENCES[phrase], values))


def say_of(form: DosageForm, phrase: Phrase, **values: object) -> Text:
    """A phrase about what the patient holds: study capsules, do not use study patches."""
    pair = OF_FORM.get(phrase)
    sentence = SENTENCES[phrase] if pair is None else pair[0] if form.swallowed else pair[1]
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

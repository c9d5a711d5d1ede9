"""How a patient takes the doses of a day, in the patient's language: hours between two doses, meals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from scheduler.calendar.entries.entry import Dose
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime
from scheduler.protocol.plan.dosing.taking import HoursApart, Meal, Meals, Taking
from scheduler.protocol.plan.times.frequency import SEVERAL_A_DAY, most_as_needed
from scheduler.said import COMMAS, SPACES, Said, Text, counted, joined, text_of
from scheduler.views.reader.wording import Phrase, say

_MOST_LINES = 4

_OF_MEAL: Mapping[Meal, Said] = MappingProxyType(
    {
        Meal.WITH_FOOD: Phrase.WITH_FOOD,
        Meal.LOW_FAT: Phrase.LOW_FAT_MEAL,
        Meal.EMPTY: Phrase.EMPTY_STOMACH,
        Meal.EITHER: Phrase.FOOD_OR_NOT,
        Meal.BEFORE: Phrase.BEFORE_MEAL,
        Meal.AFTER: Phrase.AFTER_MEAL,
        Meal.SOON_AFTER: Phrase.SOON_AFTER_MEAL,
        Meal.BETWEEN: Phrase.BETWEEN_MEALS,
    }
)


def taking_in_words(doses: Iterable[Dose]) -> Text | None:
    """ "12 hours apart (11 hours to 13 hours), with food", of all doses of a day that say so; None where none does."""
    told = dict.fromkeys(words for dose in doses if dose.taking is not None for words in _of_dose(dose))
    return joined(told, COMMAS) if told else None


def times_to_write(doses: Iterable[Dose]) -> int:
    """How many times of day a patient writes down, because the hours between two doses count; 0 where they do not."""
    counted = [
        dose.taking.a_day if dose.often in SEVERAL_A_DAY else 1
        for dose in doses
        if dose.taking is not None and dose.taking.apart is not None
    ]
    return max(counted, default=0)


def lines_to_note(doses: Iterable[Dose]) -> int:
    """How many times of day there is room for, of what is taken as needed: one for each dose, 4 at the most."""
    return min(max((most_as_needed(dose.often) or 0 for dose in doses), default=0), _MOST_LINES)


def _of_dose(dose: Dose) -> Iterator[Text]:
    assert dose.taking is not None
    # On a day with one of two doses, at the end of its cycle, there is nothing to be apart from.
    if dose.often in SEVERAL_A_DAY:
        yield from _hours(dose.taking)
    if dose.taking.meals is not None:
        yield _meals(dose.taking.meals)


def _hours(taking: Taking) -> Iterator[Text]:
    if taking.morning_and_evening:
        yield say(Phrase.MORNING_AND_EVENING)
    if taking.apart is not None:
        yield _apart(taking.apart)


def _apart(apart: HoursApart) -> Text:
    time = time_in_words(apart.minutes)
    if apart.at_least:
        return say(Phrase.AT_LEAST_APART, time=time)
    if apart.shortest is None or apart.longest is None:
        return say(Phrase.HOURS_APART, time=time)
    least, most = (time_in_words(minutes) for minutes in (apart.shortest, apart.longest))
    return say(Phrase.HOURS_APART_WITHIN, time=time, least=least, most=most)


def _meals(meals: Meals) -> Text:
    before, after = (time_in_words(minutes) for minutes in (meals.before, meals.after))
    return say(_OF_MEAL[meals.meal], before=before, after=after)


def length_in_words(over: InfusionTime) -> Text:
    """Over how long a dose is given, as the protocol says it: 90 minutes, 2 hours, 7 days."""
    match over.unit.removesuffix("s"):
        case "minute":
            return text_of(counted("{n} minute", "{n} minutes", over.number))
        case "hour":
            return text_of(counted("{n} hour", "{n} hours", over.number))
    return text_of(counted("{n} day", "{n} days", over.number))


def time_in_words(minutes: int) -> Text:
    """12 hours; 1 hour; 30 minutes; 11 hours 30 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [counted("{n} hour", "{n} hours", hours)] if hours else []
    parts += [counted("{n} minute", "{n} minutes", rest)] if rest or not hours else []
    return joined(map(text_of, parts), SPACES)

"""How doses are taken at home, as staff are told it: 12 hours ±1 hour apart, with food."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from scheduler.protocol.plan.dosing.taking import HoursApart, Meal, Taking
from scheduler.said import COMMAS, Said, Value, counted, listed, said_as

_OF_MEAL: Mapping[Meal, Said] = MappingProxyType(
    {
        Meal.WITH_FOOD: said_as("how a dose is taken", "with food"),
        Meal.LOW_FAT: said_as("how a dose is taken", "with a low-fat meal"),
        Meal.EMPTY: said_as("how a dose is taken", "on an empty stomach"),
        Meal.EITHER: said_as("how a dose is taken", "with or without food"),
        Meal.BEFORE: said_as("how a dose is taken", "before a meal"),
        Meal.AFTER: said_as("how a dose is taken", "after a meal"),
    }
)


def taking_in_words(taking: Taking) -> Value:
    """In the morning and evening, 12 hours ±1 hour apart, with food."""
    return listed(*_parts(taking), how=COMMAS)


def _parts(taking: Taking) -> Iterator[Said]:
    if taking.morning_and_evening:
        yield said_as("how a dose is taken", "in the morning and evening")
    if taking.apart is not None:
        yield apart_in_words(taking.apart)
    if taking.meals is not None:
        before, after = hours_in_words(taking.meals.before), hours_in_words(taking.meals.after)
        match taking.meals.meal:
            case Meal.SOON_AFTER:
                yield said_as("how a dose is taken", "within {after} after a meal", after=after)
            case Meal.BETWEEN:
                yield said_as(
                    "how a dose is taken",
                    "at least {before} before and {after} after a meal",
                    before=before,
                    after=after,
                )
            case meal:
                yield _OF_MEAL[meal]


def apart_in_words(apart: HoursApart) -> Said:
    """12 hours ±1 hour apart; at least 8 hours apart."""
    time = hours_in_words(apart.minutes)
    if apart.at_least:
        return said_as("how a dose is taken", "at least {time} apart", time=time)
    if apart.early is None or apart.late is None:
        return said_as("how a dose is taken", "{time} apart", time=time)
    if apart.early == apart.late:
        return said_as("how a dose is taken", "{time} ±{window} apart", time=time, window=hours_in_words(apart.early))
    return said_as(
        "how a dose is taken", "{time} -{early} +{late} minutes apart", time=time, early=apart.early, late=apart.late
    )


def hours_in_words(minutes: int) -> Said:
    """A length of time as sentences write it: 12 hours, 1 hour, 90 minutes."""
    if minutes and minutes % 60 == 0:
        return counted("{n} hour", "{n} hours", minutes // 60)
    return counted("{n} minute", "{n} minutes", minutes)

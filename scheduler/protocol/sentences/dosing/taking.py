"""How the doses of a day are taken, as a part of the sentence that says what is given.

500 mg twice daily, 12 hours ±1 hour apart, by mouth with food on days 1-14
                    ^apart                          ^meal

apart = ["in the morning and evening"] [n "hours" [window] "apart" | "at least" n "hours apart"]
meal  = "with food" | "with a low-fat meal" | "with or without food" | "on an empty stomach" | "before a meal" | "after a meal"
      | "within" time "after a meal" | "at least" time "before and" time "after a meal"
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.plan.dosing.taking import HoursApart, Meal, Meals, Taking
from scheduler.protocol.plan.times.frequency import DOSES_A_DAY, TIMES_A_WEEK
from scheduler.protocol.sentences.times.minutes import A_UNIT, in_minutes, read_decimal, read_window_in_minutes
from scheduler.protocol.sentences.words import Words

_A_DAY = 24 * 60
_WAITS = (
    "leave it out here; under 'when' of a treatment of its own: on days 1, 4, 8, 11 of drug cycles 1-8, "
    "not before 72 hours after the previous dose"
)
_TOGETHER = ("in", "the", "morning", "and", "evening")
_PLAIN_MEALS = (Meal.WITH_FOOD, Meal.LOW_FAT, Meal.EMPTY, Meal.EITHER, Meal.BEFORE, Meal.AFTER)
_BY_STAFF = "this is told to patients who take a dose at home; what staff give has its times in the record"


def read_apart(words: Words, frequency: str | None) -> Taking:
    """The hours between two doses of a day, and the ends of the day; nothing where the sentence says neither."""
    taking = Taking(DOSES_A_DAY.get(frequency, 1))
    if words.accept(",") and not _begins_apart(words, 0):
        words.fail("after the comma stand the hours between two doses", hint="leave out the comma")
    if words.accept(*_TOGETHER):
        if taking.a_day != 2:
            words.fail("the morning and the evening are two doses", back=True, hint="write 'twice daily' before it")
        taking = replace(taking, morning_and_evening=True)
        if words.next_is(",") and _begins_apart(words, 1):
            words.accept(",")
    if _begins_apart(words, 0):
        taking = replace(taking, apart=_read_hours(words, taking.a_day, frequency))
    if taking.says_anything:
        words.accept(",")
    return taking


def _begins_apart(words: Words, ahead: int) -> bool:
    token = words.peek(ahead)
    following = words.peek(ahead + 1)
    if token is None or following is None:
        return False
    if words.next_is_at(ahead, "at", "least") or words.next_is_at(ahead, *_TOGETHER):
        return True
    return token.kind == "number" and following.text.lower() in A_UNIT


def _read_hours(words: Words, a_day: int, frequency: str | None) -> HoursApart:
    at_least = words.accept("at", "least")
    minutes = _read_minutes(words)
    early, late = (None, None) if at_least else read_window_in_minutes(words, "hours between two doses")
    if not words.accept("apart"):
        words.fail("expected 'apart'", hint="write: twice daily, 12 hours ±1 hour apart")
    if frequency in TIMES_A_WEEK:
        words.fail("days of a week wait for each other under 'when'", back=True, hint=_WAITS)
    if a_day < 2:
        words.fail("one dose a day has no hours between", back=True, hint="write 'twice daily' before it")
    most = _A_DAY // a_day if at_least else (_A_DAY - 1) // (a_day - 1)
    if not 60 <= minutes <= most:
        words.fail(f"{a_day} doses of a day are 1 to {most // 60} hours apart", back=True)
    if early is not None and early >= minutes:
        words.fail("the window is wider than the hours between", back=True)
    return HoursApart(minutes, early, late, at_least)


def _read_minutes(words: Words) -> int:
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected a time, such as 12 hours")
    number = read_decimal(words, token)
    unit = words.accept_one_of(*A_UNIT)
    if unit is None:
        words.fail("expected hours or minutes")
    return in_minutes(number, A_UNIT[unit])


def read_meals(words: Words) -> Meals | None:
    """How a dose stands to meals; None where the sentence does not say it."""
    if words.next_is(",") and (words.next_is_at(1, "with") or words.next_is_at(1, "on", "an")):
        words.accept(",")
    for meal in _PLAIN_MEALS:
        if words.accept(*meal.value.split()):
            return Meals(meal)
    if words.accept("within"):
        after = _read_minutes(words)
        words.expect("after", "a", "meal")
        return Meals(Meal.SOON_AFTER, after=after)
    if not words.accept("at", "least"):
        return None
    before = _read_minutes(words)
    words.expect("before", "and")
    after = _read_minutes(words)
    words.expect("after", "a", "meal")
    return Meals(Meal.BETWEEN, before, after)


def refuse_by_staff(words: Words, taking: Taking, kind: str | None, route: str | None) -> None:
    """A fault where a sentence tells a patient how to take what is given at the site, or to eat with an inhaler."""
    if taking.says_anything and kind not in (None, "oral"):
        words.fail(_BY_STAFF, back=True, hint="leave it out")
    if taking.meals is not None and route not in (None, "by mouth"):
        words.fail("only what is taken by mouth goes with meals", back=True, hint="leave it out")

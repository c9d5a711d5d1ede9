"""What is given, as sentences in a fixed order.

28 mcg daily by continuous infusion on days 8-28 of cycle 1
^amount ^how often  ^route          ^days       ^cycles

give   = [amount | multiple] ["prescribed per lesion"] [how often [apart]] [route] [over] [meal] [days] ["of cycle(s)" numbers]
often  = "once daily", "twice weekly" ...  |  "as needed, at most" ("once" | n "times") "a day"
apart  = "at least" n "hours apart", of several fractions a day; of doses at home, and meal: see `taking`
multiple: see there; it is worked out where the protocol is compiled
over   = "over" time, of the first doses another: see `infusion_time`
days   = "on day(s)" days [weeks: see `weeks`]  |  "every day" ["from day" n]
       | "from" ["the evening of"] "day" n "to" ["the morning of"] "day" n
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from scheduler.findings import did_you_mean
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import AUC, THE_DAYS_TO_COME, Give
from scheduler.protocol.plan.dosing.taking import Taking
from scheduler.protocol.plan.times.frequency import (
    EVENING,
    EVERY_OTHER_DAY,
    FRACTIONS_A_DAY,
    MORNING,
    MOST_HOURS_APART,
    SEVERAL_A_DAY,
    TIMES_A_WEEK,
    as_needed,
    days_between,
    most_as_needed,
)
from scheduler.protocol.plan.times.moments import Selection
from scheduler.protocol.sentences.dosing.infusion_time import read_times, refuse_both_numbers
from scheduler.protocol.sentences.dosing.multiple import read_multiple
from scheduler.protocol.sentences.dosing.taking import read_apart, read_meals, refuse_by_staff
from scheduler.protocol.sentences.dosing.weeks import read_weeks, refuse_other_weeks
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.moment import read_selection
from scheduler.protocol.sentences.words import Token, Words
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES, FORMS

GIVE_EXAMPLE = (
    "240 mg intravenously | 30 mg/m2 intravenously on days 1-3 | once daily by mouth on days 1-21"
    " | once daily by mouth every day | 2 x the maintenance dose intravenously of dose 1"
)

ROUTES = {
    "by mouth": "oral",
    "intravenously": "infusion",
    "by continuous infusion": "infusion",
    "subcutaneously": "injection",
    "intramuscularly": "injection",
    "intrathecally": "injection",
    "intradermally": "injection",
    "intravitreally": "injection",
    "intra-articularly": "injection",
    "intraperitoneally": "infusion",
    "intravesically": "infusion",
    "on the skin": "oral",
    "under the tongue": "oral",
    "by inhalation": "oral",
    "nasally": "oral",
    "rectally": "oral",
    "vaginally": "oral",
    "into the eye": "oral",
    "into the ear": "oral",
}
"""The routes that can be said, and the kind of entry that each makes: "oral" is what a patient takes or uses at home."""

UNITS = ("mcg", "mg", "g", "mL", "Gy", "IU", "U", "MU", "mmol", "kBq", "MBq", "GBq", "cells")
"""The units of amounts that can be said."""

THINGS = {word: name for name in COUNTED_THEMSELVES for word in (name, FORMS[name].plural)}
"""What doses are counted in where no amount of a substance is said: "2 puffs", "1 patch"."""

_NOTHING = Give("", Clause(0, ""), "")
_ORDER = "28 mcg daily by continuous infusion over 24 hours on days 8-28 of cycle 1"
_TWICE = "twice daily"
_EVERY_DAY = ("once daily", *SEVERAL_A_DAY, "daily")
_FREQUENCIES = (*TIMES_A_WEEK, *_EVERY_DAY, EVENING, MORNING, "once", EVERY_OTHER_DAY)
_MOST_DAYS_BETWEEN = 14
_MOST_AS_NEEDED = 24
_MASSES = {"mcg": Decimal("0.001"), "mg": Decimal(1), "g": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class GivePhrase:
    """A give sentence as it was written: one thing to give, or three where the first and the last day are half days."""

    gives: tuple[Give, ...]


def convert(amount: Decimal, unit: str, to: str) -> Decimal | None:
    """The same amount in another unit of mass; None where the two cannot be compared."""
    if unit == to:
        return amount
    if unit in _MASSES and to in _MASSES:
        return amount * _MASSES[unit] / _MASSES[to]
    return None


def read_give(text: str) -> GivePhrase:
    """Read one give sentence. Its name (drug or course) is not in it: that is the key beside it."""
    words = Words(text, example=_ORDER, habits=Habits.DOSES)
    multiple = read_multiple(words)
    give = replace(_NOTHING, multiple=multiple) if multiple is not None else _read_amount(words)
    prescribed = words.accept("prescribed", "per", "lesion") or words.accept("prescribed")
    if give.offered and not prescribed:
        words.fail("who says which?", hint="write 'prescribed' behind the unit: then each patient's is recorded")
    if multiple is not None and prescribed:
        words.fail("a multiple is worked out, and not prescribed", back=True, hint="leave 'prescribed' out")
    frequency = _read_frequency(words)
    give = _read_fractions(words, give, frequency)
    frequency = frequency if give.a_day == 1 else None
    taking = _read_taking(words, give, frequency)
    route = next((phrase for phrase in ROUTES if words.accept(*phrase.split())), None)
    duration = read_times(words, give, frequency) if words.next_is("over") else None
    taking = replace(taking, meals=read_meals(words)) if give.unit != "Gy" else taking
    refuse_by_staff(words, taking, ROUTES.get(route or ""), route)
    give = replace(give, taking=taking)
    every_day = _read_every_day(words, frequency)
    says_days = every_day or words.next_is("from") or words.next_is("on")
    parts = _read_parts(words, frequency) if not every_day else ((frequency, (_read_days_to_come(words),)),)
    cycles = _read_cycles(words)
    refuse_both_numbers(words, duration, cycles)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    give = replace(give, clause=clause, prescribed=prescribed, route=route, duration=duration, cycles=cycles)
    give = replace(give, says_days=says_days, every_day=every_day)
    return GivePhrase(tuple(replace(give, frequency=often, days=days) for often, days in parts))


def _read_frequency(words: Words) -> str | None:
    """How often, in words that have one meaning each; "every 3 days" is read as days of the cycle, as every other day is."""
    if words.accept("as", "needed"):
        return _read_most(words)
    found = next((phrase for phrase in _FREQUENCIES if words.accept(*phrase.split())), None)
    if found is not None or not words.next_is("every"):
        return found
    number, unit = words.peek(1), words.peek(2)
    if number is None or unit is None or number.kind != "number" or unit.text != "days":
        return None
    words.expect("every")
    days = words.number_of("how many days")
    if not 2 < days <= _MOST_DAYS_BETWEEN:
        right = {1: "once daily", 2: "every other day"}.get(days, "once daily, and the days themselves: on days 1, 29")
        words.fail_with(f"every 3 to {_MOST_DAYS_BETWEEN} days are said so", right)
    words.expect("days")
    return f"every {days} days"


def _read_taking(words: Words, give: Give, frequency: str | None) -> Taking:
    """The hours between two doses of a day; a comma alone ends what is said of doses that are taken as needed."""
    if give.unit == "Gy":
        return give.taking
    if most_as_needed(frequency) is not None and words.accept(","):
        if words.next_is("at", "least"):
            words.fail(
                "the hours between doses that are taken as needed stand in no plan", hint="say them under 'activities'"
            )
        return give.taking
    return read_apart(words, frequency)


def _read_most(words: Words) -> str:
    """What is taken as needed says how often a day at most: so much is handed out, and more is asked about."""
    if not words.accept(",", "at", "most"):
        words.fail("how often a day at most?", hint="write: as needed, at most 3 times a day")
    most = 1
    if not words.accept("once"):
        most = words.number_of("how many times")
        if not 2 <= most <= _MOST_AS_NEEDED:
            words.fail_with(f"as needed is at most once a day, or 2 to {_MOST_AS_NEEDED} times", "at most once a day")
        words.expect("times")
    if not words.accept("a", "day"):
        words.fail_with("what is taken as needed says how often a day at most", "a day")
    return as_needed(most)


def _read_every_day(words: Words, frequency: str | None) -> bool:
    """ "every day": from day 1 on for as long as the treatment lasts. How often a day is said before it."""
    if not words.accept("every", "day"):
        return False
    if frequency not in _EVERY_DAY and most_as_needed(frequency) is None:
        words.fail("how often on each day?", back=True, hint="say it before the route: once daily by mouth")
    return True


def _read_fractions(words: Words, give: Give, frequency: str | None) -> Give:
    """How many fractions a day has, and the hours between two of them. Each is an occurrence with its own number."""
    if give.unit == "Gy" and frequency in SEVERAL_A_DAY and frequency not in FRACTIONS_A_DAY:
        right = "twice daily, or three times daily, and how far apart: at least 6 hours apart"
        words.fail_with(f"fractions of a day are not said as '{frequency}'", right)
    if give.unit != "Gy" or frequency not in FRACTIONS_A_DAY:
        return give
    give = replace(give, a_day=FRACTIONS_A_DAY[frequency])
    if not words.accept("at", "least"):
        return give
    hours = words.number_of("how many hours")
    if not 1 <= hours <= MOST_HOURS_APART:
        words.fail(f"fractions of one day are 1 to {MOST_HOURS_APART} hours apart", back=True)
    if not words.accept("hours"):
        words.expect("hour")
    words.expect("apart")
    return replace(give, hours_apart=hours)


_Part: TypeAlias = tuple[str | None, tuple[tuple[int, int], ...]]
"""How often a day, and on which days."""


def _read_days_to_come(words: Words) -> tuple[int, int]:
    """ "every day", or "every day from day 29": from there on."""
    if not words.accept("from"):
        return THE_DAYS_TO_COME
    return _day(words), THE_DAYS_TO_COME[1]


def _read_parts(words: Words, frequency: str | None) -> tuple[_Part, ...]:
    if words.next_is("from"):
        return _read_half_days(words, frequency)
    return ((frequency, _read_days_of(words, frequency)),)


def _read_half_days(words: Words, frequency: str | None) -> tuple[_Part, ...]:
    """From the evening of day 1 to the morning of day 15: one of two doses on these, and both on the days between."""
    following = words.peek(1)
    if following is not None and following.text in ("dose", "cycle"):
        words.fail_with("later doses are numbered", f"of {following.text}s 9 and later")
    if following is not None and following.text not in ("day", "the"):
        when = "under 'when': from 7 days before first dose until ...; and here: once daily by mouth every day"
        words.fail("from when until when is not said here", hint=f"write {when}")
    if frequency != _TWICE:
        words.fail("only what is given twice a day begins in the evening", hint="write 'twice daily', or: on days 1-15")
    words.expect("from")
    evening = words.accept("the", "evening", "of")
    first = _day(words)
    words.expect("to")
    morning = words.accept("the", "morning", "of")
    last = _day(words)
    if not (evening or morning):
        words.fail("whole days are a range", back=True, hint=f"write: on days {first}-{last}")
    if last <= first:
        words.fail("these days run backwards", back=True)
    whole = (first + 1 if evening else first, last - 1 if morning else last)
    parts: list[_Part] = [(EVENING, ((first, first),))] if evening else []
    parts += [(frequency, (whole,))] if whole[0] <= whole[1] else []
    return (*parts, *(((MORNING, ((last, last),)),) if morning else ()))


def _day(words: Words) -> int:
    words.expect("day")
    day = words.number_of("a day of the cycle")
    if day < 1:
        words.fail("a cycle begins with day 1", back=True, hint="count from 1")
    return day


def _read_amount(words: Words) -> Give:
    by_auc = words.accept("AUC")
    token = words.peek()
    if token is None:
        words.fail("expected an amount" if by_auc else "expected what is given")
    if token.kind not in ("number", "range"):
        return replace(_NOTHING, amount=read_level(words)) if by_auc else _NOTHING
    words.accept_kind(token.kind)
    low, high = _low_and_high(words, token)
    offered = _read_offered(words, low) if high is None else ()
    unit, per = ("mg", AUC) if by_auc else read_unit_and_per(words)
    if low <= 0:
        words.fail("an amount is more than 0", back=True, hint="leave out what is not given")
    return replace(_NOTHING, amount=low, high=offered[-1] if offered else high, unit=unit, per=per, offered=offered)


def _read_offered(words: Words, first: Decimal) -> tuple[Decimal, ...]:
    """ "175, 263, 350 or 525 mg": the amounts of which somebody prescribes one; none where only one is said."""
    amounts = [first]
    # Of "2,400 mg" nobody knows what is meant, so a list has spaces and an "or".
    if re.match(r"(?:AUC )?[0-9.]+(?:, [0-9.]+)* or [0-9]", words.text.strip()) is None:
        return ()
    while words.accept(",") or words.accept("or"):
        amounts.append(read_level(words))
        if amounts[-1] <= amounts[-2]:
            words.fail("the smaller amount comes first, each once", back=True)
    return tuple(amounts) if len(amounts) > 1 else ()


def read_unit_and_per(words: Words) -> tuple[str, str | None]:
    """A unit, and what it is per: "mg" and None, "mg" and "m2"."""
    unit, slash, per = words.unit_of_amount("a unit, such as mg, mg/m2 or Gy").partition("/")
    unit = read_unit(words, unit)
    if slash and per not in ("m2", "kg"):
        words.fail("expected a unit such as mg, mg/m2 or mg/kg", back=True)
    return unit, per or None


def read_amount_and_unit(words: Words) -> tuple[Decimal, str, str | None]:
    """Read one amount with its unit, and what it is per: "15 mg", "8 mg/kg"."""
    amount = read_level(words)
    return amount, *read_unit_and_per(words)


def read_unit(words: Words, unit: str) -> str:
    """The unit that was just read, or what counts itself, such as a puff; a fault for any other word."""
    unit = THINGS.get(unit, unit)
    if unit not in UNITS and unit not in THINGS:
        hint = did_you_mean(unit, UNITS) or f"known here: {', '.join((*UNITS, *COUNTED_THEMSELVES))}"
        words.fail(f"'{unit}' is not a unit", back=True, hint=hint)
    return unit


def read_plain_unit(words: Words, unit: str) -> str:
    """A unit that was just read and is per nothing."""
    if "/" in unit:
        read_unit(words, unit.partition("/")[0])
        words.fail("expected a plain unit, such as mg", back=True)
    return read_unit(words, unit)


def _low_and_high(words: Words, token: Token) -> tuple[Decimal, Decimal | None]:
    if token.kind == "number":
        return words.decimal(token.text), None
    low, high = (words.decimal(part) for part in token.text.split("-"))
    if low >= high:
        words.fail(f"the range {token.text} runs backwards", back=True)
    return low, high


def _read_days(words: Words) -> tuple[tuple[int, int], ...]:
    if not (words.accept("on", "days") or words.accept("on", "day")):
        return ((1, 1),)
    days = words.numbers("a day of the cycle")
    if any(first < 1 for first, _ in days):
        words.fail("a cycle begins with day 1", back=True, hint="count from 1")
    return read_weeks(words, days)


def _read_days_of(words: Words, frequency: str | None) -> tuple[tuple[int, int], ...]:
    """The dosing days: of what is given every other day the first, the third and so on of those that are said."""
    step = days_between(frequency)
    if step is None or not words.next_is("on"):
        says_days = words.next_is("on")
        found = _read_days(words)
        refuse_other_weeks(words, frequency, found if says_days else None)
        return found
    days = _read_days(words)
    said = sorted({day for first, last in days for day in range(first, last + 1)})
    of_each = sorted({day for first, last in days for day in range(first, last + 1, step)})
    of_all = [day for day in said if (day - said[0]) % step == 0]
    if of_each != of_all:
        hint = f"write the days themselves, such as: once daily by mouth on days {listed(of_each)}"
        words.fail(f"{frequency} of which days? They can be counted in two ways", back=True, hint=hint)
    if len(of_all) == 1:
        words.fail(f"one day is not {frequency}", back=True, hint=f"leave out '{frequency}', or write: on days 1-21")
    return tuple((day, day) for day in of_all)


def listed(days: Iterable[int]) -> str:
    """Days as a sentence lists them, each by itself: "1, 3, 5"."""
    return ", ".join(str(day) for day in days)


def _read_cycles(words: Words) -> Selection | None:
    if any(words.accept("of", word) for word in ("cycles", "cycle", "doses", "dose")):
        return read_selection(words)
    return None


def read_level(words: Words) -> Decimal:
    """Read one amount, more than 0."""
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected an amount")
    amount = words.decimal(token.text)
    if amount <= 0:
        words.fail("an amount is more than 0", back=True)
    return amount

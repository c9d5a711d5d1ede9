"""Doses with their amounts, their levels, and how often they are taken."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduler.calendar.entries.entry import Dose
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime
from scheduler.protocol.plan.times.frequency import most_as_needed
from scheduler.said import Amount, Code, Name, Quoted, Said, Value, counted, listed, own_words, said, said_as
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES, FORMS, Count, DosageForm

_AND = said_as("between the members of a list", " and ")
_EVERY_DAYS = re.compile("every ([0-9]+) days")


def dose_in_words(dose: Dose) -> Value:
    """80 mg; cisplatin 40 mg, twice daily; not prescribed. The level is not told."""
    amount = _amount(dose)
    if dose.often is None:
        return amount if dose.of is None else said("{drug} {amount}", drug=own_words(dose.of), amount=amount)
    often = often_in_words(dose.often)
    if dose.amount is None:
        what = amount if dose.of is None else said("{drug} {amount}", drug=own_words(dose.of), amount=amount)
        return said("{amount}, {often}", amount=what, often=often)
    if dose.of is None:
        return said("{amount} {often}", amount=amount, often=often)
    return said("{drug} {amount} {often}", drug=own_words(dose.of), amount=amount, often=often)


def _amount(dose: Dose) -> Value:
    if dose.amount is None:
        if not dose.needs:
            return said("not prescribed")
        return said("{what} needed", what=listed(*map(need_in_words, dose.needs), how=_AND))
    if dose.unit in COUNTED_THEMSELVES:
        return count_in_words(FORMS[dose.unit], dose.amount)
    if dose.unit == "AUC":
        return Code(f"AUC {dose.amount.normalize():f}")
    return Amount(dose.amount.normalize(), dose.unit)


def count_in_words(form: DosageForm, count: Count) -> Value:
    """So many of a form: 48 tablets, 1½ tablets, 2.5 mL."""
    return Name((("en", form.english(count)), ("zh", form.in_chinese(count))))


def need_in_words(need: str) -> Value:
    """What a dose waits for: a decision, or a value such as age."""
    return _NEEDS.get(need, Quoted(need))


_NEEDS: dict[str, Said] = {
    str(each): each
    for each in (
        said("a decision"),
        said("age"),
        said("weight"),
        said("height"),
        said("body mass index"),
        said("body surface"),
        said("formula of the body surface"),
        said("creatinine clearance"),
    )
}


def often_in_words(often: str) -> Value:
    """Twice daily, every other day, every 3 days."""
    found = _EVERY_DAYS.fullmatch(often)
    if found is not None:
        return said("every {n} days", n=int(found[1]))
    if (most := most_as_needed(often)) is not None:
        return (
            said("as needed, at most once a day") if most == 1 else said("as needed, at most {n} times a day", n=most)
        )
    return _OFTEN.get(often, Quoted(often))


_OFTEN: dict[str, Said] = {
    str(each): each
    for each in (
        said("once"),
        said("daily"),
        said("once daily"),
        said("twice daily"),
        said("three times daily"),
        said("four times daily"),
        said("every other day"),
        said("twice weekly"),
        said("three times a week"),
        said("four times a week"),
        said("five times a week"),
        said("once in the morning"),
        said("once in the evening"),
        said("every 4 hours"),
        said("every 6 hours"),
        said("every 8 hours"),
    )
}


def doses_in_words(doses: tuple[Dose, ...]) -> Value:
    """The amounts, each with its level where it is a lowered one, and the time that it is given over."""
    if not doses:
        return said("no dose")
    return listed(*map(_with_level, doses), how=_AND)


def _with_level(dose: Dose) -> Value:
    told = dose_in_words(dose)
    if dose.level:
        told = said("{dose} (level {level})", dose=told, level=dose.level)
    return said("{dose} over {time}", dose=told, time=time_in_words(dose.over)) if dose.over is not None else told


def time_in_words(over: InfusionTime) -> Said:
    """30 minutes, 2 hours."""
    match over.unit.removesuffix("s"):
        case "minute":
            return counted("{n} minute", "{n} minutes", over.number)
        case "hour":
            return counted("{n} hour", "{n} hours", over.number)
    return counted("{n} day", "{n} days", over.number)


def instead_of(given: tuple[Dose, ...], due: tuple[Dose, ...]) -> Value:
    """The amounts that were given, each beside what was due of it where that was another: "1200 mg instead of 240 mg"."""
    if not due:
        return doses_in_words(given)
    return listed(*(_beside(*both) for both in zip(given, due, strict=True)), how=_AND)


def _beside(given: Dose, due: Dose) -> Value:
    if due.amount is None or (given.amount, given.unit) == (due.amount, due.unit):
        return doses_in_words((given,))
    return said(
        "{given} instead of {due}",
        given=dose_in_words(replace(given, level=None)),
        due=doses_in_words((replace(due, of=None),)),
    )

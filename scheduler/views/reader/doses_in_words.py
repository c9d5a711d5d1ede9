"""A dose as a patient reads it: "45 mg twice daily", in whole sentences, because a tablet is taken by this in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from scheduler.calendar.engine.dosing.own_doses import A_DECISION
from scheduler.calendar.entries.entry import Dose
from scheduler.protocol.plan.dosing.give import AUC
from scheduler.protocol.plan.times.frequency import EVENING, MORNING, most_as_needed
from scheduler.said import Amount, Code, Said, Text, Value, filled, in_powers, said_as, said_of, text_of
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES, FORMS
from scheduler.vocabulary.forms_in_words import count_in_words

OF_DRUG = said_as("to a patient", "{drug} {amount}")
NOT_PRESCRIBED = said_as("to a patient", "not prescribed")
WAITS_FOR_A_VALUE = said_as("to a patient", "dose not known yet (a value is still needed)")
WAITS_FOR_A_DECISION = said_as("to a patient", "dose not known yet (a decision is still needed)")
AS_NEEDED = said_as("to a patient", "{dose} as needed, at most {number} times a day")
AS_NEEDED_ONCE = said_as("to a patient", "{dose} as needed, at most once a day")

OF_OFTEN: Mapping[str, Said] = MappingProxyType(
    {
        "twice daily": said_as("to a patient", "{dose} twice daily"),
        "three times daily": said_as("to a patient", "{dose} three times daily"),
        "four times daily": said_as("to a patient", "{dose} four times daily"),
        "every 4 hours": said_as("to a patient", "{dose} every 4 hours"),
        "every 6 hours": said_as("to a patient", "{dose} every 6 hours"),
        "every 8 hours": said_as("to a patient", "{dose} every 8 hours"),
        EVENING: said_as("to a patient", "{dose} once in the evening"),
        MORNING: said_as("to a patient", "{dose} once in the morning"),
    }
)
"""How often, where the amount is not the whole day's."""

NOT_PRESCRIBED_OFTEN: Mapping[str, Said] = MappingProxyType(
    {
        "twice daily": said_as("to a patient", "not prescribed, twice daily"),
        "three times daily": said_as("to a patient", "not prescribed, three times daily"),
        "four times daily": said_as("to a patient", "not prescribed, four times daily"),
        "every 4 hours": said_as("to a patient", "not prescribed, every 4 hours"),
        "every 6 hours": said_as("to a patient", "not prescribed, every 6 hours"),
        "every 8 hours": said_as("to a patient", "not prescribed, every 8 hours"),
        EVENING: said_as("to a patient", "not prescribed, once in the evening"),
        MORNING: said_as("to a patient", "not prescribed, once in the morning"),
    }
)
"""How often, where nobody has prescribed the dose: no language says it like an amount."""

OF_UNIT: Mapping[str, Said] = MappingProxyType(
    {
        "cells": said_as("to a patient", "{number} cells"),
        "IU": said_as("to a patient", "{number} IU"),
        "U": said_as("to a patient", "{number} U"),
    }
)
"""Units that not every language writes alike; mg and Gy are the same in all of them."""


def dose_in_words(dose: Dose, called: Callable[[str], str]) -> Text:
    """45 mg twice daily; cisplatin 40 mg; 2 puffs. ``called`` says what a drug is called. The level is not told."""
    return _told(dose, said_of(called(dose.of)) if dose.of is not None else None)


@lru_cache(maxsize=4096)  # doses: most days have that of the day before
def _told(dose: Dose, drug: Value | None) -> Text:
    unknown = _unknown(dose) if dose.amount is None else None
    told = unknown if unknown is not None else _amount(dose)
    if drug is not None:
        told = filled(OF_DRUG, drug=drug, amount=told)
    if dose.often is None or unknown is not None:
        return text_of(told)
    if (most := most_as_needed(dose.often)) is not None:
        return text_of(filled(AS_NEEDED_ONCE if most == 1 else AS_NEEDED, dose=told, number=most))
    return text_of(filled(OF_OFTEN[dose.often], dose=told))


def _unknown(dose: Dose) -> Said | None:
    """Why nobody knows the dose, in a sentence of its own; None where it is said beside how often it is taken."""
    if dose.needs:
        return WAITS_FOR_A_DECISION if dose.needs == (A_DECISION,) else WAITS_FOR_A_VALUE
    return NOT_PRESCRIBED_OFTEN.get(dose.often) if dose.often is not None else None


def _amount(dose: Dose) -> Value:
    if dose.amount is None:
        return NOT_PRESCRIBED
    number = dose.amount.normalize()
    if dose.unit in COUNTED_THEMSELVES:
        return count_in_words(FORMS[dose.unit], number)
    if dose.unit == AUC:
        return Code(f"{AUC} {number:f}")
    if dose.unit in OF_UNIT:
        powers = in_powers(number, dose.unit)
        return filled(OF_UNIT[dose.unit], number=number if powers is None else Code(powers))
    return Amount(number, dose.unit)

"""How a patient's own dose is worked out, as short sentences under keys of their own.

body surface:      Mosteller, at most 2 m2
weight:            in force, again when it changes by 10 %
clearance:         at most 125 mL/min
round to:          10 mg | 0.1 mL | whole tablets | half tablets | whole vials within 5 % | bands of 300, 350, 400 mg within 6 %
at most:           150 mg a dose
at most in total:  400 U
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.calculation import Cap, Clearance, Onto, Rounding, Surface, Weighed, WeightRule
from scheduler.protocol.plan.dosing.dose_arithmetic import BAND_WITHIN, Formula
from scheduler.protocol.sentences.dosing.giving import read_level
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

SURFACE_EXAMPLE = "Mosteller | Du Bois | Mosteller, at most 2 m2"
WEIGHT_EXAMPLE = "in force | baseline | in force, again when it changes by 10 %"
CLEARANCE_EXAMPLE = "at most 125 mL/min | as measured"
ROUND_EXAMPLE = (
    "10 mg | 0.1 mL | whole tablets | half tablets | whole vials within 5 % | bands of 300, 350, 400 mg within 6 %"
)
CAP_EXAMPLE = "150 mg a dose"
TOTAL_EXAMPLE = "400 U | 550 mg/m2"


def read_surface(text: str) -> Surface:
    """Read the formula of the body surface, and the largest surface that counts."""
    words = Words(text, example=SURFACE_EXAMPLE, habits=Habits.CALCULATIONS)
    if words.accept("Du", "Bois"):
        formula = Formula.DU_BOIS
    elif words.accept("Mosteller"):
        formula = Formula.MOSTELLER
    else:
        words.fail("expected Mosteller or Du Bois")
    at_most = None
    if words.accept(","):
        words.expect("at", "most")
        at_most = read_level(words)
        words.expect("m2")
    return Surface(formula, at_most, _clause(words, text))


def read_weight(text: str) -> WeightRule:
    """Read which weight counts, and by how much it must change to count anew."""
    words = Words(text, example=WEIGHT_EXAMPLE, habits=Habits.CALCULATIONS)
    change = None
    if words.accept("baseline"):
        which = Weighed.BASELINE
    else:
        words.expect("in", "force")
        which = Weighed.IN_FORCE
        if words.accept(","):
            words.expect("again", "when", "it", "changes", "by")
            change = _percent(words)
    return WeightRule(which, change, _clause(words, text))


def read_clearance(text: str) -> Clearance:
    """Read the highest creatinine clearance that counts."""
    words = Words(text, example=CLEARANCE_EXAMPLE, habits=Habits.CALCULATIONS)
    if words.accept("as", "measured"):
        return Clearance(None, _clause(words, text))
    words.expect("at", "most")
    amount = read_level(words)
    words.expect("mL/min")
    return Clearance(amount, _clause(words, text))


def read_rounding(text: str) -> Rounding:
    """Read what a dose is rounded to."""
    words = Words(text, example=ROUND_EXAMPLE, habits=Habits.CALCULATIONS)
    amounts: tuple[Decimal, ...] = ()
    unit, within = None, None
    if words.accept("whole"):
        onto = Onto.TABLETS if words.accept_one_of("tablets", "capsules") else Onto.VIALS
        if onto is Onto.VIALS:
            words.expect("vials")
    elif words.accept("half", "tablets"):
        onto = Onto.HALVES
    elif words.accept("bands", "of"):
        onto, within = Onto.BANDS, BAND_WITHIN
        amounts = _amounts(words)
        unit = words.unit_of_amount("a unit, such as mg")
    else:
        onto, amounts = Onto.STEP, (read_level(words),)
        unit = words.unit_of_amount("a unit, such as mg")
    if words.accept("within"):
        within = _percent(words)
    return Rounding(onto, amounts, unit, within, _clause(words, text))


def read_cap(text: str) -> Cap:
    """Read the highest amount of one dose."""
    words = Words(text, example=CAP_EXAMPLE, habits=Habits.CALCULATIONS)
    amount = read_level(words)
    unit = words.unit_of_amount("a unit, such as mg")
    words.expect("a", "dose")
    return Cap(amount, unit, _clause(words, text))


def read_total(text: str) -> Cap:
    """Read the highest amount of all doses together."""
    words = Words(text, example=TOTAL_EXAMPLE, habits=Habits.CALCULATIONS)
    amount = read_level(words)
    unit = words.unit_of_amount("a unit, such as mg or mg/m2")
    return Cap(amount, unit, _clause(words, text))


def _clause(words: Words, text: str) -> Clause:
    """What the sentence rests on, and its end."""
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return clause


def _amounts(words: Words) -> tuple[Decimal, ...]:
    amounts = [read_level(words)]
    while words.accept(","):
        amounts.append(read_level(words))
    if any(above <= below for below, above in pairwise(amounts)):
        words.fail("bands go up: each must be larger than the one before", back=True)
    return tuple(amounts)


def _percent(words: Words) -> Decimal:
    amount = read_level(words)
    if not words.accept("%"):
        words.expect("percent")
    return amount

"""What a dose is by a value of the patient, a sentence for each band.

band   = measure range taken ":" dose [citation]
measure = "age" | "weight" | "body mass index" | "body surface" | "creatinine clearance"
range  = "above 75 years" | "up to 75 years" | "at least 50 kg" | "below 50 kg" | "at least 30 to below 60 mL/min"
taken  = "at first dose" | "in force"
dose   = "the full dose" | "half the dose" | "one third of the dose" | "two thirds of the dose"
       | n "% of the dose" | n unit | "levels" n, n ... ["," 0] unit
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.bands import IN_UNIT, Band, Measure, Taken
from scheduler.protocol.plan.values import Basis
from scheduler.protocol.sentences.dosing.giving import read_amount_and_unit, read_unit_and_per
from scheduler.protocol.sentences.dosing.levels import read_amounts
from scheduler.protocol.sentences.rules.value import next_is_range, read_range
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

BAND_EXAMPLE = "age above 75 years at first dose: half the dose"
BANDS_EXAMPLE = f"{BAND_EXAMPLE} | creatinine clearance at least 30 to below 60 mL/min in force: 15 mg"
BANDS_EXAMPLE += " | creatinine clearance below 30 mL/min in force: levels 10, 5, 2.5 mg"

_LIKE = {
    Measure.AGE: "above 75",
    Measure.WEIGHT: "below 50",
    Measure.BODY_MASS_INDEX: "below 18.5",
    Measure.BODY_SURFACE: "at least 1.5",
    Measure.CLEARANCE: "below 30",
}


def read_band(text: str) -> Band:
    """Read what patients with a value in one band get. Raises a fault with its place and the right spelling."""
    words = Words(text, example=BAND_EXAMPLE, habits=Habits.BANDS)
    measure = next((each for each in Measure if words.accept(*each.value.split())), None)
    if measure is None:
        words.fail("expected age, weight, body mass index, body surface or creatinine clearance")
    if not next_is_range(words):
        unit = IN_UNIT[measure]
        words.fail(f"expected for which {measure}", hint=f"write it like: {measure} {_LIKE[measure]} {unit}")
    asked = read_range(words, (measure.value,))
    if asked.basis is not Basis.ABSOLUTE:
        words.fail(f"a band is in {IN_UNIT[measure]}", back=True)
    if asked.unit != IN_UNIT[measure]:
        words.fail(f"{measure} is said in {IN_UNIT[measure]}", back=True, hint=f"write: {IN_UNIT[measure]}")
    taken = next((each for each in Taken if words.accept(*each.value.split())), None)
    if taken is None:
        hint = "write 'at first dose', after which it stays, or 'in force', where every new value counts"
        words.fail(f"which {measure} counts?", hint=hint)
    words.expect(":")
    dose = _read_dose(words)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return Band(
        measure,
        taken,
        asked.above,
        asked.up_to,
        asked.from_above,
        not asked.below,
        clause,
        dose.share,
        dose.amount,
        dose.unit,
        dose.per,
        dose.levels,
        dose.parts,
    )


@dataclass(frozen=True, slots=True)
class _Dose:
    share: Decimal | None = None
    amount: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    levels: tuple[Decimal, ...] = ()
    parts: int = 1


def _read_dose(words: Words) -> _Dose:
    if words.accept("levels"):
        amounts = read_amounts(words)
        unit, per = read_unit_and_per(words)
        return _Dose(unit=unit, per=per, levels=amounts)
    if words.accept("the", "full", "dose"):
        return _Dose(share=Decimal(1))
    if words.accept("half", "the", "dose"):
        return _Dose(share=Decimal("0.5"))
    for number, thirds in ((1, ("one", "third")), (2, ("two", "thirds"))):
        if words.accept(*thirds):
            words.expect("of", "the", "dose")
            return _Dose(share=Decimal(number), parts=3)
    following = words.peek(1)
    if following is None or following.text != "%":
        return _Dose(None, *read_amount_and_unit(words))
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected how much of the dose")
    percent = words.decimal(token.text)
    if not 0 < percent < 100:
        words.fail("a share is above 0 % and below 100 %", back=True, hint="write: the full dose")
    words.expect("%", "of", "the", "dose")
    return _Dose(share=percent / 100)

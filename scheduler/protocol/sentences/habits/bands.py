"""How people write whose dose is another: > 75 y, CrCl 30-59 mL/min, BMI < 18.5, 50 % dose reduction."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.sentences.habits.habit import exactly, meant


def _range_meant(match: re.Match[str]) -> tuple[str, ...]:
    """ "30-59" leaves nobody out between 59 and 60; of "30-60" either end may be the one that belongs to it."""
    low, high, unit = match[1], next_whole(Decimal(match[2])), match[3]
    if high != Decimal(match[2]):
        return (f"at least {low} to below {high} {unit}",)
    if high % 10 == 9:
        return (f"at least {low} to below {high + 1} {unit}",)
    return f"at least {low} to below {high} {unit}", f"above {low} to {high} {unit}"


def next_whole(high: Decimal) -> Decimal:
    """Of "1 to 1.99 years" the upper end is 2: whoever is between 1.99 and 2 is left out by nobody."""
    nines = high.as_tuple()
    left = nines.digits[nines.exponent :] if isinstance(nines.exponent, int) and nines.exponent < 0 else ()
    return Decimal(int(high) + 1) if left and set(left) == {9} else high


def _less_by(match: re.Match[str]) -> tuple[str, ...]:
    left = 100 - Decimal(match[1])
    return ("half the dose",) if left == 50 else (f"{left.normalize():f} % of the dose",) if left > 0 else ()


def _one_third(match: re.Match[str]) -> tuple[str, ...]:
    return ("one third of the dose",)


def _two_thirds(match: re.Match[str]) -> tuple[str, ...]:
    """Also what is left where a dose is reduced by one third: another number than is typed."""
    return ("two thirds of the dose",)


def _with_unit(match: re.Match[str]) -> tuple[str, ...]:
    """A number without a unit: each measure has one alone."""
    return (f"{match[1]} {_UNITS[match[2].lower()]}",)


_UNITS = {"age": "years", "weight": "kg", "body mass index": "kg/m2", "creatinine clearance": "mL/min"}
_AGED = r"([0-9]+)\s*(?:years?|yrs?|y)?\s*(?:of\s+age\s*)?"
_REDUCE = r"\b(?:the\s+)?(?:dose\s+)?(?:is\s+)?reduc(?:e|ed|tion)(?:\s+the)?(?:\s+dose)?"
_OF_DOSE = r"(?:\s+of)?(?:\s+the)?(?:\s+(?:full|starting|usual))?(?:\s+dose)?"
IN_BANDS = (
    meant(
        rf"^\s*half\s+(?:the\s+)?dose\s+(?:from|over|above)\s+{_AGED}(?:on(?:wards)?)?(?=\s*(?:$|\())",
        "age at least {0} years at first dose: half the dose",
        "age at least {0} years in force: half the dose",
    ),
    meant(r"\b(?:CrCl|CLcr|(?<!creatinine )clearance)\b", "creatinine clearance"),
    meant(r"\bBMI\b", "body mass index"),
    meant(r"\bBSA\b|\bbody\s+surface\s+area\b", "body surface"),
    meant(r"\bbody\s+weight\b", "weight"),
    meant(rf"\bfrom\s+{_AGED}on(?:wards)?\b", "at least {0} years"),
    meant(rf"(?<!least )\b{_AGED}(?:or|and)\s+(?:older|over|above|more)\b", "at least {0} years"),
    meant(r"([0-9.]+)\s*-\s*([0-9.]+)\s*(years|kg/m2|kg|mL/min|m2)(?!\w)", _range_meant),
    meant(r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    meant(r"(?:<=|≤|\bat most|\bno more than)\s*([0-9.]+)", "up to {0}"),
    meant(r"(?:>|\b(?:more|greater|older)\s+than|\bover)\s*([0-9.]+)", "above {0}"),
    meant(r"(?:<|\b(?:less|younger)\s+than|\bunder)\s*([0-9.]+)", "below {0}"),
    meant(rf"\b(({'|'.join(_UNITS)})\s+(?:above|below|at least|up to)\s+[0-9.]+)(?=\s+(?:at|in)\b|\s*:)", _with_unit),
    meant(r"\bml/min\b", "mL/min"),
    exactly(r"([0-9]+)(mg|mcg|g|mL|IU)(?=\b|/)", "{0} {1}"),
    meant(r"\bat\s+(?:baseline|the\s+first\s+dose|start\s+of\s+treatment)\b", "at first dose"),
    meant(r"(?<!the )\bfull\s+dose\b|\bno\s+(?:change|reduction)\b", "the full dose"),
    meant(r"\bhalf\s+(?:of\s+the\s+)?dose\b", "half the dose"),
    meant(
        rf"{_REDUCE}\s+(?:by\s+(?:one[-\s]third|a\s+third|1/3)|to\s+(?:two[-\s]thirds|2/3)){_OF_DOSE}(?!\w)",
        _two_thirds,
    ),
    meant(
        rf"{_REDUCE}\s+(?:by\s+(?:two[-\s]thirds|2/3)|to\s+(?:one[-\s]third|a\s+third|1/3)){_OF_DOSE}(?!\w)",
        _one_third,
    ),
    meant(rf"\b(?:one-third|1/3|a\s+third|one\s+third(?!\s+of\s+the\s+dose)){_OF_DOSE}(?!\w)", _one_third),
    meant(rf"\b(?:two-thirds|2/3|two\s+thirds(?!\s+of\s+the\s+dose)){_OF_DOSE}(?!\w)", _two_thirds),
    meant(r"\breduced?\s+by\s+([0-9]+)\s*%", _less_by),
    meant(r"\b([0-9]+)\s*%\s+(?:less|(?:dose\s+)?reduction)\b", _less_by),
    meant(r"\b([0-9]+)\s*%(?:\s+of)?(?:\s+the)?(?:\s+full)?\s+dose\b", "{0} % of the dose"),
)

"""How the doses of a treatment are worked out and called, drug by drug, with the line of each sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.names import titled
from scheduler.protocol.compiling.names import Names
from scheduler.protocol.plan.dosing.bands import Band, Measure, measures_of
from scheduler.protocol.plan.dosing.calculation import NO_CALCULATION, Calculation
from scheduler.protocol.plan.dosing.give import AUC, Give
from scheduler.protocol.text.calculations import CalculationText
from scheduler.protocol.text.protocol_text import TreatmentText
from scheduler.protocol.text.sentence_place import At

_BY_DRUG = {"round_to": "round to", "in_total": "at most in total", "at_most": "at most", "dose_by": "dose by"}


def with_calculations(gives: tuple[Give, ...], text: CalculationText, at: At, names: Names) -> tuple[Give, ...]:
    """What a treatment gives, each drug with its calculation. A drug that the treatment does not have is a finding."""
    drugs = {give.name for give in gives}
    written = {"round_to": text.round_to, "at_most": text.at_most, "in_total": text.at_most_in_total}
    for key, value in {**written, "dose_by": text.dose_by}.items():
        if isinstance(value, Mapping):
            _refuse_unknown_drugs(value, drugs, at.below(_BY_DRUG[key]), names)
    common: dict[str, Any] = {
        "surface": _cited(text.body_surface, at.below("body surface")),
        "weight": _cited(text.weight, at.below("weight")),
        "clearance": _cited(text.clearance, at.below("clearance")),
    }
    if all(value is None for value in (*common.values(), *written.values(), text.dose_by)):
        return gives
    bands = {name: _bands(name, text.dose_by, at.below("dose by")) for name in drugs}
    return tuple(replace(give, calculation=_calculation(give, common, written, bands[give.name], at)) for give in gives)


def with_titles(gives: tuple[Give, ...], text: TreatmentText, at: At, names: Names) -> tuple[Give, ...]:
    """What a treatment gives, each drug or course by the names that it has in other languages."""
    if not text.titles:
        return gives
    _refuse_unknown_drugs(text.titles, {give.name for give in gives}, at, names)
    return tuple(replace(give, name=titled(give.name, text.titles.get(give.name))) for give in gives)


def _bands(drug: str, written: Any, at: At) -> tuple[Band, ...]:
    """The bands of one drug, each with its line."""
    if isinstance(written, Mapping):
        return _bands(drug, written[drug], at.below(drug)) if drug in written else ()
    if isinstance(written, list):
        return tuple(_cited(band, at.below(index)) for index, band in enumerate(written))
    return (_cited(written, at),) if written is not None else ()


def _calculation(
    give: Give, common: dict[str, Any], written: dict[str, Any], bands: tuple[Band, ...], at: At
) -> Calculation:
    own: dict[str, Any] = {}
    for key, value in written.items():
        place = at.below(_BY_DRUG[key])
        if isinstance(value, Mapping):
            own[key] = _cited(value.get(give.name), place.below(give.name)) if give.name in value else None
        else:
            own[key] = _cited(value, place)
    # A formula is only for what it is a formula of, so that no clause is cited that had no part in a dose.
    by_surface = Measure.BODY_SURFACE in measures_of(bands)
    part = {
        "surface": common["surface"] if by_surface or _is_per(give, "m2") else None,
        "weight": common["weight"] if _is_per(give, "m2", "kg") else None,
        "clearance": common["clearance"] if _is_per(give, AUC) else None,
    }
    return replace(NO_CALCULATION, **part, **own, bands=bands)


def _is_per(give: Give, *what: str) -> bool:
    """True for a dose per m2, kg or by AUC; where the ladder says the amount, it may say per what, too."""
    return give.per in what or give.amount is None


def _cited(value: Any, at: At) -> Any:
    return None if value is None else replace(value, clause=replace(value.clause, line=at.line))


def _refuse_unknown_drugs(written: Mapping[str, Any], drugs: set[str], at: At, names: Names) -> None:
    for name in written:
        if name not in drugs:
            message, hint = f"'{name}' is not given here", did_you_mean(name, drugs)
            names.findings.append(Finding("unknown-drug", Severity.ERROR, message, hint, at.below(name).key()))

"""The daily doses that count as equal, beside the rules that ask for "prednisone or equivalent"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from scheduler.findings import Finding
from scheduler.protocol.plan.rules import Equivalents, MedicineFor
from scheduler.protocol.sentences.dosing.equivalents import EQUIVALENTS_EXAMPLE
from scheduler.protocol.text.rules import DecisionTableText
from scheduler.protocol.text.sentence_place import At
from scheduler.vocabulary import MEDICINES, generic_name, offer
from scheduler.vocabulary.units import convert, is_unit

_ONE = Decimal(1)


def compile_equivalents(written: Mapping[str, Equivalents], at: At) -> tuple[Equivalents, ...]:
    """The sentences with their names and lines."""
    return tuple(
        replace(each, name=name, clause=replace(each.clause, line=at.below(name).line))
        for name, each in written.items()
    )


def with_equivalents(condition: MedicineFor, known: tuple[Equivalents, ...]) -> MedicineFor:
    """A condition on a medicine or its equivalent, with the sentence that says what those are."""
    return replace(condition, equivalents=_of(condition, known)) if condition.or_equivalent else condition


def _of(condition: MedicineFor, known: tuple[Equivalents, ...]) -> Equivalents | None:
    return next((each for each in known if condition.name in each), None)


def check_equivalents(
    written: Mapping[str, Equivalents], tables: Mapping[str, DecisionTableText], lost: Collection[str], root: At
) -> Iterator[Finding]:
    """Sentences about medicines that do not fit, or that no rule asks for; rules that ask for one that is not there."""
    known = compile_equivalents(written, root.below("equivalents"))
    yield from _check_doses(known, root)
    used: set[str] = set()
    for table, each in tables.items():
        for index, row in enumerate(each.rows):
            for condition in row.conditions:
                if isinstance(condition, MedicineFor) and condition.or_equivalent:
                    group = _of(condition, known)
                    at = root.below("rules", table, "rows", index)
                    used |= {group.name} if group is not None else set()
                    yield from _check_condition(condition, group, at) if group is not None or not lost else ()
    for group in known:
        if group.name not in used and not lost:
            message = f"no rule counts {group.name} together"
            hint = f"write 'on {group.doses[0][0]} or equivalent above ...' in a rule"
            yield root.below("equivalents", group.name).warning("unused-equivalents", message, hint)


def _check_doses(known: tuple[Equivalents, ...], root: At) -> Iterator[Finding]:
    seen: set[str] = set()
    for group in known:
        at = root.below("equivalents", group.name)
        for medicine, _, unit in group.doses:
            yield from check_medicine(medicine, at)
            if not is_unit(unit):
                yield at.finding("unit", f"'{unit}' is not a unit", "write it like mg, g or mcg", word=unit)
            if generic_name(medicine) in seen:
                message = f"{medicine} stands twice under 'equivalents'"
                yield at.finding("repeated-equivalent", message, "leave one of them out", word=medicine)
            seen.add(generic_name(medicine))


def _check_condition(condition: MedicineFor, group: Equivalents | None, at: At) -> Iterator[Finding]:
    if group is None:
        message = f"nothing says what counts as much as {condition.name}"
        hint = f"say it under 'equivalents', such as: steroids: {EQUIVALENTS_EXAMPLE}"
        yield at.finding("no-equivalents", message, hint, word="equivalent")
    elif condition.unit is not None and convert(_ONE, condition.unit, group.dose_of(condition.name)[1]) is None:
        unit = group.dose_of(condition.name)[1]
        message = (
            f"{condition.unit} does not convert to {unit}, which line {group.clause.line} has for {condition.name}"
        )
        yield at.finding("unit", message, f"write the dose in {unit}", word=condition.unit)


def check_medicine(name: str, at: At) -> Iterator[Finding]:
    """A medicine that is misspelt: nobody will ever be recorded as taking it."""
    hint = None if MEDICINES.known(name) else offer(MEDICINES.nearest(name))
    if hint is not None:
        yield at.warning("unknown-medicine", f"'{name}' is no medicine that is listed here", hint, word=name)

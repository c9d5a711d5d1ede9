"""What a treatment gives, and its dose levels, in one arm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.compiling.names import ARMS, Names
from scheduler.protocol.plan.dosing.give import Give, Ladder, choice_in_short, in_short, plain_unit, unit_of
from scheduler.protocol.plan.dosing.multiple import Multiple
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import ROUTES, GivePhrase, convert
from scheduler.protocol.text.protocol_text import ProtocolText, TreatmentText
from scheduler.protocol.text.sentence_place import At

_FINEST = Decimal("0.0001")
"""The finest part of an amount that a multiple may come to."""


def compile_gives(treatment: str, written: Any, arms: set[str], at: At, names: Names) -> tuple[Give, ...]:
    """All give sentences of a treatment in one arm, each with the drug or course that it is for."""
    if written is None:
        return ()
    at = at.below("give")
    if isinstance(written, Mapping) and set(written) & arms:
        _refuse_unknown_arms(written, arms, at, names)
        if names.arm not in written:
            names.findings.append(at.finding("no-dose", f"{ARMS} no dose here", "name every arm, or none"))
            return ()
        at, written = at.below(names.arm), written[names.arm]
    if isinstance(written, Mapping):
        return tuple(give for name, lines in written.items() for give in _lines(name, lines, at.below(name)))
    return tuple(_lines(treatment, written, at))


def _refuse_unknown_arms(written: Mapping[str, Any], arms: set[str], at: At, names: Names) -> None:
    for name in written:
        if name not in arms:
            message, hint = f"the study has no arm '{name}'", did_you_mean(name, arms)
            names.findings.append(Finding("unknown-arm", Severity.ERROR, message, hint, at.below(name).key()))


def _lines(name: str, written: Any, at: At) -> list[Give]:
    phrases: list[GivePhrase] = written if isinstance(written, list) else [written]
    found = []
    for index, phrase in enumerate(phrases):
        line = (at.below(index) if isinstance(written, list) else at).line
        found += [replace(give, name=name, clause=replace(give.clause, line=line)) for give in phrase.gives]
    return found


def compile_ladder(written: Any, arms: set[str], at: At, names: Names) -> Ladder | None:
    """The dose levels of a treatment in one arm."""
    if written is None:
        return None
    at = at.below("levels")
    if isinstance(written, Mapping):
        _refuse_unknown_arms(written, arms, at, names)
        if names.arm not in written:
            names.findings.append(at.finding("no-dose", f"{ARMS} no dose levels here", "name every arm that gets it"))
            return None
        at, written = at.below(names.arm), written[names.arm]
    ladder: Ladder = written
    return replace(ladder, clause=replace(ladder.clause, line=at.line))


def at_levels(gives: tuple[Give, ...], ladder: Ladder | None) -> tuple[Give, ...]:
    """What is given, at the level in force: an amount that is level 0's own is said twice, and orders of a level change it."""
    if ladder is None or not all(_is_level_0(give, ladder) for give in gives):
        return gives
    return tuple(replace(give, amount=None, unit="", per=None) for give in gives)


def _is_level_0(give: Give, ladder: Ladder) -> bool:
    if give.amount is None or give.high is not None or give.prescribed or give.per != ladder.per:
        return False
    return convert(give.amount, give.unit, plain_unit(ladder.unit)) == ladder.amounts[0]


def entry_kind(gives: tuple[Give, ...]) -> str:
    """What sort of entry a treatment makes: by the unit of its dose or the route it is given by."""
    if any(give.unit == "Gy" for give in gives):
        return "fraction"
    kinds = {ROUTES[give.route] for give in gives if give.route is not None}
    for kind in ("infusion", "injection", "oral"):
        if kind in kinds:
            return kind
    return "visit"


def with_multiples(gives: tuple[Give, ...], own: str, protocol: ProtocolText, at: At, names: Names) -> tuple[Give, ...]:
    """What a treatment gives, each dose that is said as a multiple of another with its amount: 2 x 420 mg are 840 mg.

    Only what the protocol itself fixes can be multiplied before there is a patient. A dose that levels, bands, a cap or an order
    decide is a finding, which says the amounts to write.
    """
    return tuple(
        give if give.multiple is None else _amount_of(give, give.multiple, own, protocol, at, names) for give in gives
    )


def _amount_of(give: Give, multiple: Multiple, own: str, protocol: ProtocolText, at: At, names: Names) -> Give:
    name = multiple.of or own
    here = _line_of(at.below("give"), give)
    if name not in protocol.treatments or name not in names.here:
        hint = did_you_mean(name, sorted(set(protocol.treatments) & names.here))
        names.findings.append(
            here.finding("unknown-treatment", f"'{name}' is no treatment of this arm", hint, word=name)
        )
        return replace(give, multiple=None, prescribed=True)  # no plan is made of it, and nothing more is said of it
    text = protocol.treatments[name]
    bases = [
        each for each in _gives_of(text, names.arm, At(at.node, ("treatments", name))) if _is_meant(each, multiple)
    ]
    wrong = _wrong(text, bases, multiple, name, names.arm) or _how_often(give, bases[0], name)
    if wrong is not None:
        names.findings.append(here.finding("multiple-of-what", *wrong))
        return replace(give, multiple=None, prescribed=True)  # no plan is made of it, and nothing more is said of it
    base = bases[0]
    assert base.amount is not None
    amount = multiple.of_amount(base.amount)
    return replace(
        give,
        amount=Decimal(f"{amount.normalize():f}"),
        unit=base.unit,
        per=base.per,
        multiple=None,
        rests_on=base.clause,
    )


def _line_of(at: At, give: Give) -> At:
    written = at.node.at(*at.path).value
    listed = written if isinstance(written, list) else []
    index = next((n for n, text in enumerate(listed) if str(text).strip() == give.clause.text), None)
    return at if index is None else at.below(index)


def _is_meant(base: Give, multiple: Multiple) -> bool:
    return multiple.number is None or base.cycles is None or base.cycles.includes(multiple.number)


def _wrong(text: TreatmentText, bases: list[Give], multiple: Multiple, name: str, arm: str) -> tuple[str, str] | None:
    """What keeps a multiple from being worked out, and what to write in its place."""
    ladder = text.levels.get(arm) if isinstance(text.levels, Mapping) else text.levels
    if isinstance(ladder, Ladder):
        levels = ", ".join(f"{multiple.of_amount(amount).normalize():f}" for amount in ladder.amounts)
        said = f"levels: AUC {levels}" if ladder.unit == "AUC" else f"levels: {levels} {ladder.unit}"
        return f"the dose of {name} goes by levels, which change", f"give this treatment levels of its own: {said}"
    if not bases:
        return f"{name} has no such dose", "write the amount itself, or the number of a dose that it has"
    chosen = next((base for base in bases if base.prescribed or base.high is not None), None)
    if chosen is not None:
        return f"the dose of {name} is prescribed", f"so is this one: {_choice(chosen, multiple)}"
    if text.dose_by is not None or text.at_most is not None:
        return (
            f"the dose of {name} depends on the patient",
            "write the amount itself, with 'dose by' or 'at most' of its own",
        )
    base = bases[0]
    if any((each.amount, each.unit, each.per) != (base.amount, base.unit, base.per) for each in bases):
        numbers = [each.cycles.listed[0] for each in bases if each.cycles is not None and each.amount is not None]
        by_number = numbers and multiple.number is None and len({each.name for each in bases}) == 1
        hint = f"say which, by its number: {name} dose {numbers[0]}" if by_number else "write the amount itself"
        return f"{name} has several doses", hint
    if base.amount is None or base.multiple is not None or base.unit == "Gy":
        return f"the dose of {name} is no amount that can be multiplied", "write the amount itself"
    amount = multiple.of_amount(base.amount)
    if amount != amount.quantize(_FINEST):
        dose = in_short(base.amount, unit_of(base))
        return f"that part of {dose} is no number that ends", "write the amount that is given"
    return None


def _how_often(give: Give, base: Give, name: str) -> tuple[str, str] | None:
    """A dose of what has several on a day, without a word of how often: nobody can tell whether it is a day's only one."""
    if give.frequency is not None or doses_a_day(base.frequency) == 1:
        return None
    return f"{name} is given {base.frequency}: how often is this?", f"write '{base.frequency}' too, or 'once'"


def _choice(base: Give, multiple: Multiple) -> str:
    """The amounts to choose from, each as many times."""
    low, high = (
        multiple.of_amount(each).normalize() if each is not None else None for each in (base.amount, base.high)
    )
    offered = tuple(multiple.of_amount(each).normalize() for each in base.offered)
    return f"{choice_in_short(replace(base, amount=low, high=high, offered=offered))} prescribed"


def _gives_of(text: TreatmentText, arm: str, at: At) -> Iterator[Give]:
    """The give sentences of a treatment in one arm, each with its line."""
    yield from _below(text.give, arm, at.below("give"))


def _below(written: Any, arm: str, at: At) -> Iterator[Give]:
    if isinstance(written, Mapping):
        for key in written if arm not in written else (arm,):
            yield from _below(written[key], arm, at.below(key))
    elif isinstance(written, list):
        for index, phrase in enumerate(written):
            yield from _below(phrase, arm, at.below(index))
    elif isinstance(written, GivePhrase):
        yield from (replace(give, clause=replace(give.clause, line=at.line)) for give in written.gives)

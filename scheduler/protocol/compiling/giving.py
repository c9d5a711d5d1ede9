"""What a treatment gives, and its dose levels, in one arm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.compiling.names import ARMS, Names
from scheduler.protocol.plan.dosing.give import Give, Ladder, plain_unit
from scheduler.protocol.sentences.dosing.giving import ROUTES, GivePhrase, convert
from scheduler.protocol.text.sentence_place import At


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

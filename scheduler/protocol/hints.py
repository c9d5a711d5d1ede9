"""What a hint must know of the protocol around a sentence: which treatments it may name, and what a first dose counts from."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduler.findings import Finding
from scheduler.source.node import Node

_MOST_NAMED = 3
_WRITE, _OR = "write: ", ", or: "


def treatments_to_name(node: Node) -> tuple[str, ...]:
    """The treatments that a hint names where the sentence names none: those with days of a cycle, else the first ones."""
    treatments = node.children.get("treatments")
    if treatments is None:
        return ()
    names = tuple(name for name in treatments.keys if name in treatments.children)
    with_days = tuple(name for name in names if _has_days(treatments.at(name)))
    return (with_days or names)[:_MOST_NAMED]


def _has_days(treatment: Node) -> bool:
    gives = treatment.children.get("give")
    return gives is not None and any(re.search(r"\bon days? ", text) for text in _texts(gives))


def _texts(node: Node) -> list[str]:
    own = [node.value] if isinstance(node.value, str) else []
    return own + [text for child in node.children.values() for text in _texts(child)]


def in_its_place(finding: Finding, node: Node) -> Finding:
    """A hint as it is written at this place: it names what this protocol has, and "the previous" has a first one before it."""
    path, hint = finding.path or (), _of_this_protocol(finding.hint or "", node)
    finding = replace(finding, hint=hint or None)
    whole = (
        path[2:] == ("when",)
        if path[:1] == ("treatments",)
        else path[:1] == ("visits",) and path[2:] in ((), ("when",))
    )
    if not whole or not hint.startswith(_WRITE) or "after the previous " not in hint:
        return finding
    said = [_with_a_first(each, path) for each in hint.removeprefix(_WRITE).split(_OR)]
    return replace(finding, hint=_WRITE + _OR.join(said))


def _of_this_protocol(hint: str, node: Node) -> str:
    """A hint about "drug cycle 1 day 7", with the first cycles or treatment that there is; as it is where one is called so."""
    names = [name for section in ("cycles", "treatments") if section in node.children for name in node.at(section).keys]
    if not names or "drug" in names:
        return hint
    return re.sub(r"\bdrug (?=cycles?\b|doses?\b|fractions?\b)", f"{names[0]} ", hint)


def _with_a_first(sentence: str, path: tuple[str | int, ...]) -> str:
    if "after the previous " not in sentence:
        return sentence
    if path[0] == "visits":
        sentence = re.sub(r"\bthe previous dose\b", "the previous visit", sentence)
    quoted = f'"{sentence}"' if "," in sentence else sentence
    table = f"{{1: on first dose, then: {quoted}}}"
    return table if path[-1] == "when" else f"{{when: {table}}}"

"""What the sentences of a protocol rest on: sources and assumptions, cited in brackets at a sentence's end.

They are looked for in the text itself, not in the model, so that they are found also where something else is wrong, and each
with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.findings import Finding, Place, Severity, did_you_mean
from scheduler.protocol.sentences.spellings import plain
from scheduler.source.node import Node, Step

_CITATION = re.compile(r"\(([^()]*)\)\s*$")
_NO_CITATION = re.compile(
    r"[±]|(?<![\w-])[+-]\s*[0-9]|^\s*[0-9]+\s*(?:days?|weeks?|months?|h|hours?|min|minutes|mg)\b|\bday\s+-?[0-9]",
    re.IGNORECASE,
)
"""A window, a day or an amount in brackets: the sentence itself has a finding there, and its words name no source."""
_REMARK = re.compile(r"[^\s,]\s+[^\s,]")
"""Words without a comma between them are a remark: the sentence itself has a finding there."""
_NAME = re.compile(r"[^\s,]+")
_WITH_SENTENCES = (
    "study days",
    "screened again",
    "horizon",
    "dates",
    "cycles",
    "treatments",
    "visits",
    "sheets",
    "periods",
    "epochs",
    "products",
    "equivalents",
    "rules",
    "at least every",
)
_PLAIN = "title"
"""A key whose text is no sentence, so that brackets in it are only brackets."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One name in the brackets at the end of a sentence, and where it stands."""

    name: str
    place: Place


def citations(node: Node) -> tuple[Citation, ...]:
    """Every citation of a protocol, in the order of reading."""
    sections = (section for section in node.children if section in _WITH_SENTENCES)
    return tuple(found for section in sections for found in _below(node, node.at(section), (section,)))


def _below(root: Node, node: Node, path: tuple[Step, ...]) -> Iterator[Citation]:
    if isinstance(node.value, str):
        yield from _in_sentence(root, node.value, path)
    for step, child in node.children.items():
        if step != _PLAIN or len(path) < 2:
            yield from _below(root, child, (*path, step))


def _in_sentence(root: Node, text: str, path: tuple[Step, ...]) -> Iterator[Citation]:
    text = plain(text)
    closing = _CITATION.search(text)
    if closing is None or _NO_CITATION.search(closing[1]) or _REMARK.search(closing[1]):
        return
    for match in _NAME.finditer(text, closing.start(1), closing.end(1)):
        yield Citation(match.group(), root.place_in(path, match.start()))


def check_citations(
    node: Node, found: tuple[Citation, ...], sources: set[str], assumptions: set[str]
) -> Iterator[Finding]:
    """Names that are cited but not defined, and those that are defined but that nothing cites."""
    # One that lacks something is defined all the same: what it lacks is a finding of its own.
    sections = (node.children[each] for each in ("sources", "assumptions") if each in node.children)
    known = sources | assumptions | {str(name) for section in sections for name in section.children}
    for citation in found:
        if citation.name not in known:
            message = f"'{citation.name}' is neither a source nor an assumption of this protocol"
            hint = did_you_mean(citation.name, known) or "define it under 'sources' or 'assumptions', or leave it out"
            yield Finding("unknown-citation", Severity.ERROR, message, hint, citation.place)
    cited = {citation.name for citation in found}
    for section, names in (("assumptions", assumptions), ("sources", sources)):
        for name in names - cited:
            message = f"no sentence cites {name}"
            place = node.key_place(section, name)
            yield Finding("uncited", Severity.NOTE, message, "cite it where it decides something", place)


def lines_by_citation(cited: tuple[Citation, ...]) -> dict[str, tuple[int, ...]]:
    """For each cited name the lines of the sentences that rest on it."""
    lines: dict[str, dict[int, None]] = {}
    for citation in cited:
        lines.setdefault(citation.name, {})[citation.place.line] = None
    return {name: tuple(each) for name, each in lines.items()}

"""Sentences that a list cut at their commas: in [cycles 1, 4, 7] the list has "cycles 1" and two numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduler.findings import Finding
from scheduler.source.node import Node

_MORE_NUMBERS = re.compile(r"[0-9]+(?:-[0-9]+)?(?:\s*(?:and|&)\s*[0-9]+(?:-[0-9]+)?)*")
_WRITE = "write: "


def in_quotes(finding: Finding, node: Node) -> Finding:
    """The hint with the whole sentence, for every part of it; as it is where nothing was cut."""
    *way, index = finding.path or ("",)
    holder = node.at(*way).value if way[:1] == ["activities"] else None
    if not isinstance(holder, list) or not isinstance(index, int) or finding.code != "phrase":
        return finding
    items = [str(each).strip() for each in holder]
    first = next((n for n in range(index, -1, -1) if not _MORE_NUMBERS.fullmatch(items[n])), index)
    past = next((n for n in range(first + 1, len(items)) if not _MORE_NUMBERS.fullmatch(items[n])), len(items))
    if past == first + 1 or not re.search(r"[0-9]$", items[first]):
        return finding
    hint = finding.hint or ""
    said = (
        hint.removeprefix(_WRITE)
        if first == index and hint.startswith(_WRITE) and ", or: " not in hint
        else items[first]
    )
    numbers = re.sub(r"\s*(?:and|&)\s*", ", ", ", ".join(items[first + 1 : past]))
    whole = f'a list goes on at each comma, so put the sentence in quotes: "{said}, {numbers}"'
    return replace(finding, hint=whole, said_hint=None)

"""How much a protocol may be: every arm is compiled with all that it has, and a short text can say many times many."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.source.node import Node

MOST_SERIES = 5_000
"""Treatments, visits, sheets, dates, periods and epochs, counted once for each arm."""
MOST_PLACES = 50_000
"""Activities at their visits, counted once for each arm."""

_SERIES = ("cycles", "treatments", "visits", "sheets", "dates", "periods", "epochs")


def check_size(node: Node) -> Iterator[Finding]:
    """What is too much to be read and compiled while somebody waits. It is asked before any sentence is read."""
    arms = max(1, _entries(node, "arms"))
    series = arms * sum([_entries(node, section) for section in _SERIES])
    if series > MOST_SERIES:
        message = f"there are {series:,} treatments, visits and dates, counted for each arm: at most {MOST_SERIES:,}"
        yield _too_large(message, "leave out arms, or visits that one sentence with 'every' can say", node, "arms")
    activities = node.children["activities"].children.values() if "activities" in node.children else ()
    places = arms * sum([len(each.children.get("at", each).children) for each in activities])
    if places > MOST_PLACES:
        message = f"activities are at {places:,} visits, counted for each arm: at most {MOST_PLACES:,}"
        yield _too_large(message, "write 'every visit' for what is done at each", node, "activities")


def _entries(node: Node, section: str) -> int:
    return len(node.children[section].children) if section in node.children else 0


def _too_large(message: str, hint: str, node: Node, key: str) -> Finding:
    return Finding("too-large", Severity.ERROR, message, hint, node.key_place(key))

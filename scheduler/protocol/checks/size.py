"""How much a protocol may be: every arm is compiled with all that it has, and a short text can say many times many."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.protocol.text.activities import places_of
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.source.node import Node

MOST_SERIES = 5_000
"""Treatments, visits, sheets, dates, periods and epochs, counted once for each arm."""
MOST_PLACES = 50_000
"""Activities at their visits, counted once for each arm."""


def check_size(text: ProtocolText, node: Node) -> Iterator[Finding]:
    """What is too much to be compiled while somebody waits."""
    arms = len(text.arms)
    own = (text.cycles, text.treatments, text.visits, text.sheets, text.dates, text.periods, text.epochs)
    series = arms * sum([len(each) for each in own])
    if series > MOST_SERIES:
        message = f"there are {series:,} treatments, visits and dates, counted for each arm: at most {MOST_SERIES:,}"
        yield _too_large(message, "leave out arms, or visits that one sentence with 'every' can say", node, "arms")
    places = arms * sum(len(places_of(written)) for written in text.activities.values())
    if places > MOST_PLACES:
        message = f"activities are at {places:,} visits, counted for each arm: at most {MOST_PLACES:,}"
        yield _too_large(message, "write 'every visit' for what is done at each", node, "activities")


def _too_large(message: str, hint: str, node: Node, key: str) -> Finding:
    return Finding("too-large", Severity.ERROR, message, hint, node.key_place(key))

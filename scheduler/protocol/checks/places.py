"""Places whose open days count: a slip in a name would quietly take the usual days of the site."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol

USUAL = ("clinic", "infusion", "radiotherapy", "imaging", "pharmacy", "laboratory")


def check_places(protocol: Protocol) -> Iterator[Finding]:
    """A place that is nearly one of the usual names."""
    for _, line in protocol.timelines():
        name = line.resource
        near = difflib.get_close_matches(name, USUAL, n=1, cutoff=0.8)
        if name not in USUAL and near:
            at = protocol.of(line).below("open")
            hint = f"did you mean '{near[0]}'?"
            yield at.warning("unusual-place", f"'{name}' is not one of the usual places", hint, word=name)

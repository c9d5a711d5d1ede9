"""Who takes part: each criterion has a number of its own, in capital letters too, as SDTM keeps them (TI)."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.protocol.checks.protocol import Protocol
from scheduler.said import Code, said


def check_synopsis(protocol: Protocol) -> Iterator[Finding]:
    """A number that two criteria have."""
    known: set[str] = set()
    for each in protocol.version.synopsis.criteria:
        if each.number.upper() in known:
            at = protocol.root.below("synopsis", "inclusion" if each.is_inclusion else "exclusion", each.number)
            what = said("another criterion has the number {number}", number=Code(each.number))
            hint = said("give each criterion a number of its own")
            yield Finding.of("criterion-twice", Severity.ERROR, what, hint, at.key())
        known.add(each.number.upper())

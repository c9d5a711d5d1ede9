"""Places whose open days count: a slip in a name, or a place left out, would quietly take other days of the site."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings

USUAL = ("clinic", "infusion", "radiotherapy", "imaging", "pharmacy", "laboratory")


def check_places(protocol: Protocol) -> Iterator[Finding]:
    """A place that is nearly one of the usual names."""
    for _, line in protocol.timelines():
        name = line.resource
        near = [] if name in USUAL else difflib.get_close_matches(name, USUAL, n=1, cutoff=0.8)
        if near:
            at = protocol.of(line).below("open")
            hint = f"did you mean '{near[0]}'?"
            yield at.warning("unusual-place", f"'{name}' is not one of the usual places", hint, word=name)


def check_tablets_at_home(protocol: Protocol) -> Iterator[Finding]:
    """Tablets before an infusion, without a word about where: by the clinic's days they would move away from it."""
    for _, line in protocol.treatments():
        if "open" in protocol.text.treatments[line.name].model_fields_set:
            continue
        before = next((timing for timing in (*timings(line), *line.by_part) if timing.precedes), None)
        if before is not None and any(give.route == "by mouth" for give in line.gives):
            message = (
                f"{line.name} is by mouth, and is put on days when the clinic is open, further from what it precedes"
            )
            hint = "write 'open: any day' for tablets at home, or 'open: clinic' for those that are taken there"
            yield protocol.at(before.clause).warning("tablets-at-home", message, hint)

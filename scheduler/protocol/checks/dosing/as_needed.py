"""What is taken as needed: supportive medicine that a patient has at home, with a treatment of its own."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.times.frequency import most_as_needed


def check_as_needed(protocol: Protocol) -> Iterator[Finding]:
    """Nobody can plan it, count its days as taken or missed, or reckon a dose intensity from it: it is no study treatment."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if most_as_needed(give.frequency) is None:
                continue
            at = protocol.at(give.clause)
            if line.kind != "oral":
                message = f"only what a patient takes at home is taken as needed, and {give.name} is given by staff"
                hint = "write its route, such as by mouth; or leave it out, and record what was given as a medicine"
                yield at.finding("as-needed-by-staff", message, hint, word="needed")
            elif not line.supportive:
                message = f"a study treatment has its doses by the plan, and {give.name} is taken as needed"
                hint = f"write under {line.name}: kind: supportive medicine"
                yield at.finding("as-needed-and-studied", message, hint, word="needed")
            if any(most_as_needed(other.frequency) is None for other in line.gives):
                message = f"{line.name} also has doses by the plan: nobody could tell which of them a day was"
                yield at.finding("as-needed-and-planned", message, "make a treatment of its own of each", word="needed")
            elif give.amount is None or give.high is not None or line.ladder is not None or give.prescribed:
                message = f"how much {give.name} is one dose of those that are taken as needed?"
                hint = "write one amount: 8 mg as needed, at most 3 times a day, by mouth"
                yield at.finding("as-needed-without-amount", message, hint, word="needed")

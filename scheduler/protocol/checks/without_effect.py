"""Keys that are read and change nothing of the treatment or visit that they stand under: nothing is accepted without effect."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.dosing.calculation import NO_CALCULATION
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.text.protocol_text import TreatmentText, VisitText


def check_held_days(protocol: Protocol) -> Iterator[Finding]:
    """Single doses have no days that a hold could take away: the next one waits for the resume."""
    for _, line in protocol.treatments():
        if not line.has_days and "held_days" in protocol.text.treatments[line.name].model_fields_set:
            message = f"{line.name} has no days of a cycle that a hold could take: this has no effect"
            yield protocol.of(line).below("held days").warning("without-effect", message, "leave it out")


def check_prompts_of_a_diary(protocol: Protocol) -> Iterator[Finding]:
    """Only a diary at home asks several times a day."""
    for _, line in protocol.timelines():
        if line.prompts is not None and line.kind != "diary":
            at = protocol.of(line).below("prompts")
            message = f"{line.name} is no diary: prompts have no effect here"
            yield at.warning("without-effect", message, "write 'kind: diary' beside it, or leave it out")


def check_before_consent(protocol: Protocol) -> Iterator[Finding]:
    """Only what comes before the first dose or randomisation can have been done before consent."""
    for _, line in protocol.timelines():
        if line.before_consent is not None and not any(timing.comes_first for timing in line.numbered.values()):
            at = protocol.of(line).below("before consent")
            message = f"nothing of {line.name} comes before the first dose or randomisation: this has no effect"
            yield at.warning("without-effect", message, "leave it out")


def check_if_closed(protocol: Protocol) -> Iterator[Finding]:
    """Which open day is taken is a choice only where days are closed, and where a window leaves a choice."""
    for _, line in protocol.timelines():
        text = protocol.text.treatments.get(line.name) or protocol.text.visits.get(line.name)
        written = text.if_closed if isinstance(text, TreatmentText | VisitText) else None
        why = _why_no_choice(line, written) if written is not None else None
        if why is not None:
            at = protocol.of(line).below("if closed")
            yield at.warning("without-effect", f"{why[0]}: this has no effect", why[1])


def _why_no_choice(line: Timeline, written: str) -> tuple[str, str] | None:
    sentences = list(timings(line)) + list(line.by_part[1:])
    if line.resource == "any day" and line.together_with is None:
        return f"any day is open for {line.name}", "leave it out, or say what must be open"
    if all(timing.precedes for timing in sentences):
        why = f"{line.name} comes before something, so an earlier day is taken", "leave it out"
        return why if written != "earlier" else None
    after = [timing for timing in sentences if not timing.precedes]
    if written == "earlier" and not any(timing.early for timing in after):
        return f"{line.name} has no day before its own, so a later one is taken", "write a window, such as -2 +2"
    if written == "nearest" and not any(timing.early or timing.late for timing in after):
        return f"{line.name} has no window, so the first later day is taken", "write a window, such as ±2"
    return None


def check_ranges_are_not_worked_out(protocol: Protocol) -> Iterator[Finding]:
    """A dose from a range that nobody prescribes has no amount: nothing of it is computed, rounded or capped."""
    for _, line in protocol.treatments():
        for give in line.gives:
            how = give.calculation
            clauses = [part.clause for part in (how.weight, how.surface, how.round_to, how.at_most) if part is not None]
            if give.high is not None and not give.prescribed and how != NO_CALCULATION and clauses:
                message = (
                    f"{give.name} is given from a range, which a person chooses from: nothing is worked out or rounded"
                )
                yield protocol.at(clauses[0]).warning("without-effect", message, "leave it out, or write one amount")

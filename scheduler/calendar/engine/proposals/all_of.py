"""Everything that the dose rules add to a calendar: flags on doses, extra tests, proposals, findings about decisions."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.findings.holding.early_resumes import findings_of_resumes
from scheduler.calendar.engine.proposals.awaiting import with_concerns
from scheduler.calendar.engine.proposals.monitoring import monitoring_of
from scheduler.calendar.engine.proposals.raised import concerns_of, is_not_for_patient, proposals_of, read_all
from scheduler.calendar.engine.proposals.resumed_above import findings_of_levels_after_recovery
from scheduler.calendar.engine.proposals.withdrawn import findings_of_decisions, withdrawn_proposals
from scheduler.calendar.entries.entry import Entry
from scheduler.calendar.entries.proposal import Proposal
from scheduler.findings import Finding
from scheduler.patient.dose_rules.unread.not_graded import findings_of_what_is_not_graded
from scheduler.patient.dose_rules.unread.not_read import UNREAD_UNIT, findings_of_what_is_not_read
from scheduler.patient.dose_rules.unread.not_recorded import findings_of_what_is_missing, findings_to_come


class Proposed(NamedTuple):
    """The entries with what waits for decisions, all proposals, and what has to be looked at, some of it from a later day on."""

    entries: list[Entry]
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]
    to_come: tuple[tuple[date, Finding], ...] = ()


def with_proposals(ev: Evaluation, entries: list[Entry]) -> Proposed:
    """What the dose rules say of a calendar's entries."""
    not_read = tuple(findings_of_what_is_not_read(ev.plan, ev.course.facts))
    history, read, raised = read_all(ev, entries)
    if history is None:
        return Proposed(entries, (), not_read)
    unread = {finding.events for finding in not_read if finding.code == UNREAD_UNIT}
    proposals = proposals_of(ev, read, entries)
    withdrawn = withdrawn_proposals(history, proposals)
    proposals += tuple(each for each in withdrawn if not is_not_for_patient(ev, each.treatment))
    concerns = concerns_of(ev, read, raised.unmet)
    changed = with_concerns(entries, concerns, ev.rests_on)
    extra = list(monitoring_of(ev, history, read, raised.unmet))
    findings = (
        *findings_of_decisions(history, proposals),
        *findings_of_resumes(proposals),
        *findings_of_levels_after_recovery(history, read),
        *(each for each in findings_of_what_is_missing(history, raised) if each.events not in unread),
        *findings_of_what_is_not_graded(history),
        *not_read,
    )
    return Proposed([*changed, *extra], proposals, findings, tuple(findings_to_come(raised)))

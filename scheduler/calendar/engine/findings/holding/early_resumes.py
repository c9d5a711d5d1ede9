"""Dosing that went on before a dose rule's conditions for it were met: too few days, or no recovery. Facts win: it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import EarlyResume, Proposal
from scheduler.findings import Finding, Severity
from scheduler.said import SEMICOLONS, Code, Quoted, Said, counted, listed, said


def findings_of_resumes(proposals: Iterable[Proposal]) -> Iterator[Finding]:
    """What somebody has to look at while it can still be held again; afterwards it is only noted."""
    for proposal, early in _early(proposals):
        message = said(
            "{day}: {early} [{entry}]",
            day=Code(f"{early.day}"),
            early=in_words(proposal, early),
            entry=Code(proposal.id),
        )
        hint = said("look at the patient: hold again, or record that it has recovered")
        severity = Severity.NOTE if early.mended else Severity.WARNING
        yield Finding.of("resumed-early", severity, message, None if early.mended else hint, None, None, early.events)


def early_resumes(calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each rule that a resume did not wait for."""
    for proposal, early in _early(calendar.proposals):
        yield Deviation(
            Deviated.RESUMED_EARLY,
            proposal.treatment,
            None,
            early.day,
            -early.days_short or None,
            in_words(proposal, early),
            proposal.clause,
            early.events,
        )


def in_words(proposal: Proposal, early: EarlyResume) -> Said:
    """regorafenib was resumed too early: by 3 days; hand-foot syndrome is grade 2, a resume asks for grade 0-1."""
    too_soon = [counted("by {n} day", "by {n} days", early.days_short)] if early.days_short else []
    missing = (Quoted(words, "en") for words in early.not_yet)
    return said(
        "{treatment} was resumed too early: {short_of}",
        treatment=Code(proposal.treatment),
        short_of=listed(*too_soon, *missing, how=SEMICOLONS),
    )


def _early(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, EarlyResume]]:
    for proposal in proposals:
        if proposal.early_resume is not None:
            yield proposal, proposal.early_resume

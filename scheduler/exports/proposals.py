"""Proposals as JSON keys: the rule, its source, what it rests on, the options, and where it stands."""

from __future__ import annotations

from typing import Any

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import EarlyResume, Proposal
from scheduler.patient.dose_rules.options import Option


def proposals_in_keys(calendar: Calendar) -> list[Any]:
    """All proposals whose day has come, decided ones included, in the order of their days."""
    return [proposal_in_keys(proposal) for proposal in calendar.proposals]


def proposal_in_keys(proposal: Proposal) -> dict[str, Any]:
    """One proposal."""
    budget = proposal.budget
    return {
        "id": proposal.id,
        "treatment": proposal.treatment,
        "rule": proposal.rule,
        "title": proposal.title,
        "source": f"protocol line {proposal.clause.line}: {proposal.clause.text}",
        "events": list(proposal.events),
        "raised": proposal.raised.isoformat(),
        "state": proposal.state.value,
        "leads": proposal.leads,
        "options": [option_in_keys(option) for option in proposal.options],
        "decided_by": list(proposal.decided_by),
        "chosen": proposal.chosen,
        "deadline": proposal.deadline.isoformat() if proposal.deadline is not None else None,
        "hold_at_most": str(budget.most) if budget is not None else None,
        "held_since": budget.since.isoformat() if budget is not None and budget.since is not None else None,
        "assumed": list(proposal.assumed),
        "earliest_resume": proposal.earliest_resume.isoformat() if proposal.earliest_resume is not None else None,
        "resume_waits_for": list(proposal.resume_waits_for),
        "early_resume": _early_resume(proposal.early_resume),
    }


def _early_resume(early: EarlyResume | None) -> dict[str, Any] | None:
    if early is None:
        return None
    return {
        "day": early.day.isoformat(),
        "days_short": early.days_short,
        "not_yet": list(early.not_yet),
        "events": list(early.events),
        "mended": early.mended,
    }


def option_in_keys(option: Option) -> dict[str, Any]:
    """One action that may be chosen."""
    return {
        "number": option.number,
        "action": option.words,
        "of_protocol": option.of_protocol,
        "dose": option.dose,
        "instead_of": option.instead_of.words if option.instead_of is not None else None,
    }

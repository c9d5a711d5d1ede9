"""Proposals of the dose rules for those who decide: what is open, what a hold waits for, and what each option would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.entries.proposal import Proposal
from scheduler.calendar.telling.clocks_in_words import baseline_in_words, clock_in_words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.log import Log
from scheduler.views.table import Table

OPTIONS = ("option", "action", "dose", "date", "what it would change")


def needs_attention(proposal: Proposal) -> bool:
    """True while somebody has to decide, and while a hold that it led to waits for something."""
    return proposal.is_open or proposal.earliest_resume is not None or bool(proposal.resume_waits_for)


def table_of_proposal(proposal: Proposal, log: Log) -> Table:
    """One proposal, line by line: what was found, what the protocol has for it, how it stands, and by when."""
    budget = proposal.budget
    last = budget.last if budget is not None else proposal.deadline
    lines: list[tuple[str, str | date | None]] = [
        ("proposal", proposal.id),
        ("for", proposal.treatment),
        ("since", proposal.raised),
        ("found", _found(proposal, log)),
        ("the protocol", proposal.options[0].words),
        ("source", f"line {proposal.clause.line}: {proposal.clause.text}"),
        *(("counted", str(words)) for words in (clock_in_words(proposal.clock) if proposal.clock is not None else ())),
        *(("counted", str(baseline_in_words(each))) for each in proposal.baselines),
        *(("not known", words) for words in proposal.assumed),
        ("stands", proposal.stands),
        ("chosen", proposal.chosen),
        ("a hold may last", str(budget.most) if budget is not None and budget.since is None else None),
        ("earliest resume", proposal.earliest_resume),
        *(("waits for", words) for words in proposal.resume_waits_for),
        (
            "resume in time" if budget is not None else "next dose in time",
            f"up to {last}" if last is not None else None,
        ),
    ]
    rows = tuple(line for line in lines if line[1] is not None)
    return Table(f"Decision: {proposal.title}", ("about", "what is known"), rows)


def table_of_options(
    proposal: Proposal, changes: Iterable[tuple[Option, Iterable[Change]]], until: date | None = None
) -> Table:
    """What each option of a proposal would do to the coming dates, difference by difference, up to a day."""
    rows: list[tuple[str | int | date | None, ...]] = []
    for option, found in changes:
        lead: tuple[str | int | None, ...] = (option.number, option.words, option.dose)
        for change in found:
            rows.append((*lead, change.on, str(change.sentence)))
            lead = (None, None, None)
        if lead[0] is not None:
            rows.append((*lead, None, "nothing"))
    up_to = f", up to {until}" if until is not None else ""
    return Table(f"What each option of {proposal.id} would do{up_to}", OPTIONS, tuple(rows))


def _found(proposal: Proposal, log: Log) -> str:
    record = log.record(proposal.trigger)
    if record is None:
        return f"event {proposal.trigger}"
    return f"event {proposal.trigger}: {what_happened(record.event, (each.event for each in log.records))}"

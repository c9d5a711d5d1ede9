"""Proposals of the dose rules for those who decide: what is open, what a hold waits for, and what each option would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.entries.proposal import Proposal
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.calendar.telling.clocks_in_words import baseline_in_words, clock_in_words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.log import Log
from scheduler.said import Code, Quoted, Said, Sayable, Value, own_words, said, said_as, text_of, told_as
from scheduler.views.table import Cell, Table

OPTIONS = ("option", "action", "dose", "date", "what it would change")


def needs_attention(proposal: Proposal) -> bool:
    """True while somebody has to decide, and while a hold that it led to waits for something."""
    return proposal.is_open or proposal.earliest_resume is not None or bool(proposal.resume_waits_for)


def table_of_proposal(proposal: Proposal, log: Log) -> Table:
    """One proposal, line by line: what was found, what the protocol has for it, how it stands, and by when."""
    budget = proposal.budget
    last = budget.last if budget is not None else proposal.deadline
    clause, counted = proposal.clause, said_as("about a decision", "counted")
    in_time = said_as("about a decision", "next dose in time")
    if budget is not None:
        in_time = said_as("about a decision", "resume in time")
    lines: list[tuple[Said, Cell]] = [
        (said_as("about a decision", "proposal"), proposal.id),
        (said_as("about a decision", "for"), proposal.treatment),
        (said_as("about a decision", "since"), proposal.raised),
        (said_as("about a decision", "found"), text_of(_found(proposal, log))),
        (said_as("about a decision", "the protocol"), proposal.options[0].words),
        (
            said_as("about a decision", "source"),
            text_of(said("line {line}: {clause}", line=clause.line, clause=Quoted(clause.text, "en"))),
        ),
        *(
            (counted, text_of(words))
            for words in (clock_in_words(proposal.clock) if proposal.clock is not None else ())
        ),
        *((counted, text_of(baseline_in_words(each))) for each in proposal.baselines),
        *((said_as("about a decision", "not known"), words) for words in proposal.assumed),
        (said_as("about a decision", "stands"), told_as(proposal.stands, _stands(proposal))),
        (said_as("about a decision", "chosen"), proposal.chosen),
        (
            said_as("about a decision", "a hold may last"),
            text_of(span_in_words(budget.most)) if budget is not None and budget.since is None else None,
        ),
        (said_as("about a decision", "earliest resume"), proposal.earliest_resume),
        *((said_as("about a decision", "waits for"), words) for words in proposal.resume_waits_for),
        (in_time, text_of(said("up to {day}", day=Code(f"{last}"))) if last is not None else None),
    ]
    rows = tuple((text_of(about), known) for about, known in lines if known is not None)
    title = said("Decision: {title}", title=own_words(proposal.title))
    return Table(text_of(title), ("about", "what is known"), rows)


def _stands(proposal: Proposal) -> Value | Sayable:
    return proposal.closed if proposal.closed is not None else Said(proposal.state.value, (), None, "status")


def table_of_options(
    proposal: Proposal, changes: Iterable[tuple[Option, Iterable[Change]]], until: date | None = None
) -> Table:
    """What each option of a proposal would do to the coming dates, difference by difference, up to a day."""
    rows: list[tuple[str | int | date | None, ...]] = []
    for option, found in changes:
        lead: tuple[str | int | None, ...] = (option.number, option.words, option.dose)
        for change in found:
            rows.append((*lead, change.on, text_of(change.sentence)))
            lead = (None, None, None)
        if lead[0] is not None:
            rows.append((*lead, None, text_of(said_as("what would change", "nothing"))))
    title = said("What each option of {proposal} would do", proposal=Code(proposal.id))
    if until is not None:
        title = said("{title}, up to {day}", title=title, day=Code(f"{until}"))
    return Table(text_of(title), OPTIONS, tuple(rows))


def _found(proposal: Proposal, log: Log) -> Value:
    record, number = log.record(proposal.trigger), proposal.trigger
    if record is None:
        return said("event {number}", number=number)
    happened = what_happened(record.event, (each.event for each in log.records))
    return said("event {number}: {message}", number=number, message=happened)

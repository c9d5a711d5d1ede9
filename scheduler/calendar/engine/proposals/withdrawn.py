"""Decisions that have to be looked at: against the protocol, on what no longer stands, or without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.so_far.decided import Choice, level_from, rule_of
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import has_level, ladder_of, options_of
from scheduler.patient.log import Fact
from scheduler.said import Code, Quoted, Said, said


def withdrawn_proposals(history: History, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Proposals that somebody decided on and that no longer stand: their event was struck or corrected, or others were."""
    standing = {proposal.id for proposal in proposals}
    for fact, decided, choice in history.decisions:
        named = rule_of(history.plan, history.course, decided.proposal) if decided.proposal not in standing else None
        if named is None:
            continue
        rule, trigger = named
        if _had_ended(history, choice, fact):
            continue
        yield Proposal(
            id=decided.proposal,
            treatment=rule.treatment,
            rule=rule.id,
            title=rule.title,
            clause=rule.clause,
            trigger=trigger,
            events=(trigger,),
            raised=decided.on,
            options=options_of(history.plan, rule, level_from(history.plan, history.course, rule, trigger, fact)),
            state=State.WITHDRAWN,
            decided_by=fact.numbers,
            chosen=choice.action.words if choice is not None else decided.action,
        )


def _had_ended(history: History, choice: Choice | None, fact: Fact) -> bool:
    """True of a decision about several treatments for the one that was discontinued before: nothing of it stands or falls."""
    if choice is None or not choice.rule.decided_with:
        return False
    holds = history.course.holds.get(choice.rule.treatment, ())
    return any(hold.discontinued and hold.opened is not fact and hold.start <= fact.day for hold in holds)


def findings_of_decisions(history: History, proposals: Iterable[Proposal]) -> Iterator[Finding]:
    """What a person has to look at about decisions."""
    for proposal in proposals:
        if proposal.state is State.OTHERWISE:
            lead = proposal.options[0].words
            message = said(
                "{treatment}: decided otherwise than the protocol, which says: {lead}",
                treatment=Code(proposal.treatment),
                lead=Quoted(lead, "en"),
            )
            yield _warn("decided-otherwise", message, said("say why in the record"), proposal.decided_by, proposal.id)
        elif proposal.state is State.WITHDRAWN:
            message = said(
                "{treatment}: what was decided rests on a proposal that no longer stands",
                treatment=Code(proposal.treatment),
            )
            hint = said("look at it: resume, change the dose, or strike the decision")
            numbers = tuple(sorted({*proposal.decided_by, proposal.trigger}))
            yield _warn("decision-without-proposal", message, hint, numbers, proposal.id)
    for fact, decided, choice in history.decisions:
        if choice is None and rule_of(history.plan, history.course, decided.proposal) is None:
            message = said("this decision is about a rule that the protocol does not have, and has no effect")
            yield _warn(
                "decision-without-rule", message, said("record the order itself"), fact.numbers, decided.proposal
            )
        elif choice is not None and _is_impossible(history, choice, fact):
            message = said("this decision reduces the dose, and the ladder has no lower level: the dose stays")
            yield _warn(
                "no-level-left", message, said("decide again: hold or discontinue"), fact.numbers, decided.proposal
            )
        elif choice is not None and _is_as_high_as_before(history, choice, fact):
            message = said(
                "the recovery took too long for the same level, and the ladder has no lower one: the dose stays"
            )
            yield _warn("no-level-left", message, said("hold again or discontinue"), fact.numbers, decided.proposal)


def _is_impossible(history: History, choice: Choice, fact: Fact) -> bool:
    level = level_from(history.plan, history.course, choice.rule, choice.trigger, fact)
    return not has_level(ladder_of(history.plan, choice.rule), level, choice.action)


def _is_as_high_as_before(history: History, choice: Choice, fact: Fact) -> bool:
    """True where dosing went on at the same level after a recovery that took too long for it."""
    trigger = history.fact(choice.trigger)
    if choice.action.recovered_within is None or trigger is None:
        return False
    start = level_from(history.plan, history.course, choice.rule, choice.trigger, fact)
    ladder = ladder_of(history.plan, choice.rule)
    changes = history.course.levels.get(choice.rule.treatment, ())
    resumed = (change.day for change in changes if change.fact is fact and change.others)
    took = (recovery_of(history.plan, history.course, choice.rule, choice.action, trigger, day).down for day in resumed)
    wanted = [down for down in took if down is not None and down > choice.action.levels_down]
    return any(ladder is None or ladder.amount(start - down) is None for down in wanted)


def _warn(code: str, message: Said, hint: Said, numbers: tuple[int, ...], proposal: str) -> Finding:
    return Finding.of(
        code,
        Severity.WARNING,
        said("{message} [{proposal}]", message=message, proposal=Code(proposal)),
        hint,
        None,
        None,
        numbers,
    )

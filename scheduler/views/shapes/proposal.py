"""Proposals as other programs are told them: the rule, its source, what it rests on, the options, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.entries import proposal
from scheduler.calendar.entries.proposal import State
from scheduler.patient.dose_rules.so_far import options
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class Option(Shape):
    """One action that may be chosen about a proposal."""

    number: int
    """Its number among the options; the first is the protocol's own."""
    action: str
    """The action in words, as a decision may name it."""
    of_protocol: bool
    """The protocol's rule itself names it."""
    dose: str | None
    """The dose that it leads to."""
    instead_of: str | None
    """The protocol's action that is not possible, because there is no such level."""


@dataclass(frozen=True, kw_only=True)
class EarlyResume(Shape):
    """Dosing that went on before the rule's conditions were met."""

    day: CivilDate
    """When it went on."""
    days_short: int
    """How many days too soon."""
    not_yet: tuple[str, ...]
    """What was missing."""
    events: tuple[int, ...]
    """The events that say so."""
    mended: bool
    """What was missing has come since."""


@dataclass(frozen=True, kw_only=True)
class Closing(Shape):
    """What ended all treatment before anybody decided."""

    what: str
    """An end of treatment, a withdrawal or a death."""
    day: CivilDate
    """Its day."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class Proposal(Shape):
    """What a dose rule of the protocol proposes. A person decides; nothing changes by itself."""

    id: str
    """The rule and the number of the event that called for it."""
    treatment: str
    """The treatment that it is about."""
    rule: str
    """The rule's name in the protocol."""
    title: str
    """What it is about, in words."""
    source: str
    """The protocol's line."""
    events: tuple[int, ...]
    """The events that it rests on."""
    raised: CivilDate
    """From when it holds."""
    state: State
    """Whether somebody has decided."""
    leads: bool
    """It is the strictest that is open for the treatment."""
    options: tuple[Option, ...]
    """What may be chosen."""
    decided_by: tuple[int, ...]
    """The events that decided."""
    chosen: str | None
    """What they chose."""
    deadline: CivilDate | None
    """By when it has to be decided."""
    hold_at_most: str | None
    """How long a hold may last."""
    held_since: CivilDate | None
    """Since when it is held."""
    assumed: tuple[str, ...]
    """What nobody recorded, and how that was read."""
    earliest_resume: CivilDate | None
    """The first day on which a resume is late enough."""
    resume_waits_for: tuple[str, ...]
    """What has to recover before."""
    early_resume: EarlyResume | None
    """Where dosing went on too soon."""
    closed: Closing | None
    """What ended all treatment before anybody decided, so that nobody decided."""


def tell_option(option: options.Option) -> Option:
    """One action that may be chosen."""
    instead_of = option.instead_of.words if option.instead_of is not None else None
    return Option.taken_from(option, action=option.words, instead_of=instead_of)


def tell_proposal(found: proposal.Proposal) -> Proposal:
    """One proposal."""
    budget, early = found.budget, found.early_resume
    return Proposal.taken_from(
        found,
        source=f"protocol line {found.clause.line}: {found.clause.text}",
        options=tuple(tell_option(each) for each in found.options),
        hold_at_most=str(budget.most) if budget is not None else None,
        held_since=budget.since if budget is not None else None,
        early_resume=EarlyResume.taken_from(early) if early is not None else None,
        closed=Closing.taken_from(found.closed) if found.closed is not None else None,
    )

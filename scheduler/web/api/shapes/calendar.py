"""What is asked of one calendar: what would change, what is proposed, and why an entry stands where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.views.shapes.change import Change
from scheduler.views.shapes.finding import Finding
from scheduler.views.shapes.proposal import Option, Proposal
from scheduler.views.shapes.question import Question
from scheduler.views.shapes.shape import Shape


@dataclass(frozen=True, kw_only=True)
class Preview(Shape):
    """What would change, before anything is recorded."""

    events: int
    """How many events the log has: what ``seen`` says when it is recorded."""
    changes: tuple[Change, ...]
    """Every difference between the calendar as it is and as it would be."""
    raised: tuple[str, ...]
    """The proposals that it would call for."""
    signs: tuple[str, ...]
    """What the password would sign; empty where none is needed."""
    findings: tuple[Finding, ...]
    """Why it cannot be recorded; then no changes are told."""
    questions: tuple[Question, ...]
    """What is asked first, refused or said; the changes are told as if what is asked had its reason."""
    digest: str
    """What tells this list from another: send it as ``confirm`` with the reasons."""


@dataclass(frozen=True, kw_only=True)
class Consequence(Option):
    """One option of an open proposal, with what it would change if it were chosen today."""

    changes: tuple[Change, ...]
    """Every difference."""


@dataclass(frozen=True, kw_only=True)
class OpenProposal(Proposal):
    """A proposal with what each of its options would change."""

    options: tuple[Consequence, ...]
    """What may be chosen, and what that would change."""
    because: tuple[str, ...]
    """The events that it rests on, in words."""


@dataclass(frozen=True, kw_only=True)
class Proposals(Shape):
    """All proposals of one patient that stand today: the open ones first."""

    proposals: tuple[OpenProposal, ...]
    """The proposals."""


@dataclass(frozen=True, kw_only=True)
class Sentence(Shape):
    """One sentence of an explanation and where it comes from."""

    sentence: str
    """The sentence."""
    source: str | None
    """The protocol's line, an event, the site, or another entry."""


@dataclass(frozen=True, kw_only=True)
class Explanation(Shape):
    """Why an entry stands where it stands."""

    entry: str
    """The entry's id."""
    title: str
    """The entry in words."""
    lines: tuple[Sentence, ...]
    """What set it."""
    looked_at: tuple[Sentence, ...]
    """What could have set it and did not."""
    explain_next: tuple[str, ...]
    """The entries that it counts from."""

"""What is asked before something is recorded, as other programs are told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler import asking
from scheduler.asking import Strength
from scheduler.views.shapes.shape import Shape, Told


@dataclass(frozen=True, kw_only=True)
class Question(Shape):
    """One thing that is asked before an event is recorded, or refused, or only said."""

    strength: Strength
    """``refused``: no reason lets it stand. ``asked``: it stands with a reason. ``said``: it is taken, and this is how."""
    code: str
    """Stable, for programs."""
    what: str | Told
    """One plain sentence."""
    protocol: str | None
    """What the protocol says about it, with its line."""
    hint: str | Told | None
    """The right way to say it."""
    path: str
    """Which event, counted from 0, and which of its fields: ``0.term``."""
    answer: str | None
    """The field of the event that takes the reason; null where no reason helps."""
    reason: str | None
    """The reason that the event gives there."""
    open: bool
    """It keeps the event from being recorded."""
    events: tuple[int, ...]
    """The numbers of earlier events of the log that it is about."""


def tell_questions(questions: Iterable[asking.Question]) -> tuple[Question, ...]:
    """Each with what the protocol says and the right way; all of them, whether they are answered or not."""
    return tuple(Question.taken_from(each, open=each.is_open) for each in questions)

"""What a version amends, and what it leaves open."""

from __future__ import annotations

from typing import Literal

from scheduler.protocol.text.named import Line
from scheduler.written import Written


class AssumptionText(Written):
    """What the sources leave open, and how this study reads it."""

    question: Line
    """What the sources leave open."""
    reading: Line
    """How this study reads it."""
    alternatives: Line
    """What else it could mean."""
    because: Line
    """Why it is read so."""


class AmendmentText(Written):
    """What this version says about the one that it amends."""

    of: Line
    """The version that it amends, in quotes: "1.0"."""
    patients: Literal["must move", "may move", "stay"]
    """What happens to patients who are under way."""
    consent: Literal["again", "not needed"]
    """Whether a patient has to consent again before moving."""

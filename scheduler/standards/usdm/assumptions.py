"""What the file leaves open, numbered, as a protocol lists it."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.standards.usdm.objects import one_line

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Assumption:
    """A question, how it is read until somebody answers it, what else it could mean, and why."""

    question: str
    reading: str
    alternatives: str
    because: str


@dataclass(slots=True)
class Assumptions:
    """Each question once."""

    asked: dict[Assumption, str] = field(default_factory=dict)

    def ask(self, question: str, reading: str, alternatives: str, because: str) -> str:
        """The name to cite it by, such as U1."""
        texts = [shortened(text) for text in (question, reading, alternatives, because)]
        return self.asked.setdefault(Assumption(*texts), f"U{len(self.asked) + 1}")


def shortened(text: str) -> str:
    """A text of one line that a protocol takes; what is longer ends with dots, and the report has its place in the file."""
    line = one_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 3] + "..."

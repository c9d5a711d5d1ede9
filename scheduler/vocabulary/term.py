"""A term of CTCAE, and a version of CTCAE as its module has it."""

from __future__ import annotations

from dataclasses import dataclass

OTHER_SPECIFY = " - Other, specify"


@dataclass(frozen=True, slots=True)
class Term:
    """One adverse event as a version of CTCAE names it. ``grades`` are those that exist, some have gaps; grade 5 is death."""

    name: str
    grades: tuple[int, ...]
    organ_class: str = ""

    @property
    def is_other(self) -> bool:
        """True for what stands for everything of its class that CTCAE does not name."""
        return self.name.endswith(OTHER_SPECIFY)


def read_terms(text: str) -> dict[str, Term]:
    """The terms by name, in the order of the text: lines of classes, then of grades with their terms."""
    found: dict[str, Term] = {}
    organ_class = ""
    grades: tuple[int, ...] = ()
    for line in text.splitlines():
        terms = line
        if not line.startswith(" "):
            digits, colon, terms = line.partition(": ")
            if not (colon and digits.isdigit()):
                organ_class = line
                continue
            grades = tuple(int(digit) for digit in digits)
        for name in terms.split(";"):
            if name.strip():
                found[name.strip()] = Term(name.strip(), grades, organ_class)
    return found

"""A term of CTCAE: its name, the grades that it has, what else people call it, and what it is in a few words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One adverse event as CTCAE v5.0 names it. ``grades`` are those that exist; grade 5 is death."""

    name: str
    grades: tuple[int, ...]
    synonyms: tuple[str, ...] = ()
    meaning: str = ""


def read_terms(text: str) -> dict[str, Term]:
    """Terms from lines such as "Myocarditis | 2-5 | synonym, synonym | what it is"; the last two may be left out."""
    found = {}
    for line in text.strip().splitlines():
        name, grades, *more = (part.strip() for part in line.split("|"))
        first, last = grades.split("-")
        synonyms = tuple(each.strip() for each in more[0].split(",") if each.strip()) if more else ()
        meaning = more[1] if len(more) > 1 else ""
        found[name] = Term(name, tuple(range(int(first), int(last) + 1)), synonyms, meaning)
    return found

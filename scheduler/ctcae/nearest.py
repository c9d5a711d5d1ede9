"""Which terms of CTCAE a misspelt word is near to."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from scheduler.ctcae.terms import TERMS

_NEAR = 80.0
"""From 0 to 100, how alike two words are: "Pneumonitiss" is 96 to Pneumonitis, "Fatigue" 55 to the nearest other term."""

_SPELLINGS = {spelling.casefold(): term.name for term in TERMS.values() for spelling in (*term.synonyms, term.name)}


def nearest_terms(text: str, most: int = 3) -> tuple[str, ...]:
    """The terms that a word may have been meant for, the nearest first: "Pneumonitis", or with the other name that is near."""
    found: dict[str, str] = {}
    wanted = " ".join(text.split()).casefold()
    for spelling, _, _ in process.extract(wanted, _SPELLINGS.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=12):
        name = _SPELLINGS[spelling]
        found.setdefault(name, name if spelling == name.casefold() else f"{name} ({spelling})")
    return tuple(found.values())[:most]

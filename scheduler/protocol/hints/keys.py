"""Keys that people write by habit, and a list or a table where this language wants another shape: what to write there."""

from __future__ import annotations

import re

from scheduler.findings import Finding
from scheduler.protocol.sentences.dosing.levels import read_ladder
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.place import read_activity_place
from scheduler.protocol.sentences.times.timing import read_timing
from scheduler.protocol.text.mending import mended

_DATES = (
    "put it under 'dates', with where it comes from until it is recorded, such as {key}: {{when: 7 days after consent}}"
)
_TOP = (
    (
        r"(?:dose|treatment)[ -](?:modification|adjustment|reduction|change)s?|toxicit(?:y|ies)",
        "write it under 'rules'",
    ),
    (
        r"randomi[sz]ation|enrol(?:l)?ment|consent|screening|surgery|progression|death|end of (?:treatment|study)",
        _DATES,
    ),
    (r"drugs?|medicines?|medications?|study treatments?", "write it as 'treatments'"),
    (r"assessments?|procedures?|tests?|schedule of (?:activities|assessments)", "write it as 'activities'"),
    (r"schedule|visit schedule|follow[- ]up", "write it under 'visits'"),
)
_OF_TREATMENT = (
    (r"(?:dose|treatment)[ -](?:reduction|modification|adjustment|level)s?", "write 'levels' for the amounts, 'rules' for when"),
    (r"max(?:imum|\.)? (?:cumulative|total|lifetime) dose|cumulative dose", "write it as 'at most in total', such as: 550 mg/m2"),
    (r"max(?:imum|\.)?(?: single)?(?: dose)?|cap", "write it as 'at most', such as: 2 mg a dose"),
    (r"postpone|delay|max(?:imum|\.)? delay", "write it as 'delay at most', such as: 2 weeks"),
    (r"hold|interruption|max(?:imum|\.)? hold", "its reasons are rows under 'rules'; the longest is 'hold at most': 28 days"),
    (r"dose|dosage|dosing", "write it as 'give'"),
    (r"schedule|frequency|timing|interval", "write it as 'when'"),
    (r"start(?:s|ing)?|begin(?:s|ning)?", "write it under 'when', such as: {{1: on first dose, 2: 21 days after dose 1}}"),
    (r"miss(?:ed|ing) doses?|omitted doses?", "write 'not done', and what becomes of one: lost, or: moves to the next open day"),
    (r"duration|stop|end", "write it as 'until'"),
    (r"units?|pack|product|strengths?", "write it under 'products', by the name of the treatment or drug"),
    (r"drugs?", "name each under 'give', such as: {{drug-a: 200 mg intravenously}}"),
    (r"pre-?medication", "write it as a treatment of its own, with kind: supportive medicine"),
)  # fmt: skip


def hint_for_key(finding: Finding, typed: str, known: frozenset[str]) -> str | None:
    """The hint for a key that is known by another name, or for text where a table or a list goes; None for any other finding.

    ``known`` are the names that an activity may stand at.
    """
    path = finding.path or ()
    if finding.code == "unknown-key" and path:
        habits = _TOP if len(path) == 1 else _OF_TREATMENT if path[0] in ("treatments", "cycles") else ()
        return next((hint.format(key=path[-1]) for key, hint in habits if _is(key, str(path[-1]))), None)
    if finding.code == "wrong-form" and path and (name := _one_word(str(path[-1]))) is not None:
        return f"{finding.hint}; write: {name}"
    if not typed:
        return None
    if path[:1] == ("dates",) and len(path) == 2 and "'recorded'" in finding.message:
        found = mended(read_timing, typed, Habits.TIMINGS, ("drug",))
        return f"write: {', or: '.join(f'{{when: {_quoted(each)}}}' for each in found)}" if found else None
    if finding.code == "not-a-list":
        return _as_list(typed, known if path[:1] == ("activities",) else None)
    return None


def levels_in_one(values: list[str]) -> str | None:
    """Levels that were listed, as one sentence."""
    found = mended(read_ladder, ", ".join(values), Habits.LEVELS, ("drug",))
    return f"write: {', or: '.join(found)}" if found else None


def _one_word(name: str) -> str | None:
    """A name of several words as one: "visit 2" is visit-2; None for one that is one word already."""
    word = re.sub(r"[^\w-]+", "-", name.strip()).strip("-")
    return word if word != name and re.fullmatch(r"[A-Za-z][\w-]{0,39}", word) else None


def _is(key: str, typed: str) -> bool:
    return re.fullmatch(key, typed.strip(), re.IGNORECASE) is not None


def _as_list(typed: str, known: frozenset[str] | None) -> str | None:
    items = [item.strip() for item in re.split(r"\s*,\s*(?:and\s+)?(?!\s*[0-9])", typed)]
    if known is not None:
        each = [mended(read_activity_place, item, Habits.PLACES, ("drug",)) for item in items]
        if not all(each) or not all(_is_known(found[0], known) for found in each):
            return None
        items = [found[0] for found in each]
    return f"write: [{', '.join(_quoted(item) for item in items)}]"


def _is_known(place: str, known: frozenset[str]) -> bool:
    timeline = read_activity_place(place).timeline
    return timeline is None or timeline in known or timeline == "drug"


def _quoted(sentence: str) -> str:
    return f'"{sentence}"' if "," in sentence else sentence

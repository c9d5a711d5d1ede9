"""What people write in one sentence and this language in several: a table by number, a list, or a key beside it.

at weeks 2, 4 and 8 after randomisation      {1: 2 weeks after randomisation, 2: 4 weeks after randomisation, ...}
26 doses or 12 months                        [26 doses, 12 months after first dose]
1.4 mg/m2 intravenously, max 2 mg            1.4 mg/m2 intravenously, and beside 'give': at most: 2 mg a dose
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

BESIDE = ", and beside 'give': "
"""Between a sentence and the key that says the rest of it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences that stand for one, each still as it was typed; how they are put together, and how each begins or not."""

    sentences: tuple[str, ...]
    together: Callable[[tuple[str, ...]], str]
    begins: str = ""
    without: str | None = None

    def fits(self, sentence: str) -> bool:
        """True for a reading of one of the sentences that can stand there."""
        return sentence.startswith(self.begins) and (self.without is None or not sentence.startswith(self.without))


_NUMBERS = r"[0-9]+(?:\s*,\s*(?:and\s+)?[0-9]+|\s+(?:and|&)\s+[0-9]+)+"
_WINDOW = r"(?:\s*\(?\s*(?:±|\+/-|\+-)\s*[0-9]+(?:\s+days?|\s+weeks?)?\s*\)?)?"
_FROM = r"(?:after|from|since|following|post)"
_CITED = r"(?P<cited>\s*\([^()]*\))?\s*$"
_WEEKS_OF = re.compile(
    rf"^\s*(?:at\s+|on\s+|in\s+)?(?P<unit>week|month)s?\s+(?P<numbers>{_NUMBERS})(?P<window>{_WINDOW})"
    rf"(?:\s+(?P<way>{_FROM})\s+(?P<anchor>[^,()]+?))?(?P<after>{_WINDOW}){_CITED}",
    re.IGNORECASE,
)
_NUMBERS_OF = re.compile(
    rf"^\s*(?:at\s+|on\s+)?(?P<numbers>{_NUMBERS})\s+(?P<unit>day|week|month|year)s?(?P<window>{_WINDOW})"
    rf"\s+(?P<way>{_FROM}|before|prior\s+to)\s+(?P<anchor>[^,()]+?)(?P<after>{_WINDOW}){_CITED}",
    re.IGNORECASE,
)
_THEN = re.compile(r"^(?P<first>\s*every\s.+?)\s*,?\s*(?:and\s+)?\bthen\s+(?P<then>every\s.+)$", re.IGNORECASE)
_EVERY = re.compile(rf"^(every\s+(?:[0-9]+\s+)?\w+{_WINDOW})", re.IGNORECASE)
_STARTING = re.compile(
    r"^(?P<then>\s*every\s.+?)\s*,?\s*\b(?:starting|beginning|start)\s+(?:at\s+|from\s+)?(?P<first>(?:on\s+)?[^,()]+)$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r",?\s+for\s+(?:the\s+first\s+|up\s+to\s+)?(?P<long>[0-9]+\s+(?:days?|weeks?|months?|years?))\s*$", re.IGNORECASE
)
_OR = re.compile(r"\s*,?\s+or\s+|\s*,\s*", re.IGNORECASE)
_FIRST_TO_COME = re.compile(
    r",?\s*\(?\b(?:whichever|what(?:ever)?)\s+(?:comes|occurs|happens|is)\s+(?:first|earlier|sooner)\)?", re.IGNORECASE
)
_TOXICITY = re.compile(r"^(?:unacceptable\s+|intolerable\s+)?toxicity$", re.IGNORECASE)
_CAP = re.compile(
    r"""\s*[,(;]?\s*\b(?:with\s+)?(?:an?\s+)?(?:absolute\s+)?
    (?:max(?:imum|\.)?(?:\s+dose)?(?:\s+of)?|capped\s+at|cap(?:\s+of)?|up\s+to|at\s+most|no(?:t)?\s+more\s+than|not\s+to\s+exceed|not\s+exceeding)
    \s*:?\s*(?P<most>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>mcg|mg|g|mL|IU|U|MU|mmol|kBq|MBq|GBq)(?![\w/])
    (?:\s*(?:/\s*|(?:per|a|each)\s+)dose)?\s*\)?""",
    re.IGNORECASE | re.VERBOSE,
)
_APART = re.compile(
    r"\b(?:every\s+(?P<many>[0-9]+)\s+(?P<unit>days|weeks)|q\s*(?P<n>[0-9]+)\s*(?P<u>[dw])(?:k|ks)?\b|(?:(?:once\s+)?weekly|every\s+week)\b)",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"""\b(?:down-?titrate|step\s+down|(?:reduce|decrease|lower)(?:\s+(?:the\s+)?dose)?)\s+
    (?:by\s+(?P<part>[0-9.]+)\s*(?:%|percent)|to\s+(?P<amount>[0-9.]+\s*(?:%|(?:mcg|mg|g)\b(?:/m2|/kg)?)))""",
    re.IGNORECASE | re.VERBOSE,
)


def in_parts_of_timing(text: str) -> Parts | None:
    """A timing with several numbers, one row of a table for each; or a grid that widens, one piece after the other."""
    match = _WEEKS_OF.match(text) or _NUMBERS_OF.match(text)
    if match is not None:
        window = match["window"] or match["after"] or ""
        way, anchor = match["way"] or "after", match["anchor"] or "first dose"
        rows = (
            f"{number} {match['unit']}s{window} {way} {anchor}{match['cited'] or ''}"
            for number in re.findall(r"[0-9]+", match["numbers"])
        )
        return Parts(tuple(rows), by_number)
    starts = _STARTING.match(text)
    if starts is not None:
        from_its_first = _FOR.sub(r", until \g<long> after dose 1", starts["then"])
        return Parts((starts["first"], from_its_first), _first_then, without="every ")
    widens = _THEN.match(text)
    if widens is None:
        return None
    pieces = re.split(r"\s*,?\s*(?:and\s+)?\bthen\s+(?=every\s)", widens["then"], flags=re.IGNORECASE)
    after_that = (piece if "after that" in piece else _EVERY.sub(r"\1 after that", piece) for piece in pieces)
    return Parts((widens["first"].strip(), *after_that), listed, "every ")


def in_parts_of_limit(text: str) -> Parts | None:
    """Limits of which the first to come counts. What a person judges, such as toxicity, ends by a record and is no limit."""
    body, cited = _without_citation(_FIRST_TO_COME.sub("", text))
    limits = [each.strip() for each in _OR.split(body)]
    if len(limits) < 2 or not all(limits) or "so" in limits:
        return None
    kept = tuple(each for each in limits if _TOXICITY.match(each) is None)
    return Parts(tuple(f"{each}{cited}" for each in kept), listed if len(kept) > 1 else alone)


def in_parts_of_dose(text: str) -> Parts | None:
    """A dose with the highest amount behind it, or with the days or weeks between two: each stands under a key of its own."""
    cap, often = _CAP.search(text), _APART.search(text)
    if cap is None and often is None:
        return None
    aside = f"{BESIDE}at most: {cap['most']} {cap['unit']} a dose" if cap is not None else ""
    if often is not None:
        many = int(often["many"] or often["n"] or 1)
        unit = "day" if (often["unit"] or often["u"] or "w").lower().startswith("d") else "week"
        aside += f", and under 'when': {many} {unit}{'' if many == 1 else 's'} after the previous dose"
    rest = " ".join(_APART.sub(" ", _CAP.sub(" ", text)).split())
    return Parts((rest,), lambda found: f"{found[0]}{aside}")


def in_parts_of_row(text: str) -> Parts | None:
    """A step down by a part of the dose, or to an amount: the row says that there is one, the levels say how far."""
    match = _STEP.search(text)
    if match is None:
        return None
    levels = f"{match['part']} % lower" if match["part"] else match["amount"]
    row = f"{text[: match.start()]}reduce by 1 level{text[match.end() :]}"
    return Parts((row,), lambda found: f"{found[0]}, and under 'levels' of the treatment as the next amount: {levels}")


def by_number(sentences: tuple[str, ...]) -> str:
    """ "{1: ..., 2: ...}"."""
    return f"{{{', '.join(f'{n}: {each}' for n, each in enumerate(_quoted(sentences), 1))}}}"


def listed(sentences: tuple[str, ...]) -> str:
    """ "[..., ...]"."""
    return f"[{', '.join(_quoted(sentences))}]"


def _first_then(sentences: tuple[str, ...]) -> str:
    first, then = _quoted(sentences)
    return f"{{1: {first}, then: {then}}}"


def alone(sentences: tuple[str, ...]) -> str:
    """The only one that is left."""
    return sentences[0]


def _quoted(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(f'"{each}"' if "," in each else each for each in sentences)


def _without_citation(text: str) -> tuple[str, str]:
    match = re.search(r"\s*\([^()]*\)\s*$", text)
    return (text, "") if match is None else (text[: match.start()], f" {match[0].strip()}")

"""What people write in one sentence and this language in several: a table by number, a list, or a key beside it.

at weeks 2, 4 and 8 after randomisation      {1: 2 weeks after randomisation, 2: 4 weeks after randomisation, ...}
26 doses or 12 months                        [26 doses, 12 months after first dose]
1.4 mg/m2 intravenously, max 2 mg            1.4 mg/m2 intravenously, and beside 'give': at most: 2 mg a dose
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.sentences.habits.habit import Looks
from scheduler.protocol.sentences.habits.reworded.steps import APART, after_the_previous, steps_of_dose

BESIDE = ", and beside 'give': "
BESIDE_WHEN = ", and beside 'when': "
WHEN = "'when'"
UNDER_GIVE = ", and under 'give': "
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
_WEEKS_OF = Looks(
    rf"^\s*(?:at\s+|on\s+|in\s+)?(?P<unit>week|month)s?\s+(?P<numbers>{_NUMBERS})(?P<window>{_WINDOW})"
    rf"(?:\s+(?P<way>{_FROM})\s+(?P<anchor>[^,()]+?))?(?P<after>{_WINDOW}){_CITED}",
)
_NUMBERS_OF = Looks(
    rf"^\s*(?:at\s+|on\s+)?(?P<numbers>{_NUMBERS})\s+(?P<unit>day|week|month|year)s?(?P<window>{_WINDOW})"
    rf"\s+(?P<way>{_FROM}|before|prior\s+to)\s+(?P<anchor>[^,()]+?)(?P<after>{_WINDOW}){_CITED}",
)
_THEN = Looks(r"^(?P<first>\s*every\s.+?)\s*,?\s*(?:and\s+)?\bthen\s+(?P<then>every\s.+)$")
_EVERY = Looks(rf"^(every\s+(?:[0-9]+\s+)?\w+{_WINDOW})")
_STARTING = Looks(
    r"^(?P<then>\s*every\s.+?)\s*,?\s*\b(?:(?:starting|beginning|start)\s+(?:at\s+|from\s+)?|from\s+(?="
    r"(?:week|month)\s+[0-9]))"
    r"(?P<first>(?:on\s+)?[^,()]+?)(?P<until>\s*,?\s+until\s+[^,()]+)?$",
)
_FOR = Looks(r",?\s+for\s+(?:the\s+first\s+|up\s+to\s+)?(?P<long>[0-9]+\s+(?:days?|weeks?|months?|years?))\s*$")
_LASTS = Looks(
    r"\bfor\s+(?P<first>the\s+first\s+)?(?:(?:the\s+next|another|a\s+further)\s+)?(?P<many>[0-9]+)\s+(?P<unit>day|week|month|year)s?"
    r"(?P<anchor>\s+(?:after|from|since|following|of)\s+[^,()]+?)?(?=\s*(?:\(|$))",
)
_OR = Looks(r"\s*,?\s*\bor\s+|\s*,\s*")
_FIRST_TO_COME = Looks(
    r",?\s*\(?\b(?:whichever|what(?:ever)?)\s+(?:comes|occurs|happens|is)\s+(?:first|earlier|sooner)\)?"
)
_BY_A_PERSON = Looks(
    r"""^(?:until\s+)?(?:the\s+)?(?:(?:(?:occurrence\s+of\s+)?(?:an?\s+)?(?:un(?:acceptable|tolerable)|intolerable|excessive|limiting)\s+)?toxicit(?:y|ies)
    |(?:withdrawal|withdrawing|revocation|loss)\s+of\s+(?:informed\s+consent|consent|the\s+(?:patient|subject)|clinical\s+benefit)|consent\s+withdrawal
    |(?:patient|subject|participant)(?:'?s)?\s+(?:withdrawal|refusal|decision|request)|withdrawal|refusal
    |(?:investigator|physician|sponsor)(?:'?s)?\s+(?:decision|discretion|judgement)|decision\s+of\s+the\s+\w+
    |lost\s+to\s+follow-?up|loss\s+to\s+follow-?up|non-?compliance|pregnancy|inter-?current\s+illness|no\s+(?:longer|further)\s+(?:clinical\s+)?benefit)$""",
    spaced=True,
)
"""What a person judges or records as the end of treatment, and no date of its own."""
_INTERVAL = (
    r"(?:(?:every|each)\s+(?P<{0}many>[0-9]+\s+)?(?P<{0}unit>days?|weeks?|months?)|q\s*(?P<{0}n>[0-9]+)\s*(?P<{0}u>[dw])(?:k|ks)?"
    r"|(?P<{0}weekly>weekly)|(?P<{0}plain>[0-9]+)\s+(?P<{0}each>days?|weeks?)\s+after\s+the\s+previous\s+(?:dose|cycle))"
    rf"(?P<{{0}}window>{_WINDOW})"
)
_OTHER_INTERVAL = Looks(
    rf"^\s*{_INTERVAL.format('a')}\s*,?\s*(?:(?:for|x|×)\s*)(?:the\s+)?(?:first\s+)?(?P<doses>[2-9]|1[0-2])"
    rf"(?:\s+(?:doses?|cycles?|infusions?))?\s*[,;]?\s*(?:and\s+|followed\s+by\s+)?(?:then\s+)?{_INTERVAL.format('b')}"
    rf"(?:\s+(?:thereafter|afterwards?))?(?P<until>\s*,?\s+until\s+[^,()]+)?{_CITED}",
)
_BOTH_AFTER = Looks(
    rf"^\s*(?P<first>[0-9]+\s+(?:days?|weeks?|months?))(?P<window>{_WINDOW})\s+(?P<way>{_FROM})\s+(?P<anchor>[^,()]+?)\s*,?\s+and\s+"
    rf"(?P<second>[0-9]+\s+(?:days?|weeks?|months?))(?P<later>{_WINDOW})(?:\s+{_FROM}\s+(?P<other>[^,()]+?))?{_CITED}",
)
_DAYS_LISTED = Looks(
    rf"^\s*(?:on\s+|at\s+)?(?:study\s+)?(?P<days>(?:D(?:ays?)?\s*-?[0-9]+|C[0-9]+\s*D[0-9]+)(?:\s*,?\s*(?:and"
    rf"|&|,)\s*(?:D(?:ays?)?\s*|C[0-9]+\s*D)?-?[0-9]+)+)"
    rf"(?P<window>{_WINDOW}){_CITED}",
)
_THEN_EVERY = Looks(
    rf"^\s*(?P<first>(?!every\b|each\b|q\s*[0-9]|weekly\b|monthly\b|once\b|daily\b|twice\b)[^()]+?)\s*,?\s*(?:and\s+)?(?:\bthen\b|\band\b|,)\s*"
    rf"(?:every|q)\s*(?P<many>[0-9]+)\s*(?P<unit>d|w|days?|weeks?|months?)(?P<window>{_WINDOW})(?:\s+(?:thereafter|afterwards?))?"
    rf"(?P<until>\s*,?\s+(?:until|through|to)\s+[^,()]+)?{_CITED}",
)
_CYCLES_AFTER = Looks(
    r"^\s*(?:on\s+)?days?\s+(?P<days>[0-9]+(?:\s*(?:,|and|&)+\s*[0-9]+)*)\s+of\s+cycle\s+1\s*,?\s+(?:and\s+)?(?:on\s+)?(?:day\s+1\s+)?of\s+"
    rf"(?:each|every|all)\s+(?:subsequent|following|later)\s+cycles?{_CITED}",
)
_SO_MANY = Looks(
    r"^(?P<rest>\s*(?:every|each|q\s*[0-9]|weekly|monthly|once\s+weekly)[^,()]*?)\s*,?\s+(?:for\s+"
    r"(?:a\s+total\s+of\s+)?(?P<most>up\s+to\s+|(?:a\s+)?max(?:imum|\.)?\s+(?:of\s+)?)?|x\s*)"
    r"(?P<many>[1-9][0-9]*)\s+(?P<what>cycle|dose|fraction|visit|scan)s?(?P<cited>\s*\([^()]*\))?\s*$",
)
_ON_OFF = Looks(
    r"(?P<on>[0-9]+)\s+(?P<on_unit>days?|weeks?)\s+on\s*(?:[,/;]|and|followed\s+by|then)?\s*"
    r"(?P<off>[0-9]+)\s+(?P<off_unit>days?|weeks?)\s+(?:off|rest|break)",
)
_CAP = Looks(
    r"""\s*[,(;]?\s*\b(?:with\s+)?(?:an?\s+)?(?:absolute\s+)?
    (?:max(?:imum|\.)?(?:\s+dose)?(?:\s+of)?|capped\s+at|cap(?:\s+of)?|up\s+to|at\s+most|no(?:t)?\s+more\s+than|not\s+to\s+exceed|not\s+exceeding)
    \s*:?\s*(?P<most>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>mcg|mg|g|mL|IU|U|MU|mmol|kBq|MBq|GBq)(?![\w/])
    (?:\s*(?:/\s*|(?:per|a|each)\s+)dose)?\s*\)?""",
    spaced=True,
)
_STEP = Looks(
    r"""\b(?:down-?titrate|step\s+down|(?:reduce|decrease|lower)(?:\s+(?:the\s+)?dose)?)\s+
    (?:by\s+(?P<part>[0-9.]+)\s*(?:%|percent)|to\s+(?P<amount>[0-9.]+\s*(?:%|(?:mcg|mg|g)\b(?:/m2|/kg)?)))""",
    spaced=True,
)


def in_parts_of_timing(text: str) -> Parts | None:
    """A timing with several numbers, one row of a table for each; or a grid that widens, one piece after the other."""
    return (
        _other_interval(text)
        or _then_every(text)
        or _cycles_after(text)
        or _both_after(text)
        or _days_listed(text)
        or _so_many_times(text)
        or _days_on_and_off(text)
        or _several_numbers(text)
    )


def _other_interval(text: str) -> Parts | None:
    """ "every 3 weeks for 4 doses, then every 6 weeks": dose 5 comes 6 weeks after dose 4, or 3; which is for a person to say."""
    match = _OTHER_INTERVAL.pattern.match(text)
    if match is None:
        return None
    until, cited, doses = match["until"] or "", match["cited"] or "", int(match["doses"])
    first, later = (f"{_span(match, which)} after the previous dose" for which in "ab")

    def together(found: tuple[str, ...]) -> str:
        sooner, after = (f'"{each}"' if "," in each else each for each in found)
        tables = (
            ", ".join(["1: on first dose", *(f"{n}: {sooner}" for n in range(2, last + 1)), f"then: {after}"])
            for last in (doses, doses + 1)
        )
        return ", or: ".join(f"{{{table}}}" for table in tables)

    return Parts((f"{first}{cited}", f"{later}{until}{cited}"), together)


def _then_every(text: str) -> Parts | None:
    """ "1 to 42 days after surgery, then every 2 weeks": the first, or several, and how the later ones follow."""
    match = _THEN_EVERY.pattern.match(text)
    if match is None or re.match(rf"\s*{match['many']}\s+{match['unit'].rstrip('s')}s?\s+after\b", match["first"]):
        return None
    cited, until = match["cited"] or "", re.sub(r"^[\s,]*\w+\s+", "", match["until"] or "")
    weeks = re.fullmatch(rf"(?:at\s+|on\s+|in\s+)?(week|month)s?\s+({_NUMBERS})", match["first"], re.IGNORECASE)
    firsts = [match["first"]]
    if weeks is not None:
        numbers, unit = re.findall("[0-9]+", weeks[2]), weeks[1].lower()
        firsts = [f"{number} {unit}{'' if number == '1' else 's'} after first dose" for number in numbers]
    later = f"{match['many']} {match['unit']}"
    later = {"d": f"{match['many']} days", "w": f"{match['many']} weeks"}.get(match["unit"].lower(), later)
    window = match["window"].strip(" ()")
    rows = (
        *(f"{each}{cited}" for each in firsts),
        f"{later} {window} after the previous dose{cited}".replace("  ", " "),
    )
    until = re.sub(r"^(week|month) ([0-9]+)$", r"\2 \1s after first dose", until.strip(), flags=re.IGNORECASE)
    limits = (f"{until}{cited}",) if until else ()

    def together(found: tuple[str, ...]) -> str:
        *numbered, then = _quoted(found[: len(rows)])
        table = ", ".join([*(f"{n}: {each}" for n, each in enumerate(numbered, 1)), f"then: {then}"])
        return f"{{{table}}}" + "".join(f"{BESIDE_WHEN}until: {each}" for each in limits)

    return Parts(rows, together)


def _cycles_after(text: str) -> Parts | None:
    """ "days 1 and 15 of cycle 1 and day 1 of each subsequent cycle": one sentence for the first cycle, one for the others."""
    match = _CYCLES_AFTER.pattern.match(text)
    if match is None:
        return None
    days, cited = re.findall("[0-9]+", match["days"]), match["cited"] or ""
    first = f"on day{'s' if len(days) > 1 else ''} {', '.join(days)} of drug cycle 1"
    return Parts((f"{first}{cited}", f"on drug cycles 2 and later{cited}"), listed)


def _span(match: re.Match[str], which: str) -> str:
    """ "3 weeks ±3", however it was typed."""
    many = match[f"{which}many"] or match[f"{which}n"] or match[f"{which}plain"] or "1"
    letter = (match[f"{which}unit"] or match[f"{which}u"] or match[f"{which}each"] or "w")[0].lower()
    unit = {"d": "day", "w": "week", "m": "month"}[letter]
    window = (match[f"{which}window"] or "").strip(" ()")
    return f"{many.strip()} {unit}{'' if many.strip() == '1' else 's'}{' ' if window else ''}{window}"


def _both_after(text: str) -> Parts | None:
    """ "30 days after the last dose and 90 days": one row for each."""
    match = _BOTH_AFTER.pattern.match(text)
    if match is None:
        return None
    anchor, cited = match["anchor"], match["cited"] or ""
    rows = (
        f"{match['first']}{match['window']} {match['way']} {anchor}{cited}",
        f"{match['second']}{match['later']} {match['way']} {match['other'] or anchor}{cited}",
    )
    return Parts(rows, by_number)


def _days_listed(text: str) -> Parts | None:
    """ "Day 1 and Day 29", "C1D1, C2D1": one row for each; their window is that of each."""
    match = _DAYS_LISTED.pattern.match(text)
    if match is None:
        return None
    window, cited = match["window"].strip(" ()"), match["cited"] or ""
    days = re.findall(r"C[0-9]+\s*D[0-9]+|-?[0-9]+", match["days"], re.IGNORECASE)
    rows = (f"{day if day[0] in 'Cc' else f'Day {day}'} {window}".strip() + cited for day in days)
    return Parts(tuple(rows), by_number)


def _so_many_times(text: str) -> Parts | None:
    """ "every 3 weeks for 4 cycles": how many is a limit."""
    match = _SO_MANY.pattern.match(text)
    if match is None:
        return None
    most = f"{'at most ' if match['most'] else ''}{match['many']} {match['what'].lower()}s"
    return Parts((f"{match['rest']}{match['cited'] or ''}",), lambda found: f"{found[0]}{BESIDE_WHEN}until: {most}")


def _days_on_and_off(text: str) -> Parts | None:
    """ "3 weeks on, 1 week off": the cycle has the rest in it."""
    match = _ON_OFF.pattern.fullmatch(text.strip())
    if match is None:
        return None
    given, whole = _days_of_cycle(match)
    return Parts(
        (f"{whole} days after the previous cycle",), lambda found: f"{found[0]}{UNDER_GIVE}... on days 1-{given}"
    )


def _days_of_cycle(match: re.Match[str]) -> tuple[int, int]:
    given = int(match["on"]) * (7 if match["on_unit"].lower().startswith("w") else 1)
    return given, given + int(match["off"]) * (7 if match["off_unit"].lower().startswith("w") else 1)


def _several_numbers(text: str) -> Parts | None:
    match = _WEEKS_OF.pattern.match(text) or _NUMBERS_OF.pattern.match(text)
    if match is not None:
        window = match["window"] or match["after"] or ""
        way, anchor = match["way"] or "after", match["anchor"] or "first dose"
        rows = [
            f"{number} {match['unit']}{'' if number == '1' else 's'}{window} {way} {anchor}{match['cited'] or ''}"
            for number in re.findall(r"[0-9]+", match["numbers"])
        ]
        return Parts(tuple(rows), by_number)
    starts = _STARTING.pattern.match(text)
    if starts is not None:
        from_its_first = _FOR.pattern.sub(r", until \g<long> after dose 1", starts["then"]) + (starts["until"] or "")
        return Parts((starts["first"], from_its_first), _first_then, without="every ")
    widens = _THEN.pattern.match(text)
    if widens is None:
        return None
    pieces = re.split(r"\s*,?\s*(?:and\s+)?\bthen\s+(?=every\s)", widens["then"], flags=re.IGNORECASE)
    added = _each_after_the_other(widens["first"].strip(), pieces)
    if added is None:
        return None
    after_that = (piece if "after that" in piece else _EVERY.pattern.sub(r"\1 after that", piece) for piece in added)
    return Parts((widens["first"].strip(), *after_that), listed, "every ")


def _each_after_the_other(first: str, pieces: list[str]) -> list[str] | None:
    """ "for the first 2 months, then monthly for 2 months" ends at month 4; None where the ends cannot be added up."""
    begins, added = _LASTS.pattern.search(first), []
    passed = int(begins["many"]) if begins is not None else 0
    for piece in pieces:
        lasts = _LASTS.pattern.search(piece)
        if lasts is None or lasts["first"] or lasts["anchor"]:
            added.append(piece)
            continue
        if begins is None or lasts["unit"].lower() != begins["unit"].lower():
            return None
        passed += int(lasts["many"])
        whole = f"for {passed} {lasts['unit']}s{begins['anchor'] or ''}"
        added.append(f"{piece[: lasts.start()]}{whole}{piece[lasts.end() :]}")
    return added


def in_parts_of_limit(text: str) -> Parts | None:
    """Limits of which the first to come counts. What a person judges, such as toxicity, ends by a record and is no limit."""
    body, cited = _without_citation(_FIRST_TO_COME.pattern.sub("", text))
    limits = [each.strip() for each in _OR.pattern.split(body)]
    if len(limits) < 2 or not all(limits) or "so" in limits:
        return None
    kept = tuple(each for each in limits if _BY_A_PERSON.pattern.match(each) is None)
    if not kept or all(each.isdigit() for each in limits[:1]):
        return None
    return Parts(tuple(f"{each}{cited}" for each in kept), listed if len(kept) > 1 else alone)


_MICROGRAMS = {"mcg": Decimal(1), "mg": Decimal(1000), "g": Decimal(1_000_000)}


def _most_of(cap: re.Match[str], text: str) -> str:
    """The highest amount in the unit of the dose: 1.2 g of a dose in mg/kg are 1200 mg."""
    dose = re.search(r"[0-9]\s*(mcg|mg|g)\b", text[: cap.start()])
    unit = str(cap["unit"])
    if dose is None or unit == dose[1] or unit not in _MICROGRAMS:
        return f"{cap['most']} {unit}"
    return f"{(Decimal(cap['most']) * _MICROGRAMS[unit] / _MICROGRAMS[dose[1]]).normalize():f} {dose[1]}"


def in_parts_of_dose(text: str) -> Parts | None:
    """A dose with the highest amount behind it, or with the days or weeks between two: each stands under a key of its own."""
    on_off = _ON_OFF.pattern.search(text)
    steps, apart = steps_of_dose(text)
    if steps:
        return Parts(steps, lambda found: f"{listed(found)}{f', and under {WHEN}: {apart}' if apart else ''}")
    if on_off is not None:
        given, whole = _days_of_cycle(on_off)
        rest = " ".join(f"{text[: on_off.start()]} on days 1-{given} {text[on_off.end() :]}".replace(",", " ").split())
        return Parts((rest,), lambda found: f"{found[0]}, and under 'when': {whole} days after the previous cycle")
    cap, often = _CAP.pattern.search(text), APART.pattern.search(text)
    if cap is None and often is None:
        return None
    aside = f"{BESIDE}at most: {_most_of(cap, text)} a dose" if cap is not None else ""
    if often is not None:
        aside += f", and under {WHEN}: {after_the_previous(often)}"
    rest = " ".join(APART.pattern.sub(" ", _CAP.pattern.sub(" ", text)).split())
    return Parts((rest,), lambda found: f"{found[0]}{aside}")


def in_parts_of_row(text: str) -> Parts | None:
    """A step down by a part of the dose, or to an amount: the row says that there is one, the levels say how far."""
    match = _STEP.pattern.search(text)
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

"""Changes from the baseline as publications say them: LVEF decrease ≥ 10 % points from baseline, weight loss > 10 %.

Of what is measured in percent itself, "10 %" may be points or a part of the baseline: both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from scheduler.protocol.sentences.habits.habit import meant

_DOWN = r"(?:decreas\w*|drop(?:ped|s)?|fell|falls?|declin\w*|reduc(?:ed|tion)|loss|lower)"
_UP = r"(?:increas\w*|rises?|rose|gain|higher)"
_EITHER = r"(?:chang\w*)"
_SIGN = r"(≥|>=|>|≤|<=|<|at\s+least|more\s+than|greater\s+than|over|up\s+to|less\s+than|above|below)?\s*"
_AMOUNT = r"([0-9]+(?:\.[0-9]+)?)\s*(%\s*-?\s*points?|percentage\s+points?|points?|%|[a-zµ][\w/]*)"
_BASELINE = r"(?:from|below|above|compared\s+(?:with|to)|versus|vs\.?|relative\s+to|of|over)\s+(?:the\s+)?baseline\b"
_TEST = r"(?:the\s+)?(?!(?:more|at|up|less|greater|over|above|below)\b)([A-Za-z][\w -]*?)"
_SIGNS = {"≥": "at least", ">=": "at least", ">": "more than", "greater than": "more than", "over": "more than"}
_SIGNS |= {"≤": "up to", "<=": "up to", "<": "less than", "": "at least", "above": "more than", "below": "less than"}
_IN_PERCENT = re.compile(r"\b(?:LVEF|EF|ejection\s+fraction)\b", re.IGNORECASE)


def _distances(text: str, sign: str | None, amount: str, unit: str, side: str) -> tuple[str, ...]:
    said = _SIGNS.get(" ".join((sign or "").lower().split()), " ".join((sign or "").lower().split()))
    unit = "points" if "point" in unit else unit
    if unit == "%" and side == "below" and _IN_PERCENT.search(text):
        part = f"{1 - Decimal(amount) / 100:f}"
        most = {"at least": "up to", "more than": "below", "up to": "at least", "less than": "above"}[said]
        return f"{said} {amount} points below baseline", f"{most} {part} x baseline"
    return (f"{said} {amount} {unit} {side} baseline",)


def _after_its_test(side: str) -> Callable[[re.Match[str]], tuple[str, ...]]:
    def spelled(match: re.Match[str]) -> tuple[str, ...]:
        return _distances(match.string, match[1], match[2], match[3], side)

    return spelled


def _before_its_test(side: str) -> Callable[[re.Match[str]], tuple[str, ...]]:
    def spelled(match: re.Match[str]) -> tuple[str, ...]:
        found = _distances(match.string, match[2], match[3], match[4], side)
        return tuple(f"{match[1].strip()} {each}" for each in found)

    return spelled


_SIDES = ((_DOWN, "below"), (_UP, "above"), (_EITHER, "from"))
CHANGES = (
    *(
        meant(
            rf"\b(?:an?\s+)?(?:absolute\s+)?{verb}\s+(?:in|of)\s+{_TEST}\s+(?:of\s+|by\s+)?{_SIGN}{_AMOUNT}\s+{_BASELINE}",
            _before_its_test(side),
        )
        for verb, side in _SIDES
    ),
    *(
        meant(
            rf"\b(?:has\s+|is\s+)?(?:an?\s+)?(?:absolute\s+)?{verb}\s+(?:of\s+|by\s+)?{_SIGN}{_AMOUNT}\s+{_BASELINE}",
            _after_its_test(side),
        )
        for verb, side in _SIDES
    ),
    meant(
        r"(?:\babove|>|\bgreater\s+than|\bover)\s*([0-9.]+\s*(?:%|[a-z][\w/]*)\s+(?:below|above|from)\s+baseline)",
        "more than {0}",
    ),
    meant(r"(?:\bbelow|<|\bunder)\s*([0-9.]+\s*(?:%|[a-z][\w/]*)\s+(?:below|above|from)\s+baseline)", "less than {0}"),
    meant(r"(?:≥|>=)\s*([0-9.]+\s*(?:%|[a-z][\w/]*)\s+(?:below|above|from)\s+baseline)", "at least {0}"),
    meant(
        r"\b([0-9.]+)\s*(%|[a-z][\w/]*)\s+or\s+more\s+(below|above|from)\s+baseline", "at least {0} {1} {2} baseline"
    ),
)

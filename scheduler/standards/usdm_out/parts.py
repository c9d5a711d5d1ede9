"""What every part of a USDM file has: an id of its class with a number, codes of CDISC, and extension attributes of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from scheduler.dates import Span, Unit

Part: TypeAlias = dict[str, object]

CODES = "http://www.cdisc.org"
CODES_OF = "2025-09-26"
"""The version of CDISC's terminology that the codes are from."""

EXTENSIONS = "urn:scheduler:usdm"
PROTOCOL_TEXT = f"{EXTENSIONS}:protocol-text"
"""On the study version: the protocol as it is written, whole."""

ARMS = f"{EXTENSIONS}:arms"
"""On an instance: the names of the arms that have it, where not all have it."""

ENTRY = f"{EXTENSIONS}:entry"
"""On an instance: the id of the calendar's entry."""

NOT_SAID = f"{EXTENSIONS}:not-said"
"""On what USDM asks for and the protocol does not say."""

_UNITS = {Unit.DAYS: "D", Unit.WEEKS: "W", Unit.MONTHS: "M", Unit.YEARS: "Y"}


class Parts:
    """Makes the parts of one file: each id is its class with a number, in the order of making."""

    def __init__(self) -> None:
        """No part is made yet."""
        self._made: Counter[str] = Counter()

    def part(self, kind: str, /, **content: object) -> Part:
        """A part of a class. Extension attributes go under their own key, and an id of its own may be given."""
        found = {"id": content.pop("id", None) or self.id(kind), "extensionAttributes": []}
        return found | content | {"instanceType": kind}

    def id(self, kind: str) -> str:
        """The next id of a class."""
        self._made[kind] += 1
        return f"{kind}_{self._made[kind]}"

    def code(self, code: str, decode: str) -> Part:
        """A code of CDISC's terminology."""
        return self.part("Code", code=code, codeSystem=CODES, codeSystemVersion=CODES_OF, decode=decode)

    def alias(self, code: str, decode: str) -> Part:
        """The same where USDM asks for a code with aliases."""
        return self.part("AliasCode", standardCode=self.code(code, decode), standardCodeAliases=[])

    def said(self, url: str, text: str) -> Part:
        """An extension attribute with a text."""
        return self.part("ExtensionAttribute", url=url, valueString=text)

    def rule(self, name: str, text: str) -> Part | None:
        """A transition rule; None where there is no text."""
        return self.part("TransitionRule", name=name, label=None, description=None, text=text) if text else None


def linked(parts: Sequence[Part]) -> list[Part]:
    """Parts that each name the one before and the one after, as encounters do."""
    ids = [None, *(part["id"] for part in parts), None]
    return [part | {"previousId": ids[n], "nextId": ids[n + 2]} for n, part in enumerate(parts)]


def iso(span: Span | None) -> str:
    """A length of time by ISO 8601: months and years stay what they are."""
    if span is None:
        return "P0D"
    return f"PT{span.amount}H" if span.unit is Unit.HOURS else f"P{span.amount}{_UNITS[span.unit]}"

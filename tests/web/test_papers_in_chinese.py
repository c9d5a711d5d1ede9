"""Every paper that pages offer, in Chinese: what is put on it says no word of ours in English.

The sheets are looked at before they are typeset, which takes most of their time; three are read back from the PDF elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from scheduler.folder.printing.audit_trail import COLUMNS, table_of_records
from scheduler.web.guards.roles import TABLE, Role
from tests.web.people import Person, Place
from tests.web.test_languages import CHINESE
from tests.web.test_walk_in_chinese import _WORD, OURS, WORKS, _is_quoted, quotations, written
from tests.web.test_walk_in_chinese import strict as strict

PERIOD = "from=2026-05-21&to=2026-06-18&language=zh"
PAPERS = (
    "/agenda.pdf?view=week",
    "/audit.pdf?subject=EXP-003",
    "/deviations.pdf",
    "/endpoints.pdf",
    f"/pharmacy.pdf?{PERIOD}",
    "/protocol/activities.pdf?arm=experimental&language=zh",
    "/protocol/m11.pdf?arm=experimental&language=zh",
    "/reports/adverse-events.pdf",
    "/reports/exposure.pdf",
    "/reports/lots.pdf",
    f"/subjects/EXP-003/diary.pdf?detail=full&{PERIOD}",
)
SLOW = "/endpoints/arms.pdf?until=2026-05-20&as_recorded=2026-05-21"
LOOKS = frozenset({"look", "language", "sign"})
"""What tells a layout how to draw something, and is not printed."""
_BETWEEN = re.compile(r"[一-鿿“”：。，、（）；]+|\((?:[\w-]+, )*[\w-]+\)")
"""Chinese words, and the sources of a rule: where several sentences are one, they stand behind it together."""


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What sheets are filled with, in the place of typesetting them."""
    seen: list[Any] = []

    def compiled(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        seen.append(json.loads(sys_inputs["data"]))
        return b"%PDF"

    monkeypatch.setattr("scheduler.exports.paper.typeset.typst.compile", compiled)
    return seen


def texts(value: object) -> Iterator[str]:
    """All that is printed of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each) if name not in LOOKS else ()
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@dataclass(frozen=True)
class Written:
    """What the study and its people wrote, who may be quoted."""

    names: re.Pattern[str]
    quoted: str
    trail: frozenset[object]

    @classmethod
    def at(cls, place: Place) -> Written:
        trail = frozenset(row[COLUMNS.index("says")] for row in table_of_records(place.store.records()).rows)
        return cls(written(place), quotations(place), trail)

    def english(self, filled: object) -> set[str]:
        """The texts of a sheet with an English word that nobody wrote."""
        return {text for text in set(texts(filled)) - self.trail - WORKS if any(map(self._is_ours, _parts(text)))}

    def _is_ours(self, part: str) -> bool:
        return bool(set(_WORD.findall(self.names.sub(" ", part))) - OURS) and not _is_quoted(part, self.quoted)


def _parts(text: str) -> list[str]:
    """What stands between Chinese words; the numbers of pages are put in by the layout."""
    return [part.strip() for part in _BETWEEN.split(text.replace("{page}", "").replace("{pages}", ""))]


def printed(person: Person, path: str, filled: list[Any]) -> Any:
    answer = person.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return filled[-1]


def test_no_paper_says_a_word_of_ours_in_english(place: Place, filled: list[Any]) -> None:
    person = place.somebody(Role.ADMIN)
    person.browser.headers["accept-language"] = CHINESE
    said = Written.at(place)
    found = {path: said.english(printed(person, path, filled)) for path in PAPERS}
    assert found == {path: set() for path in PAPERS}


@pytest.mark.slow
def test_the_end_points_of_the_arms_on_paper_say_no_word_of_ours_in_english(place: Place, filled: list[Any]) -> None:
    person = place.somebody(Role.INVESTIGATOR)
    person.browser.headers["accept-language"] = CHINESE
    assert Written.at(place).english(printed(person, SLOW, filled)) == set()


ON_NO_PAPER = frozenset({"/forecast.{form}", "/import/template.{form}", "/stock.{form}", "/worklist.{form}"})
"""Lists that are files alone; of the others the form may be PDF, or there is one beside them."""


def test_no_paper_is_forgotten_here() -> None:
    offered = {path for _, path in TABLE if path.endswith((".pdf", ".{form}"))} - ON_NO_PAPER
    kinds = {path.removesuffix(".pdf").removesuffix(".{form}") for path in offered}
    looked_at = {path.partition(".pdf")[0].replace("EXP-003", "{subject}") for path in (*PAPERS, SLOW)}
    assert kinds - looked_at == {"/subjects/{subject}/calendar", "/subjects/{subject}/sheets"}

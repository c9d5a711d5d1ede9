"""Whichever way something is recorded, the same is asked of it: the command line, an import, the API and the pages."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from scheduler.folder.event_line import flow
from tests.cli.typed import study_in, typed
from tests.laws.examples import one_in
from tests.web.api.programs import program
from tests.web.people import Place

Asked = tuple[str, str]
"""How strongly, and the sentence."""

HFS: dict[str, Any] = {"on": "2026-05-20", "event": "adverse event", "ae": 7, "grade": 3, "related": ["regorafenib"]}
EVENTS: dict[str, tuple[dict[str, Any], list[Asked]]] = {
    "a synonym": (
        HFS | {"term": "hand-foot syndrome"},
        [("said", "'hand-foot syndrome' was read as Palmar-plantar erythrodysesthesia syndrome")],
    ),
    "an order into the past": (
        {"on": "2026-05-21", "event": "delayed", "treatment": "toripalimab", "n": 4, "until": "2026-05-11"},
        [
            (
                "asked",
                "toripalimab.4 is put off until 2026-05-11, a day that had passed when it was put off, on 2026-05-21",
            )
        ],
    ),
    "all that is wrong with one": (
        HFS | {"on": "2026-05-22", "term": "Hand foot syndrom"},
        [
            ("refused", "2026-05-22 is still to come: today is 2026-05-21, and 'adverse event' says what has happened"),
            ("asked", "'Hand foot syndrom' is not a term of CTCAE v5.0"),
        ],
    ),
}


def says(*words: str | Path) -> str:
    """What the command line says on that day."""
    with freeze_time("2026-05-21 02:00:00"):
        return typed(*words).err


def by_record(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    return _on_the_terminal(says("record", folder, "EXP-001", flow(event)))


def _on_the_terminal(text: str) -> list[Asked]:
    words = {"error": "refused", "asked": "asked", "note": "said"}
    found = re.findall(r"(?m)^(error|asked|note): (.+) \[[a-z-]+\]$", text)
    return [(words[word], what) for word, what in found]


def by_whatif(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    return _on_the_terminal(says("whatif", folder / "patients" / "EXP-001.yaml", "--event", flow(event)))


def by_import(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    case = folder / "patients" / "EXP-001.yaml"
    case.write_text(f"{case.read_text('utf-8').rstrip()}\n  - {flow(event)}\n", "utf-8")
    for other in (folder / "patients").iterdir():
        if other != case:
            other.unlink()
    words = {"error": "refused", "warning": "asked", "note": "said"}
    told = re.findall(
        r"(?m)^\S+:\d+:\d+: (error|warning|note): (.+?)(?: \(.*\))? \[[a-z-]+\]$", says("import-study", folder)
    )
    return [(words[word], what) for word, what in told]


def by_preview_of_a_program(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    answer = program(place, "coordinator").send("/api/subjects/EXP-001/preview", {"events": [event]})
    return _told(answer.json()["questions"])


def by_program(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    answer = program(place, "investigator").records("EXP-001", event, password="wrong")
    return _told(answer.json()["questions"])


def _told(questions: list[dict[str, str]]) -> list[Asked]:
    return [(each["strength"], each["what"]) for each in questions]


def by_page(place: Place, folder: Path, event: dict[str, Any]) -> list[Asked]:
    fields = {key: "\n".join(value) if isinstance(value, list) else str(value) for key, value in event.items()}
    text = place.somebody("investigator").sends("/subjects/EXP-001/preview", **fields).text
    asked = r'<span class="word \w+">(refused|asked|said)</span>\s*<div>\s*<p><b>(.*?)</b>'
    beside_its_field = r'id="field-\w+-wrong">\s*<li>(.*?) <span>'
    above_the_form = r'<span class="word (warning|note)">\w+</span><div>\s*<p>(.*?)</p>'
    refused = [("refused", what) for what in re.findall(f"(?s){beside_its_field}", text)]
    more = re.findall(f"(?s){above_the_form}", text) if refused else re.findall(f"(?s){asked}", text)
    words = {"warning": "asked", "note": "said"}
    # A page has names where ids stand elsewhere.
    told = (
        (word, html.unescape(what).replace("Toripalimab, dose 4", "toripalimab.4")) for word, what in (*refused, *more)
    )
    return [(words.get(word, word), what) for word, what in told]


ENTRANCES = [by_record, by_whatif, by_import, by_preview_of_a_program, by_program, by_page]


NAMES = list(EVENTS)
EACH = [
    pytest.param(entrance, of, id=f"{entrance.__name__}-{of}")
    for number, entrance in enumerate(ENTRANCES)
    for of in (*NAMES[number % len(NAMES) :], *NAMES[: number % len(NAMES)])
]
"""The first of each entrance is another event than that of the entrance before."""


@pytest.mark.parametrize(("entrance", "of"), one_in(len(NAMES), EACH))
def test_same_list_at_every_entrance(entrance: Any, of: str, place: Place, tmp_path: Path) -> None:
    event, expected = EVENTS[of]
    assert entrance(place, study_in(tmp_path), event) == expected

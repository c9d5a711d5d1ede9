"""Everything that somebody can reach, walked through in Chinese: no page and no preview says a sentence of ours in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from scheduler.web.guards.roles import Role
from tests.web.people import Place
from tests.web.test_languages import CHINESE, names_of
from tests.web.walk import Seen, walk

_NOT_READ = re.compile(r"(?s)<(script|style|svg|datalist|code|textarea|option)\b.*?</\1>")
_IN_ENGLISH = re.compile(r'(?s)<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>')
_SAID = re.compile(r'>([^<]+)<|(?:aria-label|title|data-label|placeholder|alt)="([^"]+)"')
_WORD = re.compile(r"(?<![\w.-])[A-Za-z][a-z]{2,}(?![\w.-])")
_LIKE_A_LOG = re.compile(r'\s*\{"')

OURS = frozenset(
    {
        # Names of programs, methods, and places of the world.
        *("Excel", "Kaplan", "Meier", "Greenwood", "log", "Asia", "Shanghai", "Esc", "Dr"),
        # What is typed in English in a file of ours: keys of a site and of rates, fields and words of an event.
        *("chairs", "hours", "patients", "day", "all", "allocation", "other", "override", "Other", "specify"),
        # A citation of the protocol, and who set the tests' server up.
        *("washout", "tests"),
    }
)


def written(place: Place) -> re.Pattern[str]:
    """All that the study and its people wrote: titles, names, reasons, terms."""
    names = set(names_of(place))
    for record in place.store.records():
        try:
            names |= set(_texts(json.loads(record.body)))
        except ValueError:
            continue
    longest_first = sorted((name for name in names if _WORD.search(name)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            # What an event is called is a word of ours.
            yield from _texts(each) if key != "event" else ()
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def english(seen: Seen, names: re.Pattern[str]) -> set[str]:
    """The texts of a page with a word in Latin letters that is nobody's name and no id."""
    page = _IN_ENGLISH.sub(" ", _NOT_READ.sub(" ", seen.answer.text))
    told = (unescape(first or second).strip() for first, second in _SAID.findall(page))
    return {text for text in told if not _LIKE_A_LOG.match(text) and set(_WORD.findall(names.sub(" ", text))) - OURS}


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_page_that_can_be_reached_says_a_word_of_ours_in_english(place: Place, role: Role) -> None:
    person = place.somebody(role)
    person.browser.headers["accept-language"] = CHINESE
    names = written(place)
    found: dict[str, str] = {}
    reached = 0
    for seen in walk(person, each=1):
        reached += 1
        assert seen.answer.status_code < 500, seen.address
        found |= dict.fromkeys(english(seen, names), seen.address)
    assert found == {}
    assert reached > 40

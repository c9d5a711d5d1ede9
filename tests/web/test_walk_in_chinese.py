"""Everything that somebody can reach, walked through in Chinese: no page and no preview says a sentence of ours in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from html import unescape
from typing import Never

import pytest

from scheduler.exports.pages.translated import word
from scheduler.languages import Language
from scheduler.vocabulary import MEDICINES, TERMS, TESTS
from scheduler.web.guards.roles import Role
from scheduler.web.patients import Patients
from scheduler.words.catalogues import catalogue
from tests.web.people import Place, words_of
from tests.web.test_languages import CHINESE, names_of
from tests.web.test_standards import brings
from tests.web.walk import Seen, walk

_NOT_READ = re.compile(r"(?s)<(script|style|svg|code|textarea)\b.*?</\1>")
_MARKED = re.compile(r'(?s)<(\w+)[^>]*\blang="en"[^>]*>(.*?)</\1>')
_OFFERED = re.compile(r'<option value="([^"]*)">(?=\s*(?:<option|</datalist))')
"""What is offered while somebody types, and has no other name."""
_SAID = re.compile(r'>([^<]+)<|(?:aria-label|title|data-label|placeholder|alt|label)="([^"]+)"')
_WORD = re.compile(r"(?<![\w.-])[A-Za-z][a-z]{2,}(?![\w.-])")
_LIKE_A_LOG = re.compile(r'\s*\{"')

OURS = frozenset(
    {
        # Names of programs, methods, and places of the world.
        *("Excel", "Kaplan", "Meier", "Greenwood", "log", "Asia", "Shanghai", "Esc", "Dr"),
        # What is typed in English in a file of ours: keys of a site and of rates, fields and words of an event.
        *("chairs", "hours", "patients", "day", "all", "allocation", "other", "override", "Other", "specify"),
        # A citation of the protocol, who set the tests' server up, and a language's own name.
        *("washout", "tests", "English"),
    }
)
DICTIONARIES = frozenset({*TERMS, *TESTS, *MEDICINES.names})
WORKS = frozenset(
    {
        "Clopper and Pearson, Biometrika 1934;26:404",
        "FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics, 2018, example table A",
        "RECIST 1.1: Eur J Cancer 2009;45:228",
        "iRECIST: Lancet Oncol 2017;18:e143",
        "lifelines; J Am Stat Assoc 1958;53:457; Biometrics 1982;38:29",
        "English",
    }
)
"""Where a method was published, and what a language calls itself."""
_BETWEEN_SENTENCES = re.compile(r"; |: | \(|\)|\b\d+ mg | or |\buntil ")
"""What stands between two sentences of a protocol that are told as one, and around their sources."""


class NoWord(NullTranslations):
    """What is asked for a word that the catalogue has not: nothing falls back to English unseen."""

    def gettext(self, message: str) -> str:
        return message if not re.search(r"\w", message) else _refused(message)

    def pgettext(self, context: str, message: str) -> str:
        # Who did something is a person with a name, whose role is that of their day, or one of ours with a word.
        # What was told before, in Chinese already, is told as it is.
        known = (context, message) in {("who", "the tests"), ("role", "tests")} or re.search("[一-鿿]", message)
        return message if known else _refused(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _refused(msgid1)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return _refused(msgid1)


def _refused(message: str) -> Never:
    raise LookupError(f"the catalogue has no word for {message!r}")


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue(Language.CHINESE), "_fallback", NoWord())


def test_a_code_without_a_word_is_refused_here() -> None:
    assert word("open", "status", Language.CHINESE) == "待决定"
    with pytest.raises(LookupError, match="no word for 'opened'"):
        word("opened", "status", Language.CHINESE)


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


def quotations(place: Place) -> str:
    """All that may be quoted in English: the study's files, what its people wrote and signed, what `check` says to authors."""
    files = place.store.study()
    assert files is not None
    sources = [each.text for each in files.protocols] + [each.text for each in files.sites]
    findings = Patients(place.store).study().findings
    told = [str(text) for each in findings for text in (each.message, each.hint) if text]
    records = [text for each in place.store.records() for text in (each.body, each.signed, each.reason) if text]
    values = _texts([json.loads(text) for text in records if _LIKE_A_LOG.match(text)])
    return _plain("\n".join([*sources, *told, *records, *values]))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\n\s*#", " ", text.replace("''", "'")).split())


def in_english(seen: Seen, names: re.Pattern[str], quoted: str) -> set[str]:
    """What a page marks as English and nobody wrote who may be quoted."""
    page = re.sub(r'(?s)<pre class="source".*?</pre>', " ", seen.answer.text)
    told = {_plain(unescape(re.sub(r"<[^>]*>", " ", each[2]))) for each in _MARKED.finditer(page)}
    known = DICTIONARIES | WORKS
    return {text for text in told - known if _WORD.search(names.sub(" ", text)) and not _is_quoted(text, quoted)}


def _is_quoted(text: str, quoted: str) -> bool:
    # A name and what it is of stand beside each other, where the file has a colon.
    parts = _BETWEEN_SENTENCES.split(text)
    return text in quoted or all(part in quoted or part in quoted.replace(": ", " ") for part in parts)


def english(seen: Seen, names: re.Pattern[str]) -> set[str]:
    """The texts of a page with a word in Latin letters that is nobody's name and no id."""
    page = _MARKED.sub(" ", _NOT_READ.sub(" ", seen.answer.text))
    told = {unescape(first or second).strip() for first, second in _SAID.findall(page)}
    told |= set(map(unescape, _OFFERED.findall(page))) - DICTIONARIES
    return {text for text in told if not _LIKE_A_LOG.match(text) and set(_WORD.findall(names.sub(" ", text))) - OURS}


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_page_that_can_be_reached_says_a_word_of_ours_in_english(place: Place, role: Role) -> None:
    person = place.somebody(role)
    person.browser.headers["accept-language"] = CHINESE
    names, quoted = written(place), quotations(place)
    found: dict[str, str] = {}
    reached = 0
    for seen in walk(person, each=1):
        reached += 1
        assert seen.answer.status_code < 500, seen.address
        found |= dict.fromkeys(english(seen, names) | in_english(seen, names, quoted), seen.address)
    assert found == {}
    assert reached > 40


LOT = {"event": "received", "on": "2026-05-20", "site": "Shanghai", "product": "regorafenib", "lot": "R-1"}


def test_stock_with_lots_and_a_refused_file_say_no_word_of_ours_in_english(place: Place) -> None:
    person = place.somebody(Role.ADMIN)
    person.browser.headers["accept-language"] = CHINESE
    sent = person.sends("/stock/record", **LOT, packs="4", expires="2026-06-30", seen="0", once="a-key-of-the-form")
    assert sent.status_code == 303, words_of(sent)
    sent = person.sends("/stock/preview", event="counted", site="Shanghai")
    answers = {
        "the stock": person.get("/stock"),
        "a count": person.get(sent.headers["location"]) if sent.status_code == 303 else sent,
        "no file": brings(person, "/setup/sdtm", other=b"{}"),
    }
    names, quoted = written(place), quotations(place)
    seen = {what: Seen(what, answer) for what, answer in answers.items()}
    found = {what: english(page, names) | in_english(page, names, quoted) for what, page in seen.items()}
    assert found == {what: set() for what in answers}

"""Every feed of the seed study in Chinese, and what patients read in each language: no line says a word of ours in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.founding.seed import seed_study
from scheduler.folder.printing.printed import printed_diary
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.study import read_study
from scheduler.languages import Language
from scheduler.views.agenda.of_reader import Subject
from scheduler.views.reader.audience import Audience, Detail
from tests.web.test_papers_in_chinese import texts

ON = date(2026, 5, 21)
KEY = b"k" * 32
_TOLD = frozenset(
    {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "COMMENT", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}
)
_WORD = re.compile("[A-Za-z]{2,}")
NAMES = re.compile(
    # Ids and units, and what the protocol and the log say in no other language.
    r"CT or MRI\\, RECIST 1\.1 and iRECIST|- examination|- skin check"
    r"|(?<![A-Za-z])(?:REGO-TORI-RT|(?:CTL|EXP)-00\d|Gy|mg|CT|RECIST 1\.1|iRECIST|HIV|MSI|RAS|MRI|ECOG|UTC)(?![A-Za-z])"
)


WHO = frozenset({"CTL-002", "EXP-003", "EXP-005"})
"""On treatment in each arm, and one who is followed."""


@pytest.fixture(scope="module")
def study() -> StudyFolder:
    return read_study(seed_study())


@pytest.fixture(scope="module")
def subjects(study: StudyFolder) -> list[tuple[Case, Subject]]:
    return [(each, subject_of(each)) for each in study.cases if each.subject in WHO]


def lines_of(feed: bytes) -> Iterator[str]:
    """What a calendar program shows of it, line by line."""
    for line in feed.decode().replace("\r\n ", "").split("\r\n"):
        name, _, told = line.partition(":")
        if name.partition(";")[0] in _TOLD:
            yield from told.split("\\n")


def english(feed: bytes) -> set[str]:
    return {line for line in lines_of(feed) if _WORD.search(NAMES.sub("", line))}


def test_no_patients_feed_says_a_word_of_ours_in_english(subjects: list[tuple[Case, Subject]]) -> None:
    feeds = [patient_feed(*each, KEY, detail, Language.CHINESE, ON) for each in subjects for detail in Detail]
    assert set().union(*map(english, feeds)) == set()
    assert all("研究" in feed.decode() for feed in feeds)


@pytest.mark.parametrize("audience", [Audience.COORDINATOR, Audience.PHARMACY])
def test_no_feed_of_a_site_says_a_word_of_ours_in_english(
    study: StudyFolder, subjects: list[tuple[Case, Subject]], audience: Audience
) -> None:
    everybody = [subject for _, subject in subjects]
    feeds = [site_feed(everybody, audience, study.site, KEY, ON, each, Language.CHINESE) for each in Detail]
    assert set().union(*map(english, feeds)) == set()
    assert all("EXP-003: " in feed.decode() for feed in feeds)


def on_paper(study: StudyFolder, language: Language, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What a diary is filled with, where all of it is ours: at neutral detail."""
    filled: list[Any] = []

    def compiled(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        filled.append(json.loads(sys_inputs["data"]))
        return b"%PDF"

    monkeypatch.setattr("scheduler.exports.paper.typeset.typst.compile", compiled)
    case = next(each for each in study.cases if each.subject == "EXP-003")
    printed_diary(case, ON, ON + timedelta(days=28), Detail.NEUTRAL, language)
    return set(texts(filled[-1]))


@pytest.mark.parametrize("language", [each for each in Language if each is not Language.ENGLISH])
def test_no_line_of_a_patient_is_the_english_one(
    study: StudyFolder, subjects: list[tuple[Case, Subject]], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(spoken: Language) -> set[str]:
        feeds = [patient_feed(*each, KEY, Detail.NEUTRAL, spoken, ON) for each in subjects]
        return {line for feed in feeds for line in lines_of(feed)} | on_paper(study, spoken, monkeypatch)

    alike = {line for line in told(Language.ENGLISH) & told(language) if re.search("[A-Za-z]{3}", line)}
    # The number of a patient; and whom to call, which the site's file says in English and Chinese.
    contacts = {str(who) for who, _ in study.site.contacts}
    same_word = {"Contact"} if language is Language.FRENCH else set()
    assert alike == {"EXP-003", *same_word, *(contacts if language is not Language.CHINESE else ())}

"""The catalogues have what is said, in every language, and nothing else."""

from functools import cache

import pytest
from babel.messages.catalog import Catalog

from scheduler.languages import Language
from scheduler.words import catalogues
from tests.words.checks import complaints
from tests.words.extraction import (
    Found,
    everything,
    in_code,
    in_template,
    path_of,
    template_of,
    translated,
    updated,
)


@cache
def template() -> Catalog:
    return template_of(everything())


def test_each_language_has_its_catalogue_and_no_other_is_there() -> None:
    languages = translated()
    assert sorted(path_of(languages[0]).parent.glob("*.po")) == sorted(path_of(each) for each in languages)
    assert [catalogues.path_of(each) for each in languages] == [path_of(each) for each in languages]


@pytest.mark.parametrize("language", translated())
def test_a_catalogue_has_every_message_and_no_other(language: Language) -> None:
    text = path_of(language).read_text("utf-8")
    assert updated(text, template(), language) == text, "run: python -m tests.words"


@pytest.mark.parametrize("language", translated())
def test_a_catalogue_has_no_fault(language: Language) -> None:
    assert complaints(path_of(language).read_text("utf-8"), language) == []


def entry(english: str, chinese: str, head: str = "") -> str:
    header = 'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return f'{header}{head}msgid "{english}"\nmsgstr "{chinese}"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (entry("Day", "日期"), None),
        (entry("Day {number}", "第{number}天"), None),
        (entry("Day", ""), "'Day': has no translation"),
        (entry("Day", "日期", "#, fuzzy\n"), "'Day': is fuzzy: look at it, and take the mark away"),
        (entry("Day {number}", "第{n}天"), "'Day {number}': '第{n}天' fills in ['n'], which the English does not"),
        (entry("Day {number}", "第天"), "'Day {number}': '第天' leaves out ['number']"),
        (
            entry("Day %(number)s", "第{number}%天"),
            "'Day %(number)s': '第{number}%天' has a % that is no place: write %%",
        ),
        (entry("%(share)s%% of them", "其中 %(share)s%%"), None),
        (
            entry("half of them", "其中 50%", "#: scheduler/web/templates/a.html\n"),
            "has a % that is no place: write %%",
        ),
        (entry("half of them", "其中 50%", "#: scheduler/a.py\n"), None),
        (entry("Day ", "日期"), "'Day ': '日期' begins or ends with another space"),
        (
            entry("Day", "日期").replace("nplurals=1; plural=0", "nplurals=2; plural=(n != 1)"),
            "its header has not the plural",
        ),
        (entry("Day", "日期").replace("Language: zh", "Language: ja"), "its header says that it is ja"),
    ],
)
def test_a_fault_is_found(text: str, fault: str | None) -> None:
    found = complaints(text, Language.CHINESE)
    assert found[:1] == [] if fault is None else fault in found[0]


def test_what_code_says_is_found() -> None:
    text = """
from scheduler.said import counted, said, said_as
said("one " "sentence {a}", a=said("another"))
counted("{n} day", "{n} days", 3)
said_as("a status", "open" if x else "closed")
"""
    assert sorted(in_code("a.py", text)) == [
        ("a.py", "another", None, None),
        ("a.py", "closed", None, "a status"),
        ("a.py", "one sentence {a}", None, None),
        ("a.py", "open", None, "a status"),
        ("a.py", "{n} day", "{n} days", None),
    ]
    assert list(in_code("b.py", "def said(x): ...\nsaid(x)")) == []


def test_words_that_are_not_written_out_are_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.py:2: write the words out: said\(words\)"):
        list(in_code("a.py", "from scheduler.said import said\nsaid(words)"))


def test_what_a_template_says_is_found() -> None:
    text = """{{ _("Day") }}{% trans day=1 %}
      on {{ day }}
    {% endtrans %}{% trans num=n %}{{ num }} day{% pluralize %}{{ num }} days{% endtrans %}{{ pgettext("a status", "open") }}"""
    assert list(in_template("a.html", text)) == [
        Found("a.html", "Day"),
        Found("a.html", "on %(day)s"),
        Found("a.html", "%(num)s day", "%(num)s days"),
        Found("a.html", "open", None, "a status"),
    ]

"""What staff are told to record is called in Chinese as the form calls it."""

import re
from typing import get_args

from babel.messages.pofile import read_po

from scheduler.languages import Language
from scheduler.patient.events import AnyFact
from scheduler.said import Said
from scheduler.views.coordinator.schedule_of_activities import _every
from scheduler.words.saying import say
from tests.words.extraction import path_of

ZH = Language.CHINESE
_RECORDED = re.compile(r"\b(?:record|recorded as|as|with|or) '([a-z -]+)'")


def called(word: str, label: str) -> set[str]:
    """A kind of event, as histories and as forms call it."""
    return {f"“{say(Said(word, (), None, 'record'), ZH)}”", f"“{say(Said(label, (), None, 'event'), ZH)}”"}


def test_a_kind_of_event_is_told_by_the_name_that_it_has_in_its_form() -> None:
    kinds = {model.kind.word: called(model.kind.word, model.kind.label) for model in get_args(AnyFact)}
    with path_of(ZH).open("rb") as file:
        entries = [(str(each.id), each.string) for each in read_po(file) if isinstance(each.string, str)]
    wrong = [
        (english, chinese)
        for english, chinese in entries
        for word in _RECORDED.findall(english)
        # In a list that is filled in, a cell holds the English word; a sheet of time points has a box called "not taken".
        if word in kinds and "such as" not in english and "time" not in english and (english, word) not in OTHERWISE
        if not any(name in chinese for name in kinds[word])
    ]
    assert wrong == []


OTHERWISE = {("with 'randomised'", "randomised")}
"""A column of a list, which is called by its English word."""


def test_every_so_many_times_is_counted_in_chinese() -> None:
    assert [say(_every(number), ZH) for number in (1, 2, 3, 4, 11, 21, 22)] == [
        "每次",
        *(f"每{number}次一次" for number in (2, 3, 4, 11, 21, 22)),
    ]
    assert str(_every(21)) == "every 21st"

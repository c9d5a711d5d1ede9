"""What somebody has to look at, and what contradicts the log, as a coordinator reads it in Chinese."""

from typing import Any

import pytest

from scheduler.errors import Refused
from scheduler.findings import Finding, Severity
from scheduler.languages import Language
from scheduler.patient.appending import append
from scheduler.patient.events import parse_event
from scheduler.said import Code, Quoted, Value, said
from scheduler.words.saying import say
from tests.calendar.tellings import CONTROL, EXPERIMENTAL, patient
from tests.seed import VERSION


def zh(message: Value | None) -> str | None:
    return None if message is None else say(message, Language.CHINESE)


def refused(before: tuple[dict[str, Any], ...], event: dict[str, Any]) -> Finding:
    with pytest.raises(Refused) as caught:
        append(VERSION, patient(before).log, parse_event(event))
    return caught.value.findings[0]


def test_a_booking_that_is_void() -> None:
    booked = {"on": "2026-03-10", "event": "booked", "entry": "toripalimab.2", "to": "2026-03-23"}
    (found,) = (each for each in patient((*EXPERIMENTAL, booked)).calendar.findings if each.code == "booking-void")
    assert (found.message, found.hint) == (
        "the booking is void: it lies before what this waits for",
        "book another day",
    )
    assert (zh(found.told), zh(found.what_to_do)) == ("预约无效：它早于所等待的事项", "请预约其他日期")


def test_a_cycle_that_is_started_twice() -> None:
    again = {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 1}
    found = refused(CONTROL, again)
    assert found.message == (
        "'regorafenib' cycle 1 was started twice: on 2026-03-02 (event 2) and on 2026-03-30 (event 3)"
    )
    assert zh(found.told) == "'regorafenib' 第 1 周期重复开始：2026-03-02（事件 2）和2026-03-30（事件 3）"
    assert zh(found.what_to_do) == "请更正或作废其中一条"


def test_a_word_that_was_mistyped() -> None:
    found = refused(CONTROL, {"on": "2026-03-30", "event": "held", "treatment": "regorafinib", "reason": "AE 1"})
    assert (found.hint, zh(found.what_to_do)) == ("did you mean 'regorafenib'?", "是否指“regorafenib”？")


def test_a_finding_without_words_in_other_languages_is_quoted_in_english() -> None:
    found = Finding("code", Severity.NOTE, "a text", "what to do")
    assert (found.told, found.what_to_do) == (Quoted("a text", "en"), Quoted("what to do", "en"))


def test_two_findings_are_equal_when_they_say_the_same_in_english() -> None:
    found = Finding.of("code", Severity.NOTE, said("no {name} is recorded", name=Code("age")))
    assert found == Finding("code", Severity.NOTE, "no age is recorded")

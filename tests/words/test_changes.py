"""What would change, before it is recorded, as a coordinator reads it in Chinese."""

import re
from datetime import date
from typing import Any

from scheduler.calendar.comparing.compare import Change
from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.languages import Language
from scheduler.patient.events import parse_event
from scheduler.words.saying import say, sentence_in
from tests.calendar.tellings import CONTROL, EXPERIMENTAL, SITE, patient
from tests.seed import VERSION
from tests.words.test_explanations import LATIN, sentences

UNTIL = "2026-05-31"


def changes(before: tuple[dict[str, Any], ...], *more: dict[str, Any]) -> tuple[Change, ...]:
    log = patient(before, UNTIL).log
    events = [parse_event(event) for event in more]
    return what_would_change(VERSION, SITE, log, events, "EXP-001", date.fromisoformat(UNTIL)).changes


def told(found: tuple[Change, ...]) -> list[str]:
    return [say(change.sentence, Language.CHINESE) for change in found]


def test_a_hold_without_an_end() -> None:
    held = {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": "AE 1"}
    # Day 15 of cycle 1 is 16 March, so 14 of the 21 days of three tablets are left: 42 of 63.
    assert told(changes(CONTROL, held))[:3] == [
        "regorafenib.1：由63改为42 片",
        "regorafenib.1 第 15-21 天：暂停给药，原为120 mg",
        "regorafenib.2：取消原定日期2026年3月30日 周一，现等待暂停给药何时结束，不早于2026年3月30日 周一",
    ]


def test_a_fraction_that_failed_and_a_visit_that_is_booked() -> None:
    failed = {"on": "2026-03-27", "event": "not done", "entry": "radiotherapy.5"}
    assert told(changes(EXPERIMENTAL, failed))[:2] == [
        "radiotherapy.5：标记为“尝试失败”",
        "radiotherapy.5：推迟 3 天，由2026年3月27日 周五改为2026年3月30日 周一",
    ]
    booked = {"on": "2026-04-10", "event": "booked", "entry": "imaging.1", "to": "2026-05-06", "at": "09:30"}
    assert "imaging.1：时间为 09:30，原无" in told(changes(CONTROL, booked))


def test_every_sentence_of_ours_is_chinese() -> None:
    ended = {"on": "2026-03-25", "event": "end of treatment", "reason": "progression"}
    resumed = {"on": "2026-03-20", "event": "resumed", "treatment": "regorafenib", "level": -1, "dose": "80 mg"}
    held = {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": "AE 1"}
    delayed = {"on": "2026-04-20", "event": "delayed", "treatment": "regorafenib", "cycle": 3, "until": "2026-05-06"}
    found = [*changes(CONTROL, ended), *changes(CONTROL, held, resumed), *changes(EXPERIMENTAL, delayed)]
    messages = {sentence_in(each, Language.CHINESE) for change in found for each in sentences(change.sentence)}
    assert len(messages) > 15
    assert {each for each in messages if LATIN.search(re.sub(r"\{\w+\}", "", each))} == set()

"""In which language pages speak: what the account says, else what the browser asks for, else the server's; and what is Chinese."""

from __future__ import annotations

import re

import pytest

from scheduler.languages import Language
from scheduler.web.guards.languages import asked_for
from tests.web.people import PASSWORD, QUICK, Person, Place, words_of

CHINESE = "zh-CN,zh;q=0.9,en;q=0.8"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("fr-FR, de;q=0.9", None),
        ("zh-Hans-CN", Language.CHINESE),
        ("en-GB, zh;q=0.9", Language.ENGLISH),
        ("en;q=0.1, ZH ; Q=0.2", Language.CHINESE),
        ("zh;q=0, en", Language.ENGLISH),
        ("zh;q=0", None),
        ("zh;q=much, en;q=0.1", Language.ENGLISH),
        ("fr, *;q=0.5", None),
    ],
)
def test_a_browser_gets_the_language_that_it_likes_best(header: str, language: Language | None) -> None:
    assert asked_for(header) == language


def language_of(person: Person, path: str, **headers: str) -> tuple[str, str]:
    """What the page says about itself, in its first tag and in the answer's head."""
    answer = person.browser.get(path, headers=headers)
    assert "accept-language" in answer.headers["vary"]
    found = re.search(r'<html lang="(\w+)">', answer.text)
    assert found is not None
    return found[1], answer.headers["content-language"]


def test_the_account_comes_before_the_browser_and_the_browser_before_the_server(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert language_of(person, "/account") == ("en", "en")
    person.browser.headers["accept-language"] = CHINESE
    assert language_of(person, "/account") == ("zh", "zh")
    assert person.sends("/account/language", language="en").headers["location"] == "/account"
    assert language_of(person, "/account") == ("en", "en")
    person.sends("/account/language", language="")
    assert language_of(person, "/account") == ("zh", "zh")
    assert "请选择语言。" in words_of(person.sends("/account/language", language="tlh"))


def test_pages_about_problems_speak_too_and_so_does_the_log_in(place: Place) -> None:
    stranger = place.stranger()
    assert language_of(stranger, "/login", **{"accept-language": "zh"}) == ("zh", "zh")
    assert language_of(stranger, "/no/such/page", **{"accept-language": "zh"}) == ("zh", "zh")
    monitor = place.somebody("monitor")
    monitor.sends("/account/language", language="zh")
    assert "您的角色无此权限 如应包括，请联系管理员。" in words_of(monitor.browser.get("/enrol"))


def test_a_server_may_speak_another_language_where_nobody_says(place: Place) -> None:
    chinese = Place(place.store, place.time, QUICK.model_copy(update={"language": Language.CHINESE}))
    assert language_of(chinese.stranger(), "/login") == ("zh", "zh")
    assert language_of(chinese.stranger(), "/nothing") == ("zh", "zh")
    assert language_of(chinese.stranger(), "/login", **{"accept-language": "en"}) == ("en", "en")


def test_the_meaning_of_a_signature_is_read_in_ones_own_language_and_recorded_in_english(place: Place) -> None:
    investigator = place.somebody("investigator")
    investigator.sends("/account/language", language="zh")
    stopped = {"event": "discontinued", "on": "2026-05-21", "treatment": "toripalimab", "reason": "the wish of the patient"}
    preview = words_of(investigator.sends("/subjects/EXP-003/preview", **stopped))
    assert "您的签名 ，Dr Investigator-0，研究者：下达医嘱：" in preview
    investigator.records("EXP-003", **stopped, password=PASSWORD)
    last = list(place.store.records(subject="EXP-003"))[-1]
    assert last.signed is not None
    assert last.signed.startswith("orders: toripalimab is discontinued")

"""What the pharmacy is told beside a line, in Chinese; lists, CSV and the last print have the same words in English."""

import json
from datetime import date

from scheduler.languages import Language
from scheduler.said import SEMICOLONS as BETWEEN
from scheduler.said import Amount, Code, Quoted, joined, said, said_of, text_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.words.saying import say
from tests.views.told import CONTROL, patient

CHINESE = Language.CHINESE


def zh(text: str | None) -> str:
    assert text is not None
    return say(said_of(text), CHINESE)


def test_how_a_supply_was_reckoned_and_what_is_collected() -> None:
    known = patient(CONTROL, "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n")
    lines = dispensing_list([known], date(2026, 3, 1), date(2026, 4, 30)).everything
    first, hold = lines[0], lines[1]
    # 21 days of three tablets are 63, which are three bottles of 28 and 21 over.
    assert first.note == "3 tablets x 21 days; 3 bottles of 28, surplus 21; " + (
        "the cycle was started and nobody recorded what was handed out"
    )
    assert zh(first.note) == "3 片 × 21天；3 瓶（每包装 28），多出 21；该周期已开始，而无人记录发药数量"
    assert (hold.visit, zh(hold.visit)) == ("Regorafenib, cycle 1, day 15", "瑞戈非尼 第1周期，第 15 天")
    # Two weeks of three tablets are 42 of the 84 that the list asked for.
    assert (hold.collect, zh(hold.collect)) == ("42 tablets should be left", "应剩余42 片")


def test_a_text_is_its_english_words_to_everything_else() -> None:
    text = text_of(said("{units} should be left", units=Amount(2, "mL")))
    assert (text, json.dumps(text), text == "2 mL should be left") == (
        "2 mL should be left",
        '"2 mL should be left"',
        True,
    )
    assert said_of("2 mL should be left") == Quoted("2 mL should be left", "en")
    both = joined([text, "from an old print"], BETWEEN)
    assert (both, zh(both)) == ("2 mL should be left; from an old print", "应剩余2 mL；from an old print")
    assert said_of(text_of(said("recount"))) != Code("recount")

"""A coordinator asks why, in Chinese: every sentence of ours is Chinese, and what others wrote stands as it is."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from scheduler.calendar.entries.because import Because, Closed
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Dose
from scheduler.calendar.entries.sentences import closed_why
from scheduler.calendar.entries.sentences import sentences as sentences_of
from scheduler.calendar.entries.titles_in_words import called_in_words, title_in_words
from scheduler.calendar.telling.explain import explain
from scheduler.languages import Language
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime
from scheduler.said import Listed, Said, Value, in_english
from scheduler.words.saying import say, sentence_in
from tests.calendar.proposals.patients import CONTROL, SKIN, calendar
from tests.dosing.story import told
from tests.dosing.test_own_doses import BODY, OXALIPLATIN, study
from tests.dosing.test_working_told import calendar as worked_out
from tests.seed import VERSION

STORY = f"""{CONTROL}{SKIN}2026-03-16 held, treatment: regorafenib, reason: AE 1, by: Dr Example
2026-03-18 visit done, entry: baseline.1
"""
LATIN = re.compile("[A-Za-z]{3,}")


def zh(message: Value) -> str:
    return say(message, Language.CHINESE)


def sentences(message: Value) -> Iterator[Said]:
    """A message and all that stand in it."""
    if isinstance(message, Said):
        yield message
    inside = [value for _, value in message.values] if isinstance(message, Said) else ()
    for value in message.items if isinstance(message, Listed) else inside:
        yield from sentences(value)


def test_every_sentence_of_ours_is_chinese() -> None:
    log = told(STORY)
    found = calendar(STORY)
    asked = [each.id for each in found.entries]
    asked += [*(each.id for each in found.pending), *(each.id for each in found.proposals)]
    explained = [explain(found, each, VERSION, log) for each in [*asked, "regorafenib.1.16"]]
    messages = {
        each
        for one in explained
        for told in (one.answer, *(line.said for line in (*one.lines, *one.looked_at)))
        for each in sentences(told)
    }
    assert len({each.sentence for each in messages}) > 40
    english = {sentence_in(each, Language.CHINESE) for each in messages}
    assert {each for each in english if LATIN.search(re.sub(r"\{\w+\}", "", each))} == set()


def test_a_day_that_is_held() -> None:
    found = explain(calendar(STORY), "regorafenib.1.16", VERSION, told(STORY))
    assert zh(found.answer) == (
        "瑞戈非尼 第1周期第16天，2026年3月17日 星期二（第16天）：暂停给药，"
        "因为2026年3月16日 星期一 regorafenib 暂停给药，原因：“AE 1”。"
    )
    assert found.in_words(zh).splitlines()[1:3] == [
        "  事件 4，2026年3月16日 星期一：regorafenib 暂停给药，原因：“AE 1”，由Dr Example作出。 [event 4]",
        "  第16天自周期开始日计算：瑞戈非尼 第1周期于2026年3月2日 星期一（第1天）开始。 [regorafenib.1]",
    ]


@pytest.mark.parametrize(
    ("title", "chinese"),
    [
        ("Toripalimab, dose 2", "Toripalimab 第2次给药"),
        ("Regorafenib, cycle 3", "Regorafenib 第3周期"),
        ("Regorafenib, cycle 3, from day 4 to day 9", "Regorafenib 第3周期，第4天至第9天"),
        ("Cisplatin, cycle 2 day 8", "Cisplatin 第2周期第8天"),
        ("Radiotherapy, fraction 5", "Radiotherapy 第5次照射"),
        ("Visit, last", "Visit（末次）"),
        ("Regorafenib, not planned", "Regorafenib（计划外）"),
        ("ALT, extra", "ALT（额外）"),
        ("Tumour imaging 2", "Tumour imaging 2"),
        ("Phone call, 30 days after", "Phone call, 30 days after"),
    ],
)
def test_titles(title: str, chinese: str) -> None:
    assert (in_english(title_in_words(title)), zh(title_in_words(title))) == (title, chinese)


def test_what_a_dose_is_called_behind_its_treatment() -> None:
    assert [zh(called_in_words(each)) for each in ("A, dose 3", "A, B, week 2", "A")] == ["第3次给药", "week 2", "A"]


@pytest.mark.parametrize(
    ("why", "chinese"),
    [
        ("Saturday and Sunday", "星期六和星期日"),
        ("Sunday; public holiday: Labor Day, Day off", "星期日；法定节假日：劳动节、Day off"),
        ("public holiday", "法定节假日"),
        ("closed", "不开放"),
        ("no pharmacist: leave", "no pharmacist: leave"),
    ],
)
def test_why_a_day_is_closed(why: str, chinese: str) -> None:
    assert (in_english(closed_why(why)), zh(closed_why(why))) == (why, chinese)


@pytest.mark.parametrize(
    ("dose", "english", "chinese"),
    [
        (Dose(Decimal(80), "mg", -1), "80 mg (level -1)", "80 mg（剂量水平 -1）"),
        (Dose(Decimal(5), "AUC", of="carboplatin"), "carboplatin AUC 5", "carboplatin AUC 5"),
        (Dose(Decimal("2.50"), "mg", often="twice daily"), "2.5 mg twice daily", "2.5 mg 每日两次"),
        (Dose(Decimal(2), "mg", of="A", often="every 3 days"), "A 2 mg every 3 days", "A 2 mg 每3天一次"),
        (Dose(None, "mg"), "not prescribed", "未开具处方"),
        (Dose(None, "mg", needs=("age", "a decision")), "age and a decision needed", "需要年龄和决定"),
        (Dose(Decimal(2), "puff"), "2 puffs", "2 吸"),
        (Dose(Decimal(9), "mg", over=InfusionTime(2, "hours")), "9 mg over 2 hours", "9 mg，历时2小时"),
    ],
)
def test_doses(dose: Dose, english: str, chinese: str) -> None:
    assert (in_english(doses_in_words((dose,))), zh(doses_in_words((dose,)))) == (english, chinese)


def test_reasons_beside_dates() -> None:
    found = calendar(STORY)
    why = [*(each.because for each in found.entries), *(each.because for each in found.pending)]
    said = {zh(each) for because in why for each in sentences_of(because, found)}
    # Each begins with a word of ours; what follows may be the protocol's sentence or an entry.
    assert {each for each in said if LATIN.match(each)} == set()
    assert {"在 regorafenib.1 之后", "事件 4：暂停给药", "尚不确定：暂停给药何时结束"} <= said
    closed = Because((Closed(739703, 739704, "Saturday and Sunday"),))
    assert list(map(zh, sentences_of(closed, found))) == ["休诊 2026-03-28..2026-03-29：星期六和星期日"]


def test_a_dose_that_was_worked_out() -> None:
    version, log = study(OXALIPLATIN), told(BODY)
    lines = explain(worked_out(version, log), "oxaliplatin.2", version, log).lines
    (working,) = [zh(line.said) for line in lines if line.sentence.startswith("Worked out")]
    # The square root of 170 x 70 / 3600 is 1.818, so 1.82 m2; 85 x 1.82 = 154.7.
    assert working == (
        "计算：85 mg/m2 x 1.82 m2（Mosteller，2026-03-01 的身高 170 cm，2026-03-01 的体重 70 kg） = 154.7 mg；"
        "按 5 mg 取整：155 mg，多 0.2 %。"
    )

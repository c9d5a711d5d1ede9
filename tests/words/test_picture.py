"""The picture and the months of a calendar for a reader of Chinese: names of the study stay, all other words are Chinese."""

import re
from datetime import date

from scheduler.exports.pages.months import month_by_month
from scheduler.exports.picture.drawing import picture
from scheduler.exports.picture.ground import always_open
from scheduler.languages import Language
from scheduler.words.catalogues import catalogue
from scheduler.words.saying import say
from tests.calendar.proposals.patients import calendar
from tests.words.test_explanations import STORY

TODAY = date(2026, 3, 20)


def test_a_picture_has_no_english_of_ours() -> None:
    found = calendar(STORY)
    drawn = str(picture(found, today=TODAY, language=Language.CHINESE))
    told = re.findall(r">([^<>]+)<", drawn)
    ours = set(catalogue(Language.CHINESE)._catalog) - {""}  # type: ignore[attr-defined]
    names = {entry.timeline for entry in found.entries} | {entry.title for entry in found.entries}
    assert [text for text in told if text in ours - names] == []
    assert {"计划", "已完成", "暂停给药", "今日", "休诊日", "2026年3月", "研究周", "单次访视"} <= set(told)
    assert 'aria-label="日历图；可左右滚动"' in drawn
    assert (
        "<title>瑞戈非尼 第1周期（regorafenib.1.15-21）、2026年3月16日 – 2026年3月22日、第 15 天、暂停给药</title>"
        in drawn
    )


def test_months_are_named_and_their_tablets_told() -> None:
    sheets = month_by_month(calendar(STORY), always_open, TODAY)
    assert [say(sheet.name, Language.CHINESE) for sheet in sheets][:2] == ["2026年3月", "2026年4月"]
    items = {say(item.words, Language.CHINESE) for week in sheets[0].weeks for day in week if day for item in day.items}
    assert "暂停给药" in items
    assert "held" not in items

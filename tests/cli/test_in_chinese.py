"""A coordinator who works in Chinese records, tries and amends: questions, changes and findings are Chinese, JSON is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.cli.options import Languages
from scheduler.cli.reader import reader_of
from scheduler.languages import Language
from tests.amendments.texts import amended
from tests.cli.typed import SEED, study_in, typed

MISSPELT = "{on: 2026-05-21, event: adverse event, ae: 9, term: Colitiss, grade: 3, related: [toripalimab]}"
HELD = "{on: 2026-05-21, event: held, treatment: regorafenib}"
CASE = SEED / "patients" / "EXP-003.yaml"


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    with freeze_time("2026-05-21 08:00:00"):
        yield


def test_a_question_before_something_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    answer = typed("record", study_in(tmp_path), "EXP-001", MISSPELT)
    lines = answer.err.splitlines()
    assert (answer.code, answer.out) == (1, "")
    assert lines[0] == "需说明理由： “Colitiss”不是CTCAE v5.0 的术语 [unknown-term]"
    assert lines[1].startswith("  方案规定：line ")
    assert lines[2:4] == ["  是否指 'Colitis'或'Biliary tract infection'？", "将带来的变化："]
    assert lines[-2:] == ["未作任何记录。", '请更正；如确如所填，请在事件中写明原因：confirmed: "..."']


def test_what_is_recorded_is_told(tmp_path: Path) -> None:
    answer = typed("record", study_in(tmp_path), "EXP-001", MISSPELT.replace("Colitiss", "Colitis"), "--language", "zh")
    assert answer.code == 0
    assert answer.err.splitlines()[-1].startswith("EXP-001 的事件 ")


def test_what_would_change() -> None:
    answer = typed("whatif", CASE, "--event", HELD, "--language", "zh")
    assert answer.out.splitlines() == [
        "2026-05-25  regorafenib.5：取消原定日期2026年5月25日 周一，现等待暂停给药何时结束，不早于2026年5月25日 周一",
        "2026-06-22  regorafenib.6 至 .26：不再列入日历",
        "            新增警告：regorafenib.5：预约无效：它处于暂停给药期间",
    ]


def test_json_is_english_whoever_asks() -> None:
    in_english, in_chinese = (
        typed("whatif", CASE, "--event", HELD, "--format", "json", "--language", language).out
        for language in ("en", "zh")
    )
    assert json.loads(in_chinese) == json.loads(in_english)


def test_appointments_to_make_anew_when_the_site_is_closed() -> None:
    answer = typed("whatif", CASE, "--closed", "2026-05-25..2026-05-29", "--resource", "infusion", "--language", "zh")
    titles = [line for line in answer.out.splitlines() if line in ("需要重新预约", "无法再遵守的时间窗")]
    assert titles == ["无法再遵守的时间窗", "需要重新预约"]
    assert [line.split() for line in answer.out.splitlines() if line.startswith("受试者")] == [
        ["受试者", "条目", "名称", "最早日期", "最晚日期", "日期"],
        ["受试者", "日期", "时间", "条目", "名称", "改至"],
    ]


def test_an_amendment(tmp_path: Path) -> None:
    newer = tmp_path / "published.yaml"
    newer.write_text(amended(), "utf-8")
    answer = typed("amend", study_in(tmp_path), newer, "--on", "2026-05-25", "--dry-run", "--language", "zh")
    assert answer.code == 0
    assert [line for line in answer.out.splitlines() if line in ("已来不及进行", "转入之前")] == [
        "已来不及进行",
        "转入之前",
    ]
    assert answer.err.splitlines()[-1] == "未作任何更改；不加 --dry-run 时，该版本将加入研究"


@pytest.mark.parametrize(
    ("asked", "terminal", "language"),
    [
        (None, {}, Language.ENGLISH),
        (None, {"LANG": "C.UTF-8"}, Language.ENGLISH),
        (None, {"LANG": "zh_CN.UTF-8"}, Language.CHINESE),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, Language.ENGLISH),
        (None, {"LANG": "de_DE.UTF-8"}, Language.ENGLISH),  # German has the words of patients alone
        (Languages.EN, {"LANG": "zh_CN.UTF-8"}, Language.ENGLISH),
        (Languages.ZH, {}, Language.CHINESE),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_terminals(
    asked: Languages | None, terminal: dict[str, str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    assert reader_of(asked) is language


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            ("worklist", SEED, "--on", "2026-05-21"),
            ["清单", "待办", "今后", "即将截止", "逾期", "瑞戈非尼 第1周期", "已预约"],
        ),
        (("agenda", SEED, "--from", "2026-05-20", "--to", "2026-05-23"), ["日程", "上海", "受试者", "门诊", "计划"]),
        (("deviations", SEED, "--on", "2026-05-21"), ["方案偏离", "遗漏", "事件 20", "数量"]),
        (("adverse-events", SEED), ["不良事件", "收集期", "最高分级", "期内", "瑞戈非尼"]),
        (("exposure", CASE, "--until", "2026-05-21"), ["暴露量", "合计", "已给药", "特瑞普利单抗"]),
        (("dispensing", SEED, "--from", "2026-05-25", "--to", "2026-05-25"), ["药房清单", "瑞戈非尼 第5周期", "2 片"]),
        (("response", CASE), ["目前疗效", "如经确认的最佳疗效", "疗效评估", "日历采用"]),
        (("background", CASE), ["背景信息", "类别", "知情同意", "联合特瑞普利单抗及放疗组"]),
        (("stock", SEED, "--on", "2026-05-21"), ["上海 2026-05-21 的库存", "需要量", "瑞戈非尼", "条目"]),
        (("show", CASE, "--on", "2026-05-21"), ["瑞戈非尼 第5周期", "方案版本", "已预约"]),
    ],
)
def test_lists_are_chinese_for_people_and_english_for_programs(
    command: tuple[str | Path, ...], told: list[str]
) -> None:
    page = typed(*command, "--language", "zh", "--format", "html")
    assert '<html lang="zh">' in page.out
    assert [word for word in told if word not in page.out] == []
    plain, chinese = (typed(*command, "--format", "csv", *more).out for more in ((), ("--language", "zh")))
    assert plain == chinese


def test_a_calendar_on_the_screen_as_the_terminal_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    lines = typed("show", CASE, "--until", "2026-05-27", "--on", "2026-05-21").out.splitlines()
    assert lines[1].split() == ["日期", "星期", "研究日", "编号", "时间窗", "剂量", "状态"]
    assert next(line for line in lines if "toripalimab.6" in line).split() == [
        *("2026-05-27", "13:30", "周三", "122", "toripalimab.6", "05-24..05-30", "240", "mg", "计划、已预约")
    ]
    # A feed is for another program: without a language it is English, whatever the terminal speaks.
    assert "CALSCALE" in (feed := typed("show", CASE, "--format", "ics").out)
    assert "访视" not in feed


def test_rows_of_a_list_and_what_a_command_refuses(tmp_path: Path) -> None:
    rows = tmp_path / "list.csv"
    rows.write_text("subject,event,on,test,value,unit\nEXP-001,measured,2026-05-22,ALT,62,U/L\n", "utf-8")
    answer = typed("import-events", SEED, rows, "--dry-run", "--language", "zh")
    assert answer.code == 1
    assert answer.err.splitlines()[0].startswith(f"{rows}:2:3: 错误： 2026-05-22 ")
    assert answer.err.splitlines()[-1] == "未作任何记录。请改正这些行，然后重新提交整个清单。"
    assert answer.out.split() == ["各行", "行", "受试者", "结果", "内容", *answer.out.split()[5:]]
    assert "不能记录" in answer.out
    again = "{on: 2026-05-19, event: given, treatment: toripalimab, n: 4}"
    refused = typed("whatif", SEED / "patients" / "EXP-001.yaml", "--event", again, "--language", "zh")
    assert (refused.code, "重复" in refused.err) == (1, True)


def test_the_protocols_sentences_are_marked_as_english_on_a_chinese_page() -> None:
    asked = ("activities", SEED / "protocol.yaml", "--arm", "control", "--m11", "--format", "html")
    assert '<span lang="en">on first dose</span>' in typed(*asked, "--language", "zh").out
    assert "<span" not in typed(*asked).out

"""What no rule can read in a patient's log, and what a site's text gets wrong, as a coordinator reads it in Chinese."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.patient.places import check_places_of
from scheduler.patient.study_words import study_words_of
from scheduler.patient.words import words_of
from scheduler.site.parse import parse_site
from scheduler.source.node import Data
from scheduler.stock.events import parse_stock_event
from tests.calendar.proposals.patients import EXPERIMENTAL, calendar
from tests.seed import VERSION
from tests.words.test_findings import zh


def in_chinese(finding: Finding) -> tuple[str | None, str | None]:
    return zh(finding.told), zh(finding.what_to_do)


@pytest.mark.parametrize(
    ("line", "code", "told", "to_do"),
    [
        (
            "measured, test: ALT, value: 250, unit: U/L",
            "no-upper-limit",
            "2026-03-16，事件 4：ALT 250 U/L 没有正常值上限，而 regorafenib和toripalimab 的规则要与上限比较",
            "请更正事件 4：填写其正常值上限",
        ),
        (
            "measured, test: creatinine, value: 600, unit: umol/L, upper_limit: 100",
            "no-grade",
            "2026-03-16，事件 4：creatinine 600 umol/L 相当于 Creatinine increased 3 级："
            "regorafenib和toripalimab 的规则需要分级，而无人记录",
            "请记录该不良事件，分级以研究者的判定为准",
        ),
        (
            "measured, test: ALT, value: 250, unit: mg/dL",
            "unread-unit",
            "2026-03-16，事件 4：ALT 250 mg/dL 未被读取：mg/dL 不是它的单位",
            "请以 U/L 为单位填写数值；请更正事件 4；如原记录无误，请记录“已审阅”",
        ),
        (
            "adverse event, ae: 1, term: Hand foot syndrom, grade: 3, related: [regorafenib]",
            "unknown-term",
            "2026-03-16，事件 4：“Hand foot syndrom”不是CTCAE v5.0 的术语；没有按术语名称的规则会读取它",
            "是否指 'Palmar-plantar erythrodysesthesia syndrome'？请更正事件 4；如原记录无误，请记录“已审阅”",
        ),
        (
            "adverse event, ae: 1, term: ALT increased, grade: 3, related: [regorafenib]",
            "no-value",
            "2026-03-16，事件 4：ALT increased，3 级，没有数值：regorafenib和toripalimab 的规则需要 ALT，而前后 7 天内均未测量",
            "请记录“检验或测量”，项目：ALT，并填写数值、单位和正常值上限",
        ),
        (
            "medicine started, name: prednisone",
            "no-daily-dose",
            "2026-03-16，事件 4：未说明 prednisone 每日服用多少；按高于 10 mg 计算",
            "请写每日剂量，如 40 mg，以及给药途径，如口服（oral）；请更正事件 4；如原记录无误，请记录“已审阅”",
        ),
    ],
)
def test_what_no_rule_can_read(line: str, code: str, told: str, to_do: str) -> None:
    (found,) = (each for each in calendar(f"{EXPERIMENTAL}2026-03-16 {line}\n").findings if each.code == code)
    assert in_chinese(found) == (told, to_do)


def asked(event: str, **fields: Data) -> list[tuple[str | None, str | None]]:
    return [in_chinese(each) for each in words_of(parse_event({"on": "2026-03-02", "event": event, **fields}), Log())]


def test_words_and_numbers_that_are_asked_about_before_they_are_recorded() -> None:
    assert asked("adverse event", ae=1, term="手足综合征", grade=2) == [
        ("“手足综合征”已读作 Palmar-plantar erythrodysesthesia syndrome（本程序自己的翻译）", None)
    ]
    assert asked("adverse event", ae=1, term="Alopecia", grade=3) == [
        ("在 CTCAE v5.0 中，“Alopecia”没有 3 级", "其分级为 1、2；更严重的事件使用其他术语")
    ]
    assert asked("measured", test="neutrophils", value=1200, unit="g/dL") == [
        ("neutrophils 的单位“g/dL”无法读取：不能换算为G/L", "请以 G/L 为单位填写")
    ]
    assert asked("attribute", name="weight", value="1.000 kg") == [
        ("weight“1.000 kg”可能是 1 kg或1000 kg", "请写 1 kg或1000 kg，以实际所指为准")
    ]


def test_a_value_that_no_living_person_has() -> None:
    assert asked("measured", test="haemoglobin", value=1200, unit="g/dL") == [
        ("haemoglobin 1200 g/dL 超出人体可能的范围（20 g/L 至 270 g/L）", "1200 g/dL或12 g/dL？")
    ]


@pytest.mark.parametrize(
    ("event", "told", "to_do"),
    [
        ({"event": "cycle started", "treatment": "x", "cycle": "x"}, "此处应为整数，实际为'x'", "只写数字，例如 21"),
        ({"event": "givn"}, "此处应为已知的词之一，实际为'givn'", "是否指“given”？"),
        ({"event": "struck", "number": 1}, "缺少键 'reason'", "Why the record is put right, in staff's words."),
        (
            {"event": "died", "cause": "x"},
            "此处没有键 'cause'",
            "此处已知：at、by、confirmed、event、note、on、override、reason、recorded",
        ),
        ({"event": "died", "note": ["x"]}, "此处应为文本，实际为列表", "请写成一段文本，含括号或冒号时加引号"),
        ({"event": "died", "note": "x" * 2001}, f"'{'x' * 59}…' 太长", "最多写 2000 个字符"),
    ],
)
def test_a_row_that_is_no_event(event: dict[str, Data], told: str, to_do: str) -> None:
    with pytest.raises(InvalidText) as wrong:
        parse_event({"on": "2026-03-02", **event})
    assert [in_chinese(each) for each in wrong.value.findings] == [(told, to_do)]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ({"quantity": -1}, ("-1 小于 0", "没有时写 0")),
        ({"packs": -1}, ("-1 太小", "不得小于 0")),
        ({"packs": 1, "of": "x"}, ("此处应为'stock'或'returned'，实际为'x'", None)),
    ],
)
def test_a_line_that_is_no_event_of_a_stock(number: dict[str, Data], told: tuple[str, str | None]) -> None:
    with pytest.raises(InvalidText) as wrong:
        parse_stock_event({"on": "2026-03-02", "event": "counted", "product": "r", "lot": "A", **number})
    assert [in_chinese(each) for each in wrong.value.findings] == [told]


def test_a_site_that_the_study_has_not() -> None:
    moved = parse_event({"on": "2026-03-02", "event": "site transferred", "site": "Norht"})
    (found,) = study_words_of(moved, VERSION, ["North", "South"])
    assert in_chinese(found) == ("“Norht”不是本研究的研究中心", "是否指 'North'？")


def test_a_site_that_is_open_on_a_closed_day() -> None:
    with pytest.raises(InvalidText) as wrong:
        parse_site("site: North\nzone: Asia/Shanghai\nclosed: [2026-05-04]\nopen: [2026-05-04]\n", name="site.yaml")
    assert [in_chinese(each) for each in wrong.value.findings] == [
        ("2026-05-04 既写为开放又写为不开放", "第 3 行写明该日不开放：请只保留其中一条")
    ]


def test_a_country_that_nobody_knows() -> None:
    with pytest.raises(InvalidText) as wrong:
        parse_site("site: North\nzone: Asia/Shanghai\npublic holidays: none\n", name="site.yaml")
    assert [in_chinese(each) for each in wrong.value.findings] == [
        ("没有国家“none”的法定节假日", "如研究中心不因法定节假日休诊，请不要填写；NO 是挪威")
    ]


def test_places_and_lengths_that_are_slips_of_a_name() -> None:
    places = "resources: {radiotherapi: , clinic: , imaging: , infusion: }\nlasts: {radiotherapi: 2 hours}\n"
    text = f"site: North\nzone: Asia/Shanghai\n{places}"
    assert [in_chinese(each) for each in check_places_of(VERSION, parse_site(text, name="site.yaml"))] == [
        (
            "方案中没有任何一行要求 'radiotherapi'；radiotherapy 需要 'radiotherapy'，而 North 没有列出它，"
            "因此按研究中心的通常工作日安排",
            "是否指 'radiotherapy'？",
        ),
        ("1.0 中没有名为 'radiotherapi' 的治疗、访视、访视种类或活动", "是否指 'radiotherapy'？"),
    ]

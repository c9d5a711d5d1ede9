"""Protocols that are written in Chinese: what is said there, in the words of this language."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import Habit, meant

_UNITS = {"天": "days", "日": "days", "周": "weeks", "月": "months", "年": "years"}
_UNIT = r"(?:个)?(天|日|周|月|年)"
_WINDOW = r"(?:\s*[(（]?\s*±\s*([0-9]+)\s*(?:天|日)\s*[)）]?)?"
_OFTEN = {
    "一": "once",
    "1": "once",
    "两": "twice",
    "二": "twice",
    "2": "twice",
    "三": "three times",
    "3": "three times",
    "四": "four times",
    "4": "four times",
}
_ANCHORS = (
    (r"(?:末次|最后一次)(?:给药|用药|治疗)", "the last dose"),
    (r"(?:首次|第一次)(?:给药|用药|治疗)", "first dose"),
    (r"随机(?:化|分组)?", "randomisation"),
    (r"(?:治疗结束|结束治疗)", "end of treatment"),
    (r"疾病进展", "progression"),
    (r"(?:签署)?知情同意(?:书)?", "consent"),
)


def _offset(anchor: str, way: str) -> list[Habit]:
    def said(match: re.Match[str]) -> tuple[str, ...]:
        window = f" ±{match[3]} days" if match[3] else ""
        return (f"{match[1]} {_UNITS[match[2]]}{window} {way} {anchor} ",)

    where = {"after": "后", "before": "前"}[way]
    spoken = next(looks for looks, said_so in _ANCHORS if said_so == anchor)
    return [
        meant(
            rf"{spoken}{where}\s*([0-9]+)\s*{_UNIT}内",
            lambda match: (f"within {match[1]} {_UNITS[match[2]]} {way} {anchor} ",),
        ),
        meant(
            rf"{spoken}{where}\s*([0-9]+)\s*±\s*([0-9]+)\s*{_UNIT}",
            lambda match: (f"{match[1]} {_UNITS[match[3]]} ±{match[2]} {_UNITS[match[3]]} {way} {anchor} ",),
        ),
        meant(rf"{spoken}{where}\s*([0-9]+)\s*{_UNIT}{_WINDOW}", said),
    ]


def _often(match: re.Match[str]) -> tuple[str, ...]:
    return (f" {_OFTEN[match[1]]} daily ",)


def _repeated(match: re.Match[str]) -> tuple[str, ...]:
    window = f" ±{match[3]} days" if match[3] else ""
    return (f"every {match[1]} {_UNITS[match[2]]}{window} ",)


def _listed(match: re.Match[str]) -> tuple[str, ...]:
    days = re.sub(r"\s*[、,，和]\s*", ", ", match[1]).replace("至", "-").replace("~", "-")
    return (f" on day{'' if days.isdigit() else 's'} {days} ",)


CHINESE = (
    meant(r"每\s*隔?\s*([468])\s*(?:个)?小时\s*(?:一|1)?\s*次?", lambda match: (f" every {match[1]} hours ",)),
    *(row for looks, anchor in _ANCHORS for way in ("after", "before") for row in _offset(anchor, way)),
    meant(
        rf"每\s*([0-9]+)\s*{_UNIT}\s*(?:为)?(?:一|1)?(?:个)?(?:治疗)?周期",
        lambda match: (f"{match[1]}-{_UNITS[match[2]].rstrip('s')} cycle ",),
    ),
    meant(r"第\s*([0-9]+)\s*(?:个)?周期\s*第\s*([0-9]+)\s*(?:天|日)", "cycle {0} day {1} "),
    meant(r"每(?:个)?周期(?:的)?第\s*([0-9]+)\s*(?:天|日)", "day {0} of each cycle "),
    meant(r"(?:每日|每天|一日|一天)\s*([一1两二2三3四4])\s*次", _often),
    meant(r"隔日\s*(?:一次|1次)", " every other day "),
    meant(r"每(?:周|星期)\s*(?:一次|1次)", "every 1 week "),
    meant(r"每(?:日|天)(?!\s*[一1两二2三3四4])", " daily "),
    meant(rf"每\s*([0-9]+)\s*{_UNIT}\s*(?:一次|1次|一次给药)?{_WINDOW}", _repeated),
    meant(r"第\s*([0-9]+(?:\s*(?:[、,，和~至-])\s*[0-9]+)*)\s*(?:天|日)", _listed),
    meant(r"第\s*([0-9]+)\s*周", "week {0} "),
    meant(r"±\s*([0-9]+)\s*(?:天|日)", " ±{0} days "),
    meant(r"(?:直至|直到|至)\s*(?=疾病进展)", "until "),
    meant(r"疾病进展", " progression "),
    meant(r"\s*或\s*(?:出现)?(?:不可耐受(?:的)?毒性|毒性不可耐受|毒性不可接受)", " or unacceptable toxicity "),
    meant(r"最多\s*([0-9]+)\s*(?:个)?(?:治疗)?周期", "at most {0} cycles "),
    meant(r"(?:共)?\s*([0-9]+)\s*(?:个)?(?:治疗)?周期", "{0} cycles "),
    meant(r"毫克", " mg "),
    meant(r"微克", " mcg "),
    meant(r"毫升", " mL "),
    meant(r"口服", " by mouth "),
    meant(r"(?:持续|连续)静脉(?:输注|滴注)", " by continuous infusion "),
    meant(r"静脉(?:输注|滴注|注射|给药)", " intravenously "),
    meant(r"皮下(?:注射)?", " subcutaneously "),
    meant(r"肌(?:肉)?(?:注射|注)", " intramuscularly "),
    meant(r"(?:≥|>=)\s*([1-4])\s*级", lambda match: ("grade 4 " if match[1] == "4" else f"grade {match[1]}-4 ",)),
    meant(r"(?:恢复至|降至|缓解至)\s*(?:≤|<=|0-)?\s*([0-3])\s*级", " until grade 0-{0} "),
    meant(r"([1-4])\s*[-~至]\s*([1-4])\s*级", "grade {0}-{1} "),
    meant(r"([1-4])\s*级", "grade {0} "),
    meant(r"暂停(?:用药|给药|治疗)?", " hold "),
    meant(r"(?:永久)?(?:停药|停止用药|停止治疗|终止治疗)", " discontinue "),
    meant(r"(?:减量|降低|下调)\s*(?:一|1)\s*(?:个)?剂量(?:水平|级别)?", " reduce by 1 level "),
    meant(r"(?:继续)(?:用药|给药|治疗)?", " continue "),
    meant(r"(?:以)?原剂量恢复(?:用药|给药)?|恢复原剂量", " , then resume at the same level "),
)

"""Why all treatment of a patient ended, in the words of CDISC's codelist NCOMPLT (reason for non-completion), with other names.

Progression is our word for its PROGRESSIVE DISEASE. What has no word of its own is "other: ...".
"""

from __future__ import annotations

import re

from scheduler.said import Quoted, Said, Value, said, text_of
from scheduler.vocabulary.looking_up import Known, Reading, read_table

PROGRESSION = "progression"
_ADVERSE_EVENT, _OTHER = "adverse event", "other"

# reason | other names | Chinese names, our own
_TABLE = """
completed | treatment completed, completion, planned end, end of planned treatment | 完成治疗
progression | progressive disease, disease progression, PD, tumour progression | 疾病进展
disease relapse | relapse, recurrence, recurrent disease | 复发
lack of efficacy | no effect | 缺乏疗效
adverse event | toxicity, unacceptable toxicity, side effect, side effects, intolerance, AE | 不良事件
death | died | 死亡
pregnancy | pregnant | 妊娠
withdrawal by subject | withdrawal of consent, withdrew consent, consent withdrawn, patient withdrew, wish of the patient, \
patient's wish, decision of the patient, patient's decision, patient decision, subject decision | 受试者撤回
physician decision | decision of the physician, investigator decision, investigator's decision, clinical decision | 研究者决定
lost to follow-up | lost | 失访
non-compliance with study drug | non-compliance, noncompliance | 依从性差
protocol deviation | protocol violation | 方案偏离
study terminated by sponsor | end of study, study ended, study closed | 申办方终止研究
site terminated by sponsor | site closed | 中心关闭
other | |
"""

END_REASONS = read_table(text_of(said("a listed reason for an end of treatment")), _TABLE, others=(_OTHER,))
"""The reasons for which all treatment ends."""

_NUMBERED = re.compile(r"(?:AE|adverse event) ?([0-9]{1,4})", re.IGNORECASE)


def end_reason(text: str) -> Reading:
    """What a reason means; "AE 3" is the adverse event of that number."""
    return Known(_ADVERSE_EVENT) if _NUMBERED.fullmatch(text.strip()) else END_REASONS.look_up(text)


def is_progression(text: str | None) -> bool:
    """True where a reason says that the disease has progressed."""
    return text is not None and END_REASONS.named(text) == PROGRESSION


def adverse_event_number(text: str) -> int | None:
    """The number of the adverse event that a reason names, "AE 3"; None where it names none."""
    found = _NUMBERED.fullmatch(text.strip())
    return int(found[1]) if found is not None else None


def says_only_other(text: str) -> bool:
    """True for "other" without the words that say what."""
    return END_REASONS.named(text) == _OTHER


def end_reason_in_words(reason: str) -> Value:
    """A listed reason in the reader's language, anything else as it was written."""
    return Said(reason, (), None, "end reason") if END_REASONS.named(reason) == reason else Quoted(reason)

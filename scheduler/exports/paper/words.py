"""The printed words of paper in English and Chinese, side by side: headings, signs and what to do.

A word that is missing in one language is a sheet with a gap, so both stand in one row and a test counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from scheduler.languages import Language
from scheduler.views.reader.wording import with_form as agenda_words
from scheduler.vocabulary.dosage_forms import TABLET, DosageForm


class Word(StrEnum):
    """What can be printed. The value is only the word's name."""

    PAGE = "page"
    VERSION = "version"
    LOG = "log"
    LOGS = "logs"
    HEAD = "head"
    SINCE = "since"
    NOT_A_DEVICE = "not a device"
    CHECKED_SHEET = "checked sheet"
    DIARY = "diary"
    NUMBER = "number"
    CHANGED_TITLE = "changed title"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    VISITS = "visits"
    NO_VISITS = "no visits"
    DAY = "day"
    TIME = "time"
    WHAT = "what"
    WHERE = "where"
    BRING = "bring"
    BRING_DIARY = "bring diary"
    BRING_TABLETS = "bring tablets"
    BRING_MEDICINES = "bring medicines"
    BRING_CARD = "bring card"
    CALL = "call"
    CALL_NOW = "call now"
    SIGNS = "signs"
    SIGN_TABLETS = "sign tablets"
    SIGN_TAKEN = "sign taken"
    SIGN_MEASURED = "sign measured"
    SIGN_ASK = "sign ask"
    SIGN_HOLD = "sign hold"
    SIGN_HOLD_SOME = "sign hold some"
    SIGN_HOLD_OPEN = "sign hold open"
    SIGN_VISIT = "sign visit"
    SIGN_CONTACT = "sign contact"
    SIGN_CHANGED = "sign changed"
    SIGN_EMPTY = "sign empty"
    SIGN_TREATMENT = "sign treatment"
    SIGN_TIMES = "sign times"
    MISSED = "missed"
    SEVERAL = "several"
    SEVERAL_STRENGTHS = "several strengths"
    NOTES = "notes"
    SIGNED = "signed"
    CHECKED = "checked"
    TABLETS = "tablets"
    ASK_FIRST = "ask first"
    TABLETS_TOLD = "tablets told"
    DO_NOT_TAKE = "do not take"
    DO_NOT_TAKE_SOME = "do not take some"
    DO_NOT_TAKE_NAMED = "do not take named"
    NO_TABLETS = "no tablets"
    VISIT = "visit"
    CONTACT = "contact"
    TREATMENT = "treatment"
    CHANGE_MOVED = "change moved"
    CHANGE_NEW = "change new"
    CHANGE_GONE = "change gone"
    CHANGE_OTHER = "change other"
    CHANGE_TABLETS = "change tablets"
    CLINIC = "clinic"
    INFUSION = "infusion"
    RADIOTHERAPY = "radiotherapy"
    IMAGING = "imaging"
    PHARMACY = "pharmacy"
    PHARMACY_TITLE = "pharmacy title"
    TO_PREPARE = "to prepare"
    NOTHING = "nothing"
    PATIENT = "patient"
    DATE = "date"
    TREATMENT_AND_VISIT = "treatment and visit"
    DOSE = "dose"
    LEVEL = "level"
    HAND_OUT = "hand out"
    COLLECT = "collect"
    LOT = "lot"
    EXPIRY = "expiry"
    PREPARED = "prepared"
    CHECKED_BY = "checked by"
    PACKS = "packs"
    ONE_PACK = "one pack"
    NOT_KNOWN = "not known"
    NOTHING_TO_HAND_OUT = "nothing to hand out"
    WINDOW = "window"
    FROM = "from"
    NO_DATE = "no date"
    APART = "apart"
    APART_WHY = "apart why"
    STATUS = "status"
    NOTE = "note"
    ANSWER = "answer"
    TOTALS = "totals"
    PRODUCT = "product"
    UNITS = "units"
    PACKS_HEAD = "packs head"
    LINES_UNKNOWN = "lines unknown"
    UNITS_APART = "units apart"
    WORK_HOLD = "work hold"
    WORK_RESUME = "work resume"
    WORK_RELABEL = "work relabel"
    WORK_COLLECT = "work collect"
    STATUS_DONE = "status done"
    STATUS_NO_RECORD = "status no record"
    STATUS_NOT_DONE = "status not done"
    STATUS_PLANNED = "status planned"
    STATUS_PROVISIONAL = "status provisional"
    STATUS_AWAITING = "status awaiting"
    STATUS_ON_HOLD = "status on hold"
    STATUS_PENDING = "status pending"
    STATUS_CANCELLED = "status cancelled"
    STATUS_MOVED = "status moved"
    SIGNED_PHARMACY = "signed pharmacy"
    ACTIVITIES_TITLE = "activities title"
    GIVEN = "given"
    ACTIVITY = "activity"
    ACTIVITIES_AT = "activities at"
    TIMINGS = "timings"
    EVERY_TIME = "every time"
    VISIT_HEAD = "visit head"
    WHEN = "when"
    ASSUMPTIONS = "assumptions"
    QUESTION = "question"
    READING = "reading"
    OTHERWISE = "otherwise"
    WHY = "why"
    SHEET_BEGAN = "sheet began"
    SHEET_BOOKED = "sheet booked"
    SHEET_POINT = "sheet point"
    SHEET_PLANNED = "sheet planned"
    SHEET_WINDOW = "sheet window"
    SHEET_TAKEN = "sheet taken"
    SHEET_OFF = "sheet off"
    SHEET_BY = "sheet by"
    SHEET_WHY = "sheet why"
    SHEET_NOT_TAKEN = "sheet not taken"
    SHEET_OFFSETS = "sheet offsets"
    SHEET_TRUE_HOURS = "sheet true hours"


_ROWS: tuple[tuple[Word, str, str], ...] = (
    (Word.PAGE, "Page {page} of {pages}", "第 {page} 页，共 {pages} 页"),
    (Word.VERSION, "protocol version {version}", "方案版本 {version}"),
    (Word.LOG, "log number {events}, {recorded:%Y-%m-%d} UTC", "日志编号 {events}，{recorded:%Y-%m-%d} UTC"),
    (
        Word.LOGS,
        "{patients} patients, {events} events, last recorded {recorded:%Y-%m-%d} UTC",
        "{patients} 名受试者，{events} 条记录，最近记录 {recorded:%Y-%m-%d} UTC",
    ),
    (Word.HEAD, "hash {head}", "校验值 {head}"),
    (Word.SINCE, "changes since {since:%Y-%m-%d %H:%M} UTC marked", "已标出自 {since:%Y-%m-%d %H:%M} UTC 以来的变更"),
    (
        Word.NOT_A_DEVICE,
        "Not a medical device. A qualified person checks this sheet before anybody acts on it.",
        "本表并非医疗器械。使用前须由有资质的人员核对。",
    ),
    (Word.CHECKED_SHEET, "Checked by (name, date)", "核对人（姓名、日期）"),
    (Word.DIARY, "Study diary", "研究日记"),
    (Word.NUMBER, "Your study number", "您的研究编号"),
    (Word.CHANGED_TITLE, "Changed since your last sheet", "与上一份相比的变更"),
    (Word.UNCHANGED, "Nothing has changed since your last sheet.", "与上一份相比没有变更。"),
    (Word.CHANGED, "Changed", "有变更"),
    (Word.VISITS, "Your visits", "您的访视"),
    (Word.NO_VISITS, "No visits are planned in this time.", "此期间没有访视安排。"),
    (Word.DAY, "Day", "日期"),
    (Word.TIME, "Time", "时间"),
    (Word.WHAT, "What", "内容"),
    (Word.WHERE, "Where", "地点"),
    (Word.BRING, "What to bring", "请携带"),
    (Word.BRING_DIARY, "This diary", "本日记"),
    (Word.BRING_TABLETS, "All your study {things}, and the empty packs", "所有研究{things}及空药瓶、空包装"),
    (Word.BRING_MEDICINES, "A list of all other medicines that you take", "您正在使用的其他所有药物的清单"),
    (Word.BRING_CARD, "Your identity card and insurance card", "身份证和医保卡"),
    (Word.CALL, "Who to call", "联系方式"),
    (
        Word.CALL_NOW,
        "Call if you feel unwell, if you {took_too_much}, or if anything here is unclear.",
        "如感到不适、{took_too_much}，或对本表有任何疑问，请致电。",
    ),
    (Word.SIGNS, "How to use this diary", "如何使用本日记"),
    (
        Word.SIGN_TABLETS,
        "{Take} this many {units}. Tick one box for each {unit}.",
        "{Take}所示{units}数，每{Take}一{unit}勾选一格。",
    ),
    (
        Word.SIGN_TAKEN,
        "One box here is not one {unit}. {Take} the number that is written, or what your study team told you; then tick the box.",
        "此处一格不代表一{unit}。请按所写数目或研究团队的说明{Take}，{Take}后勾选。",
    ),
    (
        Word.SIGN_MEASURED,
        "One box here is one dose, and not one mL. Measure the mL that are written, or what your study team told you; "
        "then tick the box.",
        "此处一格代表一次用量，不代表 1 mL。请按所写毫升数或研究团队的说明量取服用，服用后勾选。",
    ),
    (
        Word.SIGN_ASK,
        "Not decided yet. Ask your study team before you come or {taking}, and write down what they say.",
        "尚未决定。来院或{taking}前请先询问研究团队，并记下答复。",
    ),
    (Word.SIGN_HOLD, "Do not {take} study {things} on this day.", "这一天请勿{take}研究{things}。"),
    (
        Word.SIGN_HOLD_SOME,
        "Do not {take} some of your study {things} on this day. Ask your study team which ones.",
        "这一天请勿{take}部分研究{things}，请向研究团队询问是哪一种。",
    ),
    (
        Word.SIGN_HOLD_OPEN,
        "Nobody knows yet when you {taking} again. Do not {take} any until your study team tells you to.",
        "恢复{taking}的时间尚未确定。在研究团队通知之前请勿{take}。",
    ),
    (Word.SIGN_VISIT, "Come to the study site. See the list of your visits.", "请来研究中心，详见访视列表。"),
    (Word.SIGN_CONTACT, "The study team contacts you. There is no need to come.", "研究团队会联系您，无需来院。"),
    (Word.SIGN_CHANGED, "Not the same as on your last sheet.", "与上一份不同。"),
    (Word.SIGN_EMPTY, "A day with no boxes is a day without study {things}.", "没有方格的日子不用研究{things}。"),
    (
        Word.SIGN_TREATMENT,
        "On days with 'Study treatment' your treatment goes on as you were told.",
        "标有“研究治疗”的日子，治疗按说明持续进行。",
    ),
    (Word.SIGN_TIMES, "Write down the time at which you {take} each dose.", "请记录每次{take}的时间。"),
    (
        Word.MISSED,
        "Did you miss {missed}? Leave the box empty, write it down, and ask your study team what to do.",
        "如{missed}，请将方格留空并记录，并询问研究团队如何处理。",
    ),
    (
        Word.SEVERAL,
        "You {take} more than one kind of study {things}. {Take} each as your study team told you.",
        "您{take}一种以上的研究{things}，请分别按研究团队的说明{Take}。",
    ),
    (
        Word.SEVERAL_STRENGTHS,
        "Your {things} come in more than one strength. {Take} them as your study team told you.",
        "您的研究{things}有一种以上的规格，请按研究团队的说明{Take}。",
    ),
    (Word.NOTES, "Notes: how you felt, {missed} missed, other medicines", "备注：身体感受、{missed}情况、其他用药"),
    (Word.SIGNED, "Signature and date", "签名和日期"),
    (Word.CHECKED, "Checked at the study site by", "研究中心核对人"),
    (Word.TABLETS, "Study {things}", "研究{things}"),
    (Word.ASK_FIRST, "Ask first", "请先询问"),
    (Word.TABLETS_TOLD, "{units}", "{units}"),
    (Word.DO_NOT_TAKE, "Do not {take}", "请勿{take}"),
    (Word.DO_NOT_TAKE_SOME, "Do not {take} some: ask", "部分勿{take}：请询问"),
    (Word.DO_NOT_TAKE_NAMED, "Do not {take} {treatment}", "请勿{take} {treatment}"),
    (Word.NO_TABLETS, "no study {things}", "不用研究{things}"),
    (Word.VISIT, "Visit", "访视"),
    (Word.CONTACT, "Contact", "联系"),
    (Word.TREATMENT, "Study treatment", "研究治疗"),
    (Word.CHANGE_MOVED, "{what}: now {now} (before: {before})", "{what}：现为 {now}（原为 {before}）"),
    (Word.CHANGE_NEW, "New: {what}, {now}", "新增：{what}，{now}"),
    (Word.CHANGE_GONE, "No longer: {what}, {before}", "取消：{what}，{before}"),
    (Word.CHANGE_OTHER, "{what}, {now}: other parts or notes", "{what}，{now}：内容或说明有变"),
    (Word.CHANGE_TABLETS, "{days}: now {now} (before: {before})", "{days}：现为 {now}（原为 {before}）"),
    (Word.CLINIC, "Clinic", "门诊"),
    (Word.INFUSION, "Infusion unit", "输液室"),
    (Word.RADIOTHERAPY, "Radiotherapy", "放疗科"),
    (Word.IMAGING, "Imaging", "影像科"),
    (Word.PHARMACY, "Pharmacy", "药房"),
    (Word.PHARMACY_TITLE, "Dispensing and preparation list", "药物发放与配制清单"),
    (Word.TO_PREPARE, "To hand out and to prepare", "发放与配制"),
    (Word.NOTHING, "Nothing is on this list.", "本清单无内容。"),
    (Word.PATIENT, "Patient", "受试者"),
    (Word.DATE, "Date and window", "日期和窗口期"),
    (Word.TREATMENT_AND_VISIT, "Treatment and visit", "治疗和访视"),
    (Word.DOSE, "Dose", "剂量"),
    (Word.LEVEL, "level {level}", "水平 {level}"),
    (Word.HAND_OUT, "Hand out", "发放数量"),
    (Word.COLLECT, "Collect back", "回收"),
    (Word.LOT, "Lot", "批号"),
    (Word.EXPIRY, "Expiry", "有效期"),
    (Word.PREPARED, "Prepared by", "配制人"),
    (Word.CHECKED_BY, "Checked by", "核对人"),
    (Word.PACKS, "{packs} packs", "{packs} 个包装"),
    (Word.ONE_PACK, "1 pack", "1 个包装"),
    (Word.NOT_KNOWN, "number not known", "数量未知"),
    (Word.NOTHING_TO_HAND_OUT, "nothing to hand out", "无需发放"),
    (Word.WINDOW, "window {earliest} – {latest}", "窗口期 {earliest} – {latest}"),
    (Word.FROM, "not before {earliest}", "不早于 {earliest}"),
    (Word.NO_DATE, "no date yet", "日期未定"),
    (Word.APART, "Listed apart: ask first", "另列：请先询问"),
    (
        Word.APART_WHY,
        "Nothing is handed out or prepared for these lines before somebody has asked.",
        "询问确认前，不得为以下各行发放或配制药物。",
    ),
    (Word.STATUS, "Status", "状态"),
    (Word.NOTE, "Note", "备注"),
    (Word.ANSWER, "Answer, by whom", "答复及答复人"),
    (Word.TOTALS, "Needed in this period", "本期所需"),
    (Word.PRODUCT, "Product", "产品"),
    (Word.UNITS, "Units", "数量"),
    (Word.PACKS_HEAD, "Packs", "包装"),
    (Word.LINES_UNKNOWN, "Lines without a number", "数量未知的行"),
    (Word.UNITS_APART, "Units listed apart", "另列数量"),
    (Word.WORK_HOLD, "hold: label, do not hand out", "暂停：贴标签，勿发放"),
    (Word.WORK_RESUME, "resume", "恢复用药"),
    (Word.WORK_RELABEL, "relabel", "更换标签"),
    (Word.WORK_COLLECT, "collect", "回收"),
    (Word.STATUS_DONE, "done", "已完成"),
    (Word.STATUS_NO_RECORD, "no record", "无记录"),
    (Word.STATUS_NOT_DONE, "not done", "未进行"),
    (Word.STATUS_PLANNED, "planned", "计划中"),
    (Word.STATUS_PROVISIONAL, "provisional", "暂定"),
    (Word.STATUS_AWAITING, "awaiting decision", "等待决定"),
    (Word.STATUS_ON_HOLD, "on hold", "暂停中"),
    (Word.STATUS_PENDING, "pending", "待定"),
    (Word.STATUS_CANCELLED, "cancelled", "已取消"),
    (Word.STATUS_MOVED, "moved", "已改期"),
    (Word.SIGNED_PHARMACY, "Prepared by (name, date)", "配制人（姓名、日期）"),
    (Word.ACTIVITIES_TITLE, "Schedule of activities", "研究流程表"),
    (Word.GIVEN, "What is given", "给药方案"),
    (Word.ACTIVITY, "Activity", "项目"),
    (Word.ACTIVITIES_AT, "What is done at which visit", "各次访视的项目"),
    (Word.TIMINGS, "When each visit is", "各次访视的时间"),
    (Word.EVERY_TIME, "X: every time. Numbers: only then.", "X：每次均做。数字：仅限该次。"),
    (Word.VISIT_HEAD, "Visit", "访视"),
    (Word.WHEN, "When", "时间"),
    (Word.ASSUMPTIONS, "What the protocol leaves open, and how it is read here", "方案未明确之处及本研究的理解"),
    (Word.QUESTION, "Question", "问题"),
    (Word.READING, "Reading", "理解"),
    (Word.OTHERWISE, "Otherwise", "其他可能"),
    (Word.WHY, "Why", "理由"),
    (Word.SHEET_BEGAN, "Time of the dose", "给药时间"),
    (Word.SHEET_BOOKED, "booked", "已预约"),
    (Word.SHEET_POINT, "Time point", "时间点"),
    (Word.SHEET_PLANNED, "Planned", "计划时间"),
    (Word.SHEET_WINDOW, "Window", "窗口"),
    (Word.SHEET_TAKEN, "Taken at", "实际时间"),
    (Word.SHEET_OFF, "Off, min", "偏差（分钟）"),
    (Word.SHEET_BY, "By", "执行人"),
    (Word.SHEET_WHY, "Why not, or not in time", "未采或超窗原因"),
    (Word.SHEET_NOT_TAKEN, "not taken", "未采集"),
    (
        Word.SHEET_OFFSETS,
        "Clock times follow from the time of the dose: write it here first.",
        "各时间点按给药时间推算：请先填写给药时间。",
    ),
    (
        Word.SHEET_TRUE_HOURS,
        "The clocks change while this sheet runs: these times are true hours after the dose.",
        "本表期间将调整时钟：所列时间为给药后的实际小时数。",
    ),
)

TEXTS: Mapping[Language, Mapping[Word, str]] = MappingProxyType(
    {
        Language.ENGLISH: MappingProxyType({word: english for word, english, _ in _ROWS}),
        Language.CHINESE: MappingProxyType({word: chinese for word, _, chinese in _ROWS}),
    }
)


def with_form(form: DosageForm, language: Language) -> dict[str, str]:
    """What the words say of what the patient holds: {things}, {take}, {unit}, {units}, {missed}, {took_too_much}."""
    of_agenda = agenda_words(form, language)
    if language is Language.ENGLISH:
        took = "took" if form.swallowed else "used"
        return {
            **of_agenda,
            "unit": form.one,
            "units": form.many,
            "missed": "tablets" if form == TABLET else "doses",
            "took_too_much": f"{took} too many tablets" if form == TABLET else f"{took} too much",
        }
    short = "服" if form.swallowed else "用"
    too_much = "服药过量" if form.swallowed else "用药过量"
    return {**of_agenda, "unit": form.measure, "units": form.measure, "missed": f"漏{short}", "took_too_much": too_much}


def printed_of(form: DosageForm, word: Word, language: Language, **values: object) -> str:
    """A word about what the patient holds: study capsules, do not use."""
    return printed(word, language, **with_form(form, language), **values)


def printed(word: Word, language: Language, **values: object) -> str:
    """The word in that language, with the names in braces filled in."""
    text = TEXTS[language][word]
    return text.format(**values) if values else text

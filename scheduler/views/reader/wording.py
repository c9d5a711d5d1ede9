"""Every sentence that a patient, coordinator or pharmacist reads in an agenda, in English and Chinese, side by side.

A phrase that is missing in one language is a broken feed, so both stand in one row and a test counts them. The names in
braces are filled in; both languages must use the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from scheduler.calendar.entries.entry import Flag, Kind
from scheduler.languages import Language
from scheduler.protocol.plan.times.frequency import EVENING, MORNING, most_as_needed
from scheduler.vocabulary.dosage_forms import Count, DosageForm


class Phrase(StrEnum):
    """What can be said. The value is only the phrase's name."""

    CALENDAR = "calendar"
    CALENDAR_OF = "calendar of a study"
    SITE_VISITS = "site visits"
    SITE_DISPENSING = "site dispensing"
    AT_SITE = "at a site"
    REVISION = "revision"
    REFRESH = "refresh"
    STUDY_VISIT = "study visit"
    VISIT_WITH = "study visit with parts"
    STUDY_CONTACT = "study contact"
    NO_NEED_TO_COME = "no need to come"
    APPOINTMENTS = "appointments"
    APPOINTMENTS_OF_VISIT = "appointments of one visit"
    VISIT_OF_DAY = "one visit of several on a day"
    VISITS_APART = "visits on a day, hours apart"
    TIMES = "times"
    NOT_BEFORE = "not before"
    TABLETS = "tablets"
    OF_STRENGTH = "tablets of a strength"
    TABLETS_COUNTED = "tablets counted"
    TWICE_A_DAY = "twice a day"
    THREE_TIMES_A_DAY = "three times a day"
    FOUR_TIMES_A_DAY = "four times a day"
    EVERY_4_HOURS = "every 4 hours"
    EVERY_6_HOURS = "every 6 hours"
    EVERY_8_HOURS = "every 8 hours"
    IN_THE_EVENING = "in the evening"
    IN_THE_MORNING = "in the morning"
    AS_NEEDED = "as needed"
    AS_NEEDED_ONCE = "as needed, once a day"
    ONLY_AS_NEEDED = "only as needed"
    HOURS = "hours"
    MINUTES = "minutes"
    OVER_TIME = "the time that a dose is given over"
    HOURS_APART = "hours between two doses"
    HOURS_APART_WITHIN = "hours between two doses, with the fewest and the most"
    AT_LEAST_APART = "hours between two doses, at least"
    MORNING_AND_EVENING = "one of two doses in the morning and one in the evening"
    WITH_FOOD = "with food"
    LOW_FAT_MEAL = "with a low-fat meal"
    EMPTY_STOMACH = "on an empty stomach"
    FOOD_OR_NOT = "with or without food"
    BEFORE_MEAL = "before a meal"
    AFTER_MEAL = "after a meal"
    SOON_AFTER_MEAL = "soon after a meal"
    BETWEEN_MEALS = "between meals"
    SEVERAL_KINDS = "several kinds of tablets"
    SEVERAL_STRENGTHS = "several strengths of tablets"
    DO_NOT_TAKE = "do not take"
    DO_NOT_TAKE_SOME = "do not take some"
    DO_NOT_TAKE_NAMED = "do not take, named"
    ASK_WHICH = "ask which"
    UNTIL_FURTHER_NOTICE = "until further notice"
    CANCELLED = "cancelled"
    NOT_DONE = "not done"
    TO_BE_CONFIRMED = "to be confirmed"
    STUDY_TREATMENT = "study treatment"
    TREATMENT_DAYS = "treatment days"
    WINDOW = "window"
    DISPENSE = "dispense tablets"
    PREPARE_INFUSION = "prepare infusion"
    PREPARE_INJECTION = "prepare injection"
    NOTHING_PLANNED = "nothing planned"
    ENDED = "ended"
    ENDED_ASK = "ended, ask"
    KIND_ORAL = "kind: oral"
    KIND_INFUSION = "kind: infusion"
    KIND_INJECTION = "kind: injection"
    KIND_FRACTION = "kind: fraction"
    KIND_SCAN = "kind: scan"
    KIND_VISIT = "kind: visit"
    KIND_CONTACT = "kind: contact"
    KIND_LABORATORY = "kind: laboratory"
    KIND_DIARY = "kind: diary"
    STUDY_DIARY = "study diary"
    DIARY_AT = "study diary at a time"
    DIARY_TURN = "study diary, one of several times of a day"
    TIMES_A_DAY = "times a day"
    BETWEEN_TIMES = "between two times of the day"
    AWAITING_PATIENT = "awaiting a decision, to the patient"
    AWAITING_STAFF = "awaiting a decision, to staff"
    PROVISIONAL = "provisional"
    OUT_OF_WINDOW = "out of window"
    NO_RECORD = "no record"
    COMBINED = "combined"


_ROWS: tuple[tuple[Phrase, str, str], ...] = (
    (Phrase.CALENDAR, "Study calendar", "研究日程"),
    (Phrase.CALENDAR_OF, "Study calendar {study}", "研究日程 {study}"),
    (Phrase.SITE_VISITS, "Study visits", "研究访视"),
    (Phrase.SITE_DISPENSING, "Study dispensing", "研究药物发放"),
    (Phrase.AT_SITE, "{name}, {site}", "{name}，{site}"),
    (Phrase.REVISION, "Schedule {number} of {date}.", "日程第 {number} 版，{date}。"),
    (
        Phrase.REFRESH,
        "Calendar programs refresh within hours, not minutes. What your study team tells you by phone comes first.",
        "日历程序可能数小时后才更新。研究团队的电话通知优先。",
    ),
    (Phrase.STUDY_VISIT, "Study visit", "研究访视"),
    (Phrase.VISIT_WITH, "Study visit: {parts}", "研究访视：{parts}"),
    (Phrase.STUDY_CONTACT, "Study contact", "研究随访联系"),
    (
        Phrase.NO_NEED_TO_COME,
        "Your study team will contact you. You need not come.",
        "研究团队会与您联系，您无需前来。",
    ),
    (Phrase.APPOINTMENTS, "Appointments on this day: {number}", "当天预约：{number} 项"),
    (Phrase.APPOINTMENTS_OF_VISIT, "Appointments at this visit: {number}", "本次访视预约：{number} 项"),
    (Phrase.VISIT_OF_DAY, "{what} ({number} of {of} on this day)", "{what}（当天第 {number} 次，共 {of} 次）"),
    (
        Phrase.VISITS_APART,
        "Visits on this day: {of}, at least {hours} hours apart",
        "当天访视：{of} 次，至少间隔 {hours} 小时",
    ),
    (Phrase.TIMES, "At {times}", "时间：{times}"),
    (Phrase.NOT_BEFORE, "not before {time}", "不早于 {time}"),
    (Phrase.TABLETS, "Study {things}", "研究{things}"),
    (Phrase.OF_STRENGTH, "{number} x {strength}", "{strength} × {number}"),
    (Phrase.TABLETS_COUNTED, "{tablets}: {count}", "{tablets}：{count}"),
    (Phrase.TWICE_A_DAY, "{count}, twice a day", "每次 {count}，每日两次"),
    (Phrase.THREE_TIMES_A_DAY, "{count}, three times a day", "每次 {count}，每日三次"),
    (Phrase.FOUR_TIMES_A_DAY, "{count}, four times a day", "每次 {count}，每日四次"),
    (Phrase.EVERY_4_HOURS, "{count}, every 4 hours", "每次 {count}，每 4 小时一次"),
    (Phrase.EVERY_6_HOURS, "{count}, every 6 hours", "每次 {count}，每 6 小时一次"),
    (Phrase.EVERY_8_HOURS, "{count}, every 8 hours", "每次 {count}，每 8 小时一次"),
    (Phrase.IN_THE_EVENING, "{count}, in the evening", "晚上 {count}"),
    (Phrase.IN_THE_MORNING, "{count}, in the morning", "早上 {count}"),
    (Phrase.AS_NEEDED, "{count} as needed, at most {number} times a day", "必要时每次 {count}，每日最多 {number} 次"),
    (Phrase.AS_NEEDED_ONCE, "{count} as needed, at most once a day", "必要时 {count}，每日最多一次"),
    (Phrase.ONLY_AS_NEEDED, "{take} only as needed", "仅在必要时{take}"),
    (Phrase.HOURS, "{number} hours", "{number} 小时"),
    (Phrase.MINUTES, "{number} minutes", "{number} 分钟"),
    (Phrase.OVER_TIME, "{dose} over {time}", "{dose}，用时 {time}"),
    (Phrase.HOURS_APART, "about {time} apart", "间隔约 {time}"),
    (Phrase.HOURS_APART_WITHIN, "{time} apart ({least} to {most})", "间隔 {time}（{least}至{most}）"),
    (Phrase.AT_LEAST_APART, "at least {time} apart", "至少间隔 {time}"),
    (Phrase.MORNING_AND_EVENING, "in the morning and in the evening", "早晚各一次"),
    (Phrase.WITH_FOOD, "with food", "随餐"),
    (Phrase.LOW_FAT_MEAL, "with a low-fat meal", "随低脂餐"),
    (Phrase.EMPTY_STOMACH, "on an empty stomach", "空腹"),
    (Phrase.FOOD_OR_NOT, "with or without food", "餐食不限"),
    (Phrase.BEFORE_MEAL, "before a meal", "餐前"),
    (Phrase.AFTER_MEAL, "after a meal", "餐后"),
    (Phrase.SOON_AFTER_MEAL, "within {after} after a meal", "餐后 {after}内"),
    (
        Phrase.BETWEEN_MEALS,
        "at least {before} before and {after} after a meal",
        "餐前至少 {before}、餐后至少 {after}",
    ),
    (
        Phrase.SEVERAL_KINDS,
        "You {take} more than one kind of study {things}. {Take} each as your study team told you.",
        "您{take}一种以上的研究{things}，请分别按研究团队的说明{Take}。",
    ),
    (
        Phrase.SEVERAL_STRENGTHS,
        "Your {things} come in more than one strength. {Take} them as your study team told you.",
        "您的研究{things}有一种以上的规格，请按研究团队的说明{Take}。",
    ),
    (Phrase.DO_NOT_TAKE, "Do not {take} study {things}", "请勿{take}研究{things}"),
    (Phrase.DO_NOT_TAKE_SOME, "Do not {take} some of your study {things}", "请勿{take}部分研究{things}"),
    (Phrase.DO_NOT_TAKE_NAMED, "Do not {take} {treatment}", "请勿{take} {treatment}"),
    (Phrase.ASK_WHICH, "Ask your study team which ones.", "请向研究团队询问是哪一种。"),
    (
        Phrase.UNTIL_FURTHER_NOTICE,
        "Until your study team tells you to start again.",
        "直至研究团队通知您恢复服用。",
    ),
    (Phrase.CANCELLED, "Cancelled: {what}", "已取消：{what}"),
    (Phrase.NOT_DONE, "Not done: {what}", "未进行：{what}"),
    (Phrase.TO_BE_CONFIRMED, "To be confirmed: {what}", "待确认：{what}"),
    (Phrase.STUDY_TREATMENT, "study treatment", "研究治疗"),
    (Phrase.TREATMENT_DAYS, "Study treatment", "研究治疗期"),
    (Phrase.WINDOW, "Window: {first} to {last}", "窗口期：{first} 至 {last}"),
    (Phrase.DISPENSE, "Dispense {things}", "发放{things}"),
    (Phrase.PREPARE_INFUSION, "Prepare infusion", "配制输注药物"),
    (Phrase.PREPARE_INJECTION, "Prepare injection", "配制注射药物"),
    (Phrase.NOTHING_PLANNED, "Nothing is planned at present", "目前没有安排"),
    (Phrase.ENDED, "This calendar is no longer updated", "本日历不再更新"),
    (Phrase.ENDED_ASK, "Please contact your study site.", "请联系您的研究中心。"),
    (Phrase.KIND_ORAL, "new {things}", "领取{things}"),
    (Phrase.KIND_INFUSION, "infusion", "输注"),
    (Phrase.KIND_INJECTION, "injection", "注射"),
    (Phrase.KIND_FRACTION, "radiotherapy", "放疗"),
    (Phrase.KIND_SCAN, "scan", "影像检查"),
    (Phrase.KIND_VISIT, "visit", "访视"),
    (Phrase.KIND_CONTACT, "contact", "随访联系"),
    (Phrase.KIND_LABORATORY, "laboratory tests", "实验室检查"),
    (Phrase.KIND_DIARY, "diary", "日记"),
    (Phrase.STUDY_DIARY, "Study diary: write it every day", "研究日记：每天填写"),
    (Phrase.DIARY_AT, "Study diary {time}", "研究日记 {time}"),
    (Phrase.DIARY_TURN, "Study diary, {number} of {of}", "研究日记（第 {number} 次，共 {of} 次）"),
    (Phrase.TIMES_A_DAY, "{number} times a day", "每天 {number} 次"),
    (Phrase.BETWEEN_TIMES, "between {first} and {last}", "{first} 至 {last} 之间"),
    (
        Phrase.AWAITING_PATIENT,
        "Your study team has still to decide about this. Ask before you come or {taking}.",
        "研究团队尚待决定。来院或{taking}前请先询问。",
    ),
    (Phrase.AWAITING_STAFF, "Awaiting a decision", "等待决定"),
    (Phrase.PROVISIONAL, "The date may still change.", "日期仍可能变动。"),
    (Phrase.OUT_OF_WINDOW, "Outside its window", "超出窗口期"),
    (Phrase.NO_RECORD, "Nothing recorded yet", "尚无记录"),
    (Phrase.COMBINED, "Combined with the end-of-treatment visit", "与治疗结束访视合并"),
)

TEXTS: Mapping[Language, Mapping[Phrase, str]] = MappingProxyType(
    {
        Language.ENGLISH: MappingProxyType({phrase: english for phrase, english, _ in _ROWS}),
        Language.CHINESE: MappingProxyType({phrase: chinese for phrase, _, chinese in _ROWS}),
    }
)

OF_KIND: Mapping[Kind, Phrase] = MappingProxyType(
    {kind: Phrase(f"kind: {kind}") for kind in Kind if kind not in (Kind.PERIOD, Kind.CYCLE)}
)

OF_OFTEN: Mapping[str, Phrase] = MappingProxyType(
    {
        "twice daily": Phrase.TWICE_A_DAY,
        "three times daily": Phrase.THREE_TIMES_A_DAY,
        "four times daily": Phrase.FOUR_TIMES_A_DAY,
        "every 4 hours": Phrase.EVERY_4_HOURS,
        "every 6 hours": Phrase.EVERY_6_HOURS,
        "every 8 hours": Phrase.EVERY_8_HOURS,
        EVENING: Phrase.IN_THE_EVENING,
        MORNING: Phrase.IN_THE_MORNING,
    }
)
"""How often a day a number of tablets is taken, by what a dose says of it. Of anything else, such as every other day, no number
is told."""

TO_STAFF: Mapping[Flag, Phrase] = MappingProxyType(
    {
        Flag.AWAITING_DECISION: Phrase.AWAITING_STAFF,
        Flag.PROVISIONAL: Phrase.PROVISIONAL,
        Flag.OUT_OF_WINDOW: Phrase.OUT_OF_WINDOW,
        Flag.NO_RECORD: Phrase.NO_RECORD,
        Flag.COMBINED: Phrase.COMBINED,
    }
)
"""The flags that matter to somebody who plans a day. The others are history and stand in the subject's own calendar."""

COMMA: Mapping[Language, str] = MappingProxyType({Language.ENGLISH: ", ", Language.CHINESE: "、"})
"""What stands between the members of a list."""

BESIDE = " + "
"""What stands between the titles of a day's parts: titles have commas of their own."""


def with_how_often(count: str, often: str | None, language: Language) -> str:
    """2 tablets, for one time a day; "2 tablets, twice a day", for what a dose says to be taken more often."""
    if (most := most_as_needed(often)) is not None:
        return say(Phrase.AS_NEEDED_ONCE if most == 1 else Phrase.AS_NEEDED, language, count=count, number=most)
    return count if often is None else say(OF_OFTEN[often], language, count=count)


def with_form(form: DosageForm, language: Language) -> dict[str, str]:
    """What a phrase says of what the patient holds: {things}, {take}, {taking}; at the beginning of a sentence {Take}."""
    if language is Language.ENGLISH:
        take = "take" if form.swallowed else "use"
        return {"things": form.things, "take": take, "Take": take.capitalize(), "taking": f"{take} {form.things}"}
    take = "服用" if form.swallowed else "使用"
    return {"things": form.chinese, "take": take, "Take": take, "taking": "服药" if form.swallowed else "用药"}


def in_number(form: DosageForm, count: Count, language: Language) -> str:
    """So many of them: 2 capsules, 2.5 mL, 1½ tablets."""
    return form.english(count) if language is Language.ENGLISH else form.in_chinese(count)


def in_strengths(form: DosageForm, counts: Iterable[tuple[Count, str]], language: Language) -> str:
    """So many of each strength: 1 x 20 mg + 3 x 15 mg tablets. A number stands beside its strength, never their sum."""
    counted = tuple(counts)
    if language is Language.CHINESE:
        parts = [(form.in_chinese(count), strength) for count, strength in counted]
    else:
        parts = [(form.number(count), strength) for count, strength in counted]
    told = BESIDE.join(
        say(Phrase.OF_STRENGTH, language, number=number, strength=strength) for number, strength in parts
    )
    if language is Language.CHINESE:
        return told
    return f"{told} {form.one if [count for count, _ in counted] == [1] else form.many}"


def say(phrase: Phrase, language: Language, **values: object) -> str:
    """The phrase in that language, with the names in braces filled in."""
    text = TEXTS[language][phrase]
    return text.format(**values) if values else text


def say_of(form: DosageForm, phrase: Phrase, language: Language, **values: object) -> str:
    """A phrase about what the patient holds: study capsules, do not use study patches."""
    return say(phrase, language, **with_form(form, language), **values)

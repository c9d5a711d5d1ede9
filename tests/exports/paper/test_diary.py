"""The patient's diary: what stands on paper is what the calendar says, day by day, and nothing that must not be there."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag, Kind, Status
from scheduler.errors import InvalidText
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.folder.feeds import tablet_sizes
from scheduler.folder.reading.case import read_case
from scheduler.languages import Language
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.reader.audience import Detail
from tests.exports.paper.told import NEUTRAL, day_of, days_of, diary_of, sheet_of, visits_of
from tests.laws.examples import one_in
from tests.seed import FOLDER
from tests.views.told import EXPERIMENTAL, on, patient

HELD = "  - {on: 2026-03-10, event: held, treatment: regorafenib, reason: AE 1}\n"
RESUMED = "  - {on: 2026-03-13, event: resumed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
REACTION = (
    "  - {on: 2026-03-10, event: adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3,"
    " related: [regorafenib]}\n"
)
BOOKED = "  - {on: 2026-03-03, event: booked, entry: c1d8.1, to: 2026-03-10, at: '09:30'}\n"
EXP_001 = FOLDER / "patients" / "EXP-001.yaml"
SUBJECTS = ("CTL-002", "CTL-006", "EXP-001", "EXP-003", "EXP-004", "EXP-005")


def expected(calendar: Calendar, every: tuple[DayEntry, ...], day: date) -> str:
    """The field of a day at neutral detail, straight from the calendar."""
    lines = [line for line in every if line.date == day and line.status in (Status.PLANNED, Status.DONE)]
    visits = [line for line in lines if line.is_visit and _is_attended(line)]
    parts = [str(day.day)]
    if visits:
        times = sorted(line.time for line in visits if line.time)
        contact = all(line.kind is Kind.CONTACT for line in visits)
        parts.append(" ".join(["Contact" if contact else "Visit", *times[:1]]))
    if any(hold.start <= day and (hold.over is None or day < hold.over) for hold in _tablet_holds(calendar)):
        parts.append("Do not take")
    for line in lines:
        if line.kind is Kind.ORAL and Flag.AWAITING_DECISION in line.flags:
            parts.append("Ask first tablets")
        elif line.kind is Kind.ORAL:
            assert line.dose is not None
            assert line.dose.amount is not None
            parts.append(f"{line.dose.amount // 40} tablets")
    return " ".join(parts)


def _is_attended(line: DayEntry) -> bool:
    return line.kind is not Kind.ORAL or bool(line.activities)


def _tablet_holds(calendar: Calendar):
    return [hold for hold in calendar.holds if hold.treatment == "regorafenib"]


@pytest.mark.parametrize("subject", one_in(3, SUBJECTS))
def test_every_day_on_paper_is_what_the_calendar_says(subject: str):
    last = date(2026, 7, 31)
    calendar = read_case(FOLDER / "patients" / f"{subject}.yaml").calendar(last)
    first, every = date(2026, 2, 1), spelled_out(calendar)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert days_of(sheet_of(diary_of(calendar, first, last))) == [expected(calendar, every, day) for day in days]


def test_the_visits_are_listed_with_day_and_time():
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL, BOOKED).calendar, on("03-02"), on("03-11")))
    assert visits_of(sheet) == [
        ["Mon 2 Mar 2026", "", "Study visit Appointments on this day: 2", ""],
        ["Tue 10 Mar 2026", "09:30", "Study visit", ""],
    ]


def test_at_standard_detail_the_visits_say_where():
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL).calendar, on("03-02"), on("03-02"), Detail.STANDARD))
    ((_, _, what, where),) = visits_of(sheet)
    assert where == "Infusion unit, Clinic"
    assert what.startswith("Study visit: infusion, new tablets")
    assert "regorafenib" not in sheet.text.lower()


def test_a_held_day_has_no_tablets_and_no_number():
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL, HELD, RESUMED).calendar, on("03-09"), on("03-13")))
    held = ["Do not take"] * 3
    assert [day_of(sheet, day) for day in range(9, 14)] == ["Visit 2 tablets", *held, "1 tablet"]


def test_a_hold_without_an_end_says_that_nobody_knows_when():
    held = sheet_of(diary_of(patient(EXPERIMENTAL, HELD).calendar, on("03-09"), on("04-30")))
    assert "Nobody knows yet when you take tablets again." in held.text
    assert [cell for cell in days_of(held)[1:] if "Do not take" not in cell] == []
    over = sheet_of(diary_of(patient(EXPERIMENTAL, HELD, RESUMED).calendar, on("03-09"), on("04-30")))
    assert "Nobody knows" not in over.text


def test_days_that_await_a_decision_have_room_for_the_answer_and_no_dose():
    calendar = patient(EXPERIMENTAL, REACTION).calendar
    sheet = sheet_of(diary_of(calendar, on("03-09"), on("03-11")))
    assert [day_of(sheet, day) for day in (9, 10, 11)] == ["Visit 2 tablets", "Ask first tablets", "Ask first tablets"]
    full = sheet_of(diary_of(calendar, on("03-23"), on("04-05"), Detail.FULL))
    assert "Regorafenib, cycle 2" in full.text
    assert "80 mg" not in full.text


def test_neutral_paper_names_no_drug_trial_disease_or_place():
    words = sheet_of(diary_of(patient(EXPERIMENTAL, HELD).calendar, on("02-25"), on("07-31"))).text.lower()
    named = re.findall(
        r"rego|tori|radio|infusion|tumou?r|imaging|\bct\b|\bmg\b|\barm\b|cancer|clinic|experimental", words
    )
    assert named == []


def test_what_neutral_paper_must_not_tell_does_not_change_a_byte_of_it():
    reasons = ("AE 1", "painful soles")
    told = [patient(EXPERIMENTAL, HELD.replace("AE 1", reason)).calendar for reason in reasons]
    first, second = (diary_as_pdf(diary_of(each, on("03-02"), on("04-30")), NEUTRAL) for each in told)
    assert first == second


def test_full_paper_names_the_drug_beside_its_tablets():
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL, HELD).calendar, on("03-09"), on("03-10"), Detail.FULL))
    assert [day_of(sheet, 9), day_of(sheet, 10)] == ["Visit 2 tablets regorafenib 80 mg", "Do not take regorafenib"]


def test_what_changed_since_the_last_sheet_is_told_and_marked_and_nothing_else():
    before, now = (
        diary_of(patient(*events).calendar, on("03-09"), on("03-15"))
        for events in ((EXPERIMENTAL,), (EXPERIMENTAL, BOOKED, HELD))
    )
    sheet = sheet_of(now, before)
    assert [item for item in sheet.items if "before" in item] == [
        "Study visit: now Tue 10 Mar 2026 09:30 (before: Mon 9 Mar 2026)",
        "Tue 10 Mar 2026 – Sun 15 Mar 2026: now Do not take (before: 2 tablets)",
    ]
    assert day_of(sheet, 9) == "Changed 2 tablets"
    assert day_of(sheet, 10) == "Changed Visit 09:30 Do not take"
    same = sheet_of(now, now)
    assert "Nothing has changed since your last sheet." in same.text
    assert [cell for cell in days_of(same) if "Changed" in cell] == []


def test_a_month_of_six_weeks_stays_on_one_page():
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL).calendar, on("08-01"), on("08-31")))
    (month,) = [table for table in sheet.tables if len(table[0]) == 7]
    assert len(month) == 7
    assert len(sheet.pages) == 2


def test_who_to_call_is_the_sites_own_text_whatever_it_says():
    contacts = (("Night #panic() [*x*] $a$ <b>&amp;", '#read("/etc/passwd")'),)
    sheet = sheet_of(diary_of(patient(EXPERIMENTAL).calendar, on("03-02"), on("03-02")), contacts=contacts)
    assert "Night #panic() [*x*] $a$ <b>&amp;" in sheet.text
    assert '#read("/etc/passwd")' in sheet.text


def test_the_same_diary_in_chinese():
    sheet = sheet_of(
        diary_of(patient(EXPERIMENTAL, BOOKED, HELD).calendar, on("03-09"), on("03-10"), language=Language.CHINESE)
    )
    assert sheet.headings[0] == "研究日记"
    assert [day_of(sheet, day).replace(" ", "") for day in (9, 10)] == ["2片", "访视09:30请勿服用"]
    root: Any = sheet.reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"


def test_a_letter_that_no_font_has_stops_the_print():
    with pytest.raises(InvalidText) as caught:
        sheet_of(diary_of(patient(EXPERIMENTAL).calendar, on("03-02"), on("03-02")), contacts=(("Nurse ไ", "1"),))
    (finding,) = caught.value.findings
    assert (finding.code, "U+0E44" in finding.message) == ("not-printable", True)


def test_without_its_font_there_is_no_chinese_paper_and_a_hint(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scheduler.exports.paper.typeset.has_font", lambda language: False)
    with pytest.raises(InvalidText) as caught:
        sheet_of(diary_of(patient(EXPERIMENTAL).calendar, on("03-02"), on("03-02"), language=Language.CHINESE))
    (finding,) = caught.value.findings
    assert finding.code == "no-chinese-font"
    assert finding.hint is not None
    assert "fonts-zh" in finding.hint


def test_a_period_that_no_diary_has_is_refused():
    calendar = patient(EXPERIMENTAL).calendar
    for first, last in ((on("03-02"), on("03-01")), (on("03-02"), date(2027, 5, 1))):
        with pytest.raises(ValueError, match="a diary has 1 to 400 days"):
            patient_diary(calendar, first, last)
    short = read_case(FOLDER / "patients" / "EXP-001.yaml").calendar(date(2026, 6, 1))
    with pytest.raises(ValueError, match="the calendar ends on 2026-06-01"):
        patient_diary(short, on("05-21"), on("06-30"))


def test_tablets_twice_a_day_are_said_by_dose_and_half_days_by_their_half():
    # 2000 mg are 4 tablets of 500 mg: in the evening of day 1, twice on day 2, in the morning of day 15.
    case = read_case(FOLDER.parent / "regimens" / "capox" / "stories" / "planned.yaml")
    said = {}
    for language in Language:
        sheet = patient_diary(
            case.calendar(), on("03-02"), on("03-16"), language=language, tablets=tablet_sizes(case.version)
        )
        said[language] = [
            tablets_in_words(line, language)
            for day in sheet.days
            for line in day.tablets
            if day.date in (on("03-02"), on("03-03"), on("03-16"))
        ]
    assert said[Language.ENGLISH] == [
        "4 tablets, in the evening",
        "4 tablets, twice a day",
        "4 tablets, in the morning",
    ]
    assert said[Language.CHINESE] == ["晚上 4 片", "每次 4 片，每日两次", "早上 4 片"]


def test_a_box_without_its_number_never_stands_for_one_tablet():
    # 65 mg are 1 x 20 and 3 x 15 mg, which a neutral sheet may not say; the seed study's tablets are of one strength.
    case = read_case(FOLDER.parent / "regimens" / "sunlight" / "stories" / "planned.yaml")
    days = (on("03-02"), on("03-08"))
    told = {}
    for name, calendar, sizes in (
        ("strengths", case.calendar(), tablet_sizes(case.version)),
        ("one strength", patient(EXPERIMENTAL).calendar, tablet_sizes(read_case(EXP_001).version)),
    ):
        text = sheet_of(patient_diary(calendar, *days, Detail.NEUTRAL, Language.ENGLISH, sizes)).text
        told[name] = tuple(
            words in text for words in ("One box here is not one tablet", "Tick one box for each tablet")
        )
    assert told == {"strengths": (True, False), "one strength": (False, True)}

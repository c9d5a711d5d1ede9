"""What the pages offer as PDF: the right words, in the language asked for, whole, and for those who may have it."""

from __future__ import annotations

import pytest
from httpx2 import Response

from tests.exports.paper.reading import Sheet, read_pdf
from tests.web.people import TODAY, Person, Place, words_of

PERIOD = "from=2026-05-21&to=2026-06-18"
EVERY_SHEET = ("/pharmacy.pdf", "/protocol/activities.pdf?arm=control", "/audit.pdf")
HELD = {"event": "held", "on": "2026-05-21", "treatment": "regorafenib", "reason": "AE 2", "by": "Dr Example"}


def name_of(answer: Response) -> str:
    return answer.headers["content-disposition"].partition('filename="')[2].rstrip('"')


def printed(person: Person, path: str) -> Sheet:
    answer = person.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), path
    return read_pdf(answer.content)


def refusal(person: Person, path: str) -> tuple[int, str]:
    answer = person.get(path)
    words = words_of(answer).partition(" To the first page")[0]
    for before in (" Skip to the content ", " Log out "):
        words = words.rpartition(before)[2]
    return answer.status_code, words


def test_pharmacy_s_list_on_paper_has_the_lines_of_the_page(place: Place) -> None:
    person = place.somebody("pharmacist")
    sheet = printed(person, f"/pharmacy.pdf?{PERIOD}")
    assert sheet.headings[:2] == ("Dispensing and preparation list", "To hand out and to prepare")
    assert [row[0] for row in sheet.tables[0][1:]] == [
        "CTL-006",
        "EXP-003",
        "EXP-003",
        "EXP-004",
        "EXP-001",
        "CTL-002",
        "EXP-004",
        "EXP-001",
        "EXP-003",
    ]
    assert sheet.tables[0][0][6:] == ["Lot", "Expiry", "Prepared by", "Checked by"]
    assert "Thu 21 May 2026 – Thu 18 Jun 2026" in sheet.text
    assert "protocol version 1.0 · 6 patients, 165 events, last recorded 2026-05-21 UTC" in sheet.text
    assert "changes since" not in sheet.text


def test_pharmacy_s_list_on_paper_marks_what_changed_since_the_last_print(place: Place) -> None:
    person = place.somebody("pharmacist")
    person.prints(f"/pharmacy?{PERIOD}")
    place.time.pass_by(minutes=5)
    place.somebody("coordinator").records("EXP-003", **HELD)
    sheet = printed(person, f"/pharmacy.pdf?{PERIOD}")
    assert [row[0] for row in sheet.tables[0][1:] if "Changed" in row[0]] == []
    assert [(row[0], row[4]) for row in sheet.tables[1][1:] if "Changed" in row[0]] == [("EXP-003 Changed", "on hold")]
    assert "changes since 2026-05-21 02:00 UTC marked" in sheet.text
    person.prints(f"/pharmacy?{PERIOD}")
    assert "Changed" not in printed(person, f"/pharmacy.pdf?{PERIOD}").text


def test_pharmacy_s_list_on_paper_in_chinese(place: Place) -> None:
    person = place.somebody("pharmacist")
    assert '<option value="zh">Chinese</option>' in person.get("/pharmacy").text
    person.browser.headers["accept-language"] = "zh"
    assert '<option value="zh" selected>中文</option>' in person.get("/pharmacy").text
    sheet = printed(person, f"/pharmacy.pdf?{PERIOD}&language=zh")
    assert sheet.headings[:2] == ("药物发放与配制清单", "发放与配制")
    assert person.get("/pharmacy.pdf?language=xx").status_code == 422


def test_pharmacy_s_list_on_paper_waits_for_every_patient(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each answer works out one of the six patients.
    monkeypatch.setattr("scheduler.web.pages.pharmacy.FOR_A_FILE", 0.0)
    person = place.somebody("pharmacist")
    not_ready = (503, "The list is not ready Some patients are still being computed. Try again in a moment.")
    assert [refusal(person, f"/pharmacy.pdf?{PERIOD}") for _ in range(5)] == [not_ready] * 5
    assert "6 patients" in printed(person, f"/pharmacy.pdf?{PERIOD}").text


def test_pharmacy_s_list_on_paper_is_of_the_own_sites(place: Place) -> None:
    sheet = printed(place.somebody("pharmacist", frozenset({"Elsewhere"})), f"/pharmacy.pdf?{PERIOD}")
    assert "Nothing is on this list." in sheet.text
    assert "protocol version 1.0 · 0 patients, 0 events" in sheet.text


@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx"])
def test_period_that_is_none_is_not_printed(place: Place, form: str) -> None:
    person = place.somebody("monitor")
    ends_too_early = (422, "This list cannot be printed The last day comes after the first, by a year at most.")
    assert refusal(person, f"/pharmacy.{form}?from=2026-06-18&to=2026-05-21") == ends_too_early
    assert refusal(person, f"/pharmacy.{form}?from=2026-05-21&to=2027-05-23") == ends_too_early
    no_date = (422, "This list cannot be printed Write dates as YYYY-MM-DD.")
    assert refusal(person, f"/pharmacy.{form}?from=18.6.2026") == no_date
    assert refusal(person, f"/pharmacy.{form}?from=2026-05-21&to=2026-06-31") == no_date


def test_schedule_of_activities_on_paper_is_of_the_arm_that_was_asked_for(place: Place) -> None:
    person = place.somebody("monitor")
    control = printed(person, "/protocol/activities.pdf?version=1.0&arm=control")
    assert control.headings[0] == "Schedule of activities"
    assert "Regorafenib alone" in control.text
    assert "Toripalimab" not in control.tables[0][0]
    assert "REGO-TORI-RT · protocol version 1.0 · hash " in control.text
    chinese = printed(person, "/protocol/activities.pdf?arm=experimental&language=zh")
    assert chinese.headings[0] == "研究活动时间表"
    assert "瑞戈非尼联合特瑞普利单抗及放疗组" in chinese.text


def test_protocol_page_offers_each_arm_of_its_version_on_paper(place: Place) -> None:
    page = place.somebody("monitor").get("/protocol").text
    assert page.count('action="/protocol/activities.pdf"') == 2
    for arm in ("control", "experimental"):
        assert f'<input type="hidden" name="version" value="1.0"><input type="hidden" name="arm" value="{arm}">' in page


def test_arm_or_version_that_is_not_there_is_no_page(place: Place) -> None:
    person = place.somebody("monitor")
    for asked in ("", "?arm=none", "?arm=control&version=9"):
        assert person.get(f"/protocol/activities.pdf{asked}").status_code == 404


def test_audit_trail_on_paper_carries_its_head(place: Place) -> None:
    head = place.store.head()
    sheet = printed(place.somebody("admin"), "/audit.pdf?subject=CTL-006")
    assert sheet.headings == ("Audit trail; subject CTL-006",)
    rows = [dict(zip(sheet.tables[0][0], row, strict=True)) for table in sheet.tables for row in table[1:]]
    assert {row["subject"] for row in rows} == {"CTL-006"}
    kept = [record.hash for record in place.store.records(subject="CTL-006")]
    assert [row["hash"].replace(" ", "") for row in rows] == kept
    assert f"log number {head.number + 1}, 2026-05-21 UTC" in sheet.text
    assert f"hash {place.store.head().hash[:12]}" in sheet.text


@pytest.mark.slow
def test_audit_trail_on_paper_says_what_it_leaves_out(place: Place) -> None:
    assert printed(place.somebody("monitor"), "/audit.pdf").headings == ("Audit trail",)
    coordinator = printed(place.somebody("coordinator"), "/audit.pdf?who=tests&kind=made")
    assert coordinator.headings == (
        "Audit trail; who has 'tests' in the name; kinds with 'made'; seen as coordinator of all sites",
    )
    elsewhere = place.somebody("monitor", frozenset({"Elsewhere"}))
    sheet = printed(elsewhere, "/audit.pdf")
    assert sheet.headings == ("Audit trail; seen as monitor of Elsewhere",)
    assert "CTL-006" not in sheet.text


def test_list_that_is_too_long_for_paper_says_how_to_have_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.showing.downloads.MOST_LINES", 10)
    person = place.somebody("monitor")
    told = "This list is too long for paper It has {} lines, and at most 10 are printed. {}, or take the CSV or the workbook."
    number = len(list(place.store.records(subject="CTL-002")))
    assert refusal(person, "/audit.pdf?subject=CTL-002") == (
        422,
        told.format(number, "Narrow it by subject, person or kind"),
    )
    assert refusal(person, f"/pharmacy.pdf?{PERIOD}") == (422, told.format(11, "Ask for a shorter period"))


def test_names_of_the_files_tell_nothing_of_a_person(place: Place) -> None:
    person = place.somebody("coordinator")
    assert name_of(person.get(f"/pharmacy.pdf?{PERIOD}&language=zh")) == "dispensing-2026-05-21-2026-06-18-zh.pdf"
    assert name_of(person.get("/protocol/activities.pdf?arm=control")) == "activities-1.0-control-en.pdf"
    number = place.store.head().number
    assert name_of(person.get("/audit.pdf?subject=EXP-001&who=Example")) == f"audit-{number}.pdf"


def test_sheet_without_a_right_is_refused_as_everything_is(place: Place) -> None:
    pharmacist = place.somebody("pharmacist")
    told = (403, "Your role does not include this Ask an administrator if it should.")
    assert refusal(pharmacist, "/audit.pdf") == refusal(pharmacist, "/audit.csv") == told
    for path in EVERY_SHEET:
        answer = place.stranger().get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?to=")


def test_letter_that_no_font_has_stops_the_print(place: Place) -> None:
    place.somebody("coordinator").records("EXP-001", event="unscheduled visit", on=TODAY.isoformat(), reason="ปวด")
    status, words = refusal(place.somebody("monitor"), "/audit.pdf?subject=EXP-001")
    assert status == 409
    assert words.startswith("Nothing was printed ")
    assert "no font of the program has the letter 'ป'" in words


def test_lists_on_paper_are_in_the_readers_language_and_their_files_are_not(place: Place) -> None:
    person = place.somebody("investigator")
    person.browser.headers["accept-language"] = "zh"
    deviations, agenda = printed(person, "/deviations.pdf"), printed(person, "/agenda.pdf?on=2026-05-25&view=day")
    assert [each.replace(" ", "") for each in deviations.headings] == ["REGO-TORI-RT方案偏离，2026-05-21", "数量"]
    assert deviations.tables[0][0] == ["受试者", "日期", "偏离", "条目", "内容", "条款", "行", "事件", "发现日期"]
    assert deviations.tables[0][1][2:5] == ["遗漏", "regorafenib.1.21", "1 天未服药"]
    assert deviations.tables[0][1][7] == "事件 20"
    head, line = agenda.tables[0][:2]
    assert head == ["日期", "时间", "资源", "受试者", "内容", "状态"]
    assert line[1:4] + line[5:] == ["08:30", "门诊", "EXP-003", "已预约"]
    assert line[4].replace(" ", "") == "瑞戈非尼第5周期"
    assert "上海" in agenda.text
    assert "方案版本 1.0" in deviations.text
    # A file is for programs, too.
    assert person.get("/deviations.csv").text.startswith("subject,date,deviation,entry,days off,what,")

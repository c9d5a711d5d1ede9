"""One patient's page: what is on it, read back with a parser; and that it is safe, whole and accessible."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from scheduler.calendar.entries.entry import Calendar, Kind, Pending, Status
from scheduler.exports.pages.environment import style_sheet
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.findings import Finding, Severity
from scheduler.said import Said
from scheduler.views.days.spelled_out import in_runs
from tests.exports.reading import Node, read_page
from tests.exports.sample import NOTHING, a_patient, attendance, closed, say

TODAY = date(2026, 4, 1)
ATTACK = "<script>alert('x')</script>\"'&"


def page_of(calendar: Calendar, today: date | None = TODAY) -> Node:
    return read_page(calendar_as_html(calendar, say, closed, today))


@pytest.fixture(scope="module")
def page() -> Node:
    return page_of(a_patient())


def row(page: Node, entry_id: str) -> Node:
    return page.one("tr", id=entry_id)


def test_the_heading_says_whose_calendar_it_is(page: Node):
    assert page.one("h1").text == "EXP-001"
    assert page.one("header").one("p").text == "REGO-TORI-RT, protocol version 1.0"
    assert [fact.text for fact in page.one("dl").every("div")] == [
        "Arm experimental",
        "First dose Monday 2 March 2026 given",
        "Today Wednesday 1 April 2026 Day 31",
        "Calendar until 31 Jul 2026",
    ]


def test_every_line_of_the_calendar_is_in_a_table_with_its_date(page: Node):
    found = {
        line.id: {time.attributes["datetime"] for time in row(page, line.id).every("time")}
        for line in in_runs(a_patient())
    }
    expected = {}
    for line in in_runs(a_patient()):
        dates = line.window if line.kind is Kind.PERIOD and line.window else (line.date, line.until)
        expected[line.id] = {day.isoformat() for day in dates if day}
    assert found == expected


def test_a_line_of_the_table(page: Node):
    cells = [cell.text for cell in row(page, "toripalimab.2").inside if isinstance(cell, Node)]
    assert cells == [
        "30 Mar 2026 at 09:30",
        "Monday",
        "29",
        "Toripalimab dose 2 toripalimab.2 vital signs, haematology",
        "28 – 31 Mar 2026",
        "240 mg",
        "planned not recorded booked",
        "Line 35: 21 days ±3 after the previous dose. Closed: weekend.",
    ]


def test_dates_stand_under_their_months_in_order(page: Node):
    table = page.one("table", class_="dates")
    assert [head.text for head in table.every("th", scope="rowgroup")] == ["February 2026", "March 2026", "April 2026"]
    days = [line.every("time")[0].attributes["datetime"] for line in table.every("tr") if "id" in line.attributes]
    assert days == sorted(days)


def test_every_table_heading_has_its_scope_and_every_table_its_caption(page: Node):
    assert {head.attributes.get("scope") for head in page.every("th")} == {"col", "row", "rowgroup"}
    assert all(table.one("caption").text for table in page.every("table"))


def test_a_line_across_the_table_marks_today(page: Node):
    rows = page.one("table", class_="dates").every("tr")
    marked = next(number for number, line in enumerate(rows) if "now" in line.classes)
    assert rows[marked].text == "today, Wednesday 1 April 2026"
    # The heading of April stands between.
    assert (rows[marked - 2].attributes["id"], rows[marked + 1].attributes["id"]) == ("toripalimab.2", "imaging.1")


def test_without_today_nothing_is_marked():
    page = page_of(a_patient(), today=None)
    assert page.every("tr", class_="now") == []
    assert page.every("path", class_="today") == []
    assert [head.text for head in page.every("h2")] == [
        "At a glance",
        "Needs a look",
        "Not dated yet",
        "Dates",
        "Periods",
    ]


def test_the_next_visits_are_those_still_planned_from_today_on(page: Node):
    assert [item.text for item in page.one("ol", class_="coming").inside if isinstance(item, Node)] == [
        "Friday 24 April 2026 in 23 days Scan 1"
    ]


def test_what_is_pending_is_listed_with_its_rule(page: Node):
    listed = page.every("ul", class_="listed")[1]
    assert [part.text for part in listed.every("p")] == [
        "Safety visit, 30 days safety-30.1",
        "30 days ±7 after the last dose; not before 19 May 2026",
        "Line 77: 30 days ±7 after the last dose.",
    ]


def test_findings_are_listed_worst_first():
    findings = (
        Finding("a", Severity.NOTE, "A note."),
        Finding("b", Severity.ERROR, "An error."),
        Finding("c", Severity.WARNING, "A warning."),
    )
    listed = page_of(replace(a_patient(), findings=findings)).every("ul", class_="listed")[0]
    assert [word.text for word in listed.every("span", class_="word")] == ["error", "warning", "note"]


def test_a_plan_without_a_subject():
    page = page_of(replace(a_patient(), subject=None, first_dose_given=False), today=None)
    assert (page.one("h1").text, page.one("head").one("title").text) == ("Plan", "Plan, REGO-TORI-RT")
    assert "First dose Monday 2 March 2026 planned" in page.one("dl").text


def test_a_calendar_with_nothing_on_it():
    empty = replace(
        a_patient(),
        entries=(),
        pending=(),
        findings=(),
        holds=(),
        first_dose=None,
        study_days_from=None,
        until=None,
        arm=None,
    )
    page = page_of(empty)
    assert page.every("figure") == []
    assert "Nothing on this calendar has a date yet." in page.one("main").text
    assert page.one("dl").text == "First dose not known yet Today Wednesday 1 April 2026"


def test_an_entry_without_a_date_is_listed_last():
    undated = attendance("extra", 1, Kind.VISIT, "Extra visit", None, status=Status.CANCELLED)
    calendar = a_patient()
    page = page_of(replace(calendar, entries=(undated, *calendar.entries)))
    assert page.every("th", scope="rowgroup")[-1].text == "Without a date"
    assert row(page, "extra.1").every("th")[0].text == "no date"


def test_whatever_people_wrote_is_text():
    hostile = attendance(ATTACK, 1, Kind.VISIT, ATTACK, TODAY, time=ATTACK, activities=(ATTACK,))
    treatment = attendance(f"x{ATTACK}", 1, Kind.INFUSION, ATTACK, TODAY)
    calendar = replace(
        a_patient(),
        study=ATTACK,
        version=ATTACK,
        subject=ATTACK,
        arm=ATTACK,
        entries=(hostile, treatment),
        pending=(Pending(ATTACK, ATTACK, Kind.VISIT, ATTACK, ATTACK, NOTHING),),
        findings=(Finding(ATTACK, Severity.ERROR, ATTACK, ATTACK, None, ATTACK),),
        holds=(replace(a_patient().holds[0], treatment=f"x{ATTACK}", reason=ATTACK),),
    )
    text = calendar_as_html(calendar, lambda because: (Said(ATTACK),), lambda day: ATTACK, TODAY)
    assert "<script" not in text
    page = read_page(text)
    assert page.one("h1").text == ATTACK
    assert page.every("script") == []


def test_control_characters_are_shown_as_such():
    assert page_of(replace(a_patient(), subject="a\x00b\u202ec\ud800")).one("h1").text == "a\ufffdb\ufffdc\ufffd"


def test_the_page_fetches_nothing_and_allows_only_its_own_style():
    text = calendar_as_html(a_patient(), say, closed, TODAY)
    page = read_page(text)
    assert re.findall(r"https?:|//|url\((?!#)|@import|javascript:", text.replace("<!doctype html>", "")) == []
    attributes = {name for node in page.below() for name in node.attributes}
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []
    assert {node.name for node in page.below()} & {"script", "link", "img", "iframe", "form", "object"} == set()
    digest = base64.b64encode(hashlib.sha256(page.one("style").inside[0].encode()).digest()).decode()  # type: ignore[union-attr]
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_names_its_language_and_fits_a_phone(page: Node):
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("meta", name="viewport").attributes["content"] == "width=device-width, initial-scale=1"
    assert "@media (max-width:46rem)" in style_sheet()
    assert "@media print" in style_sheet()


def test_ids_are_unique_and_every_link_on_the_page_leads_somewhere(page: Node):
    ids = [node.attributes["id"] for node in page.below() if "id" in node.attributes]
    assert sorted(ids) == sorted(set(ids))
    targets = {unquote(link.attributes["href"][1:]) for link in page.every("a")}
    assert targets - set(ids) == set()


def test_the_same_arguments_give_the_same_text():
    assert calendar_as_html(a_patient(), say, closed, TODAY) == calendar_as_html(a_patient(), say, closed, TODAY)


def test_the_tablets_of_a_cycle_that_was_started_are_presumed_taken():
    patient = a_patient()
    started = (each._replace(status=Status.DONE) if each.id == "regorafenib.2" else each for each in patient.entries)
    page = page_of(replace(patient, entries=tuple(started)), today=date(2026, 6, 1))
    assert row(page, "regorafenib.2.1-21").one("td", class_="status").text == "planned presumed taken"


def test_after_its_day_neither_an_attendance_nor_a_cycle_that_nobody_started_is_presumed():
    page = page_of(a_patient(), today=date(2026, 6, 1))
    assert row(page, "regorafenib.2.1-21").one("td", class_="status").text == "planned not recorded"
    assert row(page, "imaging.1").one("td", class_="status").text == "planned not recorded out of window"
    assert row(page, "toripalimab.1").one("td", class_="status").text == "done"

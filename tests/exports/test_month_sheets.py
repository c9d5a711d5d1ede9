"""A sheet for each month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.exports.pages.patient import calendar_as_html
from tests.exports.reading import Node, read_page
from tests.exports.sample import a_patient, closed, say


@pytest.fixture(scope="module")
def page() -> Node:
    return read_page(calendar_as_html(a_patient(), say, closed, date(2026, 4, 1), months=True))


def day(page: Node, wanted: str) -> Node:
    sheets = page.one("div", class_="months")
    return next(cell for cell in sheets.every("td") if cell.every("time", datetime=wanted))


def test_every_month_with_something_in_it_has_a_sheet(page: Node):
    sheets = page.one("div", class_="months")
    assert [sheet.one("caption").text for sheet in sheets.every("table")] == [
        "February 2026",
        "March 2026",
        "April 2026",
    ]
    assert [head.text for head in sheets.every("table")[0].every("th")] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]


def test_a_day_tells_visits_and_tablets(page: Node):
    cell = day(page, "2026-03-30")
    assert [link.text for link in cell.every("a")] == ["Regorafenib cycle 2", "09:30 Toripalimab dose 2"]
    assert [link.attributes["href"] for link in cell.every("a")] == ["#regorafenib.2.1-21", "#toripalimab.2"]
    assert cell.one("span", class_="tablets").text == "40 mg"


def test_a_day_of_tablets_in_the_middle_of_a_cycle_is_no_visit(page: Node):
    cell = day(page, "2026-03-17")
    assert (cell.every("a"), cell.one("span", class_="tablets").text) == ([], "held")


def test_what_was_not_done_says_so(page: Node):
    assert day(page, "2026-03-24").one("a").text == "Radiotherapy fraction 2, not done"
    assert day(page, "2026-03-09").one("a").classes == ["cancelled"]


def test_today_and_closed_days_are_marked(page: Node):
    assert day(page, "2026-04-01").classes == ["today"]
    assert (day(page, "2026-04-04").classes, day(page, "2026-04-04").attributes["title"]) == (
        ["weekend"],
        "closed: weekend",
    )


def test_every_link_leads_to_a_line_of_the_table(page: Node):
    ids = {node.attributes["id"] for node in page.below() if "id" in node.attributes}
    links = {link.attributes["href"][1:] for link in page.one("div", class_="months").every("a")}
    assert links - ids == set()


def test_a_calendar_with_nothing_on_it_has_no_sheet():
    empty = replace(a_patient(), entries=(), holds=())
    assert read_page(calendar_as_html(empty, say, months=True)).every("div", class_="months") == []

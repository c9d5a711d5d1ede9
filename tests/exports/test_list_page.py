"""A list as a page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scheduler.exports.pages.lists import table_as_html
from scheduler.views.table import Table
from tests.exports.reading import read_page

DISPENSING = Table(
    "Dispensing",
    ("subject", "date", "dose", "level", "note"),
    (("EXP-001", date(2026, 3, 30), Decimal("40"), -1, "<b>recount</b>"), ("EXP-002", None, None, None, None)),
)


def test_a_list_is_a_table_with_its_title_and_every_cell():
    page = read_page(table_as_html(DISPENSING))
    assert (page.one("head").one("title").text, page.one("h2").text) == ("Dispensing", "Dispensing")
    assert [head.text for head in page.every("th", scope="col")] == ["subject", "date", "dose", "level", "note"]
    assert [[cell.text for cell in row.every("td")] for row in page.one("tbody").every("tr")] == [
        ["EXP-001", "2026-03-30", "40", "−1", "<b>recount</b>"],
        ["EXP-002", "", "", "", ""],
    ]


def test_a_list_with_nothing_on_it_says_so():
    page = read_page(table_as_html(Table("Deviations", ("date",), ())))
    assert page.one("main").text == "Deviations Nothing is on this list."


def test_several_lists_share_a_page():
    page = read_page(table_as_html(DISPENSING, Table("Deviations", ("date",), ())))
    assert [head.text for head in page.every("h2")] == ["Dispensing", "Deviations"]


def test_chinese_words_do_not_stand_on_end_in_a_narrow_column():
    """A Chinese letter is as wide as two, and a line may end behind each: words stay whole, and what is long gets room."""
    cells = ("40 mg 药片", "瑞戈非尼", "瑞戈非尼 第3周期：14 片，以及空包装", "40 mg tablet")
    page = read_page(table_as_html(Table("T", ("a", "b", "c", "d"), (cells,))))
    assert [each.attributes.get("class") for each in page.every("td")] == ["phrase", "day", "what", None]

"""The same list as CSV, as a workbook and on a terminal, read back by other programs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from scheduler.exports.tables.aligned import aligned_text
from scheduler.exports.tables.csv import table_as_csv
from scheduler.exports.tables.terminal import table_as_text
from scheduler.exports.tables.xlsx import tables_as_xlsx
from scheduler.views.table import Table
from scheduler.views.table_of_dates import short_table_of_dates, table_of_dates
from tests.exports.sample import a_patient, say

DISPENSING = Table(
    "Dispensing",
    ("subject", "date", "dose", "unit", "level", "note"),
    (
        ("EXP-001", date(2026, 3, 30), Decimal("40"), "mg", -1, None),
        ("EXP-002", date(2026, 4, 2), Decimal("0.50"), "Gy", None, 'says "now", or\nlater'),
    ),
)
ATTACKS = ("=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx", "\nx", " =1+1", "＝1+1")


def sheet(data: bytes, name: str | None = None) -> openpyxl.worksheet.worksheet.Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return book[name] if name else book.active


def test_csv_is_read_back_as_it_was():
    rows = list(csv.reader(io.StringIO(table_as_csv(DISPENSING), newline="")))
    assert rows == [
        ["subject", "date", "dose", "unit", "level", "note"],
        ["EXP-001", "2026-03-30", "40", "mg", "-1", ""],
        ["EXP-002", "2026-04-02", "0.50", "Gy", "", 'says "now", or\nlater'],
    ]


def test_csv_lines_end_as_the_format_wants():
    text = table_as_csv(Table("t", ("a", "b"), ((1, 2), (3, 4))))
    assert text == "a,b\r\n1,2\r\n3,4\r\n"


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_text_is_never_a_formula(attack: str):
    text = table_as_csv(Table("t", (attack,), ((attack,),)))
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert cells == [f"'{attack}", f"'{attack}"]


def test_csv_shows_control_characters_instead_of_sending_them():
    assert table_as_csv(Table("t", ("a",), (("x\x1b[31m\x00\ud800",),))) == "a\r\nx\ufffd[31m\ufffd\ufffd\r\n"


def test_xlsx_has_real_dates_and_numbers():
    found = sheet(tables_as_xlsx(DISPENSING))
    assert [[cell.value for cell in row] for row in found.iter_rows()] == [
        ["subject", "date", "dose", "unit", "level", "note"],
        ["EXP-001", datetime(2026, 3, 30), 40, "mg", -1, None],
        ["EXP-002", datetime(2026, 4, 2), 0.5, "Gy", None, 'says "now", or\nlater'],
    ]
    assert found["B2"].number_format == "yyyy-mm-dd"


def test_xlsx_header_is_bold_and_stays_in_sight_and_the_page_fits():
    found = sheet(tables_as_xlsx(DISPENSING))
    assert found.freeze_panes == "A2"
    assert found["A1"].font.b is True
    assert found.print_title_rows == "$1:$1"
    assert (found.page_setup.orientation, found.page_setup.fitToHeight) == ("landscape", 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage is True
    assert found.column_dimensions["F"].width > found.column_dimensions["E"].width


@pytest.mark.parametrize("attack", [*ATTACKS[:4], "https://example.org", "{=1}"])
def test_xlsx_text_is_never_a_formula_or_a_link(attack: str):
    cell = sheet(tables_as_xlsx(Table("t", ("a",), ((attack,),))))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (attack, "s", None)


def test_xlsx_bytes_are_the_same_each_time():
    assert tables_as_xlsx(DISPENSING) == tables_as_xlsx(DISPENSING)


def test_xlsx_sheet_names_are_made_possible_and_differ():
    long = "A list: dispensing [of] everything / in 2026"
    tables = [replace(DISPENSING, title=title) for title in (long, long, "", "history", "'x'")]
    book = openpyxl.load_workbook(io.BytesIO(tables_as_xlsx(*tables)))
    assert book.sheetnames == [
        "A list- dispensing -of- everyth",
        "A list- dispensing -of- every 2",
        "List",
        "History of dates",
        "x",
    ]


def test_xlsx_cuts_what_a_cell_cannot_hold_where_it_can_be_seen():
    value = sheet(tables_as_xlsx(Table("t", ("a",), (("x" * 40_000,),))))["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_xlsx_date_before_the_format_begins_is_text():
    assert sheet(tables_as_xlsx(Table("t", ("a",), ((date(1899, 12, 31),),))))["A2"].value == "1899-12-31"


def test_terminal_shows_every_cell_and_leaves_empty_columns_out():
    table = Table("Dispensing", ("subject", "date", "lot"), (("EXP-001", date(2026, 3, 30), None),))
    assert table_as_text(table, width=60).splitlines() == [
        "Dispensing",
        "subject  date",
        "────────────────────",
        "EXP-001  2026-03-30",
    ]


def test_terminal_too_narrow_for_the_columns_shows_fields_one_under_the_other():
    assert table_as_text(DISPENSING, width=30).splitlines() == [
        "Dispensing",
        "",
        "subject  EXP-001",
        "date     2026-03-30",
        "dose     40",
        "unit     mg",
        "level    -1",
        "",
        "subject  EXP-002",
        "date     2026-04-02",
        "dose     0.50",
        "unit     Gy",
        'note     says "now", or',
        "         later",
    ]


@pytest.mark.parametrize("width", [90, 120, 160, 200])
def test_a_file_has_the_same_lines_as_a_terminal_without_colours(width: int):
    wide = Table("药房", ("患者", "数量"), (("EXP-001", 14), ("一二三", Decimal("0.50"))))
    for table in (table_of_dates(a_patient(), say), short_table_of_dates(a_patient()), wide):
        assert aligned_text(table, width) in (None, table_as_text(table, width))
    assert aligned_text(short_table_of_dates(a_patient()), 160) is not None


def test_what_has_no_room_on_its_line_is_left_to_be_folded():
    told = Table("Notes", ("id", "note"), (("EXP-001", "a sentence of several words that is longer than its line"),))
    assert aligned_text(told, 30) is None
    assert aligned_text(told, 8) is None
    assert aligned_text(DISPENSING, 200) is None  # a cell has two lines


@pytest.mark.parametrize("width", [40, 80, 100, 120, 160, 240])
def test_terminal_never_cuts_off_or_breaks_a_date_or_an_id(width: int):
    table = table_of_dates(a_patient(), say)
    words = table_as_text(table, width=width).split()
    expected = [str(cell) for row in table.rows for cell in (row[0], row[4])]
    assert [word for word in expected if word not in words] == []


def test_terminal_takes_nothing_for_markup_and_sends_no_escape():
    text = table_as_text(Table("[bold]t[/]", ("[red]a",), (("[link=x]y[/link] \x1b[2J",),)), width=80)
    assert "[bold]t[/]" in text
    assert "[red]a" in text
    assert "[link=x]y[/link] \ufffd[2J" in text


def test_a_row_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="row 1 of 't' has 1 cells for 2 columns"):
        Table("t", ("a", "b"), (("x",),))


def test_one_patient_as_a_list():
    table = table_of_dates(a_patient(), say)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    second = next(row for row in rows if row["id"] == "toripalimab.2")
    assert table.title == "REGO-TORI-RT EXP-001"
    assert second == {
        "date": date(2026, 3, 30),
        "until": None,
        "weekday": "Monday",
        "study day": 29,
        "id": "toripalimab.2",
        "what": "Toripalimab dose 2",
        "ideal": date(2026, 3, 28),
        "earliest": date(2026, 3, 28),
        "latest": date(2026, 3, 31),
        "time": "09:30",
        "dose": Decimal("240"),
        "unit": "mg",
        "level": 0,
        "status": "planned",
        "flags": "booked",
        "activities": "vital signs; haematology",
        "why": "Line 35: 21 days ±3 after the previous dose. Closed: weekend.",
    }


def test_one_patient_in_the_order_of_days_with_runs_or_day_by_day():
    in_runs = [row[0] for row in table_of_dates(a_patient(), say).rows]
    by_day = [row[0] for row in table_of_dates(a_patient(), say, by_day=True).rows]
    assert in_runs == sorted(in_runs, key=str)
    assert (len(in_runs), len(by_day)) == (14, 53)


def test_one_patient_on_a_narrow_screen():
    assert table_as_text(short_table_of_dates(a_patient()), width=120).splitlines()[:6] == [
        "REGO-TORI-RT EXP-001",
        "date               weekday  study day  id                   window        dose                  status",
        "─" * 119,
        "2026-02-20         Fri            -10  imaging.0                                                done",
        "2026-03-02..03-15  Mon              1  regorafenib.1.1-14   02-27..03-05  80 mg                 done",
        "2026-03-02         Mon              1  toripalimab.1                      240 mg                done",
    ]


def test_several_doses_of_one_day_are_told_as_text():
    table = table_of_dates(a_patient(), say)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    first = next(row for row in rows if row["id"] == "radiotherapy.1")
    assert (first["dose"], first["unit"]) == ("hypofractionated 8 Gy; low-dose 1 Gy", None)

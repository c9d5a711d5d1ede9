"""The first page of a study."""

from __future__ import annotations

from datetime import date

from scheduler.exports.pages.lists import Link, PatientRow, study_as_html
from scheduler.languages import Language
from scheduler.said import Name, said, text_of, told_as
from tests.exports.reading import Node, read_page

ROWS = (
    PatientRow(
        "EXP-001",
        "experimental",
        date(2026, 3, 2),
        "calendars/EXP-001.html",
        "A hold and a reduction.",
        date(2026, 4, 24),
        (Link("table", "calendars/EXP-001.csv"), Link("feed", "feeds/EXP-001.ics")),
    ),
    PatientRow("CON-001", "control", None, "calendars/CON 001.html"),
)


def page_of(*rows: PatientRow, lists: tuple[Link, ...] = ()) -> Node:
    return read_page(study_as_html("REGO-TORI-RT", "1.0", "Regorafenib & toripalimab", rows, lists))


def test_every_patient_has_a_row_with_links():
    rows = page_of(*ROWS).one("tbody").every("tr")
    assert [row.text for row in rows] == [
        "EXP-001 experimental 2 Mar 2026 24 Apr 2026 A hold and a reduction. tablefeed",
        "CON-001 control",
    ]
    assert [link.attributes["href"] for row in rows for link in row.every("a")] == [
        "calendars/EXP-001.html",
        "calendars/EXP-001.csv",
        "feeds/EXP-001.ics",
        "calendars/CON%20001.html",
    ]


def test_the_page_of_a_chinese_coordinator():
    arm = told_as("control", Name((("en", "control"), ("zh", "对照组"))))
    link = Link(text_of(said("Worklist")), "worklist.html")
    page = read_page(
        study_as_html("S", "1.0", "T", [PatientRow("A-1", arm, None, "A-1.html")], [link], Language.CHINESE)
    )
    assert page.one("tbody").one("tr").text == "A-1 对照组"
    assert [each.text for each in page.every("h2")] == ["受试者1", "清单"]
    assert page.one("ul", class_="files").text == "工作清单"


def test_lists_over_all_patients():
    page = page_of(lists=(Link("Dispensing, April 2026", "dispensing.xlsx"),))
    assert [(item.text, item.one("a").attributes["href"]) for item in page.one("ul", class_="files").every("li")] == [
        ("Dispensing, April 2026", "dispensing.xlsx")
    ]


def test_a_link_can_only_lead_to_a_file_beside_the_page():
    rows = [PatientRow("X", None, None, path) for path in ("javascript:alert(1)", "//example.org/x", "https://x.org")]
    assert [link.attributes["href"] for link in page_of(*rows).one("tbody").every("a")] == [
        "javascript%3Aalert%281%29",
        "example.org/x",
        "https%3A//x.org",
    ]


def test_what_people_wrote_is_text():
    page = page_of(PatientRow("<script>", "<b>", None, "x.html", "<img src=x>"))
    assert page.one("tbody").text == "<script> <b> <img src=x>"
    assert page.every("script") + page.every("img") == []

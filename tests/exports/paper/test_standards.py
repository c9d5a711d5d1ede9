"""What every sheet is: archivable, accessible, dated by its log and not by a clock, and the same bytes everywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.exports.paper.activities import activities_as_pdf
from scheduler.exports.paper.calendar import calendar_as_pdf
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.paper.dispensing import dispensing_as_pdf
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.exports.paper.patient_words import PatientWord
from scheduler.exports.paper.words import Word
from scheduler.languages import Language
from scheduler.said import Said
from scheduler.views.coordinator.schedule_of_activities import activity_schedule
from scheduler.views.imprint import Imprint
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.reasons import reasons_of
from scheduler.views.table import Table
from scheduler.vocabulary.forms_in_words import OfForm
from scheduler.words.saying import sentence_in
from tests.exports.paper.reading import read_pdf
from tests.exports.paper.told import IMPRINT, diary_of
from tests.laws.examples import one_in
from tests.seed import VERSION
from tests.views.told import EXPERIMENTAL, on, patient

RECORDED = datetime(2026, 5, 21, 6, 30, tzinfo=UTC)
PRINT = replace(IMPRINT, recorded=RECORDED, head="0123456789abcdef", since=datetime(2026, 5, 18, 6, 0, tzinfo=UTC))
KINDS = ("activities", "calendar", "diary", "dispensing", "list")


def sheets() -> dict[str, Callable[[], bytes]]:
    """One of each kind."""
    told = patient(EXPERIMENTAL)
    calendar = told.calendar
    listed = dispensing_list([told], on("03-02"), on("04-30"))
    plan = VERSION.arms["experimental"]
    return {
        "diary": lambda: diary_as_pdf(diary_of(calendar, on("03-02"), on("04-30")), PRINT),
        "dispensing": lambda: dispensing_as_pdf(listed, PRINT),
        "activities": lambda: activities_as_pdf(activity_schedule(plan), PRINT, VERSION.assumptions.values()),
        "calendar": lambda: calendar_as_pdf(calendar, reasons_of(calendar), PRINT),
        "list": lambda: tables_as_pdf(Table("Audit", ("number", "what"), ((1, "held"),)), imprint=PRINT),
    }


@pytest.mark.parametrize("kind", one_in(2, KINDS))
def test_every_sheet_says_that_it_is_accessible_archivable_and_in_which_language(kind: str):
    sheet = read_pdf(sheets()[kind]())
    root: Any = sheet.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en-GB"
    about = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in about
    assert sheet.reader.metadata is not None
    assert sheet.reader.metadata.title
    assert sheet.reader.metadata.creation_date == RECORDED
    assert sheet.headings[0] == sheet.reader.metadata.title


@pytest.mark.parametrize("kind", one_in(2, KINDS))
def test_every_page_says_its_number_version_log_and_caution(kind: str):
    pages = read_pdf(sheets()[kind]()).pages
    for number, page in enumerate(pages, 1):
        words = " ".join(page.split())
        assert f"Page {number} of {len(pages)}" in words
        assert "protocol version 1.0 · log number 7, 2026-05-21 UTC · hash 0123456789ab" in words
        assert "changes since 2026-05-18 06:00 UTC marked" in words
        assert "Not a medical device. A qualified person checks this sheet before anybody acts on it." in words


@pytest.mark.parametrize("kind", one_in(2, KINDS))
def test_the_same_input_gives_the_same_bytes(kind: str):
    assert sheets()[kind]() == sheets()[kind]()


@pytest.mark.slow
def test_the_bytes_are_the_same_in_another_process_place_and_time_zone(tmp_path: Path):
    code = (
        "import hashlib; from tests.exports.paper.test_standards import sheets\n"
        "print([(kind, hashlib.sha256(make()).hexdigest()) for kind, make in sorted(sheets().items())])"
    )
    here = [(kind, hashlib.sha256(make()).hexdigest()) for kind, make in sorted(sheets().items())]
    assert tuple(kind for kind, _ in here) == KINDS
    root = Path(__file__).parents[3]
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        around = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root), "LC_ALL": "C"}
        told = subprocess.run(
            [sys.executable, "-c", code], env=around, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == str(here)


def test_the_foot_of_a_list_of_a_study_counts_patients_and_events():
    foot = foot_of(Imprint("S-1", "2.0", 249, RECORDED, patients=6), Language.ENGLISH)
    assert foot["print"] == "S-1 · protocol version 2.0 · 6 patients, 249 events, last recorded 2026-05-21 UTC"
    assert foot_of(Imprint("S-1", "2.0"), Language.CHINESE)["print"] == "S-1 · 方案版本 2.0"


def sentences(words):
    return {name: said for name, said in vars(words).items() if isinstance(said, Said | OfForm)}


def test_every_word_is_printed_somewhere():
    folder = Path(__file__).parents[3] / "scheduler" / "exports" / "paper"
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py") if not path.name.endswith("words.py"))
    code += (folder / "doses_in_words.py").read_text("utf-8")
    assert [name for name in (*sentences(Word), *sentences(PatientWord)) if f"Word.{name}" not in code] == []


def test_a_chinese_word_has_a_letter_for_everything_it_says():
    messages = [each for table in (Word, PatientWord) for each in sentences(table).values() if isinstance(each, Said)]
    texts = [sentence_in(each, Language.CHINESE) for each in messages]
    sheet = read_pdf(tables_as_pdf(Table("一", ("词",), tuple((text,) for text in texts)), language=Language.CHINESE))
    printed = [row[0].replace(" ", "") for table in sheet.tables for row in table[1:]]
    assert printed == [text.replace(" ", "") for text in texts]


def test_a_day_of_the_log_decides_the_date_and_not_a_clock():
    early, late = (
        read_pdf(
            tables_as_pdf(
                Table("A", ("x",), ((1,),)), imprint=replace(PRINT, recorded=datetime(year, 1, 2, tzinfo=UTC))
            )
        )
        for year in (2025, 2031)
    )
    dates = [sheet.reader.metadata.creation_date for sheet in (early, late) if sheet.reader.metadata]
    assert [made.date() for made in dates if made] == [date(2025, 1, 2), date(2031, 1, 2)]

"""A list of patients and events: each row tried as if it were recorded, and none of it before all of it can be."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import openpyxl
import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.folder.rows.grid import Grid, read_grid
from scheduler.folder.rows.records import WHY
from scheduler.folder.rows.taking import record_trial, refuse_again, standing_of
from scheduler.folder.rows.telling import table_of_trial
from scheduler.folder.rows.templates import template_of
from scheduler.folder.rows.trying import Entrance, Outcome, Standing, Trial, try_rows
from scheduler.patient.events import FACTS, Event, Given, dump_event
from scheduler.patient.log import Log
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from tests.store.sample import RANDOMISED, SEED, STUDY, at, patient

SITES = {each.name: each for each in STUDY.sites}
STANDING = Standing(STUDY.version(STUDY.newest.digest), STUDY.sites[0], Log().append_unchecked(RANDOMISED))


def today(zone: str) -> date:
    return date(2026, 5, 21)


def grid(text: str, name: str = "list.csv") -> Grid:
    return read_grid(text.encode(), name=name)


def tried(text: str | Grid, **more: Standing) -> Trial:
    known = {"EXP-001": STANDING, **more}
    return try_rows(grid(text) if isinstance(text, str) else text, Entrance(known.get, STUDY.newest, SITES, today))


def told(trial: Trial) -> list[tuple[int, str, list[str]]]:
    """Each row with what becomes of it and where something is said, with its code."""
    return [
        (each.row.line, each.outcome.value, [f"{remark.place} {remark.code}" for remark in each.remarks])
        for each in trial.rows
    ]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def codes(data: bytes) -> list[str]:
    with pytest.raises(InvalidText) as caught:
        tried(read_grid(data, name="list.csv"))
    return [f"{finding.place} {finding.code}" for finding in caught.value.findings]


LABORATORY = """subject,event,on,test,value,unit,upper limit,treatment,n,amount,confirmed
EXP-001,measured,2026-03-02,ALT,62,U/L,40,,,,
EXP-001,measured,2026-03-02,Bilirubn,"1,2",mg/dL,,,,,

EXP-001,measured,2027-03-02,ALT,62,U/L,,,,,
EXP-009,measured,2026-03-02,ALT,62,U/L,,,,,
,measured,2026-03-02,ALT,62,U/L,,,,,
EXP-001,given,2026-03-02,,,,,toripalimab,1,2400 mg,
EXP-001,givn,2026-03-02,,,,,toripalimab,2,,
EXP-001,,2026-03-02,,,,,toripalimab,2,,
"""


def test_each_row_says_what_becomes_of_it_at_its_own_cell():
    """Row 4 of the file is empty; columns count from 1: 'on' is 3, 'value' 5, 'amount' 10."""
    assert told(tried(LABORATORY)) == [
        (2, "accepted", []),
        (3, "refused", ["list.csv:3:4 unknown-test", "list.csv:3:5 not-a-number"]),
        (5, "refused", ["list.csv:5:3 in-the-future"]),
        (6, "refused", ["list.csv:6:1 unknown-subject"]),
        (7, "refused", ["list.csv:7:1 missing-subject"]),
        (8, "asked", ["list.csv:8:10 tenfold-amount"]),
        (9, "refused", ["list.csv:9:2 unknown-event"]),
        (10, "refused", ["list.csv:10:1 unknown-event"]),
    ]


def test_an_asked_row_stands_with_a_reason_of_its_own_and_no_other_row_has_it():
    rows = [
        "subject,event,on,treatment,n,amount,confirmed",
        "EXP-001,given,2026-03-02,toripalimab,1,2400 mg,the label said so",
        "EXP-001,given,2026-03-23,toripalimab,2,2400 mg,",
    ]
    trial = tried("\n".join(rows))
    assert [each.outcome for each in trial.rows] == [Outcome.ACCEPTED, Outcome.ASKED]
    assert trial.rows[0].remarks[0].reason == "the label said so"
    assert str(trial.rows[1].remarks[0].to_do[-1]) == "where it is so, say why in this row under 'confirmed'"
    assert (trial.accepts, trial.number(Outcome.ASKED)) == (False, 1)


def test_a_later_row_of_a_patient_comes_after_the_rows_above_it():
    rows = """subject,event,on,ae,term,grade
EXP-001,regraded,2026-03-17,1,,3
EXP-001,adverse event,2026-03-16,1,Fatigue,2
EXP-001,resolved,2026-03-20,1,,
"""
    assert told(tried(rows)) == [
        (2, "refused", ["list.csv:2:4 unknown-adverse-event"]),
        (3, "accepted", []),
        (4, "accepted", []),
    ]


ENROLMENT = """subject;site;consented;screened;randomised;arm;first dose planned;confirmed
EXP-201;Shanghai;2026-02-20;2026-02-26;2026-02-27;experimental;2026-03-02;as the sponsor's list has it
EXP-202;Shanghai;2026-02-20;26.02.2026;2026-02-27;;;
EXP-203;Shanghia;2026-02-20;;;;;
EXP-204;;2026-02-20;;;;;
EXP-001;Shanghai;2026-02-20;;;;;
Wang Li;Shanghai;;;;;;
"""


def test_an_enrolment_list_takes_patients_in_with_the_days_that_are_known():
    trial = tried(ENROLMENT)
    assert told(trial) == [
        (2, "accepted", []),
        (3, "refused", ["list.csv:3:5 half-randomised", "list.csv:3:4 not-a-date"]),
        (4, "refused", ["list.csv:4:1 unknown-site"]),
        (5, "refused", ["list.csv:5:1 no-site"]),
        (6, "refused", ["list.csv:6:1 subject-there"]),
        (7, "refused", ["list.csv:7:1 bad-subject"]),
    ]
    first = trial.patients[0]
    assert (first.subject, first.site, first.seen) == ("EXP-201", "Shanghai", 0)
    # The reason stands with none of them, as none was asked about.
    assert [dump_event(each) for each in first.events] == [
        {"on": "2026-02-20", "event": "consented"},
        {"on": "2026-02-26", "event": "screened"},
        {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
        {"on": "2026-02-27", "event": "first dose planned", "to": "2026-03-02"},
    ]


def test_a_list_of_events_may_take_patients_in_too():
    trial = tried("""subject,event,site,on,arm
EXP-201,enrolled,Shanghai,,
EXP-201,consented,,2026-02-20,
EXP-201,enrolled,Shanghai,,
EXP-202,enrolled,Shanghai,2026-02-20,
""")
    assert told(trial) == [
        (2, "accepted", []),
        (3, "accepted", []),
        (4, "refused", ["list.csv:4:1 subject-there"]),
        (5, "refused", ["list.csv:5:4 unknown-key"]),
    ]


def test_who_may_not_record_something_is_told_row_by_row():
    def may(what: Event | None) -> Finding | None:
        refused = what is None or isinstance(what, Given)
        return Finding("not-yours", Severity.ERROR, "somebody else records this") if refused else None

    text = "subject,event,site,on,treatment,n\nEXP-201,enrolled,Shanghai,,,\nEXP-001,given,,2026-03-02,toripalimab,1\n"
    entrance = Entrance({"EXP-001": STANDING}.get, STUDY.newest, SITES, today, may)
    assert told(try_rows(grid(text), entrance)) == [
        (2, "refused", ["list.csv:2:1 not-yours"]),
        (3, "refused", ["list.csv:3:1 not-yours"]),
    ]


def test_a_workbook_says_the_same_as_a_csv_file():
    rows: list[list[object]] = [
        ["Subject", "event", "on", "At", "test", "value", "unit", "upper_limit", None],
        ["EXP-001", "measured", date(2026, 3, 2), time(8, 30), "ALT", 62.0, "U/L", 40, None],
        ["EXP-001", "measured", datetime(2026, 3, 3), None, "bilirubin", 1.1, "mg/dL", 1.2, None],
    ]
    as_csv = """Subject,event,on,At,test,value,unit,upper_limit
EXP-001,measured,2026-03-02,08:30,ALT,62,U/L,40
EXP-001,measured,2026-03-03,,bilirubin,1.1,mg/dL,1.2
"""
    of_workbook = tried(read_grid(workbook(rows), name="list.xlsx"))
    assert of_workbook.patients == tried(as_csv).patients
    assert of_workbook.accepts


def test_yes_and_several_words_in_one_cell_are_read_as_a_form_reads_them():
    text = "subject,event,on,ae,term,grade,serious,related\nEXP-001,adverse event,2026-03-16,1,Fatigue,3,{},{}\n"
    for yes in ("yes", "TRUE", "x", "是"):
        (only,) = tried(text.format(yes, "regorafenib; toripalimab")).patients[0].events
        assert dump_event(only)["serious"] is True
        assert dump_event(only)["related"] == ["regorafenib", "toripalimab"]
    assert "serious" not in dump_event(tried(text.format("no", "regorafenib")).patients[0].events[0])
    assert told(tried(text.format("perhaps", "regorafenib"))) == [(2, "refused", ["list.csv:2:7 not-true-or-false"])]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ["list.csv:1:1 no-rows"]),
        (b"subject,event,on\n", ["list.csv:1:1 no-rows"]),
        ("subject,event,on\nEXP-001,consented,é".encode("latin-1"), ["list.csv:1:1 not-utf-8"]),
        (b'subject,event,on\nEXP-001,"consented"x,2026-02-20', ["list.csv:2:1 not-csv"]),
        (b"subject,event,wat,on,on\na,b,c,d,e", ["list.csv:1:3 unknown-column", "list.csv:1:5 column-twice"]),
        (b"subject,event,on,\nEXP-001,consented,2026-02-20,more", ["list.csv:2:4 unknown-column"]),
        (b"event,on\nconsented,2026-02-20", ["list.csv:1:1 missing-column"]),
        (b"subject,on\nEXP-001,2026-02-20", ["list.csv:1:1 missing-column"]),
        (b"subject,site,grade\nEXP-201,Shanghai,2", ["list.csv:1:3 unknown-column"]),
        (b"subject,event" + b"," * 60 + b"\na,b", ["list.csv:1:1 too-many-columns"]),
        (b"subject,event\n" + b"a,b\n" * 5001, ["list.csv:1:1 too-many-rows"]),
        (b" " * 5_000_001, ["list.csv:1:1 too-large"]),
        (b"\xd0\xcf\x11\xe0" + b" " * 9, ["list.csv:1:1 old-workbook"]),
        (b"PK\x03\x04" + b" " * 99, ["list.csv:1:1 broken-workbook"]),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_so(data: bytes, found: list[str]):
    assert codes(data) == found


def with_part(name: str, text: bytes) -> bytes:
    """A workbook with another text in one of its parts."""
    kept = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(workbook([["subject", "event"], ["a", "b"]])))
    parts = {part.filename: old.read(part) for part in old.infolist()} | {name: text}
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return kept.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'


@pytest.mark.parametrize(
    "part",
    [
        ("xl/worksheets/sheet1.xml", SHEET % b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>'),
        ("xl/worksheets/sheet1.xml", SHEET % b"<row r = '9999999'><c><v>1</v></c></row>"),
        ("xl/worksheets/sheet1.xml", SHEET % (b"<x:row/>" * 5_002)),
        ("xl/worksheets/sheet1.xml", SHEET.replace(b"<", b"<\0") % b""),
        ("xl/worksheets/sheet1.xml", b" " * 60_000_001),
        ("xl/sharedStrings.xml", b"<sst><si><t>" + b"a" * 26_000_000 + b"</t></si></sst>"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_not_opened(part: tuple[str, bytes]):
    assert codes(with_part(*part)) == ["list.csv:1:1 too-large"]


def test_every_kind_of_event_has_a_template_whose_columns_are_known():
    for word in (*FACTS, "enrolled"):
        tables = template_of(word)
        assert tables is not None
        names = tables[0].columns
        empty = [{"subject": "EXP-001", "event": word, "site": "Shanghai"}.get(name, "") for name in names]
        # What is missing in the row is said of the row: no column is unknown.
        assert len(tried(",".join(names) + "\n" + ",".join(empty)).rows) == 1
        assert set(WHY) & set(names)
        assert all(meaning for *_, meaning in tables[1].rows)
    assert template_of("givn") is None


@pytest.fixture
def store(tmp_path):
    made = open_store(tmp_path / "study.db")
    made.make_study(SEED, at(0))
    made.enrol(patient("EXP-001"), at(1))
    yield made
    made.close()


def entrance_of(store: Store) -> Entrance:
    def known(number: str) -> Standing | None:
        subject = store.subject(number)
        return None if subject is None else standing_of(store, STUDY, subject)

    return Entrance(known, STUDY.newest, SITES, today)


def test_all_of_a_file_is_recorded_in_one_act_and_the_trail_knows_the_file(store: Store):
    text = """subject,event,site,on,arm
EXP-001,consented,,2026-02-20,
EXP-201,enrolled,Shanghai,,
EXP-201,consented,,2026-02-20,
EXP-201,randomised,,2026-02-27,experimental
"""
    trial = try_rows(grid(text), entrance_of(store))
    records = record_trial(store, STUDY, trial, at(2))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert [each.kind for each in records] == [
        "file imported",
        "subject enrolled",
        "consented",
        "randomised",
        "consented",
    ]
    assert records[0].who.name == "Nurse 王"
    assert records[0].body == (
        f'{{"enrolled":1,"events":3,"rows":4,"sha256":"{sha256}","subjects":["EXP-001","EXP-201"]}}'
    )
    assert {each.reason for each in records} == {f"from a file, SHA-256 {sha256}"}
    assert {each.at for each in records} == {records[0].at}
    assert [each.event.event for each in store.log("EXP-201").records] == ["consented", "randomised"]
    with pytest.raises(InvalidText) as caught:
        refuse_again(store, grid(text))
    assert [finding.code for finding in caught.value.findings] == ["imported-before"]
    refuse_again(store, grid(text + "\n"))


def test_of_a_file_with_one_wrong_row_nothing_is_recorded(store: Store):
    head = store.head()
    trial = try_rows(
        grid("subject,event,on\nEXP-001,consented,2026-02-20\nEXP-002,consented,2026-02-20\n"), entrance_of(store)
    )
    with pytest.raises(ValueError, match="asked or refused"):
        record_trial(store, STUDY, trial, at(2))
    assert store.head() == head


def test_the_digest_tells_whether_something_was_recorded_meanwhile(store: Store):
    rows = grid("subject,event,on\nEXP-001,consented,2026-02-20\n")
    before = try_rows(rows, entrance_of(store)).digest
    assert try_rows(rows, entrance_of(store)).digest == before
    record_trial(
        store, STUDY, try_rows(grid("subject,event,on\nEXP-001,consented,2026-02-19\n"), entrance_of(store)), at(2)
    )
    assert try_rows(rows, entrance_of(store)).digest != before


def test_the_list_of_what_becomes_of_the_rows():
    trial = tried("subject,event,on\nEXP-001,consented,2026-02-20\nEXP-009,consented,2026-02-20\n")
    assert table_of_trial(trial).rows == (
        (2, "EXP-001", "accepted", str(trial.rows[0].what[0]), None),
        (
            3,
            "EXP-009",
            "refused",
            None,
            "list.csv:3:1: there is no patient EXP-009 (enrol the patient first, in a row above or in a file of its own)",
        ),
    )
    assert table_of_trial(trial, why=False).columns == ("row", "subject", "outcome", "what")

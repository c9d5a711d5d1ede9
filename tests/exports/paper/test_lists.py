"""Lists on paper: the pharmacy's, the schedule of activities, one patient's dates, and any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from scheduler.exports.paper.activities import MOST_VISITS, activities_as_pdf
from scheduler.exports.paper.calendar import calendar_as_pdf
from scheduler.exports.paper.dispensing import dispensing_as_pdf
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.languages import Language
from scheduler.views.coordinator.schedule_of_activities import activity_schedule, schedule_of_activities
from scheduler.views.days.spelled_out import in_runs
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList
from scheduler.views.reasons import reasons_of
from scheduler.views.table import Table
from scheduler.views.table_of_dates import in_order_of_days
from tests.exports.paper.reading import Sheet, read_pdf
from tests.exports.paper.told import IMPRINT
from tests.seed import VERSION
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

REDUCED = "  - {on: 2026-03-25, event: dose changed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
HELD = "  - {on: 2026-03-25, event: held, treatment: regorafenib, reason: AE 1}\n"
REACTION = (
    "  - {on: 2026-03-25, event: adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3,"
    " related: [regorafenib]}\n"
)


def the_week(*events: str, printed: DispensingList | None = None) -> DispensingList:
    lines = printed.everything if printed else None
    return dispensing_list([patient(EXPERIMENTAL, *events)], on("03-30"), on("04-03"), lines)


def paper_of(listed: DispensingList, language: Language = Language.ENGLISH) -> Sheet:
    return read_pdf(dispensing_as_pdf(listed, IMPRINT, language))


def test_the_pharmacy_reads_who_what_when_how_many_and_has_room_to_sign():
    (lines, totals) = paper_of(the_week()).tables
    assert [" | ".join(line) for line in lines] == [
        "Patient | Date and window | Treatment and visit | Dose | Hand out | Collect back | Lot | Expiry | Prepared by"
        " | Checked by",
        "EXP-001 | Mon 30 Mar 2026 window 03-28 – 04-02 | Regorafenib, cycle 2 regorafenib | 80 mg"
        " | 42 × 40 mg tablet (2 packs) 2 tablets x 21 days; 2 bottles of 28, surplus 14"
        " | Regorafenib, cycle 1: 14 tablets, and empty packs |  |  |  | ",
        "EXP-001 | Mon 30 Mar 2026 window 03-28 – 03-31 | Toripalimab, dose 2 toripalimab | 240 mg | 1 × 240 mg vial"
        " |  |  |  |  | ",
    ]
    assert totals[1:] == [
        ["regorafenib, 40 mg tablet", "42", "2", "0", "0"],
        ["toripalimab, 240 mg vial", "1", "–", "0", "0"],
    ]


def test_what_changed_since_the_last_print_is_marked_with_what_it_was():
    lines = paper_of(the_week(REDUCED, printed=the_week())).tables[0]
    assert lines[1][0] == "EXP-001 Changed"
    assert lines[1][3] == "40 mg level −1"
    assert lines[1][4].endswith("surplus 7 dose was 80, level was 0, units was 42, packs was 2")
    assert lines[2][0] == "EXP-001"


def test_doses_on_hold_or_awaiting_a_decision_stand_apart_and_not_among_what_is_handed_out():
    for event, status in ((HELD, "on hold"), (REACTION, "awaiting decision")):
        sheet = paper_of(the_week(event))
        assert sheet.headings[1:] == ("To hand out and to prepare", "Listed apart: ask first", "Needed in this period")
        sure, apart = sheet.tables[0], sheet.tables[1]
        assert [row[2] for row in sure[1:]] == ["Toripalimab, dose 2 toripalimab"]
        assert [(row[2], row[4]) for row in apart[1:]] == [("Regorafenib, cycle 2 regorafenib", status)]


def test_what_was_not_given_has_nothing_to_prepare_and_no_unknown_number():
    missed = "  - {on: 2026-03-30, event: not done, entry: toripalimab.2, reason: fever}\n"
    (line,) = [line for line in paper_of(the_week(missed)).tables[0] if "Toripalimab, dose 2" in line[2]]
    assert line[4] == "nothing to hand out not done not done: prepare nothing"


def test_an_empty_list_says_so():
    listed = dispensing_list([patient(CONTROL)], on("03-03"), on("03-04"))
    assert "Nothing is on this list." in paper_of(listed).text


def test_the_pharmacys_list_in_chinese():
    sheet = paper_of(the_week(REDUCED, printed=the_week()), Language.CHINESE)
    assert sheet.headings[0] == "药物发放与配制清单"
    assert [cell.replace(" ", "") for cell in sheet.tables[0][1][:2]] == [
        "EXP-001有变更",
        "2026年3月30日周一时间窗03-28–04-02",
    ]


def test_every_cell_of_the_schedule_of_activities_is_on_paper():
    for plan in VERSION.arms.values():
        sheet = read_pdf(activities_as_pdf(activity_schedule(plan), IMPRINT, VERSION.assumptions.values()))
        given, table, timings, assumptions = sheet.tables
        rows = [tuple(cell or "" for cell in row) for row in schedule_of_activities(plan).rows][
            len(plan.treatments()) :
        ]
        assert [tuple(row) for row in table[1:]] == rows
        assert [row[0] for row in given] == [line.title for line in plan.treatments()]
        assert [cell.rpartition(" ")[0] for cell in table[0][1:]] == [row[1] for row in timings[1:]]
        assert [cell.rpartition(" ")[2] for cell in table[0][1:]] == [row[0] for row in timings[1:]]
        cited = {
            name for name in VERSION.assumptions if any(f"{name}," in row[2] or f"{name})" in row[2] for row in timings)
        }
        assert {row[0] for row in assumptions[1:]} == cited


def test_a_protocol_with_many_visits_has_a_second_table_with_the_same_activities():
    schedule = activity_schedule(VERSION.arms["experimental"])
    visits = schedule.visits * 2
    rows = tuple((activity, cells * 2) for activity, cells in schedule.rows)
    sheet = read_pdf(activities_as_pdf(replace(schedule, visits=visits, rows=rows), IMPRINT))
    _, first, second, _ = sheet.tables
    assert [row[0] for row in first] == [row[0] for row in second]
    assert len(first[0]) - 1 <= MOST_VISITS
    assert len(first[0]) + len(second[0]) - 2 == len(visits)


def test_a_patients_calendar_has_every_line_with_its_reasons():
    told = patient(EXPERIMENTAL, HELD)
    sheet = read_pdf(calendar_as_pdf(told.calendar, reasons_of(told.calendar), IMPRINT))
    dates, pending = sheet.tables[:2]
    lines = in_order_of_days(in_runs(told.calendar))
    ids = [row[2].rpartition("[")[2].rstrip("]").replace(" ", "") for row in dates[1:]]
    assert ids == [line.id for line in lines]
    first = next(row for row in dates if "[toripalimab.1]" in row[2])
    assert first[:2] == ["Mon 2 Mar 2026", "1"]
    assert first[4:] == ["240 mg", "done", first[6]]
    assert first[6].startswith("event 3: given")
    assert [row[0] for row in pending[1:]] == [each.id for each in told.calendar.pending]


def test_any_list_is_printed_as_it_is_and_text_is_never_code():
    hash_of = "0123456789abcdef" * 4
    rows = (
        (1, date(2026, 3, 2), Decimal("0.50"), '#panic() *x* $y$ <b> \\ "q" ~ `raw` @ref // no comment', None, hash_of),
        (-2, None, None, "不良反应", None, None),
    )
    sheet = read_pdf(
        tables_as_pdf(Table("Audit trail", ("n", "on", "dose", "note", "empty", "hash"), rows), imprint=IMPRINT)
    )
    (table,) = sheet.tables
    assert table[0] == ["n", "on", "dose", "note", "hash"]
    assert table[1][:4] == ["1", "2026-03-02", "0.50", '#panic() *x* $y$ <b> \\ "q" ~ `raw` @ref // no comment']
    assert table[1][4].replace(" ", "") == hash_of
    assert table[2] == ["−2", "", "", "不良反应", ""]


def test_a_long_list_repeats_its_head_on_every_page():
    rows = tuple((number, "a line of the audit trail") for number in range(200))
    sheet = read_pdf(tables_as_pdf(Table("Audit trail", ("number", "what"), rows), imprint=IMPRINT))
    assert len(sheet.pages) > 3
    assert [page for page in sheet.pages if "number" not in page] == []
    assert [row[0] for row in sheet.tables[0][1:]] == [str(number) for number in range(200)]


def test_a_list_without_lines_says_so():
    assert "Nothing is on this list." in read_pdf(tables_as_pdf(Table("Deviations", ("subject",), ()))).text


def test_a_word_that_is_wider_than_its_column_is_broken_and_not_cut_off():
    hash_of = "0123456789abcdef" * 4
    columns = tuple(f"hash {number}" for number in range(8))
    sheet = read_pdf(tables_as_pdf(Table("Hashes", columns, ((hash_of,) * 8,)), imprint=IMPRINT))
    (table,) = sheet.tables
    assert {cell.replace(" ", "") for cell in table[1]} == {hash_of}
    assert max(len(piece) for cell in table[1] for piece in cell.split()) <= 40


def test_a_line_of_the_pharmacys_list_is_never_torn_between_two_pages():
    listed = the_week()
    note = "a note that goes on for some lines of the narrow column in which it stands, "
    lines = tuple(
        replace(listed.lines[0], subject=f"P-{n}", note=f"{note * (n % 5 + 1)}and ends with E-{n}")
        for n in range(100, 140)
    )
    pages = [page.split() for page in paper_of(replace(listed, lines=lines)).pages]
    begun = [[word.removeprefix("P-") for word in page if word.startswith("P-")] for page in pages]
    assert [number for page in begun for number in page] == [str(n) for n in range(100, 140)]
    assert begun == [[word.removeprefix("E-") for word in page if word.startswith("E-")] for page in pages]

"""The schedule of activities in ICH M11's shape, for the seed study: period, day and window over activities."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scheduler.folder.trying.planning import read_plan
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.design.m11 import m11_tables, on_paper
from scheduler.standards.design.planned import designs_of
from tests.cli.typed import SEED, typed
from tests.seed import VERSION

REGIMENS = Path(__file__).parents[2] / "examples" / "regimens"


def columns(arm: str = "control", version: StudyVersion = VERSION) -> dict[str, tuple[object, ...]]:
    """Each column's period, study day and window, and its cells, by its head."""
    design = next(each for each in designs_of(version) if each.plan.arm == arm)
    table, _ = m11_tables(design)
    return {head: tuple(row[number] for row in table.rows) for number, head in enumerate(table.columns) if number}


def test_a_visit_has_its_period_day_and_window() -> None:
    """Screening is 1 to 28 days before the first dose, which is Day -28 to Day -1; there is no Day 0."""
    found = columns()
    assert found["Screening [1]"][:3] == ("Screening", "-1", "-27 +0")
    assert found["Cycle 1 day 8 [4]"][:3] == ("Treatment", "8", "±2")
    assert found["End of treatment [11]"][:3] == ("Follow-up", "see note", "-0 +7")


def test_visits_that_repeat_are_one_column() -> None:
    """Cycles 2 to 27 of the control arm are 28 days ±3 apart, but for cycle 2, which has a sentence of its own."""
    found = columns()
    assert found["Regorafenib, cycle 3 to 27 [9]"][:3] == ("Treatment", "57 to 729, every 28 days", "±3")
    control = next(each for each in designs_of(VERSION) if each.plan.arm == "control")
    table, notes = m11_tables(control)
    activities = [row[0] for row in table.rows]
    cells = found["Regorafenib, cycle 3 to 27 [9]"]
    assert (cells[activities.index("haematology")], cells[activities.index("ECG")]) == ("X", None)
    assert cells[activities.index("coagulation")] == "4, then every 2nd"
    assert notes.rows[8] == (9, "Regorafenib, cycle 3 to 27 [9]", "28 days ±3 after the previous cycle")


def test_a_cell_has_the_numbers_of_its_own_column_alone() -> None:
    """Troponin at doses 1 to 4: in the column of doses 3 to 35 that is 3 and 4, and not its first four."""
    design = next(each for each in designs_of(VERSION) if each.plan.arm == "experimental")
    table, _ = m11_tables(design)
    troponin = next(row for row in table.rows if row[0] == "troponin and CK")
    cells = dict(zip(table.columns, troponin, strict=True))
    assert cells["Toripalimab, dose 3 to 35 [13]"] == "3, 4"


def test_a_window_in_working_days_is_told_in_the_note() -> None:
    """Five working days before fraction 1 are seven days of a site that closes on weekends: the window is ±3, or less."""
    assert columns("experimental")["Radiotherapy planning CT [7]"][:3] == ("Treatment", "15", "see note")


def test_days_of_several_cycles_are_told_from_the_first_to_the_last() -> None:
    """Daratumumab is given weekly in cycles 1 and 2, on days 1, 8, 15 and 22 of each: no "cycle 1 day 1 to 2"."""
    version = read_plan(REGIMENS / "pollux" / "protocol.yaml").version
    found = columns("DRd", version)["Daratumumab, cycle 1 day 1 to cycle 2 day 22 [2]"]
    assert found[1:6] == ("1 to 50, every 7 days", "±2", "X", "X", "cycle 1")


def test_the_command_writes_it() -> None:
    answer = typed("activities", SEED / "protocol.yaml", "--arm", "control", "--m11", "--format", "csv")
    rows = list(csv.reader(io.StringIO(answer.out)))
    assert [row[0] for row in rows[1:4]] == ["Period", "Study day", "Window (days)"]


def test_a_window_that_another_rule_cuts_is_told_as_it_is_left() -> None:
    """Cycle 2 is on Day 29 ±3, and not before the end of radiotherapy, planned on Day 26: no patient may come on Day 26."""
    assert columns("experimental")["Regorafenib, cycle 2 [11]"][:3] == ("Treatment", "29", "-2 +3")


def test_what_comes_on_an_event_and_what_is_written_at_home_have_columns() -> None:
    """The scan that confirms a progression has no planned day. A diary is no visit, and is part of the schedule."""
    assert columns()["Scan to confirm progression [15]"][:3] == ("Follow-up", "see note", None)
    version = read_plan(REGIMENS / "vaccine" / "protocol.yaml").version
    found = columns("vaccine", version)
    (diary,) = [cells for head, cells in found.items() if head.startswith("Diary")]
    assert (diary[:3], diary[-1]) == ((None, "see note", None), "X")


def test_what_is_done_in_each_cycle_stands_at_its_first_drug() -> None:
    """Folfirinox: the blood count belongs to the cycles, which are no visits: each begins with oxaliplatin."""
    version = read_plan(REGIMENS / "folfirinox" / "protocol.yaml").version
    design = designs_of(version)[0]
    first = next(each for each in design.visits if each.id.startswith(design.plan.drugs["chemotherapy"][0]))
    assert "blood count, liver tests, bilirubin" in first.activities


def test_it_is_said_in_chinese_and_the_protocols_sentences_stay() -> None:
    answer = typed(
        "activities", SEED / "protocol.yaml", "--arm", "control", "--m11", "--format", "html", "--language", "zh"
    )
    for words in (
        '<html lang="zh">',
        "筛选",
        "见注释",
        "57 至 729，每28天",
        "瑞戈非尼 第3周期 至 27 [9]",
        "28 days ±3 after the previous cycle",
    ):
        assert words in answer.out
    plain = typed(
        "activities", SEED / "protocol.yaml", "--arm", "control", "--m11", "--format", "csv", "--language", "zh"
    )
    assert "Study day" in plain.out


def test_on_paper_at_most_twelve_visits_stand_side_by_side() -> None:
    """21 visits are 11 and 10; a table has the activities of its own visits alone."""
    design = next(each for each in designs_of(VERSION) if each.plan.arm == "experimental")
    sheets = on_paper(m11_tables(design)[0])
    assert [len(each.columns) - 1 for each in sheets] == [11, 10]
    assert all(any(cell is not None for cell in row[1:]) for each in sheets for row in each.rows[3:])
    assert [row[0] for row in sheets[1].rows[:3]] == ["Period", "Study day", "Window (days)"]

"""The schedule of activities in ICH M11's shape, for the seed study: period, day and window over activities."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scheduler.folder.trying.planning import read_plan
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.design.m11 import m11_tables
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

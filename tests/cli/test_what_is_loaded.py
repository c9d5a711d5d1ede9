"""What a command loads before it answers: no database where there is none, no server, no workbook writer for a
table, one country's holidays, and nothing of stock, questions, lists for the pharmacy or cohorts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.seed import FOLDER

pytestmark = pytest.mark.slow

CASE = str(FOLDER / "patients" / "EXP-003.yaml")
ROOMS_NOT_NEEDED = ("asking", "cohorts", "forecasting", "standards", "stock", "store", "views.pharmacy", "web")
NOT_NEEDED = {
    *("sqlalchemy", "alembic", "fastapi", "uvicorn"),
    *("openpyxl", "xlsxwriter", "jinja2", "typst", "babel", "icalendar"),
    *("dask", "distributed", "pyarrow", "duckdb", "numpy", "ortools", "pint"),
}


def loaded_by(*command: str) -> set[str]:
    """All modules that a command imports, as Python itself tells them."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "scheduler", *command], check=True, capture_output=True, text=True
    ).stderr
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    "command",
    [("show", CASE), ("explain", CASE, "toripalimab.2"), ("check", str(FOLDER / "protocol.yaml"))],
    ids=("show", "explain", "check"),
)
def test_a_command_on_files_loads_what_it_answers_with_and_no_more(command: tuple[str, ...]):
    loaded = loaded_by(*command)
    assert {name.partition(".")[0] for name in loaded} & NOT_NEEDED == set()
    assert {name for name in loaded if name.removeprefix("scheduler.").startswith(ROOMS_NOT_NEEDED)} == set()
    # The country's own is asked for by its name, and Python tells of what a statement imports.
    assert {name for name in loaded if name.startswith("holidays.countries")} == set()
    assert "rich.table" not in loaded
    assert ("holidays.groups" in loaded) == (command[0] != "check")


def test_a_protocol_that_asks_nothing_of_a_calendar_is_checked_without_one():
    loaded = loaded_by("check", str(FOLDER.parent / "regimens" / "bep" / "protocol.yaml"))
    assert {name for name in loaded if name.startswith(("scheduler.patient", "scheduler.calendar"))} == set()

"""What a command loads before it answers: no database where there is none, no server, and no workbook writer for a table."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.seed import FOLDER

pytestmark = pytest.mark.slow

CASE = str(FOLDER / "patients" / "EXP-003.yaml")
NOT_NEEDED = {"sqlalchemy", "alembic", "openpyxl", "xlsxwriter", "fastapi", "uvicorn", "jinja2", "numpy", "icalendar"}


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
def test_a_command_on_files_loads_neither_database_nor_server_nor_workbooks(command: tuple[str, ...]):
    assert {name.partition(".")[0] for name in loaded_by(*command)} & NOT_NEEDED == set()

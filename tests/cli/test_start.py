"""What a command loads: who reads a folder waits for no database, no workbook writer and no page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "rego-tori-rt"


def _loaded(*command: str) -> set[str]:
    """The modules that a command loads, as Python tells them."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "scheduler", *command], capture_output=True, text=True, check=True
    )
    return {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}


def test_a_calendar_from_a_folder_loads_what_it_shows_and_no_more():
    loaded = _loaded("show", str(EXAMPLE / "patients" / "EXP-003.yaml"))
    assert sorted(loaded & {"sqlalchemy", "xlsxwriter", "fastapi", "typst", "icalendar", "jinja2"}) == []

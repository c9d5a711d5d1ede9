"""Asking for help: every command has some, it is quick, and ``python -m scheduler`` is the same program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scheduler.cli.app import app
from tests.cli.typed import typed

COMMANDS = sorted(
    [command.callback.__name__.replace("_", "-") for command in app.registered_commands if command.callback]
    + [str(group.typer_instance.info.name) for group in app.registered_groups if group.typer_instance]
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_and_what_each_option_means(command: str):
    answer = typed(command, "--help")
    assert answer.code == 0
    assert f"scheduler {command}" in answer.out


def test_the_commands_are_these():
    assert (
        sorted(
            [
                "activities",
                "adverse-events",
                "agenda",
                "stock",
                "amend",
                "audit",
                "cohort",
                "background",
                "backup",
                "check",
                "demo",
                "deviations",
                "diary",
                "dispensing",
                "endpoints",
                "events-template",
                "explain",
                "exposure",
                "export",
                "export-fhir",
                "export-odm",
                "export-sdtm",
                "export-usdm",
                "import-usdm",
                "export-study",
                "forecast",
                "import-events",
                "import-sdtm",
                "import-study",
                "link",
                "new",
                "plan",
                "record",
                "response",
                "restore",
                "restore-drill",
                "serve",
                "sheets",
                "show",
                "test",
                "whatif",
                "worklist",
            ]
        )
        == COMMANDS
    )


def test_help_loads_nothing_slow():
    code = (
        "import sys; from scheduler.cli.app import app\n"
        "slow = 'pydantic yaml icalendar holidays xlsxwriter typst pendulum rich.console sqlalchemy alembic jinja2'.split()\n"
        "slow += 'distributed dask pyarrow duckdb numpy'.split()\n"
        "print([name for name in slow if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_python_dash_m_is_the_same_program():
    done = subprocess.run([sys.executable, "-m", "scheduler", "--help"], capture_output=True, text=True, check=True)
    assert "whatif" in done.stdout

"""What a person types, and what comes back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

import scheduler
import scheduler.folder.adding_lines
from scheduler.cli.app import app
from scheduler.folder.reading.case import read_case

# Commands import what they need when they run, and whoever stops the clock asks each module for all its names: pydantic must
# have seen the clock's own types before.
for _name in dir(scheduler):
    getattr(scheduler, _name)

SEED = Path(__file__).parents[2] / "examples" / "rego-tori-rt"

# The texts that a study is read by are only known to pydantic from the first one on.
read_case(SEED / "patients" / "EXP-001.yaml")


@dataclass(frozen=True)
class Answer:
    """The exit code, and what went to standard output and standard error."""

    code: int
    out: str
    err: str
    data: bytes


def typed(*words: str | Path) -> Answer:
    """Run ``scheduler`` with these words. A traceback would be an exception here."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    data = result.stdout_bytes
    return Answer(result.exit_code, data.decode("utf-8", "replace"), result.stderr, data)


def study_in(folder: Path) -> Path:
    """A copy of the seed study to write in."""
    return Path(shutil.copytree(SEED, folder / "study"))

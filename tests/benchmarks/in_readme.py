"""The table of ratios in the README, written anew by the command that measures them."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.figures import Figure

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- ratios, written by python -m tests.benchmarks --readme -->", "<!-- end of ratios -->"


def write(figures: list[Figure]) -> None:
    """Put the ratios into the README, each met or missed, with the commit and the machine that they were measured on."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{after}", "utf-8")


def table(figures: list[Figure]) -> str:
    """The ratios as a table, and under it where they were measured."""
    rows = [
        f"| {each.what} | {_told(each.value)} {each.unit} | {each.promise} | {_kept(each)} | {each.means} |"
        for each in figures
    ]
    lines = ["| What, in processor time | Measured | Asked | | What it means |", "|---|---|---|---|---|", *rows]
    return "\n".join([*lines, "", _where()])


def _told(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _kept(figure: Figure) -> str:
    if not figure.promise:
        return ""
    return "missed" if figure.is_missed else "met"


def _where() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short=8", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    load = os.getloadavg()[0]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit {commit}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores of {platform.machine()}, with {load:.0f} processes waiting for them."
    )

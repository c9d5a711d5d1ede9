"""What is declared in pyproject.toml is used, and what is used is declared: deptry says so, of the product and of its tests."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "deptry": "here",
    "import-linter": "uv run lint-imports",
    "mutmut": "python -m tests.mutants",
    "mypy": "uv run mypy",
    "pytest-cov": "uv run pytest --cov",
    "pytest-xdist": "uv run pytest -n auto",
    "ruff": "uv run ruff check",
    "types-PyYAML": "uv run mypy, of yaml",
    "khal": "tests/web/feeds/test_subscribers.py, as a subscriber",
    "vdirsyncer": "tests/web/feeds/test_subscribers.py, as a subscriber",
}
"""Packages of the tests that nothing imports, and how they run."""


def complaints(folder: Path, *options: str) -> list[str]:
    """What deptry says, one line for each package."""
    command = [sys.executable, "-m", "deptry", "--no-ansi", *options]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = re.findall(r"(DEP\d+) '(\S+)'", said.stderr)
    assert said.returncode == bool(found), said.stderr
    return sorted({f"{code} {name}" for code, name in found})


def test_the_product_declares_what_it_imports_and_no_more() -> None:
    assert complaints(ROOT, "scheduler") == []


def test_the_tests_declare_what_they_import_and_no_more() -> None:
    ignored = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["deptry"]["per_rule_ignores"][
        "DEP002"
    ]
    of_tests = ("--optional-dependencies-dev-groups", "none", "--exclude", "none", "scheduler", "tests")
    used = "|".join([*ignored, *COMMANDS])
    assert complaints(ROOT, *of_tests, "--per-rule-ignores", f"DEP002={used}") == []


@pytest.mark.parametrize(
    ("declared", "imported", "found"),
    [
        ("PyYAML", "yaml", []),
        ("PyYAML", "yaml, pytest", ["DEP003 pytest"]),
        ("PyYAML", "yaml, nowhere_to_be_had", ["DEP001 nowhere_to_be_had"]),
        ("PyYAML, pytest", "yaml", ["DEP002 pytest"]),
    ],
)
def test_deptry_finds_what_it_looks_for(tmp_path: Path, declared: str, imported: str, found: list[str]) -> None:
    project = {"name": "made-up", "version": "1", "dependencies": declared.split(", ")}
    lines = "".join(f"{key} = {value!r}\n" for key, value in project.items())
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{lines}", "utf-8")
    (tmp_path / "made_up.py").write_text(f"import {imported}\n", "utf-8")
    assert complaints(tmp_path, ".") == found

"""The seed study that comes with the program: in the wheel beside the code, in a clone beside the package."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

NAME = "rego-tori-rt"
LAST_DAY = date(2026, 5, 21)
"""The day as of which its patients were left: what comes after it has no records."""


def seed_study() -> Path:
    """Where the seed study is. Nothing is written there."""
    package = Path(__file__).parents[2]
    inside = package / "examples" / NAME
    return inside if inside.is_dir() else package.parent / "examples" / NAME


def copy_of_seed(folder: Path) -> bool:
    """A copy to play with, also into an empty folder. What is there already is left as it is; then the answer is False."""
    if folder.exists() and any(folder.iterdir()):
        return False
    # An empty folder may be where something is mounted: it is filled, never taken away and made anew.
    ignored = shutil.ignore_patterns("*.png", "*.svg", ".*")
    shutil.copytree(seed_study(), folder, ignore=ignored, dirs_exist_ok=True)
    return True

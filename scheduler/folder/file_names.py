"""Names of files from what people call things: as file systems allow them, and no name twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def file_name(name: str) -> str:
    """A name with nothing in it that a file system might mind."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "patient"


def file_names(of: Mapping[K, str]) -> dict[K, str]:
    """A file name for each, also where capitals make no difference."""
    names: dict[K, str] = {}
    taken: set[str] = set()
    for each, wanted in of.items():
        plain = file_name(wanted)
        name, number = plain, 2
        while name.lower() in taken:
            name, number = f"{plain}-{number}", number + 1
        names[each] = name
        taken.add(name.lower())
    return names

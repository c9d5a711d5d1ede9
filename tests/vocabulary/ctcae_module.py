"""Writes the module that holds a version of CTCAE, from a table of class, term and grades.

    python -m tests.vocabulary.ctcae_module > scheduler/vocabulary/ctcae_v5.py

The core reads no files while it runs, so the table stands in a module. Another version is another table and another module.
`ctcae-v5.csv` was read from the National Cancer Institute's workbook of 27 November 2017, a work of the United States government;
names and grades are facts, the wording of grades and definitions is left out.
"""

from __future__ import annotations

import csv
import sys
import textwrap
from pathlib import Path

TABLE = Path(__file__).with_name("ctcae-v5.csv")

_HEAD = '''"""CTCAE v5.0: all 837 terms by system organ class, and which grades each has.

Written by tests/vocabulary/ctcae_module.py.

Source: National Cancer Institute, Common Terminology Criteria for Adverse Events (CTCAE) version 5.0, 27 November 2017, the
workbook; a work of the United States government. Names and grades are facts; the wording of grades is left out.

A line without a number begins a class. Before the colon stand the grades that exist, ten terms have gaps; after it the terms.
"""

TEXT = """\\
'''


def rows(table: Path = TABLE) -> list[tuple[str, str, tuple[int, ...]]]:
    """Class, term and grades of every row."""
    with table.open(encoding="utf-8", newline="") as file:
        return [(row["class"], row["term"], tuple(map(int, row["grades"]))) for row in csv.DictReader(file)]


def module_text(table: Path = TABLE) -> str:
    """The module as it should stand in the package."""
    classes: dict[str, dict[str, list[str]]] = {}
    for organ_class, term, grades in rows(table):
        classes.setdefault(organ_class, {}).setdefault("".join(map(str, grades)), []).append(term)
    lines = []
    for organ_class, by_grades in classes.items():
        lines.append(organ_class)
        for digits, terms in sorted(by_grades.items()):
            # A term is never broken: its spaces are kept together while the line is.
            joined = f"{digits}: " + "; ".join(term.replace(" ", "\x00").replace("-", "\x01") for term in terms)
            wrapped = textwrap.wrap(joined, 120, subsequent_indent="  ", break_long_words=False)
            lines += [line.replace("\x00", " ").replace("\x01", "-") for line in wrapped]
    return _HEAD + "\n".join(lines) + '\n"""\n'


if __name__ == "__main__":
    sys.stdout.write(module_text())

"""Every page with 108 patients of two years, once it is whole: how much processor time each takes, beside what it may take.

    python -m tests.benchmarks.warm_pages [PATIENTS]

It ends with 1 where a page takes more.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from scheduler.store.opening import open_store
from scheduler.web.guards.roles import Role
from tests.benchmarks import first_pages
from tests.benchmarks.figures import Figure
from tests.benchmarks.pages import fill
from tests.web.people import Person, Place, TestTime

PATIENT = "/subjects/EXP-0007"
OF_A_PATIENT = ("", "/decisions", "/drugs", "/events", "/history", "/record", "/record?event=adverse+event")
OTHERS = ("/agenda?view=day", "/accounts", "/account", "/setup", "/enrol", "/protocol", "/keys")
PAGES = (*first_pages.PAGES, *OTHERS, *(f"{PATIENT}{part}" for part in OF_A_PATIENT))
MOST, OF_A_MONTH = 150, 200
"""Milliseconds of a page, and of the agenda's month."""


def main() -> int:
    """Measure and print."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else 108
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        fill(store, patients)
        person = Place(store, TestTime()).somebody(Role.ADMIN)
        figures = [_figure(person, page) for page in PAGES]
        store.close()
    print(*figures, sep="\n")
    return int(any(each.is_missed for each in figures))


def _figure(person: Person, page: str) -> Figure:
    person.get(page)
    took = []
    for _ in range(5):
        begin = time.process_time()
        person.get(page)
        took.append(time.process_time() - begin)
    return Figure(page, statistics.median(took) * 1e3, "ms", OF_A_MONTH if page == "/agenda" else MOST)


if __name__ == "__main__":
    sys.exit(main())

"""The pages over all patients after a start: how much processor time each answer takes until the page is whole.

    python -m tests.benchmarks.first_pages [PATIENTS] [PAGE ...]

Each page is asked for by a server that has computed nothing yet, by one that has computed the calendars alone, and once more when
it is whole.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.web.guards.roles import Role
from tests.benchmarks.pages import fill
from tests.web.people import ASKS_AGAIN, Person, Place, TestTime, server

PAGES = (
    "/",
    "/agenda",
    "/agenda?view=week",
    "/subjects",
    "/search?q=EXP-0007",
    "/pharmacy",
    "/stock",
    "/study",
    "/deviations",
    "/endpoints",
    "/reports",
    "/reports/exposure",
    "/reports/adverse-events",
    "/reports/lots",
    "/notices",
    "/audit",
    "/links",
    "/today/done",
    "/agenda/fewest-trips",
    "/import",
    "/forecast",
)
MOST_ANSWERS = 400
"""A page that is not whole after so many answers never will be."""


def main() -> None:
    """Measure and print."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        fill(store, patients)
        for page in sys.argv[2:] or PAGES:
            _measure(store, page)
        store.close()


def _measure(store: Store, page: str) -> None:
    cold = _until_whole(Place(store, TestTime()).somebody(Role.ADMIN), page)
    place = Place(store, TestTime())
    person = place.somebody(Role.ADMIN)
    known = server(place).patients
    while known.some(known.subjects(), 10.0)[1]:
        pass
    calendars = _until_whole(person, page)
    again = _until_whole(person, page)[:1]
    for what, took in (("after a start", cold), ("with calendars", calendars), ("when whole", again)):
        figures = (
            f"first {took[0]:7.2f} s, longest {max(took):7.2f} s, answers {len(took):4}, together {sum(took):7.2f} s"
        )
        print(f"{page:24} {what:15} {figures}", flush=True)


def _until_whole(person: Person, page: str) -> list[float]:
    """The processor seconds of each answer, until the page does not ask again."""
    took: list[float] = []
    while len(took) < MOST_ANSWERS:
        begin = time.process_time()
        answer = person.browser.get(page)
        took.append(time.process_time() - begin)
        if answer.status_code != 200:
            print(f"{page} answers {answer.status_code}")
        if ASKS_AGAIN not in answer.text:
            break
    return took


if __name__ == "__main__":
    main()

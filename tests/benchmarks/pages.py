"""Pages as a coordinator gets them: one patient, and the day's worklist over 1,000 patients, cold and after one event."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from scheduler.patient.events import parse_event
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.study import protocol_source, site_source
from scheduler.store.values import Addition, Enrolment, NewSubject, StudySource
from scheduler.web.guards.roles import Role
from tests.benchmarks.figures import Figure, median_ms
from tests.benchmarks.patient import EXAMPLE, log_of_length, seed_text, seed_version, shanghai
from tests.web.people import SETTING_UP, TODAY, Person, Place, TestTime

PATIENTS = 1000
MANY = 10_000
_ONE = "one patient is computed anew"
_NOTHING_NEW = "a page that is remembered does not grow with the study"
_WAITED_FOR = "by the clock: more than are remembered (`patients_kept`, `calendars_mb`) are all worked out at once"


def pages() -> list[Figure]:
    """Everything of this file."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        digest = fill(store)
        place = Place(store, TestTime())
        person = place.somebody()
        cold = _seconds_until_all(person)
        after: list[float] = []
        for number in range(9):
            noted = {"on": str(TODAY), "event": "consented", "note": f"note {number}"}
            event = Addition(parse_event(noted), digest)
            name = _name(number)
            known = store.subject(name)
            assert known is not None
            store.append_unchecked(name, [event], seen=known.length, act=SETTING_UP)
            after.append(_seconds_until_all(person))
        subject = median_ms(lambda: person.get(f"/subjects/{_name(7)}"), 15)
        store.close()
    return [
        Figure(f"worklist of {PATIENTS} patients, cold", cold, "s", 4),
        Figure("  after one event more", sorted(after)[len(after) // 2] * 1e3, "ms", 100),
        Figure("page of one patient, two years, 60 events", subject, "ms", 100),
    ]


def page_ratios() -> list[Figure]:
    """The worklist after an event of one patient, beside one with nothing new; and how that one grows with the patients."""
    few, many = (_unchanged_and_changed(patients) for patients in (50, 200))
    return [
        Figure("worklist of 200 patients after one event, times unchanged", many[1] / many[0], "x", 1.2, means=_ONE),
        Figure("worklist with nothing new, 200 patients, times 50", many[0] / few[0], "x", 1.2, means=_NOTHING_NEW),
    ]


def first_pages() -> list[Figure]:
    """The pages of a server that has computed nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        fill(store, PATIENTS // 2)
        worklist, pharmacy = (_until_whole(store, path) for path in ("/", "/pharmacy"))
        store.close()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        fill(store, MANY, 15)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        person = Place(store, TestTime()).somebody()
        begin = time.perf_counter()
        person.browser.get("/")
        first = time.perf_counter() - begin
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        store.close()
    whole = f"pharmacy page of {PATIENTS // 2} patients until it is whole, times the worklist"
    return [
        Figure(whole, pharmacy / worklist, "x", 3, means="each after a start; both answer at once and fill in"),
        Figure(f"first answer after a start, {MANY:,} patients, SQLite", first, "s", 2, means=_WAITED_FOR),
        Figure("  the memory that it took", memory, "MB", 200, means="beside what the server itself takes"),
    ]


def _until_whole(store: Store, path: str) -> float:
    """The processor time of a page that a server which has computed nothing yet answers until nothing is left to come."""
    person = Place(store, TestTime()).somebody(Role.ADMIN)
    begin = time.process_time()
    person.get(path)
    return time.process_time() - begin


def _unchanged_and_changed(patients: int) -> tuple[float, float]:
    """Processor time of the page, in medians: with nothing new, and after an event of one patient."""
    unchanged: list[float] = []
    changed: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "study.db")
        digest = fill(store, patients)
        person = Place(store, TestTime()).somebody()
        _cost_of_worklist(person)
        for number in range(9):
            unchanged.append(_cost_of_worklist(person))
            noted = {"on": str(TODAY), "event": "consented", "note": f"note {number}"}
            known = store.subject(_name(number))
            assert known is not None
            event = Addition(parse_event(noted), digest)
            store.append_unchecked(_name(number), [event], seen=known.length, act=SETTING_UP)
            changed.append(_cost_of_worklist(person))
        store.close()
    return statistics.median(unchanged), statistics.median(changed)


def _cost_of_worklist(person: Person) -> float:
    begin = time.process_time()
    person.get("/")
    return time.process_time() - begin


def _seconds_until_all(person: Person) -> float:
    begin = time.perf_counter()
    person.get("/")
    return time.perf_counter() - begin


def _name(number: int) -> str:
    return f"EXP-{number:04}"


def fill(store: Store, patients: int = PATIENTS, events: int = 60) -> str:
    """The seed study with patients of two years and 60 events each, or fewer. Gives the protocol's digest."""
    version, site = seed_version(), shanghai()
    protocol = protocol_source(seed_text(), file="protocol.yaml")
    of_site = site_source((EXAMPLE / "site.yaml").read_text("utf-8"), file="site.yaml")
    logs = [log_of_length(version, site, events, TODAY - timedelta(days=420 - 7 * n)) for n in range(10)]
    enrolled = [
        NewSubject(
            Enrolment(_name(number), site.name, protocol.digest),
            tuple(Addition(record.event, protocol.digest) for record in logs[number % len(logs)].records),
        )
        for number in range(patients)
    ]
    store.make_study(StudySource(b"a key for the benchmark only....", (protocol,), (of_site,)), SETTING_UP, enrolled)
    return protocol.digest

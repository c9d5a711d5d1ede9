"""Pages as a coordinator gets them: one patient, and the day's worklist over 1,000 patients, cold and after one event."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from scheduler.patient.events import parse_event
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.study import protocol_source, site_source
from scheduler.store.values import Addition, Enrolment, NewSubject, StudySource
from tests.benchmarks.figures import Figure, median_ms
from tests.benchmarks.patient import EXAMPLE, log_of_length, seed_text, seed_version, shanghai
from tests.web.people import SETTING_UP, TODAY, Person, Place, TestTime

PATIENTS = 1000


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


def _seconds_until_all(person: Person) -> float:
    begin = time.perf_counter()
    person.get("/")
    return time.perf_counter() - begin


def _name(number: int) -> str:
    return f"EXP-{number:04}"


def fill(store: Store, patients: int = PATIENTS) -> str:
    """The seed study with patients of two years and 60 events each. Gives the protocol's digest."""
    version, site = seed_version(), shanghai()
    protocol = protocol_source(seed_text(), file="protocol.yaml")
    of_site = site_source((EXAMPLE / "site.yaml").read_text("utf-8"), file="site.yaml")
    logs = [log_of_length(version, site, 60, TODAY - timedelta(days=420 - 7 * n)) for n in range(10)]
    enrolled = [
        NewSubject(
            Enrolment(_name(number), site.name, protocol.digest),
            tuple(Addition(record.event, protocol.digest) for record in logs[number % len(logs)].records),
        )
        for number in range(patients)
    ]
    store.make_study(StudySource(b"a key for the benchmark only....", (protocol,), (of_site,)), SETTING_UP, enrolled)
    return protocol.digest

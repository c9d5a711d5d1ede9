"""Feeds from the database to the calendar program: cold, after one event, and unchanged over a real connection."""

from __future__ import annotations

import gc
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from scheduler.clock import Clock
from scheduler.languages import Language
from scheduler.patient.events import parse_event
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.study import Study, protocol_source, site_source, study_of
from scheduler.store.values import Act, Addition, Enrolment, NewSubject, StudySource, Who
from scheduler.views.reader.audience import Audience, Detail
from scheduler.web.feeds.addresses import path_of
from scheduler.web.feeds.making import new_link
from scheduler.web.feeds.shown import Shown
from scheduler.web.feeds.up_to_date.building import Building
from scheduler.web.feeds.up_to_date.tellings import Tellings
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import EXAMPLE, log_of_length, seed_text, seed_version, shanghai

LINKS = 200
PATIENTS = 10
START = date(2026, 3, 2)
MEASURING = Act(Who("benchmark", "the benchmark", "tests"), datetime.now(UTC).replace(microsecond=0))


def live_feeds() -> list[Figure]:
    """Everything of this file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "study.db"
        store = open_store(database)
        _fill(store)
        built = _built(store)
        paths = [_link(store, number) for number in range(LINKS)]
        store.close()
        return [*built, *_served(database, paths)]


def _fill(store: Store) -> None:
    """The seed study with patients of two years and 60 events each."""
    version, site = seed_version(), shanghai()
    protocol = protocol_source(seed_text(), file="protocol.yaml")
    of_site = site_source((EXAMPLE / "site.yaml").read_text("utf-8"), file="site.yaml")
    patients = []
    for number in range(PATIENTS):
        log = log_of_length(version, site, 60, START + timedelta(weeks=number))
        events = tuple(Addition(record.event, protocol.digest) for record in log.records)
        patients.append(NewSubject(Enrolment(_name(number), site.name, protocol.digest), events))
    store.make_study(StudySource(b"a key for the benchmark only....", (protocol,), (of_site,)), MEASURING, patients)


def _name(number: int) -> str:
    return f"EXP-{number:03}"


def _link(store: Store, number: int) -> str:
    kinds = list(product(Detail, Language))
    detail, language = kinds[number % len(kinds)]
    shown = Shown(Audience.PATIENT, _name(number % PATIENTS), None, detail, language)
    link, token = new_link(shown, MEASURING.at, 24)
    store.add_link(link, MEASURING)
    return path_of(token)


def _built(store: Store) -> list[Figure]:
    source = store.study()
    assert source is not None
    study = study_of(source)
    clock = Clock(fixed_day=START + timedelta(days=60))
    shown = Shown(Audience.PATIENT, _name(0), None, Detail.NEUTRAL, Language.ENGLISH)
    staff = Shown(Audience.COORDINATOR, None, study.sites[0].name, Detail.STANDARD, Language.ENGLISH)
    feed = Building(Tellings(store, lambda: study), clock).feed(shown, None)
    cold, site_cold = _Times(), _Times()
    for _ in range(7):
        gc.collect()
        with cold.one():
            Building(Tellings(store, lambda: study), clock).feed(shown, None)
    with site_cold.one():
        Building(Tellings(store, lambda: study), clock).feed(staff, study.sites[0])
    changed, of_site = _after_each_event(store, study, clock, shown, staff)
    return [
        Figure(f"live feed of {feed.plain.count(b'BEGIN:VEVENT')} events, cold", cold.median, "ms", 200),
        Figure("  after one event more", changed.median, "ms", 40),
        Figure(f"  a site's, {PATIENTS} patients of 60 events, cold", site_cold.median, "ms"),
        Figure("  a site's after one event more", of_site.median, "ms"),
    ]


def _after_each_event(store: Store, study: Study, clock: Clock, mine: Shown, staff: Shown) -> tuple[_Times, _Times]:
    """One visit is booked again and again, and both feeds that show it are fetched each time."""
    building = Building(Tellings(store, lambda: study), clock)
    building.feed(mine, None)
    building.feed(staff, study.sites[0])
    changed, of_site = _Times(), _Times()
    calendar = building.telling(_name(0)).calendar
    visit = [entry for entry in calendar.entries if entry.timeline == "toripalimab" and entry.status == "planned"][2]
    assert visit.date is not None
    for number in range(12):
        said = {"on": "2026-05-01", "event": "rebooked", "entry": visit.id}
        event = parse_event({**said, "to": str(visit.date + timedelta(days=number % 2))})
        gc.collect()
        store.append_unchecked(_name(0), [Addition(event)], seen=60 + number, act=MEASURING)
        with changed.one():
            building.feed(mine, None)
        with of_site.one():
            building.feed(staff, study.sites[0])
    return changed, of_site


def _served(database: Path, paths: list[str]) -> Iterator[Figure]:
    """An unchanged feed, from a server in a process of its own."""
    with _server(database) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        tags = {path: _fetch(connection, path)[1] for path in paths}
        one = _Times()
        gc.collect()
        for number in range(1000):
            path = paths[number % len(paths)]
            with one.one():
                status, _ = _fetch(connection, path, tags[path])
            assert status == 304
        yield Figure("unchanged feed over HTTP, one client", one.median, "ms", 2)
        yield from _many_clients(port, tags, database.parent)


def _many_clients(port: int, tags: dict[str, str], folder: Path) -> Iterator[Figure]:
    if shutil.which("wrk") is None:
        print("unchanged feeds, 16 clients: left out; it needs wrk (apt-get install wrk)")
        return
    script = folder / "feeds.lua"
    asked = [
        f"""p[{n}]=wrk.format("GET","{path}",{{["If-None-Match"]='{tag}'}})"""
        for n, (path, tag) in enumerate(tags.items())
    ]
    asked += [f"i=0 request=function() i=(i+1)%{len(tags)} return p[i] end"]
    script.write_text("\n".join(["p={}", *asked]))
    command = ["wrk", "-t1", "-c16", "-d3s", "-s", str(script), f"http://127.0.0.1:{port}"]
    rates = []
    for _ in range(3):
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = re.search(r"Requests/sec:\s+([\d.]+)", said)
        assert found is not None
        assert "Non-2xx" not in said, said
        rates.append(float(found[1]))
    yield Figure("unchanged feeds, 16 clients, 200 links (wrk -t1 -c16)", statistics.median(rates), "1/s", least=2000)


def _fetch(connection: http.client.HTTPConnection, path: str, tag: str | None = None) -> tuple[int, str]:
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers["etag"]


@contextmanager
def _server(database: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scheduler", "serve", str(database), "--port", str(port)]
    environment = {**os.environ, "SCHEDULER_FEEDS_PER_MINUTE": "100000000"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


class _Times:
    """Rounds of one thing, measured apart."""

    def __init__(self) -> None:
        self._times: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self._times.append(time.perf_counter() - begin)

    @property
    def median(self) -> float:
        return statistics.median(self._times) * 1e3

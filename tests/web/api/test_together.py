"""Many at once: readers and writers on one server, and several server processes on one database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from scheduler.folder.founding.seed import seed_study
from scheduler.folder.importing import import_study
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.verifying import verify
from tests.store import servers
from tests.web.api.programs import Program, problem_of, program
from tests.web.people import QUICK, TODAY, Place, TestTime, set_up_by

READERS, WRITERS, EVENTS = 50, 5, 3
PATHS = ("/api/subjects", "/api/subjects/EXP-001", "/api/subjects/EXP-003/calendar", "/api/worklist", "/api/dispensing")
HELD_TODAY = {"on": "2026-05-21", "event": "held", "treatment": "regorafenib", "reason": "AE 2"}


class PassingTime(TestTime):
    """A clock that goes on from a moment, as that of a database's own computer does."""

    def __init__(self, moment: datetime) -> None:
        self.moment, self._since = moment, time.monotonic()

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=time.monotonic() - self._since)


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    with servers.postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the seed study."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'study.db'}"
        _fill(address)
        yield address
        return
    with servers.database_on(request.getfixturevalue("server")) as database:
        address = database.render_as_string(hide_password=False)
        _fill(address)
        yield address


def _fill(address: str) -> None:
    store = open_store(address)
    import_study(seed_study(), store, set_up_by(_clock_beside(store).moment))
    store.close()


def _clock_beside(store: Store) -> TestTime:
    """A clock that agrees with the database's own, where it has one: a server with any other records nothing."""
    moment = store.clocks().database
    return TestTime() if moment is None else PassingTime(moment)


def _process(address: str) -> Place:
    """A server whose pages show the day of the seed study, whatever the true time is."""
    store = open_store(address)
    return Place(store, _clock_beside(store), QUICK.model_copy(update={"today": TODAY}))


@pytest.fixture
def processes(address: str) -> Iterator[tuple[Place, Place]]:
    """Two servers that share nothing but the database."""
    both = _process(address), _process(address)
    yield both
    for each in both:
        each.store.close()


@pytest.mark.slow
@pytest.mark.no_cover  # watching every line of 55 threads takes ten times as long, and shows no line that others do not
def test_nobody_is_lost_while_many_read_and_some_write(processes: tuple[Place, Place]) -> None:
    login = processes[0].account("coordinator").login
    programs = [Program(processes[number % 2], login) for number in range(READERS + WRITERS)]
    first = processes[0].store.log("EXP-001").length

    def read(number: int) -> list[int]:
        return [programs[number].get(PATHS[(number + turn) % len(PATHS)]).status_code for turn in range(2)]

    def write(number: int) -> list[int]:
        """Each event is tried until nobody else was quicker."""
        statuses = []
        for turn in range(EVENTS):
            event = {"on": "2026-05-20", "event": "medicine started", "name": f"medicine {number}-{turn}"}
            status = 0
            while status in (0, 409):
                status = programs[number].records("EXP-001", event).status_code
                statuses.append(status)
        return statuses

    with ThreadPoolExecutor(READERS + WRITERS) as pool:
        reading = [pool.submit(read, number) for number in range(READERS)]
        writing = [pool.submit(write, number) for number in range(READERS, READERS + WRITERS)]
        read_statuses = [status for each in reading for status in each.result()]
        written = [status for each in writing for status in each.result()]
    assert set(read_statuses) == {200}
    assert set(written) <= {201, 409}
    assert written.count(201) == WRITERS * EVENTS
    names = [getattr(record.event, "name", None) for record in processes[1].store.log("EXP-001").records[first:]]
    assert sorted(filter(None, names)) == sorted(
        f"medicine {number}-{turn}" for number in range(READERS, READERS + WRITERS) for turn in range(EVENTS)
    )
    assert verify(processes[0].store).findings == ()


def test_one_process_sees_at_once_what_another_recorded(processes: tuple[Place, Place]) -> None:
    here, there = program(processes[0], "investigator"), program(processes[1], "pharmacist")
    looked = {path: there.get(path).headers["etag"] for path in PATHS}
    tag = here.records("EXP-001", HELD_TODAY).headers["etag"]
    assert there.get("/api/subjects/EXP-001").headers["etag"] == tag
    assert there.reads("/api/subjects/EXP-001") == here.reads("/api/subjects/EXP-001")
    rows = {row["subject"]: row["state"] for row in there.reads("/api/subjects")["subjects"]}
    assert rows["EXP-001"] == "regorafenib on hold"
    changed = {path: there.get(path, **{"if-none-match": looked[path]}).status_code for path in PATHS}
    assert changed == {path: 304 if "EXP-003" in path else 200 for path in PATHS}


def test_one_process_knows_the_patients_and_people_of_another(processes: tuple[Place, Place]) -> None:
    here = program(processes[0], "admin")
    there = Program(processes[1])
    there.client.headers["authorization"] = here.client.headers["authorization"]
    assert here.send("/api/subjects", {"subject": "EXP-050", "site": "Shanghai"}).status_code == 201
    assert there.reads("/api/subjects/EXP-050")["events"] == 0
    assert here.client.delete("/api/session").status_code == 204
    assert there.get("/api/subjects/EXP-050").status_code == 401


def test_two_processes_and_one_tag(processes: tuple[Place, Place]) -> None:
    writers = [program(place, "coordinator") for place in processes]
    tag = writers[0].get("/api/subjects/EXP-001").headers["etag"]
    event = {"on": "2026-05-20", "event": "medicine started", "name": "aspirin"}

    def write(writer: Program) -> int:
        return writer.send("/api/subjects/EXP-001/events", {"events": [event]}, if_match=tag).status_code

    before = processes[0].store.log("EXP-001").length
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, writers)) == [201, 412]
    assert processes[1].store.log("EXP-001").length == before + 1


@pytest.mark.parametrize("address", [pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
@pytest.mark.parametrize("minutes", [-11, 11])
def test_process_whose_clock_differs_from_the_database_records_nothing(
    processes: tuple[Place, Place], minutes: int
) -> None:
    processes[0].time.pass_by(minutes=minutes)
    wrong, right = program(processes[0], "investigator"), program(processes[1], "investigator")
    head = processes[0].store.head()
    refused = wrong.records("EXP-001", HELD_TODAY)
    assert (refused.status_code, problem_of(refused)["type"]) == (503, "urn:scheduler:problem:clock-differs")
    assert processes[1].store.head() == head
    assert right.records("EXP-001", HELD_TODAY).status_code == 201

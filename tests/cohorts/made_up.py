"""Cohorts to try: the seed study at sites without public holidays, and logs as a registry would have them in Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.parse import parse_site
from scheduler.site.site import Site

PROTOCOL = Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "protocol.yaml"

Events = list[dict[str, Any]]

SITE = """site: {name}
zone: Asia/Shanghai
weekdays: Monday to Friday
resources:
  clinic: {{}}
  infusion: {{chairs: 2, hours: "08:00-16:00", patients a day: 3}}
  radiotherapy: {{}}
  imaging: {{}}
  pharmacy: {{}}
lasts: {{infusion: 90 minutes, visit: 30 minutes}}
"""


def undisturbed(start: date, arm: str = "experimental") -> Events:
    """Who was randomised and began, and of whom nothing else is recorded."""
    begun: Events = [
        {"on": str(start - timedelta(days=14)), "event": "consented"},
        {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": arm},
        {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    if arm == "experimental":
        begun.append({"on": str(start), "event": "given", "treatment": "toripalimab", "n": 1})
    return begun


def held(start: date) -> Events:
    """The same with a hold, which bears on dates, and a dose that was given on another day than planned."""
    return [
        *undisturbed(start),
        {"on": str(start + timedelta(days=23)), "event": "given", "treatment": "toripalimab", "n": 2},
        {"on": str(start + timedelta(days=30)), "event": "cycle started", "treatment": "regorafenib", "cycle": 2},
        {"on": str(start + timedelta(days=40)), "event": "held", "treatment": "regorafenib", "reason": "AE 1"},
    ]


def registry(folder: Path, logs: Mapping[tuple[str, str], Events], *, sites: Iterable[str] = ()) -> Path:
    """A source in Parquet: the logs by site and subject, one file for each site."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_text(PROTOCOL.read_text("utf-8"), "utf-8")
    names = sorted({site for site, _ in logs} | set(sites))
    for number, name in enumerate(names):
        (folder / f"site{number or ''}.yaml").write_text(SITE.format(name=name), "utf-8")
    (folder / "logs").mkdir(exist_ok=True)
    for number, name in enumerate(names):
        rows = [
            {"subject": subject, "site": site, "protocol": "1.0", "number": at, "event": json.dumps(event)}
            for (site, subject), events in sorted(logs.items())
            for at, event in enumerate(events, 1)
            if site == name
        ]
        if rows:
            pq.write_table(pa.Table.from_pylist(rows), folder / "logs" / f"{number}.parquet")
    return folder


def seed_version() -> StudyVersion:
    return parse_protocol(PROTOCOL.read_text("utf-8"), name="protocol.yaml")[0]


def site_called(name: str) -> Site:
    return parse_site(SITE.format(name=name), name="site.yaml")


def log_of_events(events: Events) -> Log:
    return log_of(map(parse_event, events))


def rows_in(out: Path, data_set: str) -> list[dict[str, Any]]:
    """Everything that was written, by site, patient and its own order."""
    found = []
    for path in sorted(out.glob(f"{data_set}/*/*/*/*.parquet")):
        site = path.parts[-3].removeprefix("site=")
        found += [{"site": site, **row} for row in pq.read_table(path, partitioning=None).to_pylist()]
    return found


def files_in(out: Path) -> dict[str, int]:
    """Each file of data with the moment at which it was written."""
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob("*.parquet")}

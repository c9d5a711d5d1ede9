"""Programs that we did not write subscribe to the live server: vdirsyncer, khal and ical.js."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.languages import Language
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.readers import Seen, home_assistant
from tests.web.feeds.subscribing import act, calendar, record, serving, subscribe, subscribe_and_keep
from tests.web.people import Place

TOOLS = Path(sys.executable).parent
ROOT = Path(__file__).parents[3]
VISIT_BOOKED = ("2026-06-03 00:30:00+00:00", "Study visit")


class Phone:
    """A folder that vdirsyncer keeps equal to a feed."""

    def __init__(self, folder: Path, url: str) -> None:
        self.items = folder / "items"
        self.items.mkdir(parents=True)
        self._config = folder / "config"
        self._config.write_text(
            f"""
[general]
status_path = "{folder}/status"
[pair feed]
a = "there"
b = "here"
collections = null
partial_sync = "revert"
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{self.items}"
fileext = ".ics"
"""
        )
        self._run("discover", "feed")

    def refresh(self) -> set[tuple[str, str | None]]:
        """Synchronise; gives each event's first day or moment, and its name. (vdirsyncer gives UIDs of its own.)"""
        self._run("sync")
        files = [home_assistant(file.read_bytes()) for file in self.items.glob("*.ics")]
        seen = [(str(event.start), event.summary) for (event,) in files]
        assert len(set(seen)) == len(seen)
        return set(seen)

    def _run(self, *words: str) -> None:
        command = [str(TOOLS / "vdirsyncer"), "--verbosity", "ERROR", "-c", str(self._config), *words]
        subprocess.run(command, check=True, capture_output=True, input=b"y\n" * 5)


@pytest.mark.slow
def test_vdirsyncer_follows_moves_holds_and_the_end(place: Place, tmp_path: Path) -> None:
    link, path = subscribe_and_keep(place)
    with serving(place) as address:
        phone = Phone(tmp_path / "phone", address + path)
        first = phone.refresh()
        assert first == {(str(event.start), event.summary) for event in home_assistant(calendar(place, path))}
        assert phone.refresh() == first

        record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "regorafenib.4.1", "to": "2026-06-04"})
        moved = phone.refresh()
        assert (VISIT_BOOKED in first, VISIT_BOOKED in moved) == (True, False)
        assert (("2026-06-04", "Study visit") in moved, len(moved)) == (True, len(first))

        record(place, {"on": "2026-05-22", "event": "held", "treatment": "regorafenib", "reason": "AE 1", "by": "Dr E"})
        held = phone.refresh()
        assert [each for each in held if each[0] == "2026-05-22"] == [("2026-05-22", "Do not take study tablets")]
        assert len(first) - len(held) > 300

        record(
            place,
            {
                "on": "2026-05-28",
                "event": "resumed",
                "treatment": "regorafenib",
                "level": -1,
                "dose": "40 mg",
                "by": "Dr E",
            },
        )
        resumed = phone.refresh()
        assert len(resumed) > len(held) + 300

        place.store.revoke_link(link.id, act(place))
        assert phone.refresh() == {("2026-05-21", "This calendar is no longer updated")}


@pytest.mark.slow
def test_khal_reads_every_feed(place: Place, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(
        f"[calendars]\n[[feed]]\npath = {tmp_path}\n[sqlite]\npath = {tmp_path}/khal.db\n"
        "[locale]\nlocal_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    file = tmp_path / "feed.ics"
    path = subscribe(place, "EXP-001", Audience.PATIENT, Detail.FULL, Language.CHINESE)
    file.write_bytes(calendar(place, path))
    command = [str(TOOLS / "khal"), "-c", str(config), "printics", "--format", "{start}|{title}", str(file)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = [line for line in run.stdout.splitlines() if "|" in line]
    assert len(lines) == len(home_assistant(file.read_bytes()))
    assert [line for line in lines if line.startswith("2026-06-09")] == [
        "2026-06-09|瑞戈非尼：2 片",
        "2026-06-09 10:00|研究访视：特瑞普利单抗 第5次给药",
    ]


def test_ical_js_reads_what_the_others_read(place: Place) -> None:
    if shutil.which("node") is None or not (ROOT / "node_modules" / "ical.js").is_dir():
        pytest.skip("needs Node.js and, in this folder: npm install --no-save --no-package-lock ical.js")
    for audience in Audience:
        feed = calendar(place, subscribe(place, "EXP-003", audience, Detail.FULL, Language.CHINESE))
        script = Path(__file__).with_name("ical_js.mjs")
        run = subprocess.run(["node", str(script)], check=True, capture_output=True, input=feed)
        assert sorted(map(seen, json.loads(run.stdout)), key=str) == sorted(home_assistant(feed), key=str)


def seen(event: dict[str, str | int | None]) -> Seen:
    start, end = str(event["start"]), event["end"]
    return Seen(
        uid=str(event["uid"]),
        start=date.fromisoformat(start) if end else _moment(start),
        end=date.fromisoformat(str(end)) if end else None,
        summary=str(event["summary"]),
        description=str(event["description"]),
        status=str(event["status"]),
        transparency=str(event["transparency"]),
        sequence=int(event["sequence"] or 0),
        modified=_moment(str(event["modified"])),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)

"""Equal input, equal bytes: in every process, with whatever is kept, whatever is hidden."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.folder.feeds import patient_feed, subject_of
from scheduler.folder.reading.contents import Case
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.views.reader.audience import Audience
from tests.laws.examples import examples
from tests.seed import FOLDER, shanghai
from tests.web.feeds.subscribing import fetch, record, subscribe
from tests.web.people import Place

pytestmark = pytest.mark.no_cover  # the same feeds again and again

PROTOCOL = (FOLDER / "protocol.yaml").read_text("utf-8")
KEY = b"a key that is made with the study"
AS_OF = date(2026, 5, 21)


@pytest.mark.slow
def test_every_process_gives_the_same_bytes(place: Place) -> None:
    paths = [subscribe(place, "EXP-003"), subscribe(place, audience=Audience.PHARMACY)]
    file = place.store._database.file  # type: ignore[attr-defined]
    begun = []
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/St_Johns")):
        command = [sys.executable, "-m", "tests.web.feeds.printing", str(file), *paths]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        begun.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
    said = [each.communicate()[0] for each in begun]
    here = [fetch(place, path, accept_encoding="gzip").headers for path in paths]
    assert said[0] == said[1]
    assert [line.split()[0] for line in said[0].splitlines()] == [headers["etag"] for headers in here]


CHANGES: list[dict[str, Any]] = [
    {"event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-10", "at": "11:00"},
    {"event": "adverse event", "ae": 9, "term": "Palmar-plantar erythrodysesthesia syndrome", "grade": 3},
    {"event": "held", "treatment": "regorafenib", "reason": "AE 9", "by": "Dr Example"},
    {"event": "rebooked", "entry": "regorafenib.4.1", "to": "2026-06-04"},
    {
        "event": "resumed",
        "treatment": "regorafenib",
        "level": -1,
        "dose": "40 mg",
        "by": "Dr Example",
        "on": "2026-06-02",
    },
    {"event": "struck", "number": 34, "reason": "another patient"},
    {"event": "discontinued", "treatment": "toripalimab", "reason": "AE", "by": "Dr Example", "on": "2026-06-02"},
    {"event": "withdrew", "from": "treatment", "on": "2026-06-03"},
]


@pytest.mark.slow
def test_what_is_kept_changes_no_byte(place: Place) -> None:
    """A server that follows event after event gives what one gives that starts now."""
    mine, staff = subscribe(place), subscribe(place, audience=Audience.COORDINATOR)
    for number, event in enumerate(CHANGES):
        place.time.pass_by(days=2)
        record(place, {"on": "2026-05-21", **event})
        warm = [fetch(place, path) for path in (mine, staff)]
        cold = Place(place.store, place.time)
        wanted = warm if number == len(CHANGES) - 1 else warm[:1]
        for path, followed in zip((mine, staff), wanted, strict=False):
            anew = fetch(cold, path)
            assert followed.status_code == 200
            assert (followed.content, followed.headers) == (anew.content, anew.headers)


def feed_of(said: list[dict[str, Any]], protocol: str = PROTOCOL) -> bytes:
    """A neutral feed of the seed study, or of one that is written otherwise."""
    version, _ = parse_protocol(protocol, name="protocol.yaml")
    log = log_of([parse_event(each) for each in said])
    case = Case(Path("x"), version, shanghai(), log, subject="EXP-001")
    return patient_feed(case, subject_of(case), KEY, as_of=AS_OF)


STORY: list[dict[str, Any]] = [
    {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
    {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1},
    {"on": "2026-03-09", "event": "adverse event", "ae": 1, "term": "Headache", "grade": 1},
    {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": "AE 2", "by": "Dr Example"},
    {"on": "2026-03-18", "event": "unscheduled visit", "reason": "pain"},
    {
        "on": "2026-03-20",
        "event": "resumed",
        "treatment": "regorafenib",
        "level": 0,
        "dose": "80 mg",
        "by": "Dr Example",
    },
    {"on": "2026-03-20", "event": "booked", "entry": "toripalimab.2", "to": "2026-03-31", "at": "09:30"},
]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30).filter(str.strip)
HIDDEN = st.fixed_dictionaries({}, optional={"reason": WORDS, "by": WORDS, "note": WORDS})


@given(
    st.lists(HIDDEN, min_size=len(STORY), max_size=len(STORY)),
    st.sampled_from(["Insomnia", "Hiccups", "Weight gain", "Dizziness"]),
)
@settings(max_examples=examples(15), deadline=None)
def test_hidden_text_is_in_no_byte(hidden: list[dict[str, str]], term: str) -> None:
    told = [{**each, **more} for each, more in zip(STORY, hidden, strict=True)]
    told[3]["term"] = term
    assert feed_of(told) == expected()


@cache
def expected() -> bytes:
    return feed_of(STORY)


def test_hidden_names_are_in_no_byte_that_can_be_read() -> None:
    """Another drug, another study: only the UIDs differ, which are keyed hashes."""

    def other(text: str) -> str:
        for old, new in (
            ("toripalimab", "aaa"),
            ("Toripalimab", "Aaa"),
            ("regorafenib", "zzz"),
            ("Regorafenib", "Zzz"),
        ):
            text = text.replace(old, new)
        return text

    protocol = other(PROTOCOL).replace("REGO-TORI-RT", "ANOTHER-STUDY").replace("colorectal", "gastric")
    story = [{key: other(said) if isinstance(said, str) else said for key, said in each.items()} for each in STORY]
    one, two = expected(), feed_of(story, protocol)
    assert len(one) == len(two)
    assert without_uids(one) == without_uids(two)
    assert one != two


def without_uids(feed: bytes) -> list[list[bytes]]:
    blocks = feed.split(b"BEGIN:VEVENT")
    return sorted([line for line in block.splitlines() if not line.startswith(b"UID:")] for block in blocks)

"""What an event takes away and a later one gives back is a revision: SEQUENCE never falls, in files as on a server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.folder.feeds import patient_feed, subject_of
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.contents import Case
from scheduler.web.feeds.up_to_date.site_texts import Stage
from scheduler.web.feeds.up_to_date.told import tell
from tests.feeds.test_later_doses_that_wait import KEY, told

PROTOCOL = Path(__file__).parents[1] / "studies" / "protocols" / "block.yaml"
EVENTS = (
    "{on: 2026-03-02, event: cycle started, treatment: tab, cycle: 1}",
    "{on: 2026-03-11, event: progressed}",
    "{on: 2026-03-12, event: treated beyond progression}",
)


def case(folder: Path, number: int) -> Case:
    """The patient after so many of the events."""
    head = [f"protocol: {PROTOCOL}", "subject: BLOCK-1", "until: 2026-04-30", "events:"]
    path = folder / "BLOCK-1.yaml"
    path.write_text("\n".join([*head, *(f"  - {event}" for event in EVENTS[:number])]) + "\n", "utf-8")
    return read_case(path)


def sequences(folder: Path, number: int) -> dict[str, int]:
    """SEQUENCE of each event of the patient's feed, by its UID."""
    at = case(folder, number)
    found = told(patient_feed(at, subject_of(at, date(2026, 4, 30)), KEY, "full", as_of=date(2026, 3, 12)))
    return {uid: each.sequence for uid, each in found.items()}


def test_tablets_beyond_a_progression_are_revised(tmp_path: Path) -> None:
    """Days 1 to 10 of cycle 1 cited the progression, event 2, and go on as if it had not been; days 11 to 21 are there again."""
    after_start, progressed, beyond = (sequences(tmp_path, number) for number in (1, 2, 3))
    assert set(after_start.values()) == {1}
    assert [uid for uid in progressed.keys() & beyond.keys() if beyond[uid] < progressed[uid]] == []
    assert [uid for uid in after_start.keys() & beyond.keys() if beyond[uid] < after_start[uid]] == []
    first_cycle = after_start.keys() - {uid for uid, number in progressed.items() if number == 1}
    assert {beyond[uid] for uid in first_cycle} == {3}


def test_a_server_says_the_same(tmp_path: Path) -> None:
    whole = case(tmp_path, len(EVENTS))
    at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    stages = [Stage(number, at, ((None, 1),), whole.site) for number in range(len(EVENTS) + 1)]
    assert tell(whole.version, "BLOCK-1", whole.log, stages).subject.marked == subject_of(whole).marked

"""While nobody has decided, feeds name no dose of any later cycle, as pages and lists do not; and every change is a revision.

Control arm: cycle 1 on Monday 2 March 2026, then every 28 days: 30 March, 27 April, 25 May, 22 June.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.contents import Case
from scheduler.web.feeds.up_to_date.site_texts import Stage
from scheduler.web.feeds.up_to_date.told import tell
from tests.seed import FOLDER

KEY = b"0123456789abcdef0123456789abcdef"
AS_OF = date(2026, 3, 20)
EVENTS = (
    "{on: 2026-02-27, event: randomised, arm: control}",
    "{on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}",
    "{on: 2026-03-16, event: adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3,"
    " related: [regorafenib]}",
    "{on: 2026-03-17, event: decided, proposal: hand-foot-skin-reaction.6.3, action: continue unchanged, by: Dr E,"
    " reason: mild}",
    "{on: 2026-03-18, event: struck, number: 4, reason: the wrong patient}",
    "{on: 2026-03-18, event: struck, number: 3, reason: the wrong patient}",
)
REACTED, DECIDED, NOT_DECIDED, NOT_REACTED = 3, 4, 5, 6
LATER = ("20260427", "20260525", "20260622")


@pytest.fixture
def case(tmp_path: Path) -> Callable[[int], Case]:
    (tmp_path / "patients").mkdir()
    for name in ("protocol.yaml", "site.yaml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())

    def after(number: int) -> Case:
        head = ["protocol: ../protocol.yaml", "site: ../site.yaml", "subject: CTL-101", "events:"]
        path = tmp_path / "patients" / "CTL-101.yaml"
        path.write_text("\n".join([*head, *(f"  - {event}" for event in EVENTS[:number])]) + "\n", "utf-8")
        return read_case(path)

    return after


class Told(NamedTuple):
    day: str
    words: str
    sequence: int


def told(feed: bytes) -> dict[str, Told]:
    """What a feed says of each event, by its UID."""
    found = {}
    for event in feed.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        of = dict(re.findall(r"(?m)^(UID|SUMMARY|DESCRIPTION|SEQUENCE|DTSTART)[^:\r\n]*:(.*?)\r?$", event))
        words = f"{of['SUMMARY']} {of.get('DESCRIPTION', '')}"
        found[of["UID"]] = Told(of["DTSTART"][:8], words, int(of["SEQUENCE"]))
    return found


def feeds(case: Case) -> dict[str, dict[str, Told]]:
    subject = subject_of(case)
    return {
        "patient": told(patient_feed(case, subject, KEY, "full", as_of=AS_OF)),
        "coordinator": told(site_feed([subject], "coordinator", case.site, KEY, AS_OF, "full")),
        "pharmacy": told(site_feed([subject], "pharmacy", case.site, KEY, AS_OF, "full")),
    }


def names_doses(found: dict[str, Told]) -> list[bool]:
    """Of each later cycle, whether its first day names a dose."""
    return ["120 mg" in " ".join(each.words for each in found.values() if each.day == day) for day in LATER]


@pytest.mark.parametrize(
    ("number", "named"), [(2, True), (REACTED, False), (DECIDED, True), (NOT_DECIDED, False), (NOT_REACTED, True)]
)
def test_no_feed_names_a_later_dose_while_nobody_has_decided(
    case: Callable[[int], Case], number: int, named: bool
) -> None:
    for audience, found in feeds(case(number)).items():
        assert (audience, names_doses(found)) == (audience, [named] * 3)


def test_whatever_is_told_otherwise_is_a_revision_that_subscribers_take(case: Callable[[int], Case]) -> None:
    before = feeds(case(2))
    for number in range(3, len(EVENTS) + 1):
        now = feeds(case(number))
        for audience, found in now.items():
            known = before[audience]
            changed = [uid for uid in found if uid in known and found[uid].words != known[uid].words]
            assert changed, (audience, number)
            assert {found[uid].sequence for uid in changed} == {number}
            assert [uid for uid in found if uid in known and found[uid].sequence < known[uid].sequence] == []
        before = now


def test_a_server_that_follows_event_by_event_says_what_one_says_that_reads_all(case: Callable[[int], Case]) -> None:
    whole = case(len(EVENTS))
    at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    stages = [Stage(number, at, ((None, 1),), whole.site) for number in range(len(EVENTS) + 1)]
    followed = tell(whole.version, "CTL-101", whole.log, stages[:1])
    for number in range(1, len(stages)):
        followed = tell(whole.version, "CTL-101", whole.log, stages[: number + 1], followed)
        at_once = tell(whole.version, "CTL-101", whole.log, stages[: number + 1])
        assert (followed.marks, followed.subject.marked) == (at_once.marks, at_once.subject.marked)
        assert followed.calendar.entries == at_once.calendar.entries
    assert followed.subject.marked == subject_of(whole).marked
    assert set(followed.subject.marked.values()) == {NOT_REACTED}

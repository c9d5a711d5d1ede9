"""Which revision an event gets when it is told otherwise than before, and nothing was recorded that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.exports.ics import to_ics
from scheduler.exports.last_told import as_bytes, from_bytes, revised, told_in, told_now
from scheduler.views.agenda.item import AgendaItem
from tests.feeds.patients import a_busy_patient, read_by

SEEN = read_by(a_busy_patient())
FOUND = datetime(2027, 1, 1, 12, tzinfo=UTC)
ZONE = SEEN.zone


def told(
    items: tuple[AgendaItem, ...], last: tuple[AgendaItem, ...] = SEEN.items, at: datetime = FOUND
) -> list[AgendaItem]:
    return list(revised(items, told_now(last, ZONE), at, ZONE))


def test_what_is_told_as_before_stays_as_it_was() -> None:
    assert told(SEEN.items) == list(SEEN.items)
    assert list(revised(SEEN.items, {}, FOUND, ZONE)) == list(SEEN.items)


def test_only_what_is_told_otherwise_is_revised() -> None:
    first, second, *rest = SEEN.items
    other = (replace(first, summary="Another word"), replace(second, first=second.first - timedelta(days=1)), *rest)
    found = told(other)
    assert found[2:] == rest
    for was, now in zip((first, second), found[:2], strict=True):
        assert (now.sequence, now.last_modified) == (was.sequence + 1, FOUND)


def test_a_revision_stays_until_the_log_has_a_higher_one() -> None:
    first, *rest = SEEN.items
    other = (replace(first, summary="Another word"), *rest)
    (raised, *_), again = told(other), datetime(2028, 1, 1, tzinfo=UTC)
    assert told(other, (raised, *rest), again)[0] == raised
    recorded = replace(first, summary="Moved", sequence=raised.sequence, last_modified=again)
    assert told((recorded, *rest), (raised, *rest), again)[0].sequence == raised.sequence + 1
    later = replace(recorded, sequence=raised.sequence + 5)
    assert told((later, *rest), (raised, *rest), again)[0] == later


def test_a_version_that_cites_less_or_restamps_changes_nothing() -> None:
    less = tuple(replace(item, sequence=0, last_modified=FOUND) for item in SEEN.items)
    assert told(less) == list(SEEN.items)


def test_a_file_tells_the_same_as_the_events_that_it_was_written_from() -> None:
    kept = told_now(SEEN.items, ZONE)
    assert told_in(to_ics(SEEN)) == kept
    assert from_bytes(as_bytes(kept)) == kept
    assert as_bytes(kept) == as_bytes(dict(reversed(kept.items())))


def test_a_file_that_somebody_spoiled_is_passed_over() -> None:
    feed = to_ics(SEEN)
    assert told_in(b"") == {}
    assert told_in(b"no calendar") == {}
    spoiled = feed.replace(b"\r\nSEQUENCE:", b"\r\nSEQUENCE:x", 1).replace(b"\r\nUID:", b"\r\nX-UID:", 1)
    assert len(told_in(feed)) - len(told_in(spoiled)) in (1, 2)
    assert told_in(feed[:500]) == {}


CHANGED = st.lists(
    st.tuples(
        st.integers(0, len(SEEN.items) - 1), st.sampled_from(["a", "b", "SEQUENCE:9\r\nUID:x"]), st.integers(-3, 3)
    ),
    max_size=8,
)


@given(st.lists(CHANGED, min_size=1, max_size=4))
def test_law_no_revision_falls_and_every_change_has_a_higher_one(versions: list[list[tuple[int, str, int]]]) -> None:
    last, at = SEEN.items, FOUND
    for number, changes in enumerate(versions):
        items = list(SEEN.items)
        for place, word, more in changes:
            item = items[place]
            items[place] = replace(item, summary=word, sequence=max(0, item.sequence + more), first=date(2026, 1, 1))
        before = told_now(last, ZONE)
        now = revised(items, before, at + timedelta(days=number), ZONE)
        for had, has in zip(last, now, strict=True):
            same = before[had.uid].digest == told_now([has], ZONE)[has.uid].digest
            assert has.sequence >= had.sequence
            assert has.last_modified >= had.last_modified
            assert same or has.sequence > had.sequence
        last = now

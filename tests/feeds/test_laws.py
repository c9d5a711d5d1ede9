"""What holds for every feed, whatever the patient's story: made-up items, and made-up histories of one log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Kind, Status
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.views.agenda.item import Agenda, AgendaItem, Standing
from scheduler.views.days.attendance import days_left
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.lint import lint
from tests.feeds.patients import attend, because, calendar, day, read_by
from tests.feeds.readers import READERS, said
from tests.laws.examples import examples

DATES = st.dates(date(1999, 1, 1), date(2090, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))


@st.composite
def items(draw: st.DrawFn) -> AgendaItem:
    first = draw(DATES)
    at = draw(st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)))
    return AgendaItem(
        uid=draw(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26)),
        first=first,
        last=first if at is not None else first + timedelta(days=draw(st.integers(0, 400))),
        time=at,
        summary=draw(st.sampled_from(["Study visit", "研究访视"])),
        description=draw(st.lists(st.sampled_from(["a line", "另一行", "a, b; c"]), max_size=3).map(tuple)),
        transparent=draw(st.booleans()),
        standing=draw(st.sampled_from(Standing)),
        sequence=draw(st.integers(0, 10_000)),
        last_modified=draw(MOMENTS),
        minutes=None if at is None else draw(st.none() | st.integers(1, 1440)),
    )


@given(st.lists(items(), min_size=1, max_size=6, unique_by=lambda item: item.uid))
@settings(max_examples=examples(100), deadline=None)
def test_strangers_read_what_any_agenda_says(made_up: list[AgendaItem]) -> None:
    changed = made_up[0].last_modified
    seen = Agenda(
        "uid", Audience.PATIENT, Detail.NEUTRAL, Language.CHINESE, "研究日程", (), "Etc/GMT-8", changed, tuple(made_up)
    )
    feed = to_ics(seen)
    assert lint(feed) == []
    for reader in READERS:
        assert sorted(reader(feed), key=str) == sorted(said(seen, hours_ahead_of_utc=8), key=str)


class Change(NamedTuple):
    """One event: something moves to another day, gets a time of day, or is cancelled."""

    which: int
    to: int
    at: str | None
    status: Status


CHANGES = st.lists(
    st.builds(
        Change,
        st.integers(0, 3),
        st.integers(9, 12),
        st.sampled_from([None, "09:00"]),
        st.sampled_from([Status.PLANNED, Status.PLANNED, Status.DONE, Status.CANCELLED]),
    ),
    min_size=1,
    max_size=12,
)


def states(changes: list[Change]) -> Iterator[Calendar]:
    """The calendar of one patient after each event; an entry cites the last event that changed it."""
    kinds = (Kind.VISIT, Kind.SCAN, Kind.INFUSION, Kind.FRACTION)
    entries = [attend(f"{kind}.1", kind, "03-10") for kind in kinds]
    yield calendar(*entries, log=0)
    for number, change in enumerate(changes, 1):
        entries[change.which] = entries[change.which]._replace(
            date=day(f"03-{change.to:02}"),
            time=change.at,
            status=change.status,
            because=because(number),
        )
        yield calendar(*entries, log=number)


def visible(item: AgendaItem) -> tuple[date, time | None, str, tuple[str, ...], Standing]:
    return (item.first, item.time, item.summary, item.description, item.standing)


@given(CHANGES)
@settings(max_examples=examples(300), deadline=None)
def test_what_changes_has_a_higher_sequence_and_none_ever_falls(changes: list[Change]) -> None:
    history = list(states(changes))
    known: dict[str, AgendaItem] = {}
    for number in range(len(history)):
        for item in read_by(history[number], detail=Detail.STANDARD, left=days_left(history[: number + 1])).items:
            before = known.get(item.uid)
            known[item.uid] = item
            if before is None:
                continue
            assert before.sequence <= item.sequence
            assert before.last_modified <= item.last_modified
            if visible(before) != visible(item):
                assert before.sequence < item.sequence


@given(CHANGES)
@settings(max_examples=examples(100), deadline=None)
def test_days_left_may_be_added_up_event_by_event(changes: list[Change]) -> None:
    history = list(states(changes))
    added: dict[date, int] = {}
    for before, after in pairwise(history):
        added |= days_left([before, after])
    assert added == days_left(history)

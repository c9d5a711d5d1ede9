"""Laws that hold for every protocol that the language can say, not only for those that somebody wrote."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from tests.laws.examples import examples
from tests.laws.protocols import DrawnProtocol, protocols

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

law = settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

starts = st.integers(0, 1000).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
closures = st.frozensets(st.integers(-40, 200), max_size=20)
runs_of_closures = st.tuples(st.integers(0, 120), st.sampled_from([0, 3, 9])).map(
    lambda run: frozenset(range(run[0], sum(run)))
)


def compiled(drawn: DrawnProtocol) -> StudyVersion:
    return parse_protocol(drawn.text, name="protocol.yaml")[0]


def log_from(start: date, *, by_age: bool = False) -> Log:
    randomised = start - timedelta(days=1)
    born = [{"on": f"{randomised}", "event": "date of birth", "born": f"{start - timedelta(days=200)}"}]
    events = [
        *(born if by_age else []),
        {"on": f"{randomised}", "event": "randomised", "arm": "one"},
        {"on": f"{randomised}", "event": "first dose planned", "to": f"{start}"},
    ]
    return log_of([parse_event(each) for each in events])


def site_from(start: date, closed: frozenset[int]) -> Site:
    return EVERY_DAY.with_days({start + timedelta(days=n) for n in closed})


def planned(drawn: DrawnProtocol, start: date, site: Site) -> Calendar:
    log = log_from(start, by_age="of age" in drawn.text)
    return calendar_of(compiled(drawn), site, log, until=start + timedelta(days=400))


def attended(calendar: Calendar) -> list[Entry]:
    found = [entry for entry in calendar.entries if entry.kind is not Kind.PERIOD and entry.date is not None]
    return [entry for entry in found if entry.status is Status.PLANNED]


@law
@given(protocols())
def test_law_every_drawn_protocol_is_a_protocol(drawn: DrawnProtocol):
    try:
        version, findings = parse_protocol(drawn.text, name="protocol.yaml")
    except InvalidText as error:
        raise AssertionError(f"{error}\n{drawn.text}") from None
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    assert set(drawn.treatments) <= set(version.arms["one"].timelines)


@law
@given(protocols(), starts, closures, runs_of_closures)
def test_law_the_same_input_gives_the_same_calendar(
    drawn: DrawnProtocol, start: date, closed: frozenset[int], more: frozenset[int]
):
    site = site_from(start, closed | more)
    assert planned(drawn, start, site) == planned(drawn, start, site)


@law
@given(protocols(), starts, closures, runs_of_closures)
def test_law_nothing_is_planned_on_a_closed_day_and_dates_lie_in_their_windows_unless_flagged(
    drawn: DrawnProtocol, start: date, closed: frozenset[int], more: frozenset[int]
):
    site = site_from(start, closed | more)
    calendar = planned(drawn, start, site)
    for entry in attended(calendar):
        assert entry.date is not None
        stands = entry.date == start and entry.ideal == start
        is_open = site.open_days(entry.resource or "").is_open(entry.date.toordinal())
        assert is_open or stands, f"{entry.id} on {entry.date}\n{drawn.text}"
        if entry.window is not None:
            inside = entry.window[0] <= entry.date <= entry.window[1]
            assert inside != (Flag.OUT_OF_WINDOW in entry.flags), f"{entry.id} on {entry.date}\n{drawn.text}"
    event(f"{min(len(attended(calendar)) // 10, 5)}0 visits or more")


@law
@given(protocols(), starts, closures)
def test_law_no_two_entries_have_one_id(drawn: DrawnProtocol, start: date, closed: frozenset[int]):
    calendar = planned(drawn, start, site_from(start, closed))
    # A period that has begun is there, and what its end waits for is said under its own name.
    waiting = [each.id for each in calendar.pending if not _is_open_period(calendar, each.id)]
    names = Counter([*(entry.id for entry in calendar.entries), *waiting])
    assert [name for name, count in names.items() if count > 1] == []


def _is_open_period(calendar: Calendar, name: str) -> bool:
    entry = calendar.entry(name)
    return entry is not None and entry.kind is Kind.PERIOD and Flag.OPEN_END in entry.flags


@law
@given(protocols().filter(lambda drawn: drawn.whole_weeks), starts, st.integers(-60, 60))
def test_law_without_holidays_moving_the_start_by_whole_weeks_moves_everything(
    drawn: DrawnProtocol, start: date, weeks: int
):
    site = EVERY_DAY.with_days()
    moved = timedelta(weeks=weeks)
    before, after = planned(drawn, start, site), planned(drawn, start + moved, site)
    assert dates_of(before, moved) == dates_of(after, timedelta(0))
    assert [pending.id for pending in before.pending] == [pending.id for pending in after.pending]


def dates_of(calendar: Calendar, by: timedelta) -> dict[str, object]:
    """What each entry says of days, all of them moved."""

    def move(day: date | None) -> date | None:
        return None if day is None else day + by

    return {
        entry.id: (
            move(entry.ideal),
            move(entry.date),
            None if entry.window is None else (move(entry.window[0]), move(entry.window[1])),
            [(move(run.first_date), move(run.last_date), run.doses) for run in entry.runs],
            entry.flags,
        )
        for entry in calendar.entries
    }

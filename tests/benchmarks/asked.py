"""What is asked of one patient's calendar, in calendars; what dose rules add; and feeds beside icalendar alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from scheduler.calendar.comparing.consequences import consequences
from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.exports.ics import to_ics
from scheduler.patient.events import parse_event
from scheduler.views.agenda.item import Agenda
from scheduler.views.agenda.of_reader import agenda
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import (
    log_full_of_observations,
    log_of_an_ordinary_patient,
    log_of_length,
    seed_version,
    shanghai,
    without_rules,
)
from tests.benchmarks.ratios import ratio
from tests.feeds.plain import plain_icalendar


def asked() -> list[Figure]:
    """In processor time, the two sides in turn, by their medians."""
    return [*_questions(), *_rules(), *_feeds()]


def _questions() -> list[Figure]:
    version, site = seed_version(), shanghai()
    log = log_of_an_ordinary_patient(version, site)
    one = partial(calendar_of, version, site, log)
    undecided = log_full_of_observations(version, site, 60)
    open_one = partial(calendar_of, version, site, undecided)
    proposal = next(each for each in open_one().proposals if each.is_open)
    held = parse_event({"on": "2026-12-01", "event": "held", "treatment": "regorafenib", "reason": "AE 3"})
    previewed = partial(consequences, version, site, undecided, proposal, proposal.options[0])
    changed = partial(what_would_change, version, site, log, [held])

    def explained() -> object:
        return explain(one(), "toripalimab.20", version, log)

    return [
        Figure(
            "explain with its calendar, in calendars",
            ratio(explained, one),
            "x",
            2,
            means="nothing is worked out twice to be told",
        ),
        Figure(
            "whatif of one event, in calendars",
            ratio(changed, one),
            "x",
            2,
            means="the calendar before and after, compared",
        ),
        Figure(
            "preview of a proposal's option, in calendars",
            ratio(previewed, open_one),
            "x",
            2,
            means="what a person sees before deciding",
        ),
    ]


def _rules() -> list[Figure]:
    version, site = seed_version(), shanghai()
    full = log_full_of_observations(version, site, 60)
    ruled, bare = (partial(calendar_of, each, site, full) for each in (version, without_rules(version)))
    what = "log half of observations, times the same without rules"
    means = "what the protocol's dose rules add where every other event is an observation"
    return [Figure(what, ratio(ruled, bare), "x", 1.3, means=means)]


def _feeds() -> list[Figure]:
    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, 60)
    feed = agenda(
        calendar_of(version, site, log),
        recorded={record.number: record.event.recorded_at for record in log.records},
        published=datetime(2026, 1, 1, tzinfo=UTC),
        key=b"a key for the benchmark only",
        zone=site.zone,
        as_of=date(2026, 6, 1),
    )
    named = {"patient's feed": feed, "feed in which no two texts are alike": _each_its_own(feed)}
    return [
        Figure(
            f"{name}, times icalendar alone",
            ratio(partial(to_ics, each), partial(plain_icalendar, each)),
            "x",
            0.25,
            means="the same feed, written by the library object by object",
        )
        for name, each in named.items()
    ]


def _each_its_own(feed: Agenda) -> Agenda:
    items = [
        replace(
            item,
            summary=f"Visit {number}",
            description=(f"What is done at visit {number} alone",),
            first=item.first + timedelta(days=number),
            last=item.last + timedelta(days=number),
        )
        for number, item in enumerate(feed.items)
    ]
    return replace(feed, items=tuple(items))

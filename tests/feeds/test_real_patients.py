"""The feeds of the seed study's patients, event after event, as a subscriber would fetch them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.item import Agenda, AgendaItem
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.agenda.tablets import Size
from scheduler.views.days.attendance import days_left
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.lint import lint
from tests.feeds.patients import KEY, SHANGHAI
from tests.feeds.readers import READERS, said
from tests.laws.examples import one_in

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # strangers' readers are most of it

ROOT = Path(__file__).parents[2]
STORIES = sorted((ROOT / "tests/scenarios").glob("worked/*.yaml")) + sorted(
    (ROOT / "tests/scenarios").glob("corrections/*.yaml")
)
START = datetime(2025, 1, 1, tzinfo=UTC)


def history(story: Path) -> list[Calendar]:
    """The patient's calendar after each event of the story."""
    case = parse_case(story.read_text("utf-8"), name=story.name)
    version = version_in((story.parent / case.protocol).resolve())
    site = EVERY_DAY.with_days(case.closed or (), case.open or ())
    log = log_of(case.events)
    return [calendar_of(version, site, log.until(number), subject="EXP-001") for number in range(1, len(log) + 1)]


@cache
def version_in(protocol: Path) -> StudyVersion:
    return parse_protocol(protocol.read_text("utf-8"), name=protocol.name)[0]


def fetched(states: list[Calendar], detail: Detail) -> Agenda:
    return agenda(
        states[-1],
        Audience.PATIENT,
        detail,
        Language.ENGLISH,
        recorded={number: START + timedelta(hours=number) for number in range(1, len(states) + 1)},
        published=START,
        key=KEY,
        zone=SHANGHAI,
        as_of=START.date(),
        tablets={"regorafenib": Size((Decimal(40),), "mg")},
        left=days_left(states),
    )


def visible(item: AgendaItem) -> tuple[date, date, object, str, tuple[str, ...], str]:
    return (item.first, item.last, item.time, item.summary, item.description, item.standing)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_subscribers_learn_of_every_change(story: Path) -> None:
    states = history(story)
    known: dict[str, AgendaItem] = {}
    for number in range(1, len(states) + 1):
        for item in fetched(states[:number], Detail.STANDARD).items:
            before = known.get(item.uid, item)
            known[item.uid] = item
            assert before.sequence <= item.sequence
            assert (before.sequence < item.sequence) or (visible(before) == visible(item))


@pytest.mark.parametrize("story", one_in(4, STORIES), ids=lambda story: story.stem)
def test_strangers_read_what_the_agenda_says(story: Path) -> None:
    states = history(story)
    seen = fetched(states, Detail.FULL)
    feed = to_ics(seen)
    assert lint(feed) == []
    for reader in READERS:
        assert sorted(reader(feed)) == sorted(said(seen, hours_ahead_of_utc=8))

"""Fractions twice a day in the feeds: a patient who comes in the morning must not miss the afternoon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.exports.ics import to_ics
from scheduler.exports.told import in_its_language
from scheduler.languages import Language
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.item import Agenda, AgendaItem
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.days.attendance import days_left
from scheduler.views.reader.audience import Audience, Detail
from tests.dosing.story import told
from tests.feeds.lint import lint
from tests.feeds.patients import KEY, shown
from tests.feeds.readers import READERS, said
from tests.studies.telling import WEEKDAYS, study

VERSION = study("""
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 6 fractions
    open: clinic
    give: 1.2 Gy twice daily at least 6 hours apart
    not done: moves to the next open day
  cisplatin:
    when: {1: on first dose, then: at least 7 days after the previous dose}
    until: 2 doses
    open: clinic
    give: 70 mg intravenously
""")
START = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_DAY = """2026-02-27 randomised, arm: all
2026-03-05 given, treatment: radiotherapy, n: 1, at: "08:00"
2026-03-05 given, treatment: cisplatin, n: 1, at: "08:30"
"""


def history(story: str) -> list[Calendar]:
    log = told(story)
    until = date(2026, 6, 30)
    return [calendar_of(VERSION, WEEKDAYS, log.until(n), subject="S-1", until=until) for n in range(1, len(log) + 1)]


def fetched(
    states: list[Calendar],
    detail: Detail = Detail.NEUTRAL,
    audience: Audience = Audience.PATIENT,
    language: Language = Language.ENGLISH,
) -> Agenda:
    return in_its_language(
        agenda(
            states[-1],
            audience,
            detail,
            language,
            recorded={number: START + timedelta(hours=number) for number in range(1, len(states) + 1)},
            published=START,
            key=KEY,
            zone="Europe/Berlin",
            as_of=date(2026, 3, 5),
            left=days_left(states),
        )
    )


def test_both_are_told_though_one_alone_has_a_time() -> None:
    # Thursday 5 March: the first at 8, the second without a time. Friday the 6th: neither. Then Monday the 9th.
    seen = fetched(history(FIRST_DAY))
    assert shown(seen) == [
        ("03-05", "Study visit (2 of 2 on this day)"),
        ("03-05 08:00", "Study visit (1 of 2 on this day)"),
        ("03-06", "Study visit (1 of 2 on this day)"),
        ("03-06", "Study visit (2 of 2 on this day)"),
        ("03-09", "Study visit (1 of 2 on this day)"),
        ("03-09", "Study visit (2 of 2 on this day)"),
        ("03-12", "Study visit"),
    ]
    apart = "Visits on this day: 2, at least 6 hours apart"
    assert [item.description for item in seen.items[:3]] == [
        (apart, "Not before 14:00"),
        (apart, "Appointments at this visit: 2", "At 08:00, 08:30"),
        (apart,),
    ]
    assert len({item.uid for item in seen.items}) == len(seen.items)


def test_the_drug_is_given_at_the_first_and_the_site_sees_both() -> None:
    seen = fetched(history(FIRST_DAY), Detail.FULL, Audience.COORDINATOR)
    assert shown(seen)[:2] == [
        ("03-05", "S-1: Radiotherapy, fraction 2 (2 of 2 on this day)"),
        ("03-05 08:00", "S-1: Cisplatin, dose 1 + Radiotherapy, fraction 1 (1 of 2 on this day)"),
    ]


def test_in_chinese() -> None:
    first = fetched(history(FIRST_DAY), language=Language.CHINESE).items[0]
    assert (first.summary, first.description) == (
        "研究访视（当天第 2 次，共 2 次）",
        ("当天访视：2 次，至少间隔 6 小时", "不早于 14:00"),
    )


def test_the_diary_has_a_line_for_each() -> None:
    diary = patient_diary(history(FIRST_DAY)[-1], date(2026, 3, 5), date(2026, 3, 6))
    assert [(visit.id, visit.time is not None, visit.summary) for visit in diary.visits] == [
        ("cisplatin.1", True, "Study visit (1 of 2 on this day)"),
        ("radiotherapy.2", False, "Study visit (2 of 2 on this day)"),
        ("radiotherapy.3", False, "Study visit (1 of 2 on this day)"),
        ("radiotherapy.4", False, "Study visit (2 of 2 on this day)"),
    ]


def test_a_morning_that_failed_leaves_no_second_without_a_first() -> None:
    # The first of Friday moves to the next open day, and the second with it: Monday and Tuesday have two each.
    story = FIRST_DAY + '2026-03-05 given, treatment: radiotherapy, n: 2, at: "14:30"\n'
    seen = fetched(history(story + "2026-03-06 not done, entry: radiotherapy.3, reason: machine down\n"))
    assert shown(seen)[2:] == [
        ("03-09", "Study visit (1 of 2 on this day)"),
        ("03-09", "Study visit (2 of 2 on this day)"),
        ("03-10", "Study visit (1 of 2 on this day)"),
        ("03-10", "Study visit (2 of 2 on this day)"),
        ("03-12", "Study visit"),
    ]


def test_a_second_one_alone_is_a_visit_like_any_other() -> None:
    # The afternoon of Thursday fails: Friday has the 2nd and the 3rd, Monday the 4th and 5th, Tuesday the 6th alone.
    seen = fetched(history(FIRST_DAY + "2026-03-05 not done, entry: radiotherapy.2, reason: machine down\n"))
    assert [line for line in shown(seen) if line[0] in ("03-05 08:00", "03-06", "03-10")] == [
        ("03-05 08:00", "Study visit"),
        ("03-06", "Study visit (1 of 2 on this day)"),
        ("03-06", "Study visit (2 of 2 on this day)"),
        ("03-10", "Study visit"),
    ]


STORIES = {
    "both times booked": """2026-03-05 booked, entry: radiotherapy.3, to: 2026-03-06, at: "08:10"
2026-03-05 booked, entry: radiotherapy.4, to: 2026-03-06, at: "14:30"
2026-03-06 given, treatment: radiotherapy, n: 3, at: "08:15"
2026-03-06 given, treatment: radiotherapy, n: 4, at: "14:40"
""",
    "the afternoon fails": """2026-03-05 not done, entry: radiotherapy.2, reason: machine down
2026-03-06 given, treatment: radiotherapy, n: 2, at: "08:00"
2026-03-06 given, treatment: radiotherapy, n: 3, at: "14:00"
""",
    "the morning fails, and it was an error": """2026-03-06 not done, entry: radiotherapy.3, reason: machine down
2026-03-06 struck, number: 4, reason: another patient
2026-03-06 given, treatment: radiotherapy, n: 3, at: "08:00"
""",
    "the afternoon is put off by a week": """2026-03-05 rebooked, entry: radiotherapy.2, to: 2026-03-12, reason: holiday
2026-03-12 given, treatment: radiotherapy, n: 2, at: "08:00"
""",
    "held, resumed, ended": """2026-03-06 held, treatment: radiotherapy, reason: mucositis
2026-03-10 resumed, treatment: radiotherapy
2026-03-10 given, treatment: radiotherapy, n: 2, at: "08:00"
2026-03-10 end of treatment, reason: adverse event
""",
    "booked for another day and given on this one": """2026-03-05 given, treatment: radiotherapy, n: 2, at: "14:00"
2026-03-05 booked, entry: radiotherapy.4, to: 2026-03-09
2026-03-06 given, treatment: radiotherapy, n: 3, at: "08:00"
2026-03-06 given, treatment: radiotherapy, n: 4, at: "14:00"
""",
    "what was given before is recorded after": """2026-03-09 given, treatment: radiotherapy, n: 4, at: "14:00"
2026-03-09 given, treatment: radiotherapy, n: 3, at: "08:00"
2026-03-06 given, treatment: radiotherapy, n: 2, at: "08:00"
""",
    "cisplatin moves": """2026-03-06 delayed, treatment: cisplatin, n: 2, until: 2026-03-13, reason: counts
2026-03-06 given, treatment: radiotherapy, n: 2, at: "08:00"
""",
}


def visible(item: AgendaItem) -> tuple[object, ...]:
    return (item.first, item.last, item.time, item.summary, item.description, item.standing)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("audience", [Audience.PATIENT, Audience.COORDINATOR])
def test_subscribers_learn_of_every_change(story: str, audience: Audience) -> None:
    states = history(FIRST_DAY + story)
    known: dict[str, AgendaItem] = {}
    for number in range(1, len(states) + 1):
        for item in fetched(states[:number], Detail.STANDARD, audience).items:
            before = known.get(item.uid, item)
            known[item.uid] = item
            assert before.sequence <= item.sequence
            assert before.sequence < item.sequence or visible(before) == visible(item)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_strangers_read_one_event_for_each_visit(story: str) -> None:
    seen = fetched(history(FIRST_DAY + story), Detail.FULL)
    feed = to_ics(seen)
    assert lint(feed) == []
    for reader in READERS:
        assert sorted(reader(feed)) == sorted(said(seen, hours_ahead_of_utc=1))

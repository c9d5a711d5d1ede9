"""A diary at home: three days from every dose, which nobody comes for. The first dose is on Monday 2 March 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar
from scheduler.exports.told import in_its_language
from scheduler.languages import Language
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.item import AgendaItem
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from scheduler.views.reader.audience import Detail
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, study

VACCINE = study("""
study days: first dose is Day 1
treatments:
  vaccine:
    when: {1: on first dose, 2: 7 days after dose 1}
    give: 0.5 mL intramuscularly
visits:
  diary: {kind: diary, when: 3 days from every vaccine dose}
activities:
  temperature: [diary]
""")
GIVEN = "2026-03-02 given, treatment: vaccine, n: 1\n"


def planned(story: str = "") -> Calendar:
    return calendar(VACCINE, GIVEN + story, until="2026-03-31")


def feed(detail: Detail, language: Language = Language.ENGLISH) -> list[AgendaItem]:
    recorded = datetime(2026, 3, 2, tzinfo=UTC)
    found = in_its_language(
        agenda(
            planned(),
            detail=detail,
            language=language,
            recorded=dict.fromkeys(range(1, 3), recorded),
            published=recorded,
            key=bytes(32),
            zone="Europe/Berlin",
            as_of=date(2026, 3, 2),
        )
    )
    return [item for item in found.items if item.transparent]


def test_the_day_of_the_dose_is_the_first_and_a_dose_that_moves_takes_its_diary_along() -> None:
    assert dates(planned(), "diary") == {
        "1.1": "03-02",
        "1.2": "03-03",
        "1.3": "03-04",
        "2.1": "03-09",
        "2.2": "03-10",
        "2.3": "03-11",
    }
    moved = planned("2026-03-12 given, treatment: vaccine, n: 2\n")
    assert dates(moved, "diary")["2.3"] == "03-14"


def test_a_feed_has_one_line_for_the_days_of_each_dose() -> None:
    told_so = [
        (f"{item.first:%m-%d}", f"{item.last:%m-%d}", item.summary, item.description) for item in feed(Detail.FULL)
    ]
    assert told_so == [
        ("03-02", "03-04", "Diary 1", ("- temperature",)),
        ("03-09", "03-11", "Diary 2", ("- temperature",)),
    ]
    assert {item.summary for item in feed(Detail.NEUTRAL)} == {"Study diary: write it every day"}
    assert {item.summary for item in feed(Detail.NEUTRAL, Language.CHINESE)} == {"研究日记：每天填写"}
    assert {item.description for item in feed(Detail.NEUTRAL)} == {()}


def test_the_printed_diary_asks_for_it_on_each_of_its_days() -> None:
    days = patient_diary(planned(), date(2026, 3, 1), date(2026, 3, 12), Detail.FULL).days
    assert [f"{day.date:%m-%d} {', '.join(day.to_write)}" for day in days if day.to_write] == [
        *("03-02 temperature", "03-03 temperature", "03-04 temperature"),
        *("03-09 temperature", "03-10 temperature", "03-11 temperature"),
    ]
    assert [visit.id for day in days for visit in day.visits] == ["vaccine.1", "vaccine.2"]


def test_nobody_comes_for_it_and_a_day_without_a_record_is_no_deviation() -> None:
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}2026-03-09 given, treatment: vaccine, n: 2\n")
    patient = patient_of(VACCINE, EVERY_DAY, log, subject="V-1")
    found = worklist([patient], date(2026, 3, 9))
    assert [line.entry for _, lines in found.lists for line in lines] == []
    assert deviations_of(VACCINE, EVERY_DAY, log, on=date(2026, 3, 20)) == ()


def test_a_dose_that_was_not_given_has_no_diary() -> None:
    # Dose 2 of 9 March is refused: nothing is written at home on 9, 10 and 11 March; what was written is kept.
    refused = "2026-03-09 not done, entry: vaccine.2, reason: refused\n"
    found = planned(refused)
    assert [f"{found.by_id[f'diary.2.{day}'].status}" for day in (1, 2, 3)] == ["cancelled"] * 3
    assert [f"{entry.date}" for entry in found.entries if entry.id.startswith("diary.2")] == ["None"] * 3
    assert found.by_id["diary.2.1"].because.event_numbers() == {3}
    written = planned(f"{refused}2026-03-10 visit done, entry: diary.2.2")
    assert f"{written.by_id['diary.2.2'].status}" == "done"


def test_the_diary_of_a_given_dose_goes_on_when_no_further_dose_is_given() -> None:
    # Given on 2 March, discontinued on the 3rd: still written on the 3rd and 4th. Whoever withdraws from visits writes nothing.
    ended = planned("2026-03-03 discontinued, treatment: vaccine, reason: refused\n")
    assert {each.id: f"{each.status}" for each in ended.entries if each.id.startswith("diary.1")} == {
        "diary.1.1": "planned",
        "diary.1.2": "planned",
        "diary.1.3": "planned",
    }
    assert f"{ended.by_id['diary.2.1'].status}" == "cancelled"
    left = planned("2026-03-03 withdrew, from: all\n")
    assert f"{left.by_id['diary.1.3'].status}" == "cancelled"

"""A version of the protocol with other tablets: each cycle is made of those of the version that it was started under.

Version 1: 10 mg twice daily on days 1 to 14, of 5 mg tablets, 28 in a bottle. Two at once, 4 a day, 56 in all, 2 bottles.
From 9 March on version 2 has 10 mg tablets, 10 in a bottle. Cycle 1, begun on Monday 2 March 2026, goes on with those of
5 mg; cycle 2, on 30 March, takes one at once, 2 a day, 28 in all, 3 bottles.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scheduler.asking import ask
from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import Explanation, explain
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.folder.feeds import tablet_sizes
from scheduler.languages import Language
from scheduler.patient.events import parse_event
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import Work
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.reader.audience import Audience, Detail
from tests.dosing.story import told

TEXT = """
study days: first dose is Day 1
treatments:
  tablet:
    when: {{1: on first dose, then: 28 days after the previous cycle}}
    open: any day
    give: 10 mg twice daily by mouth on days 1-14
products: {{tablet: {products}}}
"""
OF_5 = "{unit: 5 mg tablet, pack: bottle of 28}"
OF_10 = "{unit: 10 mg tablet, pack: bottle of 10}"
OF_8_AND_2 = '{units: "8 mg tablet, 2 mg tablet, fewest"}'


def version(number: str, products: str, amendment: str = "") -> StudyVersion:
    head = f'study: OTHER\nversion: "{number}"\n{amendment}title: Another study\narms: {{all: everybody}}\n'
    return parse_protocol(head + TEXT.format(products=products), name="protocol.yaml")[0]


def moving_to(products: str) -> StudyVersion:
    amended = 'amendment: {of: "1.0", patients: may move, consent: not needed}\n'
    return replace(version("1.0", OF_5), others=(version("2.0", products, amended),))


BEGUN = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: tablet, cycle: 1
2026-03-02 dispensed, treatment: tablet, cycle: 1, quantity: 56
"""
MOVED = BEGUN + '2026-03-09 moved to version, version: "2.0"\n'
SECOND = MOVED + "2026-03-30 cycle started, treatment: tablet, cycle: 2\n"
LAST = date(2026, 4, 20)


def on(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


def made_of(explanation: Explanation) -> list[str]:
    return [each.sentence for each in explanation.lines if each.sentence.startswith("Made of")]


def test_the_pharmacy_hands_out_what_each_version_has() -> None:
    patient = patient_of(moving_to(OF_10), EVERY_DAY, told(MOVED), subject="A-1")
    found = dispensing_list([patient], on("03-01"), LAST)
    assert [(line.entry, line.product, line.units, line.packs, line.note) for line in found.lines] == [
        ("tablet.1.1", "5 mg tablet", 56, 2, "4 tablets x 14 days; 2 bottles of 28, surplus 0"),
        ("tablet.2.1", "10 mg tablet", 28, 3, "2 tablets x 14 days; 3 bottles of 10, surplus 2"),
    ]
    assert [(total.product, total.units, total.packs) for total in found.totals] == [
        ("5 mg tablet", 0, None),
        ("10 mg tablet", 28, 3),
    ]


def test_the_diary_and_the_feed_say_so_many_at_once_as_each_cycle_has() -> None:
    study, log = moving_to(OF_10), told(MOVED)
    calendar = calendar_of(study, EVERY_DAY, log, until=LAST)
    sizes = tablet_sizes(study, calendar)
    days = [on(day) for day in ("03-02", "03-08", "03-09", "03-15", "03-30", "04-12")]
    found = [patient_diary(calendar, day, day, Detail.FULL, tablets=sizes).days[0] for day in days]
    assert [tablets_in_words(day.tablets[0], Language.ENGLISH) for day in found] == [
        *["2 tablets, twice a day"] * 4,
        *["1 tablet, twice a day"] * 2,
    ]
    moment = datetime(2026, 3, 9, 9, tzinfo=UTC)
    feed = agenda(
        calendar,
        Audience.PATIENT,
        Detail.NEUTRAL,
        Language.ENGLISH,
        recorded=dict.fromkeys(range(1, 9), moment),
        published=moment,
        key=b"0123456789abcdef0123456789abcdef",
        zone="UTC",
        as_of=on("03-09"),
        tablets=sizes,
    )
    said = {item.first: item.summary for item in feed.items if "tablets" in item.summary}
    assert said[on("03-15")] == "Study tablets: 2 tablets, twice a day"
    assert said[on("03-30")] == "Study tablets: 1 tablet, twice a day"


def test_pill_counts_expect_what_each_version_has() -> None:
    log = told(SECOND + "2026-03-30 dispensed, treatment: tablet, cycle: 2, quantity: 30\n")
    counts = pill_counts(moving_to(OF_10), EVERY_DAY, log, LAST)
    assert [(each.cycle, each.dispensed, each.expected) for each in counts] == [(1, 56, 56), (2, 30, 28)]


def test_strengths_that_only_the_newer_version_has_are_told_from_its_cycles_on() -> None:
    """10 mg is one tablet of 8 mg and one of 2 mg: twice a day on 14 days, 28 of each. The last of 5 mg come back on 30 March."""
    study = moving_to(OF_8_AND_2)
    patient = patient_of(study, EVERY_DAY, told(MOVED), subject="A-1")
    found = dispensing_list([patient], on("03-01"), LAST)
    assert [(line.entry, line.work, line.product, line.units, line.collect) for line in found.lines] == [
        ("tablet.1.1", Work.DISPENSE, "5 mg tablet", 56, None),
        ("tablet.1.end", Work.COLLECT, "5 mg tablet", 0, "Tablet, cycle 1: 0 tablets, and empty packs"),
        ("tablet.2.1", Work.DISPENSE, "8 mg tablet", 28, None),
        ("tablet.2.1", Work.DISPENSE, "2 mg tablet", 28, None),
    ]
    words = "Tablet, cycle 2 is of other strengths: collect and count, hand out nothing of this one"
    assert found.lines[1].note == words
    calendar = calendar_of(study, EVERY_DAY, told(MOVED), until=LAST)
    made = [made_of(explain(calendar, entry, study, told(MOVED))) for entry in ("tablet.1.2", "tablet.2.2")]
    assert made == [[], ["Made of 1 x 8 mg + 1 x 2 mg tablets, the fewest."]]
    counts = pill_counts(study, EVERY_DAY, told(SECOND), LAST)
    assert [(each.cycle, each.strength, each.expected) for each in counts] == [(1, None, 56)]


@pytest.mark.parametrize(
    ("cycle", "quantity", "asked"), [(1, 28, []), (1, 10, ["quantity"]), (2, 30, []), (2, 28, ["quantity"])]
)
def test_whole_packs_are_those_of_the_version_of_the_cycle(cycle: int, quantity: int, asked: list[str]) -> None:
    event: dict[str, Any] = {
        "on": "2026-03-30",
        "event": "dispensed",
        "treatment": "tablet",
        "cycle": cycle,
        "quantity": quantity,
    }
    found = ask(moving_to(OF_10), EVERY_DAY, told(SECOND), [parse_event(event)], today=on("03-30"))
    assert [each.field for each in found if "packs" in str(each.what)] == asked


@pytest.mark.parametrize(
    ("products", "now"),
    [(OF_10, "10 mg tablet"), (OF_8_AND_2, "8 mg tablet and 2 mg tablet")],
)
def test_what_a_move_changes_says_which_tablets_later_cycles_are_of(products: str, now: str) -> None:
    """Cycle 1 goes on with those of 5 mg; cycles 2 and later, from 30 March on, have others. The dose stays 10 mg."""
    move = parse_event({"on": "2026-03-09", "event": "moved to version", "version": "2.0"})
    found = what_would_change(moving_to(products), EVERY_DAY, told(BEGUN), [move], until=on("05-10")).changes
    assert [(str(each.on), str(each.sentence)) for each in found if " mg tablet" in str(each.sentence)] == [
        ("2026-03-30", f"tablet.2 to .3: {now} instead of 5 mg tablet"),
    ]

"""A reaction whose dose nobody has decided yet: no feed names a dose for the day on which the next cycle would start."""

from datetime import UTC, date, datetime

import pytest

from scheduler import parse_event, read_case
from scheduler.exports.ics import to_ics
from scheduler.patient.log import Log
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.readers import home_assistant
from tests.seed import FOLDER

CASE = read_case(FOLDER / "patients" / "EXP-001.yaml")
REACTED = CASE.log.append_unchecked(
    parse_event(
        {
            "on": "2026-06-02",
            "event": "adverse event",
            "ae": 9,
            "term": "hand-foot skin reaction",
            "grade": 3,
            "related": ["regorafenib"],
        }
    )
)
CYCLE_4 = date(2026, 6, 3)
MOMENT = datetime(2026, 6, 2, 9, tzinfo=UTC)


def visits_on_the_day(log: Log, audience: Audience, detail: Detail) -> list[tuple[str, str, int]]:
    """What another program reads there: summary, the first line of the description, the sequence."""
    recorded = {record.number: MOMENT for record in log.records}
    seen = agenda(
        CASE.calendar_with(log),
        audience,
        detail,
        recorded=recorded,
        published=datetime(2026, 1, 1, tzinfo=UTC),
        key=b"0123456789abcdef0123456789abcdef",
        zone=CASE.site.zone,
        as_of=date(2026, 6, 2),
    )
    return [
        (each.summary or "", each.description.partition("\n")[0], each.sequence or 0)
        for each in home_assistant(to_ics(seen))
        if isinstance(each.start, datetime) and each.start.date() == CYCLE_4
    ]


@pytest.mark.parametrize(
    ("audience", "detail", "before", "after"),
    [
        (
            Audience.PATIENT,
            Detail.FULL,
            ("Study visit: Regorafenib, cycle 4", "08:30 Regorafenib, cycle 4: 80 mg"),
            ("To be confirmed: Study visit: Regorafenib, cycle 4", "08:30 Regorafenib, cycle 4"),
        ),
        (
            Audience.PATIENT,
            Detail.NEUTRAL,
            ("Study visit", "At 08:30"),
            ("To be confirmed: Study visit", "At 08:30"),
        ),
    ],
)
def test_a_dose_that_waits_for_a_decision_is_not_named(
    audience: Audience, detail: Detail, before: tuple[str, str], after: tuple[str, str]
) -> None:
    [(*was, was_number)] = visits_on_the_day(CASE.log, audience, detail)
    [(*now, number)] = visits_on_the_day(REACTED, audience, detail)
    assert (tuple(was), tuple(now)) == (before, after)
    assert (was_number < number, number) == (True, REACTED.length)

"""What holds for every entry of every scenario: a date has its reasons, and a sentence has a source that exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.telling.explain import explain
from scheduler.calendar.telling.explanation import Explanation
from scheduler.protocol.plan.clause import Clause
from tests.calendar.tellings import FILES, Patient, by_theme, ids, patient_of
from tests.seed import FOLDER, VERSION

LINES = len((FOLDER / "protocol.yaml").read_text("utf-8").splitlines())


@dataclass(frozen=True)
class Told:
    """A patient, and all that can be explained of it, each with its explanation."""

    who: Patient
    of: dict[str, Explanation]


@pytest.fixture(scope="module", params=FILES, ids=by_theme)
def told(request: pytest.FixtureRequest) -> Told:
    """Explained once for all tests of this file, which come one after the other for the same patient."""
    who = patient_of(request.param)
    return Told(who, {asked: explain(who.calendar, asked, VERSION, who.log) for asked in ids(who.calendar)})


def test_every_date_has_a_sentence_of_the_protocol_or_an_event(told: Told) -> None:
    bare = [
        entry.id
        for entry in told.who.calendar.entries
        if entry.date is not None and not any(isinstance(reason, Clause | Event) for reason in entry.because.set_by)
    ]
    assert bare == []


def test_every_sentence_names_a_source_that_exists(told: Told) -> None:
    who = told.who
    days = {day: explain(who.calendar, day, VERSION, who.log) for day in _days(who)}
    for asked, explained in (told.of | days).items():
        unknown = [
            each.source
            for each in (*explained.lines, *explained.looked_at)
            if each.source is not None and not _exists(each.source, who)
        ]
        assert unknown == [], asked
        assert explained.lines, asked


def test_what_is_to_be_explained_next_can_be_explained(told: Told) -> None:
    who = told.who
    for following in {name for explained in told.of.values() for name in explained.explain_next}:
        assert (told.of.get(following) or explain(who.calendar, following, VERSION, who.log)).title


def test_no_sentence_is_told_twice(told: Told) -> None:
    for asked, explained in told.of.items():
        every = [each.sentence for each in (*explained.lines, *explained.looked_at)]
        assert sorted(set(every)) == sorted(every), asked


def _days(who: Patient) -> list[str]:
    """The first and the last day of every run."""
    return [
        f"{entry.id}.{day}"
        for entry in who.calendar.entries
        for run in entry.runs
        for day in {run.first_day, run.last_day}
    ]


def _exists(source: str, who: Patient) -> bool:
    if found := re.fullmatch(r"protocol\.yaml:([0-9]+)", source):
        return 1 <= int(found[1]) <= LINES
    if found := re.fullmatch(r"event ([0-9]+)", source):
        return who.log.record(int(found[1])) is not None
    if source == "site" or source.startswith("site: "):
        return True
    known = {*ids(who.calendar), *who.calendar.reasons}
    return source in known or f"{source}.1" in known

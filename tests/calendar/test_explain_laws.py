"""What holds for every entry of every scenario: a date has its reasons, and a sentence has a source that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.plan.clause import Clause
from tests.calendar.tellings import FILES, Patient, by_theme, ids, patient_of
from tests.seed import FOLDER, VERSION

LINES = len((FOLDER / "protocol.yaml").read_text("utf-8").splitlines())


@pytest.mark.parametrize("path", FILES, ids=by_theme)
def test_every_date_has_a_sentence_of_the_protocol_or_an_event(path: Path) -> None:
    bare = [
        entry.id
        for entry in patient_of(path).calendar.entries
        if entry.date is not None and not any(isinstance(reason, Clause | Event) for reason in entry.because.set_by)
    ]
    assert bare == []


@pytest.mark.parametrize("path", FILES, ids=by_theme)
def test_every_sentence_names_a_source_that_exists(path: Path) -> None:
    who = patient_of(path)
    for asked in (*ids(who.calendar), *_days(who)):
        told = explain(who.calendar, asked, VERSION, who.log)
        unknown = [
            each.source
            for each in (*told.lines, *told.looked_at)
            if each.source is not None and not _exists(each.source, who)
        ]
        assert unknown == [], asked
        assert told.lines, asked


@pytest.mark.parametrize("path", FILES, ids=by_theme)
def test_what_is_to_be_explained_next_can_be_explained(path: Path) -> None:
    who = patient_of(path)
    for asked in ids(who.calendar):
        for following in explain(who.calendar, asked, VERSION, who.log).explain_next:
            assert explain(who.calendar, following, VERSION, who.log).title


@pytest.mark.parametrize("path", FILES, ids=by_theme)
def test_no_sentence_is_told_twice(path: Path) -> None:
    who = patient_of(path)
    for asked in ids(who.calendar):
        told = explain(who.calendar, asked, VERSION, who.log)
        every = [each.sentence for each in (*told.lines, *told.looked_at)]
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

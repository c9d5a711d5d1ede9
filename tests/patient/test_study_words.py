"""Names of a study in an event: an activity or a site that it has not, asked with what was likely meant."""

from __future__ import annotations

import pytest

from scheduler.patient.events import parse_event
from scheduler.patient.study_words import study_words_of
from scheduler.source.node import Data
from tests.seed import VERSION

SITES = ("Shanghai", "Beijing")


def said(**fields: Data) -> list[tuple[str, str, str | None]]:
    event = parse_event({"on": "2026-03-02", **fields})
    return [(each.code, each.severity.value, each.hint) for each in study_words_of(event, VERSION, SITES)]


@pytest.mark.parametrize("activity", ["ECG", "troponin", "pregnancy test", "ALT"])
def test_an_activity_of_the_study_and_a_laboratory_test_are_known(activity: str) -> None:
    assert said(event="unscheduled visit", activities=[activity]) == []


def test_a_misspelt_activity_is_asked_with_what_was_meant() -> None:
    assert said(event="unscheduled visit", activities=["pregnancy tset"]) == [
        ("unknown-activity", "warning", "did you mean 'pregnancy test'?")
    ]


def test_another_spelling_is_said() -> None:
    assert said(event="unscheduled visit", activities=["tumor markers"]) == [("read-as", "note", None)]


def test_a_site_that_the_study_has_not_is_refused() -> None:
    assert said(event="site transferred", site="Beijing") == []
    assert said(event="site transferred", site="Bejing") == [("unknown-site", "error", "did you mean 'Beijing'?")]

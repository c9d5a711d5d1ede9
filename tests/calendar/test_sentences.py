"""Reasons in a few words: enough to trust a date, and nothing that somebody wrote about a patient."""

from scheduler.calendar.entries.because import After, Because, Closed, Event, Unknown
from scheduler.calendar.entries.sentences import sentences
from scheduler.protocol.plan.clause import Clause
from scheduler.said import said
from tests.calendar.tellings import EXPERIMENTAL, patient

SECRET = "told his wife's name"


def test_every_kind_of_reason_has_its_words():
    calendar = patient(EXPERIMENTAL).calendar
    because = Because(
        (
            Clause(47, "21 days ±3 after dose 1 (A4)", ("A4",)),
            After("radiotherapy.5"),
            Event(2),
            Closed(739703, 739704, "Saturday"),
            Closed(739703, 739703, "Saturday"),
            Unknown(said("the end of treatment")),
        )
    )
    assert tuple(map(str, sentences(because, calendar))) == (
        "protocol line 47: 21 days ±3 after dose 1 (A4)",
        "after radiotherapy.5",
        "event 2: cycle started",
        "closed 2026-03-28..2026-03-29: Saturday",
        "closed 2026-03-28: Saturday",
        "not known yet: the end of treatment",
    )


def test_a_reason_is_told_once_and_what_did_not_bind_is_not_told():
    calendar = patient(EXPERIMENTAL).calendar
    because = Because((Event(2), Event(2)), looked_at=(After("toripalimab.1"),))
    assert tuple(map(str, sentences(because, calendar))) == ("event 2: cycle started",)


def test_an_event_that_the_calendar_does_not_know_is_its_number():
    assert tuple(map(str, sentences(Because((Event(99),)), patient(EXPERIMENTAL).calendar))) == ("event 99",)


def test_corrections_and_strikes_name_the_event_that_they_are_about():
    wrong = {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1}
    corrected = {"on": "2026-03-03", "event": "corrected", "number": 1, "with": wrong, "reason": SECRET}
    struck = {"on": "2026-03-04", "event": "struck", "number": 2, "reason": SECRET}
    assert patient((wrong, corrected, struck)).calendar.event_kinds == {
        1: "given",
        2: "corrects event 1",
        3: "strikes event 2",
    }


def test_nothing_that_a_person_wrote_is_in_them():
    held = {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": SECRET, "by": SECRET}
    calendar = patient((*EXPERIMENTAL, held)).calendar
    told = [
        str(sentence)
        for entry in calendar.entries
        for because in (entry.because, *(run.because for run in entry.runs))
        for sentence in sentences(because, calendar)
    ]
    assert "event 4: held" in told
    assert [sentence for sentence in told if SECRET in sentence] == []

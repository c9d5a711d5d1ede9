"""What somebody finds who remembers a word: a patient, a visit, an event, a lot, a line of the protocol."""

from __future__ import annotations

from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.views.whole_site.searching import MOST_FOUND, Line, Sort, found, lines_of_patient, lines_of_protocol
from tests.views.told import CONTROL, patient

DISPENSED = """
  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, quantity: 84, lot: RX-16, expires: 2027-01-31}
  - {on: 2026-03-16, event: adverse event, ae: 1, grade: 2, related: [regorafenib], term: Fatigue}
"""


def lines() -> tuple[Line, ...]:
    events = CONTROL + DISPENSED
    case = parse_case(f"protocol: protocol.yaml\nevents:\n{events}", name="EXP-001.yaml")
    return lines_of_patient(patient(events), log_of(case.events), str)


def of(asked: str, *also: Line) -> dict[Sort, list[str | None]]:
    return {each.sort: [hit.where for hit in each.hits] for each in found(asked, (*lines(), *also))}


def test_a_lot_is_found_with_the_event_that_names_it() -> None:
    # Events 1 and 2 are randomisation and the first tablets; the third is what was handed out.
    assert of("rx-16") == {Sort.EVENT: ["3"], Sort.LOT: ["3"]}
    assert [str(hit.what) for each in found("rx-16", lines()) for hit in each.hits if each.sort is Sort.LOT] == [
        "regorafenib is handed out, 84 in all, lot RX-16, expiry Sunday 31 January 2027"
    ]


def test_a_number_is_found_only_where_it_stands_by_itself() -> None:
    text = "until: 6 fractions\n\nversion: 2026-16\n"
    protocol = lines_of_protocol("1.0", text, str)
    assert [line.hit.where for line in protocol] == ["1", "3"]
    assert [[hit.where for hit in each.hits] for each in found("6", protocol)] == [["1"]]


def test_all_words_have_to_be_there_and_no_word_finds_nothing() -> None:
    assert of("fatigue grade") == {Sort.EVENT: ["4"]}
    assert of("fatigue imaging") == {}
    assert of("  ") == {}


def test_a_patient_is_found_by_the_number_and_by_the_arm() -> None:
    assert of("exp-001")[Sort.SUBJECT] == [None]
    assert of("control")[Sort.SUBJECT] == [None]


def test_visits_come_by_date_and_no_more_than_can_be_read() -> None:
    answer = next(each for each in found("imaging", lines()) if each.sort is Sort.VISIT)
    days = [hit.on for hit in answer.hits if hit.on is not None]
    assert days == sorted(days, reverse=True)
    many = lines_of_protocol("1.0", "scan\n" * (MOST_FOUND + 5), str)
    told = found("scan", many)[0]
    assert (len(told.hits), told.number) == (MOST_FOUND, MOST_FOUND + 5)

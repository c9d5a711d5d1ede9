"""2.50 mg is shown as 2.5 mg wherever somebody reads a dose: 1.0 mg is read as 10 mg (ISMP, error-prone designations)."""

from __future__ import annotations

import pytest

from scheduler.calendar.telling.events_in_words import event_in_words
from scheduler.site.site import EVERY_DAY
from scheduler.source.ambiguous import without_zeros
from scheduler.views.looking_back.background import background_of
from scheduler.views.patients import patient_of
from scheduler.views.table_of_dates import table_of_dates
from tests.dosing.story import told
from tests.studies.telling import calendar, study

TABLETS = study("""study days: first dose is Day 1
treatments:
  tablet:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: once daily by mouth on days 1-21
    levels: 2.50, 1.0 mg
""")


def test_a_list_of_dates_has_none() -> None:
    found = calendar(
        TABLETS,
        "2026-03-02 cycle started, treatment: tablet, cycle: 1\n"
        "2026-03-05 taken, treatment: tablet, from: 2026-03-05, to: 2026-03-06, amount: 2.00 mg\n"
        "2026-03-12 dose changed, treatment: tablet, level: -1, dose: 1.00 mg",
    )
    table = table_of_dates(found, lambda _: ())
    amounts = {str(row[table.columns.index("dose")]) for row in table.rows}
    assert amounts - {"None"} == {"2.5", "2", "1"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "dose changed, treatment: tablet, level: -1, dose: 1.00 mg",
            "the dose of tablet is changed to 1 mg (level -1)",
        ),
        ("medicine started, name: prednisone, dose: 10.0 mg", "prednisone is started, 10 mg a day"),
        # A value keeps how exact it is.
        ("attribute, name: weight, value: 70.0 kg", "weight: 70.0 kg"),
        ("measured, test: ALT, value: 40.0, unit: U/L", "ALT is 40.0 U/L"),
    ],
)
def test_what_was_recorded_is_told_without(line: str, said: str) -> None:
    record = told(f"2026-03-12 {line}").records[0]
    assert str(event_in_words(1, record.event)) == f"Event 1, Thursday 12 March 2026: {said}"


def test_other_medicines_are_listed_without() -> None:
    log = told("2026-03-12 medicine started, name: prednisone, dose: 10.0 mg, route: oral")
    patient = patient_of(TABLETS, EVERY_DAY, log, subject="X-1")
    assert [each.value for each in background_of(patient)] == ["10 mg, oral"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("1.0 mg", "1 mg"),
        ("2.50 mg/m2", "2.5 mg/m2"),
        ("0.050 mg", "0.05 mg"),
        ("2.05 mg", "2.05 mg"),
        ("100 mg", "100 mg"),
        ("AUC 5.0", "AUC 5"),
        ("0.50-2.0 Gy prescribed per lesion", "0.5-2 Gy prescribed per lesion"),
        ("2.50 mg once daily (version-1.10, label 2.0)", "2.5 mg once daily (version-1.10, label 2.0)"),
        ("section 4.2.10", "section 4.2.10"),
    ],
)
def test_zeros_behind_the_point_alone_are_left_out(text: str, short: str) -> None:
    assert without_zeros(text) == short

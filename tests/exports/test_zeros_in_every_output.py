"""No output has a dose with zeros behind the point, though protocol and records were written with them (ISMP: 1.0 is 10)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from scheduler import (
    EVERY_DAY,
    Case,
    Imprint,
    calendar_as_html,
    calendar_as_json,
    deviations_of,
    diary_as_pdf,
    dispensing_list,
    explain,
    exposure_of,
    ledger_of,
    parse_protocol,
    patient_diary,
    pill_counts,
    reasons_of,
    table_as_csv,
    table_of_dates,
    table_of_exposure,
    tables_as_pdf,
    tables_as_xlsx,
    worklist,
)
from scheduler.calendar.entries.entry import Calendar
from scheduler.exports.json import table_as_json
from scheduler.folder.feeds import patient_feed, site_feed, subject_of, tablet_sizes
from scheduler.views.patients import patient_of
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.table import Table
from tests.dosing.story import told
from tests.exports.paper.reading import read_pdf

PROTOCOL = """
study: ZEROS
version: "2"
title: Zeros behind the point
arms: {all: everybody}
study days: first dose is Day 1
treatments:
  tablet:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: once daily by mouth on days 1-21
    levels: 2.50, 1.0 mg
    until: at most 3 cycles
  infusion:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    give: 6.50 mg/kg intravenously over 30 minutes
    weight: in force
    round to: 0.50 mg
    at most: 500.0 mg a dose
    at most in total: 2000.0 mg
    until: at most 3 doses
  radiotherapy:
    when: {1: on Study Day 22, then: 1 day after the previous fraction}
    give: 2.0 Gy
    until: 5 fractions
  drops:
    when: {1: on first dose}
    give: 40.0 mg/m2 by mouth on days 1-3
    body surface: Mosteller, at most 2.0 m2
    round to: 0.10 mL
  by-age:
    when: on first dose
    give: 20.0 mg by mouth
    dose by: ["age up to 75 years at first dose: the full dose", "age above 75 years at first dose: 10.0 mg"]
products:
  tablet: {unit: "0.50 mg tablet", pack: bottle of 28}
  infusion: {unit: 250.0 mg vial}
  drops: {unit: "5.0 mg/mL oral solution, measured to 0.10 mL", pack: bottle of 100 mL}
"""
STORY = """2026-02-27 randomised, arm: all
2026-02-27 attribute, name: weight, value: 70 kg
2026-02-27 attribute, name: height, value: 170 cm
2026-02-27 attribute, name: age, value: 80 years
2026-03-02 cycle started, treatment: tablet, cycle: 1
2026-03-02 given, treatment: infusion, n: 1, amount: 450.0 mg
2026-03-05 taken, treatment: tablet, from: 2026-03-05, to: 2026-03-06, amount: 2.00 mg
2026-03-12 dose changed, treatment: tablet, level: -1, dose: 1.00 mg
2026-03-12 medicine started, name: prednisone, dose: 10.0 mg, route: oral
2026-03-23 given, treatment: infusion, n: 2, amount: 400.50 mg"""
LAST = date(2026, 3, 24)
KEY = b"0123456789abcdef0123456789abcdef"
IMPRINT = Imprint("ZEROS", "2", 10)


@cache
def case() -> Case:
    version, _ = parse_protocol(PROTOCOL, name="protocol.yaml")
    return Case(Path("zeros.yaml"), version, EVERY_DAY, told(STORY), "S-001", until=date(2026, 6, 30))


@cache
def made() -> Calendar:
    return case().calendar(date(2026, 6, 30))


@cache
def lists() -> tuple[Table, ...]:
    """All lists of a patient with doses; a share in per cent is no dose."""
    what = (case().version, case().site, case().log)
    patient = patient_of(*what, subject="S-001")
    ledger = ledger_of("ZEROS", [("S-001", deviations_of(*what, on=LAST))], LAST)
    return (
        table_of_dates(made(), reasons_of(made())),
        *dispensing_list([patient], date(2026, 3, 1), date(2026, 4, 30)).tables(),
        worklist([patient], LAST).table(),
        ledger.table(),
        _without_shares(table_of_exposure(exposure_of(*what, LAST), pill_counts(*what, LAST))),
    )


def _without_shares(table: Table) -> Table:
    kept = [index for index, column in enumerate(table.columns) if "%" not in column]
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return Table(table.title, tuple(table.columns[index] for index in kept), rows)


def _feeds() -> str:
    subject = subject_of(case(), date(2026, 6, 30))
    of_patient = [patient_feed(case(), subject, KEY, each) for each in (Detail.FULL, Detail.NEUTRAL)]
    of_site = [site_feed([subject], each, EVERY_DAY, KEY, LAST) for each in (Audience.COORDINATOR, Audience.PHARMACY)]
    return "\n".join(each.decode().replace("\r\n ", "") for each in (*of_patient, *of_site))


def _explained() -> str:
    return "\n".join(str(explain(made(), entry.id, case().version, case().log)) for entry in made().entries)


def _page() -> str:
    return re.sub("<[^>]*>", " ", calendar_as_html(made(), reasons_of(made()), today=LAST, months=True))


def _workbook() -> str:
    with zipfile.ZipFile(io.BytesIO(tables_as_xlsx(*lists()))) as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name or "sharedStrings" in name]
        found = "\n".join(book.read(name).decode() for name in sheets)
    return "\n".join(re.findall("<(?:v|t)[^>]*>([^<]*)<", found))


def _papers() -> str:
    diary = patient_diary(made(), date(2026, 3, 2), date(2026, 4, 5), Detail.FULL, tablets=tablet_sizes(case().version))
    papers = (diary_as_pdf(diary, IMPRINT), tables_as_pdf(*lists(), imprint=IMPRINT, title="Lists"))
    return "\n".join(read_pdf(each).text for each in papers)


OUTPUTS: dict[str, tuple[Callable[[], str], str]] = {
    "ics": (_feeds, "450 mg"),
    "csv": (lambda: "\n".join(map(table_as_csv, lists())), "6.5 mg/kg"),
    "json": (
        lambda: "\n".join([calendar_as_json(made(), reasons_of(made())), *map(table_as_json, lists())]),
        "2.5, 1 mg",
    ),
    "html": (_page, "6.5 mg/kg"),
    "explain": (_explained, "rounded to 0.5 mg"),
    "xlsx": (_workbook, "400.5"),
    "pdf": (_papers, "6.5 mg/kg"),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_number_has_zeros_behind_the_point(output: str) -> None:
    make, among_it = OUTPUTS[output]
    found = make()
    assert among_it in found
    assert re.findall(r"(?<![\w.:])[0-9]+\.[0-9]*0(?![0-9.]).{0,20}", found) == []

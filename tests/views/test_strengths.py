"""Tablets of several strengths, counted by hand from the SUNLIGHT regimen: lists, diaries, feeds, counts and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import explain
from scheduler.asking import ask
from scheduler.calendar.comparing.change import What
from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.exports.tables.csv import table_as_csv
from scheduler.exports.told import in_its_language
from scheduler.folder.feeds import tablet_sizes
from scheduler.languages import Language
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.looking_back.exposure import table_of_exposure
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.reader.audience import Audience, Detail
from scheduler.vocabulary.dosage_forms import Count
from tests.views.told import on

SUNLIGHT = Path(__file__).parents[2] / "examples" / "regimens" / "sunlight" / "protocol.yaml"
DRUG = "trifluridine-tipiracil"

BODY = """
  - {on: 2026-02-27, event: attribute, name: weight, value: 70}
  - {on: 2026-02-27, event: attribute, name: height, value: 175}
"""
"""1.84 m2: 64.4 mg, 65 mg: 1 x 20 and 3 x 15 mg."""

STARTED = f"""{BODY}
  - {{on: 2026-03-02, event: cycle started, treatment: {DRUG}, cycle: 1}}
  - {{on: 2026-03-02, event: given, treatment: bevacizumab, n: 1, day: 1}}
"""

HANDED_OUT = f"""
  - {{on: 2026-03-02, event: dispensed, treatment: {DRUG}, cycle: 1, quantity: 20, strength: 20 mg, expires: 2027-01-31}}
  - {{on: 2026-03-02, event: dispensed, treatment: {DRUG}, cycle: 1, quantity: 60, strength: 15.0 mg, lot: B7}}
"""


def version() -> StudyVersion:
    return parse_protocol(SUNLIGHT.read_text("utf-8"), name="protocol.yaml")[0]


def log(*events: str) -> Log:
    text = f"protocol: protocol.yaml\nsubject: L-001\nevents:{''.join(events)}"
    return log_of(parse_case(text, name="case.yaml").events)


def patient(*events: str) -> Patient:
    return patient_of(version(), EVERY_DAY, log(*events), subject="L-001")


def tablets(found: DispensingList) -> list[tuple[str, str | None, Count | None, int | None]]:
    lines = (line for line in found.everything if line.treatment == DRUG)
    return [(line.entry.removeprefix(f"{DRUG}."), line.strength, line.units, line.packs) for line in lines]


def march(*patients: Patient, last: str = "03-31", printed: Iterable[object] = ()) -> DispensingList:
    return dispensing_list(patients, on("03-01"), on(last))


def test_each_strength_has_its_line_its_packs_and_its_total() -> None:
    # 1 x 20 and 3 x 15 mg, twice a day for 10 days: 20 tablets in one bottle of 20, and 60 in three.
    found = march(patient(STARTED), last="03-29")
    assert tablets(found) == [("1.1", "20 mg", 20, 1), ("1.1", "15 mg", 60, 3)]
    lines = [line for line in table_as_csv(found.table()).splitlines() if DRUG in line]
    assert [line.partition(",0,")[2] for line in lines] == [
        '20,1,no record,"2 tablets of 20 mg x 10 days; 1 bottle of 20, surplus 0; the cycle was started and nobody recorded '
        'what was handed out",20 mg tablet',
        '60,3,no record,"6 tablets of 15 mg x 10 days; 3 bottles of 20, surplus 0; the cycle was started and nobody recorded '
        'what was handed out",15 mg tablet',
    ]


def test_the_totals_are_by_product() -> None:
    # Cycles 1 and 2 of two patients who are planned: 2 x 2 x 20 and 2 x 2 x 60. 350 mg is one vial of 400 mg, 4 times 2.
    planned = f"{BODY}\n  - {{on: 2026-02-27, event: first dose planned, to: 2026-03-02}}\n"
    first = patient(planned)
    second = replace(first, calendar=replace(first.calendar, subject="L-002"))
    found = march(first, second, last="04-20")
    assert [(each.treatment, each.product, each.units, each.packs) for each in found.totals] == [
        ("bevacizumab", "400 mg vial", 8, None),
        (DRUG, "20 mg tablet", 80, 4),
        (DRUG, "15 mg tablet", 240, 12),
    ]


LOWER = f"""
  - {{on: 2026-03-09, event: dose changed, treatment: {DRUG}, level: -1, dose: 30 mg/m2, by: Dr Example}}
"""


def test_a_lower_level_inside_a_cycle_is_another_number_of_each_strength() -> None:
    # 30 x 1.84 = 55.2, 55 mg: 2 x 20 and 1 x 15. Days 1 to 5 took 10 and 30; days 8 to 12 need 20 and 10.
    # Of 20 mg 10 are left, so 10 are short: one bottle. Of 15 mg 30 are left and 10 are needed: none.
    found = march(patient(STARTED, HANDED_OUT, LOWER), last="03-20")
    assert tablets(found)[2:] == [("1.8", "20 mg", 10, 1), ("1.8", "15 mg", 0, 0)]
    assert [line.note for line in found.lines if line.entry == f"{DRUG}.1.8"] == [
        "the dose changes; 20 tablets of 20 mg needed to the end of the cycle, 10 tablets of 20 mg should be left; "
        "recount and relabel",
        "the dose changes; 10 tablets of 15 mg needed to the end of the cycle, 30 tablets of 15 mg should be left; "
        "recount and relabel",
    ]


LOWEST_BUT_ONE = f"""
  - {{on: 2026-03-09, event: dose changed, treatment: {DRUG}, level: -1, dose: 30 mg/m2, by: Dr Example}}
  - {{on: 2026-03-10, event: dose changed, treatment: {DRUG}, level: -2, dose: 25 mg/m2, by: Dr Example}}
"""


def test_a_strength_that_no_dose_is_made_of_any_more_is_collected() -> None:
    # 25 x 1.84 = 46, 45 mg: 3 x 15. Of 20 mg 20 were handed out; 10 were taken on days 1 to 5 and 4 on day 8: 6 are left.
    found = march(patient(STARTED, HANDED_OUT, LOWEST_BUT_ONE), last="03-20")
    line = next(line for line in found.everything if (line.entry, line.strength) == (f"{DRUG}.1.9", "20 mg"))
    assert (line.units, line.collect) == (0, "6 tablets of 20 mg should be left")
    assert line.note is not None
    assert line.note.endswith("no dose is made of them any more: collect them")
    # The next cycle collects what the patient has of it; the one after it has no line of it at all.
    later = march(patient(STARTED, HANDED_OUT, LOWEST_BUT_ONE), last="04-30")
    assert [(name, strength) for name, strength, *_ in tablets(later) if name in ("2.1", "3.1")] == [
        ("2.1", "20 mg"),
        ("2.1", "15 mg"),
        ("3.1", "20 mg"),
        ("3.1", "15 mg"),
    ]


def test_a_patient_whose_dose_is_made_of_one_strength_has_lines_of_that_alone() -> None:
    # 1.25 m2: 43.75, 45 mg: 3 x 15.
    small = "\n  - {on: 2026-02-27, event: attribute, name: weight, value: 40}" + (
        "\n  - {on: 2026-02-27, event: attribute, name: height, value: 140}"
        "\n  - {on: 2026-02-27, event: first dose planned, to: 2026-03-02}\n"
    )
    assert tablets(march(patient(small))) == [("1.1", "15 mg", 60, 3), ("2.1", "15 mg", 60, 3)]


@pytest.mark.parametrize(
    ("detail", "language", "words"),
    [
        (Detail.FULL, Language.ENGLISH, "1 x 20 mg + 3 x 15 mg tablets, twice a day"),
        (Detail.FULL, Language.CHINESE, "每次 20 mg × 1 + 15 mg × 3（片），每日两次"),
        (Detail.STANDARD, Language.ENGLISH, "Study tablets"),
        (Detail.NEUTRAL, Language.ENGLISH, "Study tablets"),
        (Detail.NEUTRAL, Language.CHINESE, "研究药片"),
    ],
)
def test_diary_and_feed_count_by_strength_and_below_full_detail_not_at_all(
    detail: Detail, language: Language, words: str
) -> None:
    calendar, sizes = patient(STARTED).calendar, tablet_sizes(version())
    day = patient_diary(calendar, on("03-03"), on("03-03"), detail, language, sizes).days[0]
    assert [tablets_in_words(line, language) for line in day.tablets] == [words]
    moment = datetime(2026, 2, 27, 9, tzinfo=UTC)
    feed = in_its_language(
        agenda(
            calendar,
            Audience.PATIENT,
            detail,
            language,
            recorded=dict.fromkeys(range(1, 9), moment),
            published=moment,
            key=b"0123456789abcdef0123456789abcdef",
            zone="UTC",
            as_of=on("03-02"),
            tablets=sizes,
        )
    )
    (item,) = [item for item in feed.items if item.first == on("03-03")]
    full = detail is Detail.FULL
    assert item.summary == (f"{DRUG}{': ' if language is Language.ENGLISH else '：'}{words}" if full else words)
    assert item.description == (
        ("65 mg twice daily" if language is Language.ENGLISH else "每次 65 mg，每日两次",)
        if full
        else ("Your tablets come in more than one strength. Take them as your study team told you.",)
        if language is Language.ENGLISH
        else ("您的研究药片有一种以上的规格，请按研究团队的说明服用。",)
    )


RETURNED = f"""
  - {{on: 2026-03-30, event: returned, treatment: {DRUG}, cycle: 1, quantity: 0, strength: 20 mg}}
  - {{on: 2026-03-30, event: returned, treatment: {DRUG}, cycle: 1, quantity: 9, strength: 15 mg}}
  - {{on: 2026-03-30, event: lost, treatment: {DRUG}, cycle: 1, quantity: 1, strength: 15 mg}}
"""


def test_pill_counts_are_by_strength() -> None:
    # Of 20 mg 20 are gone as expected. Of 15 mg 60 - 9 - 1 = 50 are gone, of 60 expected.
    told = log(STARTED, HANDED_OUT, RETURNED)
    counts = pill_counts(version(), EVERY_DAY, told, date(2026, 3, 30))
    assert [
        (each.strength, each.dispensed, each.returned, each.lost, each.taken, each.expected) for each in counts
    ] == [
        ("20 mg", 20, 0, None, 20, 20),
        ("15 mg", 60, 9, 1, 50, 60),
    ]
    table = table_of_exposure(exposure_of(version(), EVERY_DAY, told, date(2026, 3, 30)), counts)
    row = next(row for row in table.rows if row[:3] == (DRUG, DRUG, 1))
    cells = dict(zip(table.columns, row, strict=True))
    assert (cells["dispensed"], cells["lost"], cells["compliance %"]) == (
        "20 mg: 20; 15 mg: 60",
        "15 mg: 1",
        "20 mg: 100.0; 15 mg: 83.3",
    )
    assert cells["pill count"] == "15 mg: 50 gone by the count, 60 by the days: 83.3 % of 60"


def test_more_back_of_one_strength_than_was_handed_out_is_on_the_worklist() -> None:
    # 21 of 20 mg came back, of 20; that 60 of 15 mg were handed out hides nothing.
    back = f"\n  - {{on: 2026-03-30, event: returned, treatment: {DRUG}, cycle: 1, quantity: 21, strength: 20 mg}}\n"
    told = worklist([patient(STARTED, HANDED_OUT, back)], on("03-30"))
    assert f"{DRUG} 20 mg cycle 1: 21 came back or were lost, 20 were handed out" in [
        str(line.title) for line in told.decisions
    ]


def asked(event: str) -> list[tuple[str, str, str | None]]:
    before, whole = log(STARTED, HANDED_OUT), log(STARTED, HANDED_OUT, event)
    new = whole.records[-1].event
    return [(each.code, each.field, str(each.hint)) for each in ask(version(), EVERY_DAY, before, [new], today=new.on)]


def returned(more: str) -> str:
    return f"\n  - {{on: 2026-03-30, event: returned, treatment: {DRUG}, cycle: 1, {more}}}\n"


def test_units_without_their_strength_are_refused_with_the_choices() -> None:
    hint = "write strength: 20 mg or 15 mg"
    assert asked(returned("quantity: 2")) == [("which-strength", "strength", f"{hint}, each in a record of its own")]
    assert asked(returned("quantity: 2, strength: 25 mg")) == [("which-strength", "strength", hint)]
    assert asked(returned("quantity: 2, strength: 20 mg")) == []


def test_packs_and_what_is_left_are_asked_of_the_strength() -> None:
    assert [code for code, *_ in asked(returned("quantity: 21, strength: 20 mg"))] == ["more-than-handed-out"]
    out = f"\n  - {{on: 2026-03-30, event: dispensed, treatment: {DRUG}, cycle: 1, quantity: 30, strength: 15 mg}}\n"
    assert "part-of-a-pack" in [code for code, *_ in asked(out)]


def taken(amount: str) -> str:
    return f"\n  - {{on: 2026-03-06, event: taken, treatment: {DRUG}, from: 2026-03-06, to: 2026-03-06, amount: {amount}}}\n"


@pytest.mark.parametrize(
    ("amount", "twenties", "fifteens"),
    [
        # One dose of the two: 65 mg has one way.
        ("65 mg", 19, 57),
        # Two doses of 60 mg: 3 x 20 each.
        ("120 mg", 24, 54),
        # 25 mg and 5 x 20 are no doses of this day; 100 mg in two doses is 2 x (20 + 15 + 15).
        ("100 mg", 20, 58),
        # 105 mg is 7 x 15, or 3 x 20 + 3 x 15, and no two equal doses make it.
        ("105 mg", None, None),
    ],
)
def test_a_report_counts_by_strength_where_it_says_which(
    amount: str, twenties: int | None, fifteens: int | None
) -> None:
    counts = pill_counts(version(), EVERY_DAY, log(STARTED, HANDED_OUT, taken(amount)), date(2026, 3, 29))
    assert [each.by_days for each in counts] == [twenties, fifteens]


@pytest.mark.parametrize(
    ("level", "dose", "words"),
    [
        ("-1", "30 mg/m2", "Made of 2 x 20 mg + 1 x 15 mg tablets, the fewest."),
        ("-2", "25 mg/m2", "Made of 3 x 15 mg tablets, the fewest."),
    ],
)
def test_explain_says_of_which_tablets_a_dose_is_made(level: str, dose: str, words: str) -> None:
    lower = f"\n  - {{on: 2026-03-09, event: dose changed, treatment: {DRUG}, level: {level}, dose: {dose}}}\n"
    told = log(STARTED, lower)
    found = explain(patient(STARTED, lower).calendar, f"{DRUG}.1.8", version(), told)
    assert words in [line.sentence for line in found.lines]
    before = explain(patient(STARTED, lower).calendar, f"{DRUG}.1.5", version(), told)
    assert "Made of 1 x 20 mg + 3 x 15 mg tablets, the fewest." in [line.sentence for line in before.lines]


def test_explain_says_that_no_tablets_make_a_dose() -> None:
    # 1.25 m2 at 20 mg/m2: 25 mg. By 20 and 15 mg, 20 and 30 mg can be made.
    small = STARTED.replace("value: 70", "value: 40").replace("value: 175", "value: 140")
    order = f"\n  - {{on: 2026-03-09, event: dose changed, treatment: {DRUG}, level: -3, dose: 20 mg/m2, override: sponsor}}\n"
    found = patient(small, order)
    said = explain(found.calendar, f"{DRUG}.1.8", version(), log(small, order))
    words = "25 mg cannot be made of 20 mg and 15 mg tablets: no list tells a number of them."
    assert words in [line.sentence for line in said.lines]
    planned = [finding for finding in found.calendar.findings if finding.code == "dose-cannot-be-made"]
    assert [(finding.entry, finding.hint) for finding in planned[:1]] == [
        (f"{DRUG}.2", "whole ones make 20, 30 mg; the investigator or the pharmacist decides")
    ]


def test_a_comparison_tells_each_strength() -> None:
    # 20 -> 30: days 1 to 5 at 65 mg and 8 to 12 at 55 mg take 10 + 20; 60 -> 40: 30 + 10.
    before, after = patient(STARTED), patient(STARTED, LOWER)
    plan = before.plan
    assert plan is not None
    found = compare_calendars(before.calendar, after.calendar, plan.products)
    changes = [str(each.sentence) for each in found if each.what is What.TABLETS and each.entries == (f"{DRUG}.1",)]
    assert changes == [
        f"{DRUG}.1: 30 tablets of 20 mg instead of 20",
        f"{DRUG}.1: 40 tablets of 15 mg instead of 60",
    ]


def test_what_changed_since_the_last_print_is_told_of_each_strength() -> None:
    before = march(patient(STARTED, HANDED_OUT), last="04-20")
    lower = patient(STARTED, HANDED_OUT, LOWER)
    found = dispensing_list([lower], on("03-30"), on("04-20"), before.everything)
    assert [(line.strength, line.changed) for line in found.lines if line.treatment == DRUG] == [
        (
            "20 mg",
            "changed since the last print: dose was 65, level was 0, units was 20, packs was 1",
        ),
        (
            "15 mg",
            "changed since the last print: dose was 65, level was 0, units was 60, packs was 3",
        ),
    ]


def test_vials_of_several_sizes_leave_the_least_over() -> None:
    # 350 mg: one of 400 mg leaves 50 mg, as four of 100 mg do; one is fewer. 5 x 82 = 410 mg: 400 and 100 mg leave 90 mg.
    heavy = STARTED.replace("value: 70", "value: 82")
    prepared = [line for line in march(patient(heavy), last="03-10").lines if line.treatment == "bevacizumab"]
    assert [(line.dose, line.strength, line.units) for line in prepared] == [
        (Decimal(410), "400 mg", 1),
        (Decimal(410), "100 mg", 1),
    ]

"""What is taken at home by its form: mL of a liquid, half tablets, patches and puffs, counted by hand on every list and paper.

A liquid of 40 mg/mL: 2.5 mg/kg of 39 kg are 97.5 mg, 2.4375 mL; to 0.1 mL 2.4 mL, which hold 96 mg. Twice a day 4.8 mL, on
21 days 100.8 mL: two bottles of 100 mL, 99.2 mL over. 7.5 mg of a scored 5 mg tablet are 1½ tablets, on 28 days 42. A patch on
days 1, 4 ... 28 is 10 patches. Two puffs twice a day are 4, on 28 days 112.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler import explain
from scheduler.asking import ask
from scheduler.errors import InvalidText
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.findings import Finding
from scheduler.folder.feeds import tablet_sizes
from scheduler.languages import Language
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import Diary, patient_diary
from scheduler.views.agenda.of_reader import agenda
from scheduler.views.imprint import Imprint
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.reader.audience import Audience, Detail
from scheduler.vocabulary.dosage_forms import FORMS, Count
from tests.exports.paper.reading import read_pdf
from tests.studies.telling import study

TREATMENTS = {
    "liquid": "{give: 2.5 mg/kg twice daily by mouth on days 1-21, round to: 0.1 mL, WHEN}",
    "scored": "{give: 7.5 mg once daily by mouth on days 1-28, WHEN}",
    "patch": "{give: 4.6 mg every 3 days on the skin on days 1-30, EVERY-30}",
    "inhaler": "{give: 2 puffs twice daily by inhalation on days 1-28, WHEN}",
    "capsule": "{give: 50 mg once daily by mouth on days 1-28, WHEN}",
}
PRODUCTS = {
    "liquid": "{unit: 40 mg/mL oral solution, pack: bottle of 100 mL}",
    "scored": "{unit: '5 mg tablet, scored', pack: box of 30}",
    "patch": "{unit: 4.6 mg patch, pack: box of 10}",
    "inhaler": "{unit: puff, pack: inhaler of 120}",
    "capsule": "{unit: 25 mg capsule, pack: bottle of 60}",
}
WHEN = "when: {1: on first dose, then: 28 days after the previous cycle}, open: any day"


def text_of(*names: str, **products: str) -> str:
    lines = [
        f"  {name}: {TREATMENTS[name].replace('WHEN', WHEN).replace('EVERY-30', WHEN.replace('28', '30'))}"
        for name in names
    ]
    handed_out = [f"  {name}: {products.get(name, PRODUCTS[name])}" for name in names]
    return "\n".join(["study days: first dose is Day 1", "treatments:", *lines, "products:", *handed_out, ""])


def findings_of(rest: str) -> tuple[Finding, ...]:
    try:
        return parse_protocol(
            f"study: S\nversion: '1'\narms: {{all: everybody}}\ntitle: T\n{rest}", name="protocol.yaml"
        )[1]
    except InvalidText as invalid:
        return invalid.findings


def log(events: str) -> Log:
    return log_of(
        parse_case(
            "protocol: p\nsubject: F-001\nevents:\n  - {on: 2026-02-27, event: attribute, name: weight, value: 39}\n"
            + events,
            name="case.yaml",
        ).events
    )


def patient(version: StudyVersion, events: str) -> Patient:
    return patient_of(version, EVERY_DAY, log(events), subject="F-001")


def started(name: str) -> str:
    return f"  - {{on: 2026-03-02, event: cycle started, treatment: {name}, cycle: 1}}\n"


def dispensing(found: Patient, on: str) -> DispensingList:
    day = date.fromisoformat(on)
    return dispensing_list([found], day, day)


def diary(name: str, detail: Detail = Detail.NEUTRAL, language: Language = Language.ENGLISH, more: str = "") -> Diary:
    version = study(text_of(name))
    calendar = patient(version, started(name) + more).calendar
    return patient_diary(calendar, date(2026, 3, 2), date(2026, 3, 8), detail, language, tablet_sizes(version))


@pytest.mark.parametrize(
    ("name", "units", "packs", "note"),
    [
        ("liquid", Decimal("100.8"), 2, "4.8 mL x 21 days; 2 bottles of 100 mL, surplus 99.2 mL"),
        ("scored", 42, 2, "1½ tablets x 28 days; 2 boxes of 30, surplus 18"),
        ("patch", 10, 1, "1 patch x 10 days; 1 box of 10, surplus 0"),
        ("inhaler", 112, 1, "4 puffs x 28 days; 1 inhaler of 120, surplus 8"),
        ("capsule", 56, 1, "2 capsules x 28 days; 1 bottle of 60, surplus 4"),
    ],
)
def test_the_pharmacy_hands_out_what_is_counted(name: str, units: Count, packs: int, note: str) -> None:
    planned = "  - {on: 2026-02-27, event: first dose planned, to: 2026-03-02}\n"
    found = dispensing(patient(study(text_of(name)), planned), "2026-03-02")
    assert [(line.units, line.packs, line.note) for line in found.lines] == [(units, packs, note)]


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("liquid", "2.4 mL, twice a day", "每次 2.4 mL，每日两次"),
        ("scored", "1½ tablets", "1片半"),
        ("patch", "1 patch", "1 贴"),
        ("inhaler", "2 puffs, twice a day", "每次 2 吸，每日两次"),
        ("capsule", "2 capsules", "2 粒"),
    ],
)
def test_the_diary_says_how_much_of_what_at_once(name: str, english: str, chinese: str) -> None:
    for language, words in ((Language.ENGLISH, english), (Language.CHINESE, chinese)):
        day = diary(name, language=language).days[0]
        assert [tablets_in_words(line, language) for line in day.tablets] == [words]


def test_a_patch_is_put_on_every_third_day_only() -> None:
    assert [day.date.day for day in diary("patch").days if day.tablets] == [2, 5, 8]


@pytest.mark.parametrize(
    ("name", "taken", "held"),
    [
        ("liquid", "Study liquid medicine: 2.4 mL, twice a day", "Do not take study liquid medicine"),
        ("scored", "Study tablets: 1½ tablets", "Do not take study tablets"),
        ("patch", "Study patches: 1 patch", "Do not use study patches"),
        ("inhaler", "Study inhaler: 2 puffs, twice a day", "Do not use study inhaler"),
        ("capsule", "Study capsules: 2 capsules", "Do not take study capsules"),
    ],
)
def test_the_feed_names_the_form(name: str, taken: str, held: str) -> None:
    version = study(text_of(name))
    events = started(name) + f"  - {{on: 2026-03-10, event: held, treatment: {name}, reason: rash}}\n"
    found = agenda(
        patient(version, events).calendar,
        Audience.PATIENT,
        recorded={number: datetime(2026, 3, 2, tzinfo=UTC) for number in range(1, 9)},
        published=datetime(2026, 1, 1, tzinfo=UTC),
        key=b"k" * 32,
        zone="Asia/Shanghai",
        as_of=date(2026, 3, 10),
        tablets=tablet_sizes(version),
    )
    assert {item.summary for item in found.items if "isit" not in item.summary} == {taken, held}


def test_a_box_on_paper_is_a_dose_of_a_liquid_and_never_one_ml() -> None:
    # 4.8 mL a day would be boxes to take at once: there are two, one for each dose.
    text = read_pdf(diary_as_pdf(diary("liquid"), Imprint("S", "1"))).text
    assert "One box here is one dose, and not one mL." in text
    assert "tablet" not in text


def test_a_box_on_paper_is_a_dose_of_half_tablets() -> None:
    text = read_pdf(diary_as_pdf(diary("scored"), Imprint("S", "1"))).text
    assert "One box here is not one tablet." in text
    assert "Tick one box for each tablet." not in text


def test_every_form_has_words_in_both_languages() -> None:
    assert [form.name for form in FORMS.values() if not (form.things and form.chinese and form.measure)] == []
    assert {form.english(2).split()[1] for form in FORMS.values() if form.is_measured} == {"mL"}
    assert FORMS["tablet"].english(Decimal("0.5")) == "½ tablet"
    assert FORMS["tablet"].in_chinese(Decimal("0.5")) == "半片"


def test_several_forms_together_are_medicine() -> None:
    version = study(text_of("liquid", "patch"))
    calendar = patient(version, started("liquid") + started("patch")).calendar
    found = patient_diary(calendar, date(2026, 3, 2), date(2026, 3, 2), tablets=tablet_sizes(version))
    words = {tablets_in_words(line, Language.ENGLISH) for line in found.days[0].tablets}
    assert words == {"Study medicine"}


def counted(version: StudyVersion, events: str) -> list[tuple[Count | None, ...]]:
    found = pill_counts(version, EVERY_DAY, log(events), date(2026, 3, 30))
    return [(each.dispensed, each.returned, each.taken, each.missing, each.expected) for each in found]


def supply(kind: str, name: str, quantity: str, on: str = "2026-03-02") -> str:
    return f"  - {{on: {on}, event: {kind}, treatment: {name}, cycle: 1, quantity: {quantity}}}\n"


def test_mls_are_counted_back() -> None:
    # 200 mL out, 99.2 back: 100.8, all that the days ask for. With 94 mL back 106 are gone, 5.2 of them missing.
    version = study(text_of("liquid"))
    out = started("liquid") + supply("dispensed", "liquid", "200")
    back = supply("returned", "liquid", "99.2", "2026-03-30")
    assert counted(version, out + back) == [(200, Decimal("99.2"), Decimal("100.8"), 0, Decimal("100.8"))]
    back = supply("returned", "liquid", "94", "2026-03-30")
    assert counted(version, out + back) == [(200, 94, Decimal("100.8"), Decimal("5.2"), Decimal("100.8"))]


def test_half_tablets_are_counted_back() -> None:
    # 60 out; one day of 28 without a dose leaves 60 - 40.5 = 19.5.
    version = study(text_of("scored"))
    missed = "  - {on: 2026-03-10, event: not taken, treatment: scored, from: 2026-03-10, to: 2026-03-10}\n"
    events = started("scored") + supply("dispensed", "scored", "60") + missed
    back = supply("returned", "scored", "19.5", "2026-03-30")
    assert counted(version, events + back) == [(60, Decimal("19.5"), Decimal("40.5"), 0, 42)]


def asked(version: StudyVersion, before: str, event: str) -> dict[str, str]:
    new = log(before + event).records[-1].event
    return {each.code: str(each.what) for each in ask(version, EVERY_DAY, log(before), [new], today=new.on)}


def test_a_return_of_what_nobody_can_have_is_asked() -> None:
    before = started("capsule") + supply("dispensed", "capsule", "60")
    found = asked(study(text_of("capsule")), before, supply("returned", "capsule", "3.5", "2026-03-30"))
    assert found["part-of-a-unit"] == "3½ capsules cannot be counted: 25 mg capsule is given in whole ones"


def test_explain_says_the_volume_and_its_rounding() -> None:
    version = study(text_of("liquid"))
    found = explain(patient(version, started("liquid")).calendar, "liquid.1.3", version, log(started("liquid")))
    assert "= 97.5 mg; rounded to 0.1 mL: 96 mg, 1.5 % less." in str(found)
    assert "96 mg is 2.4 mL of 40 mg/mL oral solution." in str(found)


@pytest.mark.parametrize(
    ("name", "product", "message", "hint"),
    [
        (
            "scored",
            "{unit: 5 mg tablet}",
            "7.5 mg cannot be made from a 5 mg tablet",
            "whole ones make 5, 10 mg",
        ),
        (
            "scored",
            "{unit: '2 mg tablet, scored'}",
            "7.5 mg cannot be made from a 2 mg tablet",
            "whole and half ones make 7, 8 mg",
        ),
        (
            "scored",
            "{unit: 40 mg/mL oral solution}",
            "7.5 mg cannot be made from 40 mg/mL oral solution",
            "steps of 0.1 mL make 4, 8 mg",
        ),
        (
            "scored",
            "{unit: 10 mg patch}",
            "scored is a patch, and it is given by mouth",
            "write how it is given: on the skin; or another form under 'products'",
        ),
        (
            "scored",
            "{unit: 7.5 mg wafer}",
            "'wafer' is no form that papers have words for: they print it as it is",
            None,
        ),
        (
            "scored",
            "{unit: '5 mg tablet, scored', pack: box of 30 mL}",
            "a pack of 5 mg tablet is counted in tablets",
            "write: box of 30",
        ),
        (
            "liquid",
            "{unit: 40 mg/mL oral solution, pack: bottle of 100}",
            "a pack of 40 mg/mL oral solution is counted in mL",
            "write: bottle of 100 mL",
        ),
        (
            "liquid",
            "{unit: 40 mg tablet}",
            "liquid is given in mg, not in mL",
            "write it in mg",
        ),
    ],
)
def test_what_cannot_be_made_is_refused(name: str, product: str, message: str, hint: str | None) -> None:
    found = {each.message: each.hint for each in findings_of(text_of(name, **{name: product}))}
    assert message in found
    assert hint is None or found[message] == hint


RAMP = Path(__file__).parents[2] / "examples" / "regimens" / "ibrutinib-venetoclax" / "protocol.yaml"


def test_the_ramp_of_venetoclax_is_handed_out_by_strength() -> None:
    # Cycle 1: 7 x 2 tablets of 10 mg, 7 x 1 of 50 mg, 7 x 1 and 7 x 2 of 100 mg; cycle 2: 28 x 4 of 100 mg, in one bottle of 120.
    # Ibrutinib: 28 x 3 capsules of 140 mg in a bottle of 90.
    version = parse_protocol(RAMP.read_text("utf-8"), name="protocol.yaml")[0]
    events = "".join(
        f"  - {{on: {day}, event: cycle started, treatment: ibrutinib, cycle: {n}}}\n"
        for n, day in enumerate(("2026-03-02", "2026-03-30", "2026-04-27"), start=1)
    )
    found = patient(version, events)
    lines = [line for on in ("2026-05-25", "2026-06-22") for line in dispensing(found, on).lines if line.units]
    assert [(line.treatment, line.units, line.strength, line.packs) for line in lines] == [
        ("ibrutinib", 84, None, 1),
        ("venetoclax", 21, "100 mg", 1),
        ("venetoclax", 7, "50 mg", 1),
        ("venetoclax", 14, "10 mg", 1),
        ("ibrutinib", 84, None, 1),
        ("venetoclax", 112, "100 mg", 1),
    ]
    assert [line.note for line in lines if line.treatment == "venetoclax"] == [
        "1 tablet of 100 mg on days 15-21, 2 tablets of 100 mg on days 22-28; 1 bottle of 120, surplus 99",
        "1 tablet of 50 mg on days 8-14; 1 blister of 7, surplus 0",
        "2 tablets of 10 mg on days 1-7; 1 blister of 14, surplus 0",
        "4 tablets of 100 mg x 28 days; 1 bottle of 120, surplus 8",
    ]


def test_the_ramp_is_told_to_the_patient_by_strength() -> None:
    version = parse_protocol(RAMP.read_text("utf-8"), name="protocol.yaml")[0]
    calendar = patient(version, "  - {on: 2026-02-27, event: first dose planned, to: 2026-03-02}\n").calendar
    days = [date(2026, 5, 25), date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 22)]
    told = [patient_diary(calendar, day, day, Detail.FULL, tablets=tablet_sizes(version)).days[0] for day in days]
    assert [tablets_in_words(day.tablets[1], Language.ENGLISH) for day in told] == [
        "2 x 10 mg tablets",
        "1 x 50 mg tablet",
        "1 x 100 mg tablet",
        "2 x 100 mg tablets",
        "4 x 100 mg tablets",
    ]
    assert {tablets_in_words(day.tablets[0], Language.ENGLISH) for day in told} == {"3 capsules"}

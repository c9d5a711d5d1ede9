"""Medicine that a patient takes as needed: nothing of it is presumed, what was taken is counted, and the most of a day is held.

Ondansetron 8 mg, at most three times a day, on days 1 to 5 from Monday 2 March 2026: 4 mg tablets, so 2 at once and 6 a day.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.errors import InvalidText
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.paper.doses_in_words import tablets_in_words
from scheduler.folder.feeds import tablet_sizes
from scheduler.languages import Language
from scheduler.patient.log import Log
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import DiaryTablets, patient_diary
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.presumed import days_of_tablets
from scheduler.views.imprint import Imprint
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.pharmacy.tablets_to_dispense import tablets_to_dispense
from scheduler.views.reader.audience import Detail
from tests.dosing.story import told
from tests.exports.paper.reading import read_pdf
from tests.studies.telling import calendar, codes, entry, runs, study

HEAD = 'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {all: everybody}\n'
PROTOCOL = """\
study days: first dose of drug is Day 1
treatments:
  drug: {when: on first dose, until: 1 dose, give: 100 mg intravenously}
  ondansetron:
    kind: supportive medicine
    when: on first dose
    until: 1 cycle
    open: any day
    give: 8 mg as needed, at most 3 times a day, by mouth on days 1-5
products: {ondansetron: {unit: 4 mg tablet}}
"""
VERSION = study(PROTOCOL)
DRUG = "  drug: {when: on first dose, until: 1 dose, give: 100 mg intravenously}\n"
STARTED = """\
2026-02-27 first dose planned, to: 2026-03-02
2026-03-02 given, treatment: drug, n: 1
2026-03-02 cycle started, treatment: ondansetron, cycle: 1
"""
HANDED_OUT = "2026-03-02 dispensed, treatment: ondansetron, cycle: 1, quantity: 30\n"
TWO_DOSES = "2026-03-05 taken, treatment: ondansetron, from: 2026-03-03, to: 2026-03-03, amount: 16 mg\n"
FOUR_TIMES = (
    "2026-03-05 taken, treatment: ondansetron, from: 2026-03-04, to: 2026-03-04, "
    'times: ["08:00", "12:00", "18:00", "22:00"]\n'
)
ONE_TIME = '2026-03-05 taken, treatment: ondansetron, from: 2026-03-04, to: 2026-03-04, times: ["08:00"]\n'
DUE = "8 mg as needed, at most 3 times a day"


def log(story: str) -> Log:
    return told(f"2026-02-27 randomised, arm: all\n{story}")


def on(day: str) -> date:
    return date.fromisoformat(f"2026-{day}")


def test_no_day_is_taken_but_those_that_are_reported() -> None:
    # Who records that the cycle was started on 2 March does not say that a tablet was taken then.
    assert runs(calendar(VERSION, STARTED), "ondansetron.1") == [
        f"1-1 03-02..03-02 {DUE} + planned",
        f"2-5 03-03..03-06 {DUE} + planned",
    ]
    found = calendar(VERSION, STARTED + TWO_DOSES + ONE_TIME)
    assert runs(found, "ondansetron.1") == [
        f"1-1 03-02..03-02 {DUE} + planned",
        "2-2 03-03..03-03 16 mg + done",
        "3-3 03-04..03-04 8 mg + done",
        f"4-5 03-05..03-06 {DUE} + planned",
    ]
    assert [day.intake.value for day in days_of_tablets(found, on("03-06"))] == [
        *("as needed", "reported", "reported", "as needed", "to come"),
    ]


@pytest.mark.parametrize("day", ["03-02", "03-04"])
def test_nobody_is_asked_to_start_it(day: str) -> None:
    """A cycle of it is due on 2 March and would be overdue on 4 March; the infusion beside it is asked for on its day."""
    patient = patient_of(VERSION, EVERY_DAY, log("2026-02-27 first dose planned, to: 2026-03-02\n"), subject="S-001")
    found = worklist([patient], on(day))
    listed = {line.entry for _, lines in found.lists for line in lines}
    assert listed == {"drug.1"}


def test_a_reported_day_starts_no_cycle_and_moves_none() -> None:
    story = STARTED.replace("2026-03-02 cycle started, treatment: ondansetron, cycle: 1\n", "") + TWO_DOSES
    found = calendar(VERSION, story)
    assert (entry(found, "ondansetron.1").status.value, str(entry(found, "ondansetron.1").date)) == (
        "planned",
        "2026-03-02",
    )
    assert "2-2 03-03..03-03 16 mg + done" in runs(found, "ondansetron.1")
    assert codes(found) == []


def test_no_day_without_is_a_deviation_and_no_dose_an_intensity() -> None:
    assert deviations_of(VERSION, EVERY_DAY, log(STARTED + TWO_DOSES), on=on("04-30")) == ()
    lines = exposure_of(VERSION, EVERY_DAY, log(STARTED + TWO_DOSES), on("04-30")).lines
    assert [line.drug for line in lines] == ["drug"]
    # Also where nothing else is given, which would then be the study treatment.
    alone = study(PROTOCOL.replace(DRUG, "").replace(" of drug", ""))
    assert (
        exposure_of(
            alone,
            EVERY_DAY,
            log(STARTED.replace("2026-03-02 given, treatment: drug, n: 1\n", "") + TWO_DOSES),
            on("04-30"),
        ).lines
        == ()
    )


def test_more_than_the_most_of_a_day_is_told() -> None:
    # Four times 8 mg are 32 mg, and 24 mg are the most.
    found = calendar(VERSION, STARTED + FOUR_TIMES)
    assert "3-3 03-04..03-04 32 mg + done" in runs(found, "ondansetron.1")
    assert [(each.code, each.message) for each in found.findings] == [
        ("more-than-as-needed", f"ondansetron.1: 32 mg in a day is more than {DUE}")
    ]
    assert [
        (each.kind.value, each.entry, str(each.what))
        for each in deviations_of(VERSION, EVERY_DAY, log(STARTED + FOUR_TIMES), on=on("03-10"))
    ] == [("wrong dose", "ondansetron.1.3", f"32 mg a day; in force was {DUE}")]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        (TWO_DOSES, []),
        (ONE_TIME, []),
        (TWO_DOSES.replace("16", "24"), []),
        (
            TWO_DOSES.replace("16", "25"),
            [("taken-as-needed", "25 mg in a day, and 8 mg of ondansetron is taken as needed, at most 3 times a day")],
        ),
        (
            FOUR_TIMES,
            [
                (
                    "taken-as-needed",
                    "4 doses in a day, and 8 mg of ondansetron is taken as needed, at most 3 times a day",
                )
            ],
        ),
        (
            TWO_DOSES.replace(", amount: 16 mg", ""),
            [("taken-as-needed", "how much ondansetron was taken as needed is not known")],
        ),
        (
            TWO_DOSES.replace(" taken", " not taken").replace("amount: 16 mg", "reason: none needed"),
            [("taken-as-needed", "ondansetron is taken as needed: a day without is no missed dose")],
        ),
    ],
)
def test_what_is_asked(line: str, question: list[tuple[str, str]]) -> None:
    event = told(line).records[0].event
    asked = ask(VERSION, EVERY_DAY, log(STARTED), [event], today=on("03-05"))
    assert [(each.code, str(each.what)) for each in asked] == question


def dispensing(story: str) -> list[tuple[str, str, object, str | None, str | None]]:
    patient = patient_of(VERSION, EVERY_DAY, log(story), subject="P-1")
    return [
        (each.work.value, str(each.date), each.units, each.note, each.collect) for each in tablets_to_dispense(patient)
    ]


def test_the_pharmacy_hands_out_by_the_maximum_and_says_so() -> None:
    # 2 tablets three times a day are 6, on 5 days 30.
    assert dispensing(STARTED)[0] == (
        "dispense",
        "2026-03-02",
        30,
        "as needed, at most 6 tablets x 5 days; the cycle was started and nobody recorded what was handed out",
        None,
    )
    stopped = dispensing(STARTED + HANDED_OUT + TWO_DOSES + "2026-03-05 end of treatment, reason: progression\n")
    # Nobody knows what is left: not every dose is in the diary.
    assert stopped[-1][4] == "Ondansetron: what is left, and empty packs"


def test_what_came_back_says_what_was_taken_and_nothing_is_missing() -> None:
    story = STARTED + HANDED_OUT + "2026-03-09 returned, treatment: ondansetron, cycle: 1, quantity: 25\n"
    (count,) = pill_counts(VERSION, EVERY_DAY, log(story), on("03-10"))
    assert (count.dispensed, count.taken, count.missing, count.expected, count.compliance) == (30, 5, None, None, None)


def on_day(detail: Detail, language: Language) -> DiaryTablets:
    found = calendar(VERSION, STARTED)
    return patient_diary(found, on("03-03"), on("03-03"), detail, language, tablet_sizes(VERSION)).days[0].tablets[0]


def test_the_diary_has_a_line_for_the_time_of_each_dose_and_no_box() -> None:
    line = on_day(Detail.STANDARD, Language.ENGLISH)
    assert tablets_in_words(line, Language.ENGLISH) == "2 tablets as needed, at most 3 times a day"
    assert tablets_in_words(line, Language.CHINESE) == "必要时每次 2 片，每日最多 3 次"
    assert (line.times, line.as_needed) == (3, True)
    diary = patient_diary(calendar(VERSION, STARTED), on("03-03"), on("03-03"), tablets=tablet_sizes(VERSION))
    sheet = read_pdf(diary_as_pdf(diary, Imprint(None, "1.0", 7)))
    text = " ".join(sheet.text.split())
    assert text.count("Time") == 3
    assert "Write down the time at which you take each dose" in text
    assert "Did you miss" not in text


def test_a_reported_day_is_told_as_it_was() -> None:
    found = calendar(VERSION, STARTED + TWO_DOSES)
    diary = patient_diary(found, on("03-03"), on("03-03"), tablets=tablet_sizes(VERSION))
    assert tablets_in_words(diary.days[0].tablets[0], Language.ENGLISH) == "4 tablets"


def findings(give: str, rest: str = "") -> list[str]:
    text = HEAD + PROTOCOL.replace("8 mg as needed, at most 3 times a day, by mouth on days 1-5", give)
    text = text.replace("    kind: supportive medicine\n", rest)
    try:
        return [each.code for each in parse_protocol(text, name="protocol.yaml")[1]]
    except InvalidText as invalid:
        return [each.code for each in invalid.findings]


@pytest.mark.parametrize(
    ("give", "rest", "codes_found"),
    [
        ("8 mg as needed, at most 3 times a day, by mouth on days 1-5", "    kind: supportive medicine\n", []),
        ("8 mg as needed, at most once a day, by mouth every day", "    kind: supportive medicine\n", []),
        ("8 mg as needed, at most 3 times a day, by mouth on days 1-5", "", ["as-needed-and-studied"]),
        (
            "8 mg as needed, at most 3 times a day, intravenously on days 1-5",
            "    kind: supportive medicine\n",
            ["as-needed-by-staff"],
        ),
        ("8 mg as needed, at most 3 times a day, by mouth", "    kind: supportive medicine\n", ["no-days"]),
        (
            "as needed, at most 3 times a day, by mouth on days 1-5",
            "    kind: supportive medicine\n",
            ["as-needed-without-amount"],
        ),
        (
            "['8 mg as needed, at most 3 times a day, by mouth on days 1-5', 4 mg once daily by mouth on day 6]",
            "    kind: supportive medicine\n",
            ["as-needed-and-planned"],
        ),
    ],
)
def test_it_is_supportive_medicine_at_home_with_an_amount(give: str, rest: str, codes_found: list[str]) -> None:
    assert [code for code in findings(give, rest) if "needed" in code or code == "no-days"] == codes_found


def test_a_hold_from_the_next_day_on_leaves_its_day_as_the_days_before() -> None:
    # Day 4 is Thursday 5 March. Of tablets every day, that one was taken; of these nobody knows.
    held = "2026-03-05 held, treatment: ondansetron, reason: constipation, today_taken: true\n"
    assert [each.partition(" 8 mg")[0] for each in runs(calendar(VERSION, f"{STARTED}{held}"), "ondansetron.1")] == [
        "1-1 03-02..03-02",
        "2-4 03-03..03-05",
        "5-5 03-06..03-06 held",
    ]

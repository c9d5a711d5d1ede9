"""A telephone that asks several times a day: written, printed for the patient, recorded and counted."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.sentences.times.prompts import read_prompts
from scheduler.protocol.text.sentence_fields import PromptsText
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.imprint import Imprint
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.prompts_in_words import prompts_in_words
from scheduler.views.reasons import reasons_of
from scheduler.views.shapes.calendar import tell_calendar
from scheduler.views.table_of_dates import table_of_dates
from tests.asking.story import asked
from tests.dosing.story import told
from tests.exports.paper.reading import read_pdf

BEGUN = "2026-03-02 randomised, arm: all\n2026-03-02 visit done, entry: baseline.1\n"


def version(prompts: str = "5 times a day between 09:00 and 21:00", kind: str = "diary") -> StudyVersion:
    found, findings = parse_protocol(
        f"""study: EMA
version: "1.0"
title: Seven days of questions on the telephone
arms: {{all: All of them}}
study days: randomisation is Day 1
visits:
  baseline: on Study Day 1
  ema:
    title: Questions on the telephone
    kind: {kind}
    when: 7 days from every baseline visit
    prompts: {prompts}
activities:
  consent: [baseline]
  mood, craving: [ema]
""",
        name="protocol.yaml",
    )
    assert [each.code for each in findings] == ([] if kind == "diary" else ["without-effect"])
    return found


def calendar(story: str, of: StudyVersion) -> Calendar:
    return calendar_of(of, EVERY_DAY, told(story), subject="S-1")


def test_each_of_seven_days_asks_five_times_and_what_was_answered_is_counted() -> None:
    """Days 2 to 8 March. Four of five on the first, three on the second: seven of ten."""
    of = version()
    story = (
        BEGUN
        + "2026-03-02 visit done, entry: ema.1.1, answered: 4\n2026-03-03 visit done, entry: ema.1.2, answered: 3\n"
    )
    found = calendar(story, of)
    shown = [entry for entry in tell_calendar(found, reasons_of(found)).entries if entry.prompts is not None]
    assert [(str(each.date)[5:], each.prompts.a_day, each.prompts.answered) for each in shown if each.prompts] == [
        ("03-02", 5, 4),
        ("03-03", 5, 3),
        *((f"03-0{day}", 5, None) for day in range(4, 9)),
    ]
    lines = [each.sentence for each in explain(found, "ema.1.2", of, told(story)).lines]
    assert (
        "It asks 5 times a day between 09:00 and 21:00; 3 of 5 prompts answered, on the 2 days that are recorded 7 of 10 (70 %)."
        in lines
    )
    table = table_of_dates(found, reasons_of(found))
    activities = [dict(zip(table.columns, row, strict=True))["activities"] for row in table.rows]
    assert activities[1:4] == [
        "mood, craving; 4 of 5 prompts answered",
        "mood, craving; 3 of 5 prompts answered",
        "mood, craving; 5 times a day between 09:00 and 21:00",
    ]


def test_the_paper_has_a_box_for_each_prompt() -> None:
    """Without their times by number; with them by the clock. Seven days of three prompts are 21 boxes."""
    found = patient_diary(calendar(BEGUN, version()), date(2026, 3, 2), date(2026, 3, 8))
    assert found.days[0].to_write == tuple(f"Study diary, {number} of 5" for number in range(1, 6))
    timed = calendar(BEGUN, version("3 times a day at 09:00, 14:00, 20:00"))
    diary = patient_diary(timed, date(2026, 3, 2), date(2026, 3, 10), Detail.FULL)
    assert diary.days[0].to_write == ("mood, craving", "Study diary 09:00", "Study diary 14:00", "Study diary 20:00")
    assert diary.days[7].to_write == ()
    text = read_pdf(diary_as_pdf(diary, Imprint(None, None))).text
    assert [text.count(f"Study diary {at}") for at in ("09:00", "14:00", "20:00")] == [7, 7, 7]


@pytest.mark.parametrize(
    ("prompts", "english", "chinese"),
    [
        ("5 times a day", "5 times a day", "每天 5 次"),
        ("twice a day at 08:00, 20:30", "2 times a day, 08:00, 20:30", "每天 2 次、08:00、20:30"),
        (
            "5 times a day between 09:00 and 21:00",
            "5 times a day, between 09:00 and 21:00",
            "每天 5 次、09:00 至 21:00 之间",
        ),
    ],
)
def test_it_is_said_in_both_languages(prompts: str, english: str, chinese: str) -> None:
    found = read_prompts(prompts)
    told = prompts_in_words(found)
    assert (told, in_words(told, Language.CHINESE)) == (english, chinese)


def test_more_answers_than_prompts_are_refused_and_so_are_answers_of_a_visit() -> None:
    of = version()
    codes = [
        [each.code for each in asked(BEGUN, line, today="2026-03-09", version=of, site=EVERY_DAY)]
        for line in (
            "2026-03-04 visit done, entry: ema.1.3, answered: 5",
            "2026-03-04 visit done, entry: ema.1.3, answered: 6",
        )
    ]
    assert codes == [[], ["no-such-prompts"]]
    at_visit = "2026-03-02 visit done, entry: baseline.1, answered: 1"
    randomised = BEGUN.partition("\n")[0]
    found = asked(randomised, at_visit, today="2026-03-02", version=of, site=EVERY_DAY)
    assert [each.code for each in found] == ["no-such-prompts"]


def test_only_a_diary_asks_several_times_a_day() -> None:
    assert version(kind="contact").arms["all"].timelines["ema"].prompts is not None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5x/day", "5 times a day"),
        ("five times a day between 9 am and 9 pm", "5 times a day between 09:00 and 21:00"),
        ("5 times a day from 9:00 to 21:00", "5 times a day between 09:00 and 21:00"),
        ("5 times a day between 8:30 am and 8.30 p.m.", "5 times a day between 08:30 and 20:30"),
    ],
)
def test_the_hint_is_the_sentence_to_write_and_means_the_same(typed: str, meant: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(PromptsText).validate_python(typed)
    assert wrong.value.errors()[0]["ctx"]["hint"] == f"write: {meant}"
    assert str(read_prompts(meant)) == meant

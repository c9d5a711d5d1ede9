"""Names that a protocol and a site give in several languages: each reader's own, and English for programs."""

from datetime import date

import pytest

from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.errors import InvalidText
from scheduler.exports.json import calendar_as_json
from scheduler.exports.paper.diary import _called as called
from scheduler.exports.told import in_words
from scheduler.findings import Severity
from scheduler.languages import Language
from scheduler.patient.site_names import check_site_names
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Name, Quoted, named, own_words, said, text_of
from scheduler.site.parse import parse_site
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.chart.naming import named as in_names
from scheduler.views.chart.naming import names_in_study, names_of, with_names
from scheduler.views.patients import patient_of
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.reader.hidden import activities_of, drug_names, without_drugs
from scheduler.views.table import Table
from scheduler.words.saying import say
from tests.dosing.story import told

PROTOCOL = """study: S
version: "1"
title: {en: A study, zh: 一项研究}
arms: {only: {en: All of them, zh: 全部}}
study days: first dose is Day 1
treatments:
  drug:
    title: {en: Drug, zh: 试验药}
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: at most 2 cycles
    give: 40 mg once daily by mouth on days 1-2
visits:
  check:
    title: {en: "Check, day 8", zh: 第8天检查}
    when: {1: on drug cycle 1 day 8, 2: on drug cycle 2 day 8}
  home: on drug cycle 1 day 9
activities:
  teaching on the drug: {at: [check], title: {zh: 试验药用药指导}}
  blood count: {at: [check], title: {zh: 血常规}, footnote: fasting}
  ECG: [home]
products:
  drug: {title: {en: drug, zh: 试验药}, unit: 40 mg tablet}
"""
STORY = "2026-03-01 randomised, arm: only\n2026-03-02 given, treatment: drug, n: 1\n"


def study(text: str = PROTOCOL) -> StudyVersion:
    return parse_protocol(text, name="p.yaml")[0]


def zh(text: str) -> str:
    return in_words(text, Language.CHINESE)


def test_the_readers_language_is_shown_and_programs_read_english() -> None:
    found = calendar_of(study(), EVERY_DAY, told(STORY), subject="P-1", until=date(2026, 4, 30))
    titles = {entry.id: entry.title for entry in found.entries}
    assert titles == {
        "drug.1": "Drug, cycle 1",
        "drug.2": "Drug, cycle 2",
        "check.1": "Check, day 8 1",
        "check.2": "Check, day 8 2",
        "home.1": "Home",
    }
    assert {id: zh(title) for id, title in titles.items()} == {
        "drug.1": "试验药 第1周期",
        "drug.2": "试验药 第2周期",
        "check.1": "第8天检查 1",
        "check.2": "第8天检查 2",
        "home.1": "Home",
    }
    assert "试验药" not in calendar_as_json(found, lambda because: ())


def test_what_was_done_at_an_unscheduled_visit_is_called_as_the_protocol_calls_it() -> None:
    log = told(f"{STORY}2026-03-05 unscheduled visit, activities: [blood count, skin check]\n")
    found = calendar_of(study(), EVERY_DAY, log, subject="P-1", until=date(2026, 4, 30))
    done = next(entry for entry in found.entries if entry.timeline == "unscheduled")
    assert done.activities == ("blood count", "skin check")
    # The protocol has no skin check: what somebody wrote stays as it is.
    assert [zh(each) for each in (done.title, *done.activities)] == ["计划外访视", "血常规", "skin check"]
    event = what_happened(log.records[-1].event)
    names = names_of(patient_of(study(), EVERY_DAY, log, subject="P-1"))
    assert say(in_names(event, names), Language.CHINESE) == "进行了计划外访视，包括血常规和skin check"


def test_lists_have_names_for_readers_and_ids_for_programs() -> None:
    site = parse_site("site: {en: Riverside, zh: 河畔医院}\nzone: Asia/Shanghai\n", name="s.yaml")
    names = names_in_study([study()], [site])
    title = text_of(
        said("{study} agenda, {site}, {first} to {last}", study=Code("S"), site=Code("Riverside"), first=1, last=2)
    )
    row = ("only", "drug, elsewhere", text_of(said("after {entry}", entry=Code("drug"))), "drug", None)
    table = with_names(Table(title, ("arm", "related", "why", "entry", "treatment"), (row,)), names)
    assert (table.title, table.rows) == ("S agenda, Riverside, 1 to 2", (row,))
    assert zh(table.title) == "S 日程，河畔医院，1 至 2"
    assert [zh(cell) for cell in table.rows[0] if isinstance(cell, str)][:2] == ["全部", "试验药、elsewhere"]
    assert zh(str(table.rows[0][3])) == "drug"
    assert with_names(Table("a title", (), ()), names).title == "a title"


def test_a_diary_in_full_has_them_and_one_of_less_detail_no_drug() -> None:
    found = calendar_of(study(), EVERY_DAY, told(STORY), subject="P-1", until=date(2026, 4, 30))
    day = date(2026, 3, 9)
    full, standard = (
        patient_diary(found, day, day, detail, Language.CHINESE).days[0].visits[0]
        for detail in (Detail.FULL, Detail.STANDARD)
    )
    assert [zh(line) for line in (full.summary, *full.lines)] == [
        "研究访视：第8天检查 1",
        "第8天检查 1",
        "- 试验药用药指导",
        "- 血常规 (fasting)",
    ]
    assert [zh(line) for line in standard.lines] == ["- 研究治疗用药指导", "- 血常规 (fasting)"]
    assert standard.lines == ("- teaching on the study treatment", "- blood count (fasting)")
    assert zh(drug_called(found, "drug")) == "试验药"
    assert drug_called(found, "other") == "other"


def test_a_drug_that_one_language_alone_names_takes_the_rest_with_it() -> None:
    names = frozenset({"drug", "试验药"})
    hidden = without_drugs(named({"en": "pills", "zh": "试验药指导"}), names)
    assert (str(hidden), zh(hidden)) == ("study treatment", "研究治疗")
    assert without_drugs("pills", names) == "pills"


def test_a_drugs_names_are_known_in_every_language() -> None:
    found = calendar_of(study(), EVERY_DAY, told(STORY), subject="P-1", until=date(2026, 4, 30))
    assert drug_names(found) == {"drug", "Drug", "试验药"}
    assert activities_of(found.entries, Detail.FULL, frozenset())[2:] == ("ECG",)


def test_what_is_missing_in_a_language_that_the_study_uses() -> None:
    _, findings = parse_protocol(PROTOCOL, name="p.yaml")
    (finding,) = [each for each in findings if each.code == "name-missing"]
    assert (finding.severity, str(finding.place)) == (Severity.NOTE, "p.yaml:16:3")
    assert finding.message == "2 names have no zh, which other names of this protocol have: visits.home, activities.ECG"
    plain = PROTOCOL.replace("{en: A study, zh: 一项研究}", "A study")
    assert "3 names have no zh" in next(
        each.message for each in parse_protocol(plain, name="p.yaml")[1] if each.code == "name-missing"
    )
    # A name in other letters is its readers' own.
    own = PROTOCOL.replace("{en: A study, zh: 一项研究}", "一项研究")
    assert "2 names have no zh" in next(
        each.message for each in parse_protocol(own, name="p.yaml")[1] if each.code == "name-missing"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("{xx: A}", "'xx' is no language that is read here"),
        ("{}", "there is no name here"),
        ("{en: ''}", None),
    ],
)
def test_a_wrong_name_is_told(name: str, message: str | None) -> None:
    with pytest.raises(InvalidText) as caught:
        study(PROTOCOL.replace("{en: A study, zh: 一项研究}", name))
    (finding,) = caught.value.findings
    assert finding.place is not None
    assert finding.place.line == 3
    assert message is None or finding.message == message


SITE = """site: {en: Shanghai, zh: 上海}
zone: Asia/Shanghai
resources:
  clinic: {title: {en: Clinic, zh: 门诊}}
  pharmacy:
who to call:
  Night: "1"
  Nurse: {title: {en: Nurse, zh: 护士}, call: {en: "2, by day", zh: "2，白天"}}
certified languages: [zh]
"""


def test_a_site_has_names_too() -> None:
    site = parse_site(SITE, name="site.yaml")
    assert (site.name, zh(site.title), zh(site.titles["clinic"])) == ("Shanghai", "上海", "门诊")
    assert [(zh(who), zh(how)) for who, how in site.contacts] == [("Night", "1"), ("护士", "2，白天")]
    assert site.certified == {"zh"}
    (finding,) = check_site_names(study(), site)
    assert finding.message == ("no zh, which other names of this study have: resources.pharmacy and who to call.Night")


def test_a_department_is_called_as_the_site_does_where_it_says_so_in_the_readers_language() -> None:
    site = parse_site(SITE, name="site.yaml")
    assert called("clinic", site.titles, Language.CHINESE) == "门诊"
    assert called("clinic", site.titles, Language.GERMAN) == "Ambulanz"
    assert (
        called("sleep-lab", {"sleep-lab": named({"en": "Sleep laboratory", "zh": "睡眠室"})}, Language.GERMAN)
        == "Sleep laboratory"
    )
    assert called("sleep-lab", {}, Language.GERMAN) == "sleep-lab"


def test_a_plain_text_means_what_it_meant() -> None:
    assert own_words("Drug") == Quoted("Drug")
    assert own_words(named({"en": "Drug", "zh": "药"})) == Name((("en", "Drug"), ("zh", "药")))
    # A reader of a language that is not there gets English; where there is none, the author's.
    assert say(own_words(named({"zh": "药"})), Language.ENGLISH) == "药"


COURSES = """study: S
version: "1"
title: {en: A study, zh: 一项研究}
arms: {only: {en: All of them, zh: 全部}}
study days: first dose is Day 1
treatments:
  rays:
    title: {en: Rays, zh: 放疗}
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 2 fractions
    give: {high: 8 Gy, low: 1 Gy}
    titles: {high: {zh: 大分割}}
"""


def test_a_course_has_its_name_in_the_readers_language_and_check_says_which_has_none() -> None:
    version, findings = parse_protocol(COURSES, name="p.yaml")
    found = calendar_of(
        version, EVERY_DAY, told("2026-03-01 randomised, arm: only\n2026-03-02 given, treatment: rays, n: 1\n")
    )
    entry = found.entry("rays.1")
    assert entry is not None
    assert [str(dose) for dose in entry.doses] == ["high 8 Gy", "low 1 Gy"]
    assert say(doses_in_words(entry.doses), Language.CHINESE) == "大分割 8 Gy和low 1 Gy"
    (missing,) = [each.message for each in findings if each.code == "name-missing"]
    assert missing == "one name has no zh, which other names of this protocol have: treatments.rays.titles.low"
    by_arm = COURSES.replace("{high: 8 Gy, low: 1 Gy}", "{only: {high: 8 Gy, low: 1 Gy}}")
    assert [each.message for each in parse_protocol(by_arm, name="p.yaml")[1] if each.code == "name-missing"] == [
        missing
    ]


def test_a_title_of_a_course_that_is_not_given_is_refused() -> None:
    with pytest.raises(InvalidText) as caught:
        parse_protocol(COURSES.replace("titles: {high:", "titles: {hihg:"), name="p.yaml")
    finding = next(each for each in caught.value.findings if each.code == "unknown-drug")
    assert (finding.severity, finding.message, finding.hint) == (
        Severity.ERROR,
        "'hihg' is not given here",
        "did you mean 'high'?",
    )

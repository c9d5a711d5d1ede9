"""Sheets of time points: a study nurse writes offsets into the protocol, gives the dose, and reads clock times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.dose_sheet import clock
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.exports.paper.sheets import sheets_as_pdf
from scheduler.languages import Language
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions
from scheduler.patient.log import Log
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.imprint import Imprint
from scheduler.views.sheets import table_of_sheets
from tests.asking.story import asked
from tests.dosing.story import told
from tests.exports.paper.reading import read_pdf

VIENNA = replace(EVERY_DAY, zone="Europe/Vienna")
SHEETS = "pk: [at -0.5 hours -30 +0 minutes after every drug dose, 'at 2, 36 hours ±15 minutes after every drug dose']"


def protocol(
    sheets: str = SHEETS, give: str = "50 mg intravenously", when: str = "7 days after the previous dose"
) -> str:
    return f"""study: SHEETS
version: "1.0"
title: One drug, once a week
arms: {{all: All of them}}
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: {when}}}
    until: 2 doses
    give: {give}
    open: any day
  bortezomib:
    when: on days 1, 4 of drug cycles 1-2
    give: 1 mg subcutaneously
    open: any day
visits:
  tolerance-test: on Study Day 3
sheets:
  {sheets}
"""


def version(text: str) -> StudyVersion:
    found, findings = parse_protocol(text, name="protocol.yaml")
    assert [str(each) for each in findings if each.severity.value == "error"] == []
    return found


def codes(text: str) -> list[str]:
    try:
        parse_protocol(text, name="protocol.yaml")
    except InvalidText as invalid:
        return [f"{each.code}: {each.hint}" for each in invalid.findings if each.severity.value == "error"]
    return []


def calendar(text: str, story: str) -> Calendar:
    return calendar_of(version(text), VIENNA, told(story), subject="S-1")


def clocks(found: Calendar, sheet: str) -> Iterator[str]:
    for each in found.sheets:
        if each.id == sheet:
            for sample in each.samples:
                planned = (
                    f"{sample.planned.day:%m-%d} {clock(sample.planned)}" if sample.planned else f"{sample.day:%m-%d}"
                )
                yield f"{sample.point.name} {planned} {sample.entry}"


GIVEN_LATE = '2026-03-02 randomised, arm: all\n2026-03-02 given, treatment: drug, n: 1, at: "22:00"\n'


def test_the_visit_of_a_later_day_is_where_the_hours_lead_once_the_time_is_known() -> None:
    """36 hours after 22:00 on 2 March are 10:00 on 4 March; a week later nobody knows the time: one whole day after 9 March."""
    found = calendar(protocol(), GIVEN_LATE)
    assert list(clocks(found, "pk.1")) == [
        "-0.5 h 03-02 21:30 drug.1",
        "2 h 03-03 00:00 drug.1",
        "36 h 03-04 10:00 pk.1",
    ]
    assert list(clocks(found, "pk.2")) == ["-0.5 h 03-09 drug.2", "2 h 03-09 drug.2", "36 h 03-10 pk.2"]
    assert [(str(found.by_id[each].date), found.by_id[each].time) for each in ("pk.1", "pk.2")] == [
        ("2026-03-04", "10:00"),
        ("2026-03-10", None),
    ]


def test_in_short_a_time_past_midnight_says_its_day() -> None:
    """What was taken at 00:05 on 3 March is late for midnight by 5 minutes, and stands under the dose of 2 March."""
    late = f'{GIVEN_LATE}2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:05"\n'
    assert table_of_sheets(calendar(protocol(), late)).rows == (
        (date(2026, 3, 2), "pk.1", "drug.1", "-0.5 h 21:30, 2 h 00:00 03-03 taken 00:05 03-03 (+5 min)"),
        (date(2026, 3, 4), "pk.1", "pk.1", "36 h 10:00"),
        (date(2026, 3, 9), "pk.2", "drug.2", "-0.5 h, 2 h"),
        (date(2026, 3, 10), "pk.2", "pk.2", "36 h"),
    )
    said = str(explain(calendar(protocol(), late), "drug.1", version(protocol())))
    assert "2 h at 00:00 03-03, ±15 min: taken at 00:05 03-03, 5 min late." in said


def test_whoever_moves_on_to_a_site_far_away_reads_the_clock_there() -> None:
    """22:00 on 2 March in Vienna is 21:00 UTC; 36 hours later it is 09:00 UTC on 4 March, 04:00 in New York.

    The night of the dose, up to 00:00 on 3 March, is still Vienna's, although the transfer is dated that day.
    """
    there = replace(EVERY_DAY, name="New York", zone="America/New_York")
    home = replace(VIENNA, name="Vienna", others=(there,))
    log = told(GIVEN_LATE + "2026-03-03 site transferred, site: New York\n")
    found = calendar_of(version(protocol()), home, log, subject="S-1")
    assert list(clocks(found, "pk.1")) == [
        "-0.5 h 03-02 21:30 drug.1",
        "2 h 03-03 00:00 drug.1",
        "36 h 03-04 04:00 pk.1",
    ]
    assert (str(found.by_id["pk.1"].date), found.by_id["pk.1"].time) == ("2026-03-04", "04:00")
    said = f"{explain(found, 'pk.1', version(protocol()), log)}{explain(found, 'pk.1@36h', version(protocol()), log)}"
    assert "36 hours are over at 04:00 by the clock of America/New_York, where the patient is by then" in said
    assert "That is by the clock of America/New_York, where the patient is by then; these are true hours." in said
    assert "clocks" not in said


def test_a_booked_time_makes_clock_times_and_says_so() -> None:
    found = calendar(
        protocol(), '2026-03-02 randomised, arm: all\n2026-03-02 booked, entry: drug.1, to: 2026-03-03, at: "09:00"\n'
    )
    assert next(clocks(found, "pk.1")) == "-0.5 h 03-03 08:30 drug.1"
    assert not found.sheets[0].recorded
    said = str(explain(found, "pk.1@2h", version(protocol())))
    assert "2 h after 09:00, the time that is booked, is Tuesday 3 March 2026 at 11:00." in said


def test_tablets_of_a_cycle_count_from_the_report_of_their_day() -> None:
    """Day 15 of a cycle that began on 2 March is 16 March; its tablets were taken at 08:00."""
    text = protocol(
        "pk: at 1, 24 hours ±5 minutes after days 1, 15 of drug cycles 1, 2",
        "50 mg once daily by mouth on days 1-21",
        "28 days after the previous cycle",
    )
    story = '2026-03-02 cycle started, treatment: drug, cycle: 1, at: "07:30"\n'
    story += '2026-03-16 taken, treatment: drug, from: 2026-03-16, to: 2026-03-16, at: "08:00"\n'
    found = calendar(text, "2026-03-02 randomised, arm: all\n" + story)
    assert list(clocks(found, "pk.1.1")) == ["1 h 03-02 08:30 drug.1.1", "24 h 03-03 07:30 pk.1.2"]
    assert list(clocks(found, "pk.1.15")) == ["1 h 03-16 09:00 drug.1.15", "24 h 03-17 08:00 pk.1.16"]
    assert list(clocks(found, "pk.2.15")) == ["1 h 04-13 drug.2.15", "24 h 04-14 pk.2.16"]


def test_a_visit_has_a_sheet_of_its_own() -> None:
    text = protocol("ogtt: at 0, 30, 120 minutes +5 minutes after tolerance-test")
    story = GIVEN_LATE + '2026-03-04 visit done, entry: tolerance-test.1, at: "08:00"\n'
    assert list(clocks(calendar(text, story), "ogtt.1")) == [
        "0 min 03-04 08:00 tolerance-test.1",
        "30 min 03-04 08:30 tolerance-test.1",
        "120 min 03-04 10:00 tolerance-test.1",
    ]


def test_of_a_time_that_comes_twice_the_one_nearer_to_its_plan_is_meant() -> None:
    """On 25 October the clocks go from 03:00 back to 02:00: four hours after 23:00 are the second 02:00."""
    text = protocol("pk: at 4 hours ±5 minutes after every drug dose")
    story = '2026-10-24 randomised, arm: all\n2026-10-24 given, treatment: drug, n: 1, at: "23:00"\n'
    found = calendar(text, story + '2026-10-25 sampled, sheet: pk, n: 1, point: 4 h, at: "02:03"\n')
    (sample,) = found.sheets[0].samples
    assert sample.planned is not None
    assert (clock(sample.planned), sample.off, sample.elapsed) == ("02:00 (the second time)", 3, 243)


def test_a_dose_in_the_hour_that_comes_twice_counts_from_the_second_as_hours_between_doses_do() -> None:
    """02:30 of 25 October is 00:30 UTC and, an hour later, 01:30 UTC: that one is meant, and an hour after it is 03:30."""
    text = protocol("pk: at 1, 24 hours ±5 minutes after every drug dose")
    story = '2026-10-24 randomised, arm: all\n2026-10-25 given, treatment: drug, n: 1, at: "02:30"\n'
    assert list(clocks(calendar(text, story), "pk.1")) == ["1 h 10-25 03:30 drug.1", "24 h 10-26 02:30 pk.1"]


def test_a_sample_of_a_visit_that_is_not_done_is_asked_and_told() -> None:
    # The sample of 36 hours after Monday 22:00 is on Wednesday 4 March at 10:00, the visit pk.1.
    done = '2026-03-04 sampled, sheet: pk, n: 1, point: 36 h, at: "10:00"'
    missed = "2026-03-04 not done, entry: pk.1"
    told_so = "pk.1@36h is recorded as taken, and pk.1 as not done"
    for first, second in ((done, missed), (missed, done)):
        found = asked(f"{GIVEN_LATE}{first}\n", second, version=version(protocol()), site=VIENNA, today="2026-11-01")
        assert [(each.code, each.what) for each in found] == [("taken-and-not-done", told_so)]
        stands = calendar(protocol(), f"{GIVEN_LATE}{first}\n{second}, confirmed: both were said\n")
        (warning,) = [each for each in stands.findings if each.code == "taken-and-not-done"]
        assert (warning.message, warning.entry, len(warning.events)) == (told_so, "pk.1", 2)
    assert "taken-and-not-done" not in {each.code for each in calendar(protocol(), f"{GIVEN_LATE}{done}\n").findings}


def deviations(story: str, on: date | None = None) -> list[str]:
    found = deviations_of(version(protocol()), VIENNA, told(story), on=on)
    return [f"{each.date} {each.kind.value} {each.entry}: {each.what}" for each in found if "@" in (each.entry or "")]


def test_what_was_out_of_its_window_or_not_taken_is_a_deviation_in_minutes() -> None:
    samples = (
        '2026-03-02 sampled, sheet: pk, n: 1, point: -0.5 h, at: "21:35"\n'
        "2026-03-03 not sampled, sheet: pk, n: 1, point: 2 h, reason: no vein\n"
        '2026-03-04 sampled, sheet: pk, n: 1, point: 36 h, at: "11:20", reason: traffic\n'
    )
    assert deviations(GIVEN_LATE + samples) == [
        "2026-03-02 out of window pk.1@-0.5h: -0.5 h taken at 21:35 for 21:30, 5 min late, -30 min to +0 min is allowed",
        "2026-03-03 missed pk.1@2h: 2 h not taken: no vein",
        "2026-03-04 out of window pk.1@36h: 36 h taken at 11:20 for 10:00, 1 h 20 min late, ±15 min is allowed: traffic",
    ]


def test_of_a_given_dose_what_nobody_recorded_is_told_the_day_after() -> None:
    assert deviations(GIVEN_LATE, date(2026, 3, 3)) == [
        "2026-03-02 no record pk.1@-0.5h: nobody recorded -0.5 h as taken or not taken"
    ]
    assert deviations(GIVEN_LATE) == []


def test_who_came_for_a_sample_was_at_its_visit_and_a_strike_takes_it_back() -> None:
    sampled = GIVEN_LATE + '2026-03-04 sampled, sheet: pk, n: 1, point: 36 h, at: "10:10"\n'
    found = calendar(protocol(), sampled)
    assert (found.by_id["pk.1"].status, found.by_id["pk.1"].time) == ("done", "10:10")
    struck = calendar(protocol(), sampled + "2026-03-05 struck, number: 3, reason: other patient\n")
    assert struck.by_id["pk.1"].status == "planned"
    assert 4 in struck.by_id["pk.1"].because.event_numbers()
    not_taken = "2026-03-04 not sampled, sheet: pk, n: 1, point: 36 h, reason: did not come\n"
    assert calendar(protocol(), GIVEN_LATE + not_taken).by_id["pk.1"].status == "not done"


def test_of_two_samples_of_one_visit_the_one_that_was_not_taken_is_a_deviation() -> None:
    """24 and 36 hours have one visit: the second without a record hides nothing. No visit is one deviation."""
    text = protocol("pk: at 24, 36 hours ±15 minutes after every drug dose")

    def found(line: str) -> list[str]:
        story = '2026-03-02 randomised, arm: all\n2026-03-02 given, treatment: drug, n: 1, at: "08:00"\n' + line
        ledger = deviations_of(version(text), VIENNA, told(story), on=date(2026, 3, 5))
        return [f"{each.kind.value} {each.entry}" for each in ledger if (each.entry or "").startswith("pk")]

    assert found("2026-03-03 not sampled, sheet: pk, n: 1, point: 24 h, reason: no vein\n") == [
        "no record pk.1",
        "missed pk.1@24h",
    ]
    assert found("2026-03-03 not done, entry: pk.1, reason: did not come\n") == ["missed pk.1"]


def refused(story: str) -> list[str]:
    log: Log = told(GIVEN_LATE + story)
    return [f"{each.code}: {each.hint}" for each in contradictions(chart_of(log, version(protocol())))]


def test_a_sample_is_of_a_sheet_its_dose_and_its_time_point_and_is_recorded_once() -> None:
    two = '2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:01"\n'
    assert refused(two) == []
    assert refused(two.replace("pk", "pkk")) == ["unknown-sheet: did you mean 'pk'?"]
    assert refused(two.replace("2 h", "'2'")) == ["unknown-time-point: write 2 h"]
    assert refused(two.replace("2 h", "2 hours")) == ["unknown-time-point: write 2 h"]
    assert refused(two.replace("2 h", "9 h")) == ["unknown-time-point: known here: -0.5 h, 2 h, 36 h"]
    assert refused(two + two) == ["recorded-twice: correct or strike one of them"]


def asked_of(story: str, line: str) -> list[str]:
    found = asked(story, line, version=version(protocol()), site=VIENNA)
    return [f"{each.code} {each.path}: {each.what}" for each in found]


def test_a_dose_without_its_time_and_a_sample_outside_its_window_are_asked() -> None:
    randomised = GIVEN_LATE.splitlines()[0]
    given = "2026-03-02 given, treatment: drug, n: 1"
    assert asked_of(randomised, given) == [
        "no-time 0.at: the sheet pk.1 counts from the time of drug.1, and no time is said"
    ]
    assert asked_of(randomised, given + ', at: "08:00"') == []
    late = '2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:20"'
    assert asked_of(GIVEN_LATE, late) == [
        "sample-out-of-window 0.at: 2 h taken at 00:20 for 00:00, 20 min late, ±15 min is allowed"
    ]
    assert asked_of(GIVEN_LATE, late + ", reason: second puncture") == []
    assert asked_of(GIVEN_LATE, late.replace("00:20", "00:14")) == []


def test_a_time_that_the_clocks_skip_or_show_twice_is_asked() -> None:
    """In Vienna the clocks go from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October."""
    skipped = '2026-03-29 given, treatment: drug, n: 1, at: "02:30"'
    assert asked_of("2026-03-02 randomised, arm: all", skipped) == [
        "time-skipped 0.at: 2026-03-29 02:30 does not exist in Europe/Vienna: the clocks go forward over it, "
        "and it counts as 2026-03-29 03:30"
    ]
    assert asked_of("2026-03-02 randomised, arm: all", skipped.replace("02:30", "03:00")) == []
    twice = '2026-10-25 given, treatment: drug, n: 1, at: "02:30"'
    found = asked(
        "2026-10-02 randomised, arm: all", twice, version=version(protocol()), site=VIENNA, today="2026-11-01"
    )
    assert [(each.code, each.path) for each in found] == [("time-twice", "0.at")]
    once = twice.replace("02:30", "03:00")
    assert (
        asked("2026-10-02 randomised, arm: all", once, version=version(protocol()), site=VIENNA, today="2026-11-01")
        == ()
    )


def codes_and_words(found: Calendar) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in found.findings if "sample" in each.code]


def test_of_a_dose_that_was_not_done_nobody_comes_for_a_sample() -> None:
    """Drawn before the dose, then the dose fails: what was drawn stands, the visit 36 hours later does not."""
    story = "2026-03-02 randomised, arm: all\n2026-03-02 first dose planned, to: 2026-03-03\n"
    story += '2026-03-03 sampled, sheet: pk, n: 1, point: -0.5 h, at: "07:30"\n'
    story += "2026-03-03 not done, entry: drug.1, reason: fever\n"
    found = calendar(protocol(), story)
    assert (found.by_id["pk.1"].status, found.by_id["pk.1"].date) == ("cancelled", None)
    assert str(explain(found, "pk.1", version(protocol()))).startswith(
        "Pk 1, 36 h is cancelled, because Drug, dose 1 was not done."
    )
    assert [(sample.id, sample.standing) for sample in found.sheets[0].samples] == [("pk.1@-0.5h", "taken")]
    assert codes_and_words(found) == []


def test_a_sample_of_a_dose_that_nobody_recorded_or_planned_is_told() -> None:
    sampled = '2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:05"\n'
    struck = GIVEN_LATE + sampled + "2026-03-04 struck, number: 2, reason: other patient\n"
    assert codes_and_words(calendar(protocol(), struck)) == [
        ("sample-without-dose", "pk 1, 2 h, is recorded (event 3), and drug.1 has no date")
    ]
    other = calendar(protocol(), GIVEN_LATE + sampled.replace("n: 1", "n: 9"))
    assert codes_and_words(other) == [
        ("sample-without-dose", "pk 9, 2 h, is recorded (event 3), and drug.9 has no date")
    ]
    assert codes_and_words(calendar(protocol(), GIVEN_LATE + sampled)) == []


def test_samples_of_a_dose_that_was_given_are_taken_although_treatment_ends() -> None:
    """Given at 22:00 on 2 March, all treatment ended on 3 March: 36 hours after the dose are 10:00 on 4 March all the same."""
    for ended in ("discontinued, treatment: drug, reason: choice", "end of treatment, reason: patient's choice"):
        found = calendar(protocol(), f"{GIVEN_LATE}2026-03-03 {ended}\n")
        first, second = found.by_id["pk.1"], found.by_id["pk.2"]
        assert (first.status, str(first.date), first.time) == ("planned", "2026-03-04", "10:00")
        assert second.status == "cancelled"
    gone = calendar(protocol(), f"{GIVEN_LATE}2026-03-03 withdrew, from: all, reason: choice\n")
    assert gone.by_id["pk.1"].status == "cancelled"


def test_the_reason_of_a_later_day_says_the_day_of_the_dose_and_how_long_after() -> None:
    given = calendar(protocol(), GIVEN_LATE)
    assert str(explain(given, "pk.1", version(protocol()))).startswith(
        "Pk 1, 36 h is planned for Wednesday 4 March 2026 (Day 3) at 10:00, "
        "because it is 36 hours after Drug, dose 1 on Monday 2 March 2026."
    )
    assert str(explain(given, "pk.2", version(protocol()))).startswith(
        "Pk 2, 36 h is planned for Tuesday 10 March 2026 (Day 9), because it is 1 day after Drug, dose 2 on Monday 9 March 2026."
    )


def test_a_sample_on_another_day_than_its_visit_is_told() -> None:
    """24 and 36 hours have one visit. After 20:00 on 2 March they are at 20:00 on 3 March and at 08:00 on 4 March."""
    text = protocol("pk: at 24, 36 hours ±15 minutes after every drug dose")
    late = '2026-03-02 randomised, arm: all\n2026-03-02 given, treatment: drug, n: 1, at: "20:00"\n'
    found = calendar(text, late)
    assert (str(found.by_id["pk.1"].date), found.by_id["pk.1"].time) == ("2026-03-03", "20:00")
    assert codes_and_words(found) == [
        ("sample-on-another-day", "pk.1@36h is due on 2026-03-04 at 08:00, and its visit pk.1 is on 2026-03-03")
    ]
    assert codes_and_words(calendar(text, late.replace("20:00", "08:00"))) == []


def test_a_dose_keeps_the_sheet_of_its_version() -> None:
    """Version 1.1 has 3 hours in place of 2, and 60 in place of 36. Dose 1 was given under 1.0, dose 2 a week later under 1.1."""
    later = protocol(SHEETS.replace("2, 36", "3, 60")).replace(
        'version: "1.0"', 'version: "1.1"\namendment: {of: "1.0", patients: may move, consent: not needed}'
    )
    amended = replace(version(protocol()), others=(version(later),))
    story = (
        GIVEN_LATE
        + '2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:01"\n2026-03-03 moved to version, version: "1.1"\n'
        + '2026-03-04 sampled, sheet: pk, n: 1, point: 36 h, at: "10:05"\n'
        + '2026-03-09 given, treatment: drug, n: 2, at: "22:00"\n'
    )
    assert [each.code for each in contradictions(chart_of(told(story), amended, amended.others))] == []
    found = calendar_of(amended, VIENNA, told(story), subject="S-1")
    assert list(clocks(found, "pk.1")) == [
        "-0.5 h 03-02 21:30 drug.1",
        "2 h 03-03 00:00 drug.1",
        "36 h 03-04 10:00 pk.1",
    ]
    assert list(clocks(found, "pk.2")) == [
        "-0.5 h 03-09 21:30 drug.2",
        "3 h 03-10 01:00 drug.2",
        "60 h 03-12 10:00 pk.2",
    ]
    assert [sample.off for sample in found.sheets[0].samples] == [None, 1, 5]
    assert (found.by_id["pk.1"].status, found.by_id["pk.2"].status) == ("done", "planned")
    assert codes_and_words(found) == []


def test_a_protocol_that_makes_no_sheet_is_a_finding() -> None:
    assert codes(protocol("pk: at 1 hour after every drugg dose")) == ["unknown-anchor: did you mean 'drug'?"]
    assert codes(protocol("pk: [at 1 hour after every drug dose, 'at 1, 2 hours after every drug dose']")) == [
        "twice: leave one of them out"
    ]
    assert codes(protocol("pk: [at 1 hour after every drug dose, at 2 hours after drug dose 1]")) == [
        "another-dose: write another sheet for the others"
    ]
    assert codes(protocol("drug: at 1 hour after every drug dose")) == ["name-taken: name it otherwise"]
    assert codes(protocol("pk: at 1 hour after every bortezomib dose")) == [
        "which-occurrence: write: after every bortezomib day 1"
    ]


def test_the_sheet_on_paper_has_offsets_and_a_line_for_the_time_then_clock_times() -> None:
    found = calendar(protocol(), GIVEN_LATE + '2026-03-03 sampled, sheet: pk, n: 1, point: 2 h, at: "00:20"\n')
    sheet = read_pdf(sheets_as_pdf(found, found.sheets, Imprint("SHEETS", "1.0", 3)))
    assert [" | ".join(row) for table in sheet.tables for row in table[1:]] == [
        "-0.5 h | 21:30 | -30 min to +0 min |  |  |  | ",
        "2 h | 00:00 03-03 | ±15 min | 00:20 03-03 | 20 |  | ",
        "36 h | 10:00 | ±15 min |  |  |  | ",
        "-0.5 h |  | -30 min to +0 min |  |  |  | ",
        "2 h |  | ±15 min |  |  |  | ",
        "36 h |  | ±15 min |  |  |  | ",
    ]
    chinese = sheets_as_pdf(found, found.sheets, Imprint("SHEETS", "1.0", 3), Language.CHINESE)
    assert read_pdf(chinese).tables[0][0][:2] == ["时间点", "计划时间"]

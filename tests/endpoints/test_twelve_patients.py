"""Twelve patients counted by hand: survival, progression-free survival, response, how long it lasted, and why each is that."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.endpoints.patient.end_point import EITHER, EndPoint, TimeToEvent, Why
from scheduler.patient.cut_log import CutOff
from tests.endpoints.patients import START, TWELVE, end_points, outcome

# From 2 March on, that day included, March has 30 days: with all of April 60, of May 91, of June 121, of July 152.
# 24 April: 30 + 24 = 54. 10 June: 91 + 10 = 101. 19 June: 91 + 19 = 110. 20 June: 111. 14 August: 152 + 14 = 166.
PROGRESSION_FREE = {
    "progressed after a response": (166, True, Why.PROGRESSED),
    "died without progression": (101, True, Why.DIED),
    "response seen once": (110, False, Why.LAST_ASSESSMENT),
    "died before an iUPD could be confirmed": (110, True, Why.NEVER_CONFIRMED),
    "an iUPD awaits its confirmation": (54, False, Why.AWAITS_CONFIRMATION),
    "another therapy before progression": (54, False, Why.OTHER_THERAPY),
    # The windows of 19 June and 14 August, 12 to 26 June and 7 to 21 August, were over when the disease had progressed.
    "two scans missed before progression": (54, False, Why.MISSED_SCANS),
    "one scan missed before progression": (166, True, Why.PROGRESSED),
    "never scanned": (1, False, Why.NO_ASSESSMENT),
    # Of two scans without a reading, the second has its window until 26 June: one alone was missed before the death.
    "scans that could not be read": (111, True, Why.DIED),
    "lost": (54, False, Why.LAST_ASSESSMENT),
    # Counted to 2 March 2028, day 732: 365 days to 2 March 2027, 366 more as 2028 is a leap year, and the first.
    # 21 January is 10 + 29 + 2 = 41 days before: 732 - 41 = 691.
    "died after what is counted": (691, False, Why.HORIZON),
}

# Last seen alive: 30 March is day 29; 14 August, 19 June and 24 April are the days of scans. 1 July: 121 + 1 = 122.
# 9 October: 152 + 31 of August + 30 of September + 9 = 222.
SURVIVAL = {
    "progressed after a response": (166, False, Why.LAST_KNOWN_ALIVE),
    "died without progression": (101, True, Why.DIED),
    "response seen once": (110, False, Why.LAST_KNOWN_ALIVE),
    "died before an iUPD could be confirmed": (122, True, Why.DIED),
    "an iUPD awaits its confirmation": (54, False, Why.LAST_KNOWN_ALIVE),
    "another therapy before progression": (110, False, Why.LAST_KNOWN_ALIVE),
    "two scans missed before progression": (222, False, Why.LAST_KNOWN_ALIVE),
    "one scan missed before progression": (166, False, Why.LAST_KNOWN_ALIVE),
    "never scanned": (29, False, Why.LAST_KNOWN_ALIVE),
    "scans that could not be read": (111, True, Why.DIED),
    "lost": (54, False, Why.LAST_KNOWN_ALIVE),
    "died after what is counted": (732, False, Why.HORIZON),
}

# The best response, whether it is one, whether the disease is controlled.
BEST = {
    "progressed after a response": ("RECIST 1.1", "PR", True, True),
    "died without progression": ("RECIST 1.1", "SD", False, True),
    "response seen once": ("RECIST 1.1", "PR", True, True),
    "died before an iUPD could be confirmed": ("iRECIST", "iSD", False, True),
    "an iUPD awaits its confirmation": ("iRECIST", "iUPD", False, False),
    "another therapy before progression": ("RECIST 1.1", "SD", False, True),
    "two scans missed before progression": ("RECIST 1.1", "SD", False, True),
    "one scan missed before progression": ("RECIST 1.1", "SD", False, True),
    "never scanned": ("RECIST 1.1", None, False, False),
    "scans that could not be read": ("RECIST 1.1", "NE", False, False),
    "lost": ("RECIST 1.1", "SD", False, True),
    "died after what is counted": ("RECIST 1.1", "SD", False, True),
}


def told(time: TimeToEvent) -> tuple[int | None, bool | None, Why]:
    return time.days, time.event, time.why


@pytest.mark.parametrize("who", TWELVE)
def test_each_end_point_of_twelve_patients(who: str) -> None:
    found = end_points(TWELVE[who])
    criteria, best, response, control = BEST[who]
    of_best = found.best_by(criteria)
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)) == PROGRESSION_FREE[who]
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, criteria)) == PROGRESSION_FREE[who]
    assert told(found.survival) == SURVIVAL[who]
    assert (of_best.best, of_best.response, of_best.control) == (best, response, control)
    assert of_best.counted


@pytest.mark.parametrize(
    ("who", "days", "event"),
    [
        # 7 days of April, 31 of May, 30 of June, 31 of July, 14 of August.
        ("progressed after a response", 113, True),
        # 7 days of April, 31 of May, 19 of June.
        ("response seen once", 57, False),
        ("died without progression", None, None),
    ],
)
def test_how_long_a_response_lasts(who: str, days: int | None, event: bool | None) -> None:
    found = end_points(TWELVE[who]).time(EndPoint.DURATION_OF_RESPONSE, "RECIST 1.1")
    assert (found.days, found.event) == (days, event)


REASONS = {
    "progressed after a response": "Progressed on 14 August 2026: PD by RECIST 1.1.",
    "died without progression": "Died on 10 June 2026, without progression before.",
    "response seen once": "Neither progression nor death so far: censored on 19 June 2026, the last assessment that could be "
    "read (SD by RECIST 1.1).",
    "died before an iUPD could be confirmed": "Progressed on 19 June 2026: the iUPD of that scan was neither confirmed nor taken "
    "back before the patient died on 1 July 2026.",
    "an iUPD awaits its confirmation": "The iUPD of 24 April 2026 is neither confirmed nor taken back yet: censored on that day. "
    "Confirmed, it is progression of that day.",
    "another therapy before progression": "Another treatment of the tumour began on 1 May 2026, before progression: censored on "
    "24 April 2026, the last assessment before it that could be read (SD by RECIST 1.1).",
    "two scans missed before progression": "Progressed on 9 October 2026: PD by RECIST 1.1. Before that no assessment could be "
    "read of imaging.2, imaging.3, two or more scheduled scans in a row: censored on 24 April 2026, the last assessment before "
    "them that could be read (SD by RECIST 1.1).",
    "one scan missed before progression": "Progressed on 14 August 2026: PD by RECIST 1.1.",
    "never scanned": "No assessment could be read after the first day, and neither progression nor death is recorded: censored "
    "on the first day.",
    "scans that could not be read": "Died on 20 June 2026, without progression before.",
    "lost": "Neither progression nor death so far: censored on 24 April 2026, the last assessment that could be read (SD by "
    "RECIST 1.1). Followed no further: the patient was lost to follow-up on 19 May 2026.",
    "died after what is counted": "Died on 1 May 2028, without progression before. That is after 2 March 2028, until which is "
    "counted: censored on 21 January 2028, the last assessment before it that could be read (SD by RECIST 1.1).",
}


def test_each_says_why() -> None:
    found = {who: end_points(story).time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER) for who, story in TWELVE.items()}
    assert {who: str(time.reason) for who, time in found.items()} == REASONS
    # The events of the log: 1 and 2 are randomisation and first dose.
    assert found["two scans missed before progression"].events == (3, 4)
    assert found["died before an iUPD could be confirmed"].events == (4, 5)


def test_who_had_no_dose_is_not_counted() -> None:
    found = end_points("", start="2026-02-27 randomised, arm: control\n")
    assert {told(time) for time in found.times} == {(None, None, Why.NOT_STARTED)}
    assert not any(best.counted for best in found.best)
    assert not found.worst.counted
    assert str(found.survival.reason) == (
        "Not counted: it is counted from first dose (registration), and that is not recorded."
    )


def test_an_iupd_that_is_confirmed_is_progression_of_its_own_day() -> None:
    found = end_points("2026-04-24 iUPD\n2026-05-22 iCPD").time(EndPoint.PROGRESSION_FREE_SURVIVAL, "iRECIST")
    assert (told(found), found.events) == ((54, True, Why.PROGRESSED), (3, 4))


def test_an_iupd_that_was_taken_back_ends_nothing() -> None:
    # 17 July: 121 + 17 = 138.
    found = end_points("2026-04-24 iUPD\n2026-05-22 iPR\n2026-07-17 iPR\n2026-07-20 lost to follow-up")
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, "iRECIST")) == (138, False, Why.LAST_ASSESSMENT)


@pytest.mark.parametrize(
    "end",
    [
        "withdrew, from: all",
        "withdrew, from: visits",
        "lost to follow-up",
        "new anticancer therapy",
        "end of treatment, reason: progression",
    ],
)
def test_an_iupd_counts_where_nobody_can_confirm_it_any_more(end: str) -> None:
    found = end_points(f"2026-04-24 iUPD\n2026-05-04 {end}").time(EndPoint.PROGRESSION_FREE_SURVIVAL, "iRECIST")
    assert told(found) == (54, True, Why.NEVER_CONFIRMED)


@pytest.mark.parametrize("end", ["withdrew, from: treatment", "end of treatment, reason: toxicity"])
def test_it_awaits_confirmation_while_scans_go_on(end: str) -> None:
    found = end_points(f"2026-04-24 iUPD\n2026-05-04 {end}").time(EndPoint.PROGRESSION_FREE_SURVIVAL, "iRECIST")
    assert told(found) == (54, False, Why.AWAITS_CONFIRMATION)


def test_by_criteria_that_nobody_used_nothing_is_counted() -> None:
    found = end_points("2026-04-24 SD")
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, "iRECIST")) == (None, None, Why.OTHER_CRITERIA)
    assert (found.best_by("RECIST 1.1").counted, found.best_by("iRECIST").counted) == (True, False)


def test_progression_by_either_is_the_earlier() -> None:
    found = end_points("2026-04-24 PD\n2026-04-24 iUPD\n2026-05-22 iPR")
    times = {time.criteria: told(time) for time in found.progression_free}
    # 22 May: 60 + 22 = 82.
    assert times == {
        EITHER: (54, True, Why.PROGRESSED),
        "RECIST 1.1": (54, True, Why.PROGRESSED),
        "iRECIST": (82, False, Why.LAST_ASSESSMENT),
    }


def test_after_withdrawal_from_visits_the_scans_that_were_cancelled_count_as_missed() -> None:
    # 24 April is the last scan; those of 19 June and 14 August are cancelled, and their windows are over before 1 September.
    found = end_points("2026-04-24 SD\n2026-05-04 withdrew, from: visits\n2026-09-01 died")
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)) == (54, False, Why.MISSED_SCANS)
    # 152 + 31 of August + 1.
    assert told(found.survival) == (184, True, Why.DIED)


def test_a_scan_after_the_counted_time_shows_that_nothing_had_happened_in_it() -> None:
    found = end_points("2028-01-21 SD\n2028-03-17 SD\n2028-05-12 PD").time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)
    assert (told(found), found.last) == ((732, False, Why.HORIZON), date(2028, 3, 2))


def test_responses_count_for_one_year() -> None:
    # Counted to 2 March 2027; what is seen later is another matter.
    found = end_points("2026-04-24 SD\n2027-03-26 PR").best_by("RECIST 1.1")
    assert (found.best, found.response, found.control) == ("SD", False, True)
    lasting = end_points("2027-01-29 PR\n2027-03-26 PR\n2027-05-21 PD").time(
        EndPoint.DURATION_OF_RESPONSE, "RECIST 1.1"
    )
    # 3 days of January, 28 of February, 2 of March: the scan of 26 March shows that it lasted to the end.
    assert told(lasting) == (33, False, Why.HORIZON)


def test_grade_5_is_a_death_until_somebody_records_it() -> None:
    found = end_points("2026-06-10 adverse event, ae: 1, term: Sepsis, grade: 5").survival
    assert told(found) == (101, True, Why.DIED)
    assert str(found.reason) == (
        "Died on 10 June 2026: adverse event 1 has grade 5, and no death is recorded beside it."
    )


def test_what_was_booked_or_handed_out_shows_nobody_alive() -> None:
    story = """2026-03-30 cycle started, treatment: regorafenib, cycle: 2
        2026-04-02 booked, entry: regorafenib.3.1, to: 2026-04-27
        2026-04-20 dispensed, treatment: regorafenib, cycle: 3, quantity: 84"""
    found = end_points(story).survival
    assert (told(found), str(found.reason)) == (
        (29, False, Why.LAST_KNOWN_ALIVE),
        "Last known to be alive on 30 March 2026: regorafenib cycle 2 is started. Censored on that day.",
    )


def test_the_worst_grade_is_that_of_the_time_of_collection() -> None:
    # Tablets until 22 March, collection until 20 June: what got worse on 1 July is outside.
    found = end_points(
        """2026-03-10 adverse event, ae: 1, term: Nausea, grade: 2, serious: true
        2026-03-12 adverse event, ae: 2, term: Fatigue, grade: 1
        2026-03-25 end of treatment, reason: toxicity
        2026-07-01 regraded, ae: 2, grade: 3"""
    ).worst
    assert (found.grade, found.serious, found.events) == (2, True, (3,))
    assert str(found.reason) == "Grade 2, the worst in the time of collection: Nausea."


def test_without_a_period_it_counts_from_randomisation() -> None:
    from scheduler.protocol.parse import parse_protocol
    from tests.seed import FOLDER

    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    for collected in ("overall survival", "progression-free survival", "tumour response"):
        text = text.replace(f"    collects: {collected}\n", "")
    version, _ = parse_protocol(text, name="protocol.yaml")
    # Randomised on 27 February: 3 days before the first dose.
    found = end_points("2026-04-24 SD\n2029-01-21 died", version=version)
    assert found.survival.first == date(2026, 2, 27)
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER))[2] is Why.MISSED_SCANS
    # 2026-02-27 to 2029-02-27 are 365 + 365 + 366 = 1096 days; 21 January is 10 + 27 = 37 days before; and the first.
    assert told(found.survival) == (1060, True, Why.DIED)


def test_nobody_progresses_after_they_were_last_known_to_be_alive() -> None:
    found = end_points("2026-04-24 SD\n2026-05-20 progressed")
    # 60 + 20 = 80.
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)) == (80, True, Why.PROGRESSED)
    assert told(found.survival) == (80, False, Why.LAST_KNOWN_ALIVE)


def test_a_study_of_one_arm_asks_for_a_second_scan() -> None:
    from dataclasses import replace

    from tests.seed import VERSION

    alone = replace(VERSION, arms={"control": VERSION.arms["control"]})
    once = end_points("2026-04-24 PR\n2026-06-19 SD", version=alone, start=START)
    assert (once.best_by("RECIST 1.1").best, once.best_by("RECIST 1.1").response) == ("SD", False)
    assert once.time(EndPoint.DURATION_OF_RESPONSE, "RECIST 1.1").why is Why.NO_RESPONSE
    assert str(once.best_by("RECIST 1.1").reason) == (
        "PR by RECIST 1.1 by the scan of 24 April 2026 is not confirmed: it counts as SD."
    )
    twice = end_points("2026-04-24 PR\n2026-06-19 PR", version=alone, start=START)
    assert twice.best_by("RECIST 1.1").response


OUTSIDE_ITS_WINDOW = {
    # The first scan is due from 17 April on, and was done on the 16th: of imaging.1 and imaging.2 one alone was missed.
    "early": (
        "2026-04-16 visit done, entry: imaging.1, confirmed: before a journey\n2026-04-16 SD\n2026-08-14 PD",
        166,
    ),
    # The third was due until 21 August, and shows progression on the 24th, day 152 + 24: imaging.2 alone was missed.
    "late": (
        "2026-04-24 SD\n2026-08-24 visit done, entry: imaging.3, confirmed: the scanner was broken\n2026-08-24 PD",
        176,
    ),
}


WITHOUT_A_RECORDED_SCAN = {
    # A day before the window of imaging.1, 17 April to 1 May: it counts for it, and imaging.2 alone was missed.
    "2026-04-16 SD\n2026-08-14 PD": (166, True, Why.PROGRESSED),
    # Three days after that of imaging.3, 7 to 21 August: imaging.2 alone was missed.
    "2026-04-24 SD\n2026-08-24 PD": (176, True, Why.PROGRESSED),
    # Eight days after it, which is out of its reach of seven days: imaging.2 and imaging.3 were missed.
    "2026-04-24 SD\n2026-08-29 PD": (54, False, Why.MISSED_SCANS),
    # Not readable: it counts for no scan.
    "2026-04-16 NE\n2026-08-14 PD": (1, False, Why.MISSED_SCANS),
}


@pytest.mark.parametrize("story", WITHOUT_A_RECORDED_SCAN)
def test_an_assessment_without_a_recorded_scan_counts_for_the_scan_in_reach(story: str) -> None:
    found = end_points(story).time(EndPoint.PROGRESSION_FREE_SURVIVAL, "RECIST 1.1")
    assert told(found) == WITHOUT_A_RECORDED_SCAN[story]


AT_CUT_OFF = """2026-04-24 PR
2026-06-19 PD
2026-06-25 corrected, number: 3, reason: read again, with: {event: response, on: 2026-04-24, criteria: RECIST 1.1, assessment: SD}
2026-07-01 died"""


@pytest.mark.parametrize(
    ("last", "recorded", "best", "progression", "survival"),
    [
        # 2 March is day 1: 24 April is day 54, 19 June day 110, 1 July day 122. What is corrected later counts: SD.
        ("2026-06-18", None, "SD", (54, False, Why.LAST_ASSESSMENT), (54, False, Why.LAST_KNOWN_ALIVE)),
        ("2026-06-24", None, "SD", (110, True, Why.PROGRESSED), (110, False, Why.LAST_KNOWN_ALIVE)),
        ("2026-07-01", None, "SD", (110, True, Why.PROGRESSED), (122, True, Why.DIED)),
        # The snapshot of the day before the correction does not know it, nor of the death that was recorded on 1 July.
        ("2026-06-24", "2026-06-24", "PR", (110, True, Why.PROGRESSED), (110, False, Why.LAST_KNOWN_ALIVE)),
        ("2026-06-18", "2026-06-25", "SD", (54, False, Why.LAST_ASSESSMENT), (54, False, Why.LAST_KNOWN_ALIVE)),
        (None, "2026-06-24", "PR", (110, True, Why.PROGRESSED), (110, False, Why.LAST_KNOWN_ALIVE)),
    ],
)
def test_what_happened_after_the_cut_off_does_not_count_nor_what_was_recorded_after_the_snapshot(
    last: str | None,
    recorded: str | None,
    best: str,
    progression: tuple[int, bool, Why],
    survival: tuple[int, bool, Why],
) -> None:
    days = (None if day is None else date.fromisoformat(day) for day in (last, recorded))
    found = outcome(AT_CUT_OFF, cut_off=CutOff(*days)).end_points
    assert found.best_by("RECIST 1.1").best == best
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, "RECIST 1.1")) == progression
    assert told(found.survival) == survival


def test_what_was_as_bad_before_did_not_get_worse() -> None:
    # Grade 3 at randomisation, 1 on 10 March, 3 again on 20 March: no worse than it was before the first dose on 2 March.
    found = end_points(
        "2026-03-10 regraded, ae: 1, grade: 1\n2026-03-20 regraded, ae: 1, grade: 3",
        start="2026-02-27 randomised, arm: control\n2026-02-27 adverse event, ae: 1, term: Pain, grade: 3\n"
        "2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n",
    ).worst
    assert (found.grade, str(found.reason)) == (
        None,
        "No adverse event began in the time of collection, or got worse in it than it was before it.",
    )


@pytest.mark.parametrize("when", OUTSIDE_ITS_WINDOW)
def test_a_scan_outside_its_window_that_could_be_read_is_not_missed(when: str) -> None:
    story, days = OUTSIDE_ITS_WINDOW[when]
    found = end_points(story).time(EndPoint.PROGRESSION_FREE_SURVIVAL, "RECIST 1.1")
    assert told(found) == (days, True, Why.PROGRESSED)


@pytest.mark.parametrize(
    ("before", "seen", "expected"),
    [
        ("SD", "PD", (110, True, Why.PROGRESSED)),
        ("iSD", "iUPD", (110, True, Why.NEVER_CONFIRMED)),
        ("SD", "SD", (54, False, Why.OTHER_THERAPY)),
    ],
)
def test_a_scan_on_the_day_of_another_therapy_shows_progression_and_nothing_else(
    before: str, seen: str, expected: tuple[int, bool, Why]
) -> None:
    found = end_points(f"2026-04-24 {before}\n2026-06-19 {seen}\n2026-06-19 new anticancer therapy")
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)) == expected


@pytest.mark.parametrize(
    ("seen", "criteria", "best"),
    [("PD", "RECIST 1.1", "PD"), ("iUPD", "iRECIST", "iUPD"), ("PR", "RECIST 1.1", None), ("NE", "RECIST 1.1", None)],
)
def test_the_best_response_on_the_day_of_another_therapy_is_progression_or_nothing(
    seen: str, criteria: str, best: str | None
) -> None:
    found = end_points(f"2026-04-24 {seen}\n2026-04-24 new anticancer therapy").best_by(criteria)
    assert (found.best, found.assessed, found.response) == (best, best is not None, False)


def test_who_progressed_was_alive_on_that_day() -> None:
    found = end_points("2026-04-24 SD\n2026-06-19 progressed")
    assert told(found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)) == (110, True, Why.PROGRESSED)
    assert told(found.survival) == (110, False, Why.LAST_KNOWN_ALIVE)


@pytest.mark.parametrize(
    "then", ["", "2026-06-17 new anticancer therapy\n", "2026-06-17 died\n"], ids=["nothing", "therapy", "death"]
)
def test_progression_is_on_the_day_of_its_scan_whenever_it_was_read(then: str) -> None:
    # 16 June is day 91 + 16. The scan was read on the 19th, after another therapy had begun or the patient had died.
    story = f"2026-04-24 SD\n2026-06-16 visit done, entry: imaging.2\n{then}2026-06-19 PD"
    found = end_points(story).time(EndPoint.PROGRESSION_FREE_SURVIVAL, "RECIST 1.1")
    assert told(found) == (107, True, Why.PROGRESSED)
    assert str(found.reason) == "Progressed on 16 June 2026: PD by RECIST 1.1."

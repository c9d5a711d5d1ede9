"""Patients who move to a later version of the protocol while they are under way. Dates were counted by hand on a calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler import calendar_of, parse_event
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.patient.log import log_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.source.node import Data
from tests.amendments.texts import amended, versions
from tests.seed import site_with

SITE = site_with(set(), set())
Written = Mapping[str, Data]

ENROLLED: tuple[Written, ...] = (
    {"on": "2026-03-06", "event": "randomised", "arm": "experimental"},
    {"on": "2026-03-09", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    {"on": "2026-03-09", "event": "given", "treatment": "toripalimab", "n": 1},
)
CONSENTED: Written = {"on": "2026-03-19", "event": "consented"}
LATER = amended()


def moved(on: str) -> Written:
    return {"on": on, "event": "moved to version", "version": "1.1"}


def fraction(on: str, n: int) -> Written:
    return {"on": on, "event": "given", "treatment": "radiotherapy", "n": n}


def follow(*events: Written, version: StudyVersion | None = None) -> Calendar:
    log = log_of([parse_event(event) for event in (*ENROLLED, *events)])
    return calendar_of(version or versions(LATER), SITE, log, subject="EXP-001", until=date(2026, 5, 31))


def dates(calendar: Calendar, timeline: str) -> list[str]:
    return [f"{each.date:%m-%d}" for each in calendar.entries if each.timeline == timeline and each.date is not None]


def codes(calendar: Calendar) -> list[str]:
    return [finding.code for finding in calendar.findings]


def test_whoever_did_not_move_stays_under_the_first_version():
    calendar = follow()
    assert dates(calendar, "radiotherapy") == ["03-30", "03-31", "04-01", "04-02", "04-03"]
    assert (calendar.version, dates(calendar, "regorafenib")) == ("1.0", ["03-09", "04-06", "05-04"])


def test_moved_before_radiotherapy_it_has_the_new_number_of_fractions_and_all_that_waits_for_it_moves():
    calendar = follow(CONSENTED, moved("2026-03-20"))
    assert dates(calendar, "radiotherapy") == ["03-30", "03-31", "04-01", "04-02", "04-03", "04-06", "04-07", "04-08"]
    # Cycle 2 and dose 2 wait for the day after the last fraction, Thursday 9 April.
    assert dates(calendar, "regorafenib") == ["03-09", "04-09", "05-07"]
    assert dates(calendar, "toripalimab") == ["03-09", "04-09", "04-30", "05-21"]
    assert calendar.version == "1.1"
    assert codes(calendar) == []


def test_a_course_that_was_started_is_finished_under_its_version():
    calendar = follow(fraction("2026-03-30", 1), CONSENTED, moved("2026-03-31"))
    assert dates(calendar, "radiotherapy") == ["03-30", "03-31", "04-01", "04-02", "04-03"]
    assert dates(calendar, "regorafenib") == ["03-09", "04-06", "05-04"]


def test_what_happened_before_the_move_keeps_its_date_and_its_identity():
    before, after = follow(), follow(CONSENTED, moved("2026-03-20"))
    first = ("screening.1", "regorafenib.1", "toripalimab.1", "c1d8.1", "radiotherapy.1")
    for name in first:
        old, new = before.entry(name), after.entry(name)
        assert old is not None
        assert new is not None
        assert (new.id, new.date, new.window) == (old.id, old.date, old.window)


def test_the_move_is_a_reason_and_striking_it_undoes_it():
    calendar = follow(CONSENTED, moved("2026-03-20"))
    entry = calendar.entry("radiotherapy.6")
    assert entry is not None
    assert 5 in entry.because.event_numbers()
    struck = follow(
        CONSENTED,
        moved("2026-03-20"),
        {"on": "2026-03-21", "event": "struck", "number": 5, "reason": "another patient"},
    )
    assert dates(struck, "radiotherapy") == dates(follow(), "radiotherapy")


def test_a_new_consent_is_asked_for_where_the_version_asks_for_one():
    assert codes(follow(moved("2026-03-20"))) == ["no-new-consent"]
    assert codes(follow({"on": "2026-02-20", "event": "consented"}, moved("2026-03-20"))) == ["no-new-consent"]


def test_the_doses_of_a_started_cycle_are_those_of_its_version():
    later = amended(**{"experimental: 80, 40 mg": "experimental: 120, 80, 40 mg"})
    calendar = follow(CONSENTED, moved("2026-03-20"), version=versions(later))
    first, second = calendar.entry("regorafenib.1"), calendar.entry("regorafenib.2")
    assert first is not None
    assert second is not None
    assert {str(dose) for run in first.runs for dose in run.doses} == {"80 mg"}
    assert {str(dose) for run in second.runs for dose in run.doses} == {"120 mg"}


def test_a_visit_that_the_new_version_leaves_out_is_cancelled_with_the_move_as_its_reason():
    text = amended()
    start = text.index("  c2d15:\n")
    later = (text[:start] + text[text.index("  imaging:", start) :]).replace("c1d15, c2d15,", "c1d15,")
    calendar = follow(CONSENTED, moved("2026-03-20"), version=versions(later))
    entry = calendar.entry("c2d15.1")
    assert entry is not None
    assert entry.status is Status.CANCELLED
    assert [reason.number for reason in entry.because.events() if reason in entry.because.set_by] == [5]


def test_what_only_the_new_version_asks_for_is_not_owed_for_the_time_before():
    visits = (
        "visits:\n  c1d4: on regorafenib cycle 1 day 4 ±1 days (A7)\n"
        "  c2d8: on regorafenib cycle 2 day 8 ±1 days (A7)\n"
    )
    text = amended()
    start = text.index("visits:")
    later = text[:start] + visits + text[text.index("\n", start) + 1 :]
    calendar = follow(CONSENTED, moved("2026-03-20"), version=versions(later))
    assert (dates(calendar, "c1d4"), dates(calendar, "c2d8")) == ([], ["04-16"])


def test_the_site_has_to_approve_the_version_first():
    log = log_of([parse_event(event) for event in (*ENROLLED, CONSENTED, moved("2026-03-20"))])
    late = replace(EVERY_DAY, approved={"1.1": date(2026, 4, 1)})
    never = replace(EVERY_DAY, approved={"1.0": date(2026, 1, 1)})
    assert "moved-before-approval" in codes(calendar_of(versions(LATER), late, log))
    assert "version-not-approved" in codes(calendar_of(versions(LATER), never, log))


def test_every_move_asks_for_its_own_consent():
    third = LATER.replace('version: "1.1"', 'version: "1.2"').replace('of: "1.0"', 'of: "1.1"')
    both = replace(versions(LATER), others=(*versions(LATER).others, *versions(third).others))
    found = follow(moved("2026-03-20"), {**moved("2026-04-20"), "version": "1.2"}, version=both)
    assert [(each.code, each.events) for each in found.findings] == [("no-new-consent", (4,)), ("no-new-consent", (5,))]

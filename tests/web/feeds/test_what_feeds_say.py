"""What subscribers see: the same as an export says, and every change of it, whoever caused it."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest
from ical.event import EventStatus

from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.stored import case_of, study_in
from scheduler.languages import Language
from scheduler.store.study import site_source
from scheduler.store.values import SiteSource
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.lint import lint
from tests.feeds.readers import home_assistant
from tests.web.feeds.subscribing import act, calendar, days, events, fetch, record, subscribe
from tests.web.people import TODAY, Place

CLOSED = "  infusion: {closed: [{days: 2026-06-29..2026-07-01, because: renovation}]}\n"


def cases(place: Place) -> list[Case]:
    """The patients as the export of a folder reads them."""
    study = study_in(place.store, "there")
    return [case_of(study, each, place.store.log(each.subject), "there") for each in place.store.subjects()]


@pytest.mark.slow
def test_feeds_are_what_an_export_writes(place: Place) -> None:
    """Of a patient on that day, of a site on the first of its month."""
    patients = {case.subject or "": (case, subject_of(case)) for case in cases(place)}
    key, site = next((case.feed_key, case.site) for case, _ in patients.values())
    assert key is not None
    for number, (case, subject) in patients.items():
        assert calendar(place, subscribe(place, number)) == patient_feed(case, subject, key, as_of=TODAY)
    for audience in (Audience.COORDINATOR, Audience.PHARMACY):
        exported = site_feed([subject for _, subject in patients.values()], audience, site, key, date(2026, 5, 1))
        assert calendar(place, subscribe(place, audience=audience, detail=Detail.STANDARD)) == exported


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.slow
def test_every_feed_is_sound(place: Place, audience: Audience) -> None:
    for detail, language in product(Detail, Language):
        feed = calendar(place, subscribe(place, "EXP-003", audience, detail, language))
        assert lint(feed) == []
        assert len(home_assistant(feed)) > 20


def test_a_recorded_move_moves_one_event(place: Place) -> None:
    path = subscribe(place)
    before = events(calendar(place, path))
    place.time.pass_by(hours=1)
    record(
        place, {"on": "2026-05-21", "event": "rebooked", "entry": "regorafenib.4.1", "to": "2026-06-04", "at": "09:15"}
    )
    after = events(calendar(place, path))
    visit = next(uid for uid, each in before.items() if str(each.dtstart) == "2026-06-03 00:30:00+00:00")
    assert str(after[visit].dtstart) == "2026-06-04 01:15:00+00:00"
    assert (after[visit].sequence, after[visit].last_modified) == (place.store.log("EXP-001").length, place.time.now())
    same = [uid for uid in before if uid in after and before[uid] == after[uid]]
    moved = [uid for uid in before if uid in after and before[uid] != after[uid]]
    assert set(before) - set(after) == set()
    assert len(same) > 50
    assert all((after[uid].sequence or 0) > (before[uid].sequence or 0) for uid in moved)


def test_a_hold_takes_the_tablets_away_and_says_so(place: Place) -> None:
    path = subscribe(place)
    before = calendar(place, path)
    assert "2026-05-22" in days(before, "Study tablets: 2 tablets")
    record(place, {"on": "2026-05-22", "event": "held", "treatment": "regorafenib", "reason": "AE 1", "by": "Dr E"})
    after = calendar(place, path)
    assert "2026-05-22" not in days(after, "Study tablets: 2 tablets")
    assert days(after, "Do not take study tablets") == ["2026-05-22"]
    assert b"AE 1" not in after


@pytest.mark.parametrize(
    ("treatment", "booked_for", "lasts", "gone_at"),
    [
        ("regorafenib", "2026-06-03", 14, "Thu, 04 Jun 2026 16:00:00 GMT"),
        ("toripalimab", "2026-06-09", 19, "Tue, 09 Jun 2026 16:00:00 GMT"),
    ],
    ids=["14 days", "up to its own day, where that is later"],
)
@pytest.mark.slow
def test_a_booked_visit_that_was_cancelled_is_shown_until_it_is_over(
    place: Place, treatment: str, booked_for: str, lasts: int, gone_at: str
) -> None:
    path = subscribe(place)
    calendar(place, path)
    record(place, {"on": "2026-05-21", "event": "discontinued", "treatment": treatment, "reason": "AE", "by": "Dr E"})
    cancelled = [each for each in events(calendar(place, path)).values() if each.status is EventStatus.CANCELLED]
    assert [str(each.dtstart)[:10] for each in cancelled] == [booked_for]
    first = fetch(place, path)
    place.time.pass_by(days=lasts)
    assert fetch(place, path, if_none_match=first.headers["etag"]).status_code == 304
    assert fetch(place, path, if_modified_since=first.headers["last-modified"]).status_code == 304
    place.time.pass_by(hours=14)
    # The next day begins in Shanghai while it is still this one in London.
    gone = fetch(place, path, if_modified_since=first.headers["last-modified"])
    assert gone.status_code == 200
    assert gone.headers["last-modified"] == gone_at
    left = events(gone.content)
    assert [each.uid for each in cancelled if each.uid in left] == []


@pytest.mark.slow
def test_a_sites_feed_goes_by_months(place: Place) -> None:
    path = subscribe(place, audience=Audience.COORDINATOR)
    first = fetch(place, path)
    seen = sorted(str(each.dtstart)[:10] for each in events(first.content).values())
    assert ("2026-04-01" <= seen[0] < "2026-04-15", "2026-11-15" < seen[-1] <= "2026-11-30") == (True, True)
    assert first.headers["last-modified"] >= "Thu"
    place.time.pass_by(days=10, hours=13)
    assert fetch(place, path, if_none_match=first.headers["etag"]).status_code == 304
    place.time.pass_by(hours=2)
    # In Shanghai it is June.
    second = fetch(place, path, if_modified_since=first.headers["last-modified"])
    assert (second.status_code, second.headers["last-modified"]) == (200, "Sun, 31 May 2026 16:00:00 GMT")
    assert min(str(each.dtstart)[:10] for each in events(second.content).values()) >= "2026-05-01"


def close_infusion_room(place: Place) -> None:
    source = place.store.study()
    assert source is not None
    site = source.sites[0]
    text = re.sub(r"(?m)^  infusion:.*\n", CLOSED, site.text)
    assert text != site.text
    place.store.add_site(
        SiteSource(site.name, site.file, site_source(text, file=site.file).text, site.holidays), act(place)
    )


@pytest.mark.slow
def test_a_closure_of_the_site_is_told_like_an_event(place: Place) -> None:
    """Google moves an event only when SEQUENCE rises, and no event of the patient says that the room is closed."""
    path, staff = subscribe(place), subscribe(place, audience=Audience.COORDINATOR)
    before, of_staff = events(calendar(place, path)), events(calendar(place, staff))
    length = place.store.log("EXP-001").length
    place.time.pass_by(hours=1)
    close_infusion_room(place)
    answer = fetch(place, path)
    after = events(answer.content)
    changed = {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}
    moved = next(
        uid for uid in before if str(before[uid].dtstart) == "2026-06-30" and "visit" in str(before[uid].summary)
    )
    assert (moved in changed, str(after[moved].dtstart)) == (True, "2026-07-02")
    told = {(after[uid].sequence, after[uid].last_modified) for uid in changed & after.keys()}
    assert told == {(length + 1, place.time.now())}
    assert len(before.keys() - changed) > 300
    assert answer.headers["last-modified"] == "Thu, 21 May 2026 03:00:00 GMT"
    assert f"Schedule {length + 1} of 2026-05-21" in answer.text
    seen = events(calendar(place, staff))
    assert {each.last_modified for uid, each in seen.items() if of_staff.get(uid) != each} == {place.time.now()}
    place.time.pass_by(hours=1)
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.6", "to": "2026-07-03"})
    later = events(calendar(place, path))
    assert (str(later[moved].dtstart), later[moved].sequence) == ("2026-07-03", length + 2)
    assert all((later[uid].sequence or 0) >= (after[uid].sequence or 0) for uid in after.keys() & later.keys())


@pytest.mark.slow
def test_what_the_closure_told_is_the_same_in_a_server_that_starts_later(place: Place) -> None:
    path, staff = subscribe(place, "EXP-003"), subscribe(place, audience=Audience.PHARMACY)
    calendar(place, path)
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-10"})
    close_infusion_room(place)
    calendar(place, path)
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-11"})
    told = [calendar(place, each) for each in (path, staff)]
    assert [calendar(Place(place.store, place.time), each) for each in (path, staff)] == told


def test_what_is_not_about_a_patient_changes_no_feed(place: Place) -> None:
    path, other = subscribe(place), subscribe(place, "EXP-003")
    tags = [fetch(place, each).headers["etag"] for each in (path, other)]
    place.account("monitor")
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-11"})
    assert fetch(place, other, if_none_match=tags[1]).status_code == 304
    assert fetch(place, path, if_none_match=tags[0]).status_code == 200


def test_an_order_that_is_written_down_ahead_leaves_the_days_before_it(place: Place) -> None:
    """Cycle 4 of EXP-001 is booked for 3 June. On 21 May 40 mg is ordered from 10 June on, its day 8: up to the 9th 80 mg."""
    path = subscribe(place, detail=Detail.FULL)
    order = {"on": "2026-06-10", "event": "dose changed", "treatment": "regorafenib", "level": -1, "dose": "40 mg"}
    record(place, order)
    said = {str(event.dtstart): event.description or "" for event in events(calendar(place, path)).values()}
    doses = {
        day: [dose for dose in ("80 mg", "40 mg") if f"{dose}" in said[day]] for day in ("2026-06-09", "2026-06-10")
    }
    assert doses == {"2026-06-09": ["80 mg"], "2026-06-10": ["40 mg"]}

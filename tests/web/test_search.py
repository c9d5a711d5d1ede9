"""Search: a patient, a visit, an event, a lot, a sentence of the protocol, each with the way to it; of one's own sites alone."""

from __future__ import annotations

import re

from scheduler.web.guards.roles import Role
from tests.web.people import HELD, Place


def sections(text: str) -> dict[str, int]:
    """How many were found of each sort."""
    return {name: int(number) for name, number in re.findall(r"<h2>(\w+) <small>(\d+)</small>", text)}


def test_subject_visit_event_lot_and_protocol_are_found_with_the_way_to_them(place: Place) -> None:
    person = place.somebody(Role.MONITOR)
    by_number = person.get("/search?q=exp-003").text
    assert 'href="/subjects/EXP-003"' in by_number
    # Dose 6 and neither 16 nor any day of 2026.
    by_visit = person.get("/search?q=EXP-003 toripalimab dose 6").text
    assert sections(by_visit)["visit"] == 1
    assert "/subjects/EXP-003/explain?entry=toripalimab.6" in by_visit
    protocol = person.get("/search?q=not before 1 day after the end of radiotherapy").text
    assert list(sections(protocol)) == ["protocol"]
    line = re.search(r'href="(/protocol\?version=1\.0)#(line-\d+)"', protocol)
    assert line is not None
    assert f'id="{line[2]}"' in person.get(line[1]).text


def test_words_of_an_event_and_a_lot_are_found(place: Place) -> None:
    nurse = place.somebody(Role.COORDINATOR)
    assert nurse.records("EXP-001", **(HELD | {"note": "daughter's wedding"})).status_code == 303
    found = nurse.get("/search?q=WEDDING daughter").text
    assert sections(found) == {"event": 1}
    number = re.search(r"/subjects/EXP-001/history#event-(\d+)", found)
    assert number is not None
    assert f'id="event-{number[1]}"' in nurse.get("/subjects/EXP-001/history").text
    assert sections(nurse.get("/search?q=ctl-002 r2602c").text) == {"event": 1, "lot": 1}


def test_nothing_is_asked_and_nothing_fits(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    assert sections(person.get("/search").text) == sections(person.get("/search?q=%20").text) == {}
    assert "Nothing here fits." in person.reads("/search?q=zzzz")
    odd = person.get("/search?q=%3Cscript%3Ealert(1)" + "x" * 500).text
    assert "<script>alert" not in odd


def test_patients_of_other_sites_are_not_found(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR, frozenset({"Harbin"}))
    text = person.get("/search?q=EXP").text
    assert "EXP-00" not in text
    assert set(sections(text)) <= {"protocol"}


def test_search_speaks_the_reader_s_language(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    person.browser.headers["accept-language"] = "zh"
    found = person.get("/search?q=第6次给药 EXP-003").text
    assert "/subjects/EXP-003/explain?entry=toripalimab.6" in found


def test_every_page_has_the_search_and_a_slash_for_it(place: Place) -> None:
    page = place.somebody(Role.PHARMACIST).get("/pharmacy").text
    assert re.search(r'<form method="get" action="/search"[^>]*><input name="q"[^>]*aria-keyshortcuts="/"', page)


def subjects_on(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/subjects/([^"]+)"', text)


def test_subjects_are_filtered_by_arm_and_state_and_put_in_order(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    assert subjects_on(person.get("/subjects?arm=control").text) == ["CTL-002", "CTL-006"]
    assert subjects_on(person.get("/subjects?arm=nowhere").text) == []
    everybody = subjects_on(person.get("/subjects").text)
    by_next = person.get("/subjects?sort=next").text
    assert sorted(subjects_on(by_next)) == everybody
    days = re.findall(r'data-label="Next visit"><time datetime="([^"]+)"', by_next)
    assert days == sorted(days)
    assert '<th scope="col" aria-sort="ascending"><a href="/subjects?q=&amp;arm=&amp;state=&amp;sort=next">' in by_next
    assert subjects_on(person.get("/subjects?sort=odd").text) == everybody


def test_counts_by_state_lead_to_their_patients(place: Place) -> None:
    person = place.somebody(Role.COORDINATOR)
    tally = re.findall(r'<a href="(/subjects\?[^"]+)"[^>]*><b>(\d+)</b> ([^<]+)</a>', person.get("/subjects").text)
    assert int(tally[0][1]) == sum(int(number) for _, number, _ in tally[1:]) == 6
    for link, number, _ in tally:
        assert len(subjects_on(person.get(link.replace("&amp;", "&")).text)) == int(number)

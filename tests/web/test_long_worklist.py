"""Today's lists over many patients with much that was left undone: by patient, filtered, one page at a time."""

from __future__ import annotations

import re

import pytest

from scheduler.web.guards.roles import Role
from scheduler.web.pages import worklist
from tests.web.people import Person, Place


@pytest.fixture
def later(place: Place) -> Person:
    """Four months on, nobody has recorded anything."""
    place.time.pass_by(days=120)
    return place.somebody(Role.COORDINATOR)


def section(text: str, name: str) -> str:
    found = re.search(rf'(?s)<section id="{name}".*?</section>', text)
    assert found is not None
    return found[0]


def subjects_in(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/subjects/([^"]+)"', text)


def test_overdue_is_by_patient_with_three_of_each_and_a_way_to_the_rest(later: Person) -> None:
    overdue = section(later.get("/").text, "overdue")
    subjects = subjects_in(overdue)
    assert max(subjects.count(each) for each in subjects) == 3
    blocks = [each for number, each in enumerate(subjects) if number == 0 or subjects[number - 1] != each]
    assert len(blocks) == len(set(blocks)) == 6
    more = re.search(r'<a href="(/\?list=overdue&amp;subject=EXP-003)">(\d+) more of EXP-003', overdue)
    assert more is not None
    rest = later.get(more[1].replace("&amp;", "&")).text
    assert len(subjects_in(section(rest, "overdue"))) == 3 + int(more[2])
    assert '<section id="today"' not in rest


def test_arm_narrows_all_lists(later: Person) -> None:
    assert {each[:3] for each in subjects_in(later.get("/?arm=control").text)} == {"CTL"}
    assert subjects_in(later.get("/?arm=nowhere").text) == []


def test_pages_hold_so_many_patients_and_together_all(later: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "AT_ONCE", 4)
    first, second = (section(later.get(f"/?list=overdue&page={number}").text, "overdue") for number in (1, 2))
    assert len(set(subjects_in(first))) == 4
    assert len(set(subjects_in(first) + subjects_in(second))) == 6
    assert 'href="/?list=overdue&amp;page=2" rel="next"' in first
    assert "page 2 of 2" in second
    for odd in ("-1", "x", "9" * 30):
        assert later.get(f"/?list=overdue&page={odd}").status_code == 200


def test_all_shows_every_line(later: Person) -> None:
    text = later.get("/?all=1").text
    number = re.search(r'href="#overdue"><b>(\d+)</b>', text)
    assert number is not None
    assert len(subjects_in(section(text, "overdue"))) == int(number[1])

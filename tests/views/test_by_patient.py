"""Long lists by patient: what matters first of each, what asks the same once, and one page at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scheduler.views.whole_site.by_patient import OfPatient, Page, by_patient, once_each, page_of


@dataclass(frozen=True)
class Line:
    subject: str
    what: str


A1, A2, A3, B1 = Line("A", "give"), Line("A", "give"), Line("A", "decide"), Line("B", "give")


def test_patients_come_as_the_list_has_them_first_with_so_many_lines_of_each() -> None:
    assert by_patient([B1, A1, A2, A3], 2) == (OfPatient("B", (B1,), 0), OfPatient("A", (A1, A2), 1))


def test_what_asks_the_same_of_one_patient_is_one() -> None:
    assert once_each([A1, B1, A2, A3], lambda line: line.what) == (A1, B1, A3)


@pytest.mark.parametrize(
    ("number", "page"),
    [
        (1, Page((1, 2), 1, 3, 5)),
        (3, Page((5,), 3, 3, 5)),
        (99, Page((5,), 3, 3, 5)),
        (-1, Page((1, 2), 1, 3, 5)),
    ],
)
def test_page_of_a_list(number: int, page: Page[int]) -> None:
    assert page_of([1, 2, 3, 4, 5], number, 2) == page


def test_pages_know_what_is_before_and_after() -> None:
    assert [(page.before, page.after) for page in (page_of(range(5), n, 2) for n in (1, 2, 3))] == [
        (None, 2),
        (1, 3),
        (2, None),
    ]
    assert page_of([], 1, 2) == Page((), 1, 1, 0)

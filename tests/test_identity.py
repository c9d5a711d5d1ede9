"""What is known by being the same object: another that is equal is another, and what was asked about is never mistaken."""

from __future__ import annotations

from datetime import date

from scheduler.identity import Memo, Same, by_identity, each_once


def twins() -> tuple[date, date]:
    one, other = date(2026, 3, 2), date(2026, 3, 2)
    assert one == other
    assert one is not other
    return one, other


def test_an_answer_is_about_the_very_thing_that_was_asked_about() -> None:
    one, other = twins()
    known = Memo([(one, "the first")])
    assert (known.get(one), known.get(other)) == ("the first", None)
    assert (known[one], known.of(other, lambda: "the second")) == ("the first", "the second")


def test_none_is_an_answer_that_is_not_looked_for_again() -> None:
    day, asked = date(2026, 3, 2), list[int]()
    known: Memo[date, None] = Memo()
    assert [known.of(day, lambda: asked.append(1)) for _ in range(3)] == [None] * 3
    assert asked == [1]


def test_what_was_asked_about_lives_on_so_that_nothing_else_takes_its_place() -> None:
    """A day that nobody keeps is thrown away, and the next one may get its place in memory."""
    known: Memo[date, int] = Memo()
    for number in range(200):
        assert known.of(date.fromordinal(800_000 + number), lambda number=number: number) == number  # type: ignore[misc]


def test_each_once_in_order_and_equal_ones_both() -> None:
    one, other = twins()
    assert each_once([other, one, other]) == (other, one)
    assert list(by_identity([other, one, other]).values()) == [other, one]
    assert list(Memo([(one, 1), (other, 2)]).among(by_identity([other]))) == [2]


def test_several_things_as_one_key() -> None:
    one, other = twins()
    assert {Same(one, other): "both"}.get(Same(one, other)) == "both"
    assert Same(one, other) != Same(other, one)

"""A shape takes what a value has under the same names, is told what it has not, and says both as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from datetime import date
from decimal import Decimal

import pytest

from scheduler.said import Name
from scheduler.views.shapes.shape import Shape, for_json

MONDAY = date(2026, 3, 2)


@dataclass(frozen=True, kw_only=True)
class Amount(Shape):
    exact: Decimal


@dataclass(frozen=True, kw_only=True)
class Day(Shape):
    from_: date
    drug: str
    amounts: tuple[Amount, ...]
    missed: int | None
    note: str | None = None


@dataclass(frozen=True)
class Computed:
    """What a shape is taken from: more than it tells, in another order, some of it worked out."""

    drug: str
    missed: int | None
    note: str | None = None
    hidden: str = "not told"

    @property
    def from_(self) -> date:
        return MONDAY


@dataclass(frozen=True)
class Weighed:
    exact: Decimal


AMOUNT = Amount(exact=Decimal("0.50"))
DAY = Day(from_=MONDAY, drug="regorafenib", amounts=(AMOUNT,), missed=None)


def test_a_name_in_several_languages_is_english_in_json() -> None:
    assert for_json(Name((("zh", "肿瘤影像学检查"), ("en", "Tumour imaging")))) == "Tumour imaging"


def test_what_a_value_has_is_taken_and_what_it_has_not_is_said() -> None:
    assert Day.taken_from(Computed("regorafenib", None), amounts=(AMOUNT,)) == DAY


def test_what_is_said_stands_before_what_the_value_has() -> None:
    taken = Day.taken_from(Computed("regorafenib", 3, "late"), amounts=(AMOUNT,), missed=None, note=None)
    assert taken == DAY


@pytest.mark.parametrize("said", [{}, {"exact": Decimal("0.50")}])
def test_one_field_is_taken_or_said_like_several(said: dict[str, object]) -> None:
    assert Amount.taken_from(Weighed(Decimal("0.50")), **said) == AMOUNT


def test_a_taken_shape_is_as_good_as_a_made_one() -> None:
    taken = Day.taken_from(Computed("regorafenib", None), amounts=(AMOUNT,))
    assert (hash(taken), repr(taken), taken.as_keys()) == (hash(DAY), repr(DAY), DAY.as_keys())
    with pytest.raises(FrozenInstanceError):
        taken.drug = "placebo"  # type: ignore[misc]


def test_what_is_neither_had_nor_said_is_missing_even_where_there_is_a_default() -> None:
    with pytest.raises(AttributeError, match="amounts"):
        Day.taken_from(Computed("regorafenib", None))
    with pytest.raises(AttributeError, match="note"):
        Day.taken_from(AMOUNT, from_=MONDAY, drug="regorafenib", amounts=(), missed=None)


def test_what_the_shape_does_not_tell_cannot_be_said() -> None:
    with pytest.raises(TypeError, match="Day has no dose, hidden"):
        Day.taken_from(Computed("regorafenib", None), amounts=(), hidden="told", dose=1)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: DAY,
            {"from": "2026-03-02", "drug": "regorafenib", "amounts": [{"exact": "0.50"}], "missed": None},
        ),
        (
            lambda: Day.taken_from(Computed("regorafenib", 0, "late"), amounts=()),
            {"from": "2026-03-02", "drug": "regorafenib", "amounts": [], "missed": 0, "note": "late"},
        ),
    ],
)
def test_keys_are_told_in_order_and_only_a_default_is_left_out(
    make: Callable[[], Day], told: dict[str, object]
) -> None:
    assert list(make().as_keys().items()) == list(told.items())

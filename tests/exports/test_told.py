"""Items of an agenda are put into words: what is said once is said so everywhere, and nothing else."""

from dataclasses import dataclass
from typing import Any, cast

from scheduler.exports.told import items_in
from scheduler.languages import Language
from scheduler.said import said, said_as, text_of
from scheduler.views.agenda.item import AgendaItem


@dataclass(frozen=True)
class Item:
    """As much of an item as is told."""

    summary: str
    description: tuple[str, ...] = ()


def told(*items: Item) -> list[Item]:
    return cast(list[Item], list(items_in(cast(Any, items), Language.CHINESE)))


def test_the_same_english_words_are_told_by_what_they_mean() -> None:
    planned, visit = text_of(said_as("to a patient", "visit")), text_of(said_as("deviation", "visit"))
    assert planned == visit
    other = text_of(said("yes"))
    items = told(Item(planned, (other,)), Item(visit), Item(planned, (other, "as written")))
    assert items == [Item("访视", ("是",)), Item("visit"), Item("访视", ("是", "as written"))]


def test_what_is_in_words_already_is_left_as_it_is() -> None:
    item = Item("研究访视", ("as written",))
    (found,) = told(item)
    assert found is item
    assert items_in(cast(Any, [item]), Language.ENGLISH) == cast(tuple[AgendaItem, ...], (item,))

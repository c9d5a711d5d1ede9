"""Items of an agenda are put into words: what is said once is said so everywhere, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

from scheduler.exports.told import items_in
from scheduler.languages import Language
from scheduler.said import said, said_as, text_of
from scheduler.views.agenda.item import AgendaItem, Standing

ON = date(2026, 3, 2)
EMPTY = AgendaItem(
    "uid", ON, ON, None, "", (), True, Standing.CONFIRMED, 3, datetime(2026, 3, 1, tzinfo=UTC), minutes=30, url="/a"
)


def item(summary: str, description: tuple[str, ...] = ()) -> AgendaItem:
    return replace(EMPTY, summary=summary, description=description)


def told(*items: AgendaItem) -> list[AgendaItem]:
    return list(items_in(items, Language.CHINESE))


def test_the_same_english_words_are_told_by_what_they_mean() -> None:
    planned, visit = text_of(said_as("to a patient", "visit")), text_of(said_as("deviation", "visit"))
    assert planned == visit
    other = text_of(said("yes"))
    items = told(item(planned, (other,)), item(visit), item(planned, (other, "as written")))
    assert items == [item("访视", ("是",)), item("visit"), item("访视", ("是", "as written"))]


def test_what_is_in_words_already_is_left_as_it_is() -> None:
    written = item("研究访视", ("as written",))
    (found,) = told(written)
    assert found is written
    assert items_in([written], Language.ENGLISH) == (written,)

"""A language that is added is one catalogue: beside it, only the lists of the command line know of it."""

from enum import StrEnum
from typing import Any, cast

from scheduler.cli.options import Languages, PatientLanguages
from scheduler.exports.paper.typeset import typeset
from scheduler.languages import Language
from scheduler.views.imprint import NEVER


def test_the_command_line_takes_every_language() -> None:
    assert [each.value for each in PatientLanguages] == [each.value for each in Language]
    assert [each.value for each in Languages] == [each.value for each in Language if each.is_for_staff]


class Added(StrEnum):
    """As if somebody had added it."""

    POLISH = "pl"


def test_a_sheet_is_typeset_in_a_language_that_the_layout_does_not_know() -> None:
    foot: dict[str, Any] = {"print": "", "page": "{page} z {pages}", "caution": "Sprawdź"}
    assert typeset(
        "lists", {"title": "Wizyty", "nothing": "Nic", "tables": [], "foot": foot}, NEVER, cast(Language, Added.POLISH)
    ).startswith(b"%PDF")

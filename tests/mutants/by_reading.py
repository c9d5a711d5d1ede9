"""What is noticed by reading alone: a sentence for people that the catalogues have not, or that nobody could translate."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.mutants.changes import Change
from tests.words.extraction import Found, in_code

NOTICING = "tests/words/test_catalogues.py::test_a_catalogue_has_every_message_and_no_other[zh]"


def is_noticed_by_reading(change: Change) -> bool:
    """Whether the file would say something else than the catalogues have for it."""
    try:
        return _sentences(change.path, change.text) != _as_it_is(change.path)
    except ValueError:
        return True


@cache
def _as_it_is(path: Path) -> set[Found]:
    return _sentences(path, path.read_text("utf-8"))


def _sentences(path: Path, text: str) -> set[Found]:
    return set(in_code(path.as_posix(), text))

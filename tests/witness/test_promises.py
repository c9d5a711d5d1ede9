"""What a release promised to programs is there in every later version, until it was deprecated for as long as the README says."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer.main

from scheduler.cli.app import app
from scheduler.web.api.app import api_document
from tests.witness.promises import broken, promises

RELEASES = sorted(Path(__file__).parent.glob("*/promised.txt"))
GONE: frozenset[str] = frozenset()
"""Lines of promises that were deprecated in a version before, and have been taken away since. The CHANGELOG names each."""


@pytest.fixture(scope="module")
def now() -> tuple[str, ...]:
    return promises(api_document(), typer.main.get_command(app))


@pytest.mark.parametrize("file", RELEASES, ids=lambda file: file.parent.name)
def test_what_a_release_promised_is_there(file: Path, now: tuple[str, ...]) -> None:
    promised = tuple(file.read_text("utf-8").splitlines())
    assert len(promised) > 1000
    assert [each for each in broken(promised, now) if each not in GONE] == []


def test_what_is_gone_and_what_is_asked_in_addition_is_found(now: tuple[str, ...]) -> None:
    for beginning in (
        "route GET /api/worklist",
        "told GET /api/subjects/{subject} ",
        "name calendar_of",
        "option show ",
    ):
        lost = next(each for each in now if each.startswith(beginning))
        assert broken(now, tuple(each for each in now if each != lost)) == [lost]
    more = "needed POST /api/subjects .colour"
    assert broken(now, (*now, more)) == [more]
    assert (
        broken(now, (*now, "needed POST /api/new .colour", "route POST /api/new", "told GET /api/subjects .new")) == []
    )

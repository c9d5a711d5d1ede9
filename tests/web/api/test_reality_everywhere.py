"""What people really record comes out the same wherever somebody looks: command line, API and page.

The patients of `scenarios/reality` that are in the seed study are one study folder for the command line, and imported into one
server. What must come out is in the stories, and `test_scenarios` holds it; here all of it is compared.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scheduler.folder.founding.seed import seed_study
from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.cli.typed import typed
from tests.laws.examples import one_in
from tests.scenario_runner import SCENARIOS
from tests.web.api.programs import Program, program
from tests.web.people import SETTING_UP, Person, Place, TestTime

pytestmark = pytest.mark.no_cover  # its lines are those of other tests

TODAY = "2026-05-21"
SEED = "../../../examples/rego-tori-rt/"
STORIES = {
    f"R-{number:02}": path
    for number, path in enumerate(sorted((SCENARIOS / "reality").glob("*.yaml")), 1)
    if f"site: {SEED}" in path.read_text("utf-8")
}


class Everywhere(NamedTuple):
    """The same patients in a folder and on a server."""

    folder: Path
    program: Program
    person: Person

    def shown(self, command: str, subject: str, *more: str) -> Any:
        answer = typed(command, self.folder / "patients" / f"{subject}.yaml", *more, "--format", "json")
        assert answer.code == 0, answer.err
        return json.loads(answer.out.replace(f"{self.folder}/", ""))


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everywhere]:
    folder = tmp_path_factory.mktemp("reality") / "study"
    shutil.copytree(seed_study(), folder, ignore=shutil.ignore_patterns("patients", "*.png", "*.svg"))
    (folder / "patients").mkdir()
    for subject, path in STORIES.items():
        story = path.read_text("utf-8").replace(SEED, "../")
        story = re.sub(r"(?m)^subject: .*$", f"subject: {subject}", story)
        story = re.sub(r"(?m)^until: .*\n", "", story)
        (folder / "patients" / f"{subject}.yaml").write_text(story, "utf-8")
    place = Place(open_store(folder.parent / "study.db"), TestTime())
    import_study(folder, place.store, SETTING_UP)
    yield Everywhere(folder, program(place, "investigator"), place.somebody("investigator"))
    place.store.close()


def test_there_are_many_of_them() -> None:
    assert len(STORIES) >= 20


ROW = re.compile(r'<tr id="([^"]+)"[^>]*>\s*<th scope="row"><time datetime="([0-9-]{10})"')


def dates_on(page: str, names: Iterable[str]) -> dict[str, str]:
    """The day in the row of each entry; days of tablets are told by stretches, and are not here."""
    return {name: day for name, day in ROW.findall(page) if name in set(names)}


@pytest.mark.parametrize("subject", one_in(4, STORIES), ids=lambda subject: STORIES[subject].stem)
def test_calendar_and_reasons_are_the_same(subject: str, everywhere: Everywhere) -> None:
    shown = everywhere.shown("show", subject, "--until", "2026-08-31")
    assert everywhere.program.reads(f"/api/subjects/{subject}/calendar?until=2026-08-31") == shown
    listed = everywhere.program.reads(f"/api/subjects/{subject}/calendar")
    entries = [entry for entry in listed["entries"] if entry["date"] and entry["kind"] != "period"]
    dates = {entry["id"]: entry["date"] for entry in entries}
    on_page = dates_on(everywhere.person.get(f"/subjects/{subject}").text, dates)
    assert len(on_page) > 5
    assert on_page == {name: dates[name] for name in on_page}
    for entry in (entries[0], entries[len(entries) // 2], entries[-1]):
        told = everywhere.program.reads(f"/api/subjects/{subject}/explain?entry={entry['id']}")
        assert told == everywhere.shown("explain", subject, entry["id"])


def test_worklist_is_the_same(everywhere: Everywhere) -> None:
    answer = typed("worklist", everywhere.folder, "--on", TODAY, "--format", "json")
    shown, listed = json.loads(answer.out), everywhere.program.reads("/api/worklist")
    assert {line["subject"] for line in listed["decisions"]} <= STORIES.keys()
    assert listed == shown

"""A study's own stories: case files in ``stories/`` that say what must come out, run and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version as release_of
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.reading.case import case_and_review
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.holidays import kept_holidays
from scheduler.folder.reading.many import many_calendars
from scheduler.folder.reading.shelf import Shelf
from scheduler.patient.case_file.expectation import read_expectation
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.holiday_table import holiday_table_from_text
from scheduler.source.reading import read_yaml
from scheduler.store.study import site_source
from scheduler.views.looking_back.story import Outcome, differences
from scheduler.views.looking_back.validation import Input, Validation

STORIES = "stories"


def run_stories(study: Path, on: date | None = None) -> Validation:
    """Run every story beside a study's protocol, in the order of their names. ``on`` is the day that the report is dated.

    Raises InvalidText when the folder has no protocol or no stories, or the protocol has errors. What is wrong with one story is
    that story's outcome.
    """
    paths = story_files(study)
    shelf = Shelf()
    versions = [shelf.protocol(path) for path in sorted(study.glob("protocol*.yaml"))]
    known = [version for version in versions if version is not None]
    missing = list(_missing(study, paths, versions))
    if missing or len(known) < len(versions):
        raise InvalidText([*shelf.findings, *missing])
    runs = _Runs(study, shelf)
    with many_calendars():
        outcomes = tuple(runs.run(path) for path in paths)
    return Validation(known[-1].study, f"scheduler {release_of('scheduler')}", on, runs.inputs(), outcomes)


def story_files(study: Path) -> tuple[Path, ...]:
    """The stories of a study: all texts in ``stories/``, those in folders of a theme too."""
    return tuple(sorted((study / STORIES).rglob("*.yaml")))


def run_story(path: Path, shelf: Shelf | None = None) -> Outcome:
    """Run one story by itself."""
    return _Runs(path.parent, shelf or Shelf()).run(path)


def _missing(study: Path, paths: tuple[Path, ...], versions: list[StudyVersion | None]) -> Iterator[Finding]:
    place = Place(name_of(study), 1, 1)
    if not versions:
        message = f"there is no protocol in {name_of(study)}"
        yield Finding("no-protocol", Severity.ERROR, message, "name a study's folder", place)
    if not paths:
        message = f"there are no stories in {name_of(study / STORIES)}"
        hint = "write a case file there that says under 'expect' what must come out"
        yield Finding("no-stories", Severity.ERROR, message, hint, place)


class _Runs:
    """Stories one after another; what they rest on is remembered."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self._folder = folder
        self._shelf = shelf
        self._inputs: dict[str, Input] = {}

    def inputs(self) -> tuple[Input, ...]:
        """The texts that the stories rest on: protocols, then sites and their public holidays."""
        return tuple(sorted(self._inputs.values(), key=lambda each: (_ORDER.index(each.what), each.file)))

    def run(self, path: Path) -> Outcome:
        name = path.relative_to(self._folder).with_suffix("").as_posix().removeprefix(f"{STORIES}/")
        try:
            text = read_text(path)
        except InvalidText as error:
            return Outcome(name, name, "", findings=error.findings)
        digest, sentence = _digest(text), _sentence(text) or name
        before = len(self._shelf.findings)
        try:
            node = read_yaml(text, name=name_of(path))
            read = case_and_review(path, self._shelf)
            if read is None:
                return Outcome(name, sentence, digest, findings=tuple(self._shelf.findings[before:]) or (_UNUSABLE,))
            expected = read_expectation(node)
        except InvalidText as error:
            return Outcome(name, sentence, digest, findings=error.findings)
        case, found = read
        self._remember(case, node.value.get("site") if isinstance(node.value, dict) else None)
        refused = [finding.code for finding in found if finding.severity is Severity.ERROR]
        return Outcome(name, sentence, digest, differences(expected, None if refused else case.calendar(), refused))

    def _remember(self, case: Case, site: object) -> None:
        for version in (case.version, *case.versions):
            self._inputs[version.file] = Input("protocol", version.version, self._inside(version.file), version.digest)
        path = case.path.parent / site if isinstance(site, str) else None
        if path is None or name_of(path) in self._inputs:
            return
        source = site_source(read_text(path), file=name_of(path), holidays=kept_holidays(path))
        inside = self._inside(name_of(path))
        self._inputs[name_of(path)] = Input("site", source.name, inside, _digest(source.text))
        if source.holidays is not None:
            table = holiday_table_from_text(source.holidays)
            self._inputs[f"{name_of(path)} holidays"] = Input(
                "public holidays", f"{table.region}, {table.source}", inside, _digest(source.holidays)
            )

    def _inside(self, file: str) -> str:
        """A file's path from the study's folder; the report must not tell where on a disk the study lay."""
        path = Path(file)
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else path.name


_ORDER = ("protocol", "site", "public holidays")
_UNUSABLE = Finding("unusable", Severity.ERROR, "the protocol or the site that this story names has errors")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sentence(text: str) -> str:
    """What a story's first comment tells, up to its first full stop at the end of a line."""
    told: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if line.startswith("# yaml-language-server"):
            continue
        told.append(line.lstrip("# ").rstrip())
        if told[-1].endswith("."):
            break
    return " ".join(told)

"""Protocols and sites by their files, each read once however many patients need it, with all that was found in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.holidays import kept_holidays
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.parse import parse_site
from scheduler.site.site import Site

T = TypeVar("T")


class Shelf:
    """What was read so far. ``findings`` and the ``names`` of files grow with everything that is read.

    None stands for a file with errors.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.names: set[str] = set()
        self._protocols: dict[str, StudyVersion | None] = {}
        self._sites: dict[str, Site | None] = {}

    def protocol(self, path: Path, asked_at: Callable[[], Place] | None = None) -> StudyVersion | None:
        """The protocol in that file."""

        def read() -> StudyVersion:
            version, findings = parse_protocol(read_text(path, asked_at), name=name_of(path))
            self.findings += findings
            return version

        return self._once(self._protocols, path, read)

    def site(self, path: Path, asked_at: Callable[[], Place] | None = None) -> Site | None:
        """The site in that file, with the public holidays that are kept beside it where there are any."""

        def read() -> Site:
            return parse_site(read_text(path, asked_at), name=name_of(path), holidays=kept_holidays(path))

        return self._once(self._sites, path, read)

    def _once(self, known: dict[str, T | None], path: Path, read: Callable[[], T]) -> T | None:
        name = name_of(path)
        self.names.add(name)
        if name not in known:
            try:
                known[name] = read()
            except InvalidText as error:
                known[name] = None
                self.findings += error.findings
        return known[name]

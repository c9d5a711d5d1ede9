"""Which tests reach which line, and how long each takes: measured once, and anew when the program changes."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import coverage

from tests.mutants.changes import Change
from tests.mutants.sample import ROOMS, program

BETWEEN = 5
"""Seconds after which what was measured is kept."""
NEVER = -1.0
"""A test that fails or is skipped without any change says nothing of one."""


class Reached:
    """Kept in a folder: what coverage saw of each test, and the seconds of each."""

    def __init__(self, folder: Path) -> None:
        self._seen = folder / "reached.coverage"
        self._kept = folder / "seconds.json"
        self.seconds: dict[str, float] = {}
        self._by_file: dict[str, dict[int, list[str]]] = {}
        kept = json.loads(self._kept.read_text("utf-8")) if self._kept.exists() else {}
        if kept.get("program") == program():
            files = kept.get("files", {})
            self.seconds = {
                test: taken
                for test, taken in kept["seconds"].items()
                if files.get(file_of(test)) == _digest(file_of(test))
            }

    def measure(self, tests: Iterable[str], run: Callable[[str], bool], at_most: float) -> None:
        """Run those tests that were not measured yet, each once, for so many seconds of the processor's time in all."""
        watch = coverage.Coverage(data_file=str(self._seen), source=list(ROOMS), config_file=False)
        if self.seconds:
            watch.load()
        watch.start()
        first = kept = time.process_time()
        for test in tests:
            if test not in self.seconds and time.process_time() - first < at_most:
                watch.switch_context(test)
                began = time.process_time()
                passed = run(test)
                now = time.process_time()
                self.seconds[test] = round(now - began, 3) if passed else NEVER
                if now - kept > BETWEEN:
                    self._keep(watch)
                    kept = now
        watch.stop()
        self._keep(watch)

    def _keep(self, watch: coverage.Coverage) -> None:
        """So that it goes on from here where it is broken off."""
        watch.save()
        files = {name: _digest(name) for name in dict.fromkeys(map(file_of, self.seconds))}
        kept = {"program": program(), "files": files, "seconds": self.seconds}
        self._kept.write_text(json.dumps(kept), "utf-8")

    def tests_of(self, change: Change) -> list[str]:
        """The tests that reach the changed statement, the quickest first."""
        path = os.path.abspath(change.path)
        if path not in self._by_file:
            data = coverage.CoverageData(str(self._seen))
            data.read()
            self._by_file = {path: data.contexts_by_lineno(path)}
        lines = self._by_file[path]
        found = {test for line in change.lines for test in lines.get(line, ()) if self.seconds.get(test, NEVER) >= 0}
        return sorted(found, key=lambda test: (self.seconds[test], test))


def file_of(test: str) -> str:
    """The file that a test stands in: one that was changed is measured anew."""
    return test.partition("::")[0]


@cache
def _digest(name: str) -> str:
    path = Path(name)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""

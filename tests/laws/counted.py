"""How many logs a fresh run of the laws has tried, of which studies and with which events: told in one line at its end.

A log counts once for each example in which the law held to its end. What a law set aside counts nothing.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from tests.laws.any_events import KINDS_OF_EVENT

FEWEST = 5
"""Of how many kinds of event the line tells, those that were drawn least."""


@dataclass
class Tally:
    """What was tried so far. ``protocols`` are texts, ``distinct`` are logs, both by their digests."""

    logs: int = 0
    distinct: set[str] = field(default_factory=set)
    studies: Counter[str] = field(default_factory=Counter)
    protocols: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, version: StudyVersion, log: Log) -> None:
        self.logs += 1
        self.studies[version.study] += 1
        self.protocols.add(version.digest[:16])
        self.kinds.update(each.event.event for each in log.records)
        told = "\n".join([version.digest, *(each.event.model_dump_json(exclude_none=True) for each in log.records)])
        self.distinct.add(hashlib.sha256(told.encode()).hexdigest()[:16])

    def add_all(self, others: dict[str, Any]) -> None:
        """What another process or an earlier run tells by ``told``."""
        self.logs += others["logs"]
        self.distinct.update(others["distinct"])
        self.studies.update(others["studies"])
        self.protocols.update(others["protocols"])
        self.kinds.update(others["kinds"])

    def told(self) -> dict[str, Any]:
        return {
            "logs": self.logs,
            "distinct": sorted(self.distinct),
            "studies": dict(self.studies),
            "protocols": sorted(self.protocols),
            "kinds": dict(self.kinds),
        }

    def __str__(self) -> str:
        most, number = max(self.studies.items(), key=lambda item: item[1], default=("none", 0))
        by_kind = sorted((self.kinds[word], word) for word in KINDS_OF_EVENT)
        fewest = ", ".join(f"{word} {times}" for times, word in by_kind[:FEWEST])
        return (
            f"Laws held over {self.logs:,} fresh logs, {len(self.distinct):,} of them distinct, of {len(self.studies)}"
            f" studies in {len(self.protocols):,} protocols (most of {most}: {100 * number // max(self.logs, 1)} %);"
            f" {self.kinds.total():,} events of {sum(times > 0 for times, _ in by_kind)} of {len(by_kind)} kinds,"
            f" fewest: {fewest}"
        )


_open: list[list[tuple[StudyVersion, Log]]] = []
"""The logs of the example that is being tried; empty where nobody counts."""


def tried(version: StudyVersion, log: Log) -> Log:
    """Say of a log that the law makes it by itself, or draws it in the middle; those that it is given are seen."""
    if _open:
        _open[-1].append((version, log))
    return log


class Counting:
    """Counts the logs of every law of this process, and with ``tally`` those of earlier runs too."""

    def __init__(self, tally: Path | None) -> None:
        self.tally = Tally()
        self.kept_in = tally

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for law in {
            id(each): each for item in session.items if (each := getattr(item, "obj", None)) is not None
        }.values():
            law.hypothesis.inner_test = self._watched(law.hypothesis.inner_test)

    def _watched(self, law: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(law)
        def counted(*given: Any, **named: Any) -> None:
            _open.append(list(_logs_in((*given, *named.values()))))
            try:
                law(*given, **named)
                for version, log in _open[-1]:
                    self.tally.add(version, log)
            finally:
                _open.pop()

        return counted

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["logs tried"] = self.tally.told()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        if told := getattr(node, "workeroutput", {}).get("logs tried"):
            self.tally.add_all(told)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.kept_in is not None:
            if self.kept_in.exists():
                self.tally.add_all(json.loads(self.kept_in.read_text("utf-8")))
            self.kept_in.write_text(json.dumps(self.tally.told()), "utf-8")
        terminalreporter.write_line(str(self.tally))


def _logs_in(given: Iterable[Any]) -> Iterable[tuple[StudyVersion, Log]]:
    """The logs of all patients that a law was given, also of those that come with something else."""
    for each in given:
        if isinstance(each, tuple) and not hasattr(each, "log"):
            yield from _logs_in(each)
        elif isinstance(getattr(each, "version", None), StudyVersion) and isinstance(getattr(each, "log", None), Log):
            yield each.version, each.log

"""Try changes one after another: each in a process of its own that has everything read already, and only the tests that reach it.

A plugin of pytest: the tests are collected once, and instead of running them this tries each change with the tests that it needs.
"""

from __future__ import annotations

import ast
import gc
import importlib
import json
import os
import resource
import signal
import time
import types
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.by_reading import NOTICING, is_noticed_by_reading
from tests.mutants.changes import FUNCTIONS, Change, functions_of
from tests.mutants.reached import Reached, file_of

KILLED, SURVIVED, UNREACHED, UNMAKEABLE = "killed", "survived", "unreached", "unmakeable"
TIMED_OUT = "timed out"
NOTICED = (KILLED, TIMED_OUT)
BROKE = {signal.SIGPROF: TIMED_OUT, signal.SIGALRM: TIMED_OUT, signal.SIGSEGV: KILLED, signal.SIGABRT: KILLED}
"""A test that runs without an end, or breaks the interpreter, has noticed."""
UNTOUCHED = tuple(
    f"scheduler.{name}"
    for name in (
        "protocol",
        "site",
        "vocabulary",
        "source",
        "words",
        "exports.pages.environment",
        "exports.paper.fonts",
    )
)
"""What these have worked out hangs on no change: they import nothing that is changed, or keep templates and fonts only."""
WARMING = tuple(f"tests/{room}/" for room in ("calendar", "dosing", "patient", "regimens", "studies", "views"))
"""These begin no thread, such as a typesetter does: a process that is made from this one would wait for it for ever."""
LONGEST = 180
"""Seconds that one test may wait for something that does not come; what it does itself is limited by the processor's time."""
AT_MOST_MEMORY = 6 * 2**30


@dataclass
class Trial:
    """What is tried, what is known of it, and where it is kept: one line of JSON for each change.

    ``at_most`` is how many seconds of tests, as they were measured, one change is tried with; ``longest`` how long a test may
    take to be asked at all, and ``measuring`` how long tests are measured before changes are tried. All are seconds of the
    processor's time, so that a busy machine comes to the same.
    """

    folder: Path
    changes: Iterable[Change]
    at_most: float
    at_once: int
    longest: float
    measuring: float
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    seen: list[str] = field(default_factory=list)
    running: dict[int, tuple[Change, dict[str, Any], int, float]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        reached = Reached(self.folder)
        _in_a_process(lambda: reached.measure(in_turns(items), lambda test: self.measured(items[test]), self.measuring))
        reached = Reached(self.folder)
        for test in quickest_of_every_file(reached.seconds, self.at_most / 4):
            if test in items and test.startswith(WARMING):
                passes(items[test])  # so that protocols are read and templates compiled once, not for every change
        REMEMBERED.extend(each for each in gc.get_objects() if _remembers(each))
        gc.collect()
        gc.freeze()
        self.kills.update(each["by"] for each in self.known.values() if each.get("by"))
        for change in self.changes:
            self.seen.append(change.name)
            if change.name not in self.known:
                self.begin(change, [test for test in reached.tests_of(change) if test in items], reached, items)
            while len(self.running) >= self.at_once:
                self.wait_for_one()
        while self.running:
            self.wait_for_one()
        return True

    def measured(self, item: pytest.Item) -> bool:
        """Whether a test passes in good time."""
        signal.signal(signal.SIGPROF, _too_long)
        # Again and again: what is raised inside a library's code may be swallowed there.
        signal.setitimer(signal.ITIMER_PROF, self.longest, self.longest / 4)
        try:
            return passes(item)
        except (_TooLong, Exception):  # pytest itself may stumble over where it was broken off
            return False
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def begin(self, change: Change, tests: list[str], reached: Reached, items: dict[str, pytest.Item]) -> None:
        """Start the process that tries one change, unless no test reaches it."""
        told = {
            "name": change.name,
            "module": change.module,
            "line": change.line,
            "was": change.was,
            "becomes": change.becomes,
            "reached_by": len(tests),
        }
        asked = self.asked(tests, reached.seconds)
        told["asked"] = len(asked)
        if is_noticed_by_reading(change):
            self.keep(told | {"status": KILLED, "by": NOTICING})
            return
        if not asked:
            self.keep(told | {"status": UNREACHED})
            return
        read, write = os.pipe()
        process = os.fork()
        if not process:
            os.close(read)
            _try(change, [(items[test], reached.seconds[test]) for test in asked], write)
        os.close(write)
        self.running[process] = (change, told, read, time.monotonic())

    def asked(self, tests: list[str], seconds: dict[str, float]) -> list[str]:
        """Those that notice most in a second first, every file in its turn, for as long as a change may take."""
        by_file: dict[str, int] = Counter()
        turn: dict[str, float] = {}
        for test in sorted(tests, key=lambda test: seconds[test] / (1 + self.kills[test])):
            by_file[file_of(test)] += 1
            turn[test] = by_file[file_of(test)] ** 0.5 * (0.01 + seconds[test]) / (1 + self.kills[test])
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(turn, key=lambda test: turn[test]):
            spent += seconds[test]
            if chosen and spent > self.at_most:
                break
            chosen.append(test)
        return chosen

    def wait_for_one(self) -> None:
        process, status = os.wait()
        _, told, read, began = self.running.pop(process)
        with os.fdopen(read, "rb") as pipe:
            said, _, by = pipe.read().decode().partition(" ")
        told["seconds"] = round(time.monotonic() - began, 2)
        if os.WIFSIGNALED(status):
            if os.WTERMSIG(status) not in BROKE:
                return  # somebody ended it: it was not tried
            said = BROKE[signal.Signals(os.WTERMSIG(status))]
        self.kills[by] += said == KILLED and bool(by)
        self.keep(told | {"status": said, "by": by})

    def keep(self, told: dict[str, Any]) -> None:
        self.known[told["name"]] = told
        with (self.folder / "tried.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")


class _TooLong(BaseException):
    """A test takes longer than is waited for."""


def _too_long(number: int, frame: types.FrameType | None) -> None:
    raise _TooLong


def in_turns(tests: Iterable[str]) -> list[str]:
    """The first test of every file, then the second of each, so that of a few every file has some."""
    by_file: dict[str, list[str]] = {}
    for test in tests:
        by_file.setdefault(file_of(test), []).append(test)
    return [test for row in zip_longest(*by_file.values()) for test in row if test is not None]


def quickest_of_every_file(seconds: dict[str, float], at_most: float) -> list[str]:
    """One test of every file, where one takes no longer than that."""
    quickest = sorted(
        (test for test, taken in seconds.items() if 0 <= taken <= at_most), key=lambda test: -seconds[test]
    )
    return list({file_of(test): test for test in quickest}.values())


def _file(test: str) -> str:
    return test.partition("::")[0]


REMEMBERED: list[Any] = []
"""What functions of the program and the tests keep of earlier answers, where these may hang on a change."""


def _remembers(each: object) -> bool:
    module = str(getattr(each, "__module__", ""))
    return (
        isinstance(each, _lru_cache_wrapper)
        and module.startswith(("scheduler.", "tests."))
        and not module.startswith(UNTOUCHED)
    )


def passes(item: pytest.Item) -> bool:
    """Whether a test passes; one that is skipped notices nothing."""
    reports = runtestprotocol(item, log=False, nextitem=None)
    return all(report.passed for report in reports)


def known_from(folder: Path) -> dict[str, dict[str, Any]]:
    """What was tried before, by the name of the change; the last word counts."""
    path = folder / "tried.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {told["name"]: told for told in map(json.loads, lines)}


def _in_a_process(work: Any) -> None:
    process = os.fork()
    if not process:
        _be_silent()
        work()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if status:
        pytest.exit("the tests could not be measured", returncode=3)


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _try(change: Change, asked: list[tuple[pytest.Item, float]], write: int) -> None:
    """In the process made for it: make the change, run the tests until one fails, tell which, and end."""
    _be_silent()
    resource.setrlimit(resource.RLIMIT_AS, (AT_MOST_MEMORY, AT_MOST_MEMORY))
    try:
        make(change)
    except Exception:  # the change leaves no function: a free variable gone, or no text that can be read
        os.write(write, UNMAKEABLE.encode())
        os._exit(0)
    for item, seconds in asked:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, 3 + 5 * seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LONGEST)
        if not passes(item):
            os.write(write, f"{KILLED} {item.nodeid}".encode())
            os._exit(0)
    os.write(write, SURVIVED.encode())
    os._exit(0)


def make(change: Change) -> None:
    """Give the function the changed body and defaults, and forget what was remembered of the old one."""
    module = importlib.import_module(change.module)
    holder: Any = module
    *outer, name = change.function.split(".")
    for each in outer:
        holder = getattr(holder, each)
    function = holder.__dict__[name]
    function = getattr(function, "__func__", function)
    compiled = compile(change.text, function.__code__.co_filename, "exec", dont_inherit=True)
    function.__code__ = _code_of(compiled, change.function)
    node = next(node for found, node in functions_of(ast.parse(change.text)) if found == change.function)
    if isinstance(node, FUNCTIONS) and node.args.defaults:
        function.__defaults__ = tuple(_value(each, module) for each in node.args.defaults)
    for each in REMEMBERED:
        each.cache_clear()


def _code_of(module: types.CodeType, function: str) -> types.CodeType:
    code = module
    for name in function.split("."):
        code = next(each for each in code.co_consts if isinstance(each, types.CodeType) and each.co_name == name)
    return code


def _value(node: ast.expr, module: types.ModuleType) -> Any:
    return eval(compile(ast.Expression(node), "", "eval"), vars(module))

"""What a plain run leaves out, and how it is asked for. Made-up examples are the same in every run but a fresh one."""

from __future__ import annotations

import gc
import os
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import seed, settings

# Read before any test stops the clock: a model made while it stands would take that clock's date for its own.
from scheduler.patient.case_file import expectation as _expectation  # noqa: F401
from tests import parsed_once  # noqa: F401
from tests.laws import examples as _profiles  # noqa: F401

# Dozens of processes start in a run, and two read every test: what one has compiled, the others only read.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Most of what is imported stays: until the tests begin, nobody looks through it for what can be thrown away.
gc.disable()

TESTS = Path(__file__).parent
LEFT_OUT = pytest.StashKey[str]()
"""What was left out, in words."""

NOT_WATCHED = {
    *("forecasting", "oracle", "reads", "soak", "stock", "store", "web", "witness"),
    *("mutants", "pins", "test_architecture.py", "test_contributing.py", "test_dependencies.py", "test_tree.py"),
    *("test_examples.py", "test_readme.py", "test_scenarios.py"),
    *(
        "cli/test_agenda.py",
        "cli/test_calendars.py",
        "cli/test_check.py",
        "cli/test_fewest_trips.py",
        "cli/test_help.py",
    ),
    *("cli/test_import_asked.py", "cli/test_import_events.py", "cli/test_paper.py", "cli/test_record.py"),
    "cli/test_stories.py",
}
"""What these reach of the core other tests reach too, and watching every line takes as long again: with ``--cov`` they run
as without."""
WATCHED_WHERE_SLOW = {"protocol"}
"""Of the slow tests, these reach what no quick one does, and are quick one by one. The others only reach it more often."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("how much is tested")
    group.addoption("--everything", action="store_true", help="the slow tests too, and every law on all its examples")
    group.addoption("--the-rest", action="store_true", help="only the slow tests, which a plain run leaves out")
    group.addoption("--fresh", type=int, metavar="SEED", help="the laws on other examples; the same seed repeats them")
    group.addoption("--times", type=int, default=1, metavar="N", help="with --fresh: so many times all its examples")
    group.addoption(
        "--tally", type=Path, metavar="FILE", help="with --fresh: count the logs of earlier runs too, kept there"
    )
    group.addoption("--standards", metavar="FOLDER", help="public files of the standards in that folder, too")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("everything" if config.getoption("--everything") or is_fresh(config) else "plain")
    if is_fresh(config):
        many = settings(max_examples=config.getoption("--times") * settings().max_examples)
        settings.register_profile("fresh", many)
        settings.load_profile("fresh")
        # It draws in the studies of all rooms, which a plain run of one room need not have.
        from tests.laws.counted import Counting

        config.pluginmanager.register(Counting(config.getoption("--tally")), "logs counted")


def is_plain(config: pytest.Config) -> bool:
    return not (config.getoption("--everything") or config.getoption("--the-rest") or is_fresh(config))


def is_fresh(config: pytest.Config) -> bool:
    return config.getoption("--fresh") is not None


def pytest_report_header(config: pytest.Config) -> str | None:
    return f"laws on fresh examples: --fresh {config.getoption('--fresh')}" if is_fresh(config) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if not is_watched(item):
            item.add_marker(pytest.mark.no_cover)
    if config.getoption("--everything"):
        return
    if is_fresh(config):
        keep_made_up_examples(config, items)
        return
    slow, laws = {item for item in items if is_slow(item)}, {item for item in items if is_law(item)}
    left_out = slow if is_plain(config) else set(items) - slow
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]
    if not is_plain(config):
        config.stash[LEFT_OUT] = f"{len(left_out)} tests that a plain run tries whole"
    elif slow or laws:
        config.stash[LEFT_OUT] = f"{len(slow)} slow tests, and four fifths of the examples of {len(laws - slow)} laws"


def keep_made_up_examples(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only what Hypothesis draws, each law with a seed of its own: the other tests try the same in every run."""
    drawn = [item for item in items if getattr(getattr(item, "obj", None), "is_hypothesis_test", False)]
    for item in drawn:
        own = zlib.crc32(f"{item.nodeid.partition('[')[0]} {config.getoption('--fresh')}".encode())
        seed(own)(item.obj)  # type: ignore[attr-defined]
    config.hook.pytest_deselected(items=[item for item in items if item not in drawn])
    items[:] = drawn


def pytest_collection_finish() -> None:
    """What has been imported by now stays until the end."""
    gc.freeze()
    gc.enable()


def is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def is_watched(item: pytest.Item) -> bool:
    """Whether ``--cov`` watches which lines it reaches."""
    file = item.path.relative_to(TESTS)
    if is_slow(item):
        return file.parts[0] in WATCHED_WHERE_SLOW
    return NOT_WATCHED.isdisjoint((file.parts[0], file.as_posix()))


def is_law(item: pytest.Item) -> bool:
    """Whether it is tried on made-up examples."""
    return (
        getattr(getattr(item, "obj", None), "is_hypothesis_test", False) or item.get_closest_marker("law") is not None
    )


# Each process of a run leaves out the same; the one that started them tells it once.


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash.get(LEFT_OUT, "")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left out", "")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, ""):
        terminalreporter.write_line(f"Left out: {left_out}. All of it: uv run pytest --everything")

"""What a plain run leaves out, and how it is asked for. Made-up examples are the same in every run."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.laws import examples as _profiles  # noqa: F401


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("how much is tested")
    group.addoption("--everything", action="store_true", help="the slow tests too, and every law on all its examples")
    group.addoption(
        "--the-rest",
        action="store_true",
        help="only what a plain run leaves out: slow tests, laws on all their examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(
        "everything" if config.getoption("--everything") or config.getoption("--the-rest") else "plain"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--everything"):
        return
    rest = config.getoption("--the-rest")
    left_out = [item for item in items if rest != (is_slow(item) or (rest and is_law(item)))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def is_law(item: pytest.Item) -> bool:
    """Whether it is tried on made-up examples."""
    return isinstance(item, pytest.Function) and getattr(item.obj, "is_hypothesis_test", False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--the-rest"):
        terminalreporter.write_line(
            "Only what a plain run leaves out was run: the slow tests, and the laws on all examples."
        )
    elif not config.getoption("--everything"):
        terminalreporter.write_line("Slow tests were left out, and laws tried on few examples: --everything runs all.")

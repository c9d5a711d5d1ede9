"""A sample of changes is the same for the same seed, and each change is made where it says."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.mutants import reached, sample
from tests.mutants.by_reading import is_noticed_by_reading
from tests.mutants.changes import Change, Changes
from tests.mutants.reached import Reached
from tests.mutants.sample import drawn_once, in_random_order, modules, places, turns
from tests.mutants.trial import Trial, known_from, make, quickest_of_every_file

SHOP = '''
"""A module with changes to make."""

LIMIT = 84


class Till:
    """What is in it."""

    open = True

    @staticmethod
    def change(paid, price):
        return paid - price

    def total(self, prices):
        return max(
            (price for price in prices),
            default=0,
        )


def is_late(day, limit=LIMIT):
    if day > limit:
        return True
    return False
'''


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    (tmp_path / "shop.py").write_text(SHOP, "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["shop.py"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("shop")
    del sys.modules["shop"]


def all_changes() -> Iterator[Change]:
    changes = Changes(Path("shop.py"))
    return (changes[number] for number in range(len(changes)))


def change_to(line: str) -> Change:
    return next(each for each in all_changes() if each.becomes == line)


def test_a_change_is_made_in_its_function_and_nowhere_else(shop: Any) -> None:
    assert (shop.is_late(84), shop.is_late(85), shop.Till.change(5, 3)) == (False, True, 2)
    make(change_to("if day >= limit:"))
    assert (shop.is_late(84), shop.is_late(83), shop.Till.change(5, 3)) == (True, False, 2)
    make(change_to("return paid + price"))
    assert shop.Till.change(5, 3) == 8
    make(change_to("default=1,"))
    assert (shop.Till().total([]), shop.Till().total([7])) == (1, 7)


def test_a_change_says_where_it_is(shop: Any) -> None:
    change = change_to("default=1,")
    assert (change.module, change.function, change.was) == ("shop", "Till.total", "default=0,")
    # All lines of the statement, because a test may reach any of them.
    assert [SHOP.splitlines()[line - 1].strip() for line in change.lines] == [
        "return max(",
        "(price for price in prices),",
        "default=0,",
        ")",
    ]


@pytest.mark.slow
def test_each_change_has_a_name_that_stays_when_its_function_moves(shop: Any) -> None:
    changes = Changes(Path("shop.py"))
    names = {changes[number].name for number in range(len(changes))}
    assert len(names) == len(changes)
    assert {name.partition(" ")[0] for name in names} == {"shop.Till.change", "shop.Till.total", "shop.is_late"}
    Path("shop.py").write_text(SHOP.replace("LIMIT = 84", "\n# Days.\nLIMIT = 84"), "utf-8")
    again = Changes(Path("shop.py"))
    assert {again[number].name for number in range(len(again))} == names


@pytest.mark.slow
def test_modules_take_turns_by_their_size_in_an_order_that_the_seed_gives() -> None:
    drawn = turns(seed=3)
    assert drawn == turns(seed=3) != turns(seed=4)
    counts, early = Counter(drawn), Counter(drawn[: len(drawn) // 10])
    assert (set(counts), len(counts) > 200) == ({path for path in modules() if next(places(path, 3), None)}, True)
    for path, count in counts.items():
        assert abs(early[path] - count / 10) <= 2, path


def test_all_changes_of_a_module_have_their_turn(shop: Any) -> None:
    changes = Changes(Path("shop.py"))
    drawn = [each.name for each in in_random_order(Path("shop.py"), seed=3)]
    assert sorted(drawn) == sorted(changes[number].name for number in range(len(changes)))
    assert [each.name for each in islice(in_random_order(Path("shop.py"), seed=3), 3)] == drawn[:3]


def test_of_a_change_that_was_tried_twice_the_last_word_counts(tmp_path: Path) -> None:
    assert known_from(tmp_path) == {}
    lines = ({"name": "one", "status": status} for status in ("survived", "killed"))
    (tmp_path / "tried.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    assert {name: told["status"] for name, told in known_from(tmp_path).items()} == {"one": "killed"}


def test_what_is_run_once_when_a_module_is_read_is_not_changed() -> None:
    for path in modules()[:20:10]:
        changes = Changes(path)
        for number in range(0, len(changes), 25):
            change = changes[number]
            module: Any = importlib.import_module(change.module)
            for name in change.function.split("."):
                module = inspect.getattr_static(module, name)
            assert inspect.isroutine(module) or isinstance(module, staticmethod | classmethod)


def test_what_is_drawn_is_drawn_once_until_the_program_or_the_question_is_another(
    shop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "modules", lambda: [Path("shop.py")])
    first = drawn_once(tmp_path, 3, seed=3)
    names = [each.name for each in first]
    assert (len(names), [each.name for each in drawn_once(tmp_path, 2, seed=3)]) == (3, names[:2])
    drawn_once(tmp_path, 3, seed=3)
    monkeypatch.setattr(sample, "sample", lambda size, seed: iter(first[:1]))
    assert [each.name for each in drawn_once(tmp_path, 3, seed=3)] == names
    Path("shop.py").write_text(SHOP.replace("84", "85"), "utf-8")
    assert [each.name for each in drawn_once(tmp_path, 3, seed=3)] == names[:1]


def test_words_that_no_catalogue_has_are_noticed_by_reading(shop: Any) -> None:
    told = 'from scheduler.said import said\n\n\ndef greet(name):\n    return said("Welcome, {name}", name=name or 0)\n'
    Path("shop.py").write_text(told, "utf-8")
    noticed = {change.becomes: is_noticed_by_reading(change) for change in all_changes()}
    assert noticed['return said("XXWelcome, {name}XX", name=name or 0)']
    assert noticed["return said(None, name=name or 0)"]  # nobody could translate it
    assert not noticed['return said("Welcome, {name}", name=name or 1)']


def test_a_test_is_measured_once_until_its_file_is_another(
    shop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "modules", lambda: [Path("shop.py")])
    Path("test_shop.py").write_text("first", "utf-8")
    measured = Reached(tmp_path)
    measured.seconds = {"test_shop.py::one": 0.5}
    measured._keep(Coverage(data_file=None))
    assert Reached(tmp_path).seconds == {"test_shop.py::one": 0.5}
    Path("test_shop.py").write_text("second", "utf-8")
    reached._digest.cache_clear()
    assert Reached(tmp_path).seconds == {}


def a_trial(tmp_path: Path, at_most: float = 60) -> Trial:
    return Trial(tmp_path, (), at_most, at_once=1, longest=20, measuring=60)


def test_the_quickest_are_asked_first_every_file_in_its_turn_for_as_long_as_a_change_may_take(tmp_path: Path) -> None:
    seconds = {"a::1": 0.01, "a::2": 0.02, "b::1": 0.03, "c::1": 2.0, "c::2": 9.0}
    assert a_trial(tmp_path).asked(list(seconds), seconds) == ["a::1", "b::1", "a::2", "c::1", "c::2"]
    assert a_trial(tmp_path, at_most=1).asked(list(seconds), seconds) == ["a::1", "b::1", "a::2"]
    # One at least, however long it takes.
    assert a_trial(tmp_path, at_most=1).asked(["c::2"], seconds) == ["c::2"]


def test_what_noticed_often_is_asked_before_what_is_a_little_quicker(tmp_path: Path) -> None:
    trial = a_trial(tmp_path)
    trial.kills.update({"b::1": 5})
    assert trial.asked(["a::1", "b::1"], {"a::1": 0.02, "b::1": 0.03}) == ["b::1", "a::1"]


def test_who_runs_without_an_end_is_told_apart_from_who_fails(shop: Any, tmp_path: Path) -> None:
    trial = a_trial(tmp_path)
    for killer, status in ((signal.SIGPROF, "timed out"), (signal.SIGSEGV, "killed")):
        read, write = os.pipe()
        process = os.fork()
        if not process:
            signal.signal(killer, signal.SIG_DFL)
            os.kill(os.getpid(), killer)
            signal.pause()
        os.close(write)
        trial.running[process] = (change_to("default=1,"), {"name": status}, read, 0.0)
        trial.wait_for_one()
        assert known_from(tmp_path)[status]["status"] == status


def test_one_test_of_every_file_is_run_before_changes_the_quickest_that_passes() -> None:
    seconds = {"a::1": 0.5, "a::2": 0.1, "b::1": -1.0, "c::1": 3.0}
    assert quickest_of_every_file(seconds, at_most=1) == ["a::2"]

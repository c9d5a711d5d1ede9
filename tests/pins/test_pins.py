"""What is pinned is exact, complete, the same for uv and pip, and a different environment is told."""

from __future__ import annotations

import re
import tomllib
from itertools import chain

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.pins import __main__ as pinning
from tests.pins.pins import CONSTRAINTS, PROJECT, as_constraints, differences, pins_of_pip, pins_of_uv, with_pins

TEXT = PROJECT.read_text("utf-8")
TOLD = tomllib.loads(TEXT)
PINS = pins_of_uv(TEXT)
BUILD_PINS: list[str] = TOLD["tool"]["uv"]["build-constraint-dependencies"]
ON_3_11 = {"python_full_version": "3.11.2", "python_version": "3.11", "sys_platform": "linux"}


def test_uv_and_pip_have_the_same_pins() -> None:
    assert pins_of_pip(CONSTRAINTS.read_text("utf-8")) == PINS
    assert TOLD["dependency-groups"] == {"dev": ["scheduler[test]"]}


def test_every_pin_is_one_version() -> None:
    assert [pin for pin in PINS + BUILD_PINS if not re.fullmatch(r"[a-z0-9-]+==[0-9][a-z0-9.]*( ; .+)?", pin)] == []


def test_whatever_is_declared_is_pinned() -> None:
    project = TOLD["project"]
    declared = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {canonicalize_name(Requirement(each).name) for each in declared} - {"scheduler"}
    assert names - {Requirement(pin).name for pin in PINS} == set()
    needed = {canonicalize_name(Requirement(each).name) for each in TOLD["build-system"]["requires"]}
    assert needed - {Requirement(pin).name for pin in BUILD_PINS} == set()


def test_every_difference_is_told() -> None:
    pins = ["a==1.0", "b==2", "c==3 ; python_full_version >= '3.12'", "d==4 ; sys_platform == 'linux'", "e==5"]
    assert differences(pins, {"a": "1.0", "b": "2", "d": "4", "e": "5"}, ON_3_11) == []
    assert differences(pins, {"a": "1.1", "b": "2", "c": "3", "d": "4"}, ON_3_11) == [
        "a 1.1 is installed, 1.0 is pinned",
        "c 3 is installed and not pinned",
        "e 5 is pinned and not installed",
    ]


def test_another_environment_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(pinning, "installed", lambda: {"pydantic": "1.0"})
    assert pinning.compare() == 1
    assert re.search(r"^pydantic 1\.0 is installed, 2\.\S+ is pinned$", capsys.readouterr().out, re.MULTILINE)


def test_new_pins_are_written_in_place_of_the_old() -> None:
    written = with_pins(with_pins(TEXT, ["a==1", "b==2 ; os_name == 'nt'"]), ["c==3"], "build-constraint-dependencies")
    assert tomllib.loads(written)["tool"]["uv"] == {
        "constraint-dependencies": ["a==1", "b==2 ; os_name == 'nt'"],
        "build-constraint-dependencies": ["c==3"],
    }
    assert with_pins(with_pins(written, PINS), BUILD_PINS, "build-constraint-dependencies") == TEXT
    assert pins_of_pip(as_constraints(["a==1"])) == ["a==1"]


def test_nothing_is_pinned_when_a_test_fails_on_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinning, "newest", lambda project, folder: ["a==1"])
    monkeypatch.setattr(pinning, "newest_to_build", lambda project, folder: ["b==2"])
    monkeypatch.setattr(pinning, "run_tests", lambda pins, folder, pytest: 1)
    assert pinning.refresh(["--everything"]) == 1
    assert PROJECT.read_text("utf-8") == TEXT

"""The pins: read and written in the two places where uv and pip look for them, and compared with what is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = Path(__file__).parent / "constraints.txt"

HEAD = "# What pyproject.toml pins for uv, for pip. Both are written by: python -m tests.pins --refresh\n"
INSTALLERS = frozenset({"pip", "setuptools", "uv", "wheel"})
"""They put packages in and may be in an environment or not; no test needs them."""


def pins_of_uv(project: str) -> list[str]:
    pins: list[str] = tomllib.loads(project)["tool"]["uv"]["constraint-dependencies"]
    return pins


def pins_of_pip(constraints: str) -> list[str]:
    return [line for line in constraints.splitlines() if line and not line.startswith("#")]


def with_pins(project: str, pins: Iterable[str], key: str = "constraint-dependencies") -> str:
    """The project file with these pins in place of the ones it has."""
    lines = "".join(f"  {_quoted(pin)},\n" for pin in pins)
    written, count = re.subn(
        rf"^{key} = \[[^\]]*\]$", lambda _: f"{key} = [\n{lines}]" if lines else f"{key} = []", project, flags=re.M
    )
    assert count == 1, f"pyproject.toml has {key} {count} times"
    return written


def as_constraints(pins: Iterable[str]) -> str:
    return HEAD + "".join(f"{pin}\n" for pin in pins)


def installed() -> dict[str, str]:
    """The version of each package of this environment, besides the project itself."""
    found = {canonicalize_name(each.name): each.version for each in distributions()}
    return {name: version for name, version in found.items() if name not in INSTALLERS | {"scheduler"}}


def differences(pins: Iterable[str], here: Mapping[str, str], environment: dict[str, str] | None = None) -> list[str]:
    """What is installed otherwise than pinned, a sentence each."""
    wanted = dict(_wanted(pins, environment))
    names = sorted(wanted.keys() | here.keys())
    return [_difference(name, wanted.get(name), here.get(name)) for name in names if wanted.get(name) != here.get(name)]


def _wanted(pins: Iterable[str], environment: dict[str, str] | None) -> Iterator[tuple[str, str]]:
    for pin in map(Requirement, pins):
        if pin.marker is None or pin.marker.evaluate(environment):
            yield canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")


def _difference(name: str, wanted: str | None, here: str | None) -> str:
    if wanted is None:
        return f"{name} {here} is installed and not pinned"
    if here is None:
        return f"{name} {wanted} is pinned and not installed"
    return f"{name} {here} is installed, {wanted} is pinned"


def _quoted(pin: str) -> str:
    return '"' + pin.replace('"', "'") + '"'

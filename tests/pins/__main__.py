"""Are the packages here the pinned ones? With --refresh: find the newest of all, run the tests on them, then pin them.

The newest are installed in an environment of their own. Nothing is written unless all tests pass there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.pins.pins import CONSTRAINTS, PROJECT, ROOT, as_constraints, differences, installed, pins_of_uv, with_pins

UV = os.environ.get("UV", "uv")


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.pins", description=__doc__)
    asked.add_argument("--refresh", action="store_true", help="pin the newest versions that pass all tests")
    asked.add_argument("--no-tests", action="store_true", help="with --refresh: pin them untested")
    asked.add_argument("pytest", nargs="*", help="what pytest is given instead of --everything, after --")
    given = asked.parse_args()
    return refresh(None if given.no_tests else given.pytest or ["--everything"]) if given.refresh else compare()


def compare() -> int:
    pins = pins_of_uv(PROJECT.read_text("utf-8"))
    found = differences(pins, installed())
    print("\n".join(found) or f"all {len(pins)} packages are as pinned")
    if found:
        print("uv sync installs what is pinned; python -m tests.pins --refresh pins what is newest")
    return 1 if found else 0


def refresh(pytest: list[str] | None) -> int:
    project = PROJECT.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        pins, build_pins = newest(project, Path(folder)), newest_to_build(project, Path(folder))
        if pytest is not None and (code := run_tests(pins, Path(folder), pytest)) != 0:
            print("nothing is pinned: the tests do not pass on the newest packages")
            return code
    before, after = set(pins_of_uv(project)), set(pins)
    project = with_pins(with_pins(project, pins), build_pins, "build-constraint-dependencies")
    PROJECT.write_text(project, "utf-8")
    CONSTRAINTS.write_text(as_constraints(pins), "utf-8")
    print("\n".join(sorted([f"- {pin}" for pin in before - after] + [f"+ {pin}" for pin in after - before])))
    print(f"{len(pins)} packages are pinned; uv sync installs them")
    return 0


def newest(project: str, folder: Path) -> list[str]:
    """The newest versions that fit together and with what the project asks for, for every Python that it runs on."""
    free = with_pins(with_pins(project, ()), (), "build-constraint-dependencies")
    (folder / "pyproject.toml").write_text(free, "utf-8")
    plain = ("--no-hashes", "--no-annotate", "--no-header", "--no-emit-project", "--all-extras", "--all-groups")
    return run(UV, "export", "--quiet", "--project", str(folder), "--upgrade", *plain).splitlines()


def newest_to_build(project: str, folder: Path) -> list[str]:
    needed = folder / "build.in"
    needed.write_text("\n".join(tomllib.loads(project)["build-system"]["requires"]), "utf-8")
    plain = ("--universal", "--no-annotate", "--no-header")
    return run(UV, "pip", "compile", "--quiet", "--directory", str(folder), *plain, str(needed)).splitlines()


def run_tests(pins: list[str], folder: Path, pytest: list[str]) -> int:
    """All tests, in an environment with exactly these packages."""
    constraints, python = folder / "constraints.txt", folder / "environment" / "bin" / "python"
    constraints.write_text(as_constraints(pins), "utf-8")
    run(UV, "venv", "--quiet", "--python", sys.executable, str(folder / "environment"))
    project = f"{ROOT}[test]"
    run(UV, "pip", "install", "--quiet", "--python", str(python), "-c", str(constraints), "-e", project)
    return subprocess.run([str(python), "-m", "pytest", *pytest], cwd=ROOT, check=False).returncode


def run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())

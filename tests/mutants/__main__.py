"""Change the code of the rules and doses, one small change at a time, and count how many changes the tests notice.

    python -m tests.mutants               every change; takes hours, and goes on where it was broken off
    python -m tests.mutants --every 10    every tenth change of each module; a quarter of an hour on two idle cores
    python -m tests.mutants --sample 500  so many of all of calendar, patient and views, drawn by --seed

What is changed and which tests are asked stands in pyproject.toml under [tool.mutmut]. `mutmut browse` shows the changes that
nobody noticed; delete the folder `mutants` to begin anew.

A sample takes of each module as many as its share of all changes, runs for each only the tests that reach the changed line, and
keeps what it measured and found (--kept): broken off, it goes on; a larger one of the same seed tries only what is new.
In the end it lists what nobody noticed; --again tries those anew, after tests were added. Seconds are of the processor's time.

What it costs: a minute and a half to draw 500, ten minutes to measure 6,600 tests, both once; then half a second for a change
that is noticed, and --at-most for one that is not. On a busy machine `--measuring 150 --longest 2 --at-most 3` comes to a first
answer: it measures the first tests of every file, and --again with more of both tries only what was left.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AT_LEAST = 0.85
KEPT = Path("mutants/sample")
TESTS = (
    *(
        "tests/calendar",
        "tests/patient",
        "tests/views",
        "tests/dosing",
        "tests/studies",
        "tests/response",
        "tests/regimens",
    ),
    *("tests/asking", "tests/exports", "tests/feeds", "tests/folder", "tests/amendments", "tests/endpoints"),
    *("tests/test_scenarios.py", "tests/oracle", "tests/laws", "tests/forecasting", "tests/stock", "tests/words"),
    *(f"tests/cli/test_{name}.py" for name in ("agenda", "amend", "advise", "check", "lists", "record_asked", "test")),
)
"""What runs in the process itself, quickly enough: no server, no browser, no other database."""
NOTICED = ("killed", "timed out", "timeout", "suspicious", "segfault")
"""A change that makes a test fail, or run without an end, or the interpreter break, was noticed."""
NOT_TRIED = "not checked"
SMALLEST = "scheduler.calendar.entries.budget.*"
ONE = re.compile(r"^\s*(?P<name>(?P<module>scheduler\.[\w.]+)\.x\S+?__mutmut_\d+): (?P<status>[\w ]+)$", re.MULTILINE)


def results() -> list[re.Match[str]]:
    """Every change with what became of it, from mutmut's own list."""
    listed = subprocess.run(["mutmut", "results", "--all", "true"], check=True, capture_output=True, text=True).stdout
    return list(ONE.finditer(listed))


def every(step: int) -> Iterator[str]:
    """The names of every so-many-th change of each module. Trying one small module first makes the list of all."""
    subprocess.run(["mutmut", "run", SMALLEST], check=True)
    by_module: dict[str, list[str]] = defaultdict(list)
    for found in results():
        by_module[found["module"]].append(found["name"])
    for names in by_module.values():
        yield from names[step // 2 :: step]


def share(counts: Counter[str]) -> float:
    """How much of what was tried the tests noticed; what no test reaches was tried."""
    return noticed(counts) / counts.total()


def report() -> float:
    """Print one line a module and the whole, and return the share of the whole."""
    modules: dict[str, Counter[str]] = defaultdict(Counter)
    for found in results():
        if found["status"] != NOT_TRIED:
            modules[found["module"]][found["status"]] += 1
    for module, counts in sorted(modules.items()):
        others = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()) if status not in NOTICED)
        print(f"{share(counts):6.1%} of {counts.total():5}  {module:52} {others}")
    whole = sum(modules.values(), Counter[str]())
    print(f"{share(whole):6.1%} of {whole.total():5}  noticed; {AT_LEAST:.0%} must be")
    return share(whole)


def main(arguments: list[str]) -> int:
    """Run mutmut, then report; 1 where too few changes were noticed."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("--every", type=int, default=1, metavar="N", help="try every N-th change only")
    asked.add_argument("--max-children", default="2", metavar="N", help="how many are tried at the same time")
    sampled = asked.add_argument_group("a sample of all of calendar, patient and views")
    sampled.add_argument("--sample", type=int, metavar="N", help="try so many changes, of every module its share")
    sampled.add_argument(
        "--seed", type=int, default=11, metavar="SEED", help="which ones; the same seed draws the same"
    )
    sampled.add_argument(
        "--kept", type=Path, default=KEPT, metavar="DIR", help="where results are kept and found again"
    )
    sampled.add_argument("--again", action="store_true", help="try again what nobody noticed")
    sampled.add_argument("--at-most", type=float, default=60, metavar="SECONDS", help="of tests for each change")
    sampled.add_argument(
        "--longest", type=float, default=20, metavar="SECONDS", help="that a test may take to be asked"
    )
    sampled.add_argument("--measuring", type=float, default=3600, metavar="SECONDS", help="of tests before changes")
    sampled.add_argument("--only", nargs="+", metavar="TEXT", help="only changes whose name has one of these texts")
    sampled.add_argument("--tests", nargs="+", default=TESTS, metavar="PATH", help="the tests that may be asked")
    options = asked.parse_args(arguments)
    if options.sample is not None:
        return try_sample(options)
    names = every(options.every) if options.every > 1 else ()
    run = subprocess.run(["mutmut", "run", "--max-children", options.max_children, *names], check=False)
    if run.returncode:
        return run.returncode
    return 0 if report() >= AT_LEAST else 1


def try_sample(options: argparse.Namespace) -> int:
    """Try what was drawn and not tried yet, then tell how many were noticed, and list the others."""
    import pytest

    from tests.mutants.sample import drawn_once
    from tests.mutants.trial import NOTICED, UNMAKEABLE, Trial, known_from

    options.kept.mkdir(parents=True, exist_ok=True)
    changes = drawn_once(options.kept, options.sample, options.seed)
    known = known_from(options.kept)
    to_try = {
        name: told for name, told in known.items() if not options.again or told["status"] in (*NOTICED, UNMAKEABLE)
    }
    limits = (options.at_most, int(options.max_children), options.longest, options.measuring)
    wanted = options.only or [""]
    asked = (each for each in changes if any(text in each.name for text in wanted))
    trial = Trial(options.kept, asked, *limits, to_try)
    arguments = ["-n0", "-p", "no:cacheprovider", "-q", "--no-header", "--no-summary", *options.tests]
    ended = pytest.main(arguments, plugins=[trial])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return int(ended)
    return (
        0 if tell([trial.known[name] for name in dict.fromkeys(trial.seen) if name in trial.known]) >= AT_LEAST else 1
    )


def tell(found: list[dict[str, Any]]) -> float:
    """Print the survivors by module, then one line for each room and the whole, and return the share of the whole."""
    for told in found:
        if told["status"] in ("survived", "unreached"):
            asked = f"{told['asked']} of {told['reached_by']} tests asked"
            print(
                f"{told['name']}, line {told['line']} ({told['status']}, {asked})\n  - {told['was']}\n  + {told['becomes']}"
            )
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for told in found:
        rooms[".".join(told["module"].split(".")[:3])][told["status"]] += 1
    whole = sum(rooms.values(), Counter[str]())
    for name, counts in (*sorted(rooms.items()), ("the whole", whole)):
        tried = counts.total() - counts["unmakeable"]
        others = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()) if status != "killed")
        print(f"{noticed(counts) / max(tried, 1):6.1%} of {tried:5}  {name:40} {others}")
    return noticed(whole) / max(whole.total() - whole["unmakeable"], 1)


def noticed(counts: Counter[str]) -> int:
    """How many made a test fail, or run without an end."""
    return sum(counts[status] for status in NOTICED)


sys.exit(main(sys.argv[1:]))

"""Change the code of the rules and doses, one small change at a time, and count how many changes the tests notice.

    python -m tests.mutants               every change; takes hours, and goes on where it was broken off
    python -m tests.mutants --every 10    every tenth change of each module; a quarter of an hour on two idle cores

What is changed and which tests are asked stands in pyproject.toml under [tool.mutmut]. `mutmut browse` shows the changes that
nobody noticed; delete the folder `mutants` to begin anew.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

AT_LEAST = 0.85
NOTICED = ("killed", "timeout", "suspicious", "segfault")
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
    return sum(counts[status] for status in NOTICED) / counts.total()


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
    options = asked.parse_args(arguments)
    names = every(options.every) if options.every > 1 else ()
    run = subprocess.run(["mutmut", "run", "--max-children", options.max_children, *names], check=False)
    if run.returncode:
        return run.returncode
    return 0 if report() >= AT_LEAST else 1


sys.exit(main(sys.argv[1:]))

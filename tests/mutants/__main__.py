"""Change the code of the rules and doses, one small change at a time, and count how many changes the tests notice.

What is changed and which tests are asked stands in pyproject.toml under [tool.mutmut]. A run takes most of an hour; one that
was broken off goes on where it stopped. Delete the folder `mutants` to begin anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict

AT_LEAST = 0.85
NOTICED = ("killed", "timeout", "suspicious", "segfault")
"""A change that makes a test fail, or run without an end, or the interpreter break, was noticed."""
ONE = re.compile(r"^\s*(?P<module>scheduler\.[\w.]+)\.x\S+?__mutmut_\d+: (?P<status>[\w ]+)$")


def noticed_by_module(listing: str) -> dict[str, Counter[str]]:
    """How many changes of each module ended how, from mutmut's list of results."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in listing.splitlines():
        told = ONE.match(line)
        if told is not None:
            found[told["module"]][told["status"]] += 1
    return dict(found)


def share(counts: Counter[str]) -> float:
    """How much of what was changed the tests noticed; what was never tried counts as not noticed."""
    return sum(counts[status] for status in NOTICED) / counts.total()


def report(found: dict[str, Counter[str]]) -> float:
    """Print one line a module and the whole, and return the share of the whole."""
    for module, counts in sorted(found.items()):
        others = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()) if status not in NOTICED)
        print(f"{share(counts):6.1%} of {counts.total():5}  {module:52} {others}")
    whole = sum(found.values(), Counter[str]())
    print(f"{share(whole):6.1%} of {whole.total():5}  noticed, at least {AT_LEAST:.0%} must be")
    return share(whole)


def main(arguments: list[str]) -> int:
    """Run mutmut with the same arguments, then report; 1 where too few changes were noticed."""
    run = subprocess.run(["mutmut", "run", *arguments], check=False)
    if run.returncode:
        return run.returncode
    listing = subprocess.run(["mutmut", "results", "--all", "true"], check=True, capture_output=True, text=True).stdout
    return 0 if report(noticed_by_module(listing)) >= AT_LEAST else 1


sys.exit(main(sys.argv[1:]))

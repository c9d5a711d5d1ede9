"""What a fresh run says at its end of the logs that it has tried."""

from __future__ import annotations

import json

from tests.dosing.story import told
from tests.laws.counted import Tally
from tests.laws.walks import study

RANDOMISED = "2026-02-27 randomised, arm: control\n"


def test_a_log_tried_twice_is_one_distinct_log() -> None:
    tally = Tally()
    for _ in range(2):
        tally.add(study("seed"), told(RANDOMISED))
    tally.add(study("capox"), told("2026-02-27 randomised, arm: capox\n2026-03-02 given, treatment: oxaliplatin, n: 1"))
    assert str(tally).startswith(
        "Laws held over 3 fresh logs, 2 of them distinct, of 2 studies in 2 protocols (most of REGO-TORI-RT: 66 %);"
        " 4 events of 2 of 58 kinds, fewest: adverse event 0, attribute 0, "
    )


def test_what_several_processes_tried_is_summed() -> None:
    one, other = Tally(), Tally()
    one.add(study("seed"), told(RANDOMISED))
    other.add(study("seed"), told(RANDOMISED))
    other.add(study("seed"), told(f"{RANDOMISED}2026-03-02 died"))
    one.add_all(json.loads(json.dumps(other.told())))
    assert (one.logs, len(one.distinct), one.kinds["randomised"], one.kinds["died"]) == (3, 2, 3, 1)

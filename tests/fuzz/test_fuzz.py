"""The fuzzers in short, and that they can fail: the same seed tries the same again."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.__main__ import KINDS, PLAIN, table, tried
from tests.fuzz.kinds import event_of
from tests.fuzz.mutations import mutated


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_sent_is_read_or_refused(kind: str):
    found = tried(kind, 1, range(60))
    assert found.faults == {}
    assert len(found.became) > 1, "some of it is right"


def test_the_same_seed_makes_the_same():
    text = "site: Here\nzone: Europe/Berlin\n"
    made = [[(mutated(text, Random(f"{seed}")), event_of(Random(f"{seed}"))) for seed in range(20)] for _ in range(2)]
    assert made[0] == made[1]
    assert len({each for each, _ in made[0]}) > 10


def test_what_breaks_is_told_with_its_number(monkeypatch: pytest.MonkeyPatch):
    def breaks(chance: Random) -> str:
        if chance.random() < 0.5:
            raise ZeroDivisionError("broken")
        return "taken"

    monkeypatch.setitem(PLAIN, "texts", breaks)
    found, again = (tried("texts", 3, range(20)) for _ in range(2))
    assert 0 < len(found.faults) < 20
    assert found.faults == again.faults
    assert found.became["taken"] + len(found.faults) == 20
    number = next(iter(found.faults))
    assert tried("texts", 3, range(number, number + 1)).faults == {number: "ZeroDivisionError: broken"}
    assert table([found]).rows[0][-1] == len(found.faults)

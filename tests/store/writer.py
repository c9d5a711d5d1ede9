"""A writer to be killed: ``python -m tests.store.writer ADDRESS FIRST SEED`` appends events and tells each that was acknowledged.

It is a program of its own so that nothing of it is left when it is killed.
"""

from __future__ import annotations

import random
import sys

from scheduler.store.opening import open_store
from scheduler.store.values import Addition
from tests.store.sample import at, medicine

LAST = 200
SUBJECTS = ("EXP-001", "EXP-002", "EXP-003")


def main(address: str, first: int, seed: int) -> None:
    chance = random.Random(seed)
    store = open_store(address, make=False)
    print("ready", flush=True)
    number = first
    while number <= LAST:
        several = chance.randint(1, 3)
        subject = chance.choice(SUBJECTS)
        additions = [Addition(medicine(each)) for each in range(number, number + several)]
        store.append_unchecked(subject, additions, seen=store.log(subject).length, act=at(number))
        number += several
        print(number - 1, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

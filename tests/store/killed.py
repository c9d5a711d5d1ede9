"""``python -m tests.store.killed ADDRESS``: enrols patients and records events, and is killed after every statement in turn.

Each turn is a process of its own, forked from this one, that is killed by itself as nothing else can kill it: after its first
statement, its second, and so on; then just before the commit; then just after it, before anybody was told. It prints one word for
each turn: how it ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import sqlalchemy as sa

from scheduler.store.checked_recording import enrol, record_events
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.values import Once
from tests.store.sample import CONSENT, NURSE, RANDOMISED, STUDY, at, medicine, patient

EVENTS = (CONSENT, RANDOMISED, medicine(1))
LATER = (medicine(2), medicine(3))


def once(name: str) -> Once:
    """A request of that name."""
    return Once(NURSE.id, name, "asks for it", lambda records: ",".join(str(each.event) for each in records))


def enrolled(store: Store, turn: str) -> None:
    """A patient of that number with three events, by one request."""
    enrol(store, STUDY, patient(turn), EVENTS, act=at(1), once=once(turn))


def recorded(store: Store, turn: str) -> None:
    """Two events more of the patient who is there, by one request."""
    seen = store.log("THERE").length
    record_events(store, STUDY, "THERE", LATER, seen=seen, act=at(2), once=once(turn))


DEEDS: dict[str, Callable[[Store, str], None]] = {"enrolled": enrolled, "recorded": recorded}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def child(address: str, deed: str, turn: int, name: str) -> None:
    """Do it, and die after so many statements of the writing transaction."""
    store = open_store(address, make=False)
    writing = False
    statements = 0

    @sa.event.listens_for(sa.Engine, "begin")
    def begun(connection: sa.Connection) -> None:
        nonlocal writing
        writing = bool(connection.get_execution_options().get("alone"))

    @sa.event.listens_for(sa.Engine, "after_cursor_execute")
    def executed(*_: Any) -> None:
        nonlocal statements
        statements += writing
        if statements == turn:
            die()

    @sa.event.listens_for(sa.Engine, "commit")
    def committing(_: sa.Connection) -> None:
        if writing and statements + 1 == turn:
            die()

    DEEDS[deed](store, name)
    if statements + 2 == turn:
        die()


def main(address: str, deed: str) -> None:
    for turn in count(1):
        pid = os.fork()
        if pid == 0:
            child(address, deed, turn, f"TURN-{turn}")
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else f"ended {os.waitstatus_to_exitcode(status)}", flush=True)
        if not killed:
            return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

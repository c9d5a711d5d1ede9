"""A clock that is wrong: held against what was recorded last and against the database's own, before anything is recorded.

A record by a wrong clock stands in the trail for ever, and a wrong today is on every list. Nobody can tell from the records alone
which of two clocks is right: a person does, and that is recorded too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.errors import Refused
from scheduler.findings import Finding, Severity
from scheduler.store.chain import moment_text
from scheduler.store.interface import Store
from scheduler.store.values import Act, Clocks, Kind, Record, Who

BEHIND = timedelta(hours=1)
"""So much earlier than the last records nobody records: computers that share a database differ by less."""

APART = timedelta(minutes=10)
"""So much the clock may differ from that of the database's own computer."""


def wrong_clock(clocks: Clocks, now: datetime) -> Finding | None:
    """What is wrong with a clock that says ``now`` (UTC); None where nothing is known against it."""
    if clocks.database is not None and abs(now - clocks.database) > APART:
        message = f"this computer's clock says {_told(now)}, the database's {_told(clocks.database)}"
        return Finding("clock-differs", Severity.ERROR, message, "set the wrong one right (NTP); nothing was recorded")
    if clocks.recorded is not None and clocks.recorded - now > BEHIND:
        message = f"this computer's clock says {_told(now)}, and something was recorded at {_told(clocks.recorded)}"
        hint = "set the clock right; where it is, 'scheduler audit clock' confirms it; nothing was recorded"
        return Finding("clock-behind", Severity.ERROR, message, hint)
    return None


def refuse_wrong_clock(store: Store, now: datetime) -> None:
    """Raises Refused where something is known against the clock that says ``now``."""
    found = wrong_clock(store.clocks(), now)
    if found is not None:
        raise Refused([found])


def confirm_clock(store: Store, act: Act) -> Record | None:
    """A person says that the clock is right although something was recorded later. None where nobody has to.

    Raises Refused where the database's own clock says otherwise.
    """
    clocks = store.clocks()
    found = wrong_clock(clocks, act.at)
    if found is None:
        return None
    if found.code != "clock-behind" or clocks.recorded is None:
        raise Refused([found])
    told = {"clock": moment_text(act.at), "recorded until": moment_text(clocks.recorded)}
    return store.note(Kind.CLOCK_CONFIRMED, told, act)


def note_jump(store: Store, expected: datetime, now: datetime, who: Who) -> Record:
    """Record that the clock was moved while the program ran: where it should have stood, and where it stands."""
    told = {"expected": moment_text(expected), "clock": moment_text(now)}
    return store.note(Kind.CLOCK_JUMPED, told, Act(who, now))


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

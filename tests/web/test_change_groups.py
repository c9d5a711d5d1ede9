"""What a preview tells: the event's own entry, the next eight weeks, and what comes later."""

from datetime import date

from scheduler.calendar.comparing.change import Change, What
from scheduler.patient.events import parse_event
from scheduler.said import said
from scheduler.web.recording.change_groups import grouped

TODAY = date(2026, 5, 21)


def change(on: date | None, *entries: str, what: What = What.MOVED) -> Change:
    return Change(entries, what, "before", "after", said("a sentence"), on)


def test_each_change_stands_in_one_of_three_groups() -> None:
    done = parse_event({"event": "visit done", "on": "2026-05-21", "entry": "c2d1.1"})
    own = change(TODAY, "c2d1.1", what=What.STATUS)
    # Eight weeks are 56 days: 10 to the end of May, 30 of June, and 16 of July.
    soon, waits = change(date(2026, 7, 16), "c2d10.1"), change(None, "regorafenib.4", what=What.PENDING)
    late = change(date(2026, 7, 17), "imaging.3")
    both, finding = change(TODAY, "c2d1.1", "c2d8.1"), change(TODAY, "c2d1.1", what=What.FINDING)
    found = grouped([late, soon, own, waits, both, finding], [done], TODAY)
    assert (found.own, found.near, found.later) == ((own,), (soon, waits, both, finding), (late,))


def test_days_of_a_cycle_are_of_the_event_that_starts_it() -> None:
    started = parse_event({"event": "cycle started", "on": "2026-05-21", "treatment": "regorafenib", "cycle": 5})
    days, next_cycle = change(TODAY, "regorafenib.5.1"), change(TODAY, "regorafenib.50")
    assert grouped([days, next_cycle], [started], TODAY).own == (days,)

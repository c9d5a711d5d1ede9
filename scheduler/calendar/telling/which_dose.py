"""Which dose of the protocol one is, where doses began again, with the days since the last one given; and how it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.entry import Calendar, Dose, Entry
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.calendar.telling.explanation import Told
from scheduler.calendar.telling.standing import doses_in_words


def which_dose(calendar: Calendar, entry: Entry) -> Iterator[Told]:
    """ "43 days since dose 3 on Sunday 8 March 2026, more than 28 days: again from dose 1 (6 mg)."; nothing for all others."""
    found = entry.in_count
    if found is None:
        return
    if found.rule is not None and found.given is not None:
        since = f"{found.days} days since {_called(calendar, found.last)} on {in_words(found.given)}"
        again = f"again from dose {found.number} ({doses_in_words(entry.doses)})"
        yield Told(f"{since}, more than {found.rule.longer_than}: {again}.", found.last)
    elif found.began is not None:
        began = f"the doses began again with {_called(calendar, found.began)}"
        yield Told(f"By the protocol it is dose {found.number}: {began}.", found.began)
    else:
        yield Told(f"By the protocol it is dose {found.number}: what was not given is not counted.")


def _called(calendar: Calendar, entry_id: str) -> str:
    """An entry as it is called behind the name of its treatment: "dose 3"."""
    entry = calendar.entry(entry_id)
    return entry.title.rpartition(", ")[2] if entry is not None else entry_id


def how_to_take(doses: tuple[Dose, ...]) -> Iterator[Told]:
    """ "To be taken 12 hours ±1 hour apart, with food."; a sentence for each drug of several."""
    for dose in doses:
        if dose.taking is not None:
            of = f"{dose.of} is to" if dose.of else "To"
            yield Told(f"{of} be taken {dose.taking}.")

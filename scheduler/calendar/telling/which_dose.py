"""Which dose of the protocol one is, where doses began again, with the days since the last one given; and how it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.calendar.entries.taking_in_words import taking_in_words
from scheduler.calendar.entries.titles_in_words import called_in_words
from scheduler.calendar.telling.explanation import Told
from scheduler.said import Code, Value, counted, own_words, said


def which_dose(calendar: Calendar, entry: Entry) -> Iterator[Told]:
    """ "43 days since dose 3 on Sunday 8 March 2026, more than 28 days: again from dose 1 (6 mg)."; nothing for all others."""
    in_count = entry.in_count
    if in_count is None:
        return
    number = in_count.number
    if in_count.rule is not None and in_count.given is not None:
        sentence = counted(
            "{n} day since {last} on {given}, more than {longer}: again from dose {number} ({doses}).",
            "{n} days since {last} on {given}, more than {longer}: again from dose {number} ({doses}).",
            in_count.days,
            last=_called(calendar, in_count.last),
            given=in_count.given,
            longer=span_in_words(in_count.rule.longer_than),
            number=number,
            doses=doses_in_words(entry.doses),
        )
        yield Told(sentence, in_count.last)
    elif in_count.began is not None:
        began = _called(calendar, in_count.began)
        yield Told(
            said("By the protocol it is dose {number}: the doses began again with {dose}.", number=number, dose=began),
            in_count.began,
        )
    else:
        yield Told(said("By the protocol it is dose {number}: what was not given is not counted.", number=number))


def _called(calendar: Calendar, entry_id: str) -> Value:
    """An entry as it is called behind the name of its treatment: "dose 3"."""
    entry = calendar.entry(entry_id)
    return called_in_words(entry.title) if entry is not None else Code(entry_id)


def how_to_take(doses: tuple[Dose, ...]) -> Iterator[Told]:
    """ "To be taken 12 hours ±1 hour apart, with food."; a sentence for each drug of several."""
    for dose in doses:
        if dose.taking is None:
            continue
        how = taking_in_words(dose.taking)
        if dose.of:
            yield Told(said("{drug} is to be taken {how}.", drug=own_words(dose.of), how=how))
        else:
            yield Told(said("To be taken {how}.", how=how))

"""What a difference is called: whole sentences, in which ``which`` is the entry, or the first and the last of several."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from scheduler.calendar.entries.entry import Flag, Status, Window
from scheduler.said import (
    COMMAS,
    FROM_TO,
    SHORT_DAY,
    WEEKDAY_AND_DAY,
    Code,
    Day,
    Days,
    Quoted,
    Said,
    Sayable,
    Value,
    counted,
    filled,
    listed,
    said,
    said_as,
)


class Sentence(NamedTuple):
    """How a difference is told of one entry, and how of several that differ alike. ``which`` is not filled in yet."""

    one: Said
    several: Said

    @classmethod
    def of_any(cls, sentence: Said) -> Sentence:
        """The same words for one and for several."""
        return cls(sentence, sentence)


def which_entries(timeline: str, first: str, last: str) -> Value:
    """regorafenib.2; regorafenib.2 to .5."""
    if first == last:
        return Code(first)
    return from_first_to_last(Code(first), Code(last.removeprefix(timeline)))


def from_first_to_last(first: Value, last: Value) -> Said:
    """Several entries that follow each other."""
    return said_as("several entries", "{first} to {last}", first=first, last=last)


def instead(now: Value | Sayable, was: Value | Sayable) -> Sentence:
    """Something of which there is a value before and a value after."""
    return Sentence.of_any(said("{which}: {now} instead of {was}", now=now, was=was))


def on_day(day: date) -> Day:
    """Mon 30 Mar 2026."""
    return Day(day, WEEKDAY_AND_DAY)


def status_is(now: Status, was: Status) -> Sentence:
    """It is done; it was planned."""
    words = {"now": status_word(now), "was": status_word(was)}
    return Sentence(
        said("{which} is {now}; it was {was}", **words), said("{which} are {now}; they were {was}", **words)
    )


def status_word(status: Status) -> Said:
    """Planned, done, held, not done, cancelled."""
    return Said(status.value, context="status")


def is_cancelled(was: Status, day: date | None) -> Sentence:
    """It is cancelled, and when it was to be."""
    told = status_is(Status.CANCELLED, was)
    if day is None:
        return told
    return Sentence(
        said("{which} of {day} is cancelled; it was {was}", day=on_day(day), was=status_word(was)), told.several
    )


def moves(was: date | None, now: date | None) -> Sentence:
    """From one day to another."""
    if was is None or now is None:
        if now is not None:
            return Sentence.of_any(said("{which}: on {now}; it had no date", now=on_day(now)))
        assert was is not None
        return Sentence.of_any(said("{which}: no date any more; it was on {was}", was=on_day(was)))
    days, both = abs((now - was).days), {"was": on_day(was), "now": on_day(now)}
    if now > was:
        return Sentence(
            counted(
                "{which} moves {n} day later, from {was} to {now}",
                "{which} moves {n} days later, from {was} to {now}",
                days,
                **both,
            ),
            counted(
                "{which} move {n} day later, the first from {was} to {now}",
                "{which} move {n} days later, the first from {was} to {now}",
                days,
                **both,
            ),
        )
    return Sentence(
        counted(
            "{which} moves {n} day earlier, from {was} to {now}",
            "{which} moves {n} days earlier, from {was} to {now}",
            days,
            **both,
        ),
        counted(
            "{which} move {n} day earlier, the first from {was} to {now}",
            "{which} move {n} days earlier, the first from {was} to {now}",
            days,
            **both,
        ),
    )


def time_is(now: Value | None, was: Value | None) -> Sentence:
    """The time of day."""
    return _changed(
        said("{which}: the time is {now}; it was {was}"),
        said("{which}: the time is {now}; there was none"),
        said("{which}: no time any more; it was {was}"),
        now,
        was,
    )


def window_is(now: Window | None, was: Window | None) -> Sentence:
    """From when to when it may be."""
    return _changed(
        said("{which}: the window is {now}; it was {was}"),
        said("{which}: the window is {now}; there was none"),
        said("{which}: no window any more; it was {was}"),
        *(None if window is None else _days(window) for window in (now, was)),
    )


def _days(window: Window) -> Value:
    first, last = window
    return on_day(first) if first == last else Days(first, last, pattern=SHORT_DAY)


def ideal_is(now: date | None, was: date | None) -> Sentence:
    """The protocol's own day for it."""
    return _changed(
        said("{which}: the ideal date is {now}; it was {was}"),
        said("{which}: the ideal date is {now}; there was none"),
        said("{which}: no ideal date any more; it was {was}"),
        *(None if day is None else on_day(day) for day in (now, was)),
    )


def _changed(changed: Said, appeared: Said, gone: Said, now: Value | None, was: Value | None) -> Sentence:
    if now is None:
        assert was is not None
        return Sentence.of_any(filled(gone, was=was))
    if was is None:
        return Sentence.of_any(filled(appeared, now=now))
    return Sentence.of_any(filled(changed, now=now, was=was))


def how_long(start: date | None, window: Window | None) -> Value:
    """From when to when a period is."""
    if window is not None:
        return Days(*window, between=FROM_TO, pattern=SHORT_DAY)
    if start is None:
        return said("from a day that is not known yet")
    return said("from {day} on with an open end", day=Day(start, SHORT_DAY))


def marks_are(now: tuple[Flag, ...], was: tuple[Flag, ...]) -> Sentence:
    """What a reader must know beside the status, and no longer."""
    more, less = ([_mark(flag) for flag in some if flag not in others] for some, others in ((now, was), (was, now)))
    if more and less:
        both = {"more": listed(*more), "less": listed(*less)}
        return Sentence(
            said("{which} is marked {more}, and no longer {less}", **both),
            said("{which} are marked {more}, and no longer {less}", **both),
        )
    if more:
        marks = listed(*more)
        return Sentence(said("{which} is marked {marks}", marks=marks), said("{which} are marked {marks}", marks=marks))
    marks = listed(*(less or map(_mark, now)))
    return Sentence(
        said("{which} is no longer marked {marks}", marks=marks),
        said("{which} are no longer marked {marks}", marks=marks),
    )


def _mark(flag: Flag) -> Said:
    return said('"{mark}"', mark=Said(flag.value, context="flag"))


def activities_are(now: tuple[str, ...], was: tuple[str, ...]) -> Sentence:
    """What else is done there, and what no longer."""
    more, less = ([Quoted(each) for each in some if each not in others] for some, others in ((now, was), (was, now)))
    if more and less:
        sentence = said("{which}: also {more}; no longer {less}", more=listed(*more), less=listed(*less))
    elif more:
        sentence = said("{which}: also {more}", more=listed(*more))
    elif less:
        sentence = said("{which}: no longer {less}", less=listed(*less))
    else:
        return instead(*(listed(*map(Quoted, each), how=COMMAS) for each in (now, was)))
    return Sentence.of_any(sentence)


def is_new(day: date | None, how: Value) -> Sentence:
    """It was not on the calendar before."""
    one = said("{which} is new, without a date: {how}", how=how)
    if day is not None:
        one = said("{which} is new: {day}, {how}", day=on_day(day), how=how)
    return Sentence(one, said("{which} are new"))


def is_not_pending(now: Status, day: date | None, how: Value) -> Sentence:
    """It waited, and waits no longer."""
    if day is not None and now is not Status.CANCELLED:
        return Sentence.of_any(said("{which} waits no longer: {day}, {how}", day=on_day(day), how=how))
    word = status_word(now)
    return Sentence(
        said("{which} is {now}; it was pending", now=word), said("{which} are {now}; they were pending", now=word)
    )


def loses_its_date(was: Status, day: date | None, waits_for: Value) -> Sentence:
    """It waits now for what nobody knows yet."""
    if day is not None:
        return Sentence.of_any(
            said("{which} loses its date, {day}: it waits for {what}", day=on_day(day), what=waits_for)
        )
    return Sentence.of_any(
        said("{which} is no longer {was}: it waits for {what}", was=status_word(was), what=waits_for)
    )


def is_gone(was: Status, day: date | None) -> Sentence:
    """It is not on the calendar any more."""
    if day is not None:
        one = said("{which} of {day} is no longer on the calendar", day=on_day(day))
    else:
        one = said("{which} is no longer on the calendar; it was {was}", was=status_word(was))
    return Sentence(one, said("{which} are no longer on the calendar"))


def days_stand(first: int, last: int, now: Value, was: Value, on: date | None) -> Sentence:
    """Dosing days of a cycle; ``on`` is told where only their date is another."""
    if on is not None:
        if first == last:
            return Sentence.of_any(said("{which}, day {first}: {now}, on {day}", first=first, now=now, day=on_day(on)))
        return Sentence.of_any(
            said("{which}, days {first}-{last}: {now}, from {day} on", first=first, last=last, now=now, day=on_day(on))
        )
    if first == last:
        return Sentence.of_any(said("{which}, day {first}: {now}; it was {was}", first=first, now=now, was=was))
    return Sentence.of_any(
        said("{which}, days {first}-{last}: {now}; it was {was}", first=first, last=last, now=now, was=was)
    )


def units_are(now: Value, was: Value, of: Value | None) -> Sentence:
    """How many units a cycle takes."""
    if of is None:
        return Sentence(
            said("{which}: {now} instead of {was}", now=now, was=was),
            said("{which}: {now} each instead of {was}", now=now, was=was),
        )
    return Sentence(
        said("{which}: {now} of {strength} instead of {was}", now=now, was=was, strength=of),
        said("{which}: {now} of {strength} each instead of {was}", now=now, was=was, strength=of),
    )

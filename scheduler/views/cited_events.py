"""The events of a log that a line of a list rests on."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.said import COMMAS, Text, listed, said, text_of


def events_cited(numbers: Iterable[int]) -> Text | None:
    """ "event 20, event 22"; None where there is none."""
    told = [said("event {number}", number=number) for number in numbers]
    return text_of(listed(*told, how=COMMAS)) if told else None

"""How often a diary asks on a day, in the patient's language: the whole, and each prompt of a day by itself."""

from __future__ import annotations

from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.said import COMMAS, Text, joined
from scheduler.views.reader.wording import Phrase, say


def prompts_in_words(prompts: Prompts) -> Text:
    """5 times a day, 09:00, 12:00, 15:00, 18:00, 21:00; 5 times a day, between 09:00 and 21:00."""
    told = [say(Phrase.TIMES_A_DAY, number=prompts.a_day), *prompts.at]
    if prompts.between is not None:
        told.append(say(Phrase.BETWEEN_TIMES, first=prompts.between[0], last=prompts.between[1]))
    return joined(told, COMMAS)


def each_prompt(prompts: Prompts) -> tuple[Text, ...]:
    """A line to tick for each prompt of a day: by its time, or by its number where nobody knows the time before."""
    if prompts.at:
        return tuple(say(Phrase.DIARY_AT, time=at) for at in prompts.at)
    turns = range(1, prompts.a_day + 1)
    return tuple(say(Phrase.DIARY_TURN, number=number, of=prompts.a_day) for number in turns)

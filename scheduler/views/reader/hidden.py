"""What standard detail must not name: the study's drugs, where a protocol's own words mention them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind
from scheduler.languages import Language
from scheduler.views.reader.audience import Detail
from scheduler.views.reader.taking_in_words import time_in_words
from scheduler.views.reader.wording import Phrase, say

DRUG_KINDS = (Kind.ORAL, Kind.INFUSION, Kind.INJECTION)


def drug_names(calendar: Calendar) -> frozenset[str]:
    """The names that the protocol gives to its drugs, in either arm as far as this calendar has them."""
    entries = [entry for entry in calendar.entries if entry.kind in DRUG_KINDS]
    doses = [dose for entry in entries for dose in (*entry.doses, *(dose for run in entry.runs for dose in run.doses))]
    named = {dose.of for dose in doses if dose.of}
    pending = {pending.timeline for pending in calendar.pending if pending.kind in DRUG_KINDS}
    return frozenset({entry.timeline for entry in entries} | named | pending)


def without_drugs(text: str, names: frozenset[str], language: Language) -> str:
    """The text with "study treatment" in the place of every drug's name."""
    if not names:
        return text
    # The longest first, or "carboplatin-a" would leave its "-a"; letters of other scripts may touch the name, Latin
    # ones not.
    either = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    pattern = rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])"
    return re.sub(pattern, lambda _: say(Phrase.STUDY_TREATMENT, language), text, flags=re.IGNORECASE)


def activities_of(
    entries: Iterable[Entry], detail: Detail, language: Language, names: frozenset[str]
) -> tuple[str, ...]:
    """What is done on the day, each once, in the protocol's order and words; at less than full detail without drugs."""
    activities = dict.fromkeys(activity for entry in entries for activity in entry.activities)
    if detail is Detail.FULL:
        return tuple(activities)
    return tuple(dict.fromkeys(without_drugs(activity, names, language) for activity in activities))


def title_with_dose(entry: Entry, language: Language = Language.ENGLISH) -> str:
    """The entry as the protocol calls it, with the dose or doses and over how long each is given.

    Full detail only. A dose that waits for a decision is none.
    """
    if Flag.AWAITING_DECISION in entry.flags:
        return entry.title
    doses = [dose for dose in entry.doses or (entry.runs[0].doses if entry.runs else ()) if not dose.needs]
    return f"{entry.title}: {', '.join(_with_time(dose, language) for dose in doses)}" if doses else entry.title


def _with_time(dose: Dose, language: Language) -> str:
    if dose.over is None or language is Language.ENGLISH:
        return f"{dose}{dose.over_time}"
    return say(Phrase.OVER_TIME, language, dose=str(dose), time=time_in_words(dose.over.minutes, language))

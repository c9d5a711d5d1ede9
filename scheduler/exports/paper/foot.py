"""The foot of every page: which protocol version, which state of the log, which page, and that it is to be checked."""

from __future__ import annotations

from scheduler.exports.paper.patient_words import PatientWord as Word
from scheduler.exports.paper.patient_words import printed
from scheduler.exports.paper.typeset import Data
from scheduler.languages import Language
from scheduler.said import Code, Value, counted
from scheduler.views.imprint import Imprint

_SHORT_HASH = 12


def foot_of(imprint: Imprint | None, language: Language, *, certified: bool = True) -> dict[str, Data]:
    """The words of the foot, as the layouts ask for them. Without an imprint it has the page and the caution alone.

    A translation that nobody at the site has certified is printed with that.
    """
    cautions = [Word.NOT_A_DEVICE] if certified else [Word.NOT_CERTIFIED, Word.NOT_A_DEVICE]
    parts = [] if imprint is None else _parts(imprint, language)
    return {
        "print": " · ".join(parts),
        "page": printed(Word.PAGE, language),
        "caution": " ".join(printed(caution, language) for caution in cautions),
    }


def _parts(imprint: Imprint, language: Language) -> list[str]:
    word = Word.LOG if imprint.patients is None else Word.LOGS
    parts = [imprint.study] if imprint.study else []
    if imprint.version:
        parts.append(printed(Word.VERSION, language, version=Code(imprint.version)))
    if imprint.events is not None:
        parts.append(printed(word, language, **_how_far(imprint, imprint.events)))
    if imprint.head:
        parts.append(printed(Word.HEAD, language, head=Code(imprint.head[:_SHORT_HASH])))
    if imprint.since:
        parts.append(printed(Word.SINCE, language, since=Code(f"{imprint.since:%Y-%m-%d %H:%M}")))
    return parts


def _how_far(imprint: Imprint, events: int) -> dict[str, Value]:
    recorded = Code(f"{imprint.recorded:%Y-%m-%d}")
    if imprint.patients is None:
        return {"events": events, "recorded": recorded}
    return {
        "patients": counted("{n} patient", "{n} patients", imprint.patients),
        "events": counted("{n} event", "{n} events", events),
        "recorded": recorded,
    }

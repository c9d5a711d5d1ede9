"""Names: which are missing in a language that the study uses, and lengths of what nothing is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.languages import Language
from scheduler.names import titled
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.text.activities import called
from scheduler.protocol.text.protocol_text import ProtocolText, TreatmentText, VisitText
from scheduler.protocol.text.sheets import spell_sheet
from scheduler.said import languages_missing, languages_of
from scheduler.written import KINDS_OF_VISIT

_MOST_NAMED = 6


class _Called(NamedTuple):
    """What something is called, where that stands, and whether patients read it."""

    path: tuple[str, ...]
    name: str | None
    of_patients: bool = False


def check_names_told(protocol: Protocol) -> Iterator[Finding]:
    """The names that readers of a language would have to read in another one."""
    names = tuple(_names(protocol.text))
    used = {code for each in names for code in languages_of(each.name)} - {str(Language.ENGLISH)}
    for language in sorted(used):
        of_staff = Language(language).is_for_staff
        asked = [each for each in names if of_staff or each.of_patients]
        missing = [each for each in asked if language in languages_missing(each.name, (language,))]
        if missing:
            listed = ", ".join(".".join(each.path) for each in missing[:_MOST_NAMED])
            more = len(missing) - _MOST_NAMED
            listed += f" and {more} more" if more > 0 else ""
            many = f"{len(missing)} names have" if len(missing) > 1 else "one name has"
            message = f"{many} no {language}, which other names of this protocol have: {listed}"
            hint = f"give each in that language too: title: {{en: ..., {language}: ...}}"
            place = protocol.root.below(*missing[0].path).key()
            yield Finding("name-missing", Severity.NOTE, message, hint, place)


def _given(written: object, arms: set[str]) -> Iterator[str]:
    """The drugs or courses of a treatment that gives several, in any arm."""
    if isinstance(written, Mapping) and set(written) & arms:
        yield from dict.fromkeys(name for own in written.values() for name in _given(own, set()))
    elif isinstance(written, Mapping):
        yield from written


def _titled(treatment: TreatmentText, name: str) -> str:
    return titled(name, treatment.titles.get(name))


def check_lengths(protocol: Protocol) -> Iterator[Finding]:
    """A length of nothing that the protocol has: mostly a slip of a name."""
    lines = [line for _, line in protocol.timelines()]
    known = {*KINDS_OF_VISIT, *(line.name for line in lines), *protocol.text.activities}
    for name in protocol.text.lasts:
        if name not in known:
            message = f"no treatment, visit, kind of visit or activity is called '{name}'"
            hint = did_you_mean(name, sorted(known)) or f"the kinds are {', '.join(KINDS_OF_VISIT)}"
            place = protocol.root.below("lasts", name).key()
            yield Finding("length-of-nothing", Severity.WARNING, message, hint, place)


def _names(text: ProtocolText) -> Iterator[_Called]:
    yield _Called(("title",), text.title)
    yield from (_Called(("arms", name), each) for name, each in text.arms.items())
    yield from (_Called(("cycles", name), each.title, True) for name, each in text.cycles.items())
    for name, treatment in text.treatments.items():
        yield _Called(("treatments", name), treatment.title, True)
        own = tuple(_given(treatment.give, set(text.arms)))
        yield from (_Called(("treatments", name, "titles", each), _titled(treatment, each), True) for each in own)
    for name, visit in text.visits.items():
        yield _Called(("visits", name), visit.title if isinstance(visit, VisitText) else None, True)
    yield from (_Called(("sheets", name), spell_sheet(each).title) for name, each in text.sheets.items())
    yield from (_Called(("periods", name), each.title) for name, each in text.periods.items())
    for name, activity in text.activities.items():
        yield _Called(("activities", name), called(name, activity), True)
    yield from (_Called(("products", name), each.title, True) for name, each in text.products.items())
    yield from (_Called(("rules", name), each.title) for name, each in text.rules.items())

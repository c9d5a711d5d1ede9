"""What is to say about the names of a study in one event: an activity that the protocol has not, a site that the study has not.

The protocol and the site files say these names, so whoever records gives them. The door is for what asks before recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.events import Corrected, Event, SiteTransferred, UnscheduledVisit
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import COMMAS, Code, Quoted, listed, said, said_of, text_of
from scheduler.vocabulary import LABORATORY_TESTS, Known, Synonym, Unknown, Vocabulary, offer_of


def study_words_of(event: Event, version: StudyVersion, sites: Iterable[str]) -> tuple[Finding, ...]:
    """An activity that no visit has is asked about, a site that the study has not is refused; another spelling is said.

    ``sites`` are the names of the study's sites; where nobody knows them, none is asked about.
    """
    recorded = event.with_ if isinstance(event, Corrected) else event
    if isinstance(recorded, UnscheduledVisit):
        known = Vocabulary(text_of(said("an activity of this study")), activities_of(version))
        names = [name for name in recorded.activities if LABORATORY_TESTS.known(name) is None]
        return tuple(finding for name in names for finding in _of(known, name, "activity", Severity.WARNING))
    if isinstance(recorded, SiteTransferred) and (named := tuple(dict.fromkeys(sites))):
        known = Vocabulary(text_of(said("a site of this study")), named)
        return tuple(_of(known, recorded.site, "site", Severity.ERROR))
    return ()


def activities_of(version: StudyVersion) -> tuple[str, ...]:
    """All that is done at any visit of any arm, each once; of "troponin and CK" the parts too."""
    lines = (line for plan in version.arms.values() for line in plan.timelines.values())
    whole = [activity.name for line in lines for activity in line.activities]
    return tuple(dict.fromkeys([*whole, *(part for each in whole for part in _AND.split(each))]))


_AND = re.compile(r",? and |, ")


def _of(known: Vocabulary, name: str, what: str, severity: Severity) -> Iterator[Finding]:
    match known.look_up(name):
        case Unknown(_, nearest):
            message = said("'{text}' is not {what}", text=Quoted(name), what=said_of(known.what))
            few = said("known: {names}", names=listed(*map(Code, known.names[:12]), how=COMMAS))
            yield Finding.of(f"unknown-{what}", severity, message, offer_of(nearest) or few)
        case Synonym(meant, _) | Known(meant) if meant != name:
            message = said("'{written}' was read as {name}", written=Quoted(name), name=Code(meant))
            yield Finding.of("read-as", Severity.NOTE, message)
        case _:
            return

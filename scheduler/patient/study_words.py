"""What is to say about the names of a study in one event: an activity that the protocol has not, a site that the study has not.

The protocol and the site files say these names, so whoever records gives them. The door is for what asks before recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.events import Corrected, Event, SiteTransferred, UnscheduledVisit
from scheduler.protocol.plan.study import StudyVersion
from scheduler.vocabulary import LABORATORY_TESTS, Known, Synonym, Unknown, Vocabulary, offer


def study_words_of(event: Event, version: StudyVersion, sites: Iterable[str]) -> tuple[Finding, ...]:
    """An activity that no visit has is asked about, a site that the study has not is refused; another spelling is said.

    ``sites`` are the names of the study's sites; where nobody knows them, none is asked about.
    """
    said = event.with_ if isinstance(event, Corrected) else event
    if isinstance(said, UnscheduledVisit):
        known = Vocabulary("an activity of this study", activities_of(version))
        names = [name for name in said.activities if LABORATORY_TESTS.known(name) is None]
        return tuple(finding for name in names for finding in _of(known, name, "activity", Severity.WARNING))
    if isinstance(said, SiteTransferred) and (named := tuple(dict.fromkeys(sites))):
        return tuple(_of(Vocabulary("a site of this study", named), said.site, "site", Severity.ERROR))
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
            few = ", ".join(known.names[:12])
            yield Finding(
                f"unknown-{what}", severity, f"'{name}' is not {known.what}", offer(nearest) or f"known: {few}"
            )
        case Synonym(meant, _) | Known(meant) if meant != name:
            yield Finding("read-as", Severity.NOTE, f"'{name}' was read as {meant}")
        case _:
            return

"""A USDM file as a protocol: what is said, what is asked, and what became of every part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.findings import Finding, Severity
from scheduler.said import Code, Said, said
from scheduler.standards.usdm.assumptions import Assumptions, shortened
from scheduler.standards.usdm.names import Names
from scheduler.standards.usdm.objects import MOST_OBJECTS, Part, objects_in
from scheduler.standards.usdm.paths import Paths, paths_of
from scheduler.standards.usdm.report import Report
from scheduler.standards.usdm.timelines import Timeline, is_decision, resolve
from scheduler.standards.usdm.visits import Visit, visits_of

ASK = said("ask those who made the file")


@dataclass(frozen=True, slots=True)
class Design:
    """What of a file is read: its first study version and design, the main timeline, and the names given so far."""

    file: str
    whole: Part
    version: Part
    design: Part
    main: Timeline
    others: tuple[Timeline, ...]
    paths: Paths
    encounters: dict[str, Part]
    visits: tuple[Visit, ...]
    of_instance: Mapping[str, Visit]
    """The visit that an instance is part of."""
    names: Names
    conditions: dict[str, str]
    """The attribute for the path of a condition that alone leads to visits."""
    asked: Assumptions = field(default_factory=Assumptions)
    report: Report = field(default_factory=Report)

    @property
    def study(self) -> str:
        """The study's short name."""
        identifiers = [each.text("text") for each in self.version.parts("studyIdentifiers")]
        return _short([*identifiers, self.whole.part("study").text("name")], "STUDY", 60)

    @property
    def number(self) -> str:
        """The version of the protocol."""
        return _short([self.version.text("versionIdentifier")], "1.0", 20)

    @property
    def title(self) -> str:
        """The longest title: a file has an acronym, a brief title and the official one."""
        titles = [each.text("text") for each in self.version.parts("titles")]
        return shortened(max([*titles, self.whole.part("study").text("name") or self.study], key=len))


def _short(texts: list[str], otherwise: str, longest: int) -> str:
    for text in texts:
        found = re.sub(r"[^A-Za-z0-9._-]+", " ", text).strip(" ._-")[:longest].strip()
        if found and found.isascii():
            return found
    return otherwise


def read_design(content: object, file: str) -> Design | Finding:
    """The design in a file's JSON, or why there is none to read."""
    whole = Part("$", content if isinstance(content, dict) else {})
    version = next(whole.part("study").parts("versions"), None)
    if version is None:
        return _refused(said("the file has no study with a version"), said("choose a USDM file, 3.x or 4.0, in JSON"))
    designs = list(version.parts("studyDesigns"))
    if not designs:
        return _refused(said("the study has no design"), said("choose a file with 'studyDesigns'"))
    if len(designs) > 1:
        what = said("the study has {n} designs, and a protocol is one", n=len(designs))
        return _refused(what, said("give a file with one of its 'studyDesigns'"))
    (design,) = designs
    objects = objects_in(version, design)
    if objects > MOST_OBJECTS:
        what = said("the design has {n} objects, and at most {most} are read", n=objects, most=MOST_OBJECTS)
        return _refused(what, said("leave out what is no part of the schedule"))
    timelines = list(design.parts("scheduleTimelines"))
    mains = [each for each in timelines if each.has.get("mainTimeline") is True]
    if len(mains) != 1:
        return _refused(said("the design has {n} main timelines, and needs one", n=len(mains)), ASK)
    (main,) = mains
    if not any(True for each in main.parts("instances") if each.id and not is_decision(each)):
        return _refused(said("the main timeline has no instance"), ASK)
    return _named(file, whole, version, design, main, [each for each in timelines if each is not main])


def _named(file: str, whole: Part, version: Part, design: Part, main: Part, others: list[Part]) -> Design:
    names = Names()
    names.free("anchor")
    timeline, paths = resolve(main), paths_of(main)
    encounters = {each.id: each for each in design.parts("encounters") if each.id}
    visits = visits_of(timeline, encounters, names)
    by_path = {condition.path: condition for condition in paths.only_by.values()}
    conditions = {path: f"condition-{number}" for number, path in enumerate(by_path, 1)}
    return Design(
        file=file,
        whole=whole,
        version=version,
        design=design,
        main=timeline,
        others=tuple(resolve(each, in_minutes=True) for each in others),
        paths=paths,
        encounters=encounters,
        visits=tuple(visits),
        of_instance={member.instance.id: visit for visit in visits for member in visit.members},
        names=names,
        conditions=conditions,
    )


def _refused(what: Said, hint: Said) -> Finding:
    return Finding.of("usdm-not-read", Severity.ERROR, what, hint)


def to_ask(design: Design) -> list[Finding]:
    """A warning for each visit without a day."""
    hint = said("ask those who made the file, and write the visit's sentence in place of it")
    return [
        Finding.of(
            "visit-without-a-day",
            Severity.WARNING,
            said(
                "{visit} waits for a recorded day: {why}",
                visit=Code(each.name),
                why=each.first.fault or said("it has no day"),
            ),
            hint,
        )
        for each in design.visits
        if each.is_asked
    ]

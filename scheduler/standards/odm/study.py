"""The ODM file of a protocol: StudyStructure, StudyTimings, and a StudyEventDef for each planned visit and date.

Source: CDISC ODM 2.0. A constraint is between two study events: the later is the successor. A window shortens the time between
them (TimepointPreWindow) or lengthens it (TimepointPostWindow), so for what comes before its reference the two change places.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.design.planned import designs_of
from scheduler.standards.design.relation import Relation
from scheduler.standards.sdtm.trial_design import elements_of
from scheduler.standards.usdm_out.nodes import Key, Line, Node, lines_of
from scheduler.standards.usdm_out.parts import iso

NAMESPACE = "http://www.cdisc.org/ns/odm/v2.0"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def odm_of(version: StudyVersion, made: datetime, program_version: str) -> str:
    """The file's text. ``made`` is the moment of writing, in UTC.

    What ODM has no place for (doses, rules, branches, open days) is not in it; a sentence that is more than a distance stands
    beside its visit as a description.
    """
    lines = lines_of(designs_of(version))
    root = Element(
        "ODM",
        {
            "xmlns": NAMESPACE,
            "ODMVersion": "2.0",
            "FileType": "Snapshot",
            "Granularity": "Metadata",
            "FileOID": f"ODM.{_word(version.study)}.{_word(version.version)}",
            "CreationDateTime": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "SourceSystem": "scheduler",
            "SourceSystemVersion": program_version,
        },
    )
    of = {"OID": f"ST.{_word(version.study)}", "StudyName": version.study, "ProtocolName": version.study}
    study = SubElement(root, "Study", {**of, "VersionID": version.version})
    _described(study, version.title)
    whole = SubElement(study, "MetaDataVersion", {"OID": "MDV.1", "Name": f"{version.study} {version.version}"})
    protocol = SubElement(whole, "Protocol")
    _structure(protocol, version)
    timings = SubElement(protocol, "StudyTimings")
    for line in lines:
        _timing(timings, line)
    for number, line in enumerate(lines, 1):
        attributes = {"StudyEventGroupOID": _group(line), "OrderNumber": str(number), "Mandatory": "No"}
        SubElement(protocol, "StudyEventGroupRef", attributes)
    for line in lines:
        group = SubElement(whole, "StudyEventGroupDef", {"OID": _group(line), "Name": _called(line)})
        for number, node in enumerate(line.nodes, 1):
            reference = {"StudyEventOID": _event(node.key), "OrderNumber": str(number), "Mandatory": "No"}
            SubElement(group, "StudyEventRef", reference)
    for line in lines:
        for node in line.nodes:
            _study_event(whole, node, version)
    indent(root, " ")
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _structure(protocol: Element, version: StudyVersion) -> None:
    structure = SubElement(protocol, "StudyStructure")
    for arm, plan in version.arms.items():
        SubElement(structure, "Arm", {"OID": f"ARM.{_word(arm)}", "Name": str(plan.arm_title) or arm})
    epochs = dict.fromkeys(each.epoch for several in elements_of(version).values() for each in several)
    for number, name in enumerate(epochs, 1):
        SubElement(structure, "Epoch", {"OID": f"EP.{_word(name)}", "Name": name, "SequenceNumber": str(number)})


def _timing(timings: Element, line: Line) -> None:
    timed = [node for node in line.nodes if node.target is not None and node.relation is not None]
    found = SubElement(timings, "StudyTiming", {"OID": f"TIM.{_word(line.entered) or 'MAIN'}", "Name": _called(line)})
    for node in timed:
        SubElement(found, "RelativeTimingConstraint", dict(_constraint(node)))


def _constraint(node: Node) -> Iterator[tuple[str, str]]:
    relation, target = node.relation, node.target
    assert relation is not None
    assert target is not None
    own, other = _event(node.key), _event(target)
    yield "OID", f"TC.{own}"
    yield "Name", f"{node.title}: {iso(relation.span)} {'before' if relation.before else 'after'} {target.name}"
    yield "PredecessorOID", own if relation.before else other
    yield "SuccessorOID", other if relation.before else own
    yield "Type", "StartToStart"
    yield "TimepointRelativeTarget", iso(relation.span)
    yield from _windows(relation)


def _windows(relation: Relation) -> Iterator[tuple[str, str]]:
    if relation.early is not None and relation.late is not None:
        shorter, longer = (relation.late, relation.early) if relation.before else (relation.early, relation.late)
        yield "TimepointPreWindow", f"P{shorter}D"
        yield "TimepointPostWindow", f"P{longer}D"


def _study_event(whole: Element, node: Node, version: StudyVersion) -> None:
    """A visit, or a date that visits count from: a date is an event that nobody schedules."""
    visit = node.visit
    sort = "Scheduled" if visit is not None else "Unscheduled"
    event = SubElement(
        whole, "StudyEventDef", {"OID": _event(node.key), "Name": node.title, "Repeating": "No", "Type": sort}
    )
    if visit is None:
        return
    told = [visit.rule] if visit.rule else []
    told += [f"done: {'; '.join(visit.activities)}"] if visit.activities else []
    told += [f"only in: {', '.join(node.arms)}"] if len(node.arms) < len(version.arms) else []
    if told:
        _described(event, ". ".join(told))


def _described(of: Element, text: str) -> None:
    description = SubElement(of, "Description")
    words = SubElement(description, "TranslatedText", {_LANGUAGE: "en", "Type": "text/plain"})
    words.text = text


def _called(line: Line) -> str:
    return line.entered.capitalize() or "Main timeline"


def _group(line: Line) -> str:
    return f"SEG.{_word(line.entered) or 'MAIN'}"


def _event(key: Key) -> str:
    return ".".join(filter(None, ("DATE" if key.is_date else "SE", _word(key.name), _word(key.arm))))


def _word(text: str) -> str:
    return "_".join("".join(letter if letter.isalnum() or letter in ".-" else " " for letter in text).split())

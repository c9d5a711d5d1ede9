"""The ODM export: how visits are timed, that every reference leads somewhere, and ODM's own schemas."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from scheduler.folder.trying.planning import read_plan
from scheduler.standards.odm.study import NAMESPACE, odm_of
from tests.cli.typed import SEED, typed

PROTOCOLS = [SEED / "protocol.yaml", *sorted((SEED.parent / "regimens").glob("*/protocol.yaml"))]
MADE = datetime(2026, 5, 21, 12, 0, tzinfo=UTC)


@cache
def exported(path: Path) -> str:
    return odm_of(read_plan(path).version, MADE, "1")


def parts(path: Path, name: str) -> dict[str, Element]:
    """The elements of a name by their OIDs."""
    found = list(fromstring(exported(path)).iter(f"{{{NAMESPACE}}}{name}"))
    by_oid = {each.attrib["OID"]: each for each in found}
    assert len(by_oid) == len(found)
    return by_oid


def timed(visit: str) -> tuple[str, str, str, str | None, str | None]:
    each = parts(SEED / "protocol.yaml", "RelativeTimingConstraint")[f"TC.SE.{visit}"].attrib
    windows = each.get("TimepointPreWindow"), each.get("TimepointPostWindow")
    return each["PredecessorOID"], each["SuccessorOID"], each["TimepointRelativeTarget"], *windows


def test_a_visit_is_timed_as_its_sentence_says() -> None:
    assert timed("c1d8.1") == ("SE.regorafenib.1.1", "SE.c1d8.1", "P7D", "P2D", "P2D")
    assert timed("regorafenib.2.1.control")[2:] == ("P28D", "P3D", "P3D")
    assert timed("imaging.1")[:3] == ("DATE.randomisation", "SE.imaging.1", "P56D")


def test_what_comes_before_its_reference_is_the_predecessor_and_earlier_is_longer() -> None:
    """Screening is 1 to 28 days before the first dose: a day before it, or up to 27 days longer before it."""
    assert timed("screening.1") == ("SE.screening.1", "SE.regorafenib.1.1", "P1D", "P0D", "P27D")


def test_what_is_more_than_a_distance_stands_beside_its_visit() -> None:
    event = parts(SEED / "protocol.yaml", "StudyEventDef")["SE.planning-ct.1"]
    words = "".join(event.itertext()).strip()
    assert words == (
        "on regorafenib cycle 1 day 15 ±3 days, not after 5 working days before radiotherapy fraction 1. done: planning CT."
        " only in: experimental"
    )
    assert parts(SEED / "protocol.yaml", "StudyEventDef")["DATE.randomisation"].attrib["Type"] == "Unscheduled"


def check_references(path: Path) -> None:
    """ODM's schema does not follow them."""
    root = fromstring(exported(path))
    made = {each.attrib["OID"] for each in root.iter() if "OID" in each.attrib}
    named = {
        value
        for each in root.iter()
        for name, value in each.attrib.items()
        if name.endswith("OID") and name not in ("OID", "FileOID")
    }
    assert named - made == set()


@pytest.mark.parametrize("path", PROTOCOLS[:3], ids=lambda path: path.parent.name)
def test_every_reference_leads_somewhere(path: Path) -> None:
    check_references(path)


@pytest.mark.slow
def test_every_protocol_is_accepted_by_the_schemas_of_odm() -> None:
    """They come with odmlib. That they refuse is tried too: a length of time that is none, and a sort that there is not."""
    import odmlib
    import xmlschema

    schema = xmlschema.XMLSchema(Path(odmlib.__file__).parent / "schemas" / "odm" / "2.0" / "ODM.xsd")
    for path in PROTOCOLS:
        check_references(path)
        assert [str(error) for error in schema.iter_errors(exported(path))] == [], path.parent.name
    text = exported(PROTOCOLS[0])
    for wrong in (text.replace('"P7D"', '"a week"', 1), text.replace("StartToStart", "Sideways", 1)):
        assert list(schema.iter_errors(wrong)) != []


def test_the_command_writes_it(tmp_path: Path) -> None:
    answer = typed("export-odm", SEED / "protocol.yaml", "--out", tmp_path / "odm" / "study.xml")
    assert answer.code == 0
    assert "planned visits and dates" in answer.err
    assert fromstring((tmp_path / "odm" / "study.xml").read_text("utf-8")).attrib["ODMVersion"] == "2.0"

"""A study's folder that somebody else made: its patients are planned by its own protocol and site, and by no other file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.study import read_folder
from tests.seed import FOLDER as SEED


def study(folder: Path, protocol: str, site: str) -> Path:
    """The seed study with one patient, whose file names these."""
    patients = folder / "study" / "patients"
    patients.mkdir(parents=True)
    for name in ("protocol.yaml", "site.yaml"):
        for at in (folder, folder / "study"):
            (at / name).write_bytes((SEED / name).read_bytes())
    (patients / "P-1.yaml").write_text(f"protocol: {protocol}\nsite: {site}\n")
    return folder / "study"


@pytest.mark.parametrize(
    ("protocol", "site", "lines"),
    [
        ("../../protocol.yaml", "../site.yaml", [1]),
        ("../protocol.yaml", "../../site.yaml", [2]),
        ("/etc/passwd", "../../study-2/../site.yaml", [1, 2]),
    ],
)
def test_a_file_outside_of_the_studys_folder_is_not_read(
    tmp_path: Path, protocol: str, site: str, lines: list[int]
) -> None:
    where = study(tmp_path, protocol, site)
    for read, path in ((read_folder, where), (read_case, where / "patients/P-1.yaml")):
        with pytest.raises(InvalidText) as refused:
            read(path)
        errors = [each for each in refused.value.findings if each.severity is Severity.ERROR]
        found = [(each.code, each.place.line if each.place else None) for each in errors]
        assert found == [("outside-the-study", line) for line in lines]


def test_any_way_into_the_studys_folder_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = study(tmp_path, "../../study/protocol.yaml", os.fspath(tmp_path / "study/site.yaml"))
    monkeypatch.chdir(where / "patients")
    assert read_case("P-1.yaml").site.name == read_folder(where).site.name


def test_a_patient_in_no_study_may_name_a_protocol_anywhere(tmp_path: Path) -> None:
    where = study(tmp_path, "../../protocol.yaml", "../../site.yaml")
    (where / "patients").rename(where / "stories")
    assert read_case(where / "stories/P-1.yaml").version.study == "REGO-TORI-RT"

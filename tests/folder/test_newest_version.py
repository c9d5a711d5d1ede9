"""The newest version of a study is the one that no other amends, whatever its file is called: new patients come in under it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scheduler.folder.importing import import_study
from scheduler.folder.reading.study import read_folder
from scheduler.patient.versions import oldest_first
from scheduler.protocol.parse import parse_protocol
from scheduler.store.opening import open_store
from scheduler.store.study import study_of
from tests.amendments.texts import LATER
from tests.seed import VERSION
from tests.web.people import SETTING_UP, Place, TestTime

EXAMPLE = Path(__file__).parents[2] / "examples" / "rego-tori-rt"


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """The sample study with the amendment beside its protocol, in a file that sorts before it."""
    folder = tmp_path / "study"
    folder.mkdir()
    for file in ("protocol.yaml", "site.yaml", "amendment/protocol-1.1.yaml"):
        shutil.copy(EXAMPLE / file, folder)
    return folder


def test_a_folder_goes_by_the_amendment(amended: Path) -> None:
    assert [path.name for path in sorted(amended.glob("protocol*"))] == ["protocol-1.1.yaml", "protocol.yaml"]
    study = read_folder(amended)
    assert [version.version for version in study.versions] == ["1.0", "1.1"]
    assert study.version.version == "1.1"


def test_a_database_that_was_made_of_it_enrols_under_the_amendment(amended: Path) -> None:
    place = Place(open_store(amended / "study.db"), TestTime())
    import_study(amended, place.store, SETTING_UP)
    source = place.store.study()
    assert source is not None
    assert study_of(source).newest.version == "1.1"
    place.store.close()


def test_versions_that_were_added_in_any_order_stand_in_the_order_of_their_amendments() -> None:
    later, _ = parse_protocol(LATER, name="later.yaml")
    assert [each.version for each in oldest_first([later, VERSION])] == ["1.0", "1.1"]
    assert [each.version for each in oldest_first([VERSION, later])] == ["1.0", "1.1"]

"""A study exported twice into one folder: the second file is for those who have the first."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scheduler.folder.printing.publishing import Order, publish
from scheduler.folder.reading.study import read_folder
from scheduler.said import Said
from scheduler.views.reader.audience import Audience
from scheduler.views.reader.wording import Phrase
from tests.seed import FOLDER
from tests.witness.comparing import events_in, revision_of

pytestmark = pytest.mark.slow

KEY = bytes(range(32))
TODAY = date(2026, 5, 21)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    (folder / "patients").mkdir(parents=True)
    for name in ("protocol.yaml", "site.yaml", "patients/CTL-006.yaml"):
        shutil.copy(FOLDER / name, folder / name)
    return folder


def exported(study: Path, out: Path) -> dict[str, bytes]:
    order = Order(TODAY, (Audience.PATIENT, Audience.PHARMACY))
    paths = publish(read_folder(study), KEY, out, order)
    return {path: (out / path).read_bytes() for path in paths if path.endswith(".ics")}


def test_again_is_the_same_bytes_and_other_words_revise_what_says_them(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(study, tmp_path / "out")
    assert len(first) == 2
    assert exported(study, tmp_path / "out") == first == exported(study, tmp_path / "elsewhere")
    monkeypatch.setattr(Phrase, "STUDY_VISIT", Said("Appointment of the study"))
    second = exported(study, tmp_path / "out")
    assert exported(study, tmp_path / "out") == second
    assert second["feeds/pharmacy.ics"] == first["feeds/pharmacy.ics"]
    before, after = (events_in(each["feeds/patients/CTL-006.ics"]) for each in (first, second))
    visits = {uid for uid, event in after.items() if event["SUMMARY"] == "Appointment of the study"}
    assert len(visits) > 5
    assert {uid for uid in before if revision_of(before[uid]) != revision_of(after[uid])} == visits
    assert all(revision_of(after[uid])[0] == revision_of(before[uid])[0] + 1 for uid in visits)


def test_what_stands_there_and_is_no_feed_is_written_over(study: Path, tmp_path: Path) -> None:
    first = exported(study, tmp_path / "out")
    for path in first:
        (tmp_path / "out" / path).write_bytes(b"BEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:x\r\nEND:VEVENT\r\n\xff")
    assert exported(study, tmp_path / "out") == first

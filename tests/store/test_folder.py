"""A folder's study goes into a database and out again: the same calendars, lists and texts, whichever way they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from scheduler.errors import Conflict, InvalidText, Refused, StoreUnavailable, UnknownSubject
from scheduler.exports.json import calendar_as_json
from scheduler.folder.event_line import flow
from scheduler.folder.feeds import feed_key, key_for_show, patient_feed, subject_of
from scheduler.folder.file_names import file_names
from scheduler.folder.importing import import_into, keep_in_database
from scheduler.folder.printing.audit_trail import table_of_records
from scheduler.folder.reading.case import Case, read_case
from scheduler.folder.reading.kept import database_of, told
from scheduler.folder.reading.stored import append_in_store, opened, stored_case
from scheduler.folder.reading.study import read_folder, read_study
from scheduler.folder.trying.checking import check_files
from scheduler.folder.unpacking import case_text, unpack
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import Decided
from scheduler.patient.log import log_of
from scheduler.source.node import Data
from scheduler.source.reading import read_yaml
from scheduler.store.opening import open_store
from scheduler.store.study import protocol_source
from scheduler.store.values import Addition
from scheduler.store.verifying import verify
from scheduler.views.reasons import reasons_of
from tests.cli.typed import study_in
from tests.store.breaking import run, take_guards_down
from tests.store.sample import BEIJING, at, event, medicine

STORIES = sorted((Path(__file__).parents[1] / "scenarios").rglob("*.yaml"))


def shown(cases: tuple[Case, ...]) -> list[str]:
    """What each patient's calendar says, reasons included."""
    calendars = [case.calendar() for case in cases]
    return [calendar_as_json(calendar, reasons_of(calendar)) for calendar in calendars]


def unpacked(where: str | Path, out: Path) -> tuple[str, ...]:
    with opened(where) as store:
        source = store.study()
        assert source is not None
        return unpack(store, source, out)


def test_a_study_is_the_same_in_files_in_a_database_and_in_files_again(tmp_path: Path, url: str):
    folder = study_in(tmp_path)
    key = feed_key(folder)
    before = read_folder(folder)
    import_into(folder, url, at(0))
    kept = read_study(url)
    unpacked(url, tmp_path / "out")
    after = read_folder(tmp_path / "out")
    assert shown(before.cases) == shown(kept.cases) == shown(after.cases)
    assert (
        [case.log for case in before.cases] == [case.log for case in kept.cases] == [case.log for case in after.cases]
    )
    assert [(c.subject, c.name, c.until) for c in before.cases] == [(c.subject, c.name, c.until) for c in after.cases]
    assert [version.digest for version in before.versions] == [version.digest for version in after.versions]
    assert key == kept.feed_key == feed_key(tmp_path / "out")
    with opened(url) as store:
        assert verify(store).findings == ()


def test_what_comes_out_goes_in_again_as_it_was(tmp_path: Path):
    folder = study_in(tmp_path)
    keep_in_database(folder, at(0))
    unpacked(folder / "study.db", tmp_path / "first")
    import_into(tmp_path / "first", tmp_path / "again.db", at(0))
    unpacked(tmp_path / "again.db", tmp_path / "second")
    first, second = (
        {p.relative_to(o): p.read_bytes() for p in o.rglob("*.*")} for o in (tmp_path / "first", tmp_path / "second")
    )
    assert first == second


def test_a_patients_feed_stays_the_same_feed(tmp_path: Path):
    folder = study_in(tmp_path)
    key = feed_key(folder)
    case = read_case(folder / "patients" / "EXP-003.yaml")
    before = patient_feed(case, subject_of(case), key)
    keep_in_database(folder, at(0))
    case = read_case(folder / "patients" / "EXP-003.yaml")
    kept, is_the_studys = key_for_show(case)
    assert (case.path, is_the_studys) == (folder / "study.db" / "EXP-003", True)
    assert patient_feed(case, subject_of(case), kept) == before


def keys_of(text: str) -> dict[str, Data]:
    said = read_yaml(text, name="case").value
    assert isinstance(said, dict)
    return {key: value for key, value in said.items() if key != "events"}


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_every_story_can_be_written_and_read_again(story: Path):
    text = story.read_text("utf-8")
    says = parse_case(text, name=story.name)
    again = parse_case(case_text(keys_of(text), log_of(says.events)), name=story.name)
    assert replace(again, places=()) == replace(says, places=())


def test_plain_data_is_written_so_that_it_is_read_as_it_was():
    data: Data = {"a b": [True, None, 12, "12", "true", "null", "", "- x", "x: y", "#", "病", "a\nb"], "e": {}, "l": []}
    assert read_yaml(f"key: {flow(data)}\n", name="x").value == {"key": data}


def test_a_folder_with_a_database_is_read_from_it_so_that_lists_never_go_stale(tmp_path: Path):
    folder = study_in(tmp_path)
    file = folder / "patients" / "EXP-001.yaml"
    length = len(read_case(file).log)
    database = keep_in_database(folder, at(0))
    assert keep_in_database(folder, at(1)) == database, "one that is there already is left as it is"
    held = event("2026-05-21", "held", treatment="regorafenib", by="Dr Example")
    case = append_in_store(database, "EXP-001", [held], at(2))
    assert len(case.log) == length + 1
    for place in (file, str(file), f"{folder}#EXP-001", f"{database}#EXP-001", f"sqlite:///{database}#EXP-001"):
        assert read_case(place).log == case.log
    study = read_study(folder)
    assert [c.log for c in study.cases if c.subject == "EXP-001"] == [case.log]
    assert study.patients() == read_study(f"sqlite:///{database}").patients()
    assert len(parse_case(file.read_text("utf-8"), name="x").events) == length, "the file is left as it was"


def test_a_case_file_beside_a_database_that_does_not_know_the_patient_is_read_itself(tmp_path: Path):
    folder = study_in(tmp_path)
    keep_in_database(folder, at(0))
    new = folder / "patients" / "NEW.yaml"
    new.write_text("protocol: ../protocol.yaml\nsite: ../site.yaml\nevents: []\n")
    assert read_case(new).path == new


def test_what_contradicts_the_log_is_refused_in_a_database_too(tmp_path: Path):
    folder = study_in(tmp_path)
    database = keep_in_database(folder, at(0))
    again = event("2026-05-21", "given", treatment="toripalimab", n=1)
    with pytest.raises(Refused):
        append_in_store(database, "EXP-001", [again], at(1))
    with pytest.raises(UnknownSubject):
        append_in_store(database, "EXP-999", [again], at(1))
    with pytest.raises(UnknownSubject):
        read_case(f"{folder}#EXP-999")


def test_a_decision_is_kept_by_its_words(tmp_path: Path):
    """Numbers of options change with the dose level; what was decided must not."""
    database = keep_in_database(study_in(tmp_path), at(0))
    term = "hand-foot skin reaction"
    reaction = event("2026-05-21", "adverse event", ae=2, term=term, grade=3, related=["regorafenib"])
    decided = event("2026-05-21", "decided", proposal="hand-foot-skin-reaction.6.36", action="1", by="Dr Example")
    case = append_in_store(database, "EXP-001", [reaction, decided], at(1))
    kept = case.log.records[-1].event
    assert isinstance(kept, Decided)
    assert kept.action == "hold at least 7 days until grade 0-1, then resume 1 level lower"


def test_somebody_who_records_in_the_same_moment_is_no_lost_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = study_in(tmp_path)
    database = keep_in_database(folder, at(0))
    case = stored_case(database, "CTL-006")
    assert case is not None
    with opened(database) as other:
        seen = case.log.length

        def meanwhile(*_: object) -> tuple[Addition, ...]:
            other.append_unchecked("CTL-006", [Addition(medicine(1))], seen=seen, act=at(1))
            return (Addition(medicine(2)),)

        monkeypatch.setattr("scheduler.store.checked_recording.checked", meanwhile)
        with pytest.raises(Conflict) as conflict:
            append_in_store(database, "CTL-006", [medicine(2)], at(2))
        assert (conflict.value.seen, conflict.value.length) == (seen, seen + 1)
        assert other.log("CTL-006").length == seen + 1


def test_patients_at_several_sites_and_without_one(tmp_path: Path):
    folder = study_in(tmp_path)
    (folder / "beijing.yaml").write_text(BEIJING.text)
    patients = folder / "patients"
    head = "protocol: ../protocol.yaml\n"
    (patients / "B.yaml").write_text(f"{head}site: ../beijing.yaml\nsubject: B-1\n")
    (patients / "N.yaml").write_text(
        f"{head}subject: b-1\nzone: Europe/Berlin\nuntil: 2026-12-31\nclosed: [2026-07-01]\n"
    )
    before = read_folder(folder)
    keep_in_database(folder, at(0))
    kept = read_study(folder)
    written = unpacked(folder / "study.db", tmp_path / "out")
    after = read_folder(tmp_path / "out")
    assert {"site.yaml", "site-Beijing.yaml", "patients/B-1.yaml", "patients/b-1-2.yaml"} <= set(written)
    sites = [{case.subject: (case.site, case.until) for case in study.cases} for study in (before, kept, after)]
    assert sites[0] == sites[1] == sites[2]


def test_versions_keep_their_order(tmp_path: Path):
    folder = study_in(tmp_path)
    text = (folder / "protocol.yaml").read_text("utf-8")
    amended = text.replace('version: "1.0"', 'version: "2.0"')
    (folder / "protocol-v2.yaml").write_text(amended)
    before = [version.version for version in read_folder(folder).versions]
    import_into(folder, tmp_path / "a.db", at(0))
    assert [version.version for version in read_study(tmp_path / "a.db").versions] == before
    with opened(tmp_path / "a.db") as store:
        store.add_protocol(
            protocol_source(text.replace('version: "1.0"', 'version: "3.0"'), file="protocol.yaml"), at(1)
        )
    unpacked(tmp_path / "a.db", tmp_path / "out")
    assert [version.version for version in read_folder(tmp_path / "out").versions] == [*before, "3.0"]


def test_holidays_kept_beside_a_site_count_also_in_a_folder(tmp_path: Path):
    folder = study_in(tmp_path)
    keep_in_database(folder, at(0))
    unpacked(folder / "study.db", tmp_path / "out")
    kept = tmp_path / "out" / "site.holidays.json"
    kept.write_text(kept.read_text("utf-8").replace('"published_through": 2026', '"published_through": 2020'))
    assert str(read_folder(tmp_path / "out").site.provisional_from) == "2021-01-01"
    import_into(tmp_path / "out", tmp_path / "again.db", at(0))
    assert str(read_study(tmp_path / "again.db").site.provisional_from) == "2021-01-01"
    kept.write_text("{}")
    with pytest.raises(InvalidText) as error:
        read_folder(tmp_path / "out")
    assert "bad-holidays" in [finding.code for finding in error.value.findings]


def test_what_cannot_be_imported_leaves_no_database(tmp_path: Path):
    folder = study_in(tmp_path)
    twin = folder / "twin.yaml"
    twin.write_text("site: Shanghai\nzone: UTC\n")
    new = folder / "patients" / "NEW.yaml"
    new.write_text("protocol: ../protocol.yaml\nsite: ../twin.yaml\n")
    with pytest.raises(InvalidText) as error:
        keep_in_database(folder, at(0))
    assert {finding.code for finding in error.value.findings} == {"duplicate-site"}
    other = folder / "elsewhere.yaml"
    other.write_text((folder / "protocol.yaml").read_text("utf-8") + "\n# another\n")
    new.write_text("protocol: ../elsewhere.yaml\n")
    with pytest.raises(InvalidText) as error:
        keep_in_database(folder, at(0))
    assert [finding.code for finding in error.value.findings] == ["other-protocol"]
    assert [path.name for path in folder.iterdir() if "study.db" in path.name] == []


def test_a_folder_is_not_written_over(tmp_path: Path):
    folder = study_in(tmp_path)
    keep_in_database(folder, at(0))
    with pytest.raises(Refused) as error:
        unpacked(folder / "study.db", folder)
    assert [finding.code for finding in error.value.findings] == ["folder-not-empty"]


def test_a_database_without_a_study_is_told(tmp_path: Path, url: str):
    open_store(url).close()
    with pytest.raises(InvalidText) as error:
        read_study(url)
    assert [finding.code for finding in error.value.findings] == ["no-study"]
    password = make_url(url).password
    assert not password or password not in str(error.value)
    with pytest.raises(StoreUnavailable):
        read_study(tmp_path / "none.db")


def test_checking_a_database_says_what_checking_its_folder_says(tmp_path: Path):
    folder = study_in(tmp_path)
    before = check_files([folder])
    keep_in_database(folder, at(0))
    after = check_files([folder])
    assert [finding.code for finding in before.findings] == [finding.code for finding in after.findings]
    assert [version.version for version in after.versions] == ["1.0"]
    (folder / "other").mkdir()
    empty = folder / "other" / "study.db"
    open_store(empty).close()
    assert [finding.code for finding in check_files([folder / "other"]).findings] == ["no-study"]


def test_an_event_of_another_release_is_told_with_its_place(tmp_path: Path):
    folder = study_in(tmp_path)
    url = f"sqlite:///{keep_in_database(folder, at(0))}"
    take_guards_down(url)
    run(
        url,
        "UPDATE records SET body = replace(body, 'consented', 'hibernated') WHERE subject = 'EXP-003' AND event = 1",
    )
    with pytest.raises(InvalidText) as error:
        read_study(folder)
    assert [(finding.code, str(finding.place)) for finding in error.value.findings] == [
        ("unreadable-record", "EXP-003:1:1")
    ]


def test_a_record_made_unreadable_is_shown_as_it_is(tmp_path: Path):
    folder = study_in(tmp_path)
    url = f"sqlite:///{keep_in_database(folder, at(0))}"
    take_guards_down(url)
    run(url, "UPDATE records SET body = '{broken' WHERE number = 5")
    with opened(url) as store:
        table = table_of_records(store.records())
    assert [row[table.columns.index("says")] for row in table.rows if row[0] == 5] == ["{broken"]


def test_where_a_study_is_kept(tmp_path: Path):
    folder = study_in(tmp_path)
    assert database_of(folder) is None
    assert database_of("postgresql://u:p@h/d") == "postgresql://u:p@h/d"
    assert database_of(tmp_path / "x.db") == tmp_path / "x.db"
    assert [told(where) for where in (folder, "sqlite:////a/b.db", "postgresql+psycopg://u:p@h/d?host=/s")] == [
        str(folder),
        "/a/b.db",
        "postgresql+psycopg://h/d",
    ]


def test_no_two_patients_have_one_file():
    assert file_names({1: "A/1", 2: "a-1", 3: "..", 4: "病人"}) == {1: "A-1", 2: "a-1-2", 3: "patient", 4: "病人"}

"""``scheduler check``: findings as data, exit code 1 only for errors."""

from __future__ import annotations

import json
from pathlib import Path

from scheduler.folder.trying.checking import check_files
from tests.cli.typed import SEED, study_in, typed


def test_the_seed_study_has_no_error_and_its_warnings_are_not_repeated_elsewhere():
    answer = typed("check", SEED)
    assert (answer.code, "error:" in answer.out, "[washout]" in answer.out) == (0, False, True)
    assert typed("show", SEED / "patients" / "EXP-001.yaml").err == ""
    assert answer.err.startswith("8 files: ")


def test_every_file_is_told_apart_by_its_keys(tmp_path: Path):
    study = study_in(tmp_path)
    for name in ("protocol.yaml", "site.yaml", "patients/EXP-001.yaml"):
        assert typed("check", study / name).code == 0
    (study / "notes.yaml").write_text("dear: diary\n", encoding="utf-8")
    answer = typed("check", study / "notes.yaml")
    assert (answer.code, answer.out) == (
        1,
        f"{study}/notes.yaml:1:1: error: this is neither a protocol nor a site nor a case file (a protocol begins with "
        "'study:', a site with 'site:', a patient's case file with 'protocol:') [unknown-file]\n",
    )


def test_the_faults_of_all_files_are_said_at_once_each_with_its_place(tmp_path: Path):
    study = study_in(tmp_path)
    replace(study / "site.yaml", "zone: Asia/Shanghai", "zone: Asia/Shanghia")
    replace(study / "patients/EXP-001.yaml", "event: consented", "event: consentet")
    answer = typed("check", study, "--format", "json")
    found = json.loads(answer.out)["findings"]
    errors = [
        (finding["place"].removeprefix(f"{study}/"), finding["code"])
        for finding in found
        if finding["severity"] == "error"
    ]
    assert answer.code == 1
    assert errors == [("patients/EXP-001.yaml:7:29", "not-one-of"), ("site.yaml:4:7", "unknown-zone")]


def test_a_second_site_is_read_before_anybody_is_transferred_to_it(tmp_path: Path):
    study = study_in(tmp_path)
    other = (study / "site.yaml").read_text("utf-8")
    (study / "site-north.yaml").write_text(other.replace("zone: Asia/Shanghai", "zone: Asia/Shanghia"), "utf-8")
    answer = typed("check", study)
    assert (answer.code, f"{study}/site-north.yaml:4:7: error: " in answer.out) == (1, True)
    assert answer.err.startswith("9 files: ")
    (study / "site-north.yaml").write_text(other, "utf-8")
    answer = typed("check", study)
    assert answer.code == 1
    assert f"{study}/site.yaml:1:1: error: the site" in answer.out
    assert f"has a second file (the first is {study}/site-north.yaml" in answer.out
    # Lists of patients who are all at the first site go on.
    (study / "site-north.yaml").write_text("site: North\nzone: nowhere\n", "utf-8")
    assert typed("worklist", study, "--on", "2026-05-21").code == 0


def test_a_log_that_contradicts_itself_is_an_error_at_the_event(tmp_path: Path):
    study = study_in(tmp_path)
    replace(study / "patients/CTL-002.yaml", "level: -1, dose: 80 mg", "level: -1, dose: 40 mg")
    answer = typed("check", study / "patients" / "CTL-002.yaml")
    line = (study / "patients/CTL-002.yaml").read_text("utf-8").split("event: resumed")[0].count("\n") + 1
    assert answer.code == 1
    assert f"patients/CTL-002.yaml:{line}:5: error: " in answer.out


def test_a_file_that_is_not_there_is_a_finding_and_the_nearest_name_is_shown(tmp_path: Path):
    study = study_in(tmp_path)
    answer = typed("check", study / "protocl.yaml")
    assert (answer.code, answer.out) == (
        1,
        f"{study}/protocl.yaml:1:1: error: there is no file {study}/protocl.yaml (did you mean 'protocol.yaml'?) "
        "[no-such-file]\n",
    )


def test_a_missing_protocol_is_found_where_the_case_names_it(tmp_path: Path):
    study = study_in(tmp_path)
    replace(study / "patients/CTL-006.yaml", "../protocol.yaml", "../protocol2.yaml")
    answer = typed("check", study / "patients/CTL-006.yaml")
    assert answer.out == (
        f"{study}/patients/CTL-006.yaml:2:11: error: there is no file {study}/protocol2.yaml "
        "(did you mean 'protocol.yaml'?) [no-such-file]\n"
    )


def test_what_is_no_text_is_a_finding(tmp_path: Path):
    (tmp_path / "picture.yaml").write_bytes(b"study: \xff\x00")
    (tmp_path / "huge.yaml").write_bytes(b"#" * 3_000_000)
    (tmp_path / "empty.yaml").write_bytes(b"")
    codes = {
        name: typed("check", tmp_path / name).out.strip().rpartition("[")[2].strip("]")
        for name in ("picture.yaml", "huge.yaml", "empty.yaml")
    }
    assert codes == {"picture.yaml": "not-utf-8", "huge.yaml": "too-large", "empty.yaml": "empty-file"}
    assert typed("check", "/dev/null").out.endswith("[not-a-file]\n")


def test_assumptions_are_listed_with_their_alternatives():
    answer = typed("check", SEED / "protocol.yaml", "--assumptions")
    (version,) = check_files([SEED / "protocol.yaml"]).versions
    assert (answer.code, answer.out.count("\n    otherwise  ")) == (0, len(version.assumptions))


def replace(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old} in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")

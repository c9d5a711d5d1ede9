"""``scheduler stock``: a folder's file and a database's records tell the same, and both are asked about before they grow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scheduler.folder.importing import import_study
from scheduler.folder.reading.study import read_folder, read_study
from scheduler.folder.unpacking import unpack
from scheduler.store.opening import open_store
from tests.cli.typed import SEED, typed
from tests.web.people import SETTING_UP

STOCK = """\
site: Shanghai
events:
  # the first delivery
  - {on: 2026-02-20, event: received, product: regorafenib, lot: A7, expires: 2027-05-31, packs: 20, shipment: S-1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    study = tmp_path / "study"
    shutil.copytree(SEED, study, ignore=shutil.ignore_patterns("amendment", "stories"))
    for patient in ("EXP-004", "EXP-005", "CTL-002", "CTL-006"):
        (study / "patients" / f"{patient}.yaml").unlink()
    (study / "stock.yaml").write_text(STOCK, "utf-8")
    return study


def received(lot: str = "B1", packs: int = 4, more: str = "") -> str:
    return f"{{on: 2026-03-01, event: received, product: regorafenib, lot: {lot}, expires: 2027-05-31, packs: {packs}{more}}}"


def test_the_command_tells_lots_and_what_the_weeks_need(folder: Path) -> None:
    answer = typed("stock", folder, "--on", "2026-03-10", "--format", "csv")
    assert answer.code == 0
    rows = answer.out.splitlines()
    assert rows[0].startswith("product,strength,lot,expires,state,received,handed out,")
    assert rows[1].startswith("regorafenib,,A7,2027-05-31,in use,560,")
    assert "regorafenib: enough for all that is planned until 2 Jun 2026" in answer.err


def test_movements_and_needs_are_lists_and_json_has_everything(folder: Path) -> None:
    lists = {
        name: typed("stock", folder, "--on", "2026-03-10", "--list", name, "--format", "csv").out
        for name in ("movements", "needs")
    }
    assert lists["movements"].splitlines()[1].startswith("regorafenib,,A7,2026-02-20,received,stock,560,560,560,,1,")
    assert lists["needs"].startswith("product,strength,day,subject,entry,units,packs,lots,missing,sure")
    told = json.loads(typed("stock", folder, "--on", "2026-03-10", "--format", "json").out)
    assert [step["what"] for step in told["lots"][0]["steps"]] == ["received"]
    tablets = next(each for each in told["outlooks"] if each["product"] == "regorafenib")
    assert len(tablets["needs"]) == sum(row.startswith("regorafenib,") for row in lists["needs"].splitlines())
    assert tablets["needs"][0]["lots"] == {"A7": tablets["needs"][0]["units"]}


def test_an_event_goes_into_the_file_and_nothing_else_in_it_changes(folder: Path) -> None:
    assert typed("stock", folder, "--record", received(), "--format", "csv").code == 0
    text = (folder / "stock.yaml").read_text("utf-8")
    assert text.startswith(STOCK)
    assert "lot: B1, packs: 4, expires: 2027-05-31" in text.removeprefix(STOCK)
    asked = typed("stock", folder, "--record", received())
    assert (asked.code, "[received-twice]" in asked.err, 'confirmed: "..."' in asked.err) == (1, True, True)
    assert (folder / "stock.yaml").read_text("utf-8") == text
    refused = typed(
        "stock", folder, "--record", "{on: 2026-03-02, event: destroyed, product: regorafenib, lot: B1, packs: 9}"
    )
    assert (refused.code, "[more-than-there-is]" in refused.err) == (1, True)


def test_the_file_is_made_with_the_first_event(folder: Path) -> None:
    (folder / "stock.yaml").unlink()
    assert read_folder(folder).stock == ()
    assert typed("stock", folder, "--record", received()).code == 0
    (log,) = read_folder(folder).stock
    assert (log.site, [each.event.event for each in log.records]) == ("Shanghai", ["received"])


def test_a_database_has_the_same_log_and_a_folder_again(folder: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "study.db")
    import_study(folder, store, SETTING_UP)
    source = store.study()
    assert source is not None
    again = tmp_path / "again"
    unpack(store, source, again)
    store.close()
    events = [each.event for log in read_folder(folder).stock for each in log.records]
    assert [each.event for log in read_folder(again).stock for each in log.records] == events
    database = tmp_path / "study.db"
    assert typed("stock", database, "--record", received(more=", confirmed: it came so")).code == 0
    assert [each.event.event for log in read_study(database).stock for each in log.records] == ["received"] * 2
    assert typed("audit", "verify", database).code == 0
    assert "stock received" in typed("audit", "export", database).out


def test_what_is_wrong_in_the_file_is_found_with_all_else(folder: Path) -> None:
    (folder / "stock.yaml").write_text(STOCK.replace("regorafenib", "regorafnib"), "utf-8")
    (folder / "stock-2.yaml").write_text("site: Shanghi\nevents: []\n", "utf-8")
    answer = typed("check", folder)
    assert answer.code == 1
    assert "[unknown-product]" in answer.err + answer.out
    assert "[unknown-site]" in answer.err + answer.out


def test_two_files_of_one_site_are_refused(folder: Path) -> None:
    (folder / "stock-2.yaml").write_text(STOCK, "utf-8")
    assert "[duplicate-stock]" in typed("stock", folder).err


def test_a_site_that_is_not_there_is_told(folder: Path) -> None:
    answer = typed("stock", folder, "--site", "Shanghi")
    assert (answer.code, "known here: Shanghai" in answer.err) == (2, True)


HANDED_OUT = (
    "{on: 2026-05-21, event: dispensed, treatment: regorafenib, cycle: 3, quantity: 56, lot: B9, expires: 2027-05-31%s}"
)


def test_handing_out_asks_the_stock_in_a_folder_in_a_list_and_in_a_database(folder: Path, tmp_path: Path) -> None:
    case = folder / "patients" / "EXP-003.yaml"
    text = case.read_text("utf-8")
    what = "there is no lot B9 of regorafenib in the stock of Shanghai"
    assert what in typed("whatif", case, "--event", HANDED_OUT % "").err
    asked = typed("record", folder, "EXP-003", HANDED_OUT % "")
    assert (asked.code, what in asked.err, "[lot-not-here]" in asked.err) == (1, True, True)
    assert case.read_text("utf-8") == text
    database = tmp_path / "study.db"
    store = open_store(database)
    import_study(folder, store, SETTING_UP)
    store.close()
    rows = tmp_path / "handed.csv"
    head = "subject,on,event,treatment,cycle,quantity,lot,expires\n"
    rows.write_text(f"{head}EXP-003,2026-05-21,dispensed,regorafenib,3,56,B9,2027-05-31\n", "utf-8")
    listed = typed("import-events", database, rows, "--dry-run")
    assert (listed.code, "handed.csv:2:" in listed.err, what in listed.err) == (1, True, True)
    assert (typed("record", database, "EXP-003", HANDED_OUT % "").code, typed("audit", "verify", database).code) == (
        1,
        0,
    )
    with_reason = HANDED_OUT % ', confirmed: "its papers come later"'
    assert typed("record", database, "EXP-003", with_reason).code == 0
    assert typed("record", folder, "EXP-003", with_reason).code == 0


def test_a_folder_is_not_taken_into_a_database_with_a_lot_that_nobody_received(folder: Path, tmp_path: Path) -> None:
    case = folder / "patients" / "EXP-003.yaml"
    line = HANDED_OUT % ', confirmed: "its papers come later"'
    case.write_text(f"{case.read_text('utf-8').rstrip()}\n  - {line}\n", "utf-8")
    before = typed("import-study", folder, tmp_path / "one.db").err
    case.write_text(case.read_text("utf-8").replace(', confirmed: "its papers come later"', ""), "utf-8")
    after = typed("import-study", folder, tmp_path / "two.db").err
    assert ("lot B9" in before, "lot B9" in after) == (False, True)

"""The server signs the log's head by itself, when it starts and when it ends."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from scheduler.store.tampering.signed_heads import kept_heads, new_key
from tests.web.people import QUICK, SETTING_UP, Place


def test_head_is_signed_at_the_start_and_at_the_end(place: Place, tmp_path: Path) -> None:
    key, file = tmp_path / "key", tmp_path / "heads"
    key.write_bytes(new_key())
    signing = Place(place.store, place.time, QUICK.model_copy(update={"heads_file": str(file), "heads_key": str(key)}))
    with TestClient(signing.app):
        place.store.note("looked", {}, SETTING_UP)
        last = place.store.head()
    kept = kept_heads(file.read_text(), "heads")
    assert (kept.heads[-1], kept.findings) == (last, ())


def test_file_that_cannot_be_written_stops_no_server(place: Place, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(new_key())
    settings = QUICK.model_copy(update={"heads_file": str(tmp_path / "none" / "heads"), "heads_key": str(key)})
    with TestClient(Place(place.store, place.time, settings).app) as browser:
        assert browser.get("/healthz").status_code == 200

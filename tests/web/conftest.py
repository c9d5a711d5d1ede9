"""A server with the seed study, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.folder.founding.seed import seed_study
from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.web.people import SETTING_UP, Place, TestTime


@pytest.fixture(scope="session")
def seed_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "study.db"
    store = open_store(path)
    import_study(seed_study(), store, SETTING_UP)
    store.close()
    return path


@pytest.fixture
def place(seed_database: Path, tmp_path: Path) -> Iterator[Place]:
    path = Path(shutil.copy(seed_database, tmp_path / "study.db"))
    made = Place(open_store(path), TestTime())
    yield made
    made.store.close()

"""Every test that asks for a store runs twice: on SQLite, and with ``--everything`` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from tests.store import servers
from tests.store.sample import SEED, at


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """The server, started when the first test asks for it."""
    with servers.postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'study.db'}"
        return
    with servers.database_on(request.getfixturevalue("server")) as database:
        yield database.render_as_string(hide_password=False)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store without a study."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Store:
    """A store with the seed study and no patient."""
    store.make_study(SEED, at(0))
    return store

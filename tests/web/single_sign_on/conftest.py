"""A server that has a provider of single sign-on beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.store.opening import open_store
from tests.web.conftest import seed_database as seed_database
from tests.web.people import QUICK, Place, TestTime
from tests.web.single_sign_on.small_provider import CLIENT, SECRET, SmallProvider


@pytest.fixture
def provider() -> Iterator[SmallProvider]:
    made = SmallProvider(TestTime())
    made.people = {
        "ada": {"name": "Dr Ada Example", "preferred_username": "ada", "groups": ["doctors", "shanghai"]},
        "bob": {"name": "Bob Example", "preferred_username": "bob", "groups": ["staff", "everywhere"]},
    }
    yield made
    made.close()


@pytest.fixture
def place(seed_database: Path, tmp_path: Path, provider: SmallProvider) -> Iterator[Place]:
    path = Path(shutil.copy(seed_database, tmp_path / "study.db"))
    settings = QUICK.model_copy(
        update={
            "public_url": "http://testserver",
            "sso_issuer": provider.issuer,
            "sso_client": CLIENT,
            "sso_secret": SECRET,
            "sso_name": "Example Hospital",
            "sso_roles": "doctors=investigator, staff=coordinator, helpers=coordinator, drugs=pharmacist",
            "sso_sites": "shanghai=Shanghai, everywhere=*",
        }
    )
    made = Place(open_store(path), provider.time, settings)
    yield made
    made.store.close()

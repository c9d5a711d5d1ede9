"""Public files of the standards are read only where a folder of them is named: --standards FOLDER."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    without = config.getoption("--standards") is None
    return True if without and collection_path.name.startswith("test_public_") else None

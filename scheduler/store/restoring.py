"""Restoring a backup: first its chain is verified, then it goes into an empty database of either kind."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from scheduler.errors import StoreUnavailable
from scheduler.store.opening import open_store
from scheduler.store.sql.copying import copy_into
from scheduler.store.verifying import Verified, verify


def restore_into(file: Path, address: str | Path) -> Verified:
    """Put a backup into an empty database, unless it was tampered with; the findings tell. Nobody is signed in then.

    The file is only read, also where an older release wrote it. Raises Refused when there is a study already,
    StoreUnavailable.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            message = f"the backup {file} cannot be read: {error.strerror}"
            raise StoreUnavailable("backup-not-read", message, "see how it is spelled") from None
        store = open_store(copy, make=False)
        try:
            found = verify(store)
        finally:
            store.close()
        if not found.findings:
            copy_into(copy, address)
        return found

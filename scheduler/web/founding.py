"""How a server comes by its study: a folder with case files gets a database, once; from then on the database is the study.

Without anything, the sample study is written out, so that one command shows what there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scheduler.clock import Clock
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.founding.seed import copy_of_seed
from scheduler.folder.importing import keep_in_database
from scheduler.folder.reading.kept import DATABASE, Where, is_address
from scheduler.store.opening import open_store
from scheduler.store.values import Account, Act, Who
from scheduler.web.guards.account_rules import new_account_id
from scheduler.web.guards.passwords import Passwords, new_password
from scheduler.web.guards.roles import Role

FOUNDER = Who("server", "scheduler serve", "server")


@dataclass(frozen=True, slots=True)
class Founded:
    """A database with a study in it. ``password`` is the first admin's, None where there was an account already."""

    where: Where
    login: str = "admin"
    password: str | None = None


def database_for(study: str | None, sample: Path, clock: Clock) -> Where:
    """The database of what was typed: a folder, an address, or nothing, which is the sample study in ``sample``.

    An empty folder gets the sample study; one without a database gets it, filled from its files. Raises InvalidText with the
    findings of the files, for a folder that holds something else, and for a path where nothing is: a slip makes no study.
    """
    if study is not None and is_address(study):
        return study
    folder = Path(study) if study is not None else sample
    if study is not None and not folder.exists():
        hint = f"see how it is spelled; an empty folder of that name gets the sample study: mkdir {folder}"
        raise InvalidText(
            [Finding("no-study", Severity.ERROR, f"there is no {folder}", hint, Place(str(folder), 1, 1))]
        )
    if folder.suffix == ".db" and folder.is_file():
        return folder
    copy_of_seed(folder)
    if not (folder / DATABASE).exists() and not any(folder.glob("protocol*.yaml")):
        hint = "name a folder with protocol.yaml, site.yaml and patients/, a new folder, or a database's address"
        raise InvalidText([Finding("no-study", Severity.ERROR, "there is no study", hint, Place(str(folder), 1, 1))])
    return keep_in_database(folder, Act(FOUNDER, clock.now(), "from the files of the study's folder"))


def found(where: Where, clock: Clock, passwords: Callable[[], Passwords]) -> Founded:
    """See that there is a study in the database, and somebody who can log in. Raises InvalidText, StoreUnavailable."""
    store = open_store(where)
    try:
        if store.study() is None:
            hint = "import a study's folder into it first: scheduler import-study FOLDER DATABASE"
            raise InvalidText([Finding("empty-database", Severity.ERROR, "the database holds no study", hint)])
        if store.accounts():
            return Founded(where)
        password = new_password()
        hashed = passwords().hash(password)
        account = Account(new_account_id(), "admin", "First admin", Role.ADMIN, hashed, None, given=True)
        store.add_account(account, Act(FOUNDER, clock.now(), "the first account"))
        return Founded(where, account.login, password)
    finally:
        store.close()

"""Prints the digest of each feed of a database, from a process of its own: python -m tests.web.feeds.printing DATABASE PATH..."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from scheduler.store.opening import open_store
from tests.web.feeds.subscribing import fetch
from tests.web.people import Place, TestTime


def main(database: str, *paths: str) -> None:
    place = Place(open_store(Path(database)), TestTime())
    for path in paths:
        answer = fetch(place, path, accept_encoding="gzip")
        print(answer.headers["etag"], answer.headers["last-modified"], hashlib.sha256(answer.content).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Running the server: one process, or several on the same database. A signal to stop lets what was begun be finished."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import uvicorn

from scheduler.folder.reading.kept import Where, is_address
from scheduler.store.opening import open_store
from scheduler.web.request_log import write_json_lines
from scheduler.web.serving.app import create_app
from scheduler.web.serving.front import Front
from scheduler.web.settings import Settings

_WHERE = "_SCHEDULER_DATABASE"
_SETTINGS = "_SCHEDULER_CHOSEN"
_SECONDS_TO_FINISH = 10


def run(where: Where, settings: Settings) -> None:
    """Serve until a signal says to stop."""
    # Each process builds its own application; what was chosen reaches it through its environment.
    os.environ[_WHERE] = str(where)
    os.environ[_SETTINGS] = settings.model_dump_json()
    # Uvicorn finishes what was begun, then sends itself the signal anew: having been asked to stop is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    uvicorn.run(
        "scheduler.web.serving.running:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        timeout_keep_alive=30,
    )


def application() -> Front:
    """The application of this process."""
    write_json_lines()
    settings = Settings.model_validate_json(os.environ[_SETTINGS])
    return create_app(open_store(_where(os.environ[_WHERE])), settings=settings)


def _where(text: str) -> Where:
    return text if is_address(text) else Path(text)

"""Running the server: one process, or several on the same database. A signal to stop lets what was begun be finished."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess

from scheduler.errors import Refused
from scheduler.findings import Finding, Severity
from scheduler.folder.reading.kept import Where, is_address
from scheduler.store.opening import open_store
from scheduler.web.request_log import write_json_lines
from scheduler.web.serving.app import create_app
from scheduler.web.serving.connections import CarefulProtocol
from scheduler.web.serving.front import Front
from scheduler.web.serving.metrics import SHARED
from scheduler.web.settings import Settings

_WHERE = "_SCHEDULER_DATABASE"
_SETTINGS = "_SCHEDULER_CHOSEN"
_SECONDS_TO_FINISH = 6
_SECONDS_TO_END = 9.5
"""After so long a process ends whatever is under way: what it said was recorded is on the disk, all else was not recorded."""


class Ending(uvicorn.Server):
    """A server that ends when it is told to, also while somebody waits for an answer that takes long."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: finish what was begun, but not for ever."""
        _in_any_case(lambda: os._exit(0))
        super().handle_exit(sig, frame)


class EndingAll(Multiprocess):
    """The same for several processes."""

    def terminate_all(self) -> None:
        """Tell all to end, and see that they do."""
        _in_any_case(self._kill_all)
        super().terminate_all()

    def _kill_all(self) -> None:
        for each in self.processes:
            each.kill()


def _in_any_case(end: Callable[[], None]) -> None:
    watch = threading.Timer(_SECONDS_TO_END, end)
    watch.daemon = True
    watch.start()


def run(where: Where, settings: Settings) -> None:
    """Serve until a signal says to stop."""
    # Each process builds its own application; what was chosen reaches it through its environment.
    os.environ[_WHERE] = str(where)
    os.environ[_SETTINGS] = settings.model_dump_json()
    # Uvicorn finishes what was begun, then sends itself the signal anew: having been asked to stop is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    config = uvicorn.Config(
        "scheduler.web.serving.running:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=CarefulProtocol,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=sorted(settings.proxies),
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        timeout_keep_alive=30,
    )
    if settings.workers > 1:
        listening = config.bind_socket()
        with tempfile.TemporaryDirectory(prefix="scheduler-metrics-") as together:
            if settings.metrics:
                os.environ.setdefault(SHARED, together)
            EndingAll(config, sockets=[listening]).run()
    else:
        Ending(config).run()


def free_port(host: str, port: int) -> int:
    """That port, and any that is free for 0. Raises Refused where another program listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
            found: int = tried.getsockname()[1]
            return found
        except OSError as error:
            message = f"nothing can be served on port {port} of {host}: {error.strerror}"
            hint = "another program listens there, perhaps this one; choose another with --port"
            raise Refused([Finding("port-busy", Severity.ERROR, message, hint)]) from None


def application() -> Front:
    """The application of this process."""
    write_json_lines()
    settings = Settings.model_validate_json(os.environ[_SETTINGS])
    CarefulProtocol.most, CarefulProtocol.proxies = settings.connections_per_address, settings.proxies
    return create_app(open_store(_where(os.environ[_WHERE]), make=False), settings=settings)


def _where(text: str) -> Where:
    return text if is_address(text) else Path(text)

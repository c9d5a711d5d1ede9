"""Figures for Prometheus: how many requests of each route, how long they took, and how the database and the backups are.

No label names anybody: a route is told by its template, a method by one of seven words. Only this machine may ask, or whoever
says the word that was set. Anybody else is answered as where there is no such page.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.findings import Finding, Severity
from scheduler.store.keeping.schedule import backups_in
from scheduler.web.guards.server import Server
from scheduler.web.settings import Settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

PATH = "/metrics"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which the processes of one server add up their figures; the library looks there."""

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"})

_NEEDED = (
    ("metrics", "metrics", "prometheus_client"),
    ("sso_issuer", "single-sign-on", "authlib"),
    ("sso_issuer", "single-sign-on", "joserfc"),
    ("sso_issuer", "single-sign-on", "requests"),
    ("heads_authority", "time-stamps", "rfc3161_client"),
)
"""Settings, the extra that each needs, and what is imported of it."""


def refuse_no_library(settings: Settings) -> None:
    """Raises InvalidText where something is set that needs a package which is not here: it is told at the start."""
    for setting, extra, package in _NEEDED:
        if getattr(settings, setting) and find_spec(package) is None:
            hint = f"pip install -c tests/pins/constraints.txt '.[{extra}]'"
            message = f"{setting}: {package.replace('_', '-')} is not installed"
            raise InvalidText([Finding("bad-setting", Severity.ERROR, message, hint)])


class Metrics:
    """Counts, and answers whoever may ask."""

    def __init__(self, server: Server) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._server = server
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "scheduler_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "scheduler_request_seconds",
            "How long answers took.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def measure(self, method: str, route: str, status: int, seconds: float) -> None:
        """Take in one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer whoever may ask."""
        if scope["path"] != PATH or scope["method"] not in ("GET", "HEAD") or not self._may(scope):
            answer = Response("There is no such page.\n", 404, media_type="text/plain")
        else:
            from prometheus_client import CONTENT_TYPE_LATEST

            answer = Response(await run_in_threadpool(self._figures), media_type=CONTENT_TYPE_LATEST)
        answer.headers["cache-control"] = "no-store"
        answer.headers["x-content-type-options"] = "nosniff"
        await answer(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        token = self._server.settings.metrics_token
        if token is not None:
            said = headers.get(b"authorization", b"")
            return hmac.compare_digest(said, f"Bearer {token}".encode())
        # What a proxy on this machine passes on comes from this machine too, and says so.
        return _is_this_machine(scope.get("client")) and not headers.keys() & _FORWARDED

    def _figures(self) -> bytes:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        study = CollectorRegistry()
        study.register(_Study(self._server))
        counted = self._registry
        if SHARED in os.environ:
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        else:
            _process(study)
        return generate_latest(counted) + generate_latest(study)


class _Study:
    """What is asked of the database and the folder of backups when somebody asks."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def describe(self) -> list[Any]:
        """Nothing: it is asked when it is looked at."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures."""
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

        yield InfoMetricFamily("scheduler", "The program.", value={"version": version("scheduler")})
        try:
            records = self._server.store.head().number
            right = 0 if self._server.timekeeping.wrong() else 1
        except StoreUnavailable:
            yield GaugeMetricFamily("scheduler_database_up", "1 when the database answers.", value=0)
        else:
            yield GaugeMetricFamily("scheduler_database_up", "1 when the database answers.", value=1)
            yield GaugeMetricFamily("scheduler_records", "Records in the log.", value=records)
            yield GaugeMetricFamily("scheduler_clock_right", "1 when nothing is known against the clock.", value=right)
        newest = self._newest_backup()
        if newest is not None:
            yield GaugeMetricFamily(
                "scheduler_newest_backup_timestamp_seconds", "When the newest backup was made; 0: none.", value=newest
            )

    def _newest_backup(self) -> float | None:
        folder = self._server.settings.backups_folder
        if folder is None:
            return None
        try:
            return max((each.timestamp() for each in backups_in(Path(folder))), default=0.0)
        except StoreUnavailable:
            return 0.0


def _process(registry: CollectorRegistry) -> None:
    """Memory, processor time and open files of this process, where the system tells."""
    from prometheus_client import ProcessCollector

    ProcessCollector(registry=registry)


def _is_this_machine(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False

"""A real server and every odd request there is: it stands, its log tells nothing of anybody, and it ends when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.typed import typed

pytestmark = pytest.mark.slow

TOKEN = "t0kenThatOpensTheFeedOfOnePatient00000000000"
SUBJECT = "EXP-001"
SECRETS = (TOKEN, SUBJECT, "192.0.2.77", "Dr Secret", "c0okie")


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def sends(self, *pieces: bytes, wait: float = 5.0) -> bytes:
        """What comes back for these octets; nothing where the server only closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            got = b""
            try:
                for piece in pieces:
                    line.sendall(piece)
                while more := line.recv(65536):
                    got += more
            except OSError:
                pass
            return got


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("odd")
    study, log = folder / "study", folder / "log"
    study.mkdir()
    command = [sys.executable, "-m", "scheduler", "serve", str(study), "--port", "0"]
    environment = {**os.environ, "SCHEDULER_ARGON2_MEMORY_KIB": "8", "SCHEDULER_CONNECTIONS_PER_ADDRESS": "20"}
    provider = {"ISSUER": "http://127.0.0.1:1", "CLIENT": "trial", "NAME": "a hospital"}
    environment |= {f"SCHEDULER_SSO_{key}": value for key, value in provider.items()}
    environment["SCHEDULER_PUBLIC_URL"] = "http://x"
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written, cwd=folder, env=environment)
    for _ in range(600):
        found = re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text())
        if found is not None:
            break
        assert process.poll() is None, log.read_text()
        time.sleep(0.2)
    else:
        pytest.fail(log.read_text())
    yield Running(process, int(found.group(1)), log)
    if process.poll() is None:
        process.kill()
        process.wait()


WHO = f"Host: x\r\nCookie: session=c0okie{TOKEN}\r\nX-Forwarded-For: 192.0.2.77\r\nUser-Agent: Dr Secret\r\n".encode()
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
CLOSE = b"Connection: close\r\n"
PATHS = (
    f"/feeds/{TOKEN}.ics",
    f"/subjects/{SUBJECT}",
    f"/api/subjects/{SUBJECT}",
    f"/static/{TOKEN}",
    f"/none/{TOKEN}",
    f"/login/provider/back?code={TOKEN}&state={TOKEN}&error_description={SUBJECT}",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "NONSENSE")


def odd() -> Iterator[bytes]:
    for path in PATHS:
        yield f"GET {path} HTTP/1.1\r\n".encode() + WHO + UPGRADE + b"\r\n"
        yield f"GET {path} HTTP/1.0\r\n\r\n".encode()
        yield f"GET {path} HTTP/9.9\r\n".encode() + WHO + b"\r\n"
        yield f"GET http://evil.example{path} HTTP/1.1\r\n".encode() + WHO + CLOSE + b"\r\n"
        yield f"GET {path}\x00\xff HTTP/1.1\r\n".encode("latin1") + WHO + b"\r\n"
        yield f"GET {path}%00%ff%f0%9f HTTP/1.1\r\n".encode() + WHO + CLOSE + b"\r\n"
        yield f"POST {path} HTTP/1.1\r\n".encode() + WHO + b"Content-Length: 99999999999999999999999\r\n\r\n"
        yield f"POST {path} HTTP/1.1\r\n".encode() + WHO + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
        yield (
            f"POST {path} HTTP/1.1\r\n".encode()
            + WHO
            + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
    for method in METHODS:
        yield f"{method} {PATHS[0]} HTTP/1.1\r\n".encode() + WHO + CLOSE + b"\r\n"
    yield f"CONNECT {TOKEN}:443 HTTP/1.1\r\n".encode() + WHO + b"\r\n"
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield b"OPTIONS * HTTP/1.1\r\n" + WHO + CLOSE + b"\r\n"
    yield f"\x16\x03\x01{TOKEN}".encode("latin1")
    yield b"GET /healthz HTTP/1.1\r\nExpect: 100-continue\r\nExpect: nonsense\r\n" + WHO + CLOSE + b"\r\n"


def test_odd_requests_leave_nothing_of_anybody_in_the_log(running: Running) -> None:
    for request in odd():
        answer = running.sends(request, wait=1.0)
        assert not answer.startswith((b"HTTP/1.1 101", b"HTTP/1.1 5")), (request, answer[:200])
        assert running.process.poll() is None
    assert running.sends(b"GET /healthz HTTP/1.1\r\n" + WHO + CLOSE + b"\r\n").startswith(b"HTTP/1.1 200")
    said = running.log.read_text("utf-8", "replace")
    assert '"route": "/subjects/{subject}"' in said
    for secret in SECRETS:
        assert secret not in said, [line for line in said.splitlines() if secret in line]


def test_head_of_a_request_has_a_limit(running: Running) -> None:
    large = b"X-Large: " + b"x" * 200_000 + b"\r\n"
    for request in (
        b"GET /healthz HTTP/1.1\r\n" + WHO + large + b"\r\n",
        b"GET /healthz HTTP/1.1\r\n" + WHO + large,
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\n" + WHO + b"\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 90) for n in range(2000)) + b"\r\n",
    ):
        assert running.sends(request)[:12] in (b"HTTP/1.1 431", b"")  # nothing where it was still sending
    many = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 900) for number in range(30))
    assert running.sends(b"GET /healthz HTTP/1.1\r\n" + WHO + many + CLOSE + b"\r\n").startswith(b"HTTP/1.1 200")


def test_one_address_has_so_many_connections_and_who_is_slow_is_let_go(running: Running) -> None:
    lines = [socket.create_connection(("127.0.0.1", running.port), timeout=20) for _ in range(20)]
    for line in lines:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost")
    time.sleep(0.3)
    assert running.sends(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 429")
    begun = time.monotonic()
    assert {line.recv(100)[:12] for line in lines} == {b"HTTP/1.1 408"}
    assert time.monotonic() - begun < 15
    for line in lines:
        line.close()
    assert running.sends(b"GET /healthz HTTP/1.1\r\n" + WHO + CLOSE + b"\r\n").startswith(b"HTTP/1.1 200")


def test_forwarded_address_is_believed_from_named_proxies_only(running: Running) -> None:
    """Twenty log-ins a minute from one address, whatever it says of where it comes from."""
    statuses = []
    for number in range(22):
        head = f"POST /api/session HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.{number}\r\n".encode()
        body = b'{"login": "nobody", "password": "x"}'
        length = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        statuses.append(running.sends(head + length + CLOSE + b"\r\n" + body)[9:12])
    assert (statuses[0], statuses[-1]) == (b"401", b"429")


def test_busy_port_is_told_before_anything_is_served(running: Running, tmp_path: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    answer = typed("serve", study, "--port", str(running.port))
    assert answer.code == 1
    assert "[port-busy]" in answer.err
    assert "serving on" not in answer.err
    assert not any(study.iterdir())


def test_signal_ends_it_within_ten_seconds_also_while_somebody_waits(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port)) as line:
        line.sendall(b"POST /login HTTP/1.1\r\n" + WHO + b"Content-Length: 100\r\n\r\nlogin=")
        time.sleep(0.3)
        begun = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(60) == 0
        assert time.monotonic() - begun < 10

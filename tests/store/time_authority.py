"""An authority that stamps with the time: `openssl ts`, behind a small server on a free port."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The authority sends its own certificate alone: with several, openssl orders them otherwise than DER asks.
_CONFIG = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/authority.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


@dataclass
class TimeAuthority:
    """``root`` is the certificate that its stamps are verified with; ``answers`` False makes it refuse."""

    folder: Path
    answers: bool = True
    asked: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "ts.cnf").write_text(_CONFIG.format(folder=self.folder))
        (self.folder / "serial").write_text("01")
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "ts.cnf"]
        root = ["-x509", "-days", "9999", "-subj", "/CN=root", "-extensions", "root"]
        self._openssl("req", *new_key, *root, "-keyout", "root.key", "-out", "root.pem")
        self._openssl("req", *new_key, "-subj", "/CN=authority", "-keyout", "authority.key", "-out", "authority.csr")
        by_root = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9999"]
        asked = ["-in", "authority.csr", "-extfile", "ts.cnf", "-extensions", "stamps"]
        self._openssl("x509", "-req", *asked, *by_root, "-out", "authority.pem")
        self.root = self.folder / "root.pem"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def stamp(self, query: bytes) -> bytes:
        self.asked.append(query)
        (self.folder / "query").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(200 if authority.answers else 503)
                self.send_header("content-type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(authority.stamp(query) if authority.answers else b"")

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        return Handler

"""Heads that are signed (Ed25519) and kept in a file elsewhere, one line of JSON each: what the log must still hold.

Whoever writes to the database can compute the whole chain anew, but sign no head for it without the key. Whoever can write to the
file too can cut lines off its end: a copy on another machine, or a file that only grows, is kept against that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from scheduler.findings import Finding, Place, Severity
from scheduler.store.chain import moment_text
from scheduler.store.values import Head

_KEEP = "keep the file and the database as they are, and compare them with copies"


@dataclass(frozen=True, slots=True)
class KeptHeads:
    """The heads of a file, and what is wrong with it."""

    heads: tuple[Head, ...]
    findings: tuple[Finding, ...]
    keys: tuple[str, ...]
    """The public keys, in hexadecimal digits, that they are signed with."""


def new_key() -> bytes:
    """A key to sign with, as a text in PEM that nobody else may read."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_of(pem: bytes) -> Ed25519PrivateKey:
    """The key of such a text. Raises ValueError for any other."""
    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:
        raise ValueError(str(error)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("a key of another kind")
    return key


def public(key: Ed25519PrivateKey) -> str:
    """What others verify with, in hexadecimal digits."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def signed_head(head: Head, at: datetime, key: Ed25519PrivateKey) -> str:
    """The head as one line, without its end. ``at`` is when it was signed (UTC)."""
    moment = moment_text(at)
    signature = key.sign(_said(head, moment)).hex()
    line = {"number": head.number, "hash": head.hash, "at": moment, "key": public(key), "signature": signature}
    return json.dumps(line)


def kept_heads(text: str, file: str, trusted: str | None = None) -> KeptHeads:
    """The heads of a file. ``trusted`` is the public key that all must be signed with; without it they need only agree in one."""
    heads: dict[int, Head] = {}
    keys: dict[str, None] = {}
    findings: list[Finding] = []
    last = 0

    def wrong(line: int, code: str, message: str) -> None:
        findings.append(Finding(code, Severity.ERROR, message, _KEEP, Place(file, line, 1)))

    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            head, key = _verified(line)
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
            wrong(number, "bad-head", "this line is no head that was signed, or it was changed since")
            continue
        if key != (trusted or next(iter(keys), key)):
            wrong(number, "other-key", f"this head is signed with another key, {key}")
        elif head.number < last or heads.get(head.number, head) != head:
            wrong(
                number, "other-head", f"record {head.number} was signed before with another hash, or after a later one"
            )
        else:
            last, heads[head.number], keys[key] = head.number, head, None
    return KeptHeads(tuple(heads.values()), tuple(findings), tuple(keys))


def last_number(lines: Iterable[str]) -> int | None:
    """The number of the last head in a file; None where there is none."""
    numbers = [head.number for head in map(_number, lines) if head is not None]
    return numbers[-1] if numbers else None


def _number(line: str) -> Head | None:
    try:
        return _verified(line)[0]
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None


def _verified(line: str) -> tuple[Head, str]:
    """The head of a line and its key. Raises one of several errors where it was not signed so."""
    said = json.loads(line)
    head = Head.read(f"{said['number']}:{said['hash']}")
    key = bytes.fromhex(said["key"])
    Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(said["signature"]), _said(head, said["at"]))
    return head, key.hex()


def _said(head: Head, moment: str) -> bytes:
    return f"scheduler: the log's head\n{head}\n{moment}\n".encode()

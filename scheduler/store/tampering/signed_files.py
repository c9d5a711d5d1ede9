"""Files that left the program, signed (Ed25519) with the key that heads are signed with: who has the public key finds any change.

The signature stands beside them, in one file of JSON with the digest of each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from scheduler.findings import Finding, Place, Severity
from scheduler.store.chain import moment_text
from scheduler.store.tampering.signed_heads import public

_KEEP = "keep the files as they are, and ask whoever made them for others"


def digest_of_file(data: bytes) -> str:
    """The SHA-256 of what is in a file."""
    return hashlib.sha256(data).hexdigest()


def signature_over(files: Mapping[str, str], at: datetime, key: Ed25519PrivateKey) -> str:
    """The signature as a text. ``files`` are digests by name, ``at`` is when it was signed (UTC)."""
    said = {"files": dict(sorted(files.items())), "at": moment_text(at), "key": public(key)}
    signature = key.sign(_said(said)).hex()
    return json.dumps(said | {"signature": signature}, indent=1, ensure_ascii=False) + "\n"


def wrong_with_files(
    signature: str, name: str, files: Mapping[str, str], trusted: str | None = None
) -> tuple[Finding, ...]:
    """What is not as it was signed. ``name`` is that of the signature, ``trusted`` the public key that it must be made with."""
    try:
        signed, key = _verified(signature)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return (_wrong("bad-signature", "this is no signature, or it was changed since", name),)
    if trusted is not None and key != trusted:
        return (_wrong("other-key", f"the files are signed with another key, {key}", name),)
    return tuple(_differences(signed, files))


def key_in(signature: str) -> str | None:
    """The public key of a signature that is right, None for any other text."""
    try:
        return _verified(signature)[1]
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None


def _differences(signed: Mapping[str, str], files: Mapping[str, str]) -> Iterator[Finding]:
    for name in sorted(signed.keys() | files.keys()):
        if name not in files:
            yield _wrong("file-gone", "this file was signed and is gone", name)
        elif name not in signed:
            yield _wrong("file-added", "this file was not signed", name)
        elif signed[name] != files[name]:
            yield _wrong("file-changed", "this file was changed since it was signed", name)


def _verified(signature: str) -> tuple[dict[str, str], str]:
    """The digests of a signature and its key. Raises one of several errors where it was not signed so."""
    said = json.loads(signature)
    made = bytes.fromhex(said.pop("signature"))
    key = bytes.fromhex(said["key"])
    Ed25519PublicKey.from_public_bytes(key).verify(made, _said(said))
    return {str(name): str(digest) for name, digest in said["files"].items()}, key.hex()


def _said(said: Mapping[str, object]) -> bytes:
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"scheduler: files\n{plain}\n".encode()


def _wrong(code: str, message: str, name: str) -> Finding:
    return Finding(code, Severity.ERROR, message, _KEEP, Place(name, 1, 1))

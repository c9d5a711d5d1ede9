"""Time stamps on signed heads (RFC 3161): an authority that knows nothing of the study says when a head was there at the latest.

The stamp stands in the head's own line and is over its signature. Only the signature's digest leaves this machine.
"""

from __future__ import annotations

import base64
import http.client
import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity

_SECONDS = 10
_LARGEST = 100_000
_APART = timedelta(minutes=10)
"""How much the computer's clock may differ from the authority's before one says so."""

_KEEP = "keep the file and the database as they are, and compare them with copies"


class NotStamped(Exception):
    """The authority gave no time stamp."""


def stamped(line: str, authority: str) -> str:
    """The line of a signed head with a time stamp of the authority at that address. Raises NotStamped."""
    said = json.loads(line)
    answer = _ask(authority, bytes.fromhex(said["signature"]))
    return json.dumps(said | {"stamp": base64.b64encode(answer).decode("ascii")})


def wrong_stamps(text: str, file: str, root: bytes) -> tuple[tuple[Finding, ...], int]:
    """What is wrong with the stamps of a file of heads, and how many are right.

    ``root`` is the certificate, in PEM, that the authority's must come from. Raises InvalidText where it is none.
    """
    from cryptography.x509 import load_pem_x509_certificate
    from rfc3161_client import VerifierBuilder

    try:
        verifier = VerifierBuilder().add_root_certificate(load_pem_x509_certificate(root)).build()
    except ValueError:
        raise InvalidText([Finding("no-certificate", Severity.ERROR, "this is no certificate in PEM")]) from None
    findings: list[Finding] = []
    right = 0
    for number, signature, stamp, at in _stamps(text):
        why = _wrong(verifier, signature, stamp, at)
        right += why is None
        if why is not None:
            findings.append(Finding("bad-stamp", Severity.ERROR, why, _KEEP, Place(file, number, 1)))
    return tuple(findings), right


def _stamps(text: str) -> Iterator[tuple[int, bytes, bytes, datetime]]:
    """The lines that have a stamp. What is no head at all is found elsewhere."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            said = json.loads(line)
            if "stamp" in said:
                at = datetime.fromisoformat(said["at"])
                yield number, bytes.fromhex(said["signature"]), base64.b64decode(said["stamp"]), at
        except (ValueError, KeyError, TypeError):
            continue


def _wrong(verifier: object, signature: bytes, stamp: bytes, at: datetime) -> str | None:
    from rfc3161_client import VerificationError, decode_timestamp_response

    try:
        answer = decode_timestamp_response(stamp)
        verifier.verify_message(answer, signature)  # type: ignore[attr-defined]
        said = answer.tst_info.gen_time.astimezone(UTC)
    except (VerificationError, ValueError):
        return "the time stamp of this head is not the authority's, or is of another head"
    try:
        apart = abs(said - at.astimezone(UTC))
    except OverflowError:
        apart = timedelta.max
    if apart > _APART:
        return f"this head was stamped at {said:%Y-%m-%d %H:%M} UTC, and says another time"
    return None


def _ask(authority: str, data: bytes) -> bytes:
    try:
        from rfc3161_client import TimestampRequestBuilder, decode_timestamp_response
    except ModuleNotFoundError:
        raise NotStamped("it needs one package more: pip install 'scheduler[time-stamps]'") from None
    question = TimestampRequestBuilder().data(data).build()
    headers = {"content-type": "application/timestamp-query"}
    request = urllib.request.Request(authority, question.as_bytes(), headers)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answered:
            answer: bytes = answered.read(_LARGEST)
        read = decode_timestamp_response(answer)
        if read.status != 0 or read.tst_info.nonce != question.nonce:
            raise NotStamped("the authority refused, or answered another question")
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotStamped(f"the authority gave no time stamp: {type(error).__name__}") from None
    return answer

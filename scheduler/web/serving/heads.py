"""The log's head, signed and appended to a file: when the server starts, every so many minutes, and when it ends."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from scheduler.clock import Clock
from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.findings import Finding, Severity
from scheduler.store.interface import Store
from scheduler.store.tampering.signed_heads import key_of, last_number, signed_head
from scheduler.store.tampering.time_stamps import NotStamped, stamped
from scheduler.web.guards.server import Server
from scheduler.web.request_log import tell
from scheduler.web.settings import Settings


def key_to_sign_with(settings: Settings) -> Ed25519PrivateKey | None:
    """The key, None where no heads are signed. Raises InvalidText where there is none in its file, or half of it is set."""
    if settings.heads_file is None and settings.heads_key is None:
        if settings.heads_authority is not None:
            raise InvalidText(
                [_wrong("heads_authority needs heads_file and heads_key: what is stamped is a signed head")]
            )
        return None
    if settings.heads_file is None or settings.heads_key is None:
        raise InvalidText([_wrong("heads_file and heads_key are set together or not at all")])
    try:
        return key_of(Path(settings.heads_key).read_bytes())
    except OSError as error:
        raise InvalidText([_wrong(f"heads_key: {settings.heads_key}: {error.strerror}")]) from None
    except ValueError:
        raise InvalidText(
            [_wrong(f"heads_key: {settings.heads_key} holds no key that heads are signed with")]
        ) from None


def append_head(store: Store, file: Path, key: Ed25519PrivateKey, clock: Clock, authority: str | None = None) -> bool:
    """Sign the head and append it, unless it is the last in the file already; whether it was appended.

    ``authority`` is the address of whoever stamps it with the time. Without an answer it is appended without a stamp: the next
    one stands for it too.
    """
    head = store.head()
    with file.open("a+", encoding="utf-8") as kept:
        kept.seek(0)
        text = kept.read()
        if last_number(text.splitlines()) == head.number:
            return False
        # A line that was cut off, when the disk was full or the power went, spoils no other.
        begin = "\n" if text and not text.endswith("\n") else ""
        line = signed_head(head, clock.now(), key)
        kept.write(f"{begin}{line if authority is None else _stamped(line, authority)}\n")
        return True


def _stamped(line: str, authority: str) -> str:
    try:
        return stamped(line, authority)
    except NotStamped as error:
        tell("head not stamped", error=str(error))
        return line


def sign_heads(server: Server, stop: Event) -> None:
    """Append the head now, every so many minutes, and once more when told to stop. What fails is logged, and tried again."""
    key = key_to_sign_with(server.settings)
    if key is None or server.settings.heads_file is None:
        return
    file, ended = Path(server.settings.heads_file), False
    while True:
        try:
            append_head(server.store, file, key, server.clock, server.settings.heads_authority)
        except (OSError, StoreUnavailable) as error:
            tell("head not signed", error=type(error).__name__)
        if ended:
            return
        ended = stop.wait(server.settings.heads_minutes * 60)


def _wrong(message: str) -> Finding:
    return Finding("bad-setting", Severity.ERROR, message, "'scheduler audit key FILE' makes a key")

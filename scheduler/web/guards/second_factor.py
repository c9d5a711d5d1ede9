"""A second factor: codes of six digits that a telephone makes from a secret every half minute (RFC 6238), and codes on paper."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

import pyotp

from scheduler.store.values import digest_of

HOW_MANY = 10
_STEP = 30
_SECRET = re.compile(r"[A-Z2-7]{32}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """What the codes of a telephone are made from: 160 random bits, in letters and digits."""
    return pyotp.random_base32(32)


def is_secret(text: str) -> bool:
    """True for what `new_secret` can have made."""
    return _SECRET.fullmatch(text) is not None


def address_of_secret(secret: str, login: str) -> str:
    """What a telephone reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="scheduler")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code that is: this one, the one before or the one after; None where it is none of them."""
    digits = "".join(code.split())
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    totp, step = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    for each in (step, step - 1, step + 1):
        if secrets.compare_digest(totp.at(each * _STEP), digits):
            return each
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Codes for paper, each good for once: two groups of eight letters and digits, 79 random bits."""
    return tuple(
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(8)) for _ in range(2)) for _ in range(HOW_MANY)
    )


def digest_of_code(code: str) -> str:
    """What is kept of a recovery code, however it was typed."""
    return digest_of("".join(code.casefold().split()).replace("-", ""))

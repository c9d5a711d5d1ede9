"""What a calendar program has already and what it can read: conditional requests and gzip.

Source: RFC 9110, 8.8 (validators), 12.5.3 (Accept-Encoding), 13.1.2 (If-None-Match), 13.1.3 (If-Modified-Since).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_TAGS = re.compile(rf"[ \t,]*{_TAG.pattern}(?:[ \t]*,[ \t,]*{_TAG.pattern})*[ \t,]*")
_BY_A_PROXY = "-gzip"
_PARAMETER = re.compile(r"[ \t]*q[ \t]*=[ \t]*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The headers of a request that decide what is answered. None where the program said nothing."""

    if_none_match: str | None = None
    if_modified_since: str | None = None
    accept_encoding: str | None = None


def asked(headers: Iterable[tuple[bytes, bytes]]) -> Asked:
    """Of the headers as they came. A header that comes twice is one list (RFC 9110, 5.3)."""
    none_match, since, encoding = None, None, None
    for name, value in headers:
        if name == b"if-none-match":
            none_match = _joined(none_match, value)
        elif name == b"if-modified-since":
            # A date cannot be a list: two of them say nothing.
            since = value.decode("latin-1") if since is None else ""
        elif name == b"accept-encoding":
            encoding = _joined(encoding, value)
    return Asked(none_match, since, encoding)


def matched_tag(if_none_match: str, tags: tuple[str, ...]) -> str | None:
    """The first of our tags that the program has already, None when it has none of them. ``*`` is the first one.

    Ours are given without their quotes. Tags are compared weakly, as 13.1.2 wants: ``W/"a"`` is ``"a"``. So is ``"a-gzip"``,
    which a proxy makes of it that compresses by itself. What is no list of tags matches nothing.
    """
    if if_none_match.strip() == "*":
        return tags[0]
    had = _tags_in(if_none_match)
    return next((tag for tag in tags if tag in had), None)


def is_since(if_modified_since: str, changed: datetime) -> bool:
    """True when nothing has changed since that moment. What is no date says nothing (13.1.3)."""
    moment = _moment(if_modified_since)
    return moment is not None and changed <= moment


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str | None) -> bool:
    """True when the program can read gzip, and does not prefer plain bytes."""
    said = {"identity": 0.0}
    for each in (accept_encoding or "").split(","):
        coding, _, parameter = each.partition(";")
        found = _PARAMETER.fullmatch(parameter)
        weight = 1.0 if not parameter.strip() else float(found[1]) if found is not None else 0.0
        said[coding.strip().lower()] = weight
    gzip = said.get("gzip", said.get("x-gzip", said.get("*", 0.0)))
    return gzip > 0 and gzip >= said["identity"]


@lru_cache(maxsize=4096)
def http_date(moment: datetime) -> str:
    """A moment as headers write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _joined(before: str | None, value: bytes) -> str:
    text = value.decode("latin-1")
    return text if before is None else f"{before}, {text}"


@lru_cache(maxsize=4096)
def _tags_in(text: str) -> frozenset[str]:
    found = _TAG.findall(text) if _TAGS.fullmatch(text) else []
    return frozenset(found) | {tag.removesuffix(_BY_A_PROXY) for tag in found}


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

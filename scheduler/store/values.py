"""What the store takes and gives: frozen values, without a database.

Moments are in UTC and come from the caller: nothing here reads a clock. Days are a site's civil dates. A missing value is None.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from scheduler.patient.events import Event
from scheduler.source.node import Data


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits: by it the text is known and proved."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest_of_key(key: bytes) -> str:
    """The SHA-256 of a secret: it proves that the key is the study's own, and tells nothing about it."""
    return hashlib.sha256(key).hexdigest()


class Kind(StrEnum):
    """What a record is that says nothing about a patient's course. All other kinds are the words of events ("held")."""

    STUDY_MADE = "study made"
    PROTOCOL_ADDED = "protocol added"
    SITE_ADDED = "site added"
    SUBJECT_ENROLLED = "subject enrolled"
    ACCOUNT_MADE = "account made"
    ACCOUNT_CHANGED = "account changed"
    LINK_MADE = "link made"
    LINK_REVOKED = "link revoked"
    CLOCK_JUMPED = "clock jumped"
    CLOCK_CONFIRMED = "clock confirmed"
    FILE_IMPORTED = "file imported"


OF_THE_STUDY = (Kind.STUDY_MADE, Kind.PROTOCOL_ADDED, Kind.SITE_ADDED)
"""Records that can move every patient's dates."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who does something: the account's id, the person's name and the role, as they are at that moment.

    What the program does by itself, such as the import of a folder, has a name of its own, never a person's.
    """

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act of somebody: who, when (UTC), why, and what a signature meant where the password was given again for it."""

    who: Who
    at: datetime
    reason: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log, never changed and never deleted.

    ``number`` counts all records of the study from 1 without a gap; ``event`` is the number within the subject's own log, by
    which ``corrected`` and ``struck`` point back, None for a record that is no event of a patient. ``at`` is when it was
    recorded, ``on`` the day that it is about. ``body`` is the canonical text that the hash covers; ``supersedes`` is the event
    that it corrects or strikes. ``protocol`` is the digest of the version that the subject was under that day, ``engine`` the
    program's release. ``hash`` covers all of this and ``previous``, the hash of the record before.
    """

    number: int
    at: datetime
    on: date | None
    who: Who
    subject: str | None
    event: int | None
    kind: str
    body: str
    reason: str | None
    signed: str | None
    supersedes: int | None
    protocol: str | None
    engine: str
    previous: str
    hash: str


ANSWERS_KEPT = timedelta(days=7)
"""How long an answer is kept for whoever did not get it."""


@dataclass(frozen=True, slots=True)
class Once:
    """A request that is recorded once, however often it is sent.

    ``key`` is the digest of what its sender calls it by, and nobody else's: two accounts may use the same. ``digest`` is that of
    what it asks for, in which no password has a part. ``answer`` makes what is answered from the records that it made; that is
    kept with them, for `ANSWERS_KEPT`.
    """

    account: str
    key: str
    digest: str
    answer: Callable[[Sequence[Record]], str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a request that recorded something, and the digest of what it asked for."""

    digest: str
    answer: str


HEAD = r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})"
"""A head as it is printed."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of all: its number and hash. Printed on a list or in a feed, it proves that nothing before it is gone."""

    number: int = 0
    hash: str = "0" * 64

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """A head as it was printed. Raises ValueError for any other text."""
        found = re.fullmatch(HEAD, text.strip())
        if found is None:
            raise ValueError("not a head: it is a number, a colon and 64 hexadecimal digits")
        return cls(int(found[1]), found[2])


@dataclass(frozen=True, slots=True)
class Position:
    """How far one subject's log has come: what an ETag needs.

    ``length`` is the number of the subject's last event; ``last`` the number of the last record that names the subject, a feed
    link included; ``study`` the number of the last record that can move every patient's dates (`OF_THE_STUDY`).
    """

    length: int
    last: int
    study: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a clock is held against: the latest moment at which one of the last records was made, since a person confirmed the
    clock; and what the clock of the database's own computer says, None where it is a file.
    """

    recorded: datetime | None
    database: datetime | None


@dataclass(frozen=True, slots=True)
class ProtocolSource:
    """One version of the protocol as people wrote it. ``file`` is the name that findings give as its place."""

    version: str
    file: str
    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the text, the same as a compiled version's ``digest``."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class SiteSource:
    """One site as people wrote it, and its public holidays as they stood when it was added.

    ``holidays`` is `scheduler.site.holiday_table_as_text`, None for a site that has none. Only adding the site again changes
    it: a newer release of the holiday library never moves a visit that was shown.
    """

    name: str
    file: str
    text: str
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class StudySource:
    """All that the calendar of every patient rests on.

    ``protocols`` are in the order in which they were added; ``sites`` are as last added, the first one is the study's own.
    ``feed_key`` is random and has 32 octets: the identities of all events in all feeds come from it.
    """

    feed_key: bytes = field(repr=False)
    protocols: tuple[ProtocolSource, ...]
    sites: tuple[SiteSource, ...]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A patient to be taken into the study: the number in the study, the site's name and the protocol version's digest.

    Without a site every day is open. ``keys`` is what a case file said beside its events ("name", "until", "zone", ...).
    """

    subject: str
    site: str | None
    protocol: str
    keys: dict[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """A patient in the study. ``site`` is where the patient is now, ``enrolled_at`` where the patient came in.

    ``protocol`` is the digest of the version that the patient started under. ``length`` counts the events; ``last`` is the
    number of the last record that names the subject.
    """

    subject: str
    site: str | None
    enrolled_at: str | None
    protocol: str
    keys: dict[str, Data]
    length: int
    last: int


@dataclass(frozen=True, slots=True)
class Addition:
    """One event to append, with what a record keeps beside it. ``protocol`` is the digest of the version in force that day."""

    event: Event
    protocol: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one act appends to one subject's log, of several; ``seen`` is the length of that log that the writer saw."""

    subject: str
    additions: tuple[Addition, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class NewSubject:
    """A patient with the events that a case file already holds, for an import."""

    enrolment: Enrolment
    events: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in.

    ``password`` is the text that argon2 made. ``sites`` are the sites whose patients the person may see, None is all of them.
    ``given`` is True while the password is one that somebody else gave: it is changed before anything else is done.
    ``reset_by`` are the accounts of those who gave another password or identity, or took the second factor away, since the
    owner last proved to be the owner, with spaces between: until that is proved again nothing is signed. ``totp`` is the
    secret of the owner's telephone, ``recovery`` the digests of unused codes on the owner's paper. ``external`` is the digest
    of who the owner is at the provider of single sign-on. ``language`` is the code of that of pages, None while unsaid; with
    ``keys`` they listen to single keys.
    """

    id: str
    login: str
    name: str
    role: str
    password: str = field(repr=False)
    sites: frozenset[str] | None = frozenset()
    disabled: bool = False
    language: str | None = None
    keys: bool = True
    given: bool = False
    reset_by: str | None = None
    totp: str | None = field(default=None, repr=False)
    recovery: frozenset[str] = field(default=frozenset(), repr=False)
    external: str | None = field(default=None, repr=False)

    def may_see(self, site: str | None) -> bool:
        """True when the person may see the patients of that site."""
        return self.sites is None or site in self.sites


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody is signed in. ``token`` is the hash of what the browser holds; the token itself is kept nowhere."""

    token: str = field(repr=False)
    account: str
    created: datetime
    seen: datetime
    expires: datetime

    @property
    def id(self) -> str:
        """What pages name it by: it opens nothing, and nobody finds the token by it."""
        return digest_of(self.token)[:16]


@dataclass(frozen=True, slots=True)
class Link:
    """The private address of a feed, for one subject or for a site. ``token`` is the hash of what stands in the address.

    ``id`` names it on pages and in the log, and opens nothing. ``remind``, ``place`` and ``bring`` are what it adds to visits;
    ``pages`` is where a calendar of staff leads back to, None for links that sort nothing, as those of 0.1.
    """

    id: str
    token: str = field(repr=False)
    audience: str
    subject: str | None
    site: str | None
    detail: str
    language: str
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    fetched: datetime | None = None
    remind: str | None = None
    place: str | None = None
    bring: str | None = None
    pages: str | None = None


@dataclass(frozen=True, slots=True)
class ToldEvents:
    """What feeds of that kind last told of a patient. ``position`` is how far all had come that changes the calendar.

    ``events`` is `scheduler.exports.last_told.as_bytes`: digests and revisions, no words.
    """

    audience: str
    subject: str
    detail: str
    language: str
    position: int
    events: bytes = field(repr=False)


def account_as_told(account: Account) -> dict[str, Data]:
    """An account as the log tells it. Of the password only a digest of what argon2 made: enough to see that it changed."""
    return {
        "account": account.id,
        "login": account.login,
        "name": account.name,
        "role": account.role,
        "sites": None if account.sites is None else list[Data](sorted(account.sites)),
        "disabled": account.disabled,
        "password": digest_of(account.password),
        "given": account.given,
        "reset_by": account.reset_by,
        "totp": None if account.totp is None else digest_of(account.totp),
        "recovery": digest_of(" ".join(sorted(account.recovery))) if account.recovery else None,
        "external": account.external,
    }


def link_as_told(link: Link) -> dict[str, Data]:
    """A feed link as the log tells it: nothing that opens it. What it does not add to its events is not told."""
    added = ("remind", "place", "bring", "pages")
    return {
        "link": link.id,
        "token": digest_of(link.token),
        **{name: getattr(link, name) for name in ("audience", "subject", "site", "detail", "language")},
        **{name: value for name in added if (value := getattr(link, name)) is not None},
        "created": link.created.astimezone(UTC).isoformat(),
        "expires": None if link.expires is None else link.expires.astimezone(UTC).isoformat(),
    }

"""The study itself: its protocol, its people, its feed links and its audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.languages import Language
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.shapes.finding import Finding
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.web.guards.roles import Role


@dataclass(frozen=True, kw_only=True)
class Person(Shape):
    """Somebody who may log in."""

    account: str
    """The account's id; it is never used again."""
    login: str
    """What the person types."""
    name: str
    """The name as records tell it."""
    role: Role
    """What the person may do."""
    sites: tuple[str, ...] | None
    """Whose patients the person may see; null is all sites."""


@dataclass(frozen=True, kw_only=True)
class Session(Shape):
    """Who is logged in, and until when."""

    person: Person
    """The account."""
    expires: datetime
    """When the session ends without another request."""
    form_token: str | None
    """What a page of this server sends as X-Form-Token; null where a token is sent as Authorization."""


@dataclass(frozen=True, kw_only=True)
class NewSession(Shape):
    """A session for a program. The token is told this once."""

    token: str
    """Send it as ``Authorization: Bearer ...``."""
    person: Person
    """The account."""


@dataclass(frozen=True, kw_only=True)
class Account(Person):
    """One account as an admin sees it."""

    disabled: bool
    """The person may no longer log in."""
    locked: bool
    """Too many wrong passwords from one network: none is accepted from there for some minutes."""
    given: bool
    """The password is one that an admin gave: the person changes it before anything else."""
    signing_locked: bool
    """An admin gave another password: nothing is signed until the owner, or another admin, shows whose account it is."""
    second_factor: bool
    """Codes of a telephone are asked for at each log-in."""


@dataclass(frozen=True, kw_only=True)
class Accounts(Shape):
    """The accounts that this admin looks after."""

    accounts: tuple[Account, ...]
    """By login."""


@dataclass(frozen=True, kw_only=True)
class NewPassword(Shape):
    """A password that is told this once."""

    account: Account
    """Whose it is."""
    password: str
    """To be read out or printed, and changed by the person."""


@dataclass(frozen=True, kw_only=True)
class Activities(Shape):
    """The schedule of activities of one arm."""

    arm: str
    """The arm."""
    title: str
    """The arm in words."""
    columns: tuple[str, ...]
    """The activity, then each visit with its timing in the protocol's words."""
    rows: tuple[tuple[str | None, ...], ...]
    """An activity and, under each visit, at which occurrences it is done: X is all of them."""


@dataclass(frozen=True, kw_only=True)
class Assumption(Shape):
    """What the protocol leaves open, and how it is read here."""

    id: str
    """By what the protocol's sentences cite it."""
    question: str
    """What is left open."""
    reading: str
    """How it is read."""
    alternatives: str
    """What else it could mean."""
    because: str
    """Why it is read so."""
    lines: tuple[int, ...]
    """The protocol's lines that rest on it."""


@dataclass(frozen=True, kw_only=True)
class Site(Shape):
    """Where patients come."""

    name: str
    """The site."""
    zone: str
    """Its IANA time zone."""
    provisional_from: CivilDate | None
    """From this day on public holidays are not published yet, and dates are provisional."""


@dataclass(frozen=True, kw_only=True)
class Protocol(Shape):
    """One version of the protocol."""

    study: str
    """The study."""
    title: str
    """Its title."""
    version: str
    """This version."""
    digest: str
    """The SHA-256 of its text: by it records cite the version."""
    versions: tuple[str, ...]
    """All versions, in the order in which they were added."""
    arms: tuple[Activities, ...]
    """What is done when, by arm."""
    assumptions: tuple[Assumption, ...]
    """What the protocol leaves open."""
    findings: tuple[Finding, ...]
    """What is to be said about it."""
    sites: tuple[Site, ...]
    """The sites that this account may see."""
    text: str
    """The text that all of it comes from."""


@dataclass(frozen=True, kw_only=True)
class Link(Shape):
    """A private feed address. The address itself is told once, when it is made."""

    link: str
    """The id; it opens nothing."""
    audience: Audience
    """For whom it is."""
    subject: str | None
    """Whose calendar it shows."""
    site: str | None
    """Or which site's."""
    detail: Detail
    """How much it tells."""
    language: Language
    """In which language."""
    created: datetime
    """When it was made."""
    expires: datetime | None
    """When it ends by itself."""
    revoked: datetime | None
    """When somebody ended it."""
    fetched: datetime | None
    """When a calendar program fetched it last."""
    remind: str | None
    """When it reminds of a visit: two hours, evening, day; null where it does not."""
    place: str | None
    """Where to come, as its events say it."""
    bring: str | None
    """What to bring, as its events say it."""
    stands: str
    """In use, revoked, or ended."""
    may_revoke: bool
    """This account may end it."""


@dataclass(frozen=True, kw_only=True)
class Links(Shape):
    """The feed links that this account may see."""

    links: tuple[Link, ...]
    """Oldest first."""


@dataclass(frozen=True, kw_only=True)
class NewLink(Shape):
    """A feed link with its address, which is told this once."""

    link: Link
    """The link."""
    address: str
    """What to subscribe to. Who has it can read the calendar."""
    webcal: str
    """The same as calendar programs like to be given it."""


@dataclass(frozen=True, kw_only=True)
class AuditRecord(Shape):
    """One record: who did what, when and why. Never changed, never deleted."""

    number: int
    """Counts all records from 1 without a gap."""
    at: datetime
    """When, in UTC."""
    who: str
    """Who."""
    role: str
    """In which role."""
    subject: str | None
    """About which patient."""
    event: int | None
    """The event's number in the patient's log."""
    kind: str
    """What was done."""
    on: CivilDate | None
    """The day that it is about."""
    body: str
    """What it says: the canonical text that the hash covers."""
    reason: str | None
    """Why."""
    signed: str | None
    """What a signature meant."""
    supersedes: int | None
    """The event that it corrects or strikes."""
    protocol: str | None
    """The digest of the protocol's version in force."""
    engine: str
    """The program's release."""
    previous: str
    """The hash of the record before."""
    hash: str
    """Covers all of this."""


@dataclass(frozen=True, kw_only=True)
class Audit(Shape):
    """Records of the audit trail, oldest first."""

    head: str
    """The number and hash of the last record of all: keep it elsewhere, and nothing before it can go unseen."""
    records: tuple[AuditRecord, ...]
    """The records that this account may see."""
    next: int | None
    """Ask for the records after this number to go on; null at the end."""


@dataclass(frozen=True, kw_only=True)
class Verified(Shape):
    """Whether the log is whole."""

    sound: bool
    """Nothing was changed, taken away, moved or slipped in."""
    head: str
    """The head that all of it leads to."""
    findings: tuple[Finding, ...]
    """What was found."""

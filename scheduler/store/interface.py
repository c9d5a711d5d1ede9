"""What a store does, whatever database it stands on. `scheduler.store.opening.open_store` gives one.

Everything that is recorded goes into one log of all subjects and of the study itself, where each record holds the hash of the
one before. Nothing in it is ever changed. Accounts, sessions and feed links can change, and what an administrator does to them
is recorded in the same log, in the same transaction.

Every method may raise `StoreUnavailable` (the database is gone, full, read-only or damaged), and then nothing was changed;
only when a server is lost in the very moment of the commit can it have been, and then the same append again is a Conflict, or
what was answered is found under its key (`Once`). What was returned is on the disk. A store may be used by several threads at
once, and a database by several processes.

The store does not judge events: `scheduler.store.checked_recording.record_events` does, and it is the way to append.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from scheduler.patient.log import Log
from scheduler.source.node import Data
from scheduler.store.beside.attempts import Attempts
from scheduler.store.beside.guesses import Guess, Limits
from scheduler.store.beside.outbox import Outbox
from scheduler.store.beside.site_log import SiteEvent, SiteLogs
from scheduler.store.unsaved import KeptPage, UnsavedForm
from scheduler.store.values import (
    Account,
    Act,
    Addition,
    Answered,
    Clocks,
    Enrolment,
    Head,
    Link,
    NewSubject,
    Once,
    Part,
    Position,
    ProtocolSource,
    Record,
    Session,
    SiteSource,
    StudySource,
    Subject,
    ToldEvents,
)


class Records(Protocol):
    """Reading the log. None of it waits for a writer."""

    def head(self) -> Head:
        """The last record's number and hash; number 0 before the first. One indexed read: cheap enough for every request."""

    def position(self, subject: str) -> Position | None:
        """How far that subject's log has come, None when there is no such subject. Indexed reads only."""

    def of_the_study(self) -> int:
        """The number of the last record that can move every patient's dates (`OF_THE_STUDY`). Indexed reads only."""

    def subject(self, subject: str) -> Subject | None:
        """One subject, None when there is none of that number."""

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects, in the order of their numbers in the study."""

    def log(self, subject: str) -> Log:
        """The subject's events as the calendar needs them; empty when there is no such subject."""

    def logs(self, subjects: Iterable[str] | None = None) -> Mapping[str, Log]:
        """The logs of many subjects, of all without an argument, in one read."""

    def records(self, *, after: int = 0, subject: str | None = None) -> Iterator[Record]:
        """The records after that number, oldest first, of one subject or of all. What was recorded since the last look."""

    def recorded_by(self, account: str) -> frozenset[str]:
        """The subjects about whom that account recorded something."""


class Recording(Protocol):
    """Adding to the log. Writers take turns; each call is one transaction, all of it or nothing.

    With ``once``, what is answered is kept in that transaction too. Raises RecordedAlready when it is there already.
    """

    def append_unchecked(
        self, subject: str, additions: Sequence[Addition], *, seen: int, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append events to a subject's log whatever they say, and give their records.

        ``seen`` is the length of the log that the writer saw. An event that does not say when it was recorded, or says another
        moment, is recorded at the act's. Raises Conflict when the log has moved on, UnknownSubject when there is none.
        """
        ...

    def append_together_unchecked(
        self, parts: Sequence[Part], *, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append to the logs of several subjects in one act, whatever the events say, and give their records in that order.

        Raises Conflict when one of the logs has moved on, UnknownSubject: then nothing is recorded about any of them.
        """
        ...

    def enrol(
        self, enrolment: Enrolment, act: Act, additions: Sequence[Addition] = (), *, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Take a patient into the study with the first events, whatever they say, and give the records, the enrolment first.

        Raises Refused when the number is taken, or the site or protocol is not there.
        """
        ...

    def import_unchecked(
        self,
        file: Mapping[str, Data],
        subjects: Sequence[NewSubject],
        parts: Sequence[Part],
        *,
        act: Act,
        once: Once | None = None,
    ) -> tuple[Record, ...]:
        """Take new patients in and append to the logs of others in one act, whatever the events say.

        The first record says which file it came from. Raises what `enrol` and `append_together_unchecked` raise.
        """
        ...

    def note(
        self,
        kind: str,
        body: Mapping[str, Data],
        act: Act,
        *,
        subject: str | None = None,
        once: Once | None = None,
    ) -> Record:
        """Record an act that is no event of a patient, such as a lock-out. ``body`` must hold no password and no token."""
        ...

    def answered(self, account: str, key: str, now: datetime) -> Answered | None:
        """What was answered to the request that this account calls by that key's digest, None where nothing was recorded.

        What was answered longer ago than `ANSWERS_KEPT` is forgotten. One indexed read.
        """
        ...


class Sources(Protocol):
    """The study: protocol versions, sites with their holidays, the key of the feeds."""

    def study(self) -> StudySource | None:
        """The study as it stands, None in an empty database."""
        ...

    def feed_key(self) -> bytes | None:
        """The key that the identities in the feeds come from, None in an empty database."""
        ...

    def make_study(
        self, source: StudySource, act: Act, subjects: Iterable[NewSubject] = (), stock: Iterable[SiteEvent] = ()
    ) -> Head:
        """Put a study into an empty database, with the patients and stock that it already has, in one transaction.

        The events of these patients keep the moment of recording that their case files tell. Raises Refused when there is a
        study already.
        """
        ...

    def add_protocol(self, protocol: ProtocolSource, act: Act) -> Record:
        """Add a version of the protocol. Raises Refused when the version is there with another text."""
        ...

    def add_site(self, site: SiteSource, act: Act) -> Record:
        """Add a site, or put another text or other holidays in the place of the one of that name."""
        ...


class Accounts(Protocol):
    """Who may sign in. Making and changing an account is recorded; attempts are only counted, and a language is only kept."""

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, disabled ones too, by login."""
        ...

    def account(self, id: str) -> Account | None:
        """The account of that id."""
        ...

    def account_of(self, login: str) -> Account | None:
        """The account of that login. Capitals make no difference."""
        ...

    def account_at_provider(self, external: str) -> Account | None:
        """The account of whoever has that digest at the provider of single sign-on."""
        ...

    def has_signed(self, id: str) -> bool:
        """True when that account has signed anything. It looks through the whole log."""
        ...

    def add_account(self, account: Account, act: Act) -> Record:
        """Make an account. Raises Refused when the id or the login is taken."""
        ...

    def change_account(self, seen: Account, changed: Account, act: Act) -> Record | None:
        """Make of an account, as it was seen, another; None when nothing differs.

        The record says what changed from what to what; of a password only digests. Raises Refused when there is no such
        account, or the login is another's; ChangedMeanwhile when it is not as it was seen any more, so that nobody's change is
        undone by one that was begun before it.
        """
        ...

    def begin_guess(self, account: str, source: str, limits: Limits, now: datetime, *, inside: bool) -> Guess:
        """Count a password as wrong before it is looked at: however many are tried at once, no more than the limit are.

        ``source`` is where it comes from, such as a network; ``inside`` is a password that somebody gives who is signed in,
        which waits for nobody else's guesses. Kept of a source is a digest with the study's key.
        """
        ...

    def end_guess(
        self, account: str, source: str, limits: Limits, now: datetime, *, right: bool, inside: bool
    ) -> datetime | None:
        """What came of it. A wrong one makes the account slower for sources that it does not know.

        Gives until when that source is locked out now, None where it is not.
        """
        ...

    def locked(self, now: datetime) -> Mapping[str, datetime]:
        """The accounts that some source is locked out of, and until when."""
        ...

    def unlock(self, account: str) -> None:
        """Forget all wrong passwords for that account."""
        ...

    def use_code(self, account: str, step: int) -> bool:
        """True the first time that the code of this half minute is used for that account, and none after it was."""
        ...

    def set_language(self, id: str, language: str | None) -> None:
        """Pages speak to the person in that language; None: in what the browser asks for. It is not recorded."""
        ...

    def set_keys(self, id: str, on: bool) -> None:
        """Pages of the person listen to single keys, or to none. It is not recorded."""
        ...


class Sessions(Protocol):
    """Who is signed in. Nothing of it is recorded: `Recording.note` is there for what should be."""

    def open_session(self, session: Session) -> None:
        """Keep a session."""
        ...

    def session(self, token: str) -> Session | None:
        """The session of that token's hash, expired or not; None for one that this program did not open."""
        ...

    def sessions_of(self, account: str) -> tuple[Session, ...]:
        """The sessions of an account, the newest first, expired ones too."""
        ...

    def touch_session(self, token: str, seen: datetime, expires: datetime) -> None:
        """The session was used."""
        ...

    def close_session(self, token: str) -> None:
        """End a session; nothing happens when there is none."""
        ...

    def close_sessions(self, account: str, *, but: str | None = None) -> int:
        """End all sessions of an account, except that of one token's hash; how many there were."""
        ...

    def forget_sessions(self, now: datetime) -> int:
        """Delete the sessions that expired before that moment; how many there were."""
        ...


class UnsavedForms(Protocol):
    """Forms that were sent when the session had ended, and pages that answered forms. Nothing of them is in the log."""

    def keep_unsaved_form(self, form: UnsavedForm) -> None:
        """Keep it for its account; what is older than `UNSAVED_KEPT` and more than `MOST_UNSAVED` of the account is let go."""
        ...

    def unsaved_forms(self, account: str, now: datetime) -> tuple[UnsavedForm, ...]:
        """Those of that account, the newest first."""
        ...

    def drop_unsaved_form(self, account: str, key: str) -> bool:
        """Let go of one, form or page; False, and nothing happens, when there is none."""
        ...

    def keep_page(self, page: KeptPage) -> None:
        """Keep it for its account; what is older than `PAGES_KEPT` and more than `MOST_PAGES` of the account is let go."""
        ...

    def kept_page(self, account: str, key: str, now: datetime) -> KeptPage | None:
        """That of this account under that key; None where there is none, or it is too old."""
        ...


class Links(Protocol):
    """The private addresses of feeds. Making and revoking one is recorded, fetching is only noted."""

    def links(self, *, subject: str | None = None) -> tuple[Link, ...]:
        """All links, or those of one subject, oldest first; revoked and expired ones too."""
        ...

    def link(self, token: str) -> Link | None:
        """The link of that token's hash. One indexed read."""
        ...

    def add_link(self, link: Link, act: Act) -> Record:
        """Keep a link. Raises Refused when the id or the token is taken."""
        ...

    def revoke_link(self, id: str, act: Act) -> Record | None:
        """Revoke a link at the act's moment; None when there is none of that id, or it was revoked before."""
        ...

    def fetched_link(self, id: str, at: datetime) -> None:
        """A calendar program fetched the feed."""
        ...

    def told_events(self, audience: str, subject: str, detail: str, language: str) -> ToldEvents | None:
        """What feeds of that kind last told of a patient, None when it is not known. One indexed read."""
        ...

    def keep_told_events(self, told: ToldEvents, *, instead_of: ToldEvents | None) -> bool:
        """Remember what is told now. False when somebody else did, and what stands there is not ``instead_of``."""
        ...


class Snapshot(Protocol):
    """The database at one moment, row by row and as it stands there: nothing is refused because it was damaged."""

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """All rows of that table in the order of its key; moments and days are the texts that they are kept as."""
        ...

    def proof_of_session(self, session: Session) -> str:
        """The proof that a session has which the program opened."""
        ...

    def guards(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the database is made of, as it is and as it must be: tables, indexes, triggers and what they do, by name."""
        ...


class Upkeep(Protocol):
    """Looking after the database itself."""

    def is_sound(self) -> bool:
        """True when the database answers: for a health check."""
        ...

    def clocks(self) -> Clocks:
        """What a clock can be held against. One indexed read."""
        ...

    def try_writing(self, now: datetime) -> None:
        """Write something and take it away again, in one transaction that ends on the disk. Raises StoreUnavailable."""
        ...

    def texts(self) -> Mapping[str, str]:
        """All texts of protocols, sites and holidays by their digests, as the records cite them."""
        ...

    def at_one_moment(self) -> AbstractContextManager[Snapshot]:
        """All there is as it stood at one moment, whatever others write meanwhile: to be looked through for tampering."""
        ...

    def backup(self, file: Path) -> Head:
        """Write all there is into a new file, as it stood at one moment, while others go on. Gives the head of that moment."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Store(
    Records, Recording, Sources, SiteLogs, Outbox, Attempts, Accounts, Sessions, UnsavedForms, Links, Upkeep, Protocol
):
    """A study's store."""

"""The tables, the same on SQLite and PostgreSQL. `migrations` makes them; what refuses changes is there too.

Moments and days are kept as text: what the hash covers must come back as it went in.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.types import TypeDecorator

from scheduler.store.chain import moment_text


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, as text."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """To text."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """From text."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A civil date, as text."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """To text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """From text."""
        return None if value is None else date.fromisoformat(value)


metadata = MetaData()

records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("on_day", Day),
    Column("who_id", Text, nullable=False),
    Column("who_name", Text, nullable=False),
    Column("who_role", Text, nullable=False),
    Column("subject", Text),
    Column("event", Integer),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("reason", Text),
    Column("signed", Text),
    Column("supersedes", Integer),
    Column("protocol", String(64)),
    Column("engine", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("subject", "event", name="one_event_of_a_number"),
    Index("records_of_a_subject", "subject", "number", "event"),
    Index("records_of_a_kind", "kind", "number"),
)

texts = Table(
    "texts",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)
"""Texts of protocols, sites and holidays. Records cite them by digest."""

keys = Table(
    "keys",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
"""Secrets of the study. The record that made the study cites their digests."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("login_folded", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("sites", Text),
    Column("disabled", Boolean, nullable=False),
    Column("language", String(8)),
    Column("given", Boolean, nullable=False),
    Column("reset_by", Text),
    Column("totp", Text),
    Column("recovery", Text, nullable=False),
    Column("keys", Boolean, nullable=False, server_default=true()),
    Column("external", Text),
)

codes_used = Table(
    "codes_used",
    metadata,
    Column("account", Text, primary_key=True),
    Column("step", Integer, nullable=False),
)
"""The last half minute whose code each account has used: no code is taken twice."""

guesses = Table(
    "guesses",
    metadata,
    Column("account", Text, primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("until", Moment),
    Column("known", Boolean, nullable=False),
)
"""Wrong passwords in a row by account and by where they came from, of which a digest with the study's key stands here.

The row without a source counts those from anywhere. ``known`` is a source where the right one was given once.
"""

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("proof", String(64), nullable=False),
)
"""``proof`` is made with a key of the study: a row that was slipped in signs nobody in."""

links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("audience", Text, nullable=False),
    Column("subject", Text, index=True),
    Column("site", Text),
    Column("detail", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment),
    Column("revoked", Moment),
    Column("fetched", Moment),
    Column("remind", String(20)),
    Column("place", Text),
    Column("bring", Text),
    Column("pages", Text),
)

told_events = Table(
    "told_events",
    metadata,
    Column("audience", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("detail", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("events", LargeBinary, nullable=False),
)
"""What each feed last told of each patient. It follows from the rest as long as one version of the program runs."""

answers = Table(
    "answers",
    metadata,
    Column("account", Text, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("answer", Text, nullable=False),
)
"""What was answered to requests that recorded something, for those that are sent again. Of keys and requests only digests."""

unsaved_forms = Table(
    "unsaved_forms",
    metadata,
    Column("account", Text, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("fields", Text, nullable=False),
)
"""Forms that were sent after the session had ended, and pages that answered forms, for the same account alone.

They are kept for days, pages for an hour, and in no backup.
"""

tellings = Table(
    "tellings",
    metadata,
    Column("account", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("how", String(20), nullable=False),
    Column("kinds", Text, nullable=False),
)
"""How each person wants to be told what there is, and at which address of mail."""

told_notices = Table(
    "told_notices",
    metadata,
    Column("account", Text, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)
"""What each person was told by letter: digests, no words."""

letters = Table(
    "letters",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account", Text, nullable=False),
    Column("slot", String(100), nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("claimed", Moment),
    Column("tries", Integer, nullable=False),
    Column("sent", Moment),
    Column("given_up", Moment),
    Column("error", Text),
    UniqueConstraint("account", "slot", name="one_letter_of_a_slot"),
)
"""Letters to be sent, and those that were: all say the same, so there are no words here. They are in no backup."""

attempts = Table(
    "attempts",
    metadata,
    Column("state", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("account", Text),
    Column("session", Text),
    Column("about", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("proof", String(64), nullable=False),
)
"""Who was sent to the provider of single sign-on and is expected back within minutes. They are in no backup.

``proof`` is made with a key of the study: a row that was slipped in signs nothing.
"""

rates = Table(
    "rates",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("thousandths", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
"""How much each address may still ask for, of which a digest with the study's key stands here. They are in no backup."""

NEVER_CHANGED = (records, texts, keys)
"""Tables that only grow: the database itself refuses to change or delete in them."""

KEPT = (records, texts, keys, accounts, links, told_events, answers, tellings, told_notices)
"""What a backup holds. Who is signed in, or tries to be, is not worth keeping."""

"""Making a study in the database, and adding to what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from scheduler.errors import StoreUnavailable
from scheduler.store.beside.site_log import SiteEvent, draft_of_site
from scheduler.store.chain import draft_of
from scheduler.store.sql.adding_records import SqlAdding, enrol
from scheduler.store.sql.study import FEEDS, known_source, read_feed_key, read_study_source
from scheduler.store.sql.writing import ENGINE, Chain, refused
from scheduler.store.tables import keys
from scheduler.store.values import (
    Act,
    Head,
    Kind,
    NewSubject,
    ProtocolSource,
    Record,
    SiteSource,
    StudySource,
    digest_of,
    digest_of_key,
)

SHORTEST_KEY = 16


class SqlSources(SqlAdding):
    """What the study rests on."""

    def study(self) -> StudySource | None:
        """The study as it stands."""
        with self._database.reading() as connection:
            try:
                return read_study_source(connection)
            except KeyError:
                hint = "run 'scheduler audit verify', and restore the latest backup elsewhere"
                raise StoreUnavailable("store-damaged", "a text that the study rests on is gone", hint) from None

    def feed_key(self) -> bytes | None:
        """The key that the identities in the feeds come from."""
        with self._database.looking() as connection:
            return read_feed_key(connection)

    def make_study(
        self, source: StudySource, act: Act, subjects: Iterable[NewSubject] = (), stock: Iterable[SiteEvent] = ()
    ) -> Head:
        """Put a study into an empty database."""
        if len(source.feed_key) < SHORTEST_KEY:
            raise refused("bad-feed-key", f"the key of the feeds has {SHORTEST_KEY} octets at least", "make a new one")
        with self._database.writing() as connection:
            chain = Chain(connection)
            if connection.scalar(sa.select(keys.c.name)) is not None:
                raise refused("study-there", "there is a study in this database already", "name an empty one")
            connection.execute(sa.insert(keys), [{"name": FEEDS, "key": source.feed_key}])
            chain.note(Kind.STUDY_MADE, {"feed_key": digest_of_key(source.feed_key)}, act)
            for protocol in source.protocols:
                _add_protocol(chain, protocol, act)
            for site in source.sites:
                _add_site(chain, site, act)
            for new in subjects:
                subject = new.enrolment.subject
                enrol(connection, chain, new.enrolment, act)
                chain.add(
                    draft_of(each.event, number, subject, act, ENGINE, each.protocol)
                    for number, each in enumerate(new.events, 1)
                )
            chain.add(draft_of_site(event, act, ENGINE) for event in stock)
            return chain.head

    def add_protocol(self, protocol: ProtocolSource, act: Act) -> Record:
        """Add a version of the protocol."""
        with self._database.writing() as connection:
            protocols, _ = known_source(connection)
            if protocol.version in protocols.values() or protocol.digest in protocols:
                message = f"version {protocol.version} of the protocol is in the study already"
                raise refused("version-there", message, "give an amendment a version of its own")
            return _add_protocol(Chain(connection), protocol, act)

    def add_site(self, site: SiteSource, act: Act) -> Record:
        """Add a site, or put another text in the place of the one of that name."""
        with self._database.writing() as connection:
            return _add_site(Chain(connection), site, act)


def _add_protocol(chain: Chain, protocol: ProtocolSource, act: Act) -> Record:
    chain.keep(protocol.text)
    body = {"version": protocol.version, "file": protocol.file, "text": protocol.digest}
    return chain.note(Kind.PROTOCOL_ADDED, body, act, protocol=protocol.digest)


def _add_site(chain: Chain, site: SiteSource, act: Act) -> Record:
    holidays = [] if site.holidays is None else [site.holidays]
    chain.keep(site.text, *holidays)
    body = {"site": site.name, "file": site.file, "text": digest_of(site.text)}
    return chain.note(Kind.SITE_ADDED, {**body, "holidays": digest_of(holidays[0]) if holidays else None}, act)

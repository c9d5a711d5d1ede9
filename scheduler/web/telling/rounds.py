"""Round by round: whoever wants to be told and was not yet gets a letter, and letters that are due are handed in.

Every process of the server does it. Which of them makes a letter, and which hands it in, the database decides.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from smtplib import SMTPException
from threading import Event

from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.languages import Language
from scheduler.local_times import local_at
from scheduler.notices.noticed import Notice, news
from scheduler.store.beside.outbox import TOLD_KEPT, Letter, Telling
from scheduler.store.values import Account, digest_of
from scheduler.web.guards.server import Server
from scheduler.web.request_log import tell
from scheduler.web.telling.mailing import MailServer, hand_in, mail_server_of, message_of, what_failed
from scheduler.web.telling.noticing import noticed_for, today_of

NEVER, DAILY, AT_ONCE = "never", "daily", "at once"

PATIENCE = 120.0
_LEASE = timedelta(minutes=5)
_FIRST_WAIT = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 14
"""After so many tries, over about two days, a letter is given up."""

Hand = Callable[[EmailMessage, MailServer], None]


def tell_people(server: Server, stop: Event) -> None:
    """Until told to stop: every so many minutes. What fails is logged, and tried again."""
    mail = mail_server_of(server.settings)
    if mail is None:
        return
    while True:
        try:
            make_letters(server)
            send_letters(server, mail)
        except (StoreUnavailable, InvalidText, LookupError) as error:
            tell("nobody told", error=type(error).__name__)
        if stop.wait(server.settings.mail_minutes * 60):
            return


def make_letters(server: Server) -> int:
    """A letter to everybody for whom there is news, at the time that the person wants; how many were made."""
    made = 0
    for telling in server.store.tellings():
        account = server.store.account(telling.account)
        if account is None or account.disabled or telling.how == NEVER:
            continue
        slot = _slot(server, account, telling)
        if slot is None:
            continue
        found, missing = noticed_for(server, account, PATIENCE)
        if not missing:
            made += _letter(server, telling, slot, [each for each in found if each.kind.value in telling.kinds])
    return made


def _slot(server: Server, account: Account, telling: Telling) -> str | None:
    """What the letter would be for: the day, or this very round; None before the hour of the day has come."""
    if telling.how == AT_ONCE:
        return f"at once {secrets.token_hex(8)}"
    today, zone = today_of(server, account)
    hour = local_at(server.clock.now(), zone).at.hour
    return f"day {today}" if hour >= server.settings.mail_hour else None


def _letter(server: Server, telling: Telling, slot: str, found: list[Notice]) -> bool:
    store, now = server.store, server.clock.now()
    store.forget_told(telling.account, [each.key for each in found], now - TOLD_KEPT)
    told = store.told(telling.account)
    new = news(found, [each.key for each in found if digest_of(each.key) in told])
    letter = Letter(secrets.token_hex(16), telling.account, slot, now, now)
    return bool(new) and store.make_letter(letter, [each.key for each in new])


def send_letters(server: Server, mail: MailServer, hand: Hand = hand_in) -> int:
    """Hand in all letters that are due; how many were taken."""
    sent = 0
    while True:
        now = server.clock.now()
        letter = server.store.claim_letter(now, now + _LEASE)
        if letter is None:
            return sent
        sent += _send(server, letter, mail, hand)


def _send(server: Server, letter: Letter, mail: MailServer, hand: Hand) -> bool:
    store, account, telling = server.store, server.store.account(letter.account), server.store.telling(letter.account)
    if account is None or account.disabled or telling is None or telling.how == NEVER:
        store.letter_failed(letter.id, "not wanted any more", None, server.clock.now())
        return False
    language = Language(account.language) if account.language else server.settings.language
    try:
        hand(message_of(letter, telling.address, mail, language), mail)
    except (SMTPException, OSError) as error:
        words, for_good = what_failed(error)
        now = server.clock.now()
        again = None if for_good or letter.tries >= MOST_TRIES else now + wait_after(letter.tries)
        store.letter_failed(letter.id, words, again, now)
        tell("letter not sent", error=words)
        return False
    store.letter_sent(letter.id, server.clock.now())
    return True


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: two minutes, then twice as long each time, six hours at most."""
    times: int = 2 ** (max(tries, 1) - 1)
    return min(_FIRST_WAIT * times, _LONGEST_WAIT)

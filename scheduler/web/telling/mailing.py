"""The letter, and the mail server that takes it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.languages import Language
from scheduler.said import Quoted, filled, said
from scheduler.store.beside.outbox import Letter
from scheduler.web.settings import Settings
from scheduler.words.saying import say

_SECONDS = 30

SUBJECT = said("Something waits for you")
TEXT = said("There is something to look at. Log in and see: {link}")
HOW = said("On that page you say how you want to be told. Nobody reads answers to this letter.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in. ``link`` is the page that every letter leads to."""

    host: str
    port: int
    security: str
    sender: str
    link: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def mail_server_of(settings: Settings) -> MailServer | None:
    """The mail server that is set, None where there is none. Raises InvalidText where half of it is set."""
    if settings.smtp_host is None and settings.mail_from is None:
        return None
    if settings.smtp_host is None or settings.mail_from is None:
        raise InvalidText([_wrong("smtp_host and mail_from are set together or not at all")])
    if not is_address(settings.mail_from):
        raise InvalidText([_wrong("mail_from is no address of mail")])
    origin = settings.public_url or f"http://{settings.host}:{settings.port}"
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security,
        settings.mail_from,
        f"{origin}/notices",
        settings.smtp_user,
        settings.smtp_password,
    )


def is_address(text: str) -> bool:
    """True for one plain address of mail, and nothing around it."""
    name, address = parseaddr(text)
    before, at, after = address.rpartition("@")
    plain = address == text and not name and text.isascii() and text.isprintable() and " " not in text
    return plain and bool(before) and at == "@" and "." in after.strip(".") and len(text) <= 254


def message_of(letter: Letter, address: str, server: MailServer, language: Language) -> EmailMessage:
    """The letter: the same for everything that it can be about. Sent again, it has the same number."""
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = address
    message["Subject"] = say(SUBJECT, language)
    message["Date"] = format_datetime(letter.made)
    message["Message-ID"] = f"<{letter.id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{say(filled(TEXT, link=Quoted(server.link)), language)}\n\n{say(HOW, language)}\n")
    return message


def hand_in(message: EmailMessage, server: MailServer) -> None:
    """Give it to the mail server. Raises SMTPException or OSError where it was not taken."""
    context = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    with connection:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user is not None:
            connection.login(server.user, server.password or "")
        connection.send_message(message)


def what_failed(error: Exception) -> tuple[str, bool]:
    """What went wrong in the words of the protocol, without anything that a server or person wrote; True where it is for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return f"address refused ({codes[0] if codes else '?'})", bool(codes) and all(code >= 500 for code in codes)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} ({error.smtp_code})", False
    return type(error).__name__, False


def _wrong(message: str) -> Finding:
    return Finding("bad-setting", Severity.ERROR, message, "see 'scheduler serve --settings'")

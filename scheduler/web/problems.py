"""What went wrong with a request, told to the person who made it: a title, what to do, and nothing about how the server works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.findings import Finding


@dataclass
class Problem(Exception):
    """A request that is refused. ``status`` is the HTTP status; ``code`` is stable, for programs; ``text`` says what to do."""

    status: int
    code: str
    title: str
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.code}"


def findings_in_words(findings: Iterable[Finding]) -> str:
    """What findings say, each with what to do about it."""
    return " ".join(f"{finding.message}{f' ({finding.hint})' if finding.hint else ''}." for finding in findings)


def not_found() -> Problem:
    """The same for what is not there and for what this person may not see: neither tells the other apart."""
    text = "It is not there, or it belongs to a site that your account does not include."
    return Problem(404, "not-found", "There is no such page", text)


def not_allowed() -> Problem:
    """Somebody is signed in who may not do this."""
    return Problem(403, "not-allowed", "Your role does not include this", "Ask an administrator if it should.")


def too_often() -> Problem:
    """Somebody asks more often than a person can."""
    return Problem(429, "too-often", "Too many requests", "Wait a minute and try again.", {"Retry-After": "60"})


def too_busy() -> Problem:
    """More passwords wait to be checked than can be in a moment."""
    text = "Many people are logging in at this moment. Wait some seconds and try again."
    return Problem(429, "too-busy", "The server is busy", text, {"Retry-After": "5"})


def own_account_first() -> Problem:
    """Somebody is signed in with a password that somebody else gave, or without the second factor that the role needs."""
    text = "Choose a password of your own, and set up a second factor where your role needs one. Then everything else opens."
    return Problem(403, "own-account-first", "Look after your account first", text)


def signing_locked() -> Problem:
    """Somebody signs whose password an admin gave anew."""
    text = (
        "An administrator gave this account another password, so nothing is signed until it is sure that you are its owner: "
        "give one of your recovery codes on the page of your account, or ask another administrator to confirm it."
    )
    return Problem(403, "signing-locked", "Signing is locked", text)


def from_elsewhere() -> Problem:
    """A change that was not sent from a page of this server."""
    text = "This change did not come from a page of this server, so nothing was recorded. Open the page anew and repeat it."
    return Problem(403, "from-elsewhere", "The request was refused", text)


def not_ready() -> Problem:
    """Some patients are still being computed: a list that leaves one out is worse than none."""
    text = "Some patients are still being computed. Try again in a moment."
    return Problem(503, "not-ready", "The list is not ready", text, {"Retry-After": "5"})


def sign_in_first() -> Problem:
    """Nobody is signed in."""
    return Problem(401, "sign-in", "Please log in", "Your session has ended, or there was none.")

"""What went wrong with a request, told to the person who made it: a title, what to do, and nothing about how the server works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduler.findings import Finding
from scheduler.said import SPACES, Listed, Quoted, Said, Value, said


@dataclass
class Problem(Exception):
    """A request that is refused. ``status`` is the HTTP status; ``code`` is stable, for programs; ``text`` says what to do.

    ``go_on`` is the page to go to after logging in. What a person reads on a page is said in the person's language; a text is for
    programs alone.
    """

    status: int
    code: str
    title: Said | str
    text: Said | Listed | str = ""
    headers: dict[str, str] = field(default_factory=dict)
    go_on: str | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.code}"


def findings_in_words(findings: Iterable[Finding]) -> Listed:
    """What findings say, each with what to do about it."""
    return Listed(tuple(_in_words(each) for each in findings), SPACES)


def sentences_of(findings: Iterable[Finding]) -> Listed:
    """What findings say, without what to do about it."""
    return Listed(tuple(said("{message}.", message=each.told) for each in findings), SPACES)


def _in_words(finding: Finding) -> Said:
    message = finding.told
    if finding.what_to_do is None:
        return said("{message}.", message=message)
    return said("{message} ({hint}).", message=message, hint=finding.what_to_do)


def value_of_words(words: Value | str) -> Value:
    """Words as a value of a sentence. What is no message yet stands as it is written."""
    return Quoted(words, "en") if isinstance(words, str) else words


def not_found() -> Problem:
    """The same for what is not there and for what this person may not see: neither tells the other apart."""
    text = said("It is not there, or it belongs to a site that your account does not include.")
    return Problem(404, "not-found", said("There is no such page"), text)


def not_allowed() -> Problem:
    """Somebody is signed in who may not do this."""
    return Problem(
        403, "not-allowed", said("Your role does not include this"), said("Ask an administrator if it should.")
    )


def too_often() -> Problem:
    """Somebody asks more often than a person can."""
    text = said("Wait a minute and try again.")
    return Problem(429, "too-often", said("Too many requests"), text, {"Retry-After": "60"})


def too_busy() -> Problem:
    """More passwords wait to be checked than can be in a moment."""
    text = said("Many people are logging in at this moment. Wait some seconds and try again.")
    return Problem(429, "too-busy", said("The server is busy"), text, {"Retry-After": "5"})


def own_account_first() -> Problem:
    """Somebody is signed in with a password that somebody else gave, or without the second factor that the role needs."""
    text = said(
        "Choose a password of your own, and set up a second factor where your role needs one. Then everything else opens."
    )
    return Problem(403, "own-account-first", said("Look after your account first"), text)


def clock_wrong(code: str) -> Problem:
    """The server's clock differs from another one: nothing is recorded by it."""
    text = said(
        "The clock of the server does not agree with what was recorded last or with the database, so nothing was recorded. "
        "Tell whoever looks after the server: the log of the server says more."
    )
    return Problem(503, code, said("The clock of the server is wrong"), text, {"Retry-After": "60"})


def signing_locked() -> Problem:
    """Somebody signs whose password an admin gave anew."""
    text = said(
        "An administrator gave this account another password, so nothing is signed until it is sure that you are its owner: "
        "give one of your recovery codes on the page of your account, or ask another administrator to confirm it."
    )
    return Problem(403, "signing-locked", said("Signing is locked"), text)


def from_elsewhere() -> Problem:
    """A change that was not sent from a page of this server."""
    text = said(
        "This change did not come from a page of this server, so nothing was recorded. Open the page anew and repeat it."
    )
    return Problem(403, "from-elsewhere", said("The request was refused"), text)


def not_ready() -> Problem:
    """Some patients are still being computed: a list that leaves one out is worse than none."""
    text = said("Some patients are still being computed. Try again in a moment.")
    return Problem(503, "not-ready", said("The list is not ready"), text, {"Retry-After": "5"})


def sign_in_first(go_on: str | None = None) -> Problem:
    """Nobody is signed in. ``go_on`` is the page to go to afterwards."""
    text = said("Your session has ended, or there was none.")
    return Problem(401, "sign-in", said("Please log in"), text, go_on=go_on)

"""What can be set about the server: in a file of TOML, in the environment, and on the command line, each stronger than the last.

    # scheduler.toml, given by --config or by SCHEDULER_CONFIG
    host = "127.0.0.1"
    port = 8000
    public_url = "https://trial.example.org"

Every key is also a variable of the environment, in capitals after ``SCHEDULER_``: ``SCHEDULER_PORT=9000``. The page about all of
them is made from the words below each key here: ``scheduler serve --settings`` prints it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, did_you_mean
from scheduler.languages import Language

PREFIX = "SCHEDULER_"
CONFIG = f"{PREFIX}CONFIG"
ROLES = frozenset({"coordinator", "investigator", "pharmacist", "monitor", "admin"})
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_kept_from_others(address: str) -> bool:
    """True for an address by which nobody on the way reads along: by https, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
    )


def pairs_of(text: str) -> dict[str, str]:
    """What stands for what: `one=two, three=four`, or with semicolons between, where a group's name has commas.

    Raises ValueError for what is none, and for what stands for two.
    """
    pairs: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in text.split(";" if ";" in text else ","))):
        name, between, value = (part.strip() for part in each.rpartition("="))
        if not (name and between and value) or name in pairs:
            raise ValueError("write each group once, such as doctors=investigator, with commas between")
        pairs[name] = value
    return pairs


class Settings(BaseModel):
    """All that can be set, with what holds where nobody says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    host: str = "127.0.0.1"
    """The address to listen on. Other machines reach 0.0.0.0; put a proxy with TLS in front of it."""
    port: int = Field(8000, ge=0, le=65535)
    """The port to listen on; 0 takes any free one."""
    workers: int = Field(1, ge=1, le=64)
    """How many processes serve. More than one needs a database on PostgreSQL."""
    public_url: str | None = None
    """What people type, such as https://trial.example.org. Feed addresses begin with it; https makes cookies Secure."""
    trusted_proxies: str = ""
    """Which addresses or networks X-Forwarded-For and -Proto are believed from, with commas: that of your proxy, and no other."""
    connections_per_address: int = Field(100, ge=1)
    """How many connections one network address may have open at each process; a trusted proxy any number."""
    session_idle_minutes: int = Field(30, ge=1, le=24 * 60)
    """After how long without a click a person has to log in again."""
    session_hours: int = Field(12, ge=1, le=7 * 24)
    """After how long a person has to log in again in any case."""
    lock_after: int = Field(5, ge=2, le=100)
    """After how many wrong passwords in a row for an account the network that they came from is locked out of it."""
    lock_minutes: int = Field(15, ge=1, le=24 * 60)
    """For how long it is locked out; an admin can end that before."""
    second_factor_for: str = ""
    """Which roles need a second factor, with commas between them, such as investigator, admin."""
    sso_issuer: str | None = None
    """The provider of single sign-on by OpenID Connect, as it calls itself. It needs the extra `single-sign-on`."""
    sso_client: str | None = None
    """What the provider calls this server. Its address to come back to is `public_url` with /login/provider/back."""
    sso_secret: str | None = Field(None, repr=False)
    """The word that this server proves itself with there: give it as SCHEDULER_SSO_SECRET, not in a file that others read."""
    sso_name: str | None = None
    """What people call the provider, such as Example Hospital."""
    sso_scopes: str = "openid profile"
    """What is asked of the provider, with spaces."""
    sso_groups: str = "groups"
    """The claim in which the provider says the groups of a person."""
    sso_roles: str = ""
    """Which group is which role, such as `doctors=investigator, staff=coordinator`. Without it the role is the account's."""
    sso_sites: str = ""
    """Which group sees which site, such as `shanghai=Shanghai, everywhere=*`. Without it the sites are the account's."""
    logins_per_minute: int = Field(20, ge=1)
    """How many passwords may be tried in a minute from one network address."""
    requests_per_minute: int = Field(600, ge=10)
    """How many pages one session, or one network address without a session, may ask for in a minute."""
    feeds_per_minute: int = Field(60, ge=1)
    """How many feeds one network address may fetch in a minute, the ones that are not there included."""
    feed_months: int = Field(24, ge=1, le=120)
    """After how many months a new feed link ends by itself, where nobody says otherwise."""
    patients_kept: int = Field(5000, ge=1)
    """How many patients' calendars each process remembers; whoever was asked for the longest ago is computed again."""
    calendars_mb: int = Field(1024, ge=1)
    """How many megabytes they may take in each process, as nearly as they can be weighed.

    A calendar of two years takes 0.3, and about 1 with all that pages make of it.
    """
    largest_body: int = Field(1_000_000, ge=10_000)
    """How many octets a request may bring."""
    largest_file: int = Field(20_000_000, ge=10_000)
    """How many octets a request may bring of a sponsor's files, by those who set the study up."""
    argon2_memory_kib: int = Field(65536, ge=8)
    """The memory that checking one password takes, in KiB."""
    argon2_rounds: int = Field(3, ge=1)
    """How often that memory is passed over."""
    language: Language = Language.ENGLISH
    """The language of pages for whoever has chosen none, and whose browser asks for none that there is."""
    heads_file: str | None = None
    """A file that the log's head is appended to, signed, to find a log that was cut off or written anew: keep it elsewhere."""
    heads_key: str | None = None
    """The file of the key that heads are signed with; `scheduler audit key` makes one."""
    heads_minutes: int = Field(60, ge=1, le=24 * 60)
    """How often the head is appended, where anything was recorded since."""
    heads_authority: str | None = None
    """The address of an authority that stamps each head with its time (RFC 3161). It needs the extra `time-stamps`."""
    backups_folder: str | None = None
    """A folder, on another disk, that the server writes backups into by itself; `scheduler restore-drill` proves them."""
    backups_hours: int = Field(24, ge=1, le=7 * 24)
    """How often a backup is made."""
    backups_daily: int = Field(7, ge=1)
    """Of how many days the newest backup is kept. Days, weeks and months without a backup do not count."""
    backups_weekly: int = Field(5, ge=0)
    """And of how many weeks."""
    backups_monthly: int = Field(12, ge=0)
    """And of how many months."""
    metrics: bool = False
    """Figures for Prometheus at /metrics, of requests and of the database, about nobody. It needs the extra `metrics`."""
    metrics_token: str | None = None
    """Whoever asks for /metrics says this word (Authorization: Bearer). Without one only this machine may ask, past any proxy."""
    rates_file: str | None = None
    """A file that says what is expected, such as rates.yaml: with it there is a page of what to order and when."""
    smtp_host: str | None = None
    """The server that takes mail. With it and mail_from, people who want it are told that there is something, and no more."""
    smtp_port: int = Field(587, ge=1, le=65535)
    """Its port."""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to it is kept secret: starttls, tls from the first octet, or none, on the same machine alone."""
    smtp_user: str | None = None
    """The name to log in to it with, where it asks for one."""
    smtp_password: str | None = Field(None, repr=False)
    """The password for it: give it as SCHEDULER_SMTP_PASSWORD, not in a file that others read."""
    mail_from: str | None = None
    """The address that mail comes from."""
    mail_minutes: int = Field(5, ge=1, le=24 * 60)
    """How often it is looked whether there is something to tell."""
    mail_hour: int = Field(7, ge=0, le=23)
    """The hour, by the site's clock, from which those are told who want one letter a day."""
    today: date | None = None
    """A day that all pages take for today, for training with invented patients. Every page says so."""

    @field_validator("language")
    @classmethod
    def _of_staff(cls, language: Language) -> Language:
        if not language.is_for_staff:
            raise ValueError("pages do not speak it; only patients' feeds and papers do")
        return language

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
            raise ValueError("write the scheme and the host alone, such as https://trial.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("sso_issuer")
    @classmethod
    def _kept_from_readers(cls, url: str | None) -> str | None:
        if url is not None and not is_kept_from_others(url):
            raise ValueError("a provider is reached by https, or is on this machine")
        return url

    @field_validator("sso_roles", "sso_sites")
    @classmethod
    def _pairs(cls, text: str) -> str:
        pairs_of(text)
        return text

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if self.sso_issuer is not None and None in (self.sso_client, self.sso_name, self.public_url):
            raise ValueError("sso_issuer needs sso_client, sso_name and public_url beside it")
        unknown = sorted(set(pairs_of(self.sso_roles).values()) - ROLES)
        if unknown:
            raise ValueError(f"sso_roles: there is no role {', '.join(unknown)}")
        return self

    @property
    def proxies(self) -> frozenset[str]:
        """The proxies that are trusted."""
        return frozenset(each.strip() for each in self.trusted_proxies.split(",")) - {""}

    @property
    def roles_with_second_factor(self) -> frozenset[str]:
        """The roles that need one."""
        return frozenset(each.strip() for each in self.second_factor_for.split(",")) - {""}

    @property
    def secure(self) -> bool:
        """True when people reach the server by https."""
        return self.public_url is not None and self.public_url.startswith("https://")


def read_settings(
    file: Path | None, environment: Mapping[str, str], typed: Mapping[str, object] | None = None
) -> Settings:
    """The settings of a file, the environment and the command line together. Raises InvalidText with all that is wrong."""
    chosen = file if file is not None else Path(environment[CONFIG]) if environment.get(CONFIG) else None
    said: dict[str, tuple[object, str]] = {}
    if chosen is not None:
        said |= {key: (value, str(chosen)) for key, value in _read_file(chosen).items()}
    for name, value in environment.items():
        if name.startswith(PREFIX) and name != CONFIG:
            said[name.removeprefix(PREFIX).lower()] = (value, name)
    said |= {key: (value, "command line") for key, value in (typed or {}).items() if value is not None}
    try:
        return Settings.model_validate({key: value for key, (value, _) in said.items()})
    except ValidationError as error:
        raise InvalidText(_findings(error, said)) from None


def _read_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"the settings cannot be read: {why}"
        raise InvalidText([Finding("bad-settings", Severity.ERROR, message, None, Place(str(file), 1, 1))]) from None


def _findings(error: ValidationError, said: Mapping[str, tuple[object, str]]) -> Iterator[Finding]:
    for each in error.errors():
        if not each["loc"]:
            yield Finding("bad-setting", Severity.ERROR, each["msg"].removeprefix("Value error, "))
            continue
        key = str(each["loc"][0])
        _, where = said[key]
        if each["type"] == "extra_forbidden":
            hint = did_you_mean(key, Settings.model_fields)
            yield Finding("unknown-setting", Severity.ERROR, f"{where}: there is no setting '{key}'", hint)
        else:
            message = f"{where}: {key}: {each['msg'].removeprefix('Value error, ')}"
            yield Finding("bad-setting", Severity.ERROR, message, Settings.model_fields[key].description)


def settings_in_words() -> str:
    """Every setting with what it does and what holds without it: the page about the configuration."""
    blocks = []
    for name, field in Settings.model_fields.items():
        without = "not set" if field.default is None else field.default
        blocks.append(f"{name}  ({PREFIX}{name.upper()})  {without}\n    {field.description}\n")
    return "".join(blocks)

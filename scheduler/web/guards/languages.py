"""In which language pages speak: as the account says, else as the browser asks (RFC 9110, 12.5.4), else the server's."""

from __future__ import annotations

from starlette.requests import Request

from scheduler.languages import Language
from scheduler.said import Quoted, Value, said
from scheduler.store.values import Account
from scheduler.words.catalogues import locale_of

SPOKEN = tuple(language for language in Language if language.is_for_staff)
"""The languages that have all words."""

_WORDS = {
    Language.ENGLISH: said("English"),
    Language.CHINESE: said("Chinese"),
    Language.GERMAN: said("German"),
    Language.FRENCH: said("French"),
    Language.SPANISH: said("Spanish"),
    Language.JAPANESE: said("Japanese"),
}
CALLED: dict[Language, Value] = {
    each: _WORDS.get(each) or Quoted(str(locale_of(each).get_display_name()), each.value) for each in Language
}
"""What a language is called; one that nobody has put into words yet by its own name."""

_LONGEST_HEADER = 500


def language_of(request: Request, account: Account | None, otherwise: Language) -> Language:
    """The language of an answer to that request."""
    own = account.language if account is not None else None
    if own in list(SPOKEN):
        return Language(own)
    return asked_for(request.headers.get("accept-language", "")) or otherwise


def asked_for(header: str) -> Language | None:
    """The language that a browser likes best of those that there are; None where it asks for none of them."""
    liked = sorted(filter(None, map(_liked, header[:_LONGEST_HEADER].split(","))), key=lambda each: -each[1])
    return next((language for language, weight in liked if weight > 0), None)


def _liked(part: str) -> tuple[Language, float] | None:
    """A language and how much it is liked. Of zh-Hans-CN the first part counts."""
    name, _, weight = part.partition(";")
    code = name.strip().lower().partition("-")[0]
    if code not in list(SPOKEN):
        return None
    said = weight.strip().lower().removeprefix("q=")
    try:
        return Language(code), float(said) if said else 1.0
    except ValueError:
        return Language(code), 0.0

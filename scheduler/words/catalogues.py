"""The catalogues: English sentences to those of a language, read once from `<language>.po`."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scheduler.languages import Language

FOLDER = Path(__file__).parent


def path_of(language: Language) -> Path:
    """Where its catalogue is."""
    return FOLDER / f"{language}.po"


@cache
def locale_of(language: Language) -> Locale:
    """Its months, weekdays, numbers and plural forms."""
    return Locale.parse(str(language))


@cache
def catalogue(language: Language) -> NullTranslations:
    """What each English sentence is in that language; itself where it has no translation. Of English, no file is read."""
    if language is Language.ENGLISH:
        return NullTranslations()
    with path_of(language).open("rb") as file:
        read = read_po(file, locale=str(language), abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)

"""The languages that people read."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The language of our own words, by its ISO 639 code. What an author wrote in one language is shown as it was written."""

    ENGLISH = "en"
    CHINESE = "zh"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    JAPANESE = "ja"

    @property
    def is_for_staff(self) -> bool:
        """True for a language that has all words; the others have those that patients read."""
        return self in (Language.ENGLISH, Language.CHINESE)

    @property
    def of_staff(self) -> Language:
        """The language itself where it has all words, else English: a sheet is in one language."""
        return self if self.is_for_staff else Language.ENGLISH

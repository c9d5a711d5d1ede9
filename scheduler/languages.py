"""The languages that people read."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The language of our own words, by its ISO 639 code. What a protocol's author wrote is shown as it was written."""

    ENGLISH = "en"
    CHINESE = "zh"

    @property
    def is_for_staff(self) -> bool:
        """True for a language that has all words; the others have those that patients read."""
        return self in (Language.ENGLISH, Language.CHINESE)

"""The fonts of paper: those that come as packages, never those that a machine happens to have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import typst

from scheduler.languages import Language

LATIN = "ttf_opensans"


class Font(NamedTuple):
    """A font that a language needs more: its module, the package that has it, the extra that asks for it, and its name."""

    module: str
    package: str
    extra: str
    language: str


OWN_FONTS: Mapping[Language, Font] = MappingProxyType(
    {
        Language.CHINESE: Font("pylopdf_fonts_zh_cn", "pylopdf-fonts-zh-cn", "fonts-zh", "Chinese"),
        # Chinese letters are not a Japanese reader's, though they have the same numbers: it is never set with the other font.
        Language.JAPANESE: Font("pylopdf_fonts_jp", "pylopdf-fonts-jp", "fonts-ja", "Japanese"),
    }
)


def has_font(language: Language) -> bool:
    """True when everything is installed that the language's letters need."""
    own = OWN_FONTS.get(language)
    return own is None or find_spec(own.module) is not None


@cache
def fonts() -> typst.Fonts:
    """The fonts of this installation, found once."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in _folders()])


def _folders() -> list[Path]:
    specs = [find_spec(package) for package in (LATIN, *(font.module for font in OWN_FONTS.values()))]
    return [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin is not None]

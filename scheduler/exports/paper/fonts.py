"""The fonts of paper: those that come as packages, never those that a machine happens to have."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

LATIN = "ttf_opensans"
CHINESE = "pylopdf_fonts_zh_cn"


def has_chinese() -> bool:
    """True when the extra ``fonts-zh`` is installed."""
    return find_spec(CHINESE) is not None


@cache
def fonts() -> typst.Fonts:
    """The fonts of this installation, found once."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in _folders()])


def _folders() -> list[Path]:
    specs = [find_spec(package) for package in (LATIN, CHINESE)]
    return [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin is not None]

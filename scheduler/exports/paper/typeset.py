"""From a layout and its data to the bytes of a PDF; what cannot be printed is a finding."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, Union

import typst

from scheduler.errors import InvalidText
from scheduler.exports.letters import one_line
from scheduler.exports.paper.fonts import OWN_FONTS, fonts, has_font
from scheduler.findings import Finding, Severity
from scheduler.languages import Language

Data: TypeAlias = Union[str, int, float, bool, "list[Data]", "dict[str, Data]", None]

FOLDER = Path(__file__).parent
_NOT_SHOWN = re.compile(r'the text [`"\']+(.+?)[`"\']+ could not be displayed')


def typeset(layout: str, data: Mapping[str, Data], moment: datetime, language: Language = Language.ENGLISH) -> bytes:
    """The PDF of a layout (``diary`` for ``diary.typ``) filled with data. ``moment`` (UTC) is the document's date.

    Raises InvalidText where a letter is in no font, or where a language is asked for whose font is not installed.
    """
    if not has_font(language):
        raise InvalidText([_no_font(language)])
    filled = {"language": language.value, "moment": list(moment.timetuple()[:6]), **_printable(data)}
    # Archivable and accessible. Both standards refuse a letter that no font has, where typst alone would leave it out.
    try:
        made = typst.compile(
            FOLDER / f"{layout}.typ",
            root=FOLDER,
            font_paths=fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(filled, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=moment,
        )
    except typst.TypstError as error:
        letters = "".join(dict.fromkeys("".join(_NOT_SHOWN.findall(f"{error.message}\n{error.diagnostic}"))))
        if not letters:
            raise
        raise InvalidText(_not_printable(letters)) from None
    assert isinstance(made, bytes)
    return made


def _printable(data: Mapping[str, Data]) -> dict[str, Data]:
    return {name: _clean(value) for name, value in data.items()}


def _clean(value: Data) -> Data:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return _printable(value)
    return value


def _not_printable(letters: str) -> Iterator[Finding]:
    for letter in letters:
        if not has_font(Language.CHINESE) and unicodedata.east_asian_width(letter) in "WF":
            yield _no_font(Language.CHINESE)
            continue
        name = unicodedata.name(letter, "without a name").lower()
        yield Finding(
            "not-printable",
            Severity.ERROR,
            f"no font of the program has the letter '{letter}' (U+{ord(letter):04X}, {name}), so nothing was printed",
            "write it otherwise where it was typed; a sheet with a gap in it could be taken for another dose",
        )


def _no_font(language: Language) -> Finding:
    font = OWN_FONTS[language]
    return Finding(
        f"no-{font.language.lower()}-font",
        Severity.ERROR,
        f"there is no font for {font.language}, so nothing was printed",
        f"install the extra: pip install 'scheduler[{font.extra}]', or pip install {font.package}",
    )

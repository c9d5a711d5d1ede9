"""Names that people write in several languages: "Regorafenib alone", or ``{en: Regorafenib alone, zh: 瑞戈非尼单药}``.

A plain text goes on meaning what it means. As a text a name is the English one, or the first where there is none: JSON, CSV and
other programs read that. Pages, lists, papers and feeds say it in the reader's language.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Field, ValidatorFunctionWrapHandler, WithJsonSchema, WrapValidator

from scheduler.findings import did_you_mean
from scheduler.languages import Language
from scheduler.said import Name, Text, named
from scheduler.written import fault

CODES = tuple(str(language) for language in Language)
_WRITE = f"write a text for each language: {{{', '.join(f'{code}: ...' for code in CODES)}}}"


def _read(value: Any, handler: ValidatorFunctionWrapHandler) -> str:
    if not isinstance(value, dict):
        return str(handler(value))
    if not value:
        raise fault("no-name", "there is no name here", hint=_WRITE)
    for code in value:
        if code not in CODES:
            hint = did_you_mean(str(code), CODES) or f"the languages are {', '.join(CODES)}"
            raise fault("unknown-language", f"'{str(code)[:40]}' is no language that is read here", hint=hint)
    return named({code: str(handler(each)) for code, each in value.items()})


def titled(key: str, title: str | None) -> str:
    """What something is called whose key in the file is its English name: the key, in every language that its title gives."""
    if title is None:
        return key
    if not isinstance(title, Text) or not isinstance(title.said, Name):
        return named({"en": title}, key)
    names = dict(title.said.by_language)
    return named(names if "en" in names else {"en": key, **names}, key)


def _schema(longest: int) -> dict[str, Any]:
    line = {"type": "string", "minLength": 1, "maxLength": longest}
    table = {
        "type": "object",
        "properties": dict.fromkeys(CODES, line),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"anyOf": [line, table]}


Called: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=400), WrapValidator(_read), WithJsonSchema(_schema(400))
]
"""What something is called: one text, or one for each language."""

CalledInShort: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=120), WrapValidator(_read), WithJsonSchema(_schema(120))
]
"""The same, where there is less room."""

"""The templates of a page are compiled once in a run, however many servers are started: a third of a test's time otherwise."""

from __future__ import annotations

from types import CodeType
from typing import Any

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from scheduler.exports.pages.environment import environment as made_anew
from scheduler.languages import Language
from scheduler.web.showing import rendering


class Compiled(BytecodeCache):
    """What was compiled, by the file and its text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code


IN = {language: Compiled() for language in Language}
"""What a template prints as it stands is in one language already when it is compiled."""


def environment(*more: Any, language: Language = Language.ENGLISH) -> Environment:
    made = made_anew(*more, language=language)
    made.bytecode_cache = IN[language]
    return made


rendering.environment = environment  # type: ignore[attr-defined]

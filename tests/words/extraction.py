"""Every word for people in the code and the templates, found by reading them; and the catalogues brought up to date with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from scheduler.exports.pages.translated import EXTENSION
from scheduler.languages import Language
from scheduler.vocabulary.forms_in_words import words_of_forms
from tests.words.spoken import spoken

ROOT = Path(__file__).parents[2]
CODE = ROOT / "scheduler"
CATALOGUES = CODE / "words"
DEFINING = "scheduler/said.py"
FORMS = "scheduler/vocabulary/forms_in_words.py"
SPOKEN = "tests/words/spoken.py"
"""Where the codes are listed that are words too; it names the places in the code."""

SAYING = {"said": (0,), "counted": (0, 1), "said_as": (0, 1)}
"""The functions that make a message, and which of their arguments are its words."""

IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATES = {"trimmed": "true", "silent": "false", "extensions": EXTENSION, "newstyle_gettext": "true"}

OF_PATIENTS = re.compile(
    r"scheduler/(said\.py|vocabulary/forms|calendar/entries/titles|views/agenda/|views/reader/(?!to_staff)|exports/paper/(diary|foot|patient))"
)
"""Where the words are that a patient reads: in the languages of patients only, these alone are translated."""


class Found(NamedTuple):
    """A message, and where it stands."""

    path: str
    sentence: str
    many: str | None = None
    context: str | None = None


def in_code(path: str, text: str) -> Iterator[Found]:
    """What a file of code says. Raises ValueError where the words are not written out, as nobody could translate them."""
    tree = ast.parse(text, path)
    known = _imported(tree) if path != DEFINING else SAYING
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in known:
            continue
        arguments = [node.args[place] for place in SAYING[node.func.id] if place < len(node.args)]
        for words in _alternatives(arguments):
            if any(word is None for word in words):
                raise ValueError(f"{path}:{node.lineno}: write the words out: {ast.unparse(node)[:80]}")
            first, *rest = words
            assert first is not None
            if node.func.id == "said_as":
                yield Found(path, rest[0] or "", None, first)
            else:
                yield Found(path, first, rest[0] if rest else None)


def _imported(tree: ast.Module) -> set[str]:
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "scheduler.said"]
    return {alias.name for node in imports for alias in node.names} & set(SAYING)


def _alternatives(arguments: list[ast.expr]) -> list[list[str | None]]:
    """The words of a call: of "one" if x else "other", both."""
    made: list[list[str | None]] = [[]]
    for argument in arguments:
        made = [[*words, word] for words in made for word in _words(argument)]
    return made


def _words(argument: ast.expr) -> list[str | None]:
    if isinstance(argument, ast.IfExp):
        return [*_words(argument.body), *_words(argument.orelse)]
    return [argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None]


def in_template(path: str, text: str) -> Iterator[Found]:
    """What a template says."""
    for _, function, words, _ in babel_extract(BytesIO(text.encode()), list(IN_TEMPLATES), [], TEMPLATES):
        told = [word for word in ([words] if isinstance(words, str) else words or ()) if word is not None]
        if function in ("pgettext", "npgettext"):
            yield Found(path, told[1], told[2] if function == "npgettext" else None, told[0])
        else:
            yield Found(path, told[0], told[1] if function == "ngettext" else None)


def everything() -> Iterator[Found]:
    """All that is said to people."""
    for file in sorted(CODE.rglob("*.py")):
        if file != ROOT / DEFINING:
            yield from in_code(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    yield from _patterns()
    yield from (Found(FORMS, each.one, each.many, each.context) for each in words_of_forms())
    yield from (Found(SPOKEN, word, None, context) for context, word in spoken())
    for file in sorted(CODE.rglob("*.html")):
        yield from in_template(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))


def _patterns() -> Iterator[Found]:
    """Those of days and lists, which stand where messages are defined."""
    tree = ast.parse((ROOT / DEFINING).read_text("utf-8"))
    constants = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)]
    yield from in_code(DEFINING, "\n".join(constants))


def template_of(found: Iterable[Found]) -> Catalog:
    """What has to be translated, each message once, with the files that say it."""
    made = Catalog(fuzzy=False)
    for each in found:
        words = each.sentence if each.many is None else (each.sentence, each.many)
        made.add(words, locations=[(each.path, 0)], context=each.context)
    return made


def of_language(template: Catalog, language: Language) -> Catalog:
    """The part that is translated into that language."""
    if language.is_for_staff:
        return template
    made = Catalog(fuzzy=False)
    for message in template:
        if message.id and any(OF_PATIENTS.match(path) for path, _ in message.locations):
            made.add(message.id, locations=message.locations, context=message.context)
    return made


def updated(text: str, template: Catalog, language: Language) -> str:
    """A catalogue with an empty entry for each new message, and without what nobody says any more."""
    before = read_po(BytesIO(text.encode()), locale=str(language)) if text else Catalog(locale=str(language))
    head = before.header_comment if text.startswith("#") else f"# {language}, in UTF-8."
    made = Catalog(locale=str(language), project="scheduler", fuzzy=False, header_comment=head)
    for message in of_language(template, language):
        if message.id:
            old = before.get(message.id, context=message.context)
            made.add(message.id, _kept(old, message, made.num_plurals), message.locations, context=message.context)
    return _written(made)


def _kept(old: Message | None, message: Message, plurals: int) -> str | tuple[str, ...]:
    nothing: str | tuple[str, ...] = ("",) * plurals if isinstance(message.id, tuple | list) else ""
    if old is None or old.fuzzy or isinstance(old.string, str) != isinstance(nothing, str):
        return nothing
    kept: str | tuple[str, ...] = old.string if isinstance(old.string, str) else tuple(old.string or nothing)
    return kept


CHANGING = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid|Project-Id)'
)


def _written(catalogue: Catalog) -> str:
    """In the order of the English words, and without the header's dates: what two people add does not collide."""
    to = BytesIO()
    write_po(to, catalogue, width=120, sort_output=True, include_lineno=False)
    lines = to.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not CHANGING.match(line)).strip() + "\n"


def translated() -> list[Language]:
    """Every language but that of the code."""
    return [language for language in Language if language is not Language.ENGLISH]


def path_of(language: Language) -> Path:
    return CATALOGUES / f"{language}.po"

"""Templates in a reader's language: ``{% trans %}`` and ``_()`` by its catalogue, and every value in them said in it.

A template says ``{% trans day=entry.date|long_date %}Next visit: {{ day }}{% endtrans %}``; a message that is a value, such as
the sentence of a finding, is said in the reader's language wherever it is printed or stands in such a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from scheduler.exports.letters import showable
from scheduler.languages import Language
from scheduler.said import COMMAS, Amount, Code, Day, Days, Listed, Name, Quoted, Said, Text, Value, as_written, said_as
from scheduler.words.catalogues import catalogue
from scheduler.words.saying import Piece, pieces, say

EXTENSION = "jinja2.ext.i18n"
_BETWEEN = {
    "comma": said_as("between two parts of a line", ", "),
    "semicolon": said_as("between two parts of a line", "; "),
    "colon": said_as("between two parts of a line", ": "),
}
"""What stands between two values in a template, by the name that it has there."""
_SAID = frozenset({Said, Listed, Name, Quoted, Code, Day, Days, Amount})


def translate(made: Environment, language: Language) -> None:
    """Makes the environment one of that language."""
    made.add_extension(EXTENSION)
    made.policies["ext.i18n.trimmed"] = True
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.globals |= {name: say(mark, language) for name, mark in _BETWEEN.items()}
    made.globals |= _functions(language) | {"language": str(language), "spoken": str(language)}
    made.filters |= {"say": lambda value: in_language(value, language), "marked": lambda value: marked(value, language)}
    made.filters["theirs"] = lambda texts: marked(Listed(tuple(map(as_written, texts)), COMMAS), language)
    made.filters["told"] = lambda text: marked(text.said if isinstance(text, Text) else as_written(text), language)
    made.filters["word"] = lambda value, context: word(value, context, language)
    made.globals["foreign"] = Markup("") if language is Language.ENGLISH else Markup(' lang="en"')


def in_language(value: object, language: Language) -> object:
    """What is said, in that language; anything else as it is."""
    if isinstance(value, Text):
        return say(value.said, language)
    return say(cast(Value, value), language) if type(value) in _SAID else value


def word(code: str, context: str, language: Language) -> str:
    """A code that is an English word for people too, such as a status, in that language."""
    return catalogue(language).pgettext(context, code)


def marked(value: Value, language: Language) -> Markup:
    """The same for a page, where each quotation and name in another language says in which it is."""
    return Markup("".join(_marked(piece) for piece in pieces(value, language)))


def _marked(piece: Piece) -> str:
    # Plain text is joined: a page has thousands of these, and each Markup would be looked at again.
    text = str(escape(showable(piece.text)))
    return text if piece.language is None else f'<span lang="{escape(piece.language)}">{text}</span>'


def _shown(value: object) -> object:
    """A text as every reader can see it: what a sentence is filled with does not come by where plain texts are looked at."""
    return showable(value) if type(value) is str and not value.isprintable() else value


def _functions(language: Language) -> dict[str, Callable[..., str]]:
    words = catalogue(language)

    def filled(context: EvalContext, text: str, values: Mapping[str, Any]) -> str:
        told = {name: _shown(in_language(value, language)) for name, value in values.items()}
        return (Markup(text) if context.autoescape else text) % told

    @pass_eval_context
    def gettext(context: EvalContext, sentence: str, /, **values: Any) -> str:
        return filled(context, words.gettext(sentence), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
        return filled(context, words.ngettext(one, many, num), {"num": num, **values})

    @pass_eval_context
    def pgettext(context: EvalContext, meaning: str, sentence: str, /, **values: Any) -> str:
        return filled(context, words.pgettext(meaning, sentence), values)

    @pass_eval_context
    def npgettext(context: EvalContext, meaning: str, one: str, many: str, num: int, /, **values: Any) -> str:
        return filled(context, words.npgettext(meaning, one, many, num), {"num": num, **values})

    return {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}

"""What may be wrong with a catalogue: each check says which entry, and what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from scheduler.languages import Language

PLACE = re.compile(r"%\((\w+)\)s|\{(\w*)\}")
_UNDERSTOOD = "things"
"""What a patient has at home: a language may say "take your medicine" in one word, and does not name it again."""


def complaints(text: str, language: Language) -> list[str]:
    """All that is wrong, in the order of the catalogue."""
    read = read_po(BytesIO(text.encode()), abort_invalid=True)
    found = []
    if str(read.locale) != language:
        found.append(f"{language}.po: its header says that it is {read.locale}")
    if read.plural_expr != get_plural(str(language)).plural_expr or read.charset != "utf-8":
        found.append(f"{language}.po: its header has not the plural forms of the language, or not UTF-8")
    for message in read:
        if message.id:
            found += [f"{language}.po: {message.id!r}: {what}" for what in _of_entry(message)]
    return found


def _of_entry(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is fuzzy: look at it, and take the mark away"
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    targets = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    in_template = any(path.endswith(".html") for path, _ in message.locations)
    for target in targets:
        if not target:
            yield "has no translation"
        elif (faults := list(_of_translation(sources, target, message.context, in_template))) != []:
            yield from (f"{target!r} {fault}" for fault in faults)


def _of_translation(sources: list[str], target: str, context: str | None, in_template: bool) -> Iterator[str]:
    all_places = {place for source in sources for place in places(source)}
    needed = all_places - ({"n", "num"} if len(sources) > 1 else set()) - {_UNDERSTOOD}
    if places(target) - all_places:
        yield f"fills in {sorted(places(target) - all_places)}, which the English does not"
    if needed - places(target):
        yield f"leaves out {sorted(needed - places(target))}"
    # What a template says is filled in by %, values or none; two of them are one that is read.
    if (in_template or _is_of_template(sources)) and re.search(r"%(?!\(\w+\)s)", target.replace("%%", "")):
        yield "has a % that is no place: write %%"
    if context is None and (sources[-1][:1].isspace(), sources[-1][-1:].isspace()) != (
        target[:1].isspace(),
        target[-1:].isspace(),
    ):
        yield "begins or ends with another space"


def _is_of_template(sources: list[str]) -> bool:
    return any("%(" in source or "%%" in source for source in sources)


def places(sentence: str) -> set[str]:
    """What is filled in."""
    return {found[1] or found[2] for found in PLACE.finditer(sentence)}

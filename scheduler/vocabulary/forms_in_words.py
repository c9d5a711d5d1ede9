"""What a patient holds, and how many of it, as messages: "capsules", "2 capsules", "½ tablet", "2.5 mL".

The words of each form stand in `dosage_forms` once; here they become messages that every language says with its own plural forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scheduler.said import Amount, Quoted, Said, Value, said_as
from scheduler.vocabulary.dosage_forms import FORMS, MEDICINE, MILLILITRE, TABLET, Count, Counted, DosageForm

AT_HOME = "what a patient has at home"
UNIT = "what is counted"
COUNT = "so many of it"

_HALF = Decimal("0.5")


class FormWord(NamedTuple):
    """A word about a form that catalogues have: what it is, one, and for another number than one."""

    context: str
    one: str
    many: str | None = None


class OfForm(NamedTuple):
    """A sentence about what a patient holds: swallowed, used otherwise, and of tablets where it is another."""

    swallowed: Said
    used: Said
    of_tablets: Said | None = None

    def said_of(self, form: DosageForm) -> Said:
        """The sentence for that form."""
        if form == TABLET and self.of_tablets is not None:
            return self.of_tablets
        return self.swallowed if form.swallowed else self.used


def things_in_words(form: DosageForm) -> Value:
    """Tablets, liquid medicine, inhaler. A form without words here has its own name."""
    if not _has_words(form):
        return said_as("what a patient has at home", "{name}", name=Quoted(form.things, "en"))
    return Said(form.things, (), None, AT_HOME)


def unit_in_words(form: DosageForm, *, many: bool = False) -> Value:
    """What is counted: tablet, mL; for another number than one: tablets, mL."""
    word = form.many if many else form.one
    if form.is_measured:
        return Quoted(word)
    return (
        Said(word, (), None, UNIT)
        if _has_words(form)
        else said_as("what is counted", "{name}", name=Quoted(word, "en"))
    )


def count_in_words(form: DosageForm, count: Count) -> Value:
    """2 tablets, 1½ tablets, 2.5 mL."""
    number = Decimal(count).normalize()
    if form.is_measured:
        return Amount(number, MILLILITRE)
    if not _has_words(form):
        return said_as(
            "so many of it", "{number} {unit}", number=number, unit=unit_in_words(form, many=not 0 < number <= 1)
        )
    whole, part = divmod(number, 1)
    if part != _HALF:
        words, n = _counted(form), int(number) if not part else number
        return Said(words.one, (("n", n),), words.many, COUNT)
    words = _and_a_half(form) if whole else _half(form)
    return Said(words.one, (("n", int(whole)),) if whole else (), words.many, COUNT)


def words_of_forms() -> Iterator[FormWord]:
    """Everything that is said of a form, for the catalogues."""
    for form in (*FORMS.values(), MEDICINE):
        yield FormWord(AT_HOME, form.things)
        if not form.is_measured:
            yield from (FormWord(UNIT, form.one), FormWord(UNIT, form.many), _counted(form))
        if form.counted is Counted.WHOLE:
            yield from (_half(form), _and_a_half(form))


def _has_words(form: DosageForm) -> bool:
    return form == MEDICINE or form.name in FORMS


def _counted(form: DosageForm) -> FormWord:
    return FormWord(COUNT, f"{{n}} {form.one}", f"{{n}} {form.many}")


def _half(form: DosageForm) -> FormWord:
    return FormWord(COUNT, f"½ {form.one}")


def _and_a_half(form: DosageForm) -> FormWord:
    return FormWord(COUNT, f"{{n}}½ {form.many}", f"{{n}}½ {form.many}")

"""Looking up a word that somebody wrote: it is known, another name for something known, or unknown with what is nearest to it.

    ADVERSE_EVENTS.look_up("HFS")       Synonym("Palmar-plantar erythrodysesthesia syndrome", written="HFS")
    ADVERSE_EVENTS.look_up("Diarrea")   Unknown("Diarrea", nearest=("Diarrhea", ...))

Nothing is guessed. Only a listed synonym is taken, and whoever takes it says so; for everything else the nearest words are
offered and a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeAlias

from scheduler.said import ONE_OF, Code, Name, Said, listed, said


@dataclass(frozen=True, slots=True)
class Known:
    """The word itself, but for large and small letters and spaces."""

    name: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another listed name, or another spelling, of ``name``. ``ours`` marks a Chinese word that we translated ourselves."""

    name: str
    written: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that nobody listed, with the names nearest to it, the best first; none where nothing is like it."""

    written: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """A word that may stand for any of these names: acute coronary syndrome. It is taken as it is, and a person may say which."""

    names: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Specified:
    """What has no name of its own: the term that stands for the rest of its class, and what was specified behind the colon."""

    term: str
    words: str

    @property
    def name(self) -> str:
        """As it is recorded: "Cardiac disorders - Other, specify: cardiac sarcoidosis"."""
        return f"{self.term}: {self.words}"


Listed: TypeAlias = Known | Synonym | Either | Specified
Reading: TypeAlias = Listed | Unknown

_APART = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212-()（）,，.;:'’`", " ") | {"γ": "gamma", "α": "alpha"}
)
"""What stands between words, or is a letter with a name."""

_SPELLINGS = {
    "ae": "e",  # anaemia, haemorrhage
    "æ": "e",
    "oe": "e",  # oedema, diarrhoea
    "œ": "e",
    "colou": "colo",
    "ou(?=rs?\\b)": "o",  # tumour, odour
    "leuc": "leuk",
    "sulph": "sulf",
    "fibre\\b": "fiber",
    "litre\\b": "liter",
    "ys(?=e[drs]?\\b)": "yz",  # paralyse
    "is(?=(?:e[drs]?|ing|ation)\\b)": "iz",  # generalised
}
"""British spellings and what Americans write."""
_BRITISH = re.compile("|".join(_SPELLINGS))
_AMERICAN = {re.sub(r"\(.*|\\b", "", pattern): spelling for pattern, spelling in _SPELLINGS.items()}
_ALIKE, _BEST = 72, 3
"""How alike a word must be, of 100, to be offered, and how many are."""


def folded(text: str) -> str:
    """What two spellings of one word have in common: British and American, hyphens and spaces, large and small letters."""
    text = _BRITISH.sub(lambda found: _AMERICAN[found[0]], text.casefold().translate(_APART))
    return " ".join(text.split())


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The names of one kind of thing, with what else each is called. ``what`` is how the kind is spoken of: "a medicine";
    of `text_of` where people who read other languages come across it.

    ``synonyms`` has other names in letters, ``ours`` the Chinese ones that we translated, each with the name that it stands for.
    ``either`` has words that may stand for one of several names, ``others`` the names that take words of one's own behind a
    colon.
    """

    what: str
    names: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    ours: Mapping[str, str] = field(default_factory=dict)
    either: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def look_up(self, text: str) -> Reading:
        """What a word means."""
        found = self.known(text)
        return found if found is not None else Unknown(text, self.nearest(text))

    def known(self, text: str) -> Listed | None:
        """The same where the word is listed, else None. Does not look for what is nearest, which takes time."""
        return _listed(self, " ".join(text.split()))

    def _read(self, written: str) -> Listed | None:
        name = self._exact.get(written.casefold())
        if name is not None:
            return Known(name)
        key = folded(written)
        found = self._by_spelling.get(key)
        if found is not None:
            return Synonym(found.name, written, found.ours)
        either = next((names for said, names in self.either.items() if folded(said) == key), None)
        return Either(either, written) if either is not None else self._specified(written)

    def _specified(self, written: str) -> Specified | None:
        before, colon, words = (part.strip() for part in written.partition(":"))
        term = next((other for other in self.others if folded(other) == folded(before)), None)
        return Specified(term, words) if term is not None and colon and words else None

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.names}

    @cached_property
    def _by_spelling(self) -> dict[str, Synonym]:
        """Every name and synonym by what its spellings have in common; a name goes before a synonym."""
        found = {folded(name): Synonym(name, name) for name in self.names}
        for written, name in self.synonyms.items():
            found.setdefault(folded(written), Synonym(name, written))
        for written, name in self.ours.items():
            found.setdefault(folded(written), Synonym(name, written, ours=True))
        return found

    def named(self, text: str) -> str | None:
        """The one name that a listed word stands for; None for any other."""
        found = self.known(text)
        return found.name if isinstance(found, Known | Synonym) else None

    def as_name(self, name: str) -> Name:
        """A name with the first of our Chinese ones behind it, where it has any."""
        chinese = self._in_chinese.get(name)
        return Name((("en", name), *((("zh", chinese),) if chinese else ())))

    @cached_property
    def _in_chinese(self) -> dict[str, str]:
        return {name: written for written, name in reversed(tuple(self.ours.items()))}

    def nearest(self, text: str, most: int = _BEST) -> tuple[str, ...]:
        """The names that are most like a word, the best first."""
        return _nearest(self, folded(text))[:most]

    def search(self, text: str, most: int = 12) -> tuple[str, ...]:
        """What to offer while somebody types: names that begin so, then those with a word that does, then what is like it."""
        wanted = folded(text)
        if not wanted:
            return ()
        begun = self.beginning(text)
        within = [found.name for key, found in self._by_spelling.items() if f" {wanted}" in key]
        like = [] if len(begun) + len(within) >= most else self.nearest(text, most)
        return tuple(dict.fromkeys([*begun, *within, *like]))[:most]

    def beginning(self, text: str) -> tuple[str, ...]:
        """The names of which one spelling begins so, in the order of the list."""
        wanted = folded(text)
        return tuple(dict.fromkeys(found.name for key, found in self._by_spelling.items() if key.startswith(wanted)))

    @cached_property
    def _to_rank(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every spelling with the names that it stands for."""
        one = ((key, (found.name,)) for key, found in self._by_spelling.items())
        return (*one, *((folded(said), names) for said, names in self.either.items()))

    def _ranked(self, wanted: str, at_least: int) -> list[tuple[str, float]]:
        """Names with how alike they are, by their most alike spelling; equally alike ones in the order of the alphabet."""
        from rapidfuzz import fuzz

        best: dict[str, float] = {}
        for key, names in self._to_rank:
            # Words in another order or with others around them count a little less than one slip of the hand.
            alike = max(
                fuzz.ratio(wanted, key),
                0.95 * fuzz.token_sort_ratio(wanted, key),
                0.9 * fuzz.token_set_ratio(wanted, key),
            )
            if alike >= at_least:
                best |= {name: alike for name in names if alike > best.get(name, 0)}
        return sorted(best.items(), key=lambda each: (-each[1], each[0]))


def read_table(what: str, table: str, others: tuple[str, ...] = ()) -> Vocabulary:
    """A vocabulary from lines of "name | other names | Chinese names, our own", with commas between the names."""
    rows = [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]
    return Vocabulary(
        what,
        tuple(name for name, _, _ in rows),
        synonyms={said: name for name, synonyms, _ in rows for said in _each(synonyms)},
        ours={said: name for name, _, ours in rows for said in _each(ours)},
        others=others,
    )


def _each(text: str) -> list[str]:
    return [said.strip() for said in text.split(",") if said.strip()]


@lru_cache(maxsize=8192)
def _listed(vocabulary: Vocabulary, written: str) -> Listed | None:
    """The same few words are recorded again and again."""
    return vocabulary._read(written)


@lru_cache(maxsize=1024)
def _nearest(vocabulary: Vocabulary, wanted: str) -> tuple[str, ...]:
    """A word that a log has is looked up whenever its calendar is made."""
    return tuple(name for name, _ in vocabulary._ranked(wanted, _ALIKE))


def offer(names: Iterable[str]) -> str | None:
    """The nearest words as a question: "did you mean 'A' or 'B'?"; None where there are none."""
    offered = offer_of(names)
    return None if offered is None else str(offered)


def offer_of(names: Iterable[str]) -> Said | None:
    """The same for a reader of any language."""
    quoted = [Code(f"'{name}'") for name in names]
    return said("did you mean {names}?", names=listed(*quoted, how=ONE_OF)) if quoted else None

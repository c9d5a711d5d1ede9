"""What an explanation is: a title and a few plain sentences, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.said import Code, Value, in_english, said


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and where it comes from: ``protocol.yaml:47``, ``event 5``, ``site: imaging``, the id of an entry.

    A sentence without a source says what the calendar itself holds.
    """

    said: Value
    source: str | None = None

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return in_english(self.said)

    def __str__(self) -> str:
        return self.sentence if self.source is None else f"{self.sentence} [{self.source}]"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entry stands where it stands.

    ``lines`` tell what set it, in the order of telling; ``looked_at`` what could have set it and did not. ``explain_next``
    are the ids of the entries that it counts from: their own reasons are told there.
    """

    entry: str
    answer: Value
    lines: tuple[Told, ...]
    looked_at: tuple[Told, ...] = ()
    explain_next: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The answer in one English sentence."""
        return in_english(self.answer)

    def as_keys(self) -> dict[str, object]:
        """The same for other programs, in English."""
        lines, looked_at = (
            tuple({"sentence": told.sentence, "source": told.source} for told in several)
            for several in (self.lines, self.looked_at)
        )
        return {
            "entry": self.entry,
            "title": self.title,
            "lines": lines,
            "looked_at": looked_at,
            "explain_next": self.explain_next,
        }

    def __str__(self) -> str:
        return self.in_words(in_english)

    def in_words(self, say: Callable[[Value], str]) -> str:
        """All of it, a sentence on each line; ``say`` says one in the reader's language."""
        lines = [say(self.answer), *(_bullet(told, say) for told in self.lines)]
        if self.looked_at:
            lines += [say(said("Looked at, but it did not decide:")), *(_bullet(told, say) for told in self.looked_at)]
        if self.explain_next:
            lines.append(say(said("Explain next: {entries}", entries=Code(", ".join(self.explain_next)))))
        return "\n".join(lines)


def source_in_words(source: str) -> Value:
    """Where a sentence comes from, for a reader of any language: event 5, site: imaging; a line and an entry as they are."""
    kind, _, number = source.partition(" ")
    if kind == "event":
        return said("event {number}", number=Code(number))
    if kind == "site:":
        return said("site: {resource}", resource=Code(number))
    return said("the site's open days") if kind == "site" else Code(source)


def _bullet(told: Told, say: Callable[[Value], str]) -> str:
    return f"  {say(told.said)} [{told.source}]" if told.source else f"  {say(told.said)}"

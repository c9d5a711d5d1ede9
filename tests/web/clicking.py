"""A person who clicks: links and buttons by their words, forms with what they carry; each click is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from httpx2 import Response

from tests.web.people import Person, words_of


@dataclass
class Clicking:
    """One person, the page that the person looks at, and how many clicks it took."""

    person: Person
    page: Response = field(init=False)
    clicks: int = 0

    def goes_to(self, path: str) -> Clicking:
        self.page = self.person.get(path)
        assert self.page.status_code == 200, (path, self.page.status_code)
        return self

    def links(self, words: str, within: str = "") -> list[str]:
        """The addresses of the links of these words, such as those with ``within`` in them."""
        found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.page.text, re.DOTALL)
        return [
            unescape(path)
            for path, inner in found
            if within in unescape(path)
            and re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner)).strip().startswith(words)
        ]

    def clicks_on(self, words: str, within: str = "") -> Clicking:
        self.clicks += 1
        return self.lands_on(self.person.get(self.links(words, within)[0]))

    def presses(self, button: str, **typed: str | list[str]) -> Clicking:
        """A button by its words, in the form that has it."""
        self.clicks += 1
        for form in re.findall(r"(?s)<form .*?</form>", self.page.text):
            for more, inner in re.findall(r"(?s)<button([^>]*)>(.*?)</button>", form):
                if unescape(re.sub(r"<[^>]+>", "", inner)).strip() == button:
                    return self._sends(form, more, typed)
        raise AssertionError((button, words_of(self.page)))

    def _sends(self, form: str, button: str, typed: dict[str, str | list[str]]) -> Clicking:
        head = form[: form.index(">")]
        action = re.search(r'formaction="([^"]+)"', button) or re.search(r' action="([^"]+)"', head)
        assert action is not None
        fields: dict[str, str | list[str]] = {}
        # What is marked up outside the form and belongs to it by its id, is sent with it.
        own = re.search(r' id="([^"]+)"', head)
        outside = re.findall(rf'<input[^>]* form="{own[1]}"[^>]*>', self.page.text) if own else []
        for tag in [*re.findall(r"<input[^>]*>", form), *outside]:
            said = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
            if "name" not in said or (said.get("type") in ("checkbox", "radio") and " checked" not in tag):
                continue
            value = unescape(said.get("value", ""))
            before = fields.get(said["name"])
            fields[said["name"]] = (
                value if before is None else [*([before] if isinstance(before, str) else before), value]
            )
        pressed = dict(re.findall(r'(name|value)="([^"]*)"', button))
        if "name" in pressed:
            fields[pressed["name"]] = unescape(pressed.get("value", ""))
        fields |= typed
        if 'method="get"' in head:
            return self.lands_on(self.person.browser.get(unescape(action[1]), params=fields))
        return self.lands_on(self.person.browser.post(unescape(action[1]), data=fields))

    def lands_on(self, answer: Response) -> Clicking:
        """The page, where need be after being sent on."""
        self.page = self.person.get(answer.headers["location"]) if answer.status_code == 303 else answer
        return self

    @property
    def reads(self) -> str:
        return words_of(self.page)

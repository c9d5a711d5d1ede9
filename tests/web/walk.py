"""A walk through all pages as somebody reads them: every link is followed and every form looked at as it stands, each kind of
page a few times. What it reads is what a person may reach, so that no page is forgotten in a list."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from httpx2 import Response

from scheduler.web.guards.roles import TABLE
from tests.web.people import Person

CHOICES = ("event", "what", "view", "list", "kind", "of", "sort", "status")
"""What a page is about, where its address says it: each of these is a page of its own."""

_TEMPLATES = [
    (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path)
    for path in sorted({path for _, path in TABLE}, key=lambda path: path.count("{"))
]
_LOOKING = re.compile(r"/(preview|look)\Z|\A/(enrol|unsaved/.*)\Z")
_FORM = re.compile(r'(?s)<form method="post" action="([^"]*)"[^>]*>(.*?)</form>')


@dataclass(frozen=True, slots=True)
class Seen:
    """A page: by which address, and what it said."""

    address: str
    answer: Response


def walk(person: Person, *starts: str, each: int = 2) -> Iterator[Seen]:
    """Every page that can be reached from there, each kind of page at most so many times."""
    todo, asked, times = deque(starts or ("/",)), set(starts), Counter[tuple[str, ...]]()
    while todo:
        address = todo.popleft()
        if times[kind := _kind(address)] >= each:
            continue
        times[kind] += 1
        answer = person.get(address)
        # A page that is handed out as a file is a list on its own, with the protocol's sentences in it.
        if "text/html" not in answer.headers.get("content-type", "") or "content-disposition" in answer.headers:
            continue
        yield Seen(address, answer)
        for link in map(unescape, re.findall(r'<a\b[^>]*?\bhref="(/[^"#]*)', answer.text)):
            if link not in asked:
                asked.add(link)
                todo.append(link)
        for action, fields in _forms(answer.text):
            if times[kind := ("POST", *_kind(action), fields.get("event", ""))] < each:
                times[kind] += 1
                yield Seen(f"POST {action} {fields.get('event', '')}", person.sends(action, **fields))


def _kind(address: str) -> tuple[str, ...]:
    parts = urlsplit(address)
    template = next((path for pattern, path in _TEMPLATES if pattern.fullmatch(parts.path)), parts.path)
    query = parse_qsl(parts.query)
    return template, *sorted(f"{name}={value}" if name in CHOICES else name for name, value in query)


def _forms(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The forms that only look at what they are given, as the browser would send them."""
    for action, inside in _FORM.findall(page):
        if _LOOKING.search(urlsplit(unescape(action)).path):
            fields = dict(re.findall(r'<input\b[^>]*?\bname="(\w+)"[^>]*?\bvalue="([^"]*)"', inside))
            for name, options in re.findall(r'(?s)<select\b[^>]*?\bname="(\w+)"[^>]*>(.*?)</select>', inside):
                chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(
                    r'<option value="([^"]+)"', options
                )
                fields[name] = chosen[0] if chosen else ""
            fields.pop("form_token", None)
            yield unescape(action), {name: unescape(value) for name, value in fields.items()}

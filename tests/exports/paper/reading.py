"""A PDF as a screen reader takes it: the tagged structure, and the text that belongs to each tag. pypdf does the parsing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.generic import ContentStream

Table = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """What a reader finds in the file: its pages as text, and headings, tables and list items by their tags."""

    reader: pypdf.PdfReader
    pages: tuple[str, ...]
    headings: tuple[str, ...]
    tables: tuple[Table, ...]
    items: tuple[str, ...]

    @property
    def text(self) -> str:
        """All pages, with single spaces."""
        return " ".join(" ".join(self.pages).split())


def read_pdf(data: bytes) -> Sheet:
    """Read it. A PDF without tags is no sheet of ours."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    texts = {page.indirect_reference.idnum: _texts(page, reader) for page in reader.pages if page.indirect_reference}
    elements = list(_elements(root["/StructTreeRoot"]))
    return Sheet(
        reader=reader,
        pages=tuple(page.extract_text() for page in reader.pages),
        headings=tuple(_said(each, texts) for each in elements if re.fullmatch("/H[1-6]", each.get("/S", ""))),
        tables=tuple(
            [[_said(cell, texts) for cell in _below(row, "/TH", "/TD")] for row in _below(each, "/TR")]
            for each in elements
            if each.get("/S") == "/Table"
        ),
        items=tuple(_said(each, texts) for each in elements if each.get("/S") == "/LBody"),
    )


def _below(element: Any, *kinds: str) -> list[Any]:
    return [each for each in _elements(element) if each.get("/S") in kinds]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, list) else [kids]


def _elements(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _elements(found)


def _said(element: Any, texts: dict[int, dict[int, str]], page: int | None = None) -> str:
    """The text below an element, in the order of its tags."""
    if "/Pg" in element:
        page = element.raw_get("/Pg").idnum
    parts = []
    for kid in _kids(element):
        found = kid.get_object()
        if isinstance(found, int):
            parts.append(texts[page or 0].get(found, ""))
        elif "/MCID" in found:
            on = found.raw_get("/Pg").idnum if "/Pg" in found else page
            parts.append(texts[on or 0].get(found["/MCID"], ""))
        elif "/S" in found:
            parts.append(_said(found, texts, page))
    return " ".join(" ".join(parts).split())


def _texts(page: pypdf.PageObject, reader: pypdf.PdfReader) -> dict[int, str]:
    """The text of each piece of marked content on a page."""
    fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
    letters = {name: _letters(fonts[name]) for name in fonts}
    found: dict[int, str] = {}
    marks: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            mark = operands[1].get("/MCID") if operator == b"BDC" and isinstance(operands[1], dict) else None
            marks.append(mark if mark is not None else (marks[-1] if marks else None))
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            font = letters[operands[0]]
        elif operator in (b"Tj", b"TJ") and marks and marks[-1] is not None:
            found[marks[-1]] = found.get(marks[-1], "") + _shown(operands[0], font)
        elif operator in (b"Td", b"Tm", b"T*") and marks and marks[-1] in found:
            found[marks[-1]] += " "
    return found


def _shown(operand: Any, font: dict[int, str]) -> str:
    pieces = operand if isinstance(operand, list) else [operand]
    raw = b"".join(piece.original_bytes for piece in pieces if hasattr(piece, "original_bytes"))
    return "".join(font[int.from_bytes(raw[place : place + 2])] for place in range(0, len(raw), 2))


def _letters(font: Any) -> dict[int, str]:
    """What each glyph of a font means: PDF/UA demands that it is said."""
    text = font["/ToUnicode"].get_data().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for glyph, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for number in range(int(first, 16), int(last, 16) + 1):
                found[number] = chr(int(letter, 16) + number - int(first, 16))
    return found

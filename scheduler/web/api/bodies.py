"""Reading the body of a request: strict, everything that is wrong at once, and each with a JSON pointer to where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Header, Request

from scheduler.errors import InvalidText
from scheduler.patient.events import validate_events
from scheduler.source.node import Data, Node
from scheduler.store.values import ANSWERS_KEPT
from scheduler.web.api.problems import not_understood
from scheduler.web.problems import Problem
from scheduler.written import Written

W = TypeVar("W", bound=Written)

MEDIA_TYPE: Final = "application/json"
_LARGEST = 2**53 - 1
_DEEPEST = 12


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="A name of your own for this request, new for each, such as a UUID. Sent again with it after a lost answer, "
        f"the request records nothing more and is answered as before, for {ANSWERS_KEPT.days} days. With another body it is 422.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


def said_in(body: Written) -> str:
    """What a body asks for, the same for equal bodies however they are laid out. A password is no part of it."""
    return body.model_dump_json(by_alias=True, exclude_unset=True, exclude={"password"})


class _NotPlain(ValueError):
    """What JSON can spell and other programs read otherwise (RFC 7493, I-JSON)."""


@dataclass(frozen=True, slots=True)
class BodyOf(Generic[W]):
    """What a route depends on to get its body, and what the document describes it by."""

    model: type[W]

    async def __call__(self, request: Request) -> W:
        """The body. Raises Problem for one that is no JSON, or says something else."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != MEDIA_TYPE:
            raise Problem(415, "not-json", "The body is not JSON", f"Send it as Content-Type: {MEDIA_TYPE}.")
        node = _node(_data(await request.body()), count(1))
        try:
            return validate_events(node, self.model)
        except InvalidText as error:
            found = (replace(each, place=None, path=node.known(each.path or ())) for each in error.findings)
            raise not_understood(found) from None


def _data(body: bytes) -> Data:
    try:
        # What has a fraction stays as it was written, as in a case file: a dose is no binary fraction.
        data: Data = json.loads(
            body.decode("utf-8"),
            parse_float=str,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _NotPlain) else "It is not JSON in UTF-8."
        raise Problem(400, "bad-json", "The body is not JSON", why) from None
    return data


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > _LARGEST:
        raise _NotPlain("It has a number with more digits than programs agree on.")
    return int(digits)


def _no_number(name: str) -> None:
    raise _NotPlain("It has a number that is none.")


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain("It has a key twice.")
    return found


def _node(value: Data, lines: Iterator[int], depth: int = 0) -> Node:
    """The value with a line of its own for everything in it, so that findings come in the order of reading."""
    if depth > _DEEPEST:
        raise Problem(400, "bad-json", "The body is not understood", "It is nested too deeply.")
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    line = next(lines)
    children = {key: _node(each, lines, depth + 1) for key, each in inside}
    keys = {key: (child.line, 1) for key, child in children.items() if isinstance(key, str)}
    return Node(value, "body", line, 1, keys, children)

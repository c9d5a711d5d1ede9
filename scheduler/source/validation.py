"""Data with places into a model: every fault at once, each at its line, in the words of the people who write protocols."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.source.allowed import Allowed
from scheduler.source.faults import Fault, best_of_alternatives, read_fault
from scheduler.source.node import Node

M = TypeVar("M")

_MOST = 100


def validate(node: Node, model: type[M] | TypeAdapter[M], known: object = None) -> M:
    """The model that this text describes. Raises InvalidText with all findings.

    The data are judged as JSON, not as Python objects, because that is what text can say: a list may become a tuple or a
    set, a word an enum's member, and a key ``1`` a whole number, while strict models still refuse ``"1"`` for 1. What is
    ``known`` beside the text, validators find as their context.
    """
    # mypy does not know that every class has a hash.
    adapter: TypeAdapter[M] = model if isinstance(model, TypeAdapter) else _adapter_of(model)  # type: ignore[arg-type]
    try:
        return adapter.validate_json(json.dumps(node.value), by_alias=True, by_name=False, context=known)
    except ValidationError as error:
        allowed = _allowed_by(adapter)
        faults = [read_fault(details, node, allowed) for details in error.errors(include_url=False)[:_MOST]]
        findings = [_finding(fault, node) for fault in best_of_alternatives(faults)]
        if error.error_count() > _MOST:
            message = f"there are more than {_MOST} faults; here are the first"
            hint = "put these right, then look again"
            findings.append(Finding("too-many", Severity.ERROR, message, hint, node.place(), path=()))
        raise InvalidText(findings) from None


# Reading a model's own definition takes longer than reading most texts, and it never changes.


@cache
def _adapter_of(model: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(model)


@cache
def _allowed_by(adapter: TypeAdapter[Any]) -> Allowed:
    return Allowed(adapter.json_schema())


def _finding(fault: Fault, node: Node) -> Finding:
    if fault.at_key:
        place = node.key_place(*fault.path)
    elif fault.offset:
        place = node.place_in(fault.path, fault.offset)
    else:
        place = node.place(*fault.path)
    path = fault.path if fault.lacks is None else (*fault.path, fault.lacks)
    return Finding(
        fault.code,
        Severity.ERROR,
        fault.message,
        fault.hint,
        place,
        path=path,
        said=fault.said if fault.said is not None and str(fault.said) == fault.message else None,
        said_hint=fault.said_hint if fault.said_hint is not None and str(fault.said_hint) == fault.hint else None,
    )

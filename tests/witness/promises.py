"""What programs may rely on, one promise a line: the API's routes and fields, the names in Python, commands and options.

A line that begins with `needed` is a field that a request must have: no version may ask for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

NEEDED = "needed "


def promises(document: Mapping[str, Any], command: Any) -> tuple[str, ...]:
    """All of this version, in order. ``document`` describes its API, ``command`` is its command line."""
    names = (f"name {name}" for name in import_module("scheduler").__all__)
    return tuple(sorted({*_of_api(document), *names, *_of_command(command, ())}))


def broken(promised: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    """What was promised and is not so now: something is gone, or a request that was whole lacks something."""
    gone = [each for each in promised if each not in set(now) and not each.startswith(NEEDED)]
    routes = {each.partition(" ")[2] for each in promised if each.startswith("route ")}
    more = [each for each in now if each.startswith(NEEDED) and each not in set(promised)]
    return gone + [each for each in more if " ".join(each.split(" ")[1:3]) in routes]


def _of_api(document: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            route = f"{method.upper()} {path}"
            yield f"route {route}"
            yield from _of_request(document, route, one)
            for status, answer in one["responses"].items():
                for schema in _schemas(answer) if status.startswith("2") else ():
                    yield from (f"told {route} {name}" for name, _ in _fields(document, schema, ""))


def _of_request(document: Mapping[str, Any], route: str, one: Mapping[str, Any]) -> Iterator[str]:
    asked = [(f"{each['in']} {each['name']}", each.get("required", False)) for each in one.get("parameters", ())]
    yield from (f"asked {route} {name}" for name, _ in asked)
    taken = [field for schema in _schemas(one.get("requestBody", {})) for field in _fields(document, schema, "")]
    yield from (f"taken {route} {name}" for name, _ in taken)
    yield from (f"{NEEDED}{route} {name}" for name, needed in (*asked, *taken) if needed)


def _schemas(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (content.get("schema", {}) for content in part.get("content", {}).values())


def _fields(
    document: Mapping[str, Any], schema: Mapping[str, Any], before: str, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bool]]:
    """Each field by its path, and whether it must be there."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _fields(document, document["components"]["schemas"][name], before, seen | {name})
        return
    several = (*schema.get("anyOf", ()), *schema.get("oneOf", ()))
    for part in several:
        # Of several shapes a field may be needed in one alone.
        yield from ((name, False) for name, _ in _fields(document, part, before, seen))
    for part in schema.get("allOf", ()):
        yield from _fields(document, part, before, seen)
    if "items" in schema:
        yield from _fields(document, schema["items"], f"{before}[]", seen)
    for name, one in schema.get("properties", {}).items():
        yield f"{before}.{name}", name in schema.get("required", ())
        yield from _fields(document, one, f"{before}.{name}", seen)


def _of_command(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    for name, one in getattr(command, "commands", {}).items():
        yield from _of_command(one, (*path, name))
    if hasattr(command, "commands"):
        return
    yield f"command {' '.join(path)}"
    for parameter in command.params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            if option.startswith("--") and option != "--help" and not getattr(parameter, "hidden", False):
                yield f"option {' '.join(path)} {option}"

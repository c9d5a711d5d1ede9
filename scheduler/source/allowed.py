"""What may stand at each place of a text: the keys, the words, and what a place is for.

It is read from the model's JSON Schema, the same that editors complete from, so a hint never names what is not allowed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.source.node import Node, Step

Schema = dict[str, Any]

_KINDS_BY_LABEL = {
    "list": "array",
    "tuple": "array",
    "set": "array",
    "frozenset": "array",
    "dict": "object",
    "str": "string",
    "int": "integer",
    "bool": "boolean",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text, reached by the way that pydantic reports.

    ``alternative`` is set when the way goes through a value that may be one of several kinds: where that value stands, and
    which of the kinds was tried.
    """

    path: tuple[Step, ...]
    schemas: tuple[Schema, ...]
    alternative: tuple[tuple[Step, ...], str] | None = None


class Allowed:
    """The rules of one model."""

    def __init__(self, schema: Schema) -> None:
        self._top = schema
        self._definitions: dict[str, Schema] = schema.get("$defs", {})

    def find(self, way: tuple[Step, ...], node: Node) -> Spot:
        """Follows pydantic's way. It names, besides keys and indices, the kind that was tried wherever there are several."""
        spot = Spot((), (self._top,))
        chosen = False
        for step in way:
            schemas = tuple(self._alternatives(spot.schemas))
            tagged = next((_by_tag(schema)[str(step)] for schema in schemas if str(step) in _by_tag(schema)), None)
            if tagged is not None and not chosen:
                spot, chosen = Spot(spot.path, ({"$ref": tagged},), spot.alternative), True
            elif len(schemas) > 1 and not chosen:
                narrowed = tuple(schema for schema in schemas if _is_called(schema, str(step)))
                alternative = spot.alternative or (spot.path, str(step))
                spot = Spot(spot.path, narrowed or schemas, alternative)
                chosen = not any(_by_tag(schema) for schema in spot.schemas)
            else:
                known = _step_in(node, spot.path, step)
                if known is None:
                    break
                inside = tuple(found for schema in schemas if (found := _inside(schema, step)) is not None)
                spot, chosen = Spot((*spot.path, known), inside, spot.alternative), False
        return spot

    def keys(self, spot: Spot) -> tuple[str, ...]:
        """The keys that may stand in the mapping at this place."""
        return tuple(key for schema in self._alternatives(spot.schemas) for key in schema.get("properties", {}))

    def words(self, spot: Spot) -> tuple[str, ...]:
        """The words that may stand at this place, when they are a closed list."""
        schemas = tuple(self._alternatives(spot.schemas))
        words = [schema["const"] for schema in schemas if "const" in schema]
        return tuple(map(str, words + [word for schema in schemas for word in schema.get("enum", ())]))

    def tags(self, spot: Spot) -> tuple[str, ...]:
        """The words that may stand at the key which says what kind of mapping this is."""
        return tuple(tag for schema in self._alternatives(spot.schemas) for tag in _by_tag(schema))

    def purpose(self, spot: Spot) -> str | None:
        """What this place is for, as the model describes it, or an example."""
        for schema in (*spot.schemas, *self._alternatives(spot.schemas)):
            if examples := schema.get("examples"):
                return f"for example {examples[0]}"
            if description := schema.get("description"):
                return str(description).split("\n\n")[0].replace("\n", " ")
        return None

    def purpose_of_key(self, spot: Spot, key: str) -> str | None:
        """What a key of the mapping at this place is for, also when the text does not have that key."""
        inside = tuple(
            found for schema in self._alternatives(spot.schemas) if (found := _inside(schema, key)) is not None
        )
        return self.purpose(Spot((), inside))

    def purpose_of_names(self, spot: Spot) -> str | None:
        """What the keys of the mapping at this place look like, where people choose them."""
        schemas = self._alternatives(spot.schemas)
        found = (schema["propertyNames"].get("description") for schema in schemas if "propertyNames" in schema)
        return next((str(description) for description in found if description), None)

    def _alternatives(self, schemas: tuple[Schema, ...]) -> Iterator[Schema]:
        for schema in schemas:
            if "$ref" in schema:
                yield from self._alternatives((self._definitions[schema["$ref"].removeprefix("#/$defs/")],))
            elif "anyOf" in schema:
                yield from self._alternatives(tuple(schema["anyOf"]))
            elif "oneOf" in schema and not _by_tag(schema):
                yield from self._alternatives(tuple(schema["oneOf"]))
            elif schema.get("type") != "null":
                yield schema


def _by_tag(schema: Schema) -> dict[str, str]:
    mapping: dict[str, str] = schema.get("discriminator", {}).get("mapping", {})
    return mapping


def _is_called(schema: Schema, label: str) -> bool:
    if label.startswith("tagged-union"):
        return bool(_by_tag(schema))
    if label.startswith("literal"):
        return "const" in schema or "enum" in schema
    kind = _KINDS_BY_LABEL.get(label.partition("[")[0])
    return schema.get("type") == kind if kind else schema.get("title") == label


def _step_in(node: Node, path: tuple[Step, ...], step: Step) -> Step | None:
    """The step as the text has it: pydantic gives a key that became a number as a number."""
    children = node.at(*path).children
    return next((known for known in (step, str(step)) if known in children), None)


def _inside(schema: Schema, step: Step) -> Schema | None:
    if isinstance(step, int) and "prefixItems" in schema:
        items: list[Schema] = schema["prefixItems"]
        return items[step] if step < len(items) else None
    if "items" in schema and isinstance(step, int):
        found = schema["items"]
    else:
        others = next(iter(schema.get("patternProperties", {}).values()), schema.get("additionalProperties"))
        found = schema.get("properties", {}).get(str(step), others)
    return found if isinstance(found, dict) else None

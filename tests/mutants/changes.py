"""The small changes that can be made to a module, one by one, as mutmut makes them: where each is, and the text it leaves."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Change:
    """One change inside one function or method of a module.

    ``lines`` are those of the statement that it changes. ``name`` stays while the function does, wherever it stands in its file.
    """

    path: Path
    function: str
    line: int
    lines: range
    was: str
    name: str
    text: str

    @property
    def module(self) -> str:
        return ".".join(self.path.with_suffix("").parts)

    @cached_property
    def becomes(self) -> str:
        """The line that differs first, as it is after the change."""
        pairs = zip(self.text.splitlines(), self.path.read_text("utf-8").splitlines(), strict=False)
        return next((new.strip() for new, old in pairs if new != old), "")


class Changes:
    """All changes that can be made to one module, in the order of its lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        source = path.read_text("utf-8")
        module, found, _, _ = create_mutations(str(path), source)
        self._module = module
        self._places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        self._lines = source.splitlines()
        self._tree = ast.parse(source)
        inside = {line for _, node in functions_of(self._tree) for line in range(node.lineno, node.end_lineno + 1)}
        # What stands outside of functions is read once and for all: a change of it cannot be made in a program that runs.
        self._mutations = [each for each in found if self._line(each) in inside]

    def __len__(self) -> int:
        return len(self._mutations)

    def __getitem__(self, number: int) -> Change:
        mutation = self._mutations[number]
        line = self._line(mutation)
        text = _changed(self._module, mutation)
        function = function_at(self._tree, line)
        digest = hashlib.sha256(f"{_text_of(self._tree, function)}\n{_text_of(ast.parse(text), function)}".encode())
        return Change(
            self.path,
            function,
            line,
            statement_at(self._tree, line),
            self._lines[line - 1].strip(),
            f"{'.'.join(self.path.with_suffix('').parts)}.{function} {digest.hexdigest()[:12]}",
            text,
        )

    def _line(self, mutation: Mutation) -> int:
        place = self._places.get(mutation.original_node)
        return place.start.line if place is not None else 0


def _changed(module: cst.Module, mutation: Mutation) -> str:
    return cast(cst.Module, deep_replace(module, mutation.original_node, mutation.mutated_node)).code


def functions_of(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """Every function of a module and every method of its classes, by the name it has there."""
    for node in tree.body:
        if isinstance(node, FUNCTIONS):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, FUNCTIONS))


def function_at(tree: ast.Module, line: int) -> str:
    """The function that a line is in."""
    return next(name for name, node in functions_of(tree) if node.lineno <= line <= node.end_lineno)


def _text_of(tree: ast.Module, function: str) -> str:
    return next(ast.unparse(node) for name, node in functions_of(tree) if name == function)


def statement_at(tree: ast.Module, line: int) -> range:
    """The lines of the innermost statement that a line is in; of one with a body, those before it. A signature counts as all."""
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _holds(node, line)]
    inner = max(inside, key=lambda node: (node.lineno, -(node.end_lineno or 0)))
    body = getattr(inner, "body", None)
    if body and not isinstance(inner, FUNCTIONS):
        return range(inner.lineno, max(inner.lineno + 1, body[0].lineno))
    return range(inner.lineno, (inner.end_lineno or inner.lineno) + 1)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)

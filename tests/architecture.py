"""The rules of the architecture, each a function from code to complaints. Nothing is imported: the code is read as text."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from typing import Literal

LAYERS = (
    (
        "dates",
        "local_times",
        "findings",
        "errors",
        "identity",
        "languages",
        "said",
        "source",
        "written",
        "names",
        "vocabulary",
    ),
    ("protocol", "site"),
    ("patient",),
    ("calendar", "store"),
    ("asking",),
    ("views",),
    ("endpoints", "bundling", "stock"),
    ("forecasting",),
    ("notices",),
    ("words",),
    ("exports", "standards"),
    ("folder", "clock"),
    ("scheduler",),  # the package itself: the names that it offers
    ("cohorts",),
    ("web",),
    ("cli",),
    ("__main__",),
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
CORE = {part for parts in LAYERS[: LEVEL["views"] + 1] for part in parts} - {"store"}
MAY_STORE = {"store", "folder", "cohorts", "web", "cli"}

OUTSIDE_WORLD = {
    "clock": "time sched pendulum",
    "files": "os pathlib io shutil tempfile glob fileinput importlib pkgutil sys",
    "network": "socket ssl http urllib email ftplib smtplib asyncio subprocess requests httpx",
    "chance": "random secrets uuid",
    "records": "logging warnings sqlite3 sqlalchemy",
    "faces": "icalendar xlsxwriter typer rich click segno typst jinja2 fastapi uvicorn csv argparse",
    "languages": "babel gettext locale",
}
MAY_IMPORT = {
    "scheduler.local_times": {"pendulum.tz", "pendulum.tz.exceptions"},
    "scheduler.site.public_holidays": {"importlib", "importlib.util", "sys"},
}
"""What these modules of the core may import: pendulum's zones read no clock, and one country's holidays are loaded alone."""

WORLD_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__"}
CLOCK_NAMES = {"now", "utcnow", "today"}

TEXT_MODULES = (
    "scheduler.source*",
    "scheduler.written",
    "scheduler.names",
    "scheduler.protocol.text.*",
    "scheduler.site.text",
    "scheduler.forecasting.expecting.rates_text",
    "scheduler.stock.events",
    "scheduler.patient.*events*",
    "scheduler.patient.case_file.expectation",
    "scheduler.web.*",
)
ONLY_IN = {
    "pydantic": TEXT_MODULES,
    "pydantic_core": TEXT_MODULES,
    "yaml": ("scheduler.source*",),
    "distributed": ("scheduler.cohorts.cluster",),
    "pyarrow": ("scheduler.cohorts.*",),
    "duckdb": ("scheduler.cohorts.*",),
}
ONLY_ONCE = ("holidays",)

SLOW = {
    "icalendar",
    "holidays",
    "xlsxwriter",
    "pendulum",
    "pint",
    "rapidfuzz",
    "segno",
    "typst",
    "jinja2",
    "babel",
    "fastapi",
    "sqlalchemy",
    "alembic",
    "ortools",
    "distributed",
    "dask",
    "pyarrow",
    "duckdb",
    "numpy",
}
LONGEST_FILE = 400
FULLEST_ROOM = 14

When = Literal["on loading", "when called", "for types"]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, where and when."""

    target: str
    line: int
    when: When

    @property
    def library(self) -> str:
        return self.target.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Module:
    """One file of code. ``part`` is the folder or file directly under the package that it belongs to."""

    name: str
    path: str
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def part(self) -> str:
        return self.name.split(".")[1] if "." in self.name else "scheduler"

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


Code = Mapping[str, Module]


def read_code(sources: Mapping[str, str]) -> Code:
    """Modules by name, from texts by path ("scheduler/site/site.py")."""
    names = {path: path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in sources}
    known = set(names.values())
    modules = {}
    for path, text in sorted(sources.items()):
        tree = ast.parse(text, path)
        package = names[path] if path.endswith("__init__.py") else names[path].rpartition(".")[0]
        imports = tuple(_imports(tree, package, known))
        modules[names[path]] = Module(names[path], path, text, tree, imports)
    return modules


def _imports(node: ast.AST, package: str, known: set[str], when: When = "on loading") -> Iterator[Import]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from (Import(target, node.lineno, when) for target in _targets(node, package, known))
    for_types = node.body if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING") else []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        when = "when called"
    for child in _statements_in(node):
        yield from _imports(child, package, known, "for types" if child in for_types else when)


def _statements_in(node: ast.AST) -> Iterator[ast.AST]:
    """Its own statements, and the branches that have some: an import stands in no expression."""
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        found = getattr(node, name, ())
        yield from found if isinstance(found, list) else ()


def _targets(node: ast.Import | ast.ImportFrom, package: str, known: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    else:
        above = package.split(".")[: package.count(".") + 2 - node.level] if node.level else []
        origin = ".".join([*above, node.module] if node.module else above)
        for alias in node.names:
            yield f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in known else origin


def _own(code: Code, module: Module) -> Iterator[tuple[Import, Module]]:
    """What a module imports from the package itself."""
    for wanted in module.imports:
        if wanted.library == "scheduler":
            yield wanted, code.get(wanted.target, module)


def every_module_has_a_place(code: Code) -> list[str]:
    """A new file or folder of the package is given its layer before anything else."""
    return [
        f"{module.path}: '{module.part}' has no layer; give it one in tests/architecture.py"
        for module in code.values()
        if module.part not in LEVEL
    ]


def imports_go_one_way(code: Code) -> list[str]:
    """A part imports from lower layers and from itself, never from its neighbours; the lowest layer is one family."""
    return [
        f"{module.at(wanted.line)}: {module.part} must not import {imported.part}"
        for module in code.values()
        for wanted, imported in _own(code, module)
        if not _may_import(module.part, imported.part)
    ]


def _may_import(importer: str, imported: str) -> bool:
    if importer == imported or not {importer, imported} <= LEVEL.keys():
        return True
    if imported == "store":
        return importer in MAY_STORE
    return LEVEL[imported] < LEVEL[importer] or LEVEL[imported] == LEVEL[importer] == 0


def no_import_circles(code: Code) -> list[str]:
    """No module needs itself, by whatever way round, not even inside a function."""
    graph = {
        module.name: {imported.name for _, imported in _own(code, module) if imported is not module}
        for module in code.values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return ["a circle of imports: " + " -> ".join(reversed(error.args[1]))]
    return []


def core_knows_no_outside_world(code: Code) -> list[str]:
    """The core imports nothing that reads a clock, a file, a network or chance, nor what shows results to people."""
    banned = {library: what for what, libraries in OUTSIDE_WORLD.items() for library in libraries.split()}
    return [
        f"{module.at(wanted.line)}: the core must not import {wanted.library} ({banned[wanted.library]})"
        for module in code.values()
        for wanted in module.imports
        if module.part in CORE and wanted.library in banned and wanted.target not in MAY_IMPORT.get(module.name, ())
    ]


def core_calls_no_outside_world(code: Code) -> list[str]:
    """The core neither asks for the date of today nor opens or prints anything."""
    return [
        f"{module.at(node.lineno)}: the core must not use {ast.unparse(node)}"
        for module in code.values()
        if module.part in CORE
        for node in _world_calls(module.tree)
    ]


def _world_calls(tree: ast.Module) -> Iterator[ast.expr]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    of_datetime = {
        alias.asname or alias.name
        for node in imports
        for alias in node.names
        if "datetime" in (alias.name, getattr(node, "module", None))
    }
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in WORLD_CALLS and id(node) in called:
            yield node
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_NAMES:
            roots = {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
            if id(node) in called or roots & of_datetime:
                yield node


def libraries_keep_their_place(code: Code) -> list[str]:
    """Pydantic is for text that people write, YAML for reading it, what cohorts need for them alone, holidays for one file."""
    complaints = [
        f"{module.at(wanted.line)}: {wanted.library} belongs in {', '.join(ONLY_IN[wanted.library])}"
        for module in code.values()
        for wanted in module.imports
        if not any(fnmatch(module.name, place) for place in ONLY_IN.get(wanted.library, ("*",)))
    ]
    for library in ONLY_ONCE:
        users = [m.path for m in code.values() if any(wanted.library == library for wanted in m.imports)]
        if len(users) > 1:
            complaints.append(f"{library} belongs in one file, not in {', '.join(users)}")
    return complaints


def help_is_quick(code: Code) -> list[str]:
    """Loading the command line loads no slow library: not by itself, nor by what it imports."""
    complaints, seen = [], set()
    ahead = [name for name in ("scheduler", "scheduler.cli") if name in code]
    while ahead:
        name = ahead.pop()
        if name in seen or name not in code:
            continue
        seen.add(name)
        for wanted in code[name].imports:
            if wanted.when == "on loading":
                steps = wanted.target.split(".")
                ahead += [".".join(steps[:end]) for end in range(1, len(steps) + 1)]
                if wanted.library in SLOW:
                    complaints.append(f"{code[name].at(wanted.line)}: import {wanted.library} inside a function")
    return complaints


def files_are_short(code: Code) -> list[str]:
    """One file, one idea."""
    lengths = {module.path: len(module.text.splitlines()) for module in code.values()}
    return [
        f"{path}: {length} lines, at most {LONGEST_FILE}" for path, length in lengths.items() if length > LONGEST_FILE
    ]


def rooms_are_not_crowded(code: Code) -> list[str]:
    """A folder is a room: who stands in its door sees all that is in it. More than that asks to be two rooms."""
    rooms = Counter(
        module.path.rpartition("/")[0] for module in code.values() if not module.path.endswith("__init__.py")
    )
    return [f"{room}: {files} files, at most {FULLEST_ROOM}" for room, files in rooms.items() if files > FULLEST_ROOM]


RULES = (
    every_module_has_a_place,
    imports_go_one_way,
    no_import_circles,
    core_knows_no_outside_world,
    core_calls_no_outside_world,
    libraries_keep_their_place,
    help_is_quick,
    files_are_short,
    rooms_are_not_crowded,
)

"""What a result rests on in the code, read from the source without importing it.

The workflow counts among what a step reads its own module and all project modules that it imports: touching a file reruns
nothing, editing a helper reruns exactly the steps that use it.
"""

import ast
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from report_engine.provenance.digests import digest
from report_engine.provenance.place import ENGINE_PACKAGE, ENGINE_ROOT, ROOT, STUDY_PACKAGE

PACKAGES = (STUDY_PACKAGE, ENGINE_PACKAGE)

FILE = Path(".snakemake/report/code.json")


class BrokenModule(Exception):
    """A file of code that Python can't read; the message names file and line."""


@dataclass(frozen=True)
class Module:
    """What a source file says: dotted names it imports, settings it reads, its literal upper-case constants, and its data."""

    imports: tuple[str, ...]
    settings: tuple[str, ...]
    constants: str  # as Python writes them: JSON would turn tuples into lists
    data: tuple[str, ...]  # files beside it that are part of the code, as its PACKAGE_DATA names them


def code(*names: str, root: Path = ROOT) -> str:
    """Hash the modules of these names and the project modules they import.

    A name may also be the path of a notebook. Raises ``ModuleNotFoundError`` for a name that is no module of the project.
    """
    found = hashlib.sha256()
    for path in modules(*names, root=root):
        found.update(f"{shown(path, root)}\0{digest(path)}\n".encode())
    return found.hexdigest()[:16]


def modules(*names: str, root: Path = ROOT) -> tuple[Path, ...]:
    """List the files of these modules and of all project modules that they import, directly or not, sorted.

    The data of a package (``PACKAGE_DATA``) come with it.
    """
    found: set[Path] = set()
    looked_for = set(names)  # most names are imported by many
    waiting = [path for name in names for path in _files(name, root, required=True)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            new = [name for name in _module(path, root).imports if name not in looked_for]
            looked_for.update(new)
            waiting += [file for name in new for file in _files(name, root)]
    data = {path.parent / name for path in found for name in _module(path, root).data}
    return tuple(sorted(found | data))


def shown(path: Path, root: Path = ROOT) -> str:
    """Name a module's file from the folder that holds its package."""
    return path.relative_to(root if path.is_relative_to(root) else ENGINE_ROOT).as_posix()


def literals(name: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the module's upper-case constants that are written as literals, such as ``TABLES`` and ``RESTS_ON``."""
    found: dict[str, Any] = ast.literal_eval(_module(_files(name, root, required=True)[-1], root).constants)
    return found


def settings_used(*names: str, keys: Iterable[str], root: Path = ROOT) -> tuple[str, ...]:
    """List which settings these modules and those they import read, as ``settings.<key>`` or ``inputs.settings.<key>``.

    What reads one in another way is refused when it runs (``report_engine.settings.readable``).
    """
    code = (path for path in modules(*names, root=root) if path.suffix in (".py", ".ipynb"))
    used = {key for path in code for key in _module(path, root).settings}
    return tuple(sorted(used & set(keys)))


def keep() -> None:
    """Write down what modules say, by their content, for the next process."""
    if not _new:
        return
    with suppress(OSError):
        FILE.parent.mkdir(parents=True, exist_ok=True)
        unfinished = FILE.with_name(f"{FILE.name}.{os.getpid()}")
        unfinished.write_text(json.dumps({"by": digest(Path(__file__)), "modules": _kept() | _new}), "utf-8")
        os.replace(unfinished, FILE)


_new: dict[str, list[Any]] = {}


@cache
def _kept() -> dict[str, list[Any]]:
    try:
        content = json.loads(FILE.read_text("utf-8"))
        return dict(content["modules"]) if content["by"] == digest(Path(__file__)) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _module(path: Path, root: Path) -> Module:
    return _module_of(path, root, digest(path))


@cache  # by content: a process may outlive a save
def _module_of(path: Path, root: Path, content: str) -> Module:
    package = ".".join(Path(shown(path, root)).parent.parts)
    known = _kept().get(f"{package}:{content}")
    if known is None:
        tree = _parsed(path, root)
        imports = sorted({name for name in _imports(tree, package) if name.split(".")[0] in PACKAGES})
        constants = _constants(tree)
        data = list(constants.get("PACKAGE_DATA", ()))
        known = _new[f"{package}:{content}"] = [imports, _settings(tree), repr(constants), data]
    return Module(tuple(known[0]), tuple(known[1]), known[2], tuple(known[3]))


def _constants(tree: ast.Module) -> dict[str, Any]:
    constants: dict[str, Any] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=key)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=key), value=ast.expr() as value):
                pass
            case _:
                continue
        if key.isupper():
            with suppress(ValueError):  # computed, so nothing that the workflow could read
                constants[key] = ast.literal_eval(value)
    return constants


def _settings(tree: ast.Module) -> list[str]:
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return sorted({node.attr for node in attributes if _is_settings(node.value)})


def _is_settings(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.lower() == "settings"
    return False


def _parsed(path: Path, root: Path) -> ast.Module:
    try:
        return _tree(path)
    except SyntaxError as error:
        where = f"{shown(path, root)}, line {error.lineno}"
        raise BrokenModule(f"{where}: Python can't read this: {error.msg}") from None
    except ValueError as error:  # no text, or a notebook that is no JSON
        raise BrokenModule(f"{shown(path, root)}: can't be read: {error}") from None


def _tree(path: Path) -> ast.Module:
    content = path.read_bytes()
    if path.suffix != ".ipynb":
        return ast.parse(content, filename=str(path))
    cells = json.loads(content)["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return ast.parse(re.sub(r"^[%!].*$", "", code, flags=re.MULTILINE), filename=str(path))


def _imports(node: ast.AST, package: str) -> Iterator[str]:
    """Name what a syntax tree imports; what only the type checker imports does not count."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            for statement in node.orelse:
                yield from _imports(statement, package)
        case ast.Import():
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom():
            outer = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*outer, *([node.module] if node.module else [])])
            # `from a import b` imports a.b where that is a module, else the name b of a
            yield from (f"{base}.{alias.name}" for alias in node.names)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _imports(child, package)


def _home(name: str, root: Path) -> Path:
    """Return the folder that holds a module's package: the study's, or where the engine is installed."""
    package = name.partition(".")[0]
    return ENGINE_ROOT if package == ENGINE_PACKAGE and not os.path.isdir(os.path.join(root, package)) else root


def _files(name: str, root: Path, *, required: bool = False) -> list[Path]:
    """Return the files that importing a name runs: its packages' ``__init__`` and the module, if it is one."""
    if name.endswith(".ipynb"):
        return [root / name]
    files = []
    folder = str(_home(name, root))  # a build asks for thousands of names: strings are an order quicker than paths
    for part in name.split("."):
        folder = os.path.join(folder, part)
        files += [path for path in (os.path.join(folder, "__init__.py"), f"{folder}.py") if os.path.isfile(path)]
    if required and (not files or files[-1] not in (os.path.join(folder, "__init__.py"), f"{folder}.py")):
        raise ModuleNotFoundError(f"there is no module {name} in {name.partition('.')[0]}/")
    return [Path(path) for path in files]

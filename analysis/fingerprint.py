"""What a result rests on in the code, read from the source without importing it.

Snakemake reruns a job when one of its parameters changes. The workflow therefore passes, for every step, a hash of
the step's module and of all project modules it imports: touching a file reruns nothing, editing a helper reruns exactly
the steps that use it.
"""

import ast
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGE = "analysis"
ROOT = Path(__file__).resolve().parent.parent


def code(*names: str, root: Path = ROOT) -> str:
    """Hash the modules of these names, the project modules they import and the versions of other packages they import.

    A name may also be the path of a notebook. Raises ``ModuleNotFoundError`` for a name that is no module of the project.
    """
    digest = hashlib.sha256()
    outside: set[str] = set()
    for path in modules(*names, root=root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
        outside |= _parsed(path, root)[1]
    for name in sorted(outside):
        digest.update(f"{name} {_version(name)}\0".encode())
    return digest.hexdigest()[:16]


def modules(*names: str, root: Path = ROOT) -> tuple[Path, ...]:
    """List the files of these modules and of all project modules that they import, directly or not, sorted."""
    found: set[Path] = set()
    waiting = [path for name in names for path in _files(name, root, required=True)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting.extend(_parsed(path, root)[0])
    return tuple(sorted(found))


def literals(name: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the module's upper-case constants that are written as literals, such as ``TABLES`` and ``RESTS_ON``."""
    constants: dict[str, Any] = {}
    for statement in _tree(_files(name, root, required=True)[-1]).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=key)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=key), value=ast.expr() as value):
                pass
            case _:
                continue
        if key.isupper():
            try:
                constants[key] = ast.literal_eval(value)
            except ValueError:
                continue  # computed, so nothing that the workflow could read
    return constants


def settings_used(*names: str, keys: Iterable[str], root: Path = ROOT) -> tuple[str, ...]:
    """List which settings these modules and those they import read, as ``settings.<key>`` or ``inputs.settings.<key>``."""
    used = {
        node.attr
        for path in modules(*names, root=root)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and _is_settings(node.value)
    }
    return tuple(sorted(used & set(keys)))


def _is_settings(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="settings") | ast.Attribute(attr="settings"):
            return True
    return False


def _tree(path: Path) -> ast.Module:
    return _tree_of(path, path.read_bytes())


@cache  # by content: a process may outlive a save
def _tree_of(path: Path, content: bytes) -> ast.Module:
    if path.suffix != ".ipynb":
        return ast.parse(content, filename=str(path))
    cells = json.loads(content)["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return ast.parse(re.sub(r"^[%!].*$", "", code, flags=re.MULTILINE), filename=str(path))


def _parsed(path: Path, root: Path) -> tuple[tuple[Path, ...], frozenset[str]]:
    """Return the project files that a file imports, and the names of other packages (the standard library left out)."""
    return _parsed_content(path, root, path.read_bytes())


@cache
def _parsed_content(path: Path, root: Path, content: bytes) -> tuple[tuple[Path, ...], frozenset[str]]:
    inside: list[Path] = []
    outside: set[str] = set()
    for name in _imports(_tree_of(path, content), _package(path, root)):
        top = name.split(".")[0]
        if top == PACKAGE:
            inside += _files(name, root)
        elif top not in sys.stdlib_module_names:
            outside.add(top)
    return tuple(inside), frozenset(outside)


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


def _package(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).parent.parts)


def _files(name: str, root: Path, *, required: bool = False) -> list[Path]:
    """Return the files that importing a name runs: its packages' ``__init__`` and the module, if it is one."""
    if name.endswith(".ipynb"):
        return [root / name]
    files = []
    folder = root
    for part in name.split("."):
        for path in (folder / part / "__init__.py", folder / f"{part}.py"):
            if path.is_file():
                files.append(path)
        folder = folder / part
    if required and (not files or files[-1] not in (folder / "__init__.py", folder.with_suffix(".py"))):
        raise ModuleNotFoundError(f"there is no module {name} in {PACKAGE}/")
    return files


@cache
def _version(package: str) -> str:
    for name in (package, f"{package}-binary"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ""

"""Compiled modules that Python checks by content: by default it goes by time and size, and may run what is no longer there."""

import importlib.util
import py_compile
from contextlib import suppress
from pathlib import Path

_CHECKED = 0b11  # flags of a file that is compared with its source by hash (PEP 552)


def check_by_content(folder: Path) -> None:
    """Compile every module in a folder so that Python compares it with its source by hash, now and when it is edited."""
    for source in sorted(folder.rglob("*.py")):
        compiled = Path(importlib.util.cache_from_source(str(source)))
        if _flags(compiled) != _CHECKED:
            with suppress(OSError, py_compile.PyCompileError):  # what can't be kept is compiled at each start
                py_compile.compile(
                    str(source), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
                )


def _flags(compiled: Path) -> int:
    try:
        with compiled.open("rb") as file:
            return int.from_bytes(file.read(8)[4:], "little")
    except OSError:
        return -1

"""Run a notebook in a Jupyter kernel and take what it shows as Markdown."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.checks.masking import without_persons
from report_engine.notebooks.page import EDITION, paragraph
from report_engine.notebooks.short_folder import short_folder
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Told, Word

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

CELL_SECONDS = 120
START_SECONDS = 60

_SOCKET = len("kernel-ipc-0")  # what Jupyter calls the kernel's sockets

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class NotebookError(Told):
    """A notebook that can't be run or shows what can't be published; the message names file and cell."""


def execute(
    notebook: Path, editions: Sequence[Edition], root: Path, *, cell_seconds: int = CELL_SECONDS
) -> dict[Edition, str]:
    """Run a notebook's cells in the project's folder ``root``, and return what they show for each edition as one Markdown text.

    The notebook finds ``REPORT_ROOT`` and ``REPORT_EDITIONS`` in its environment, runs under this Python with no network, and is not
    written to. Code and notebook prose are left out; printed text is taken as plain text. Raises ``NotebookError`` naming the cell that fails,
    takes longer than ``cell_seconds``, or shows something that is neither Markdown nor printed text.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        book = nbformat.read(notebook, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        print(error, file=sys.stderr)
        raise NotebookError(Message("notebook.no_notebook", {"file": notebook.name})) from None
    running = {"cell": 0}
    with short_folder(_SOCKET) as folder:
        client = NotebookClient(
            book,
            km=_kernel(Path(folder)),
            timeout=cell_seconds,
            startup_timeout=START_SECONDS,
            resources={"metadata": {"path": str(root)}},
            on_cell_execute=lambda cell, cell_index: running.update(cell=cell_index),
        )
        try:
            client.execute(cleanup_kc=True, env=_environment(editions, root, folder))
        except CellExecutionError as error:
            print(without_persons(_COLOUR.sub("", error.traceback)), file=sys.stderr)
            failed = Message("notebook.error", {"name": error.ename, "reason": _first_line(error.evalue)})
            raise _wrong(notebook, book, running["cell"], failed) from None
        except CellTimeoutError:
            too_long = Message("notebook.too_long", {"seconds": cell_seconds})
            raise _wrong(notebook, book, running["cell"], too_long) from None
        except (DeadKernelError, RuntimeError) as error:
            raise _wrong(notebook, book, running["cell"], _first_line(error)) from None
    _log(book)
    return {edition: "\n\n".join(_shown(notebook, book, edition)) + "\n" for edition in editions}


def _kernel(folder: Path) -> "AsyncKernelManager":
    """Prepare this very Python as the kernel, whatever kernels are installed, reached without TCP where that can be."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    class ThisPython(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            argv = [sys.executable, "-m", "report_engine.notebooks.kernel", "-f", "{connection_file}"]
            return KernelSpec(argv=argv, display_name=kernel_name, language="python")

    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=ThisPython(),
        transport="ipc" if os.name == "posix" else "tcp",
        connection_file=str(folder / "kernel.json"),
    )


def _environment(editions: Sequence[Edition], root: Path, folder: str) -> dict[str, str]:
    return os.environ | {
        "REPORT_EDITIONS": " ".join(editions),
        "REPORT_ROOT": str(root.resolve()),
        "IPYTHONDIR": folder,  # nobody's own start-up files
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a warning about debugging, which nobody does here
    }


def _wrong(notebook: Path, book: Any, cell: int, problem: Word) -> NotebookError:
    about = {"file": notebook.name, "cell": cell + 1, "id": book.cells[cell].get("id", ""), "problem": problem}
    return NotebookError(Message("notebook.place", about))


def _log(book: Any) -> None:
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "stream" and output.name == "stderr":
                print(output.text, file=sys.stderr)


def _shown(notebook: Path, book: Any, edition: Edition) -> Iterator[str]:
    for index, cell in enumerate(book.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                if output.name != "stderr":
                    yield from (paragraph(line) for line in output.text.splitlines() if line.strip())
            elif "text/markdown" in output.get("data", {}):
                if output.metadata.get(EDITION, edition) == edition:
                    yield output.data["text/markdown"].strip("\n")
            else:
                raise _wrong(notebook, book, index, Message("notebook.shows"))


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)

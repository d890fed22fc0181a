"""``report preview``: the page of one edition in a browser, made again whenever something it rests on is saved."""

import queue
import signal
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.preview.plan import watched
from report_engine.preview.refresh import Refresher
from report_engine.preview.server import Screen, serve
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from rich.console import Console

    from report_engine.words.editions import Edition

FOLDERS = ("analysis", "report_engine", "data", "profiles", "report")
"""What is watched with all that is in it; of the project's own folder, only the files."""

_SETTLE = 40  # ms without a further change, after which a save counts as over
_LONGEST = 400  # ms to wait for that


def run(edition: "Edition", port: int, console: "Console", *, browse: bool = False) -> int:
    """Serve an edition's page on this machine until Ctrl-C; return the exit status.

    ``port`` 0 takes any that is free. Raises OSError where the port is taken.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    screen = Screen()
    with serve(screen, edition, port) as address:
        console.print(speak("preview.at", address=address), markup=False, highlight=False, soft_wrap=True)
        if browse:
            webbrowser.open(address)
        try:
            with Refresher(edition, screen, console) as refresher:
                changes = _changes()
                refresher.begin()
                for changed in changes:
                    refresher.take(changed)
        except KeyboardInterrupt:
            console.print(speak("preview.ended"))
    return 0


def _changes() -> Iterator[set[str]]:
    """Watch the project from now on; the iterator gives what was saved since, as paths below the project's folder."""
    found: queue.SimpleQueue[set[str]] = queue.SimpleQueue()
    here = Path.cwd()
    for paths, recursive in (([here / name for name in FOLDERS if (here / name).is_dir()], True), ([here], False)):
        threading.Thread(target=_watch, args=(found, here, paths, recursive), daemon=True).start()
    return _drain(found)


def _drain(found: "queue.SimpleQueue[set[str]]") -> Iterator[set[str]]:
    """Give what the watchers found, all that has come together meanwhile at once."""
    while True:
        try:
            changed = found.get(timeout=1)  # not for ever: on Windows Ctrl-C would wait as long
        except queue.Empty:
            continue
        while not found.empty():
            changed |= found.get()
        yield changed


def _watch(found: "queue.SimpleQueue[set[str]]", here: Path, paths: list[Path], recursive: bool) -> None:
    from watchfiles import DefaultFilter, watch

    usual = DefaultFilter()
    events = watch(
        *paths,
        watch_filter=lambda change, path: usual(change, path) and watched(Path(path).relative_to(here)),
        step=_SETTLE,
        debounce=_LONGEST,
        recursive=recursive,
        raise_interrupt=False,
    )
    for changes in events:
        found.put({Path(path).relative_to(here).as_posix() for _, path in changes})

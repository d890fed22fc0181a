"""Whether the places that steps write to can be written to: better known before anything is computed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from report_engine.pipeline.build_state import FOLDER, Planned

LOGS = Path("logs")

_PROBE = bytes(
    65_536
)  # smaller than anything that a step writes, larger than what a full disk has left in its last block


def check(steps: Iterable[Planned]) -> None:
    """Write and remove a file wherever these steps write; raises OSError for the first place that refuses."""
    for folder in (LOGS, FOLDER):
        folder.mkdir(parents=True, exist_ok=True)
    made = {each for step in steps for path in step.makes for each in _folders(Path(path))}
    for folder in sorted(made | {LOGS, FOLDER, FOLDER.parent}):
        _try(folder)
    for log in sorted(LOGS.glob("*.log")):  # each may be somebody else's
        with log.open("ab"):
            pass


def _folders(made: Path) -> Iterator[Path]:
    """Yield the folders that change when a file or folder is made: its own, as far as there is one, and itself."""
    if made.is_dir():
        yield made
    yield next((each for each in made.parents if os.path.lexists(each)), Path())


def _try(folder: Path) -> None:
    probe = folder / f".writing-{os.getpid()}"
    try:
        probe.write_bytes(_PROBE)
    except OSError as error:  # the folder is what a person knows
        raise OSError(error.errno, error.strerror, str(folder)) from error
    finally:
        with suppress(OSError):
            probe.unlink()

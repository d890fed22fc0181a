"""The process that reads hostile files: it can't take much memory or time, and notes everything it opens or starts."""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

memory, seconds = int(sys.argv[1]), float(sys.argv[2])

import numpy  # noqa: E402, F401  (what is imported now need not be allowed later)
import pandas  # noqa: E402, F401
import pyarrow.parquet  # noqa: E402, F401

from report_engine.checks import tidy  # noqa: E402
from report_engine.contracts import contract  # noqa: E402
from report_engine.mappings import likeness, passages, proposal, writing  # noqa: E402
from report_engine.model import document, findings  # noqa: E402
from report_engine.readers import (  # noqa: E402
    Unreadable,
    mapping,
    sheets,
)
from report_engine.readers.interviews import segments  # noqa: E402
from report_engine.readers.source import Coded, content, shown_path  # noqa: E402
from report_engine.readers.surveys import spss_child  # noqa: E402
from report_engine.results import tables  # noqa: E402
from report_engine.settings import config  # noqa: E402
from tests.contracts import contract as small_contract  # noqa: E402
from tests.contracts import field  # noqa: E402

MOST_LINES = 300
LARGE = 1_000_000  # bytes; what is larger is read as answers to a survey
FIELDS = (
    field("key", constraints={"required": True}),
    field("name"),
    field("note"),
    field("amount", "number"),
    field("count", "integer"),
    field("flag", "boolean", trueValues=["yes"], falseValues=["no"]),
)
CONTRACTS = {
    stream: small_contract(*FIELDS, name="hostile", stream=stream, key=("key",)) for stream in ("survey", "spending")
}
REAL = contract.load_all()
CODED = Coded("segment_id", "interview_id", "codebook", dict)
LIBRARIES = tuple({str(Path(path).resolve()) for path in (sys.prefix, sys.base_prefix, *sys.path) if path})
OWN = str(Path(__file__).parents[2])
STARTED = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "pty.spawn")
CHANGED = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "os.chmod",
    "shutil.",
)
REACHED = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ctypes.dlopen", "webbrowser.")

allowed: set[str] = set()
seen: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note what no reading of a data file needs."""
    if event == "open":
        path, mode, flags = (*arguments, None, None)[:3]
        if isinstance(path, int):
            return
        name = os.fsdecode(path)
        writes = (mode and set(mode) & set("wax+")) or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if name == os.devnull or (name in allowed and not writes):
            return
        code = name.endswith((".py", ".pyc", ".so", ".txt", ".toml", ".yaml", ".pth")) and name.startswith(
            (*LIBRARIES, OWN)
        )
        if writes or not code:
            seen.append(f"opened {name!r}{' for writing' if writes else ''}")
    elif event == "subprocess.Popen":
        if spss_child.__file__ not in map(str, arguments[1]):
            seen.append(f"started {arguments[1]!r}")
    elif event == "sqlite3.connect":
        if arguments[0] != ":memory:":
            seen.append(f"opened the database {arguments[0]!r}")
    elif event.startswith((*STARTED, *CHANGED, *REACHED)):
        seen.append(f"{event} {arguments!r}"[:300])


def begin() -> None:
    """Give what follows its time; when that is over, this process ends, whatever it is doing."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def data(path: Path) -> dict[str, object]:
    """Read a data file in every way that the project does."""
    lines: list[str] = []
    accepted, written = "", ""
    small = not os.path.exists(path) or os.path.getsize(path) < LARGE
    stream = "spending" if small and len(path.name) % 2 else "survey"  # each half of the small files as one of them
    found, checked = tidy.check({"hostile": path}, {"hostile": CONTRACTS[stream]})
    lines += [str(finding) for finding in found[:MOST_LINES]]
    if checked:
        frame = tidy.frame(checked["hostile"])
        accepted = tables.to_csv(frame)
    begin()
    try:
        read = sheets(content(path, "hostile"), shown_path(path))
        lines += [str(finding) for sheet in read for finding in sheet.findings[:MOST_LINES]]
        begin()
        if any(sheet.name.startswith("segments") for sheet in read):
            found, _ = tidy.check({"segments": path}, {"segments": REAL["segments"]})
            lines += [str(finding) for finding in found[:MOST_LINES]]
        known = likeness.Known({"municipalities": {"Borås": "1490"}}, "municipalities")
        wanted = [CONTRACTS["survey"], REAL["labour_units"], REAL["actors"]]
        proposals = [
            writing.write(one, known, "en") for one in proposal.propose(read, wanted, wanted, known, path.stem)
        ]
        coded = [sheet for sheet in read if segments.is_coded(sheet)]
        proposals += [passages.write(sheet, REAL["segments"], CODED, known, "en") for sheet in coded]
        for written in proposals:
            its = document.parse(written, "proposal", only_text=True)
            name = its.content["dataset"] if isinstance(its.content, dict) else ""
            mapping.parse(its, {"hostile": CONTRACTS["survey"], **REAL}[name], dict)
    except Unreadable as error:
        lines += [str(finding) for finding in error.findings[:MOST_LINES]]
    lines += findings.summary(found)[:MOST_LINES]
    return {
        "lines": [*dict.fromkeys(lines)],
        "refused": not accepted,
        "csv": accepted[:20_000],
        "mapping": written[:20_000],
    }


def settings(path: Path) -> dict[str, object]:
    """Read a file of settings."""
    try:
        config.load(path.parent)
    except document.DocumentError as error:
        return {"lines": str(error).splitlines(), "refused": True}
    return {"lines": [], "refused": False}


def rules(path: Path) -> dict[str, object]:
    """Read a mapping file."""
    try:
        mapping.parse(document.read(path, only_text=True), CONTRACTS["survey"], dict)
    except document.DocumentError as error:
        return {"lines": str(error).splitlines(), "refused": True}
    return {"lines": [], "refused": False}


READ = {"data": data, "config": settings, "mapping": rules}


def main() -> None:
    """Read the files named on standard input, and write what became of each to standard output, a line each."""
    jobs = json.loads(sys.stdin.read())
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(watch)
    for job in jobs:
        path = Path(job["path"])
        allowed.clear()
        allowed.update({str(path), str(path.parent)})
        seen.clear()
        begin()
        start = time.perf_counter()
        outcome = READ[job["kind"]](path)
        signal.setitimer(signal.ITIMER_PROF, 0)
        took = round(time.perf_counter() - start, 3)
        sys.stdout.write(json.dumps({**outcome, "problems": [*dict.fromkeys(seen)], "seconds": took}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

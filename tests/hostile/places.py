"""What stands where a file should: links, pipes, devices, folders, and names that mean something."""

import os
import socket
from pathlib import Path

from tests.hostile.harness import Family

family = Family("places")

TABLE = b"key;name;amount;count;flag\n1;a;1,5;2;yes\n"

for about, target in {
    "to a file of the system": "/etc/passwd",
    "to nothing": "/nowhere/at/all",
    "to itself": "data.csv",
    "to a device without end": "/dev/zero",
    "to chance": "/dev/urandom",
    "to a folder": "/",
    "to the memory of this process": "/proc/self/mem",
    "to a file of the kernel": "/proc/self/environ",
}.items():

    @family.case(f"a link {about}", "data.csv", refused=True)
    def _(folder: Path, target: str = target) -> None:
        (folder / "data.csv").symlink_to(target)


@family.case("links in a circle", "data.csv", refused=True)
def _(folder: Path) -> None:
    (folder / "data.csv").symlink_to("other.csv")
    (folder / "other.csv").symlink_to("data.csv")


@family.case("a pipe that nobody writes to", "data.csv", refused=True)
def _(folder: Path) -> None:
    os.mkfifo(folder / "data.csv")


@family.case("a socket", "data.csv", refused=True)
def _(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path must be short
        try:
            opened.bind("data.csv")
        finally:
            os.chdir(here)


@family.case("a folder", "data.csv", refused=True)
def _(folder: Path) -> None:
    (folder / "data.csv").mkdir()


@family.case("a file that nobody may read", "data.csv")
def _(folder: Path) -> None:
    (folder / "data.csv").write_bytes(TABLE)
    (folder / "data.csv").chmod(0)


@family.case("a sparse file of terabytes", "data.csv", refused=True)
def _(folder: Path) -> None:
    with (folder / "data.csv").open("wb") as file:
        file.truncate(2**42)


@family.case("a sparse file just below the limit", "data.csv", refused=True)
def _(folder: Path) -> None:
    with (folder / "data.csv").open("wb") as file:
        file.write(TABLE)
        file.truncate(199_000_000)


for name in (
    "<script>alert(1)<_script>.csv",
    "{{< include x >}}.csv",
    "a\x1b[31m\nb.csv",
    "-rf *.csv",
    "$(id);`id`|x.csv",
    "=cmd|x.csv",
    "\u202egnp.csv",
    "~$data.csv",
    "%s%n{0}.csv",
    "[a-z]*?.csv",
    " .csv",
    "x" * 240 + ".csv",
):
    family.case(f"a file called {name[:20]!r}", name)(lambda: TABLE.replace(b"amount", b"amuont"))


@family.case("a name that is no text", os.fsdecode(b"data\xff\xfe.csv"))
def _() -> bytes:
    return TABLE

"""Build this commit, an earlier one and, with other tools, this one again, in turn, after each change; print what that costs.

``python -m tests.bench [--rows cold,word] [--rounds 3] [--without peers]``. Each builds in a folder of its own, away from the
checkout; after each row the folder is put back as its first build left it. The result is kept in ``.bench/``.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import contestants, floor, measure, peers, table
from tests.bench.contestants import Contestant, Lacking
from tests.bench.measure import Cost
from tests.bench.rows import ROWS, Row

_MADE = ("figures", "data/results", "report/_output")


@dataclass
class Field:
    """The folders of one contestant: its first build as it was left (by the state it started from), and the one it works in."""

    who: Contestant
    folder: Path
    kept: dict[str, Path] = field(default_factory=dict)

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def build(self) -> Cost:
        return measure.run(self.who.command, self.work, contestants.environment())

    def cold(self) -> Cost:
        """Build from nothing, in a folder that holds the sources alone."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.who.lay(self.work)
        self.who.ready(self.work)
        return self.build()

    def keep(self, state: str) -> None:
        """Keep what is there now as a state to start from."""
        self.kept[state] = self.folder / f"kept-{state}"
        mirror(self.work, self.kept[state])

    def measured(self, row: Row) -> tuple[Cost, set[str]]:
        """Build after a row's change and return the cost, and what came out different."""
        if row.name == "cold":
            cost = self.cold()
            if "built" not in self.kept:
                self.keep("built")
            return cost, {path.relative_to(self.work).as_posix() for path in made(self.work)}
        state = row.name if row.before else "built"
        if row.before and state not in self.kept:
            mirror(self.kept["built"], self.work)
            row.before.apply(self.work, self.who.version)
            self.who.ready(self.work)
            self.build()
            self.keep(state)
        mirror(self.kept[state], self.work)
        if row.change:
            row.change.apply(self.work, self.who.version)
            self.who.ready(self.work)
        cost = self.build()
        changed = {path.relative_to(self.work).as_posix() for path in made(self.work) if differs(path, self, state)}
        return cost, changed | ({row.change.files[self.who.version]} if row.change else set())


def made(root: Path) -> Iterator[Path]:
    """Yield the files that a build makes."""
    return (path for folder in _MADE for path in sorted((root / folder).rglob("*")) if path.is_file())


def differs(path: Path, its: Field, state: str) -> bool:
    """Say whether a file holds something else than in a state that was kept."""
    before = its.kept[state] / path.relative_to(its.work)
    return not before.is_file() or before.read_bytes() != path.read_bytes()


def mirror(source: Path, target: Path) -> None:
    """Make a folder like another, times included; what is the same by size and time is left alone."""
    target.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in source.iterdir()}
    for path in target.iterdir():
        if path.name not in names or path.is_dir() != (source / path.name).is_dir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for path in source.iterdir():
        there = target / path.name
        if path.is_dir() and not path.is_symlink():
            mirror(path, there)
        elif not there.exists() or _stamp(path) != _stamp(there):
            shutil.copy2(path, there, follow_symlinks=False)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_size, found.st_mtime_ns


def main() -> None:
    """Measure the rows that were asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", default=",".join(row.name for row in ROWS), help="which rows, by name, with commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", choices=["peers"])
    asked = parser.parse_args()
    wanted = [row for row in ROWS if row.name in asked.rows.split(",")]
    with folder() as place:
        tools = () if asked.without == "peers" else peers.TOOLS
        compare(place, wanted, asked.rounds, tools)


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder to build in, and take it away."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def compare(place: Path, wanted: Sequence[Row], rounds: int, tools: Sequence[str]) -> None:
    """Run all rounds in a folder and keep what they found after each."""
    fields = [Field(who, place / f"{number}") for number, who in enumerate(both())]
    for each in fields:
        if wanted[0].name != "cold":  # everything else starts from a report that was built
            each.cold()
            each.keep("built")
    costs: dict[str, dict[str, list[Cost]]] = {row.name: {} for row in wanted}
    changed: dict[str, set[str]] = {}
    parts: Mapping[str, float] = {}
    for number in range(rounds):
        for row in wanted:
            for each in fields:
                cost, differing = each.measured(row)
                costs[row.name].setdefault(each.who.name, []).append(cost)
                if each is fields[0]:
                    changed[row.name] = differing
                say(f"{number + 1}/{rounds} {row.name} {each.who.name}: {cost.cpu:.1f} CPU s, {cost.wall:.1f} s")
            if not parts:  # others are given this commit's jobs, and the floor its outputs, when it was built once
                parts = part_costs(fields[0].kept["built"], place / "floor")
                for its in others(tools, fields[0].kept["built"], place):
                    if row.name == "cold":
                        cost, _ = its.measured(row)
                        costs["cold"][its.who.name] = [cost]
                        say(f"{number + 1}/{rounds} cold {its.who.name}: {cost.cpu:.1f} CPU s, {cost.wall:.1f} s")
                    else:
                        its.cold()
                        its.keep("built")
                    fields.append(its)
        cores = measure.cores()
        floors = {name: floor.needed(parts, differing) for name, differing in changed.items()}
        result = table.Result(
            {row.name: row.says for row in wanted},
            [each.who.name for each in fields[:2]],
            costs,
            {name: Cost(cpu, cpu / cores, 0) for name, cpu in floors.items()},
        )
        keep(result, [each.who.name for each in fields[2:]])


def both() -> list[Contestant]:
    """Return this commit and the earlier one."""
    try:
        return [contestants.now(), contestants.then()]
    except Lacking as lacking:
        sys.exit(str(lacking))


def others(tools: Sequence[str], built: Path, place: Path) -> Iterator[Field]:
    """Yield the other tools that can be had here."""
    for tool in tools:
        try:
            yield Field(contestants.peer(tool, built), place / tool)
        except Lacking as lacking:
            say(f"without {tool}: {lacking}")


def part_costs(built: Path, copy: Path) -> Mapping[str, float]:
    """Measure the floor's parts in a copy of a built project."""
    shutil.copytree(built, copy)
    command = [sys.executable, "-m", "tests.bench.floor", str(copy)]
    done = subprocess.run(command, cwd=contestants.ROOT, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def keep(result: table.Result, tools: Sequence[str]) -> None:
    """Print the tables and keep them, with the chart, in the checkout."""
    contestants.KEPT.mkdir(exist_ok=True)
    text = table.markdown(result, tools)
    (contestants.KEPT / "performance.md").write_text(text, "utf-8")
    (contestants.KEPT / "performance.svg").write_text(table.chart(result, tools), "utf-8")
    print(text, flush=True)


def say(line: str) -> None:
    """Tell how far it has come."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

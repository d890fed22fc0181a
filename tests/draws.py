"""Draw every figure with other random draws of the generator: ``python -m tests.draws [<how many>]``.

Prints what is wrong with the figures' texts, one line each; status 1 where anything is.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis.synthetic import SEED, common
from analysis.synthetic.generate import generate
from report_engine.checks import tidy
from report_engine.contracts import contract
from report_engine.settings import config
from report_engine.words.editions import EDITIONS
from tests.built import sections
from tests.layout import faults

ROOT = Path(__file__).resolve().parents[1]


def draw(seed: int, folder: Path) -> Iterator[str]:
    """Generate the data from a seed, build every section and yield the faults of its figures in both editions."""
    common.SEED = seed
    for name in ("raw", "reference"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    for name, text in generate(folder / "data").items():
        (folder / "data" / name).write_text(text, "utf-8", newline="")
    shutil.copy(ROOT / config.FILE, folder)
    contracts = contract.load_all()
    found, tables = tidy.check({name: folder / "data" / its.path for name, its in contracts.items()}, contracts)
    yield from (str(finding) for finding in found if finding.severity == "error")
    tidy.write(tables, folder / "data" / "tidy")
    for _, section in sections(folder):
        for figure in section.figures:
            for edition in EDITIONS:
                yield from (f"{section.name}/{figure.name} ({edition}): {fault}" for fault in faults(figure, edition))


def main() -> int:
    """Try as many seeds as asked for, ten if not, and print what is found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    wrong = 0
    for seed in range(SEED + 1, SEED + 1 + count):
        with tempfile.TemporaryDirectory() as folder:
            for line in draw(seed, Path(folder)):
                print(f"seed {seed}: {line}", flush=True)
                wrong += 1
        print(f"seed {seed}: done", flush=True)
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())

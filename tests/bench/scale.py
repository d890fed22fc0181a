"""``make bench-scale``: CPU and memory that larger data need, from CSV, Parquet and SPSS, for what grows with them.

``python -m tests.bench.scale [--times 1,10,100,1000] [--forms csv,parquet,sav]``. The data are the shipped ones many times over,
under ids of their own: a survey of so many times the respondents, coded interviews, accounts of all municipalities.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.bench import contestants, measure
from tests.bench.table import table

Frames = Mapping[str, pd.DataFrame]

RAW = {
    "actors": "data/raw/survey/actors.csv",
    "survey_frame": "data/raw/survey/survey_frame.csv",
    "interviews": "data/raw/interviews/interviews.csv",
    "segments": "data/raw/interviews/segments.csv",
    "municipal_accounts": "data/raw/spending/municipal_accounts.csv",
    "municipalities": "data/reference/municipalities.csv",
    "population": "data/reference/population.csv",
}
YEARS = range(1995, 2025)
SEGMENTS = 97
"""How many times the shipped segments make 250,000."""


@dataclass(frozen=True)
class Case:
    """Larger data: what they are called, how they are made of the shipped frames, and the section that computes with them.

    ``make`` returns the frames that take the place of the shipped ones, the first of them the one that grows most; ``settings`` edits config.yaml.
    """

    name: str
    make: Callable[[Frames], Frames]
    section: str
    settings: Callable[[str], str] = lambda text: text


def survey(times: int) -> Callable[[Frames], Frames]:
    """Repeat the respondents, in a population and a sample that are as many times as large."""

    def make(shipped: Frames) -> Frames:
        counts = shipped["survey_frame"].copy()
        for name in ("population", "invited"):
            counts[name] = (counts[name].astype("int64") * times).astype("str")
        return {"actors": repeated(shipped["actors"], times, "respondent_id"), "survey_frame": counts}

    return make


def interviews(times: int) -> Callable[[Frames], Frames]:
    """Repeat the interviews with all that was coded in them."""
    return lambda shipped: {
        "segments": repeated(shipped["segments"], times, "segment_id", "interview_id"),
        "interviews": repeated(shipped["interviews"], times, "interview_id"),
    }


def accounts(shipped: Frames) -> Frames:
    """Give every municipality a series of accounts and of inhabitants, like those of the municipalities of the study."""
    codes = sorted(shipped["municipalities"]["municipality_code"])
    studied = sorted(shipped["municipal_accounts"]["municipality_code"].unique())
    like = pd.DataFrame({"new": codes, "municipality_code": [studied[at % len(studied)] for at in range(len(codes))]})

    def spread(table: pd.DataFrame) -> pd.DataFrame:
        last = table[table["year"] == table["year"].max()]
        wide = last.merge(like, on="municipality_code").drop(columns="municipality_code")
        every = (
            wide.rename(columns={"new": "municipality_code"})
            .drop(columns="year")
            .merge(pd.DataFrame({"year": [str(year) for year in YEARS]}), how="cross")
        )
        return every[list(table.columns)].sort_values(["year", "municipality_code"], kind="stable")

    return {name: spread(shipped[name]) for name in ("municipal_accounts", "population")}


def all_municipalities(codes: Sequence[str]) -> Callable[[str], str]:
    """Let the settings name these municipalities, and the years of their series."""
    listed = "".join(f'  - "{code}"\n' for code in codes)

    def edit(text: str) -> str:
        text = re.sub(r"(?m)^municipalities:\n(?:  - .*\n)+", f"municipalities:\n{listed}", text)
        return re.sub(r"(?m)^  first: \d+$", f"  first: {YEARS[0]}", text)

    return edit


def repeated(table: pd.DataFrame, times: int, *ids: str) -> pd.DataFrame:
    """Repeat a table's rows under ids that tell the repetitions apart."""
    whole = pd.concat([table] * times, ignore_index=True)
    number = (whole.index // len(table)).astype(str)
    return whole.assign(**{name: whole[name] + "-" + number for name in ids}) if times > 1 else whole


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame of texts as CSV, or with its numbers as numbers as Parquet or SPSS."""
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
        return
    typed = frame.copy()
    for name in frame.columns:
        filled = frame[name].dropna()
        if not name.endswith(("code", "id")) and filled.str.fullmatch(r"-?\d+(\.\d+)?").all():
            typed[name] = pd.to_numeric(frame[name])
    if path.suffix == ".parquet":
        typed.to_parquet(path, index=False)
    else:
        import pyreadstat

        pyreadstat.write_sav(typed.fillna({name: "" for name in typed.select_dtypes("str")}), str(path))


def cases(times: Sequence[int], codes: Sequence[str]) -> Iterator[Case]:
    """Yield what is measured."""
    for each in times:
        yield Case(f"survey × {each:,}", survey(each), "managers")
    yield Case(f"{len(codes)} municipalities × {len(YEARS)} years", accounts, "background", all_municipalities(codes))
    yield Case("segments × 97", interviews(SEGMENTS), "collaboration")


def run(case: Case, form: str, shipped: Frames, project: Path) -> list[str]:
    """Measure the steps that grow and return a row of the table: the check of all data, and one section."""
    changed = case.make(shipped)
    names = {name: Path(RAW[name]).with_suffix(f".{form}").as_posix() for name in changed}
    for name, path in names.items():
        (project / RAW[name]).unlink(missing_ok=True)
        write(changed[name], project / path)
    settings = (contestants.ROOT / "config.yaml").read_text("utf-8")
    sources = "sources:\n" + "".join(f"  {name}: {path}\n" for name, path in names.items())
    (project / "config.yaml").write_text(case.settings(settings).replace("sources: {}\n", sources), "utf-8")
    rows = len(changed[next(iter(changed))])
    row = [case.name, form, f"{rows:,}", f"{(project / next(iter(names.values()))).stat().st_size / 1e6:.1f}"]
    for step in (["tidy"], ["section", case.section]):
        command = [sys.executable, "-m", "report_engine.pipeline.jobs", *step]
        try:
            cost = measure.run(command, project, contestants.environment())
        except measure.Failed as failed:
            print(failed, file=sys.stderr)
            return [*row, *["refused"] * (8 - len(row))]
        row += [f"{cost.cpu:.1f}", f"{cost.memory / 1e6:.0f}"]
    return row


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("--times", default="1,10,100,1000")
    parser.add_argument("--forms", default="csv,parquet,sav")
    asked = parser.parse_args()
    shipped = {name: pd.read_csv(contestants.ROOT / path, dtype="str") for name, path in RAW.items()}
    codes = sorted(shipped["municipalities"]["municipality_code"])
    head = ["data", "file", "rows", "MB", "check, CPU s", "check, MB", "section, CPU s", "section, MB"]
    rows = []
    for case in cases([int(each) for each in filter(None, asked.times.split(","))], codes):
        for form in asked.forms.split(","):
            with tempfile.TemporaryDirectory(prefix="scale-", ignore_cleanup_errors=True) as folder:
                project = Path(folder) / "project"
                contestants.now().lay(project)
                rows.append(run(case, form, shipped, project))
                shutil.rmtree(project, ignore_errors=True)
            print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    print(table(head, rows))


if __name__ == "__main__":
    main()

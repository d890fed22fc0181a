"""Data of another study: the shipped files for other municipalities, waves, actors or none at all."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

Row = dict[str, str]

SPENDING = ("raw/spending/municipal_accounts.csv", "reference/population.csv", "reference/exits.csv")
UNITS = "raw/survey/labour_units.csv"
ACTORS = "raw/survey/actors.csv"
FRAME = "raw/survey/survey_frame.csv"
INTERVIEWS = "raw/interviews/interviews.csv"
SPENDING_ONLY = (
    "{actors: none, survey_frame: none, labour_units: none, interviews: none, segments: none, codebook: none}"
)
SEGMENTS = "raw/interviews/segments.csv"


def rewrite(data: Path, name: str, change: Callable[[list[Row]], list[Row]]) -> None:
    """Rewrite a CSV file below the data folder."""
    with (data / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    with (data / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def all_codes(data: Path) -> list[str]:
    """List the codes of the 290 municipalities."""
    with (data / "reference/municipalities.csv").open(encoding="utf-8", newline="") as file:
        return [row["municipality_code"] for row in csv.DictReader(file)]


def other_municipalities(data: Path, codes: Iterable[str]) -> None:
    """Give these municipalities the rows of the shipped ones, in turn; the shipped ones go unless they are among them."""
    with (data / UNITS).open(encoding="utf-8", newline="") as file:
        ours = sorted({row["municipality_code"] for row in csv.DictReader(file)})
    like = {code: ours[at % len(ours)] for at, code in enumerate(codes)}

    def places(rows: list[Row]) -> list[Row]:
        return sorted(
            (
                row | {"municipality_code": code}
                for code, source in like.items()
                for row in rows
                if row["municipality_code"] == source
            ),
            key=lambda row: (row["year"], row["municipality_code"], row.get("area", "")),
        )

    for name in (*SPENDING, UNITS):
        rewrite(data, name, places)
    rounds = {code: at // len(ours) for at, code in enumerate(like)}

    def copied(rows: list[Row], key: str) -> list[Row]:
        return [
            row | {"municipality_code": code, key: f"{row[key]}{'x' * bool(rounds[code])}{rounds[code] or ''}"}
            for code, source in like.items()
            for row in rows
            if row["municipality_code"] == source
        ]

    held: dict[str, list[str]] = {}

    def interviews(rows: list[Row]) -> list[Row]:
        made = copied(rows, "interview_id")
        for row in made:
            held.setdefault(row["interview_id"].split("x")[0], []).append(row["interview_id"])
        return made

    rewrite(data, ACTORS, lambda rows: copied(rows, "respondent_id"))
    rewrite(data, INTERVIEWS, interviews)
    rewrite(
        data,
        SEGMENTS,
        lambda rows: [
            row | {"interview_id": new, "segment_id": f"{row['segment_id']}{new[len(row['interview_id']) :]}"}
            for row in rows
            for new in held.get(row["interview_id"], ())
        ],
    )


def settings(root: Path, **changes: str) -> None:
    """Replace keys of ``config.yaml`` by these values, as YAML flow text."""
    import yaml

    path = root / "config.yaml"
    content = yaml.safe_load(path.read_text("utf-8")) | {key: yaml.safe_load(text) for key, text in changes.items()}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _last_wave(root: Path) -> None:
    """Keep the survey's last wave."""
    for name in (ACTORS, FRAME):
        rewrite(root / "data", name, lambda rows: [row for row in rows if row["wave"] == max(r["wave"] for r in rows)])


def _one_coder(root: Path) -> None:
    """Let each interview be coded by one person."""
    first: dict[str, str] = {}

    def alone(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["coder"] == first.setdefault(row["interview_id"], row["coder"])]

    rewrite(root / "data", SEGMENTS, alone)
    rewrite(root / "data", INTERVIEWS, lambda rows: [row | {"second_coder": ""} for row in rows])


def without_design(data: Path, *names: str) -> None:
    """Take these columns out of the survey."""
    path = data / ACTORS
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    kept = [at for at, name in enumerate(rows[0]) if name not in names]
    path.write_text("".join(f"{','.join(row[at] for at in kept)}\n" for row in rows), "utf-8", newline="")


def _no_design(root: Path) -> None:
    """Let the survey say neither weights nor strata, and have no frame."""
    without_design(root / "data", "weight", "stratum")
    settings(root, sources="{survey_frame: none}")


def _own_strata(root: Path) -> None:
    """Give the survey strata that the frame does not know, and no weights."""
    without_design(root / "data", "weight")
    rewrite(root / "data", ACTORS, lambda rows: [row | {"stratum": f"Del {ord(row['actor'][0]) % 3}"} for row in rows])


def _own_weights(root: Path) -> None:
    """Let the survey say weights only."""
    without_design(root / "data", "stratum")


def _all_official(root: Path) -> None:
    """Let every row of the data be official."""
    data = root / "data"
    for path in sorted(data.rglob("*.csv")):
        if "synthetic" in path.read_text("utf-8"):
            rewrite(data, path.relative_to(data).as_posix(), lambda rows: [_official(row) for row in rows])


def _official(row: Row) -> Row:
    return row | {"origin": "official"} if row.get("origin") == "synthetic" else row


def _some(count: int) -> Callable[[Path], None]:
    """Study so many municipalities, taken evenly from the register."""

    def change(root: Path) -> None:
        codes = all_codes(root / "data")
        chosen = codes[:: len(codes) // count][:count]
        other_municipalities(root / "data", chosen)
        settings(root, municipalities=json.dumps(chosen))

    return change


WORLDS: dict[str, Callable[[Path], None]] = {
    "spending only": lambda root: settings(root, sources=SPENDING_ONLY),
    "no interviews": lambda root: settings(root, sources="{interviews: none, segments: none, codebook: none}"),
    "one wave": _last_wave,
    "single coder": _one_coder,
    "no design": _no_design,
    "own strata": _own_strata,
    "own weights": _own_weights,
    "all real": _all_official,
    "one municipality": lambda root: settings(root, municipalities='["0581"]'),
    "three municipalities": lambda root: settings(root, municipalities='["0581", "1980", "2580"]'),
    "other municipalities": _some(11),
    **{f"{count} municipalities": _some(count) for count in (14, 60, 290)},
}
"""What other studies may hold, by name: each changes the data and settings of a copy of the project."""

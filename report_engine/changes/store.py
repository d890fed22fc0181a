"""Releases on disk: ``report/releases/<name>/``, plain files that are the same bytes for the same state.

Plain, not packed: version control stores a chapter or contract that is there already, and a figure that did not change,
only once, and anyone can open them.
"""

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import yaml
from pydantic import BaseModel, Field, StrictStr

from report_engine.changes import rows, state
from report_engine.changes.state import Dataset, State
from report_engine.contracts import contract
from report_engine.model import document
from report_engine.model.document import DocumentError
from report_engine.model.problems import Problem, hinted
from report_engine.model.validation import worded
from report_engine.provenance.digests import digest
from report_engine.results.sidecars import dumps
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, Told, Word

FOLDER = Path("report/releases")
INDEX = FOLDER / "index.yaml"

_ABOUT = "release.yaml"
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")
_NO_FOLDER_ON_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FONT = re.compile(r"<style>@font-face.*?</style>", re.DOTALL)
_TEXTS = ("figures", "tables", "contracts", "chapters")
_ENDINGS = {"figures": ".svg", "tables": ".csv", "contracts": ".yaml", "chapters": ""}


_Names: TypeAlias = tuple[
    Annotated[StrictStr, Field(pattern=f"^(?:{_NAME.pattern})$"), worded(Message("expected.release_name"))], ...
]


class _About(BaseModel):
    """What a release says of itself; one of an earlier engine may say more."""

    edition: Edition
    data: dict[StrictStr, Dataset]


class Refused(Told):
    """What was asked for can't be done; the message says why and what to do."""


def current(edition: Edition, sources: Mapping[str, Iterable[Path]]) -> State:
    """Read the state that was built in this folder; ``sources`` are the raw files of each dataset, its mapping included."""
    results = Path("data/results")
    claims = _json(results / "claims.json")
    return State(
        name="",
        edition=edition,
        data={name: _dataset(name, paths) for name, paths in sorted(sources.items())},
        facts=state.own_facts(_json(results / "facts.json"), claims),
        claims=claims,
        # the embedded type takes half the space, and is the same everywhere
        figures={k: _FONT.sub("", svg) for k, svg in _texts(Path("figures", edition), "*/*", ".svg").items()},
        tables=_texts(results / edition / "tables", "*/*", ".csv"),
        contracts=_texts(contract.FOLDER, "*", ".yaml"),
        chapters=_chapters(Path("report")),
    )


def names() -> tuple[str, ...]:
    """List the releases, the oldest first; ``DocumentError`` where the list can't be read."""
    if not INDEX.is_file():
        return ()
    index = document.read(INDEX)
    return () if index.content is None else index.into(_Names)


def find(name: str | None) -> str:
    """Return the name of a release, the last one for None; ``Refused`` where there is none."""
    known = names()
    if not known:
        raise Refused(Message("release.none_yet"))
    if name is None:
        return known[-1]
    if name not in known:
        raise Refused(hinted(Message("release.unknown", {"name": repr(name), "known": known}), name, known))
    return name


def check_name(name: str) -> None:
    """Raise ``Refused`` for what can't name a new release."""
    if not _NAME.fullmatch(name) or name.endswith(".yaml") or _NO_FOLDER_ON_WINDOWS.fullmatch(name):
        raise Refused(Message("release.name", {"name": repr(name)}))
    taken = {known.casefold() for known in (*names(), *_folders())}
    if name.casefold() in taken:
        raise Refused(Message("release.taken", {"name": repr(name)}))


def load(name: str) -> State:
    """Read a release; ``DocumentError`` where its files can't be read."""
    folder = FOLDER / name
    try:
        about = document.read(folder / _ABOUT).into(_About)
    except DocumentError as error:
        raise DocumentError(*(replace(its, message=_not_as_released(its.message)) for its in error.problems)) from None
    try:
        return State(
            name=name,
            edition=about.edition,
            data=_publishable(name, about.data),
            facts=_items(folder / "facts.json", {"value", "unit", "low", "high", "n", "text"}),
            claims=claims(name),
            figures=_texts(folder / "figures", "*/*", ".svg"),
            tables=_texts(folder / "tables", "*/*", ".csv"),
            contracts=_texts(folder / "contracts", "*", ".yaml"),
            chapters=_chapters(folder / "chapters"),
        )
    except OSError as error:
        raise _broken(folder.as_posix(), Message("documents.not_readable")) from error


def claims(name: str) -> dict[str, Any]:
    """Read the claims of a release, and nothing else; ``DocumentError`` where they can't be read."""
    return _items(FOLDER / name / "claims.json", {"statement", "verdict"})


def row_diffs(old: State, new: State) -> dict[str, rows.RowDiff]:
    """Compare the rows of every dataset whose tidy table is not the same bytes as in the release ``old``.

    A table that one of them lacks, that has another primary key now, or of which the rows are not kept, is left out.
    """
    contracts = contract.load_all()
    found = {}
    for name in sorted(old.data.keys() & new.data.keys() & contracts.keys()):
        tidy = {old.data[name].tidy, new.data[name].tidy}
        if len(tidy) == 1 or "" in tidy:
            continue
        key = contracts[name].primary_key or contracts[name].columns
        kept = _records(FOLDER / old.name / "tidy" / f"{name}.parquet")
        if kept and not set(key) <= kept[0].keys():
            continue
        before, after = rows.by_key(kept, key), rows.by_key(_records(_tidy(name)), key)
        found[name] = rows.compare_rows(before, after, key)
    return found


def keep(state: State, name: str, why: str | None, unseen: Sequence[str]) -> Path:
    """Write a state as a release, whole or not at all, and put its name last in the list of releases.

    ``why`` and ``unseen`` say why, and which, changed verdicts nobody has ticked.
    """
    folder, unfinished = FOLDER / name, FOLDER / f".{name}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    for kind in _TEXTS:
        for key, text in getattr(state, kind).items():
            _write(unfinished / kind / f"{key}{_ENDINGS[kind]}", text)
    _write(unfinished / "facts.json", dumps(state.facts))
    _write(unfinished / "claims.json", dumps(state.claims))
    for dataset in [key for key, its in state.data.items() if its.tidy]:
        kept = unfinished / "tidy" / f"{dataset}.parquet"
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_tidy(dataset), kept)
    reason = {"why": why} if why else {}
    about = {
        "edition": state.edition,
        **reason,
        **({"unseen": list(unseen)} if unseen else {}),
        "data": {key: _kept(its) for key, its in state.data.items()},
    }
    _write(unfinished / _ABOUT, _yaml(about))
    known = names()
    unfinished.replace(folder)
    _write(INDEX, "# Releases of the report, the oldest first. `report release` adds to it.\n" + _yaml([*known, name]))
    return folder


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _dataset(name: str, paths: Iterable[Path]) -> Dataset:
    if name not in contract.public([name]):
        return Dataset(rows=_count(name))
    tidy = digest(_tidy(name)) if _tidy(name).is_file() else ""  # a dataset that was left out
    return Dataset({_shown(path): digest(path) for path in paths}, tidy)


def _shown(path: Path) -> str:
    """Name a file without saying where on this machine it lies."""
    here, full = Path().resolve(), path.resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else path.name


def _tidy(name: str) -> Path:
    return Path("data/tidy") / f"{name}.parquet"


def _records(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def _count(name: str) -> int:
    import pyarrow.parquet as pq

    rows: int = pq.read_metadata(_tidy(name)).num_rows if _tidy(name).is_file() else 0
    return rows


def _kept(its: Dataset) -> dict[str, Any]:
    return {"files": dict(its.files), "tidy": its.tidy} if its.rows is None else {"rows": its.rows}


def _publishable(release: str, data: Mapping[str, Dataset]) -> Mapping[str, Dataset]:
    """Return what is kept of each dataset; ``DocumentError`` where rows that are not public left a trace, as in older releases."""
    known = data.keys() & contract.load_all()
    if traced := sorted(name for name in known - contract.public(known) if data[name].rows is None):
        about = {
            "name": release,
            "datasets": traced,
            "folder": (FOLDER / release).as_posix(),
            "index": INDEX.as_posix(),
        }
        message = Message("documents.release_of_rows", about)
        raise DocumentError(Problem((FOLDER / release / _ABOUT).as_posix(), None, message))
    return data


def _chapters(folder: Path) -> dict[str, str]:
    found = (path for edition in EDITIONS for path in (folder / edition).rglob("*") if path.suffix in (".qmd", ".md"))
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(found)}


def _texts(folder: Path, pattern: str, ending: str) -> dict[str, str]:
    """Read the text files of a folder, by path without the ending."""
    found = sorted(folder.glob(f"{pattern}{ending}"))
    return {path.relative_to(folder).as_posix().removesuffix(ending): path.read_text("utf-8") for path in found}


def _json(path: Path) -> Any:
    import json

    return json.loads(path.read_text("utf-8"))


def _items(path: Path, parts: Set[str]) -> dict[str, Any]:
    """Read facts or claims by id, each with at least these parts; ``DocumentError`` for anything else."""
    try:
        found: dict[str, Any] = _json(path)
    except (OSError, ValueError) as error:
        raise _broken(path.as_posix(), Message("documents.not_readable")) from error
    if not isinstance(found, dict) or not all(
        isinstance(item, dict) and item.keys() >= parts for item in found.values()
    ):
        raise _broken(path.as_posix(), Message("documents.by_id", {"parts": ", ".join(sorted(parts))}))
    return found


def _broken(file: str, reason: Word) -> DocumentError:
    return DocumentError(Problem(file, None, _not_as_released(reason)))


def _not_as_released(reason: Word) -> Message:
    return Message("documents.not_as_released", {"reason": reason})


def _yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _folders() -> list[str]:
    return [path.name for path in FOLDER.iterdir() if path.is_dir()] if FOLDER.is_dir() else []

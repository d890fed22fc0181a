"""The project's folder as a build finds it: its files, and the datasets' sources."""

import glob
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from report_engine.checks import mapped_values
from report_engine.contracts import contract
from report_engine.readers import Source, Unreadable, mapping, read
from report_engine.readers.interviews import segments
from report_engine.settings import config
from report_engine.settings.settings import Files, Settings

REGISTER = "municipalities"
"""The dataset that municipalities' names and codes are taken from."""

CODEBOOK = "codebook"

PUBLISHED = Path("report/_output")


class SourceMissing(Exception):
    """A dataset's file is not there; the message has one line a file."""


def sources(settings: Settings, contracts: Mapping[str, contract.Contract]) -> dict[str, Source]:
    """Say which files each dataset is read from: the contract's, or those that ``config.yaml`` puts in its place.

    Raises ``DocumentError`` for a mapping that can't be used.
    """
    found = {name: Source((Path("data", its.path),)) for name, its in contracts.items()}
    found |= {name: files_of(given) for name, given in settings.sources.items() if name in contracts}

    @cache
    def register() -> Mapping[str, str]:
        return municipalities(found[REGISTER], contracts[REGISTER])

    @cache
    def codes() -> Mapping[str, str]:
        return codebook(found[CODEBOOK], contracts[CODEBOOK])

    if {segments.DATASET, CODEBOOK} <= {*found}:
        found[segments.DATASET] = replace(found[segments.DATASET], codes=codes)
    for name, given in settings.sources.items():
        if name in found and given.mapping is not None:
            rules = mapping.load(Path(given.mapping), contracts[name], register)
            mapped_values.check(rules, contracts[name])
            found[name] = replace(found[name], mapping=rules)
    return found


def municipalities(source: Source, its: contract.Contract) -> Mapping[str, str]:
    """Return the code of each municipality by its name; none where the register can't be read, which is said elsewhere."""
    try:
        columns = read(source, its).columns
        return dict(zip(columns["municipality"].texts, columns["municipality_code"].texts, strict=True))
    except (Unreadable, KeyError):
        return {}


def codebook(source: Source, its: contract.Contract) -> Mapping[str, str]:
    """Return our codes by what they may be called; none where the codebook can't be read, which is said elsewhere."""
    try:
        return segments.by_name({name: column.texts for name, column in read(source, its).columns.items()})
    except Unreadable:
        return {}


def files_of(given: Files) -> Source:
    """Find the files that an entry of ``config.yaml`` names, each once, those of a pattern sorted by name."""
    found: dict[Path, None] = {}
    for name in given.files:
        matching = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) and not Path(name).exists() else []
        matching = [path for path in matching if not Path(path).name.startswith(("~$", ".")) and Path(path).is_file()]
        found |= dict.fromkeys(Path(path) for path in matching or [name])
    return Source(tuple(found), given.format, given.sheet, given.encoding)


def inputs(sources: Mapping[str, Source]) -> list[Path]:
    """List every file that the datasets are read from, mappings included."""
    files = [path for source in sources.values() for path in source.files]
    return files + [Path(source.mapping.file) for source in sources.values() if source.mapping]


def require(sources: Mapping[str, Source]) -> None:
    """Raise ``SourceMissing`` naming every dataset whose file is not there.

    Snakemake itself is content as long as the results of a missing file are still there.
    """
    lines = []
    for name, source in sources.items():
        for path in source.files:
            if glob.has_magic(str(path)) and not path.exists():
                lines.append(
                    f"{path.as_posix()}: no file has such a name (the dataset {name}). Correct `sources:` in {config.FILE}."
                )
            elif not path.is_file():
                lines.append(
                    f"{path.as_posix()}: the file of the dataset {name} is missing. Put it there, or name another under "
                    f"`sources:` in {config.FILE}."
                )
    if lines:
        raise SourceMissing("\n".join(lines))


def published_files(edition: str) -> list[Path]:
    """List the published files of an edition."""
    return sorted(path for name in ("report.*", "slides.*") for path in (PUBLISHED / edition).glob(name))

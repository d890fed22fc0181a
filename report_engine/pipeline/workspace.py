"""The project's folder as a build finds it: its files, and the datasets' sources."""

import glob
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from report_engine.checks import mapped_values
from report_engine.contracts import contract, study
from report_engine.model import document
from report_engine.model.document import DocumentError
from report_engine.model.problems import Problem
from report_engine.provenance import place
from report_engine.readers import Source, Unreadable, mapping, read
from report_engine.readers.interviews import segments
from report_engine.readers.source import Coded
from report_engine.settings import config
from report_engine.settings.settings import Files, Settings
from report_engine.words.editions import Edition
from report_engine.words.messages import Message

PUBLISHED = Path("report/_output")


class SourceMissing(Exception):
    """Files of datasets that are not there: a line each."""

    def __init__(self, missing: Sequence[Message]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say of each file what to do."""
        return "\n".join(each.say(edition) for each in self.missing)


def sources(settings: Settings, contracts: Mapping[str, contract.Contract]) -> dict[str, Source]:
    """Say which files each dataset is read from: the contract's, or those that ``config.yaml`` puts in its place.

    Raises ``DocumentError`` for a mapping, or a role of the study, that can't be used.
    """
    roles = study.roles(contracts)
    found = {name: Source((Path("data", its.path),)) for name, its in contracts.items()}
    found |= {name: files_of(given) for name, given in settings.sources.items() if name in contracts}

    @cache
    def register() -> Mapping[str, str]:
        if its := roles.places:
            return places(found[its.dataset], contracts[its.dataset], its)
        raise DocumentError(Problem(place.FILE, None, Message("documents.needs_register", {"key": mapping.BY_NAME})))

    @cache
    def codes() -> Mapping[str, str]:
        its = roles.codebook
        return codebook(found[its.dataset], contracts[its.dataset], its) if its else {}

    if passages := roles.segments:
        coded = Coded(passages.id, passages.document, roles.codebook.dataset if roles.codebook else "", codes)
        found[passages.dataset] = replace(found[passages.dataset], coded=coded)
    for name, given in settings.sources.items():
        if name in found and given.mapping is not None:
            written = document.read(Path(given.mapping), only_text=True)
            rules = mapping.parse(written, contracts[name], register)
            written.refuse(mapped_values.check(rules, contracts[name]))
            found[name] = replace(found[name], mapping=rules)
    return found


def places(source: Source, its: contract.Contract, register: study.Register) -> Mapping[str, str]:
    """Return the code of each place by its name; none where the register can't be read, which is said elsewhere."""
    try:
        columns = read(source, its).columns
        return dict(zip(columns[register.name].texts, columns[register.code].texts, strict=True))
    except (Unreadable, KeyError):
        return {}


def codebook(source: Source, its: contract.Contract, role: study.Codebook) -> Mapping[str, str]:
    """Return our codes by what they may be called; none where the codebook can't be read, which is said elsewhere."""
    try:
        columns = read(source, its).columns
        names = [columns[name].texts for name in role.names if name in columns]
        return segments.by_name(columns[role.code].texts, names)
    except (Unreadable, KeyError):
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
    missing = []
    for name, source in sources.items():
        for path in source.files:
            about = {"path": path.as_posix(), "name": name, "config": config.FILE}
            if glob.has_magic(str(path)) and not path.exists():
                missing.append(Message("build.no_file", about))
            elif not path.is_file():
                missing.append(Message("build.file_missing", about))
    if missing:
        raise SourceMissing(missing)


def published_files(edition: str) -> list[Path]:
    """List the published files of an edition."""
    return sorted(path for name in ("report.*", "slides.*") for path in (PUBLISHED / edition).glob(name))

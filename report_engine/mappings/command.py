"""``report map``: the mapping that a file has already, a proposed one, or which dataset is nearest, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from report_engine.contracts import contract, study
from report_engine.contracts.contract import Contract, Field
from report_engine.mappings import choices, earlier, passages
from report_engine.mappings.likeness import Known
from report_engine.mappings.proposal import Proposal, Sureness, propose
from report_engine.mappings.writing import said_of_scale, write
from report_engine.model import document
from report_engine.model.document import DocumentError
from report_engine.model.findings import Finding, escape, line, listed
from report_engine.model.problems import hinted
from report_engine.pipeline import workspace
from report_engine.pipeline.steps import BAD_INPUT
from report_engine.readers import Sheet, Source, Unreadable, mapping, read, sheets
from report_engine.readers.interviews.segments import is_coded
from report_engine.readers.source import content, shown_path
from report_engine.settings import config
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Value, Word, told
from report_engine.words.spoken import language

Say = Callable[[Word], None]

_SURENESS: Mapping[Sureness, str] = {
    "sure": "mappings.sure",
    "likely": "mappings.likely",
    "doubtful": "mappings.doubtful",
}
_SHOWN = 3  # errors of a trial that are said
_NAMES = 20
_NEAR = 2  # columns that a file shares with the nearest dataset, at least, if that is to be said


def run(file: Path, dataset: str | None, lang: Edition | None, say: Say, *, replace: bool = False) -> int:
    """Name the mapping that is made for such files, or write ``data/mappings/<file>.yaml``; return 0.

    Returns 2, with nothing written, where the file or the dataset can't be used, or the file fits no dataset. Notes in the
    proposal are in the language ``lang``, without it in that of the report's first edition.
    """
    try:
        contracts = contract.load_all()
        if dataset is not None and dataset not in contracts:
            unknown = {"name": repr(escape(dataset)), "known": listed(contracts, 40)}
            say(hinted(Message("mappings.no_dataset", unknown), dataset, contracts))
            return BAD_INPUT
        settings = config.load(Path())
        sources = workspace.sources(settings, contracts)
        data = content(file, dataset or "data")
        project = _Project(contracts, sources, lang or settings.editions[0], say)
        return project.map(file, data, dataset, replace=replace)
    except Unreadable as error:
        say("\n".join(line(finding, language()) for finding in error.findings))
    except DocumentError as error:
        say(told(error))
    return BAD_INPUT


class _Project:
    """What a file is compared with: contracts, places and codes, mappings; and whom it is told to."""

    def __init__(
        self, contracts: Mapping[str, Contract], sources: Mapping[str, Source], lang: Edition, say: Say
    ) -> None:
        self.contracts = contracts
        self.sources = sources
        self.lang = lang
        self.say = say
        self.roles = study.roles(contracts)
        self.known = Known(
            references(sources, contracts, self.roles), self.roles.places.dataset if self.roles.places else None
        )

    def map(self, file: Path, data: bytes, dataset: str | None, *, replace: bool) -> int:
        """Name or write the mapping of a file."""
        shown = shown_path(file)
        tables = sheets(data, shown)
        if not any(any(cell.strip() for cell in cells) for one in tables for _, cells in one.records):
            advice = Message("files.export_table")
            raise Unreadable(Finding(shown, "file", Message("files.header_without_rows"), advice=advice))
        target = mapping.FOLDER / f"{file.stem}.yaml"
        wanted = [self.contracts[dataset]] if dataset else [*self.contracts.values()]
        there = earlier.written(mapping.FOLDER, {one.name: one for one in wanted}, self._places)
        there = [its for its in there if not (replace and Path(its.file) == target)]
        coders = {name: source.coded for name, source in self.sources.items() if source.coded}
        known = earlier.best(data, shown, there, self.contracts, coders)
        if isinstance(known, earlier.Fitting):
            return self._take(known, data, shown, target, replace=replace)
        if target.exists() and not replace:
            self.say(Message("mappings.there", {"file": target.as_posix()}))
            return BAD_INPUT
        coded = self._coded(tables, wanted)
        if coded is not None:
            name, written = coded
            self.say(Message("mappings.passages", {"file": target.as_posix(), "dataset": name}))
            return self._write(written, data, shown, target, name)
        found = propose(tables, wanted, [*self.contracts.values()], self.known, file.stem)
        if not found or (dataset is None and not found[0].fits):
            if known:
                self._say_strange(known, shown)
            else:
                self._say_nearest(found, shown, dataset)
            return BAD_INPUT
        if needless(found[0]):
            return self._pass(found[0], data, shown)
        self._say_sureness(found[0], shown, target)
        return self._write(write(found[0], self.known, self.lang), data, shown, target, found[0].contract.name)

    def _places(self) -> Mapping[str, str]:
        return self.known.names.get(self.known.register or "", {})

    def _coded(self, tables: Sequence[Sheet], wanted: Sequence[Contract]) -> tuple[str, str] | None:
        """Return the dataset of coded passages and the mapping for it, where the file holds any."""
        role = self.roles.segments
        sheet = next((one for one in tables if is_coded(one)), None)
        if role is None or sheet is None or role.dataset not in {one.name for one in wanted}:
            return None
        coded = self.sources[role.dataset].coded
        if coded is None:
            return None
        return role.dataset, passages.write(sheet, self.contracts[role.dataset], coded, self.known, self.lang)

    def _take(self, fitting: earlier.Fitting, data: bytes, shown: str, target: Path, *, replace: bool) -> int:
        """Name the mapping that is made for such a file; where it would take too much of it, write one that takes less."""
        its = fitting.rules
        about: dict[str, Value] = {"file": shown, "mapping": its.file, "dataset": its.dataset}
        keep = earlier.narrowed(data, shown, fitting, self.contracts[its.dataset])
        if not keep or (target.exists() and not replace):
            self.say(Message("mappings.earlier", about))
            self._say_trial(fitting.trial)
            self._say_next(its.dataset, shown, Path(its.file))
            return 0
        columns = listed(keep, _NAMES)
        self.say(Message("mappings.narrowed", {**about, "target": target.as_posix(), "columns": columns}))
        remark = Message("proposals.narrowed", {"mapping": its.file}).say(self.lang)
        return self._write(earlier.copied(Path(its.file), keep, remark), data, shown, target, its.dataset)

    def _pass(self, found: Proposal, data: bytes, shown: str) -> int:
        """Say that a file needs no mapping."""
        its = found.contract
        self.say(Message("mappings.needless", {"file": shown, "dataset": its.name, "title": its.title}))
        self._say_trial(earlier.tried(data, shown, None, its))
        self.say(Message("mappings.next_needless"))
        self.say(f"  {its.name}: {escape(shown)}")
        return 0

    def _write(self, text: str, data: bytes, shown: str, target: Path, dataset: str) -> int:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
        one = self.contracts[dataset]
        its = mapping.parse(document.parse(text, target.as_posix(), only_text=True), one, self._places)
        self._say_trial(earlier.tried(data, shown, its, one, self.sources[dataset].coded))
        self._say_next(dataset, shown, target)
        return 0

    def _say_sureness(self, found: Proposal, shown: str, target: Path) -> None:
        placed = {our: one for our, (one, _) in found.placed.items()}
        matched = sum(len(one.names) or 1 for one in placed.values())
        others = sum(len(one.names) or 1 for one in found.left if one.counted and not one.is_label)
        about: dict[str, Value] = {
            "file": shown,
            "target": target.as_posix(),
            "dataset": found.contract.name,
            "title": found.contract.title,
            "placed": matched,
            "theirs": matched + others,
        }
        self.say(Message(_SURENESS[found.sureness], about))
        unsure = [f"{placed[our].name} = {our}" for our in found.unsure if placed[our].name != our]
        perhaps = [f"{one.name} = {our}" for our, one in found.perhaps.items()]
        elsewhere = {one.name for one in (*found.perhaps.values(), found.divider) if one}
        left = [one.name for one in found.left if not one.is_label and one.name not in elsewhere]
        for key, names in (
            ("mappings.unsure", [*unsure, *perhaps]),
            ("mappings.missed", [self._called(one) for one in found.missed]),
            ("mappings.left", left),
            ("mappings.rivals", list(found.rivals)),
            ("mappings.twins", list(found.twins)),
            ("mappings.together", list(found.together)),
        ):
            if names:
                self.say(Message(key, {"names": listed(names, _NAMES), "sheet": found.sheet.name}))
        for its, names in choices.together(choices.scales(found)):
            self.say(said_of_scale(found, its, names))

    def _say_strange(self, its: earlier.Strange, shown: str) -> None:
        """Say that the file has the columns of a mapping but other values."""
        about = {
            "file": shown,
            "mapping": its.rules.file,
            "dataset": its.rules.dataset,
            "column": its.column,
            "found": listed(its.found),
            "wanted": listed(its.wanted),
        }
        self.say(Message("mappings.no_fit_values", about))

    def _say_nearest(self, found: Sequence[Proposal], shown: str, dataset: str | None) -> None:
        """Say that the file fits no dataset, and what the nearest would lack."""
        nearest = found[0] if found else None
        if nearest is None or (dataset is None and len(nearest.placed) < _NEAR):
            key = "mappings.nothing_like" if dataset else "mappings.no_fit"
            self.say(Message(key, {"file": shown, "dataset": dataset or "", "known": listed(self.contracts, 40)}))
            return
        pairs = [f"{one.name} = {our}" for our, (one, _) in nearest.placed.items()]
        about = {
            "file": shown,
            "dataset": nearest.contract.name,
            "title": nearest.contract.title,
            "placed": listed(pairs, _NAMES),
            "lacking": listed([self._called(one) for one in nearest.missed], _NAMES),
        }
        self.say(Message("mappings.no_fit_nearest" if nearest.missed else "mappings.no_fit_rows", about))

    def _called(self, one: Field) -> str:
        """Name a column of ours as a person knows it, and as it is written."""
        return f"{one.title[language()]} ({one.name})"

    def _say_trial(self, trial: earlier.Trial) -> None:
        errors = trial.errors
        self.say(Message("mappings.tried" if errors else "mappings.tried_well", {"rows": trial.rows, "n": len(errors)}))
        for error in errors[:_SHOWN]:
            self.say(f"  {line(error, language(), 3)}")

    def _say_next(self, dataset: str, shown: str, target: Path) -> None:
        self.say(Message("mappings.next"))
        self.say(f"  {dataset}:\n    files: {escape(shown)}\n    mapping: {target.as_posix()}")


def needless(found: Proposal) -> bool:
    """Whether a file has a dataset's own columns, and no others."""
    own = all(one.name == our for our, (one, _) in found.placed.items())
    return own and not found.left and not found.several_sheets and len(found.placed) == len(found.contract.columns)


def references(
    sources: Mapping[str, Source], contracts: Mapping[str, Contract], roles: study.Roles
) -> dict[str, Mapping[str, str]]:
    """Read what the rows of the datasets that others refer to are called: places, codes, and other keys as they are."""
    known: dict[str, Mapping[str, str]] = {}
    for its in contracts.values():
        for key in its.foreign_keys:
            if len(key.fields) == 1 and key.resource != its.name and key.resource not in known:
                known[key.resource] = _keys(sources[key.resource], contracts[key.resource], key.reference_fields[0])
    if register := roles.places:
        known[register.dataset] = workspace.places(sources[register.dataset], contracts[register.dataset], register)
    if book := roles.codebook:
        known[book.dataset] = workspace.codebook(sources[book.dataset], contracts[book.dataset], book)
    return known


def _keys(source: Source, its: Contract, name: str) -> Mapping[str, str]:
    """Return the texts of a column of keys, each by itself; none where it can't be read: ``report check`` says why."""
    try:
        return {text: text for text in read(source, its).columns[name].texts}
    except (Unreadable, KeyError):
        return {}

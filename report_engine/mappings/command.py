"""``report map``: writes a proposed mapping of a file, and says what it could not place and what to do next."""

from collections.abc import Callable, Mapping
from pathlib import Path

from report_engine.contracts import contract, study
from report_engine.mappings import proposal
from report_engine.model.document import DocumentError
from report_engine.model.findings import escape, line, listed
from report_engine.model.problems import hinted
from report_engine.pipeline import workspace
from report_engine.pipeline.steps import BAD_INPUT
from report_engine.readers import Source, Unreadable, mapping, read, sheets
from report_engine.readers.source import content, shown_path
from report_engine.settings import config
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Value, Word, told
from report_engine.words.spoken import language


def propose(
    file: Path, dataset: str | None, lang: Edition | None, say: Callable[[Word], None], *, replace: bool = False
) -> int:
    """Write ``data/mappings/<file>.yaml``; return 0, or 2 where the file or the dataset can't be used.

    Its notes are in the language ``lang``, without it in that of the report's first edition.
    """
    try:
        contracts = contract.load_all()
        if dataset is not None and dataset not in contracts:
            unknown = {"name": repr(escape(dataset)), "known": listed(contracts, 40)}
            say(hinted(Message("mappings.no_dataset", unknown), dataset, contracts))
            return BAD_INPUT
        roles = study.roles(contracts)
        settings = config.load(Path())
        known = references(workspace.sources(settings, contracts), contracts, roles)
        tables = sheets(content(file, dataset or "data"), shown_path(file))
    except Unreadable as error:
        say("\n".join(line(finding, language()) for finding in error.findings))
        return BAD_INPUT
    except DocumentError as error:
        say(told(error))
        return BAD_INPUT
    wanted = [contracts[dataset]] if dataset else [one for one in contracts.values() if one.stream != "reference"]
    register = roles.places.dataset if roles.places else None
    found = proposal.propose(tables, wanted, known, register)
    if found is None:
        say(Message("mappings.none", {"file": shown_path(file)}))
        return BAD_INPUT
    target = mapping.FOLDER / f"{file.stem}.yaml"
    if target.exists() and not replace:
        say(Message("mappings.there", {"file": target.as_posix()}))
        return BAD_INPUT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(proposal.write(found, known, register, lang or settings.editions[0]), "utf-8", newline="\n")
    _report(found, shown_path(file), target, say)
    return 0


def references(
    sources: Mapping[str, Source], contracts: Mapping[str, contract.Contract], roles: study.Roles
) -> proposal.References:
    """Read what the rows of the datasets that others refer to are called: places and codes."""
    known: dict[str, Mapping[str, str]] = {}
    if register := roles.places:
        known[register.dataset] = workspace.places(sources[register.dataset], contracts[register.dataset], register)
    if book := roles.codebook:
        try:
            columns = read(sources[book.dataset], contracts[book.dataset]).columns
            codes = columns[book.code].texts
            pairs = [(text, code) for name in book.names for text, code in zip(columns[name].texts, codes, strict=True)]
            known[book.dataset] = dict(pairs) | {code: code for code in codes}
        except (Unreadable, KeyError):  # `report check` says what is wrong with it
            known[book.dataset] = {}
    return known


def _report(found: proposal.Proposal, file: str, target: Path, say: Callable[[Word], None]) -> None:
    name, columns = found.contract.name, found.contract.columns
    placed = len(columns) - len(found.lacking)
    counts: dict[str, Value] = {"file": target.as_posix(), "dataset": name, "placed": placed, "all": len(columns)}
    say(Message("mappings.written", counts))
    unsure = [f"{one.name} = {our}" for our, (one, certain) in found.placed.items() if certain < proposal.UNSURE]
    for key, words in (
        ("mappings.unsure", unsure),
        ("mappings.lacking", [one.name for one in found.lacking]),
        ("mappings.left", [one.name for one in found.left]),
    ):
        if words:
            say(Message(key, {"names": listed(words, 40)}))
    say(Message("mappings.next"))
    say(f"  {name}:\n    files: {escape(file)}\n    mapping: {target.as_posix()}")

"""``report map``: writes a proposed mapping of a file, and says what it could not place and what to do next."""

from collections.abc import Callable, Mapping
from pathlib import Path

from report_engine.contracts import contract, study
from report_engine.mappings import proposal
from report_engine.model.document import DocumentError
from report_engine.model.findings import escape, listed
from report_engine.pipeline import workspace
from report_engine.pipeline.steps import BAD_INPUT
from report_engine.readers import Source, Unreadable, mapping, read, sheets
from report_engine.readers.source import content, shown_path
from report_engine.settings import config
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.nearest import hint

_SAYS: Mapping[str, Text] = {
    "written": {"sv": "{file}: förslag för datamängden {dataset}, {placed} av {all} kolumner placerade.",
                "en": "{file}: proposed for the dataset {dataset}, {placed} of {all} columns placed."},
    "there": {"sv": "{file} finns redan och är som den var. Skriv över den med --replace.",
              "en": "{file} is there already and is as it was. Write over it with --replace."},
    "lacking": {"sv": "Ingen av deras kolumner är: {}.", "en": "None of their columns is: {}."},
    "left": {"sv": "Deras kolumner som blev över (står under ignore): {}.", "en": "Columns of theirs left over (under ignore): {}."},
    "unsure": {"sv": "Osäkra, se efter: {}.", "en": "Not certain, have a look: {}."},
    "none": {"sv": "{}: ingen kolumn liknar någon i någon datamängd. Ange den med --dataset, eller skriv mappningen för hand.",
             "en": "{}: no column is like one of any dataset. Name it with --dataset, or write the mapping by hand."},
    "next": {"sv": "Rätta filen, skriv sedan i config.yaml under sources: och kör `report check`.",
             "en": "Correct the file, then write in config.yaml under sources: and run `report check`."},
}  # fmt: skip


def propose(
    file: Path, dataset: str | None, language: str, say: Callable[[str], None], *, replace: bool = False
) -> int:
    """Write ``data/mappings/<file>.yaml``; return 0, or 2 where the file, the dataset or the language can't be used."""
    if language not in EDITIONS:
        say(f"--lang: {escape(language)!r} is none of {', '.join(EDITIONS)}")
        return BAD_INPUT
    edition: Edition = EDITIONS[EDITIONS.index(language)]
    try:
        contracts = contract.load_all()
        if dataset is not None and dataset not in contracts:
            say(
                f"--dataset: {escape(dataset)!r} is no dataset{hint(dataset, contracts)}. There are: {listed(contracts, 40)}."
            )
            return BAD_INPUT
        roles = study.roles(contracts)
        known = references(workspace.sources(config.load(Path()), contracts), contracts, roles)
        tables = sheets(content(file, dataset or "data"), shown_path(file))
    except Unreadable as error:
        say("\n".join(map(str, error.findings)))
        return BAD_INPUT
    except DocumentError as error:
        say(error.say(edition))
        return BAD_INPUT
    wanted = [contracts[dataset]] if dataset else [one for one in contracts.values() if one.stream != "reference"]
    register = roles.places.dataset if roles.places else None
    found = proposal.propose(tables, wanted, known, register)
    if found is None:
        say(_SAYS["none"][edition].format(shown_path(file)))
        return BAD_INPUT
    target = mapping.FOLDER / f"{file.stem}.yaml"
    if target.exists() and not replace:
        say(_SAYS["there"][edition].format(file=target.as_posix()))
        return BAD_INPUT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(proposal.write(found, known, register, edition), "utf-8", newline="\n")
    _report(found, shown_path(file), target, edition, say)
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


def _report(found: proposal.Proposal, file: str, target: Path, edition: Edition, say: Callable[[str], None]) -> None:
    name, columns = found.contract.name, found.contract.columns
    placed = len(columns) - len(found.lacking)
    say(_SAYS["written"][edition].format(file=target.as_posix(), dataset=name, placed=placed, all=len(columns)))
    unsure = [f"{one.name} = {our}" for our, (one, certain) in found.placed.items() if certain < proposal.UNSURE]
    for key, words in (
        ("unsure", unsure),
        ("lacking", [one.name for one in found.lacking]),
        ("left", [one.name for one in found.left]),
    ):
        if words:
            say(_SAYS[key][edition].format(listed(words, 40)))
    say(_SAYS["next"][edition])
    say(f"  {name}:\n    files: {escape(file)}\n    mapping: {target.as_posix()}")

"""Whatever is wrong with a file, settings, a mapping or a contract is said in Swedish without a word of English."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from report_engine.contracts.contract import load
from report_engine.contracts.contract import parse as contract_of
from report_engine.model import document, findings
from report_engine.model.document import DocumentError
from report_engine.model.findings import Finding
from report_engine.readers import mapping
from report_engine.settings import config
from tests.hostile import rules
from tests.hostile.damages import damaged
from tests.hostile.samples import SAMPLES, Use, found_in, use

ROOT = Path(__file__).parents[2]
ENGLISH = frozenset(
    "and any be been before beyond can cannot column columns does expected file files found from had has have holds invalid its "
    "longer must no none nor of only other row rows sheet than that the their them then there these they this those too were "
    "what where which while with without would".split()
)
"""Words that no Swedish message has, and hardly any English one lacks."""
KEYS = "columns rows sheet files file from"
"""Words of Swedish messages about documents that are keys of theirs."""
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
DAMAGED = 15  # files of each sample


def words(*texts: str | None) -> set[str]:
    return {word for text in texts if text for word in _WORD.findall(text.casefold())}


def english(said: str, *data: str | None) -> set[str]:
    """Return the English words in what is said, but for those that stand in the data and names of keys."""
    return (words(re.sub("`[^`]*`", "", said)) & ENGLISH) - words(*data)


def wrong(found: Iterable[Finding], data: str) -> Iterator[str]:
    """Give what is said in Swedish with English in it, or just as it is in English."""
    for finding in found:
        swedish, same = (" ".join(findings.sentences(finding, edition)) for edition in ("sv", "en"))
        own = (finding.file, finding.column, finding.value, finding.nearest, *finding.others, data)
        if english(findings.line(finding, "sv"), *own) or (swedish == same and words(swedish) - words(*own)):
            yield findings.line(finding, "sv")


@pytest.mark.parametrize("name", sorted(name for name in SAMPLES if not name.startswith(("spss", "xls:", "xlsb"))))
def test_findings_of_damaged_files_are_swedish(name: str) -> None:
    asked = use(SAMPLES[name])
    columns = " ".join(column for contract in asked.contracts for column in contract.columns)
    made = [damaged(SAMPLES[name], random.Random(f"{name}/{number}")) for number in range(DAMAGED)]
    assert [line for data in made for line in wrong(found_in(data, asked), columns)] == []


def test_findings_of_files_of_another_kind_are_swedish() -> None:
    asked: Use = use(b"key;name\n1;a\n")
    others = (
        b"SQLite format 3\0" + bytes(84), b"\x1f\x8b", b"%PDF-1.4", b"PK\x05\x06" + bytes(18), b'{"a": 1}', b"<html>", b"",
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"),
        b"ASCII SPSS PORT FILE".ljust(40) * 5, b"$FL2" + bytes(300), b"PAR1", b"\xff\xfe\0", b"key;name\n1;a;b\n", b"key;name\n",
        b'key;name\n1;"a\n', b"key\0name", b"a;b\n1;2\n", "key;name\n1;Ã¥\n".encode(), b"key;name\n1;#REF!\n", b"key,name;x\n",
    )  # fmt: skip
    found = [[*found_in(data, asked)] for data in others]
    assert all(found)
    assert [line for each in found for line in wrong(each, "key name")] == []


def _settings(text: str, folder: Path) -> None:
    (folder / "config.yaml").write_text(text, "utf-8")
    config.load(folder)


def _mapping(text: str, folder: Path) -> None:
    mapping.parse(document.parse(text, "m.yaml", only_text=True), load("population"), dict)


def _contract(text: str, folder: Path) -> None:
    contract_of(document.parse(text, "c.yaml"))


READ: dict[str, tuple[Callable[[str, Path], None], str]] = {
    "settings": (_settings, "config.yaml"),
    "a mapping": (_mapping, "data/mappings/scb_population.yaml"),
    "a contract": (_contract, "analysis/contracts/actors.yaml"),
}


@pytest.mark.parametrize("kind", READ)
def test_what_is_wrong_with_settings_mappings_and_contracts_is_swedish(kind: str, tmp_path: Path) -> None:
    read, file = READ[kind]
    sound = (ROOT / file).read_bytes()
    texts = [damaged(sound, random.Random(f"{kind}/{at}")).decode("utf-8", "replace") for at in range(150)]
    texts += [] if kind == "a contract" else rules.TEXTS.values()
    refused = 0
    for text in texts:
        try:
            read(text, tmp_path)
        except DocumentError as error:
            refused += 1
            for swedish, same in zip(error.say("sv").splitlines(), error.say("en").splitlines(), strict=True):
                assert not english(swedish, text, KEYS), swedish
                assert swedish != same or not words(swedish.partition(": ")[2]) - words(text), swedish
    assert refused > 30

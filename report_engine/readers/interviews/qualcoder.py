"""QualCoder: the database of a project (``data.qda`` in the folder ``<project>.qda``)."""

from collections.abc import Mapping, Sequence

from report_engine.model.findings import Finding, at_most
from report_engine.readers.interviews.codings import (
    DEEPEST,
    Code,
    Coding,
    Scissors,
    codebook,
    nested,
    refuse_many,
    segments,
)
from report_engine.readers.interviews.positions import COUNTINGS, TOOLS, Counting, Marked, Ruler, best, holds, plain
from report_engine.readers.interviews.same_names import key_of
from report_engine.readers.tables import database
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message

FORM = "qualcoder"

_TABLES = {
    "source": ("id", "name", "fulltext"),
    "code_cat": ("catid", "name", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "supercid?"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "memo"),
    "code_image?": ("imid",),
    "code_av?": ("avid",),
    "cases?": ("caseid", "name"),
    "case_text?": ("caseid", "fid"),
    "attribute?": ("name", "attr_type", "value", "id"),
}
Rows = Mapping[str, Sequence[tuple[str, ...]]]


def matches(data: bytes, name: str) -> bool:
    """Say whether the file is a QualCoder database."""
    return data.startswith(b"SQLite") and database.is_database(data, "code_text", "code_cat", "source")


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read a project into the sheets ``segments``, ``codebook`` and ``documents``; records have the database's own numbers.

    Raises ``Unreadable``.
    """
    rows = database.read(data, file, _TABLES)
    refuse_many(len(rows["code_name"]), file)
    codes = _codes(rows)
    codings, findings = _codings(rows, codes, file)
    elsewhere = len(rows["code_image"]) + len(rows["code_av"])
    if elsewhere:
        problem = Message("exports.codings_elsewhere", {"n": elsewhere})
        findings.append(Finding(file, "row", problem, severity="warning"))
    return [segments(file, FORM, codings, findings), codebook(file, FORM, codes.values()), _documents(rows, file)]


def _codes(rows: Rows) -> dict[str, Code]:
    """Return the codes by id, below their categories (and, from version 4, the codes they belong to)."""
    categories = {key: (name, above) for key, name, above in rows["code_cat"]}
    names = {key: (name, category, above) for key, name, _, category, above in rows["code_name"]}
    codes = {}
    for key, name, memo, category, above in rows["code_name"]:
        parts = [name]
        while above in names and len(parts) < DEEPEST:
            parts.append(names[above][0])
            category, above = names[above][1] or category, names[above][2]
        while category in categories and len(parts) < DEEPEST:
            parts.append(categories[category][0])
            category = categories[category][1]
        codes[key] = nested(parts[::-1], "", memo)
    return codes


def _codings(rows: Rows, codes: Mapping[str, Code], file: str) -> tuple[list[Coding], list[Finding]]:
    texts = {key: (name, text) for key, name, text in rows["source"]}
    marked: dict[str, list[Marked]] = {}
    for _, _, document, quoted, start, end, *_ in rows["code_text"]:
        marked.setdefault(document, []).append(Marked(_integer(start), _integer(end), plain(quoted)))
    known = [(texts[key][1], passages) for key, passages in sorted(marked.items()) if key in texts]
    likely, *_ = best(TOOLS["qualcoder"], known)
    rulers = {key: _Rulers(texts[key][1], likely) for key in marked if key in texts}
    scissors = Scissors(file)
    codings, wrong, other = [], [], []
    for key, code, document, quoted, start, end, coder, memo in rows["code_text"]:
        number = _integer(key)
        if code not in codes:
            problem = Message("exports.code_unknown", {"coding": key})
            wrong.append(Finding(file, "reference", problem, number, "cid", code or None))
            continue
        passage = Marked(_integer(start), _integer(end), plain(quoted))
        ruler, certain = rulers[document].fitting(passage) if document in rulers else (Ruler("", likely), True)
        place = scissors.passage(ruler.text, ruler.at(passage.start), ruler.at(passage.end))
        if place is None:
            problem = Message("exports.coding_outside", {"coding": key, "start": start, "end": end})
            wrong.append(Finding(file, "range", problem, number, "pos0"))
            continue
        if not certain:
            other.append(number)
        first, last, text = place
        name = texts[document][0]
        codings.append(Coding(number, name, codes[code], coder, first, last, text, memo, key, key_of(name, document)))
    return codings, [*_doubt(file, other), *at_most(wrong)]


class _Rulers:
    """A text under every way of counting: QualCoder counts otherwise in passages that it coded by itself."""

    def __init__(self, text: str, likely: Counting) -> None:
        self._text = text
        self._ways = [likely, *(way for way in COUNTINGS if way != likely)]
        self._made: list[Ruler] = []

    def fitting(self, passage: Marked) -> tuple[Ruler, bool]:
        """Return the text by the first way under which the passage holds what was coded, else by the likely one; and
        whether it does."""
        for at, way in enumerate(self._ways):
            if at == len(self._made):  # most texts need the first only
                self._made.append(Ruler(self._text, way))
            if holds(self._made[at], passage):
                return self._made[at], True
        return self._made[0], False


def _doubt(file: str, other: Sequence[int]) -> list[Finding]:
    if not other:
        return []
    first, *rest = other
    problem = Message("exports.not_what_was_coded")
    advice = Message("exports.compare")
    return [Finding(file, "row", problem, first, "seltext", advice=advice, severity="warning", rows=tuple(rest))]


def _documents(rows: Rows, file: str) -> Sheet:
    """Return ``document``, ``characters``, ``cases`` and a column an attribute of files or of the cases they belong to."""
    cases: dict[str, list[str]] = {}
    for case, document in rows["case_text"]:
        if case not in cases.setdefault(document, []):
            cases[document].append(case)
    named = {key: name for key, name in rows["cases"]}
    values: dict[tuple[str, str], dict[str, str]] = {}
    for name, kind, value, key in rows["attribute"]:
        values.setdefault((kind, key), {})[name] = value
    fixed = ["document", "characters", "cases"]
    names = [name for name in dict.fromkeys(name for name, *_ in rows["attribute"]) if name not in fixed]
    records = []
    for key, document, text in rows["source"]:
        of = dict(values.get(("file", key), {}))
        for case in cases.get(key, ()):
            for name, value in values.get(("case", case), {}).items():
                of[name] = of.get(name) or value
        belongs = "; ".join(named.get(case, "") for case in cases.get(key, ()))
        rest = [of.get(name, "") for name in names]
        records.append((_integer(key), [document, str(len(plain(text))), belongs, *rest]))
    return Sheet(file, FORM, [*fixed, *names], records, "documents")


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1

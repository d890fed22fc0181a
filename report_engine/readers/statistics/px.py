"""PC-Axis files (.px): keywords, then the values row-major over stub and heading."""

import codecs
import re
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod

from report_engine.model.findings import Finding, show
from report_engine.readers.raw import BLANKS, Unreadable
from report_engine.readers.statistics.pxweb import is_number, long_form, refuse_vast
from report_engine.readers.tables.sheet import NumberText, Sheet
from report_engine.words.messages import Message

FORM = "px"

_STATEMENT = re.compile(
    r"\s*(?P<key>[A-Za-z][A-Za-z0-9-]*)(?:\[(?P<language>[\w-]+)\])?(?:\((?P<about>(?:\"[^\"]*\"|[^\")])*)\))?\s*=\s*"
)
_VALUE = re.compile(r'((?:"[^"]*"|[^";])*);')
_ITEM = re.compile(r'"[^"]*"(?:\s*"[^"]*")*|[^",\s][^",]*')
_TOKEN = re.compile(r'"[^"\n]*"|[^\s,;"]+')
_CODE_PAGES = {
    "utf-8": "utf-8", "utf8": "utf-8", "65001": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252", "1252": "cp1252", "ansi": "cp1252", "iso-8859-15": "iso-8859-15",
    "cp850": "cp850", "850": "cp850", "ibm850": "cp850", "cp437": "cp437", "437": "cp437", "ibm437": "cp437",
}  # fmt: skip
_LOOKED_AT = 5_000  # bytes at the start in which a file says what it is
_MOST_STATEMENTS = 20_000


@dataclass(frozen=True)
class _Keywords:
    """What the file says about its values, in its main language."""

    plain: dict[str, list[str]]
    about: dict[tuple[str, str], list[str]]
    data: str

    def of(self, key: str, variable: str) -> list[str]:
        return self.about.get((key, variable), [])

    def word(self, key: str) -> str:
        return " ".join(self.plain.get(key, []))


def matches(data: bytes, name: str) -> bool:
    """Say whether a file is a PC-Axis file: it begins with a keyword and soon names its matrix or its variables."""
    head = data[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8)
    if b"\0" in head or not re.match(rb'\s*[A-Z][A-Z-]{2,30}(?:\[[\w-]+\])?(?:\("[^"]*"\))?\s*=', head):
        return False
    return re.search(rb'(?:^|;)\s*(?:CHARSET|AXIS-VERSION|MATRIX|STUB|HEADING)\s*=\s*"', head) is not None


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read the values into one sheet in long form: each variable's code and ``<variable>_label``, ``value``, ``status``.

    A variable is called by its VARIABLECODE where the file gives one. Symbols (``..``) go into ``status``, their meaning
    into its labels. With KEYS, rows that the file leaves out are left out here, with a warning. Raises ``Unreadable``.
    """
    words = _keywords(_text(data, file), file)
    stub, heading = words.plain.get("STUB", []), words.plain.get("HEADING", [])
    variables = [*stub, *heading]
    if not variables or len(set(variables)) < len(variables):
        raise _refused(file, Message("statistics.no_variables"))
    sizes = [len(words.of("VALUES", variable)) for variable in variables]
    if 0 in sizes:
        raise _refused(
            file, Message("statistics.variable_without_values", {"variable": show(variables[sizes.index(0)])})
        )
    total = refuse_vast(sizes, file)
    dimensions = {(words.of("VARIABLECODE", v) or [v])[0].strip(BLANKS): _codes(v, words, file) for v in variables}
    if len(dimensions) < len(variables):
        raise _refused(file, Message("statistics.same_code"))
    questions = {name: variable.strip(BLANKS) for name, variable in zip(dimensions, variables, strict=True)}
    keyed = [variable for variable in stub if words.of("KEYS", variable)]
    tokens = _tokens(words.data, total * (1 + len(stub)), file)
    missing = {"status": _meanings(words)}
    if keyed:
        return [_unended(_keyed(tokens, words, dimensions, questions, missing, file), words)]
    if len(tokens) != total:
        raise _refused(file, Message("statistics.values_promised", {"promised": total, "found": len(tokens)}))
    cells = [_cell(token, at, file) for at, token in enumerate(tokens, start=1)]
    return [_unended(long_form(file, FORM, dimensions, cells, questions, words.word("MATRIX"), missing), words)]


def _unended(sheet: Sheet, words: _Keywords) -> Sheet:
    """Warn where no semicolon ends the values, though all are there: the last of them may be cut off."""
    if ";" in words.data or not sheet.records:
        return sheet
    row, cells = sheet.records[-1]
    problem = Message("statistics.semicolon_missing")
    value = cells[-2] or cells[-1]
    advice = Message("statistics.look_at_last")
    warning = Finding(sheet.file, "row", problem, row, "value", value, advice=advice, severity="warning")
    return replace(sheet, findings=(*sheet.findings, warning))


def _text(data: bytes, file: str) -> str:
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    found = re.search(rb'CODEPAGE\s*=\s*"([^"]*)"', data[:_LOOKED_AT])
    charset = re.search(rb'CHARSET\s*=\s*"([^"]*)"', data[:_LOOKED_AT])
    stated = found[1].decode("ascii", "replace").strip().lower() if found else ""
    ansi = charset is not None and charset[1].strip().upper() == b"ANSI"
    if stated and stated not in _CODE_PAGES:
        raise Unreadable(
            Finding(file, "encoding", Message("statistics.code_page", {"name": show(stated)}), advice=_AS_JSON)
        )
    encoding = "utf-8" if marked else _CODE_PAGES[stated] if stated else "cp1252" if ansi else "cp850"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Message("statistics.line_not_of_code_page", {"line": line, "encoding": encoding})
        raise Unreadable(Finding(file, "encoding", problem, advice=_AS_JSON)) from None


_AS_JSON = Message("statistics.as_json")


def _keywords(text: str, file: str) -> _Keywords:
    """Take the keywords apart, up to DATA; those in another than the main language are passed over."""
    plain: dict[str, list[str]] = {}
    about: dict[tuple[str, str], list[str]] = {}
    at = 0
    for _ in range(_MOST_STATEMENTS):
        found = _STATEMENT.match(text, at)
        if not found:
            break
        key = found["key"].upper()
        if key == "DATA" and not found["about"]:
            return _Keywords(plain, about, text[found.end() :])
        value = _VALUE.match(text, found.end())
        if not value:
            raise _refused(
                file, Message("statistics.keyword_without_end", {"keyword": show(key)}), _line(text, found.start("key"))
            )
        at = value.end()
        if found["language"]:
            continue
        items = _items(value[1])
        if found["about"] is None:
            plain[key] = items
        else:
            about[key, (_items(found["about"]) or [""])[0]] = items
    raise _refused(file, Message("statistics.data_missing"), _line(text, at))


def _items(text: str) -> list[str]:
    """Return the listed texts; one that is broken over lines (text after text without a comma) is put together."""
    return [
        "".join(item.split('"')[1::2]) if item.startswith('"') else item.strip(BLANKS) for item in _ITEM.findall(text)
    ]


def _codes(variable: str, words: _Keywords, file: str) -> dict[str, str]:
    values = [value.strip(BLANKS) for value in words.of("VALUES", variable)]
    codes = [code.strip(BLANKS) for code in words.of("CODES", variable)] or values
    if len(codes) != len(values) or len(set(codes)) < len(codes):
        raise _refused(
            file,
            Message(
                "statistics.values_and_codes",
                {"variable": show(variable), "values": len(values), "codes": len(set(codes))},
            ),
        )
    return dict(zip(codes, values, strict=True))


def _meanings(words: _Keywords) -> dict[str, str]:
    """Return what the file itself calls its symbols: DATASYMBOL2 is what stands for two dots."""
    named = {"." * number: words.word(f"DATASYMBOL{number}") for number in range(1, 7)}
    named["-"] = words.word("DATASYMBOLNIL")
    return {symbol: text for symbol, text in named.items() if text and text != symbol}


def _tokens(data: str, most: int, file: str) -> list[str]:
    """Take DATA apart. Its semicolon may be missing at the file's end: whether all values are there, their count tells."""
    body, end, rest = data.rpartition(";")
    if not end:
        body, rest = data.rstrip(BLANKS + "\x1a"), ""
    if rest.strip(BLANKS + "\x1a"):
        raise _refused(file, Message("statistics.data_without_end"))
    tokens = [found[0] for found in islice(_TOKEN.finditer(body), most + 1)]
    if len(tokens) > most:
        raise _refused(file, Message("statistics.data_too_long", {"limit": most}))
    if '"' in _TOKEN.sub("", body):
        raise _refused(file, Message("statistics.open_quotation"))
    return tokens


def _cell(token: str, at: int, file: str) -> tuple[str, str]:
    bare = token.strip('"').strip(BLANKS)
    if not token.startswith('"') and is_number(bare) and len(bare) < 40:
        return NumberText(bare), ""
    if token.startswith('"') or bare in (".", "..", "...", "....", ".....", "......", "-"):
        return "", bare
    raise _refused(file, Message("statistics.data_not_number", {"value": at, "token": show(token)}))


def _keyed(
    tokens: list[str],
    words: _Keywords,
    dimensions: dict[str, dict[str, str]],
    questions: dict[str, str],
    missing: dict[str, dict[str, str]],
    file: str,
) -> Sheet:
    """Lay out rows that begin with the codes (or values) of their stub; a file with KEYS leaves out rows of nothing."""
    stub = words.plain.get("STUB", [])
    names = list(dimensions)
    if [variable for variable in stub if words.of("KEYS", variable)] != stub:
        raise _refused(file, Message("statistics.keys_for_all"))
    known = []
    for name, variable in zip(names, stub, strict=False):
        by_value = words.of("KEYS", variable)[0].upper() == "VALUES"
        codes = dimensions[name]
        known.append({label: code for code, label in codes.items()} if by_value else {code: code for code in codes})
    heading = [list(dimensions[name]) for name in names[len(stub) :]]
    across = list(product(*heading))
    width = len(stub) + len(across)
    if len(tokens) % width:
        raise _refused(file, Message("statistics.rows_of_keys", {"keys": len(stub), "values": len(across)}))
    header = long_form(file, FORM, {name: {} for name in names}, [], questions).header
    records: list[tuple[int, list[str]]] = []
    seen: set[tuple[str, ...]] = set()
    for start in range(0, len(tokens), width):
        keys = [token.strip('"').strip(BLANKS) for token in tokens[start : start + len(stub)]]
        unknown = next((key for key, codes in zip(keys, known, strict=True) if key not in codes), None)
        place = tuple(codes.get(key, "") for key, codes in zip(keys, known, strict=True))
        if unknown is not None or place in seen:
            problem = (
                Message("statistics.key_not_declared", {"name": show(unknown)})
                if unknown is not None
                else Message("statistics.keys_twice")
            )
            raise _refused(file, Message("statistics.in_row", {"row": start // width + 1, "problem": problem}))
        seen.add(place)
        for column, token in zip(across, tokens[start + len(stub) : start + width], strict=True):
            place_codes = zip(names, (*place, *column), strict=True)
            pairs = [text for name, code in place_codes for text in (code, dimensions[name][code])]
            records.append((len(records) + 1, [*pairs, *_cell(token, len(records) + 1, file)]))
    left_out = prod(len(codes) for codes in known) - len(seen)
    findings: tuple[Finding, ...] = ()
    if left_out:
        problem = Message("statistics.rows_not_in_file", {"n": left_out})
        findings = (Finding(file, "row", problem, severity="warning"),)
    labels = {**dimensions, **missing}
    return Sheet(
        file,
        FORM,
        header,
        records,
        words.word("MATRIX"),
        decimal=".",
        questions=questions,
        labels=labels,
        findings=findings,
    )


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _refused(file: str, problem: Message, line: int | None = None) -> Unreadable:
    return Unreadable(
        Finding(
            file,
            "file",
            problem if line is None else Message("statistics.at_line", {"line": line, "problem": problem}),
            advice=_AS_JSON,
        )
    )

"""What tests of proposals share: the study's contracts, what its references are called, and every edit that a proposal suggests."""

import re
from collections.abc import Iterator

from report_engine.checks import mapped_values
from report_engine.contracts import contract
from report_engine.mappings import proposal, writing
from report_engine.mappings.likeness import Known
from report_engine.model import document
from report_engine.readers import mapping, sheets

REGISTER = {"Norrköping": "0581", "Malmö": "1280", "Falun": "2080", "Timrå": "2262", "Luleå": "2580"}
KNOWN = Known(
    {
        "municipalities": REGISTER,
        "codebook": {"kontroll": "control", "control": "control", "samverkan": "collaboration"},
        "interviews": {"GI01": "GI01", "GI02": "GI02"},
    },
    "municipalities",
)
CONTRACTS = contract.load_all()

_WAITING = re.compile(r"^(\s*)#(?=\S)", re.MULTILINE)


def fits(tables, dataset=None, file="a"):
    """Return the proposals for the tables of a file, the best first."""
    wanted = [CONTRACTS[dataset]] if dataset else [*CONTRACTS.values()]
    return proposal.propose(tables, wanted, [*CONTRACTS.values()], KNOWN, file)


def proposed(content, dataset=None, name="a.csv"):
    """Return the best proposal for a file, its mapping as the reader takes it, and its text."""
    data = content if isinstance(content, bytes) else content.encode()
    found = fits(sheets(data, name), dataset, name.partition(".")[0])[0]
    text = writing.write(found, KNOWN, "en")
    return found, read(text), text


def read(text):
    """Read a mapping as a build does, with all that is checked of it."""
    its = document.parse(text, "m.yaml", only_text=True)
    one = CONTRACTS[its.content["dataset"]]
    rules = mapping.parse(its, one, lambda: REGISTER)
    its.refuse(mapped_values.check(rules, one))
    return rules


def edits(text) -> Iterator[str]:
    """Give the text after each edit that it suggests: each waiting line taken by itself, with each value that it may have, and all.

    A waiting line is one with a ``#`` right before a word.
    """
    lines = text.split("\n")
    taken = [_WAITING.sub(r"\1", line) for line in lines]
    for at, (line, free) in enumerate(zip(lines, taken, strict=True)):
        if line != free:
            for one in [free, *_with_values(taken, at)]:
                yield "\n".join([*lines[:at], one, *lines[at + 1 :]])
    yield "\n".join(taken)


def _with_values(lines, at) -> Iterator[str]:
    """Give a line of ``values``, ``attributes`` or ``constants`` with each value that our column may hold."""
    found = re.fullmatch(r'(\s+)("(?:\\.|[^"\\])*"|[^":]+): ("(?:\\.|[^"\\])*"|\w*)(  # .*)?', lines[at])
    section = next(line for line in reversed(lines[: at + 1]) if re.match(r"\w", line))
    if not found or section not in ("values:", "attributes:", "constants:"):
        return
    above = next((line for line in reversed(lines[:at]) if re.match(r"  \w+:$", line)), "")
    name = found[2] if section == "constants:" else above.strip(" :")
    its = CONTRACTS[next(line for line in lines if line.startswith("dataset: ")).removeprefix("dataset: ")]
    for value in its.field(name).allowed:
        yield f'{found[1]}{found[2]}: "{value}"{found[4] or ""}'

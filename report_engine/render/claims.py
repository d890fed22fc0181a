"""Every claim has one sentence in each edition, and every marked sentence a claim that tests it."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from report_engine.model.document import nearest
from report_engine.model.problems import Problem
from report_engine.render import editions
from report_engine.words.editions import Edition

_WITHOUT_ID = re.compile(r"\{(?=[^{}]*\.claim\b)(?![^{}]*#)[^{}]*\}")


def span_id(claim: str) -> str:
    """Return the id of a claim's sentence: ``background.costs_up`` gives ``claim-background-costs-up``."""
    return f"claim-{claim}".replace(".", "-").replace("_", "-")


def check(root: Path, edition: Edition) -> list[Problem]:
    """Compare the marked sentences of an edition's chapters with ``data/results/claims.json``."""
    path = root / "data" / "results" / "claims.json"
    if not path.is_file():
        return []
    claims = json.loads(path.read_text("utf-8")).keys()
    return list(problems(edition, editions.chapters(root, edition), claims))


def problems(edition: Edition, chapters: Mapping[str, str], claims: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for a marked sentence without a claim, a claim without a sentence, and a second sentence of one.

    ``chapters`` holds an edition's texts by file name (``background.qmd``); ``claims`` the ids of all claims.
    """
    known = {span_id(claim): claim for claim in claims}
    found: dict[str, str] = {}
    for name, text in chapters.items():
        path = f"report/{edition}/{name}"
        prose = editions.visible(text)
        for match in _WITHOUT_ID.finditer(prose):
            message = "a claim's sentence needs the claim's id: [...]{.claim #claim-section-name}"
            yield Problem(path, editions.line_of(prose, match), message)
        for item in editions.read(path, text, edition).said:
            where = f"{path}, line {item.line}"
            if item.kind != "claim":
                continue
            if item.name not in known:
                hint = nearest(item.name, known)
                yield Problem(path, item.line, f"no claim of the analysis tests the sentence #{item.name}{hint}")
            elif item.name in found:
                yield Problem(path, item.line, f"#{item.name} marks a second sentence (the first: {found[item.name]})")
            found.setdefault(item.name, where)
    for identifier, claim in known.items():
        if identifier not in found:
            hint = nearest(identifier, [name for name in found if name not in known])
            message = f"the claim {claim} marks no sentence: write [...]{{.claim #{identifier}}} around it{hint}"
            yield Problem(f"report/{edition}/{claim.partition('.')[0]}.qmd", None, message)

"""Every claim has one sentence in each edition, and every marked sentence a claim that tests it."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from report_engine.model.problems import Problem
from report_engine.render import editions
from report_engine.words.editions import Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import meant

_WITHOUT_ID = re.compile(r"\{(?=[^{}]*\.claim\b)(?![^{}]*#)[^{}]*\}")


def span_id(claim: str) -> str:
    """Return the id of a claim's sentence: ``background.costs_up`` gives ``claim-background-costs-up``."""
    return f"claim-{claim}".replace(".", "-").replace("_", "-")


def check(root: Path, edition: Edition) -> list[Problem]:
    """Compare the marked sentences of an edition's chapters with the claims of the results."""
    path = root / "data" / "results" / edition / "claims.json"
    if not path.is_file():
        return []
    claims = json.loads(path.read_text("utf-8")).keys()
    return list(problems(edition, editions.chapters(root, edition), claims))


def problems(edition: Edition, chapters: Mapping[str, str], claims: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for a marked sentence without a claim, a claim without a sentence, and a second sentence of one.

    ``chapters`` holds an edition's texts by file name (``background.qmd``); ``claims`` the ids of all claims.
    """
    known = {span_id(claim): claim for claim in claims}
    found: dict[str, Message] = {}
    for name, text in chapters.items():
        path = f"report/{edition}/{name}"
        prose = editions.visible(text)
        for match in _WITHOUT_ID.finditer(prose):
            message = Message("chapters.claim_without_id")
            yield Problem(path, editions.line_of(prose, match), message)
        for item in editions.read(path, text, edition).said:
            where = Message("chapters.at_line", {"file": path, "line": item.line})
            if item.kind != "claim":
                continue
            if item.name not in known:
                message = Message("chapters.sentence_without_claim", {"id": item.name})
                yield Problem(path, item.line, message, meant(item.name, known))
            elif item.name in found:
                yield Problem(
                    path, item.line, Message("chapters.second_sentence", {"id": item.name, "first": found[item.name]})
                )
            found.setdefault(item.name, where)
    for identifier, claim in known.items():
        if identifier not in found:
            hint = meant(identifier, [name for name in found if name not in known])
            message = Message("chapters.claim_without_sentence", {"claim": claim, "id": identifier})
            yield Problem(f"report/{edition}/{claim.partition('.')[0]}.qmd", None, message, hint)

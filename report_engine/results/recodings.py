"""What the report says of answers whose scale was recoded: a paragraph a dataset, and an empty file where none was."""

import re
from collections.abc import Mapping
from pathlib import Path

from report_engine.contracts.contract import Contract
from report_engine.readers.recoding import Scale
from report_engine.readers.source import Source
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.report import say
from report_engine.words.typesetting import typeset

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")


def file(edition: Edition) -> str:
    """Return the path of what chapters include, below the project."""
    return f"data/results/{edition}/recoded.md"


def write(root: Path, sources: Mapping[str, Source], contracts: Mapping[str, Contract]) -> None:
    """Write for each edition, below ``root``, what is said of the recodings that the sources' mappings declare."""
    declared = {name: source.mapping.scale for name, source in sorted(sources.items()) if source.mapping}
    told = [paragraph(scale, contracts[name]) for name, scale in declared.items() if scale]
    for edition in EDITIONS:
        target = root / file(edition)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(typeset(each[edition], edition) for each in told)
        target.write_text(f"{text}\n" if text else "", "utf-8", newline="\n")


def paragraph(scale: Scale, its: Contract) -> Text:
    """Say in Markdown how the answers of a dataset were recoded, and what that does to them."""
    named = [say("recoded.question", title=its.field(name).title) for name in scale.columns]
    if isinstance(scale.rule, dict):
        pairs = scale.rule.items()
        steps = say("recoded.table", steps=[say("recoded.step", theirs=_plain(a), ours=_plain(b)) for a, b in pairs])
    else:
        steps = say("recoded.nearest")
    return say(
        "recoded.paragraph",
        dataset=its.title,
        theirs=scale.from_,
        ours=scale.to,
        questions=say("recoded.questions", questions=named) if named else None,
        steps=steps,
    )


def _plain(text: str) -> str:
    """Write any text so that no markup is read into it."""
    return _MARKUP.sub(r"\\\g<0>", text)

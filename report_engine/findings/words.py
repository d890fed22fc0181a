"""A finding in two sentences: what is wrong, and what to do about it."""

from report_engine.model.findings import Finding, sentences
from report_engine.words.editions import Edition
from report_engine.words.messages import say


def said(finding: Finding, edition: Edition) -> tuple[str, str]:
    """Return what is wrong, as a sentence, and what to do about it: what the finding advises, else what its kind does."""
    problem, *rest = sentences(finding, edition)
    if not rest:
        rest.append(say(f"remedies.{finding.kind}", edition))
    return problem[:1].upper() + problem[1:], " ".join(rest)

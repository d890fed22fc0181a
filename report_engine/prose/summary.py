"""What ``report check`` says of the prose: each typed number and word of size, and each marked exception."""

from pathlib import Path

from report_engine.prose import Found
from report_engine.words.editions import Edition
from report_engine.words.messages import say

FULL_LIST = "logs/prose.txt"

_SHOWN = 40  # of what is wrong, printed one by one


def lines(found: Found, edition: Edition, full_list: str = FULL_LIST) -> list[str]:
    """Write in a language one line for each thing that is wrong and each marked exception."""
    printed = [place.problem.say(edition) for place in found.errors[:_SHOWN]]
    if len(found.errors) > _SHOWN:
        printed.append(say("typed.more", edition, n=len(found.errors) - _SHOWN, file=full_list))
    if found.marked:
        printed.append(say("typed.on_purpose", edition, n=len(found.marked)))
        printed += [f"  {place.problem.say(edition)}" for place in found.marked]
    return printed


def write(found: Found, path: Path, edition: Edition) -> None:
    """Write everything that was found, one line each, to a file in a language."""
    path.parent.mkdir(parents=True, exist_ok=True)
    every = (*found.errors, *found.marked)
    path.write_text("".join(f"{place.problem.say(edition)}\n" for place in every), "utf-8", newline="\n")

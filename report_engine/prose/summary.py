"""What ``report check`` says of the prose: each typed number, each marked exception, and counts of words that assert."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from report_engine.prose import Found, Place
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Value, say

FULL_LIST = "logs/prose.txt"

_SHOWN = 40  # typed numbers that are printed one by one
_FIRST = 3  # words of size or direction that are quoted


def lines(found: Found, edition: Edition, full_list: str = FULL_LIST) -> list[str]:
    """Write in a language one line a typed number and a marked exception, and one an edition for words of size or direction."""
    printed = [place.problem.say(edition) for place in found.errors[:_SHOWN]]
    if len(found.errors) > _SHOWN:
        printed.append(say("typed.more", edition, n=len(found.errors) - _SHOWN, file=full_list))
    if found.marked:
        printed.append(say("typed.on_purpose", edition, n=len(found.marked)))
        printed += [f"  {place.problem.say(edition)}" for place in found.marked]
    for folder in sorted({_folder(place) for place in found.sizes}):
        printed.append(_sizes(folder, [place for place in found.sizes if _folder(place) == folder], edition))
    if found.sizes:
        printed.append(say("typed.full_list", edition, file=full_list))
    return printed


def write(found: Found, path: Path, edition: Edition) -> None:
    """Write everything that was found, one line each, to a file in a language."""
    path.parent.mkdir(parents=True, exist_ok=True)
    every = (*found.errors, *found.marked, *found.sizes)
    path.write_text("".join(f"{place.problem.say(edition)}\n" for place in every), "utf-8", newline="\n")


def _folder(place: Place) -> str:
    return "/".join(place.file.split("/")[:2])


def _sizes(folder: str, places: Sequence[Place], edition: Edition) -> str:
    counts = Counter(place.file.removeprefix(f"{folder}/") for place in places)
    files = [f"{name} {count}" for name, count in sorted(counts.items())]
    first = [_quoted(folder, place) for place in places[:_FIRST]]
    return say("typed.sizes", edition, folder=folder, n=len(places), files=files, words=first)


def _quoted(folder: str, place: Place) -> Message:
    about: dict[str, Value] = {
        "words": " ".join(place.words.split()),
        "file": place.file.removeprefix(f"{folder}/"),
        "line": place.line,
    }
    return Message("typed.quoted", about)

"""What ``report check`` says of the prose: each typed number, each marked exception, and counts of words that assert."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from report_engine.prose import Found, Place

FULL_LIST = "logs/prose.txt"

_SHOWN = 40  # typed numbers that are printed one by one
_FIRST = 3  # words of size or direction that are quoted


def lines(found: Found, full_list: str = FULL_LIST) -> list[str]:
    """Write one line a typed number and a marked exception, and one an edition for words of size or direction."""
    said = [str(place) for place in found.errors[:_SHOWN]]
    if len(found.errors) > _SHOWN:
        said.append(f"{len(found.errors) - _SHOWN} more typed numbers; the full list is in {full_list}.")
    if found.marked:
        said.append(f"{len(found.marked)} numbers are typed on purpose:")
        said += [f"  {place}" for place in found.marked]
    for folder in sorted({_folder(place) for place in found.sizes}):
        said.append(_sizes(folder, [place for place in found.sizes if _folder(place) == folder]))
    if found.sizes:
        said.append(f"The full list of these words is in {full_list}.")
    return said


def write(found: Found, path: Path) -> None:
    """Write everything that was found, one line each, to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    every = (*found.errors, *found.marked, *found.sizes)
    path.write_text("".join(f"{place}\n" for place in every), "utf-8", newline="\n")


def _folder(place: Place) -> str:
    return "/".join(place.file.split("/")[:2])


def _sizes(folder: str, places: Sequence[Place]) -> str:
    counts = Counter(place.file.removeprefix(f"{folder}/") for place in places)
    files = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    first = ", ".join(
        f"“{' '.join(p.words.split())}” ({p.file.removeprefix(f'{folder}/')}, line {p.line})" for p in places[:_FIRST]
    )
    return f"{folder}: warning: {len(places)} words of size or direction outside a claim ({files}), such as {first}."

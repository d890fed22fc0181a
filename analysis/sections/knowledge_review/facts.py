"""The facts of the knowledge review: every number and word that its chapter uses."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pandas as pd

from analysis.facts import about, same
from analysis.sections.knowledge_review.frames import RESULTS, SIDES, Frames
from analysis.shared_texts import places as in_words
from report_engine.model.section import Fact
from report_engine.words.editions import Text
from report_engine.words.numbers import both, count_words, percent_words

STUDIES = ("studies",)
SPOKEN = ("segments", "interviews")


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    for group in (_studies, _reasons):
        yield partial(group, found)


def _fact(
    found: Frames, tables: tuple[str, ...], name: str, value: float | None, text: Text, unit: str, n: int | None = None
) -> Fact:
    return Fact(f"knowledge_review.{name}", value, text, unit, tables, found.inputs.origin(*tables), n=n)


def _studies(found: Frames) -> Iterable[Fact]:
    studies, fact = found.studies, partial(_fact, found, STUDIES)
    known = studies[studies["direction"] != "not_read"]
    descriptive = int((known["direction"] == "descriptive").sum())
    counts = {
        "studies": len(studies),
        "descriptive": descriptive,
        "with_results": int(studies["direction"].isin(RESULTS).sum()),
        "comparison_groups": int((studies["method"] == "quasi_experiment").sum()),
        "from_title": int((studies["coding_basis"] == "title").sum()),
        **{f"result_{name}": int((studies["direction"] == name).sum()) for name in RESULTS},
        **{f"sanctions_{name}": int((studies["sanctions"] == name).sum()) for name in SIDES},
    }
    for name, count in counts.items():
        yield fact(name, count, found.say("studies.count", count=count), "studies", len(studies))
    share = descriptive / len(known) if len(known) else 0.0
    yield fact("descriptive_share", share, both(percent_words, share), "share", len(known))
    for name, year in (("first_year", studies["year"].min()), ("last_year", studies["year"].max())):
        yield fact(name, int(year), same(int(year)), "year")


def _reasons(found: Frames) -> Iterable[Fact]:
    fact = partial(_fact, found, SPOKEN)
    ends = found.commonest["code"].iloc[[0, -1]]
    names = {name: found.reason(code) for name, code in zip(("top", "least"), ends, strict=True)}
    for row in found.reach.itertuples():
        short, places = str(row.code).removeprefix("reason_"), int(row.municipalities)
        segments = None if pd.isna(row.n) or row.n < found.inputs.settings.smallest_cell else int(row.n)
        yield fact(f"voiced_{short}", segments, about(segments, count_words), "segments", segments)
        yield fact(f"reach_{short}", places, in_words(places), "municipalities")
    for name, words in names.items():
        yield fact(f"reason_{name}", None, words, "text")

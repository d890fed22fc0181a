"""What a section gives: figures, tables, facts and claims, as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from report_engine.words.editions import Edition, Text

if TYPE_CHECKING:  # the model itself must stay cheap to import
    import pandas as pd
    from matplotlib.figure import Figure as Canvas


Origin = Literal["official", "synthetic", "mixed", "literature", "none"]
"""Where the rows behind a result come from; ``mixed`` holds synthetic rows too, ``none`` stands where there are no rows."""

Outcome = Literal["holds", "borderline", "fails", "untestable"]
"""What a test says: ``fails`` only where the data speak against the claim, ``borderline`` where they decide nothing."""

Leaning = Literal["for", "against"]
"""On which side of its limit the estimate of a claim lies that is borderline."""

Stream = Literal["spending", "survey", "interviews", "literature", "several"]
"""The kind of evidence that a claim rests on."""


class Unavailable(Exception):
    """The data do not bear a part of a section: a dataset is not there, or too small; ``reason`` is one sentence per edition."""

    def __init__(self, reason: Text) -> None:
        super().__init__(list(reason.values())[-1])
        self.reason = reason


@dataclass(frozen=True)
class Fact:
    """One computed number or word that the prose uses.

    ``id`` is ``<section>.<name>``; ``text`` its wording in running text per edition; ``value`` the exact
    value (float, int or str) in ``unit``; ``low`` and ``high`` bound the 95 % interval where there is one; ``n``
    counts the cases behind it; ``tables`` names the tidy tables it was computed from.
    """

    id: str
    value: float | int | str | None
    text: Text
    unit: str
    tables: tuple[str, ...]
    origin: Origin
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Effect:
    """The size of what a claim asserts: an estimate in ``unit`` (as a fact's), its 95 % interval and its cases.

    ``what`` names it in a short noun phrase per edition ("difference in the share who agree"); ``low`` and ``high`` are None
    where the figure is a full count, ``n`` counts the cases (respondents, segments, municipalities, years) it rests on.
    """

    value: float
    unit: str
    what: Text
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What a predicate says: the outcome, the numbers that decided, and why where nothing could be tested.

    ``numbers`` maps a short English name to a value; ``reason`` is one sentence per edition that a reader of the
    claims table sees (what was compared and what came out, or why it can't be tested); ``effect`` is the size of what is
    asserted, where it has one; ``leaning`` is the side that a borderline outcome leans to, where it leans.
    """

    outcome: Outcome
    numbers: Mapping[str, float | int | str]
    reason: Text
    effect: Effect | None = None
    leaning: Leaning | None = None


@dataclass(frozen=True)
class Robustness:
    """How firmly a verdict stands: it stayed the same in ``same`` of ``draws`` resamples or alternative choices.

    ``over`` says in a short phrase per edition what was varied ("resamples of the respondents", "one municipality left out").
    """

    same: int
    draws: int
    over: Text


@dataclass(frozen=True)
class Claim:
    """One sentence of the report that asserts something, with the verdict of its predicate.

    ``id`` is ``<section>.<name>``; ``figure`` names the figure or table that shows it (``section/name``);
    ``rests_on`` lists ids of claims of earlier sections; ``citations`` are bib keys of literature claims, ``dissent`` those of
    studies that point the other way. ``stream`` is the kind of evidence.
    """

    id: str
    statement: Text
    verdict: Verdict
    stream: Stream
    tables: tuple[str, ...]
    origin: Origin
    figure: str | None = None
    rests_on: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    robustness: Robustness | None = None


@dataclass(frozen=True)
class Provenance:
    """What stands under every figure and table: source, origin of the data and number of cases."""

    source: Text
    origin: Origin
    tables: tuple[str, ...]
    n: int | None = None
    n_unit: Text | None = None  # "respondents", "segments", "municipalities" ...; goes with n
    suppressed: int = 0  # cells hidden by disclosure control


@dataclass(frozen=True)
class Figure:
    """One figure: the frame behind it (as published in CSV), how it is drawn, and its words.

    ``name`` is snake_case without the section; ``caption`` states the finding in one or two sentences with
    computed numbers; ``alt`` describes what is to be seen, computed as well; ``draw(data, edition)`` returns a
    matplotlib figure made by ``report_engine.drawing.style.canvas``. ``title`` is a short noun phrase (card heading, lists).
    ``lacking`` says why there are no data for it, where there are none: the report then leaves it out.
    """

    name: str
    title: Text
    data: "pd.DataFrame"
    draw: "Callable[[pd.DataFrame, Edition], Canvas]"
    caption: Text
    alt: Text
    provenance: Provenance
    lacking: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table: key in the frame, heading per edition and how its values are written.

    ``format``: ``text`` (a str, or a value looked up in ``labels``), ``integer``, ``decimal`` (with ``decimals``),
    ``percent`` (values are shares 0–1), ``code`` (as it stands). Missing values are written as an en dash, suppressed
    ones (``<key>_suppressed`` is true) as two dots.
    """

    key: str
    title: Text
    format: Literal["text", "integer", "decimal", "percent", "code"] = "text"
    decimals: int = 0
    labels: Mapping[object, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One table: the frame behind it (published as CSV), its columns (the first is the row header) and its words.

    ``lacking`` says why there are no data for it, where there are none: the report then leaves it out.
    """

    name: str
    data: "pd.DataFrame"
    columns: tuple[Column, ...]
    caption: Text
    provenance: Provenance
    note: Text | None = None
    lacking: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Section:
    """Everything that one section of the report gives.

    ``without`` is empty, or says per edition what data are lacking for facts that the chapters use. ``labels`` says by column
    what the codes in its figures' data are called where people read them. ``origins`` says of each table where the rows that the
    section took from it come from.
    """

    name: str
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    without: tuple[Text, ...] = ()
    labels: Mapping[str, Mapping[object, Text]] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)


def row_origins(frame: "pd.DataFrame") -> set[str]:
    """List the distinct values of the column ``origin`` (str) of a frame."""
    return set(frame["origin"].dropna().unique())


def combine(origins: set[str]) -> Origin:
    """Sum up origins in one word: ``mixed`` as soon as synthetic rows stand beside others.

    The presentation's own figures (``presentation``) are cited research, as literature is.
    """
    origins = {"literature" if origin == "presentation" else origin for origin in origins if origin != "none"}
    if "mixed" in origins or ("synthetic" in origins and len(origins) > 1):
        return "mixed"
    for origin in ("synthetic", "official", "literature"):
        if origin in origins:
            return origin  # official beside literature counts as official: both are cited, none is made up
    return "none"

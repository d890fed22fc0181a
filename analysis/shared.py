"""What sections share beside survey items: groups of actors, labels inside sentences, differences as facts, figure words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NoReturn

from analysis.effect_sizes import VOICED_IN, size
from analysis.shared_texts import say
from report_engine.model.section import Claim, Fact, Figure, Origin, Outcome, Provenance, Unavailable, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.robustness import ROUNDING
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import NBSP, both, count_words, number, percent, percent_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Canvas

    from report_engine.methods.estimate import Estimate

MUNICIPAL_MANAGERS = ("social_services_manager", "labour_unit_manager")
MANAGERS = ("pes_manager", *MUNICIPAL_MANAGERS)
STAFF = ("social_worker", "labour_unit_staff")

# Groups of actors for interview results that six actors would make too thin.
GROUPS = ("pes_manager", "municipal_manager", "social_worker", "labour_unit_staff", "participant")
SHORT: Mapping[str, Text] = {
    "pes_manager": {"sv": "Chefer\nAf", "en": "PES\nmanagers"},
    "social_services_manager": {"sv": "Chefer\nsocialtjänst", "en": "Soc. services\nmanagers"},
    "labour_unit_manager": {"sv": "Chefer\nAME", "en": "Unit\nmanagers"},
    "municipal_manager": {"sv": "Kommunala\nchefer", "en": "Municipal\nmanagers"},
    "social_worker": {"sv": "Social-\nsekreterare", "en": "Social\nworkers"},
    "labour_unit_staff": {"sv": "Medarbetare\nAME", "en": "Unit\nstaff"},
    "participant": {"sv": "Deltagare", "en": "Participants"},
}
"""Column heads; a caption explains Af (Arbetsförmedlingen) and AME (arbetsmarknadsenhet)."""

GROUP_WORDS: Mapping[str, Text] = {
    "pes_manager": {"sv": "Arbetsförmedlingens chefer", "en": "PES managers"},
    "municipal_manager": {"sv": "kommunala chefer", "en": "municipal managers"},
    "social_worker": {"sv": "socialsekreterare", "en": "social workers"},
    "labour_unit_staff": {"sv": "medarbetare vid enheterna", "en": "unit staff"},
    "participant": {"sv": "deltagare", "en": "participants"},
}

ABBREVIATIONS: Text = {
    "sv": "Af = Arbetsförmedlingen, AME = arbetsmarknadsenhet.",
    "en": "PES = Public Employment Service; unit = municipal labour-market unit.",
}

Draw = Callable[["pd.DataFrame", Edition], "Canvas"]

Evidence = tuple[Literal["survey", "interviews", "several"], tuple[str, ...]]
"""The kind of evidence of a claim, and the tidy tables it comes from."""

Figured = tuple["pd.DataFrame", Draw, tuple[Text, Text]]
"""What is seen of a figure: data, drawing, caption and alt text."""

Drawn = Callable[[], tuple["pd.DataFrame", Draw, tuple[Text, Text], Text, tuple[str, ...], int, Text]]
"""What makes a figure: data, drawing, caption and alt text, source, tables, number of cases and what these are."""

INTERVIEW_TABLES = ("codebook", "interviews", "segments")
ANSWERS: Text = {"sv": "svarande", "en": "respondents"}
SEGMENTS: Text = {"sv": "kodade segment", "en": "coded segments"}


def latest_wave(actors: "pd.DataFrame") -> "pd.DataFrame":
    """Keep the last wave of the survey: the waves are samples of their own, and most results are about the last."""
    return actors[actors["wave"] == actors["wave"].max()].reset_index(drop=True)


def survey_source(actors: "pd.DataFrame") -> Text:
    """Name the survey with the waves that these rows come from."""
    waves = sorted({int(wave) for wave in actors["wave"]})
    years = {"sv": " och ".join(map(str, waves)), "en": " and ".join(map(str, waves))}
    return {"sv": f"Aktörsenkäten {years['sv']}", "en": f"Survey of actors {years['en']}"}


def interview_source(interviews: "pd.DataFrame") -> Text:
    """Name the interviews with the years they were held in."""
    first, last = int(interviews["year"].min()), int(interviews["year"].max())
    years = str(first) if first == last else f"{first}–{last}"
    return {"sv": f"Kodade gruppintervjuer {years}", "en": f"Coded group interviews {years}"}


def judge(estimate: float, low: float, high: float, limit: float, *, sign: int = 1) -> Outcome:
    """Judge that something is above (``sign`` 1) or below (−1) ``limit``: with the whole interval, the estimate only, or not."""
    near = low if sign > 0 else high
    if (near - limit) * sign > ROUNDING:
        return "holds"
    return "borderline" if (estimate - limit) * sign > ROUNDING else "fails"


def coded_segments(segments: "pd.DataFrame", interviews: "pd.DataFrame") -> "pd.DataFrame":
    """Keep the primary coders' segments, with their interview's ``municipality_code`` and ``group``, and ``side``.

    ``side`` (of ``GROUPS``) is the speaker, the municipal managers taken together.
    """
    from report_engine.methods.stances import primary

    places = interviews[["interview_id", "municipality_code", "group"]]
    coded = primary(segments, interviews).merge(places, on="interview_id", how="left", validate="many_to_one")
    municipal = coded["speaker_actor"].isin(list(MUNICIPAL_MANAGERS))
    return coded.assign(side=coded["speaker_actor"].mask(municipal, "municipal_manager"))


def code_difference(
    coded: "pd.DataFrame",
    codes: Sequence[str],
    first: str,
    second: str,
    *,
    smallest: int,
    resamples: int,
    seed: int,
) -> "Estimate":
    """Estimate how much larger a share of ``first``'s coded segments carries one of ``codes`` than of ``second``'s.

    ``first`` and ``second`` are of ``GROUPS``; the interval is over interviews. All NaN where one of them has fewer than ``smallest``
    such segments (but some): the difference would give the hidden cell back; and where one of them has no segment at all.
    """
    from report_engine.methods.cluster import clustered_difference
    from report_engine.methods.estimate import Estimate

    marked = coded.assign(hit=coded["code"].isin(list(codes)))
    hits = [int(marked.loc[marked["side"] == side, "hit"].sum()) for side in (first, second)]
    silent = any(not (marked["side"] == side).any() for side in (first, second))
    if silent or any(0 < count < smallest for count in hits):
        nan = float("nan")
        return Estimate(nan, nan, nan, nan, sum(hits))
    return clustered_difference(marked, "hit", "side", first, second, "interview_id", resamples=resamples, seed=seed)


class _Names(dict[object, Text]):
    """Names by code; asking for a code that the codebook lacks raises Unavailable."""

    def __missing__(self, code: object) -> Text:
        no_code()


def code_names(codebook: "pd.DataFrame") -> dict[object, Text]:
    """Return the codes' names in both editions; asking for another code raises Unavailable."""
    return _Names({row.code: {"sv": row.name_sv, "en": row.name_en} for row in codebook.itertuples(index=False)})


def statements(cells: Iterable[str], claims: Mapping[str, Claim]) -> dict[object, Text]:
    """Say what cells that name claims (ids with spaces between them) stand for: the claims' sentences."""
    return {
        cell: {e: "; ".join(claims[claim].statement[e] for claim in cell.split()) for e in EDITIONS}
        for cell in dict.fromkeys(cells)
    }


def with_codes(coded: "pd.DataFrame", codebook: "pd.DataFrame", codes: Sequence[str]) -> "pd.DataFrame":
    """Give the coded segments back; raises Unavailable where the codebook has none of these codes, or nobody speaks at all."""
    if not codebook["code"].isin(list(codes)).any():
        no_code()
    if coded.empty:
        unheard()
    return coded


def no_code() -> NoReturn:
    """Raise Unavailable: the codebook has no such code."""
    raise Unavailable(say("unavailable.no_code"))


def unheard() -> NoReturn:
    """Raise Unavailable: nobody of those that a part is about speaks of its subject in the interviews."""
    raise Unavailable(say("unavailable.unheard"))


def reach(coded: "pd.DataFrame", codes: Sequence[str]) -> "pd.Series":
    """Count in how many municipalities each code (index, all of ``codes``) is voiced at least once."""
    voiced = coded.groupby("code")["municipality_code"].nunique()
    return voiced.reindex(list(codes), fill_value=0).astype("int64")


def voiced(coded: "pd.DataFrame", codebook: "pd.DataFrame", code: str, missing: Text) -> Verdict:
    """Judge that a code is voiced in most municipalities; untestable, for the reason ``missing``, without such a code.

    ``coded`` is ``coded_segments``. More than half of the municipalities: holds; at least one: borderline; none: fails.
    Raises Unavailable where nobody speaks of anything.
    """
    if code not in set(codebook["code"]):
        return Verdict("untestable", {}, missing)
    if coded.empty:
        unheard()
    found, places = int(reach(coded, [code])[code]), coded["municipality_code"].nunique()
    outcome: Outcome = "holds" if found > places / 2 else "borderline" if found else "fails"
    return Verdict(
        outcome,
        {"voiced_in": found, "municipalities": places},
        {
            "sv": f"Det tas upp i {some_places(found, places, 'sv')}. Gränsen går vid mer än hälften.",
            "en": f"It is brought up in {some_places(found, places, 'en')}. The threshold is more than half.",
        },
        size(found, "count", VOICED_IN, n=places),
    )


def figure(inputs: Inputs, name: str, title: Text, drawn: Drawn) -> Figure:
    """Put a figure together from ``drawn``, with its provenance; cells hidden are counted where the data tell them."""
    from report_engine.methods.disclosure import suppressed_cells

    data, draw, (caption, alt), source, tables, n, unit = drawn()
    hidden = suppressed_cells(data) if "suppressed" in data else 0
    provenance = Provenance(source, inputs.origin(*tables), tables, n, unit, hidden)
    return Figure(name, title, data, draw, caption, alt, provenance)


def some(count: int, edition: Edition) -> str:
    """Write a count of things of common gender in words: ``ingen``, ``en``, ``elva`` (kommuner)."""
    few = {"sv": ("ingen", "en"), "en": ("none", "one")}[edition]
    return few[count] if count < 2 else count_words(count, edition)


def some_of(count: int, total: int, edition: Edition, *, capital: bool = False) -> str:
    """Write ``nio av elva`` / ``nine of eleven``, with a capital at the start of a sentence."""
    whole = some(total, edition) if total == 1 else count_words(total, edition)
    words = f"{some(count, edition)} {'av' if edition == 'sv' else 'of'} {whole}"
    return words[0].upper() + words[1:] if capital else words


def some_places(count: int, total: int, edition: Edition) -> str:
    """Write ``nio av elva kommuner`` / ``nine of eleven municipalities``, with the noun as the total asks for."""
    one = {"sv": "kommun", "en": "municipality"}[edition]
    many = {"sv": "kommuner", "en": "municipalities"}[edition]
    return f"{some_of(count, total, edition)} {one if total == 1 else many}"


def inside(text: Text) -> Text:
    """Turn a label into words inside a sentence: a capital becomes small unless the word is an abbreviation or a name."""
    return {edition: _small(text[edition]) for edition in EDITIONS}


def labels_of(labels: Mapping[object, Text], keys: Sequence[str], edition: Edition) -> dict[str, str]:
    """Return the edition's labels of these keys, in their order."""
    return {key: labels[key][edition] for key in keys}


def plain_share(
    id: str, value: float | None, n: float, tables: tuple[str, ...], origin: Origin, *, decimals: int = 0
) -> Fact:
    """Make a fact of a share without interval; two dots where it is suppressed."""
    import pandas as pd

    if value is None or pd.isna(value):
        return Fact(id, None, same(".."), "share", tables, origin)
    share = float(value)
    return Fact(id, share, both(percent_words, share, decimals=decimals), "share", tables, origin, n=int(n))


def written_share(share: float, low: float, high: float, n: float) -> tuple[str, Text]:
    """Write a share with interval and n for a table: the cell's key (in the CSV) and its wording per edition."""
    import pandas as pd

    if pd.isna(share) or pd.isna(low):
        return "..", same("..")
    value, count = float(share), int(n)
    bounds = f"{number(float(low) * 100, 'en')}–{number(float(high) * 100, 'en')}"
    words: Text = {e: f"{percent(value, e)} ({bounds}; n{NBSP}={NBSP}{number(count, e)})" for e in EDITIONS}
    return f"{number(value * 100, 'en')} ({bounds}; n={count})", words


def same(value: object) -> Text:
    """Give a name or a year the same wording in every edition."""
    return {edition: str(value) for edition in EDITIONS}


def points(difference: float, edition: Edition) -> str:
    """Write a difference of shares with its sign: ``+12 procentenheter``."""
    amount = number(difference * 100, edition, signed=True)
    one = number(abs(difference) * 100, edition) == "1"
    if edition == "sv":
        return f"{amount}{NBSP}procentenhet{'' if one else 'er'}"
    return f"{amount}{NBSP}percentage point{'' if one else 's'}"


def points_interval(low: float, high: float, edition: Edition) -> str:
    """Write the interval of a difference of shares in running text, after the difference: ``−4 till +12``."""
    ends = [number(end * 100, edition, signed=True) for end in (low, high)]
    return f"{ends[0]} {'till' if edition == 'sv' else 'to'} {ends[1]}"


def points_facts(id: str, found: "Estimate", tables: tuple[str, ...], origin: Origin) -> tuple[Fact, Fact]:
    """Give a difference of shares as a fact of its own, with its sign, and its interval as another (``<id>_interval``).

    Two dots where it is suppressed (NaN).
    """
    value, low, high = float(found.estimate), float(found.low), float(found.high)
    if value != value:
        hidden = [Fact(f"{id}{end}", None, same(".."), "share_difference", tables, origin) for end in ("", "_interval")]
        return hidden[0], hidden[1]
    words: Text = {edition: points(value, edition) for edition in EDITIONS}
    interval: Text = {edition: points_interval(low, high, edition) for edition in EDITIONS}
    return (
        Fact(id, value, words, "share_difference", tables, origin, low, high, found.n),
        Fact(f"{id}_interval", None, interval, "text", tables, origin, low, high, found.n),
    )


def _small(label: str) -> str:
    first = label.split(" ")[0]
    name = sum(letter.isupper() for letter in first) > 1 or first.startswith(("Arbetsförmedling", "Försäkringskass"))
    return label if name else label[:1].lower() + label[1:]

"""What is said of where the costs come from, year by year."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.sections.background import figures, origins
from analysis.sections.background.frames import Frames
from report_engine.results.inputs import Inputs
from report_engine.words import texts
from tests.analysis.sections.test_background import COSTS, CPI, accounts


def of_origin(**official):
    """Costs of two municipalities in 2009–2012, official in the years named for each, else synthetic."""
    rows = [
        {
            "year": year,
            "municipality_code": code,
            "origin": "official" if year in official.get(code, ()) else "synthetic",
        }
        for year in range(2009, 2013)
        for code in "ab"
    ]
    return pd.DataFrame(rows)


ALL = range(2009, 2013)


@pytest.mark.parametrize(
    ("costs", "share", "sv", "en"),
    [
        (of_origin(a=ALL, b=ALL), "none", "är officiella.", "The municipalities' costs are official."),
        (of_origin(), "all", "Kommunernas kostnader är syntetiska.", "The municipalities' costs are synthetic."),
        (of_origin(a=[2012], b=[2012]), "most", "Kommunernas kostnader före 2012 är syntetiska.",
         "The municipalities' costs before 2012 are synthetic."),
        (of_origin(a=[2011, 2012], b=[2011, 2012]), "some", "före 2011 är syntetiska.", "costs before 2011 are synthetic."),
        (of_origin(a=[2009, 2011], b=[2009, 2011]), "some", "för 2010 och 2012 är syntetiska.",
         "The municipalities' costs of 2010 and 2012 are synthetic."),
        (of_origin(a=[2009], b=[2009, 2012]), "most",
         "Kommunernas kostnader för 2010–2011 är syntetiska, liksom några av dem för 2012.",
         "The municipalities' costs of 2010–2011 are synthetic, and so are some of those of 2012."),
        (of_origin(a=ALL, b=[2010]), "some", "Av kommunernas kostnader är några av dem för 2009 och 2011–2012 syntetiska.",
         "Of the municipalities' costs, some of those of 2009 and 2011–2012 are synthetic."),
    ],
)  # fmt: skip
def test_what_is_synthetic_is_told_year_by_year(costs, share, sv, en):
    got = origins.synthetic_sentence(costs, texts.load("background"))
    assert got["sv"].endswith(sv) and got["en"].endswith(en)
    assert origins.synthetic_share(costs) == share


def test_costs_are_of_the_origin_of_their_years_alone():
    kinds = {2009: "synthetic", 2016: "official", 2017: "official"}
    rows = accounts(COSTS)
    tables = {
        "municipal_accounts": rows.assign(origin=rows["year"].map(kinds)),
        "consumer_prices": CPI.assign(origin="official"),
    }
    studied = SimpleNamespace(municipalities=("a", "b"), years=SimpleNamespace(first=2009, last=2017), price_base=2009)
    found = Frames(Inputs(tables, studied, empty=frozenset({"labour_units"})), texts.load("background"))
    assert origins.of_rows(found, ("municipal_accounts", "consumer_prices"), [2016, 2017]) == "official"
    assert origins.of_rows(found, ("municipal_accounts", "consumer_prices"), [2009, 2016]) == "mixed"
    assert origins.of_rows(found, ("municipal_accounts",), [2009]) == "synthetic"


@pytest.mark.parametrize(
    ("kinds", "apart", "source"),
    [
        (
            ("synthetic", "synthetic", "official"),
            "with the synthetic years before it.",
            "Statistics Sweden, municipal accounts",
        ),
        (
            ("mixed", "synthetic", "official"),
            "with the wholly or partly synthetic years before it.",
            "Statistics Sweden",
        ),
        (("official", "official", "official"), "", "Statistics Sweden, municipal accounts"),
        (("synthetic", "synthetic", "synthetic"), "", "synthetic accounts; Statistics Sweden, population"),
        (("official", "official", "official"), "", "A-by and B-by; Statistics Sweden, population"),
        (("mixed", "mixed", "mixed"), "", "A-by; Statistics Sweden, population"),
    ],
)
def test_caption_and_source_follow_the_origin_of_the_years(kinds, apart, source):
    rows = accounts(COSTS)
    if source.startswith("A-by"):
        rows["source"] = ["B-by" if code == "b" else "A-by" for code in rows["municipality_code"]]
    by_year = dict(zip((2009, 2016, 2017), kinds, strict=True))
    origin = [
        ("official" if code == "a" else "synthetic") if by_year[year] == "mixed" else by_year[year]
        for year, code in zip(rows["year"], rows["municipality_code"], strict=True)
    ]
    national = pd.DataFrame({"year": [2016], "indicator": ["net_cost"], "basis": ["accounts"], "value": [4e6]})
    tables = {
        "municipal_accounts": rows.assign(origin=origin),
        "consumer_prices": CPI.assign(origin="official"),
        "labour_units_national": national,
        "population": pd.DataFrame([{"year": y, "municipality_code": c, "population": 10} for y, c in COSTS]),
        "municipalities": pd.DataFrame({"municipality_code": ["a", "b"], "municipality": ["A", "B"]}),
    }
    studied = SimpleNamespace(municipalities=("a", "b"), years=SimpleNamespace(first=2009, last=2017), price_base=2009)
    say = texts.load("background")
    found = Frames(Inputs(tables, studied, empty=frozenset({"labour_units"})), say)
    caption = figures.net_cost_real(found, say).caption["en"]
    assert ("not to be compared" in caption) is bool(apart)
    assert apart in caption
    assert figures.per_inhabitant(found, say).source["en"].startswith(source)

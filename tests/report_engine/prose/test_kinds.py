"""Kinds of numbers in prose: those that a reader takes for data stop, those that count nothing pass, by the shipped patterns."""

from pathlib import Path

import pytest

from report_engine import prose
from report_engine.prose import allowed
from report_engine.prose.text import chapter, module

ROOT = Path(__file__).resolve().parents[3]
ALLOWED = allowed.load(ROOT)

STOPPED = (
    "Of the staff ⁸⁴ per cent agree.",
    "Of the staff ₈₄ per cent agree.",
    "⅖ of the staff agree.",
    "⅞ of the staff agree.",
    "XII municipalities agree.",
    "Ⅻ municipalities agree.",
    '[staff](https://example.org "84 per cent agree") disagree.',
    "&#56;&#52; per cent of the staff agree.",
    "&#x38;&#x34; per cent of the staff agree.",
    "&frac12; of the staff agree.",
    "Eigh&shy;ty per cent of the staff agree.",
    "Eigh\u00adty per cent of the staff agree.",
    "Eigh*ty* per cent of the staff agree.",
    "**Eigh**ty per cent of the staff agree.",
    "Of the staff `84` per cent agree.",
    "```\n84 per cent of the staff agree.\n```\n",
    "95 per cent of the staff agree.",
    "The share has quadrupled.",
    "The share has tripled.",
    "All but one municipality have goals.",
    "Half the staff agree.",
    "Under 84 per cent agree.",
    "Since the reform 84 per cent agree.",
    "In category 14, 84 per cent agree.",
    "On 3 of the pages, 84 agree.",
)
STOPPED_SV = (
    "Alla utom en kommun har mål.",
    "Bland medarbetarna instämmer ⁸⁴ procent.",
    "Åttio&shy;fyra procent instämmer.",
    "Under 84 procent instämmer.",
    "Andelen fyrdubblades.",
    "Lagen gav 84 procent mer.",
)
PASSED = (
    "During COVID-19 units closed.",
    "When the Act was changed in 2013.",
    "The reform of 2013 changed that.",
    "People who work half-time.",
    "An A4 page.",
    "They end up in category 14 at the PES.",
    "A twelve-step programme.",
    "People aged 25 and over.",
    "Those 25 years or older.",
    "25-year-olds are registered.",
    "According to chapter 4, section 1 of the Act.",
    "The Act was changed on 1 July 2013.",
    "See [@skl2018, page 4].",
    "See [@skl2018, pages 4–7].",
    "See [@skl2018, pp. 4–7].",
    "Agenda 2030 says so.",
    "With a 95 per cent confidence interval.",
)
PASSED_SV = (
    "De hamnar i kategori 14 hos Arbetsförmedlingen.",
    "Enligt 4 kap. 1 § socialtjänstlagen (2001:453).",
    "Enligt § 4 i lagen.",
    "De som är 25 år och äldre.",
    "Den som har fyllt 25 år.",
    "När lagen ändrades 2013.",
    "Enligt prop. 2012/13:94.",
    "Enligt SOU 2020:41.",
    "Se [@skl2018, sidan 4].",
    "Se [@skl2018, s. 4].",
    "Ett tolvstegsprogram.",
    "De arbetar halvtid.",
    "Den 1 juli 2013 ändrades lagen.",
    "Under covid-19 stängde enheterna.",
    "I bilaga 2 står mer.",
)
CODE = (
    'CAPTION = str(84) + " per cent agree"',
    'CAPTION = "%d per cent agree" % 84',
    'CAPTION = "%d of %d agree" % (n, 84)',
    'CAPTION = f"{84} per cent agree"',
    'CAPTION = f"{0.84:.0%} agree"',
    'CAPTION = "{} per cent agree".format(84)',
    "CAPTION = percent_words(0.84, edition)",
    "CAPTION = both(percent_words, 0.84)",
    "CAPTION = count_words(-3, edition)",
)
CODE_PASSED = (
    "width = number(share, edition, 2)",
    'CAPTION = f"{share:.2f} agree"',
    "rows = frame.head(3)",
    "CAPTION = both(percent_words, share, 1)",
)


def errors(text, edition, read=chapter):
    return [place.words for place in prose.scan("a", read(text), (edition,), ALLOWED).errors]


@pytest.mark.parametrize(
    ("text", "edition"), [*((text, "en") for text in STOPPED), *((text, "sv") for text in STOPPED_SV)]
)
def test_a_number_that_a_reader_takes_for_data_is_stopped(text, edition):
    assert errors(text, edition)


@pytest.mark.parametrize(
    ("text", "edition"), [*((text, "en") for text in PASSED), *((text, "sv") for text in PASSED_SV)]
)
def test_a_number_that_counts_nothing_passes(text, edition):
    assert errors(text, edition) == []


@pytest.mark.parametrize("text", CODE)
def test_a_literal_that_code_writes_out_is_stopped(text):
    assert errors(text, "en", module)


@pytest.mark.parametrize("text", CODE_PASSED)
def test_a_number_that_code_computes_with_passes(text):
    assert errors(text, "en", module) == []


def test_an_included_file_is_read_and_a_made_one_is_not(tmp_path):
    chapters = tmp_path / "report" / "en"
    made = tmp_path / "data/results/en/tables/a.md"
    for path, text in (
        (chapters / "a.qmd", "{{< include parts/b.md >}}\n{{< include /data/results/en/tables/a.md >}}\n"),
        (chapters / "parts/b.md", "Eighty per cent agree.\n"),
        (made, "84 per cent agree.\n"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    assert [(place.file, place.words) for place in prose.check(tmp_path).errors] == [("report/en/parts/b.md", "Eighty")]

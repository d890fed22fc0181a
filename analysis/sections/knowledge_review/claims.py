"""The knowledge review's claims: what the coded studies and the interviews bear out of what the slides say of research."""

from collections.abc import Sequence

import pandas as pd

from analysis.effect_sizes import size
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import EDITIONS
from report_engine.words.numbers import listing, number, percent_words

RESULTS = ("helps", "no_effect", "harms", "mixed")
"""Directions of studies that test what activation leads to; the others describe, or were not read."""

FEW = 0.25
"""Fewer than a quarter of the studies counts as few."""


def claim_research_descriptive(studies: pd.DataFrame) -> Verdict:
    """Most of the research is descriptive: more than half of the studies whose result was read.

    Borderline when the studies whose result was not read could turn the majority.
    """
    known = studies[studies["direction"] != "not_read"]
    if known.empty:
        return Verdict("untestable", {}, {"sv": "Inget resultat är läst.", "en": "No result was read."})
    descriptive = int((known["direction"] == "descriptive").sum())
    share, least = descriptive / len(known), descriptive / len(studies)
    unread = len(studies) - len(known)
    return Verdict(
        "fails" if share <= 0.5 else "holds" if least > 0.5 else "borderline",
        {"descriptive": descriptive, "read": len(known), "studies": len(studies)},
        {
            "sv": f"{number(descriptive, 'sv')} av {number(len(known), 'sv')} studier med läst resultat är beskrivande ({percent_words(share, 'sv')}). "
            f"I {number(unread, 'sv')} är resultatet inte läst.",
            "en": f"{number(descriptive, 'en')} of {number(len(known), 'en')} studies whose result was read are descriptive ({percent_words(share, 'en')}). "
            f"In {number(unread, 'en')} the result was not read.",
        },
        size(share, "share", {"sv": "andel beskrivande studier", "en": "share of descriptive studies"}, n=len(known)),
    )


def claim_few_test_effects(studies: pd.DataFrame) -> Verdict:
    """Few studies compare with a control group: less than a quarter of those whose method was read.

    Borderline when the studies whose method was not read could turn that.
    """
    known = studies[studies["method"] != "not_read"]
    if known.empty:
        return Verdict("untestable", {}, {"sv": "Ingen metod är läst.", "en": "No method was read."})
    tested = int((known["method"] == "quasi_experiment").sum())
    unread = len(studies) - len(known)
    share, most = tested / len(known), (tested + unread) / len(studies)
    return Verdict(
        "fails" if share >= FEW else "holds" if most < FEW else "borderline",
        {"quasi_experiments": tested, "read": len(known), "studies": len(studies)},
        {
            "sv": f"{number(tested, 'sv')} av {number(len(known), 'sv')} studier med läst metod har en jämförelsegrupp ({percent_words(share, 'sv')}); "
            f"i {number(unread, 'sv')} är metoden inte läst. Få betyder mindre än {percent_words(FEW, 'sv')}.",
            "en": f"{number(tested, 'en')} of {number(len(known), 'en')} studies whose method was read have a comparison group ({percent_words(share, 'en')}); "
            f"in {number(unread, 'en')} the method was not read. Few means less than {percent_words(FEW, 'en')}.",
        },
        size(
            share, "share", {"sv": "andel studier med jämförelsegrupp", "en": "share of studies with a comparison group"},
            n=len(known),
        ),
    )  # fmt: skip


def claim_effects_disagree(studies: pd.DataFrame) -> Verdict:
    """Studies of what activation leads to disagree: no direction is shared by more than two thirds of them."""
    found = studies.loc[studies["direction"].isin(RESULTS), "direction"].value_counts()
    total = int(found.sum())
    if total < 2:
        return Verdict(
            "untestable", {}, {"sv": "Färre än två studier prövar detta.", "en": "Fewer than two studies test this."}
        )
    counts = {name: int(found.get(name, 0)) for name in RESULTS}
    top = max(counts.values()) / total
    return Verdict(
        "holds" if top <= 2 / 3 else "fails",
        {**counts, "studies": total},
        {
            "sv": f"Av {number(total, 'sv')} studier finner {counts['helps']} att aktivering hjälper, {counts['no_effect']} ingen effekt, "
            f"{counts['harms']} att den skadar och {counts['mixed']} blandade resultat.",
            "en": f"Of {number(total, 'en')} studies, {counts['helps']} find that activation helps, {counts['no_effect']} no effect, "
            f"{counts['harms']} that it harms and {counts['mixed']} mixed results.",
        },
        size(
            top,
            "share",
            {"sv": "andel studier med det vanligaste resultatet", "en": "share of studies with the commonest result"},
            n=total,
        ),
    )


def claim_sanctions_mixed(studies: pd.DataFrame, names: pd.Series) -> Verdict:
    """Research on sanctions points both ways: at least one study finds that they help and one that they harm.

    Studies with mixed results alone are borderline; ``names`` maps bib keys to how a study is named in the reason.
    """
    coded = studies.dropna(subset=["sanctions"]).sort_values(["year", "bib_key"])
    if len(coded) < 2:
        return Verdict(
            "untestable",
            {},
            {"sv": "Färre än två studier prövar sanktioner.", "en": "Fewer than two studies test sanctions."},
        )
    sides = {side: coded.loc[coded["sanctions"] == side, "bib_key"] for side in ("helps", "harms", "mixed")}
    both = len(sides["helps"]) > 0 and len(sides["harms"]) > 0
    listed = {
        (side, edition): listing([names[key][edition] for key in keys], edition)
        or ("ingen" if edition == "sv" else "none")
        for side, keys in sides.items()
        for edition in EDITIONS
    }
    return Verdict(
        "holds" if both else "borderline" if len(sides["mixed"]) else "fails",
        {side: len(keys) for side, keys in sides.items()},
        {
            "sv": f"Går ihop med kortare bidragstid: {listed['helps', 'sv']}. Med längre: {listed['harms', 'sv']}. Samband, inte effekter.",
            "en": f"Go with shorter spells on assistance: {listed['helps', 'en']}. With longer ones: {listed['harms', 'en']}. Associations, not effects.",
        },
        size(
            len(sides["harms"]), "count",
            {"sv": "studier där sanktioner går ihop med längre bidragstid", "en": "studies in which sanctions go with longer spells"},
            n=len(coded),
        ),
    )  # fmt: skip


def claim_two_tracks(studies: pd.DataFrame, keys: Sequence[str]) -> Verdict:
    """The literature describes a policy on two tracks: at least two of the studies cited for it were read.

    ``keys`` are the studies cited for it; one whose title only was read counts for nothing. One is borderline.
    """
    cited = studies[studies["bib_key"].isin(list(keys))]
    read = cited[(cited["coding_basis"] != "title") & (cited["direction"] != "not_read")]
    outcome: Outcome = "holds" if len(read) >= 2 else "borderline" if len(read) else "untestable"
    return Verdict(
        outcome,
        {"cited": len(keys), "read": len(read)},
        {
            "sv": f"{number(len(read), 'sv')} av {number(len(keys), 'sv')} anförda studier är lästa i sammanfattning eller helhet; den som bara är känd till titeln räknas inte.",
            "en": f"{number(len(read), 'en')} of {number(len(keys), 'en')} cited studies were read as abstract or report; one known by its title only does not count.",
        },
        size(
            len(read), "count", {"sv": "lästa studier av de anförda", "en": "studies read of those cited"}, n=len(keys)
        ),
    )


def claim_reasons_voiced(voiced: pd.DataFrame, municipalities: int) -> Verdict:
    """Municipal actors voice each of the four reasons for municipal activation in more than half of the municipalities.

    ``voiced`` has one row a reason: ``code`` and ``municipalities`` (number in which a municipal actor voices it). A
    reason voiced somewhere, but in fewer, makes it borderline; one that nobody voices makes it fail.
    """
    least, most = int(voiced["municipalities"].min()), int(voiced["municipalities"].max())
    reach = {e: str(most) if least == most else f"{least} {'till' if e == 'sv' else 'to'} {most}" for e in EDITIONS}
    return Verdict(
        "fails" if least == 0 else "holds" if least > municipalities / 2 else "borderline",
        {"reasons": len(voiced), "fewest": least, "most": most, "municipalities": municipalities},
        {
            "sv": f"Skälen framförs av kommunala aktörer i {reach['sv']} av {municipalities} {'kommun' if municipalities == 1 else 'kommuner'}.",
            "en": f"Municipal actors voice the reasons in {reach['en']} of {municipalities} {'municipality' if municipalities == 1 else 'municipalities'}.",
        },
        size(
            least, "count",
            {"sv": "kommuner där det minst spridda skälet framförs", "en": "municipalities where the least widespread reason is voiced"},
            n=municipalities,
        ),
    )  # fmt: skip

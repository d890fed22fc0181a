"""What follows: takes up the claim of another section."""

from report_engine.model.section import Claim, Fact, Section, Verdict
from report_engine.results.inputs import Inputs

TABLES = ("municipalities",)
SETTINGS = ("municipalities",)
RESTS_ON = ("jobs",)


def build(inputs: Inputs) -> Section:
    tables, claim = inputs.tables["municipalities"], inputs.claims["jobs.low"]
    count = int(tables["municipality_code"].isin(inputs.settings.municipalities).sum())
    words = {"sv": f"{count} kommuner", "en": f"{count} municipalities"}
    verdict = Verdict(claim.verdict.outcome, {"municipalities": count}, claim.verdict.reason)
    return Section(
        "lessons",
        figures=(),
        tables=(),
        facts=(Fact("lessons.places", count, words, "count", TABLES, "official"),),
        claims=(
            Claim(
                "lessons.work",
                {"sv": "Arbete finns", "en": "There is work"},
                verdict,
                "several",
                TABLES,
                "official",
                rests_on=("jobs.low",),
            ),
        ),
    )

"""What the protection of persons costs: ``python -m tests.analysis.protected``, in the folder of a project that was built once."""

import importlib
from collections import Counter
from pathlib import Path

from report_engine.contracts import contract
from report_engine.model.section import Section
from tests.built import sections

HIDDEN = ".."


def compared(exact: Section, shown: Section) -> Counter[str]:
    """Count hidden cells and facts before and after, facts whose words differ, and claims that say more than their numbers."""
    before = {fact.id: fact for fact in exact.facts}
    found = Counter[str]()
    for when, its in (("before", exact), ("after", shown)):
        found[f"cells hidden {when}"] = sum(item.provenance.suppressed for item in its.figures + its.tables)
        found[f"facts hidden {when}"] = sum(fact.text["en"] == HIDDEN for fact in its.facts)
    found["facts"] = len(shown.facts)
    found["facts whose words differ"] = sum(fact.text != before[fact.id].text for fact in shown.facts)
    found["figures and tables blurred"] = sum(
        not one.data.equals(other.data)
        for one, other in zip(exact.figures + exact.tables, shown.figures + shown.tables, strict=True)
    )
    outcomes = {claim.id: claim.verdict.outcome for claim in exact.claims}
    found["claims"] = len(shown.claims)
    found["verdicts that differ"] = sum(outcomes[claim.id] != claim.verdict.outcome for claim in shown.claims)
    for name, words in (("rest on exact numbers", "rests on the exact"), ("rest on hidden numbers", "too small to be")):
        found[f"claims that {name}"] = sum(words in claim.verdict.reason["en"] for claim in shown.claims)
    return found


def main() -> None:
    """Print the counts of every section and of all."""
    total = Counter[str]()
    for given, shown in sections(Path()):
        module = importlib.import_module(f"analysis.sections.{shown.name}")
        if contract.on_persons(module.TABLES):
            total.update(compared(module.build(given), shown))
    for name, count in total.items():
        print(f"{count:5} {name}")


if __name__ == "__main__":
    main()

"""Sections built from a folder's tidy tables as a build publishes them, without writing or setting them."""

import dataclasses
import importlib
from collections.abc import Iterator
from pathlib import Path

from report_engine.contracts import study
from report_engine.model.section import Claim, Fact, Section
from report_engine.pipeline.steps import section as step
from report_engine.results import reading
from report_engine.results.inputs import Inputs


def sections(folder: Path) -> Iterator[tuple[Inputs, Section]]:
    """Build every section on those before it; yield what each was given, exactly, and what it publishes."""
    facts: dict[str, Fact] = {}
    claims: dict[str, Claim] = {}
    for name in study.sections():
        module = importlib.import_module(f"analysis.sections.{name}")
        rests_on = tuple(f"{rest}." for rest in module.RESTS_ON)
        given = dataclasses.replace(
            reading.read(folder, module.TABLES),
            facts={key: fact for key, fact in facts.items() if key.startswith(rests_on)},
            claims={key: claim for key, claim in claims.items() if key.startswith(rests_on)},
        )
        section = step.published(module, given)
        facts |= {fact.id: fact for fact in section.facts}
        claims |= {claim.id: claim for claim in section.claims}
        yield given, section

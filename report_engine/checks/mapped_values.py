"""A mapping's formats and values against what there is: what it gives our columns must be allowed there."""

from collections.abc import Iterable, Iterator

from report_engine.checks.columns import judge
from report_engine.contracts.contract import Contract
from report_engine.model.findings import refused
from report_engine.model.validation import KeyPath, Wrong, one_of, show
from report_engine.readers import FORMS, Column
from report_engine.readers.mapping import Mapping
from report_engine.readers.scales import steps_of
from report_engine.words.messages import Message


def check(mapping: Mapping, contract: Contract) -> Iterator[Wrong]:
    """Give a format that there is none of, and the values of ours that the contract does not know."""
    if mapping.form is not None and mapping.form not in FORMS:
        yield one_of(("form",), mapping.form, FORMS)
    for name, value in mapping.constants.items():
        yield from _values(contract, name, [(("constants", name), value)])
    if mapping.scale and isinstance(mapping.scale.rule, dict):
        steps = {field.name: len(steps_of(field)) for field in contract.fields}
        ours = next((name for name in steps if mapping.scale.meant_for(name, steps[name])), None)
        if ours is not None:
            rule = [(("scale", "rule", theirs), value) for theirs, value in mapping.scale.rule.items()]
            yield from _values(contract, ours, rule)
    for key in ("values", "attributes"):
        for name, table in getattr(mapping, key).items():
            yield from _values(contract, name, [((key, name, theirs), ours) for theirs, ours in table.items()])


def _values(contract: Contract, name: str, values: Iterable[tuple[KeyPath, str]]) -> Iterator[Wrong]:
    filled = [(path, value) for path, value in values if value not in contract.missing_values]
    texts = [value for _, value in filled]
    _, faults = judge(contract.field(name), Column(texts), contract.missing_values, ".")
    for at, fault in sorted(faults.items()):
        problem = fault.problem or refused(fault.expected)
        message = Message("documents.value", {"value": show(texts[at]), "problem": problem})
        yield Wrong(filled[at][0], message, fault.nearest)

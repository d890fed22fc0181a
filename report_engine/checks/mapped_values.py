"""A mapping's formats and values against what there is: what it gives our columns must be allowed there."""

from report_engine.checks.columns import judge
from report_engine.contracts.contract import Contract
from report_engine.model.document import DocumentError, meant
from report_engine.model.findings import refused, show
from report_engine.readers import FORMS, Column
from report_engine.readers.mapping import Mapping
from report_engine.words.messages import Message


def check(mapping: Mapping, contract: Contract) -> None:
    """Raise ``DocumentError`` for a format that there is none of, or a value of ours that the contract does not know."""
    if mapping.form is not None and mapping.form not in FORMS:
        message = Message("documents.no_format", {"name": repr(mapping.form)})
        raise DocumentError(f"{mapping.file}, form", message, meant(mapping.form, FORMS))
    for name, value in mapping.constants.items():
        _check_values(mapping, contract, "constants", name, [value])
    for key in ("values", "attributes"):
        for name, table in getattr(mapping, key).items():
            _check_values(mapping, contract, key, name, list(table.values()))


def _check_values(mapping: Mapping, contract: Contract, key: str, name: str, values: list[str]) -> None:
    filled = [value for value in values if value not in contract.missing_values]
    _, faults = judge(contract.field(name), Column(filled), contract.missing_values, ".")
    for at, fault in sorted(faults.items()):
        problem = fault.problem or refused(fault.expected)
        message = Message("documents.value", {"value": show(filled[at]), "problem": problem})
        near = repr(fault.nearest) if fault.nearest is not None else None
        raise DocumentError(f"{mapping.file}, {key}, {name}", message, near)

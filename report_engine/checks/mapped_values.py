"""A mapping's formats and values against what there is: what it gives our columns must be allowed there."""

from report_engine.checks.columns import judge
from report_engine.contracts.contract import Contract
from report_engine.model.document import DocumentError, nearest
from report_engine.model.findings import refused, show
from report_engine.readers import FORMS, Column
from report_engine.readers.mapping import Mapping


def check(mapping: Mapping, contract: Contract) -> None:
    """Raise ``DocumentError`` for a format that there is none of, or a value of ours that the contract does not know."""
    if mapping.form is not None and mapping.form not in FORMS:
        raise DocumentError(f"{mapping.file}, form: {mapping.form!r} is no format{nearest(mapping.form, FORMS)}")
    for name, value in mapping.constants.items():
        _check_values(mapping, contract, "constants", name, [value])
    for key in ("values", "attributes"):
        for name, table in getattr(mapping, key).items():
            _check_values(mapping, contract, key, name, list(table.values()))


def _check_values(mapping: Mapping, contract: Contract, key: str, name: str, values: list[str]) -> None:
    filled = [value for value in values if value not in contract.missing_values]
    _, faults = judge(contract.field(name), Column(filled), contract.missing_values, ".")
    for at, fault in sorted(faults.items()):
        near = f". Did you mean {fault.nearest!r}?" if fault.nearest is not None else ""
        problem = fault.problem or refused(fault.expected)
        raise DocumentError(f"{mapping.file}, {key}, {name}: {show(filled[at])} {problem}{near}")

"""A proposal as a mapping file: what is known in force, and what is to be chosen as lines that wait behind a ``#``.

A line to choose is ``#`` and what stands there once the ``#`` is gone, so that the file can be read before and after.
Remarks begin with ``# ``.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from report_engine.contracts.contract import Field, labels
from report_engine.mappings import choices
from report_engine.mappings.columns import Candidate, plain
from report_engine.mappings.likeness import UNSURE, Known, guess, meaning
from report_engine.mappings.proposal import Proposal, Sureness
from report_engine.readers.mapping import BY_NAME
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, Value, say

_MOST_VALUES = 60
_MOST_CHOICES = 20
_LONGEST_KEY = 1_000  # characters: YAML takes no longer key on its line
_PLAIN = re.compile(r"[^\W\d_]\w*( \w+)*")
_HEADS: Mapping[Sureness, str] = {
    "sure": "proposals.head_sure",
    "likely": "proposals.head_likely",
    "doubtful": "proposals.head_doubtful",
}
_OFFICIAL = ("pxweb", "px", "pxweb-csv", "kolada")


def write(proposal: Proposal, known: Known, language: Edition = EDITIONS[0]) -> str:
    """Write a proposal as a mapping file."""
    other_scales = choices.scales(proposal)
    rows = choices.rows(proposal)
    kept = {name: texts for name, texts in _ours_alone(proposal, known).items() if rows is None or name != rows.column}
    lines = [f"# {say(_HEADS[proposal.sureness], language)}", f"# {say('proposals.how', language)}"]
    lines += [f"dataset: {proposal.contract.name}"]
    if proposal.from_sheet:
        lines += ["from_sheet:", *(f"  {our}: {quoted(pattern)}" for our, pattern in proposal.from_sheet.items())]
    elif proposal.together:
        lines.append(f"sheet: {_list(proposal.together)}")
    elif proposal.several_sheets:
        lines.append(f"sheet: {quoted(proposal.sheet.name)}")
    lines += _columns(proposal, language)
    lines += _wide(proposal)
    lines += _values(proposal, known, other_scales, kept, language)
    lines += _scale(proposal, other_scales, language)
    lines += _keep(proposal, rows, kept, language)
    lines += _ignore(proposal, rows, language)
    lines += _constants(proposal, language)
    return "\n".join(lines) + "\n"


def _columns(proposal: Proposal, language: Edition) -> list[str]:
    lines = []
    for our, (one, certain) in proposal.placed.items():
        if not one.is_pattern and one.name != our:
            unsure = f"  # {say('proposals.unsure', language)}" if certain < UNSURE else ""
            lines.append(f"  {quoted(one.name)}: {our}{unsure}")
    perhaps = f"  # {say('proposals.perhaps', language)}"
    lines += [f"  #{quoted(one.name)}: {our}{perhaps}" for our, one in proposal.perhaps.items()]
    return ["columns:", *lines] if lines else []


def _wide(proposal: Proposal) -> list[str]:
    patterns = {name: one.name for name, (one, _) in proposal.placed.items() if one.is_pattern}
    lines = [f"    {our}: {quoted(their)}" for our, their in patterns.items()]
    return ["unpivot:", f"  column: {proposal.year}", "  columns:", *lines] if lines else []


def _ours_alone(proposal: Proposal, known: Known) -> dict[str, list[str]]:
    """Return, by our column of a key, those of its codes that are ours, where official statistics have others besides."""
    found = {}
    for name, (one, _) in proposal.placed.items():
        field = proposal.contract.field(name)
        meant = meaning(one, field, proposal.contract, known)
        if proposal.sheet.form in _OFFICIAL and name in proposal.contract.primary_key and field.allowed and meant:
            ours = [text for text in one.texts if meant(text)]
            if 0 < len(ours) < len(one.texts):
                found[name] = ours
    return found


def _values(
    proposal: Proposal,
    known: Known,
    other_scales: Container[str],
    kept: Mapping[str, Sequence[str]],
    language: Edition,
) -> list[str]:
    lines: list[str] = []
    for name, (one, _) in proposal.placed.items():
        field = proposal.contract.field(name)
        meant = meaning(one, field, proposal.contract, known)
        if meant is None:
            continue
        if known.is_place(field, proposal.contract):
            if any(meant(text) != text for text in one.texts):
                lines.append(f"  {name}: {BY_NAME}")
            continue
        right = {str(value) for value in field.allowed} | {*field.true_values, *field.false_values}
        right |= {*known.of(field, proposal.contract).values()}
        texts = {text: meant(text) for text in kept.get(name, one.texts)}
        table = _table(one, field, right, texts, name in other_scales, language)
        lines += [f"  {name}:", *table] if table else []
    return ["values:", *lines] if lines else []


def _table(
    one: Candidate,
    field: Field,
    right: set[str],
    meant: Mapping[str, str | None],
    only_missing: bool,
    language: Edition,
) -> list[str]:
    """Write what each value of theirs becomes; on another scale, only what is no step."""
    none = {str(code.value) for code in field.user_missing}
    names = {str(value): label for value, label in labels(field, language).items()}
    shown = [f"{value} ({names[value]})" if names.get(value, value) != value else value for value in sorted(right)]
    choice = say("proposals.free", language, values=remark(", ".join(shown[:_MOST_CHOICES])))
    found: dict[str, tuple[str, str]] = {}
    open_: dict[str, str] = {}
    for text, ours in meant.items():
        written = one.labels.get(text, text)
        if text in one.missing or ours == text or (only_missing and ours not in none):
            continue
        if ours:
            found[quoted(written)] = (ours, f"    {quoted(written)}: {quoted(ours)}")
        elif len(open_) < _MOST_VALUES:
            near = guess(one, text, field) or ""
            open_[quoted(written)] = f"    #{quoted(written)}: {quoted(near)}"
    order = [*map(str, field.allowed)]
    sorted_ = sorted(found.values(), key=lambda pair: (order.index(pair[0]) if pair[0] in order else 0, pair))
    waiting = [line for key, line in open_.items() if key not in found and len(line) < _LONGEST_KEY]
    lines = [line for _, line in sorted_ if len(line) < _LONGEST_KEY]
    return [*lines, *([f"    # {choice}", *waiting] if waiting else [])]


def _scale(proposal: Proposal, found: Mapping[str, choices.OtherScale], language: Edition) -> list[str]:
    """Write how another scale may become ours, to be chosen; a mapping takes one, so that of the most questions."""
    lines = []
    for number, (its, names) in enumerate(choices.together(found)):
        lines.append(f"# {said_of_scale(proposal, its, names).say(language)}")
        if number or not its.table:
            lines.append(f"# {say('proposals.scale_left', language)}")
            continue
        rule = "nearest" if its.nearest else _flow(its.table)
        its_columns = f"columns: [{', '.join(names)}]"
        lines.append(f"#scale: {{from: {its.theirs}, to: {its.ours}, rule: {rule}, {its_columns}}}")
    return lines


def said_of_scale(proposal: Proposal, its: choices.OtherScale, names: Iterable[str]) -> Message:
    """Say that their scale is not ours, and of which questions."""
    questions = remark(", ".join(proposal.placed[name][0].name for name in names))
    return Message("proposals.scale", {"theirs": its.theirs, "ours": its.ours, "columns": questions})


def _keep(proposal: Proposal, rows: choices.Rows | None, kept: Mapping[str, list[str]], language: Edition) -> list[str]:
    lines = []
    for name, texts in kept.items():
        theirs = proposal.placed[name][0]
        lines += [f"  # {say('proposals.keep_ours', language)}", f"  {quoted(theirs.name)}: {_list(texts)}"]
    if rows:
        others = remark(", ".join(rows.others[:_MOST_CHOICES]))
        lines.append(f"  # {say('proposals.keep_one', language, others=others)}")
        lines.append(f"  {'' if rows.certain else '#'}{quoted(rows.column)}: {_list([rows.value])}")
    return ["keep:", *lines] if lines else []


def _ignore(proposal: Proposal, rows: choices.Rows | None, language: Edition) -> list[str]:
    elsewhere = {one.name for one in proposal.perhaps.values()} | ({rows.column} if rows else set())
    left = [name for one in proposal.left if one.name not in elsewhere for name in one.names or (one.name,)]
    lines = [f"  - {quoted(name)}" for name in left]
    return [f"# {say('proposals.left', language)}", "ignore:", *lines] if lines else []


def _constants(proposal: Proposal, language: Edition) -> list[str]:
    same = choices.same(proposal)
    lines = [f"# {say('proposals.same', language)}", "same:"] if same else []
    lines += [f"  {name}: {other}" for name, other in same.items()]
    open_ = [one for one in proposal.lacking if one.name not in {*same, *proposal.perhaps} and one.lost is None]
    needed = [one for one in open_ if one.constraints.required]
    others = [one for one in open_ if not one.constraints.required]
    for one in proposal.lacking:
        if one.lost and one.name not in proposal.perhaps:
            lost: dict[str, Value] = {"name": f"{one.title[language]} ({one.name})", "lost": one.lost}
            lines.append(f"# {remark(Message('proposals.lost', lost).say(language))}")
    if needed:
        lines += [f"# {say('proposals.lacking_needed', language)}", "constants:"]
        lines += [_needed(one, proposal, language) for one in needed]
    if others:
        lines += [f"# {say('proposals.lacking_optional', language)}"] + ([] if needed else ["constants:"])
        lines += [f'  {one.name}: ""  # {remark(one.title[language])}' for one in others]
    return lines


def _needed(one: Field, proposal: Proposal, language: Edition) -> str:
    value, others = choices.constant(one, proposal)
    said = remark(one.title[language])
    if others:
        said += f"; {say('proposals.or', language, values=remark(', '.join(others[:_MOST_CHOICES])))}"
    return f"  #{one.name}: {quoted(value)}  # {said}"


def quoted(text: str) -> str:
    """Write a text as YAML takes it, as a key or a value."""
    return text if _PLAIN.fullmatch(text) and text.isprintable() and plain(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    escaped = (f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(escaped)}"'


def remark(text: str) -> str:
    """Write a text as it may stand behind a ``#``: on one line, and not too long."""
    return "".join(c if c.isprintable() else " " for c in text)[:600]


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_in_quotes, texts))}]"


def _flow(table: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{_in_quotes(key)}: {_in_quotes(value)}' for key, value in table.items())}}}"

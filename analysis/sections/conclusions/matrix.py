"""The triangulation matrix as a table: each conclusion by stream of evidence, computed from the verdicts of its claims."""

import pandas as pd

from analysis.evidence import STREAMS
from analysis.sections.conclusions.words import CONCLUSIONS, RULE, STREAM_WORDS
from report_engine.model.section import Column, Provenance, Table
from report_engine.results.tables import verdict_column
from report_engine.words.editions import Text

COLUMNS = (*STREAMS, "overall")
CAPTION: Text = {
    "sv": "Vad varje slag av underlag säger om varje slutsats: utfallet av de påståenden i det slaget som slutsatsen vilar på.",
    "en": "What each stream of evidence says of each conclusion: the verdict of the claims in that stream on which it rests.",
}


def matrix_table(matrix: pd.DataFrame, provenance: Provenance) -> Table:
    """Spread ``conclusion``, ``stream``, ``verdict`` out: a row a conclusion, a column a stream, empty where it has none."""
    wide = matrix.pivot(index="conclusion", columns="stream", values="verdict")
    wide = wide.reindex(index=[c.name for c in CONCLUSIONS if c.name in wide.index], columns=list(COLUMNS))
    verdicts = verdict_column().labels
    return Table(
        name="matrix",
        data=wide.rename_axis(columns=None).reset_index(),
        columns=(
            Column("conclusion", {"sv": "Slutsats", "en": "Conclusion"}, labels={c.name: c.short for c in CONCLUSIONS}),
            *(Column(stream, STREAM_WORDS[stream], labels=verdicts) for stream in COLUMNS),
        ),
        caption=CAPTION,
        provenance=provenance,
        note=RULE,
    )

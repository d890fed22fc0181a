"""Files of the other readers, forged: SPSS, Parquet, PC-Axis, JSON of statistics offices, exports of survey tools."""

import json
import struct
from functools import partial

import pandas as pd

from tests.hostile.harness import Family
from tests.hostile.numbers import parquet
from tests.hostile.texts import ALL
from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page
from tests.report_engine.readers.test_px import file as px
from tests.report_engine.readers.test_pxweb_csv import WIDE
from tests.report_engine.readers.test_quotations import ATLAS, MAXQDA
from tests.report_engine.readers.test_spss import FRAME, OPTIONS, written
from tests.report_engine.readers.test_survey_tools import KOBO, LIME, MONKEY, QUALTRICS, REDCAP, table

family = Family("documents")

SAV = written(FRAME, **OPTIONS)
ZSAV = written(pd.DataFrame({"text": ["x" * 300, "y"], "a": [1.0, 2.0]}), compress=True)

# SPSS
for share in (0, 30, 90):
    family.case(f"sav cut off at {share} %", "data.sav", refused=True)(
        partial(lambda share: SAV[: max(4, len(SAV) * share // 100)], share)
    )
family.case("sav of the header alone", "data.sav", refused=True)(lambda: SAV[:176])
family.case("sav that states two billion cases", "data.sav")(lambda: SAV[:80] + struct.pack("<i", 2**31 - 1) + SAV[84:])
family.case("sav that states two billion variables", "data.sav")(
    lambda: SAV[:68] + struct.pack("<i", 2**31 - 1) + SAV[72:]
)
family.case("sav in the other order of bytes", "data.sav", refused=True)(lambda: SAV[:64] + SAV[64:68][::-1] + SAV[68:])
family.case("sav of noise", "data.sav", refused=True)(lambda: b"$FL2" + bytes(range(256)) * 40)
family.case("zsav with a forged block", "data.zsav")(lambda: ZSAV[:-60] + b"\xff" * 24 + ZSAV[-36:])
family.case("sav with text that means something", "data.sav")(
    lambda: written(pd.DataFrame({"v": list(ALL.values())[:20]}), column_labels={"v": "=cmd|' /C calc'!A0"})
)

# Parquet
PARQUET = parquet(key=["1", "2"], name=["a", "b"], note=["x", "y"], amount=[1.5, 2.5], count=[1, 2], flag=["yes", "no"])
FOOT = int.from_bytes(PARQUET[-8:-4], "little")
family.case("parquet cut off", "data.parquet", refused=True)(lambda: PARQUET[: len(PARQUET) // 2])
family.case("parquet of the mark alone", "data.parquet", refused=True)(lambda: b"PAR1PAR1")
family.case("parquet that states a foot of gigabytes", "data.parquet", refused=True)(
    lambda: PARQUET[:-8] + b"\xff\xff\xff\x7f" + b"PAR1"
)
for at in (3, 20, 40, 60, 100, 200, 400):
    family.case(f"parquet with its foot forged at {at}", "data.parquet")(
        partial(lambda at: PARQUET[: -FOOT - 8 + at] + b"\xff\xff\xff\xff\x7f" + PARQUET[-FOOT - 8 + at + 5 :], at)
    )
family.case("parquet with its pages forged", "data.parquet")(lambda: PARQUET[:4] + b"\xff" * 60 + PARQUET[64:])
family.case("parquet with a text a million times", "data.parquet")(
    lambda: parquet(key=pd.Categorical.from_codes([0] * 100_000, ["x" * 100_000]))
)
family.case("parquet of very many columns", "data.parquet", refused=True)(
    lambda: parquet(**{f"c{at}": [1] for at in range(3_000)})
)
family.case("parquet with names of columns that mean something", "data.parquet")(
    lambda: parquet(**{"key": ["1"], "name": ["=1+1"], **{text: [text] for text in list(ALL.values())[:30]}})
)

# JSON
DEEP = 100_000
for about, data in {
    "nested lists": b'{"dimension": {}, "size": ' + b"[" * DEEP,
    "nested objects": b'{"kpi": 1, "values": ' + b'{"a":' * DEEP,
    "nested and closed": b'{"kpi": 1, "values": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "a key a million times": b'{"kpi": 1, "values": [' + b",".join([b'{"a":1,"a":2}'] * 100_000) + b"]}",
    "a number of a million digits": b'{"kpi": 1, "values": [' + b"9" * 1_000_000 + b"]}",
    "surrogates": rb'{"kpi": 1, "values": [{"kpi": "\ud800", "municipality": "\udfff", "period": "2023", "values": [{"value": 1}]}]}',
    "a string that never ends": b'{"kpi": 1, "values": ["' + b"x" * 1_000_000,
    "NUL": b'{"kpi": 1, "values": ["\0"]}',
    "controls": rb'{"kpi": 1, "values": [{"kpi": "\u001b[31m", "municipality": "\u202e", "period": "\u0000", "values": [{"value": 1, "status": "\u0007"}]}]}',
}.items():
    family.case(f"JSON with {about}", "data.json")(partial(bytes, data))
family.case("Kolada with markup everywhere", "data.json")(
    lambda: as_bytes(
        kolada_page(
            [
                {
                    "kpi": text,
                    "municipality": text,
                    "period": text,
                    "values": [{"value": 1, "gender": text, "status": text}],
                }
                for text in ALL.values()
            ]
        )
    )
)


def json_stat_with(**changes: object) -> bytes:
    return json.dumps({**json_stat(), **changes}).encode()


for about, changes in {
    "sizes of billions": {"size": [10**9, 10**9, 1, 1]},
    "sizes of nothing": {"size": [0, 0, 0, 0]},
    "negative sizes": {"size": [-2, -2, 1, 2]},
    "very many dimensions": {"id": [f"d{at}" for at in range(10_000)], "size": [1] * 10_000},
    "a value far away": {"value": {"999999999": 1}},
    "dimensions that are none": {"id": ["__class__", "{}", "=1+1", ""]},
    "labels that are lists": {"dimension": {"Region": {"category": {"index": [[]], "label": []}}}},
}.items():
    family.case(f"JSON-stat with {about}", "data.json", refused=True)(partial(json_stat_with, **changes))
family.case("JSON-stat with markup everywhere", "data.json")(
    lambda: as_bytes(json_stat(labels={text: {text: text} for text in list(ALL.values())[:20]}, values=[1]))
)

# PC-Axis
PX = px()
for about, data in {
    "values of billions": b'CHARSET="ANSI";\nSTUB="a","b";\nVALUES("a")='
    + b",".join([b'"x%d"' % at for at in range(20_000)])
    + b';\nVALUES("b")='
    + b",".join([b'"y%d"' % at for at in range(20_000)])
    + b";\nDATA=1;",
    "keywords without end": b'CHARSET="ANSI";\n' + b'NOTE="x";\n' * 300_000,
    "an open quotation mark": b'CHARSET="ANSI";\nNOTE="' + b"x" * 2_000_000,
    "very many quotation marks": b'CHARSET="ANSI";\nNOTE=' + b'""' * 1_000_000 + b";",
    "brackets without end": b'CHARSET="ANSI";\nNOTE' + b"(" * 1_000_000,
    "letters without end": b'CHARSET="ANSI";\n' + b"A" * 2_000_000,
    "a code page of its own": b'CHARSET="ANSI";\nCODEPAGE="rot13";\nDATA=1;',
    "DATA of quotation marks": PX.rpartition(b"DATA=")[0] + b"DATA=" + b'"' * 1_000_001 + b";",
    "blanks without end": b'CHARSET="ANSI";\n' + b" " * 3_000_000 + b"x",
}.items():
    family.case(f"px with {about}", "data.px", refused=True)(partial(bytes, data))
family.case("PxWeb's CSV of quotation marks", "data.csv")(lambda: WIDE.encode() + b'"' * 900_000 + b"\n")
family.case("PxWeb's CSV of very many columns", "data.csv")(
    lambda: (
        '"a",' + ",".join(f'"{1990 + at % 30} x{at}"' for at in range(50_000)) + "\n" + '"x"' + ",1" * 50_000
    ).encode()
)


def marked(rows: list[list[object]], *, names: bool = False) -> bytes:
    """Return an export with hostile text in all its cells, or in the names that follow the tool's own."""
    texts = [*ALL.values()] * 5
    body = [[texts[(at + line) % len(texts)] for at in range(len(rows[0]))] for line in range(len(texts) // 5)]
    depth = 3 if rows is QUALTRICS else 2 if rows is MONKEY else 1
    return table([[str(cell) for cell in row] + ([texts[7]] if names else []) for row in rows[:depth]] + body)


# survey and qualitative tools
for about, rows in {
    "Qualtrics": QUALTRICS, "LimeSurvey": LIME, "REDCap": REDCAP, "SurveyMonkey": MONKEY, "KoBo": KOBO, "MAXQDA": MAXQDA, "ATLAS.ti": ATLAS,
}.items():  # fmt: skip
    family.case(f"{about} with text that means something", "data.csv")(partial(marked, rows))
    family.case(f"{about} with names that mean something", "data.csv")(partial(marked, rows, names=True))
family.case("Qualtrics with an ImportId nested very deeply", "data.csv")(
    lambda: table([["a", "b"], ["a", "b"], ['{"ImportId": ' + "[" * 1_900, '{"ImportId":"x"}'], ["1", "2"]])
)

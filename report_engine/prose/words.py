"""Words and signs that say a number, a size or a direction, as regular expressions per edition.

Articles and pronouns are left out: *en*, *ett* and *one* count only inside a longer number (``tjugoett``, ``one third``). So are
*båda*, *both* and ordinals on their own (*första*, *second*), which order and do not count; ``var tionde`` and ``every third`` count.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from report_engine.words.editions import Edition

_DIGITS = r"(?<!\w)\w*?\d(?:\w|[.,:/\u2013\u2212\u00a0\u202f-](?=\d))*(?:\s?[%\u2030])?|[\u00bc-\u00be\u2150-\u215e]|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+|[\u2160-\u217f]+|(?-i:(?<![\w-])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\w-]))"

_SV_SMALL = "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
_SV_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_SV_ATOM = "|".join(sorted(f"{_SV_SMALL} {_SV_TENS} hundra tusen".split(), key=len, reverse=True))
_SV_TEN = "|".join(_SV_TENS.split())
_SV_STEM = "kommun|deltagar|steg|grad|del(?:ad|t|ning)|tal|procent|fald|fallt|dubb|sidig|punkt|person|part|led|våg|år|månad|veck|dag|timm|siffr|tum"
_SV_ORDINAL = (
    "annan|annat|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|tjugonde|femtionde|hundrade|tusende"
)
_SV_NUMBER = (
    rf"(?:e(?:n|tt)(?=hundra|tusen))?(?:(?:{_SV_TEN})(?:en|ett)|(?:{_SV_ATOM})+)(?:-?(?:{_SV_STEM})\w*)?"
    r"|fyr(?:dubb|fald)\w*|noll|miljon(?:er|erna|en)?|miljard(?:er|erna|en)?|dussin\w*|tjog|all[at]?\s+utom\s+e(?:n|tt)"
)
_SV_SHARE = (
    r"hälften|hälft|halv[at]?|halvannan|dubbelt|dubbla|dubbel|tredubb\w*"
    r"|(?:en\s+)?(?:tredje|fjärde|femte|sjätte|sjunde|åttonde|åtton|nionde|tionde|tjugonde|hundrade|tusende)del(?:s|en|ens|ar|arna|ars)?"
    rf"|(?:var|vart|varje)\s+(?:{_SV_ORDINAL})|varannan|vartannat"
)

_EN_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_EN_ATOM = "|".join(sorted(_EN_SMALL.split(), key=len, reverse=True))
_EN_FRACTION = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth"
_EN_NUMBER = rf"(?:{_EN_ATOM})(?:-(?:one|{_EN_ATOM}))?(?:fold)?|zero|hundreds?|thousands?|millions?|billions?|dozens?|hundredfold|all\s+but\s+one"
_EN_SHARE = (
    r"half(?!-time)|halves|twice|thrice|double(?!-)|treble|tripl(?:e|ed|es|ing)|quadrupl\w+|quintupl\w+"
    rf"|(?:an?|one)[\s-](?:{_EN_FRACTION})s?|(?:{_EN_ATOM})-(?:{_EN_FRACTION})s|(?:{_EN_FRACTION})s(?!\w)"
    rf"|every\s+(?:other|second|{_EN_FRACTION})"
)


def _whole(*patterns: str) -> str:
    return rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)"


SHARES: Mapping[Edition, re.Pattern[str]] = {
    "sv": re.compile(_whole(_SV_SHARE), re.IGNORECASE),
    "en": re.compile(_whole(_EN_SHARE), re.IGNORECASE),
}
"""Fractions and multiples in words, which a tested claim may say: its predicate is what bears them out."""

NUMBERS: Mapping[Edition, re.Pattern[str]] = {
    "sv": re.compile(f"{_DIGITS}|{_whole(_SV_SHARE, _SV_NUMBER)}", re.IGNORECASE),
    "en": re.compile(f"{_DIGITS}|{_whole(_EN_SHARE, _EN_NUMBER)}", re.IGNORECASE),
}
"""Everything that says a number: digits, number words, fractions, multiples."""

SIZES: Mapping[Edition, re.Pattern[str]] = {
    "sv": re.compile(
        _whole(
            r"(?:mer|fler|färre|mindre|högre|lägre|större)\s+än(?:\s+hälften)?",
            r"(?:de\s+)?flesta|flest|flertalet|majoriteten|merparten|en\s+majoritet",
            r"högst[ae]?|lägst[ae]?|störst[ae]?|minst[ae]?|dyrast|billigast|dyrare|billigare",
            r"ök(?:ar|ade|at|ats|ning|ningen|ningar|ande)|minsk(?:ar|ade|at|ats|ning|ningen|ningar|ande)",
            r"stig(?:er|it|ande)|sjunk(?:er|it|ande)|sjönk|växer|växte|vuxit|växande",
            r"fördubbl\w+|halver\w+",
        ),
        re.IGNORECASE,
    ),
    "en": re.compile(
        _whole(
            r"(?:more|fewer|less|higher|lower|larger|greater|smaller)\s+than(?:\s+half)?",
            r"most|majority|highest|lowest|largest|smallest|greatest|fewest|dearer|cheaper",
            r"increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|falling|fell|fallen|declin(?:e|es|ed|ing)",
            r"gr(?:ew|own|owing|owth)|doubl(?:ed|es|ing)|halv(?:ed|es|ing)|trebled|tripled",
        ),
        re.IGNORECASE,
    ),
}
"""Words of size or direction, which say something about data and so belong in a claim."""


def spans(text: str, edition: Edition) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand in a text, some of them twice.

    The patterns are slow, and few lines hold a number: each word is looked up first, and only around a hit are they tried.
    """
    done = 0
    for word in _WORD.finditer(text):
        if word.end() > done and _may_count(word[0] if word[0].isupper() else word[0].lower(), edition):
            line = text.rfind("\n", 0, word.start()) + 1
            done = text.find("\n", word.end())
            done = len(text) if done < 0 else done
            begin = max(line - _REACH, 0)  # a number may have begun on the line before
            yield from (found.span() for found in NUMBERS[edition].finditer(text, begin, min(done + _REACH, len(text))))


_WORD = re.compile(r"[\w\u00bc-\u00be\u2150-\u215e\u2160-\u217f]+")
_REACH = 12  # characters, at least the longest first word of a number and a line's indentation


@lru_cache(maxsize=100_000)
def _may_count(word: str, edition: Edition) -> bool:
    pattern = NUMBERS[edition]
    within = (word, f"var {word}", f"a {word} every {word}", f"alla utom {word}", f"all but {word}")
    return any(pattern.search(text) for text in within)

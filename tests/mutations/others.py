"""Faults in what happens to results: wording, robustness, render and its checks, changes, validation."""

from tests.mutations.plan import Mutation


def of(part: str, module: str, name: str, place: str, old: str, new: str, *tests: str) -> Mutation:
    """A fault in a module, found by the tests named."""
    return Mutation(f"{part}: {name}", f"{module}.py", place, old, new, tests)


CHECKS, EDITIONS, PUBLISH = (f"tests/report_engine/render/test_{name}.py" for name in ("checks", "editions", "publish"))
CLAIMS, SLIDES = (f"tests/report_engine/render/test_{name}.py" for name in ("claims", "slides"))
COMPARE, PLACES, PAGE, ROWS, PROSE, STORE = (
    f"tests/report_engine/changes/test_{name}.py" for name in ("compare", "places", "page", "rows", "prose", "store")
)
NUMERALS, PLAUSIBILITY, PERSONAL, NEAREST = (
    f"tests/report_engine/checks/test_{name}.py" for name in ("numerals", "plausibility", "personal", "nearest")
)
VALIDATE, NUMBERS, ROBUSTNESS, SHARED = (
    "tests/report_engine/checks/test_validate.py",
    "tests/report_engine/words/test_numbers.py",
    "tests/report_engine/results/test_robustness.py",
    "tests/analysis/test_interviews.py",
)
ITEMS, FACTS = "tests/analysis/test_survey.py", "tests/analysis/test_facts.py"
FORMS = "tests/report_engine/words/test_forms.py"
SURVEY_CLAIMS, INTERVIEW_CLAIMS = (f"tests/analysis/test_{name}_claims.py" for name in ("survey", "interview"))

MUTATIONS = (
    of("words", "report_engine/words/numbers", "decimal comma in English", "_DECIMAL", '{"sv": ",", "en": "."}', '{"sv": ",", "en": ","}', NUMBERS),
    of("words", "report_engine/words/numbers", "fell and rose swapped", "change_word", "2 if change > 0 else 0", "0 if change > 0 else 2", NUMBERS),
    of("words", "report_engine/words/numbers", "billions told as millions", "money", "large = abs(tkr) >= 1_000_000", "large = abs(tkr) >= 1_000_000_000", NUMBERS),
    of("words", "report_engine/words/numbers", "points without their sign", "points", "number(difference * 100, edition, decimals, signed=True)", "number(abs(difference) * 100, edition, decimals)", FORMS),
    of("words", "analysis/facts", "interval of the share's bounds swapped", "interval", "{number(low * 100, edition)}–{percent_words(high, edition)}", "{number(high * 100, edition)}–{percent_words(low, edition)}", FACTS),
    of("verdicts", "report_engine/results/robustness", "the far end of the interval decides", "judge", "near, far = (low, high)", "far, near = (low, high)", SHARED),
    of("verdicts", "report_engine/results/robustness", "the estimate alone fails a claim", "judge", "(limit - far) * sign > ROUNDING", "(limit - (low + high) / 2) * sign > ROUNDING", ROBUSTNESS),
    of("verdicts", "analysis/coding", "no stance is no judgement", "ratings", 'NO_STANCE if value == "stance" else pd.NA', "pd.NA", "tests/analysis/test_coding.py"),
    of("verdicts", "analysis/coding", "unreliable coding is evidence", "_enough", "found < RELIABLE", "found < 0", "tests/analysis/test_coding.py"),
    of("verdicts", "analysis/survey_claims", "a minority judged as a majority", "SIGN", '"below": -1', '"below": 1', ITEMS),
    of("verdicts", "analysis/survey_claims", "a difference of those who answered one item", "ItemDifference._lead", "first - second", "np.nan_to_num(first) - np.nan_to_num(second)", SURVEY_CLAIMS),
    of("verdicts", "analysis/survey_claims", "a difference the other way", "ShareDifference.estimate", '"of", "than", smallest', '"than", "of", smallest', SURVEY_CLAIMS),
    of("verdicts", "analysis/interview_claims", "a share of few segments is judged", "SegmentShare.estimate", "len(said) < max(settings.smallest_cell, 1)", "not len(said)", INTERVIEW_CLAIMS),
    of("verdicts", "analysis/survey_claims", "change from last to first wave", "change", '"_at", last, first', '"_at", first, last', "tests/analysis/sections/recomputed", "tests/analysis/sections/test_collaboration.py", "-k", "collaboration"),
    of("verdicts", "analysis/interviews", "half of the municipalities is most", "voiced", "found > places / 2", "found >= places / 2", SHARED),
    of("verdicts", "report_engine/results/robustness", "other outcomes counted as kept", "kept", "codes == CODES[verdict.outcome]", "codes != CODES[verdict.outcome]", ROBUSTNESS),
    of("verdicts", "report_engine/results/robustness", "interval not moved with the estimate", "recentred", "draws + (low - estimate), draws + (high - estimate)", "draws * 0 + low, draws * 0 + high", ROBUSTNESS),
    of("render", "report_engine/render/checks", "links that lead nowhere pass", "dead_ends", "if target not in known]", "if target not in known and not target]", CHECKS),
    of("render", "report_engine/render/checks", "a figure placed twice passes", "check_placements", "places[1:]", "places[2:]", CHECKS),
    of("render", "report_engine/render/checks", "ids that stand twice pass", "check_page", "if n > 1)", "if n > 2)", CHECKS),
    of("render", "report_engine/render/checks", "unknown facts pass", "_check_facts", "if not {key,", "if False and not {key,", CHECKS),
    of("render", "report_engine/render/checks", "any page's language passes", "check_page", "if page.lang != lang:", "if not page.lang:", CHECKS),
    of("render", "report_engine/render/checks", "this machine's folder passes", "_machine_paths", "if len(here) > 1 and here in", "if len(here) > 1 and here not in", CHECKS),
    of("render", "report_engine/render/editions", "a missing item passes", "_missing", "if key not in theirs]", "if key not in theirs and not key]", EDITIONS),
    of("render", "report_engine/render/editions", "another order passes", "_order", "if key not in kept:", "if key not in kept and not kept:", EDITIONS),
    of("render", "report_engine/render/editions", "another level passes", "_levels", "ours[key].level != theirs[key].level", "ours[key].level > theirs[key].level + 9", EDITIONS),
    of("render", "report_engine/render/editions", "another edition's figure passes", "_strangers", 'if found["edition"] != edition:', 'if not found["edition"]:', EDITIONS),
    of("render", "report_engine/render/editions", "counts that differ pass", "_counts", "if first != second:", "if first > second:", EDITIONS),
    of("render", "report_engine/render/claims", "a second sentence of a claim passes", "problems", "elif item.name in found:", "elif item.name not in known:", CLAIMS),
    of("render", "report_engine/render/claims", "a claim without a sentence passes", "problems", "if identifier not in found:", "if identifier not in known:", CLAIMS),
    of("render", "report_engine/render/publish", "the old report is lost before the new is there", "_swap", "os.replace(folder, old)\n        os.replace(new, folder)", "shutil.rmtree(folder)\n        os.replace(new, folder)", PUBLISH),
    of("render", "report_engine/render/publish", "a report that died in between stays away", "_recover", "if old.is_dir() and not folder.exists():", "if old.is_dir() and folder.exists():", PUBLISH),
    of("render", "report_engine/render/publish", "old files stay beside new ones", "publish", "new = _beside(folder, \"new\")\n        new.mkdir()", "new = _beside(folder, \"new\")\n        shutil.copytree(folder, new) if folder.exists() else new.mkdir()", PUBLISH),
    of("render", "report_engine/render/pdf", "another title passes", "check_pdf", "elif title and found != title:", "elif title and not found:", CHECKS, SLIDES),
    of("render", "report_engine/render/pdf", "pictures without alt text pass", "_figures", 'not str(node.get("/Alt", "")).strip()', 'not str(node.get("/Alt", "x")).strip()', CHECKS, SLIDES),
    of("render", "report_engine/render/pdf", "an untagged PDF passes", "check_pdf", 'or "/StructTreeRoot" not in root:', "and False:", CHECKS, SLIDES),
    of("render", "report_engine/render/slides", "a slide too many passes", "check", "(pages := count_pages(path)) != expected", "(pages := count_pages(path)) < expected", SLIDES),
    of("render", "report_engine/render/slides", "slides without an id pass", "_without_id", "and not re.search(", "and re.search(", SLIDES),
    of("render", "report_engine/render/office/presentation", "slides without a title pass", "_check_slide", "if len(titles) != 1 or", "if len(titles) > 1 and", CHECKS, SLIDES),
    of("changes", "report_engine/changes/compare", "a claim that is gone is no flip", "flipped", "if key not in new or outcome(new[key]) != outcome(claim)", "if key in new and outcome(new[key]) != outcome(claim)", COMPARE),
    of("changes", "report_engine/changes/compare", "a claim that holds again is told as lost", "no_longer_holding", 'if outcome(claim) == "holds" and', 'if outcome(claim) != "holds" and', COMPARE),
    of("changes", "report_engine/changes/compare", "interval's moves not measured", "size", '("value", "low", "high")', '("value",)', COMPARE),
    of("changes", "report_engine/changes/compare", "smallest change first", "_numbers", "-change.size", "change.size", COMPARE),
    of("changes", "report_engine/changes/compare", "another figure is no change of a claim", "_CLAIM", '"verdict", "figure",', '"verdict",', COMPARE),
    of("changes", "report_engine/changes/places", "line of the paragraph's start", "_sentences.hold", 'start + text.count("\\n", 0, match.start())', "start", PLACES),
    of("changes", "report_engine/changes/details", "old and new swapped", "_before_and_now", '(say("changes.before", edition), old), (say("changes.now", edition), new)', '(say("changes.before", edition), new), (say("changes.now", edition), old)', PAGE),
    of("changes", "report_engine/changes/details", "difference turned round", "number", 'new["value"] - old["value"]', 'old["value"] - new["value"]', PAGE),
    of("changes", "report_engine/changes/details", "figures before and now swapped", "figures", '((old, "changes.before"), (new, "changes.now"))', '((new, "changes.before"), (old, "changes.now"))', PAGE),
    of("changes", "report_engine/changes/words", "numbers cut to two digits", "exact", "3 - int(", "1 - int(", PAGE),
    of("changes", "report_engine/changes/rows", "added and removed swapped", "compare_rows", "added = sorted(new.keys() - old.keys(), key=_order)\n    removed = sorted(old.keys() - new.keys(), key=_order)", "added = sorted(old.keys() - new.keys(), key=_order)\n    removed = sorted(new.keys() - old.keys(), key=_order)", ROWS),
    of("changes", "report_engine/changes/store", "digests of persons kept", "_dataset", "if name not in contract.public([name]):", "if False:", STORE),
    of("changes", "report_engine/changes/prose", "what was taken out told as put in", "words", 'yield "old", "".join(before[a:b])', 'yield "new", "".join(before[a:b])', PROSE),
    of("validation", "report_engine/checks/numerals", "thousands read as decimals", "_read", "if form.sign in groups:", "if form.sign in groups and not whole:", NUMERALS),
    of("validation", "report_engine/checks/numerals", "fractions cut off whole numbers", "_value", 'if fraction.strip("0"):', 'if fraction.strip("0123456789"):', NUMERALS),
    of("validation", "report_engine/checks/numerals", "mixed decimal signs pass", "_read", "if form.sign and certain and form.sign != certain:", "if form.sign and certain and form.sign == form.decimal:", NUMERALS),
    of("validation", "report_engine/contracts/plausibility", "jumps downwards pass", "Jump.find", "max(new / old, old / new)", "new / old", PLAUSIBILITY),
    of("validation", "report_engine/contracts/plausibility", "known values are judged", "Jump.find", "- tables.known", "- set()", PLAUSIBILITY),
    of("validation", "report_engine/contracts/plausibility", "parts subtracted are added", "Sum.find", '-1 if term.startswith("-") else 1', "1", PLAUSIBILITY),
    of("validation", "report_engine/checks/personal", "identity numbers without a checksum count", "_is_identity_number", "sum(map(int, doubled)) % 10 == 0", "sum(map(int, doubled)) % 10 >= 0", PERSONAL),
    of("validation", "report_engine/checks/personal", "values of free text quoted", "quotable", "if not field.free_text}", "}", PERSONAL, VALIDATE),
    of("validation", "report_engine/checks/personal", "ids of persons quoted", "quotable", "return (spoken & coded) - ids", "return spoken & coded", PERSONAL),
    of("validation", "report_engine/checks/personal", "coordination numbers pass", "_COORDINATION", "60", "90", PERSONAL),
    of("validation", "report_engine/words/nearest", "lost zeros are not given back", "neighbour", 'one.lstrip("0") == text.lstrip("0")', "one == text", NEAREST),
    of("validation", "report_engine/words/nearest", "a county is a misspelt municipality", "_of_a_kind", " and not (words[0] < words[1] or words[1] < words[0])", "", NEAREST),
    of("validation", "report_engine/checks/keys", "a repeated key passes", "repeated", "if key in first:", "if key in first and None in key:", VALIDATE),
    of("validation", "report_engine/checks/keys", "unknown references pass", "unknown", "None not in key and key not in known", "None not in key and not key", VALIDATE),
    of("validation", "report_engine/checks/columns", "values above the largest pass", "_outside", "(high is not None and number > high)", "False", VALIDATE),
    of("validation", "report_engine/checks/columns", "answers of those not asked pass", "asked", "if value is not None and not put:", "if value is None and not put:", VALIDATE),
)  # fmt: skip

"""Faults in what happens to results: wording, robustness, render and its checks, changes, validation."""

from tests.mutations.plan import Mutation


def of(part: str, module: str, name: str, place: str, old: str, new: str, *tests: str) -> Mutation:
    """A fault in a module, found by the tests named."""
    return Mutation(f"{part}: {name}", f"analysis/{module}.py", place, old, new, tests)


CHECKS, EDITIONS, PUBLISH = (f"tests/render/test_{name}.py" for name in ("checks", "editions", "publish"))
CLAIMS, SLIDES = (f"tests/render/test_{name}.py" for name in ("claims", "slides"))
COMPARE, PLACES, PAGE, ROWS, PROSE = (
    f"tests/changes/test_{name}.py" for name in ("compare", "places", "page", "rows", "prose")
)
NUMERALS, PLAUSIBILITY, PERSONAL, NEAREST = (
    f"tests/validation/test_{name}.py" for name in ("numerals", "plausibility", "personal", "nearest")
)
VALIDATE, NUMBERS, ROBUSTNESS, SHARED = (
    "tests/test_validate.py",
    "tests/test_numbers.py",
    "tests/test_robustness.py",
    "tests/sections/test_shared.py",
)
ITEMS = "tests/sections/test_survey_items.py"

MUTATIONS = (
    of("words", "numbers", "decimal comma in English", "_DECIMAL", '{"sv": ",", "en": "."}', '{"sv": ",", "en": ","}', NUMBERS),
    of("words", "numbers", "fell and rose swapped", "change_word", "2 if change > 0 else 0", "0 if change > 0 else 2", NUMBERS),
    of("words", "numbers", "billions told as millions", "money", "large = abs(tkr) >= 1_000_000", "large = abs(tkr) >= 1_000_000_000", NUMBERS),
    of("words", "sections/shared", "points without their sign", "points", "number(difference * 100, edition, signed=True)", "number(abs(difference) * 100, edition)", SHARED),
    of("words", "sections/survey_items", "interval of the share's bounds swapped", "interval", "{number(low * 100, edition)}–{percent_words(high, edition)}", "{number(high * 100, edition)}–{percent_words(low, edition)}", ITEMS),
    of("verdicts", "sections/shared", "the far end of the interval decides", "judge", "near = low if sign > 0 else high", "near = high if sign > 0 else low", SHARED),
    of("verdicts", "sections/survey_items", "a minority judged as a majority", "minority", "sign=-1", "sign=1", ITEMS),
    of("verdicts", "sections/shared", "half of the municipalities is most", "voiced", "found > places / 2", "found >= places / 2", SHARED),
    of("verdicts", "robustness", "other outcomes counted as kept", "kept", "codes == CODES[verdict.outcome]", "codes != CODES[verdict.outcome]", ROBUSTNESS),
    of("verdicts", "robustness", "interval not moved with the estimate", "recentred", "draws + (low - estimate), draws + (high - estimate)", "draws * 0 + low, draws * 0 + high", ROBUSTNESS),
    of("render", "render/checks", "links that lead nowhere pass", "dead_ends", "if target not in known]", "if target not in known and not target]", CHECKS),
    of("render", "render/checks", "a figure placed twice passes", "check_placements", "places[1:]", "places[2:]", CHECKS),
    of("render", "render/checks", "ids that stand twice pass", "check_page", "if n > 1)", "if n > 2)", CHECKS),
    of("render", "render/checks", "unknown facts pass", "_check_facts", "if not {key,", "if False and not {key,", CHECKS),
    of("render", "render/checks", "any page's language passes", "check_page", "if page.lang != lang:", "if not page.lang:", CHECKS),
    of("render", "render/checks", "this machine's folder passes", "_machine_paths", "if len(here) > 1 and here in", "if len(here) > 1 and here not in", CHECKS),
    of("render", "render/editions", "a missing item passes", "_missing", "if key not in theirs]", "if key not in theirs and not key]", EDITIONS),
    of("render", "render/editions", "another order passes", "_order", "if key not in kept:", "if key not in kept and not kept:", EDITIONS),
    of("render", "render/editions", "another level passes", "_levels", "ours[key].level != theirs[key].level", "ours[key].level > theirs[key].level + 9", EDITIONS),
    of("render", "render/editions", "another edition's figure passes", "_strangers", 'if found["edition"] != edition:', 'if not found["edition"]:', EDITIONS),
    of("render", "render/editions", "counts that differ pass", "_counts", "if first != second:", "if first > second:", EDITIONS),
    of("render", "render/claims", "a second sentence of a claim passes", "problems", "elif item.name in found:", "elif item.name not in known:", CLAIMS),
    of("render", "render/claims", "a claim without a sentence passes", "problems", "if identifier not in found:", "if identifier not in known:", CLAIMS),
    of("render", "render/publish", "the old report is lost before the new is there", "_swap", "os.replace(folder, old)\n        os.replace(new, folder)", "shutil.rmtree(folder)\n        os.replace(new, folder)", PUBLISH),
    of("render", "render/publish", "a report that died in between stays away", "_recover", "if old.is_dir() and not folder.exists():", "if old.is_dir() and folder.exists():", PUBLISH),
    of("render", "render/publish", "old files stay beside new ones", "publish", "new = _beside(folder, \"new\")\n        new.mkdir()", "new = _beside(folder, \"new\")\n        shutil.copytree(folder, new) if folder.exists() else new.mkdir()", PUBLISH),
    of("render", "render/pdf", "another title passes", "check_pdf", "elif title and found != title:", "elif title and not found:", CHECKS, SLIDES),
    of("render", "render/pdf", "pictures without alt text pass", "_figures", 'not str(node.get("/Alt", "")).strip()', 'not str(node.get("/Alt", "x")).strip()', CHECKS, SLIDES),
    of("render", "render/pdf", "an untagged PDF passes", "check_pdf", 'or "/StructTreeRoot" not in root:', "and False:", CHECKS, SLIDES),
    of("render", "render/slides", "a slide too many passes", "check", "(pages := count_pages(path)) != expected", "(pages := count_pages(path)) < expected", SLIDES),
    of("render", "render/slides", "slides without an id pass", "_without_id", "and not re.search(", "and re.search(", SLIDES),
    of("render", "render/pptx", "slides without a title pass", "_check_slide", "if len(titles) != 1 or", "if len(titles) > 1 and", CHECKS, SLIDES),
    of("changes", "changes/compare", "a claim that is gone is no flip", "flipped", "if key not in new or outcome(new[key]) != outcome(claim)", "if key in new and outcome(new[key]) != outcome(claim)", COMPARE),
    of("changes", "changes/compare", "a claim that holds again is told as lost", "no_longer_holding", 'if outcome(claim) == "holds" and', 'if outcome(claim) != "holds" and', COMPARE),
    of("changes", "changes/compare", "interval's moves not measured", "size", '("value", "low", "high")', '("value",)', COMPARE),
    of("changes", "changes/compare", "smallest change first", "_numbers", "-change.size", "change.size", COMPARE),
    of("changes", "changes/compare", "another figure is no change of a claim", "_CLAIM", '"verdict", "figure",', '"verdict",', COMPARE),
    of("changes", "changes/places", "line of the paragraph's start", "_sentences.hold", 'start + text.count("\\n", 0, match.start())', "start", PLACES),
    of("changes", "changes/details", "old and new swapped", "_before_and_now", '(say("before", edition), old), (say("now", edition), new)', '(say("before", edition), new), (say("now", edition), old)', PAGE),
    of("changes", "changes/details", "difference turned round", "number", 'new["value"] - old["value"]', 'old["value"] - new["value"]', PAGE),
    of("changes", "changes/details", "figures before and now swapped", "figures", '((old, "before"), (new, "now"))', '((new, "before"), (old, "now"))', PAGE),
    of("changes", "changes/words", "numbers cut to two digits", "exact", "3 - int(", "1 - int(", PAGE),
    of("changes", "changes/rows", "added and removed swapped", "compare_rows", "added = sorted(new.keys() - old.keys(), key=_order)\n    removed = sorted(old.keys() - new.keys(), key=_order)", "added = sorted(old.keys() - new.keys(), key=_order)\n    removed = sorted(new.keys() - old.keys(), key=_order)", ROWS),
    of("changes", "changes/rows", "values of persons shown", "compare_rows", "if k != HASH", "if k", ROWS),
    of("changes", "changes/prose", "what was taken out told as put in", "words", 'yield "old", "".join(before[a:b])', 'yield "new", "".join(before[a:b])', PROSE),
    of("validation", "validation/numerals", "thousands read as decimals", "_read", "if form.sign in groups:", "if form.sign in groups and not whole:", NUMERALS),
    of("validation", "validation/numerals", "fractions cut off whole numbers", "_value", 'if fraction.strip("0"):', 'if fraction.strip("0123456789"):', NUMERALS),
    of("validation", "validation/numerals", "mixed decimal signs pass", "_read", "if form.sign and certain and form.sign != certain:", "if form.sign and certain and form.sign == form.decimal:", NUMERALS),
    of("validation", "validation/plausibility", "jumps downwards pass", "Jump.find", "max(new / old, old / new)", "new / old", PLAUSIBILITY),
    of("validation", "validation/plausibility", "known values are judged", "Jump.find", "- tables.known", "- set()", PLAUSIBILITY),
    of("validation", "validation/plausibility", "parts subtracted are added", "Sum.find", '-1 if term.startswith("-") else 1', "1", PLAUSIBILITY),
    of("validation", "validation/personal", "identity numbers without a checksum count", "_is_identity_number", "sum(map(int, doubled)) % 10 == 0", "sum(map(int, doubled)) % 10 >= 0", PERSONAL),
    of("validation", "validation/personal", "values of free text quoted", "discreet", "if not field.free_text}", "}", PERSONAL, VALIDATE),
    of("validation", "validation/personal", "coordination numbers pass", "_COORDINATION", "60", "90", PERSONAL),
    of("validation", "validation/nearest", "lost zeros are not given back", "nearest", 'one.lstrip("0") == text.lstrip("0")', "one == text", NEAREST),
    of("validation", "validation/keys", "a repeated key passes", "repeated", "if key in first:", "if key in first and None in key:", VALIDATE),
    of("validation", "validation/keys", "unknown references pass", "unknown", "if None in key or key in known:", "if None in key or key:", VALIDATE),
    of("validation", "validation/columns", "values above the largest pass", "_outside", "high if high is not None and number > high else None", "None", VALIDATE),
    of("validation", "validation/columns", "answers of those not asked pass", "asked", "if value is not None and not put:", "if value is None and not put:", VALIDATE),
)  # fmt: skip

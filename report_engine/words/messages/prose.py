"""What the check of the prose (``report_engine.prose``) says."""

MESSAGES = {
    "is a typed number: {}, or mark it with {}.": "är ett inskrivet tal: {}, eller märk det med {}.",
    "quote a fact": "hänvisa till ett faktum",
    "compute it": "beräkna det",
    "is typed: {}.": "är inskrivet: {}.",
    "no reason given": "inget skäl angivet",
    "is marked as typed without a reason.": "är märkt som inskrivet utan skäl.",
    "has the mark “typed:”, which stands at no number.": "har märkningen ”typed:”, som inte står vid något tal.",
    "says size or direction outside a claim.": "anger storlek eller riktning utanför ett påstående.",
}

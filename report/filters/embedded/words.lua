-- What Quarto calls things, in the languages of the report.

local WORDS = {
  sv = {
    fig = "Figur",
    tbl = "Tabell",
    sec = "Avsnitt",
    note = "Notera",
    tip = "Tips",
    warning = "Varning",
    important = "Viktigt",
    caution = "Försiktigt",
  },
  en = {
    fig = "Figure",
    tbl = "Table",
    sec = "Section",
    note = "Note",
    tip = "Tip",
    warning = "Warning",
    important = "Important",
    caution = "Caution",
  },
}

return function(meta)
  local language = pandoc.utils.stringify(meta.lang or ""):match("^%a+")
  return WORDS[language] or error("lang must be sv or en, not '" .. tostring(language) .. "'")
end

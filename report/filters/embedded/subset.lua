-- What the embedded engine renders as Quarto does. Everything else is a problem, never silently different output.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local problem = dofile(pandoc.path.join({ here, "problems.lua" }))

local function set(...)
  local result = {}
  for _, item in ipairs({ ... }) do
    result[item] = true
  end
  return result
end

local ALLOWED = {
  div = {
    classes = set(
      "data-note", "data-state", "synthetic", "key-figures", "key-figure", "references",
      "content-visible", "content-hidden",
      "callout-note", "callout-tip", "callout-warning", "callout-important", "callout-caution"
    ),
    attributes = set("layout-ncol", "fig-alt", "when-format", "unless-format", "lang", "needs", "of"),
  },
  span = {
    classes = set("fact", "claim", "synthetic", "value", "label", "content-visible", "content-hidden"),
    attributes = set("data-fact", "when-format", "unless-format", "lang", "needs", "of"),
  },
  image = { classes = set(), attributes = set("fig-alt", "width") },
  link = { classes = set("uri", "email"), attributes = set("lang") },
  heading = { classes = set("unnumbered", "unlisted", "landscape"), attributes = set("needs") },
  table = { classes = set(), attributes = set() },
}
local FORMATS = set("html", "typst", "docx")
-- Kinds of cross-reference that Quarto knows and the report does not use.
local FOREIGN = set(
  "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem", "alg",
  "nte", "tip", "wrn", "imp", "cau"
)

local function names(allowed)
  local list = {}
  for name in pairs(allowed) do
    table.insert(list, name)
  end
  table.sort(list)
  return #list > 0 and table.concat(list, ", ") or "none"
end

local function check(element, kind)
  local allowed = ALLOWED[kind]
  for _, class in ipairs(element.classes) do
    if not allowed.classes[class] then
      problem("filters.class_unsupported", { class = class, kind = kind, supported = names(allowed.classes) }, class)
    end
  end
  for name, value in pairs(element.attributes) do
    if not allowed.attributes[name] then
      problem("filters.attribute_unsupported", { attribute = name, kind = kind, supported = names(allowed.attributes) }, name)
    elseif name:match("%-format$") and not FORMATS[value] then
      problem("filters.not_a_format", { attribute = name, format = value }, value)
    end
  end
  local prefix = element.identifier:match("^(%a+)%-")
  if prefix and FOREIGN[prefix] then
    problem("filters.id_prefix", { prefix = prefix }, element.identifier)
  end
end

local function checker(kind)
  return function(element)
    check(element, kind)
  end
end

local function raw(element)
  if element.t == "RawBlock" and element.format == "html" and element.text:match("^%s*<table") then
    return nil -- read.lua reads it
  elseif element.text:match("^</") then
    return nil -- its beginning has been reported
  end
  local first = element.text:match("^[^\n]*")
  problem("filters.raw", { format = element.format, text = first }, first)
end

local function math(element)
  problem("filters.formula", { text = element.text }, element.text:match("^[^\n]*"))
end

local function Cite(cite)
  for _, citation in ipairs(cite.citations) do
    local prefix = citation.id:match("^(%a+)%-")
    if prefix and FOREIGN[prefix:lower()] then
      problem("filters.reference_prefix", { prefix = prefix }, "@" .. citation.id)
    end
  end
end

return {
  {
    Div = checker("div"),
    Span = checker("span"),
    Image = checker("image"),
    Link = checker("link"),
    Header = checker("heading"),
    Table = checker("table"),
    RawBlock = raw,
    RawInline = raw,
    Math = math,
    Cite = Cite,
  },
}

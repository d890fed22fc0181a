-- Cross-references as Quarto makes them: figures and tables numbered through the document, sections 1.1, parts of a
-- group (a), (b); references as links in the document's language; then figures and tables in the format's own shape.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local function use(name)
  return dofile(pandoc.path.join({ here, name }))
end
local problem, words_of, floats = use("problems.lua"), use("words.lua"), use("floats.lua")
local writer = use(FORMAT == "typst" and "typst.lua" or FORMAT == "docx" and "docx.lua" or "html.lua")
local NBSP = "\u{a0}"

local words
local prefixes = {}
local index = {} -- id -> { kind, number, part = "a" or nil }
local counts = { fig = 0, tbl = 0 }
local levels = {}
local seen = {}

local function register(id, entry)
  if seen[id] then
    problem("filters.id_twice", { id = id }, "#" .. id)
  end
  seen[id] = true
  index[id] = entry
end

local function count_header(header)
  if header.classes:includes("unnumbered") then
    register(header.identifier, { kind = "sec" })
    return
  end
  levels[header.level] = (levels[header.level] or 0) + 1
  for level = header.level + 1, 6 do
    levels[level] = 0
  end
  local parts = {}
  for level = 1, header.level do
    table.insert(parts, tostring(levels[level] or 0))
  end
  register(header.identifier, { kind = "sec", number = table.concat(parts, ".") })
end

local function picture_without_alt(record)
  for _, block in ipairs(record.content) do
    block:walk({
      Image = function(image)
        if not (image.attributes["fig-alt"] or record.alt) then
          problem("filters.figure_without_alt", { path = image.src }, image.src)
        end
      end,
    })
  end
end

local function count_float(record, parent)
  if record.id == "" then
    if #record.caption == 0 and record.kind == "tbl" then
      return -- a plain table: no number
    end
    local text = pandoc.utils.stringify(record.caption)
    problem(record.kind == "fig" and "filters.figure_needs_id" or "filters.table_needs_id", { text = text }, text)
    return
  end
  if not floats.kind(record.id) then
    problem("filters.id_of_neither", { id = record.id }, record.id)
    return
  end
  if #record.caption == 0 then
    problem("filters.no_caption", { id = record.id }, record.id)
  elseif record.inner_captions and (record.own_caption or record.inner_captions > 1) then
    problem("filters.two_captions", { id = record.id }, record.id)
  end
  if #record.content == 0 and #record.subs == 0 then
    problem("filters.no_content", { id = record.id }, record.id)
  end
  if record.columns and (record.columns < 1 or #record.subs == 0) then
    problem("filters.layout", { id = record.id }, record.id)
  end
  picture_without_alt(record)
  if parent then
    register(record.id, { kind = parent.kind, number = parent.number, part = parent.next })
    parent.next = string.char(parent.next:byte() + 1)
    return
  end
  counts[record.kind] = counts[record.kind] + 1
  local entry = { kind = record.kind, number = tostring(counts[record.kind]), next = "a" }
  register(record.id, entry)
  for _, sub in ipairs(record.subs) do
    count_float(sub, entry)
  end
end

local function count(block)
  local record = floats.read(block)
  if record then
    count_float(record)
    return block, false
  end
end

local function loose_picture(image)
  if not image.attributes["fig-alt"] then
    problem("filters.picture_without_alt", { path = image.src }, image.src)
  end
  problem("filters.picture_in_text", { path = image.src }, image.src)
end

local function nearest(id)
  local best
  for known in pairs(index) do
    if known:sub(1, 4) == id:sub(1, 4) and (known:find(id, 1, true) or id:find(known, 1, true)) then
      best = (not best or #known < #best or (#known == #best and known < best)) and known or best
    end
  end
  return best and "@" .. best
end

-- What a reference calls its target (Quarto's `crossref: sec-prefix` …); `@Sec-x`, which begins a sentence, has a capital.
local function named(kind, capital)
  local word = prefixes[kind .. "-prefix"]
  word = word and pandoc.utils.stringify(word) or words[kind]
  return capital and pandoc.text.upper(pandoc.text.sub(word, 1, 1)) .. pandoc.text.sub(word, 2) or word
end

-- One reference as { prefix, number text, id }, or nil with a problem reported.
local function resolve(citation)
  local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local entry = index[id]
  if not entry then
    problem("filters.refers_to_nothing", { id = citation.id }, "@" .. citation.id, nearest(id))
  elseif not entry.number then
    problem("filters.section_without_number", { id = citation.id, target = id }, "@" .. citation.id)
  elseif #citation.suffix > 0 then
    problem("filters.text_after_reference", { id = citation.id }, "@" .. citation.id)
  else
    local prefix = {}
    if #citation.prefix > 0 then
      prefix = citation.prefix
    elseif citation.mode ~= "SuppressAuthor" then
      prefix = { pandoc.Str(named(entry.kind, citation.id:match("^%u") ~= nil)) }
    end
    return writer.reference(id, pandoc.Inlines(prefix), entry, NBSP)
  end
end

local function references(cite)
  local first = cite.citations[1].id:match("^(%a+)%-.")
  if not (first and ({ fig = true, tbl = true, sec = true })[first:lower()]) then
    return nil
  end
  local result = pandoc.Inlines({})
  for i, citation in ipairs(cite.citations) do
    if i > 1 then
      result:extend({ pandoc.Str(","), pandoc.Space() })
    end
    result:extend(resolve(citation) or {})
  end
  return result
end

local function float(block)
  local record = floats.read(block)
  if record and record.id ~= "" and index[record.id] then
    return writer.float(record, index, words[record.kind], NBSP), false
  end
end

function Pandoc(doc)
  words, prefixes = words_of(doc.meta), doc.meta.crossref or {}
  local counting = { traverse = "topdown", Header = count_header, Figure = count, Table = count, Div = count }
  counting.Image = loose_picture
  for _, kind in ipairs({ "Div", "Span" }) do
    local visit = counting[kind]
    counting[kind] = function(element)
      if element.identifier ~= "" and not floats.kind(element.identifier) then
        register(element.identifier, nil)
      end
      if visit then
        return visit(element)
      end
    end
  end
  doc.blocks:walk(counting)
  doc.blocks = doc.blocks:walk({ Cite = references })
  doc.blocks = doc.blocks:walk({ traverse = "topdown", Figure = float, Table = float, Div = float })
  return doc
end

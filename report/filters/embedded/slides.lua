-- Slides: every heading of level two begins one, with a figure or without, its text, speaker notes and source. Verdicts get
-- their marks, and the notes what decided and on what data. slides_typst.lua and slides_pptx.lua write what is read here.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local problem = dofile(pandoc.path.join({ here, "problems.lua" }))
local fact = dofile(pandoc.path.join({ here, "..", "facts.lua" }))
local writer = dofile(pandoc.path.join({ here, FORMAT == "typst" and "slides_typst.lua" or "slides_pptx.lua" }))

local MARKS = { holds = "✓", borderline = "◆", fails = "✗", untestable = "○" }
local DATA = {
  sv = { synthetic = "Syntetiska data", mixed = "Delvis syntetiska data" },
  en = { synthetic = "Synthetic data", mixed = "Partly synthetic data" },
}
local NBSP = "\u{a0}"
-- A figure stands above its text where it becomes larger that way: it is wide, and the text short.
local WIDE = 1.99
local LINE, LINES = 95, 2

local edition

local function text_of(id)
  local known = fact.load()[id]
  return known and known.text and known.text[edition] or nil
end

-- Figures -----------------------------------------------------------------------------------------------------------

local function read(path, mode, amount)
  local file = io.open(path, mode)
  if not file then
    return nil
  end
  local content = file:read(amount)
  file:close()
  return content
end

-- What stands beside the picture: its sidecar and, from the PNG's head, how wide it is for its height without the source
-- note, which the slide sets in type of its own.
local function figure(image)
  local stem = image.src:gsub("%.%a+$", "")
  local content = read(stem .. ".json", "r", "a")
  if not content then
    return nil -- figure.lua has said so
  end
  local sidecar = pandoc.json.decode(content, false)
  local note = sidecar.note_share or 0
  local head = read(stem .. ".png", "rb", 24)
  if not head or #head < 24 then
    problem("slides.no_png", { figure = stem }, stem)
    return nil
  end
  local width, height = string.unpack(">I4I4", head, 17)
  return {
    image = image,
    alt = image.attributes["fig-alt"],
    source = sidecar.source_line or "",
    origin = sidecar.origin,
    note = note,
    aspect = width / (height * (1 - note)),
  }
end

-- Reading -----------------------------------------------------------------------------------------------------------

local function picture(block)
  local only = (block.t == "Para" or block.t == "Plain") and #block.content == 1 and block.content[1]
  return only and only.t == "Image" and only or nil
end

local TEXT = { Para = true, Plain = true, BulletList = true, BlockQuote = true }

local function add(slide, block)
  local token = "#" .. slide.id
  local image = picture(block)
  if image and slide.figure == nil then
    slide.figure = figure(image) or false
  elseif image then
    problem("slides.two_figures", {}, token)
  elseif block.t == "Figure" then
    problem("slides.caption", {}, token)
  elseif block.t == "Div" and block.classes[1] == "notes" then
    slide.notes:extend(block.content)
  elseif block.t == "Div" and block.classes[1] == "source" then
    slide.source = pandoc.utils.blocks_to_inlines(block.content)
  elseif TEXT[block.t] then
    slide.body:insert(block)
  else
    problem("slides.may_hold", { block = block.t }, token)
  end
end

local function new_slide(header, section)
  if #header.content == 0 then
    problem("slides.no_title", {}, "#" .. header.identifier)
  end
  return {
    id = header.identifier,
    title = header.content,
    section = section,
    body = pandoc.Blocks({}),
    notes = pandoc.Blocks({}),
  }
end

local function slides_of(blocks)
  local slides, section, seen = pandoc.List(), pandoc.Inlines({}), {}
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level == 1 then
      section = block.content
    elseif block.t == "Header" and block.level == 2 then
      if seen[block.identifier] then
        problem("filters.id_twice", { id = block.identifier }, "#" .. block.identifier)
      end
      seen[block.identifier] = true
      slides:insert(new_slide(block, section))
    elseif #slides == 0 then
      problem("slides.text_before", {}, pandoc.utils.stringify(block):sub(1, 40))
    else
      add(slides[#slides], block)
    end
  end
  return slides
end

local FOREIGN = {
  Cite = "slides.no_references",
  Math = "slides.no_formulas",
  Note = "slides.no_footnotes",
  RawInline = "slides.no_raw_text",
}

local function check_inlines(blocks)
  local visit = {}
  for kind, key in pairs(FOREIGN) do
    visit[kind] = function(element)
      local text = pandoc.utils.stringify(element)
      problem(key, { text = text }, text)
    end
  end
  blocks:walk(visit)
end

-- Verdicts, origin, notes ---------------------------------------------------------------------------------------------

local function marked(outcome, text)
  return writer.verdict(outcome, (text:gsub(" ", NBSP, 1)))
end

local function verdict(span)
  local id = span.classes:includes("fact") and span.attributes["data-fact"]
  local known = id and id:match("%.verdict$") and fact.load()[id]
  if known and MARKS[known.value] then
    return marked(known.value, MARKS[known.value] .. " " .. text_of(id))
  end
end

-- "**✓ holds**" where the marks are explained.
local function explained(strong)
  local text = pandoc.utils.stringify(strong)
  for outcome, mark in pairs(MARKS) do
    if text:sub(1, #mark) == mark then
      return marked(outcome, text)
    end
  end
end

local function facts_on(slide)
  local ids, seen = pandoc.List(), {}
  local visit = {
    Span = function(span)
      local id = span.attributes["data-fact"]
      if id and not seen[id] then
        seen[id] = true
        ids:insert(id)
      end
    end,
  }
  pandoc.Para(slide.title):walk(visit)
  slide.body:walk(visit)
  return ids
end

-- One word for what a slide rests on; nothing where nothing is synthetic.
local function data_words(slide, ids)
  local found = {}
  if slide.figure then
    found[slide.figure.origin or ""] = true
  end
  for _, id in ipairs(ids) do
    found[(fact.load()[id] or {}).origin or ""] = true
  end
  if not (found.synthetic or found.mixed) then
    return nil
  end
  local mixed = found.mixed or found.official or found.literature
  return DATA[edition][mixed and "mixed" or "synthetic"]
end

local function source_of(slide)
  if slide.figure then
    return pandoc.Inlines(pandoc.Str(slide.figure.source))
  elseif slide.figure == nil and not slide.source then
    problem("slides.no_source", {}, "#" .. slide.id)
  end
  return slide.source or pandoc.Inlines({})
end

-- What the author wrote, then each claim with its verdict and what decided, then source and number of cases.
local function notes_of(slide, ids)
  local notes = pandoc.Blocks(slide.notes)
  for _, id in ipairs(ids) do
    local claim = id:match("^(.*)%.verdict$")
    if claim and text_of(claim .. ".statement") then
      local outcome = (fact.load()[id] or {}).value
      local reason = text_of(claim .. ".reason") or ""
      local line = "%s: %s %s. %s"
      notes:insert(pandoc.Para(pandoc.Str(line:format(text_of(claim .. ".statement"), MARKS[outcome] or "", text_of(id), reason))))
    end
  end
  notes:insert(pandoc.Para(slide.source))
  return notes
end

local function lines_below(slide)
  local count = 0
  for _, block in ipairs(slide.body) do
    local length = utf8.len(pandoc.utils.stringify(block)) or 0
    count = count + math.ceil(length / LINE)
  end
  return count
end

local function finish(slide)
  if #slide.body == 0 then
    problem("slides.no_text", {}, "#" .. slide.id)
  end
  local ids = facts_on(slide)
  slide.data = data_words(slide, ids)
  slide.source = source_of(slide)
  slide.speaker = notes_of(slide, ids)
  slide.below = slide.figure and slide.figure.aspect > WIDE and lines_below(slide) <= LINES
end

function Pandoc(doc)
  edition = pandoc.utils.stringify(doc.meta.lang):match("^%a+")
  fact.read(edition)
  check_inlines(doc.blocks)
  local slides = slides_of(doc.blocks)
  local blocks = pandoc.Blocks({})
  for index, slide in ipairs(slides) do
    finish(slide)
    slide.number, slide.count = index + 1, #slides + 1 -- the title page is the first
    slide.title = pandoc.Inlines(pandoc.Para(slide.title):walk({ Span = verdict }).content)
    slide.body = slide.body:walk({ Span = verdict, Strong = explained })
    blocks:extend(writer.slide(slide))
  end
  local state = text_of("report.data_state")
  if state then
    local left_out = doc.meta["left-out"]
    writer.title_page(doc.meta, left_out and state .. " " .. pandoc.utils.stringify(left_out) or state)
  end
  for _, own in ipairs({ "document-folder", "slides", "left-out" }) do
    doc.meta[own] = nil -- would be written as a property of the file
  end
  doc.blocks = blocks
  return doc
end

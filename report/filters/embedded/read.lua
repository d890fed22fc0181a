-- What Quarto does to a document before anything else: facts, tables written as HTML, conditional blocks, callouts,
-- addresses of pictures.

local here = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local problem = dofile(pandoc.path.join({ here, "problems.lua" }))
local words_of = dofile(pandoc.path.join({ here, "words.lua" }))
local fact = dofile(pandoc.path.join({ here, "..", "facts.lua" }))

local CALLOUTS = { "note", "tip", "warning", "important", "caution" }
local language, words, folder

local function Meta(meta)
  language = pandoc.utils.stringify(meta.lang or "")
  words = words_of(meta)
  folder = pandoc.utils.stringify(meta["document-folder"] or "")
end

local function facts(span)
  local id = span.attributes["data-fact"]
  if span.classes:includes("fact") and id then
    return fact.span(id, language)
  end
end

local function html_table(raw)
  if raw.format == "html" and raw.text:match("^%s*<table") then
    local blocks = pandoc.read(raw.text, "html").blocks
    if #blocks == 1 and blocks[1].t == "Table" then
      return blocks
    end
    problem("filters.raw_html", {}, raw.text:match("^[^\n]*"))
  end
end

-- Quarto's rule: visible where every condition holds, hidden where every condition holds.
local function shown(element)
  local visible = element.classes:includes("content-visible")
  local hidden = element.classes:includes("content-hidden")
  if not (visible or hidden) then
    return nil
  end
  local format = FORMAT:match("^html") and "html" or FORMAT
  local when, unless = element.attributes["when-format"], element.attributes["unless-format"]
  local match = (not when or when == format) and (not unless or unless ~= format)
  return visible == match
end

local function conditional_block(div)
  local show = shown(div)
  if show ~= nil then
    return show and div.content or {}
  end
end

local function conditional_inline(span)
  local show = shown(span)
  if show ~= nil then
    return show and span.content or {}
  end
end

-- Without its theme Quarto shows a callout as a block quotation with a title in bold.
local function callout(div)
  for _, kind in ipairs(CALLOUTS) do
    if div.classes:includes("callout-" .. kind) then
      local blocks = pandoc.Blocks(div.content)
      local title = pandoc.Inlines({ pandoc.Str(words[kind]) })
      if blocks[1] and blocks[1].t == "Header" then
        title = blocks:remove(1).content
      end
      blocks:insert(1, pandoc.Para({ pandoc.Strong(title) }))
      return pandoc.BlockQuote(blocks)
    end
  end
end

-- `/x` is meant from the project's root, anything else from the root document's folder.
local function address(image)
  if image.src:match("^%a[%w+.-]*:") then
    problem("filters.picture_elsewhere", { path = image.src }, image.src)
    return nil
  end
  local path = image.src:match("^/") and image.src or folder .. "/" .. image.src
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." and #parts == 0 then
      problem("filters.picture_outside", { path = image.src }, image.src)
      return nil
    elseif part == ".." then
      table.remove(parts)
    elseif part ~= "." then
      table.insert(parts, part)
    end
  end
  image.src = table.concat(parts, "/")
  return image
end

return {
  { Meta = Meta },
  { traverse = "topdown", Div = conditional_block, Span = conditional_inline },
  { Div = callout, Span = facts, RawBlock = html_table, Image = address },
}

-- What there are no data for goes: of a paragraph the sentences that quote it, then tiles, items, rows, figures, slides, and
-- sections that held nothing else; a line says once in each place what is missing. `needs="fact …"` on a span or a block names
-- what it cannot stand without. Where nothing is missing, this filter does not touch the document.

local WORDS = {
  sv = { left = "Utelämnat", here = "Utelämnat här." },
  en = { left = "Left out", here = "Left out here." },
}

local folder = quarto and quarto.project and quarto.project.directory or "."
local function module(name)
  return dofile(pandoc.path.join({ folder, "report", "filters", name }))
end
local facts = module("facts.lua")
local sentences = module("sentences.lua")(facts)
local looks = module("looks.lua")(sentences)
local tally, lost = sentences.tally, sentences.lost

-- A place and what went there: the reasons why, those of figures apart, for they are the most exact.
local function new_place()
  return { reasons = pandoc.List(), shown = pandoc.List(), names = pandoc.List() }
end

local function note(place, found)
  for _, id in ipairs(found.lost) do
    local list = id:match("%.caption$") and place.shown or place.reasons
    list:extend(facts.reasons(id) or {})
  end
end

-- The reasons, each once; those that differ in what they name alone ("There are no data: …") in one sentence.
local function said(place, language)
  local seen, texts, begun = {}, pandoc.List(), {}
  for _, reason in ipairs(#place.shown > 0 and place.shown or place.reasons) do
    local text = reason[language]
    local before, named = text:match("^([^:]+: )(.+)%.$")
    if not seen[text] and begun[before] then
      texts[begun[before]] = texts[begun[before]]:gsub("%.$", "") .. "; " .. named .. "."
    elseif not seen[text] then
      texts:insert(text)
      begun[before or text] = #texts
    end
    seen[text] = true
  end
  return table.concat(texts, " ")
end

local function line(place, language)
  local words, content = WORDS[language], pandoc.Inlines({})
  if #place.names > 0 then
    content:extend({ pandoc.Strong({ pandoc.Str(words.left .. ":") }), pandoc.Space() })
    for i, name in ipairs(place.names) do
      content:extend(name)
      local stop = pandoc.utils.stringify(name):match("[?!]$") and "" or "."
      content:insert(pandoc.Str(i < #place.names and ";" or stop))
      content:insert(pandoc.Space())
    end
  else
    content:extend({ pandoc.Strong({ pandoc.Str(words.here) }), pandoc.Space() })
  end
  content:extend(facts.plain(said(place, language)))
  return pandoc.Para(content)
end

-- Blocks --------------------------------------------------------------------------------------------------------------

local strip

local function strip_items(list, place)
  local items = pandoc.List()
  for _, item in ipairs(list.content) do
    local empty, kept = #item == 0, strip(item, place)
    if #kept > 0 or empty then
      items:insert(kept)
    end
  end
  list.content = items
  return #items > 0 and list or nil
end

local function strip_rows(tbl, place)
  local rows, has_lost = 0, #tally({ tbl }).lost > 0
  for _, body in ipairs(tbl.bodies) do
    body.body = not has_lost and body.body or body.body:filter(function(row)
      local found = sentences.new_tally()
      for _, cell in ipairs(row.cells) do
        tally(cell.contents, found)
      end
      note(place, found)
      return #found.lost == 0
    end)
    rows = rows + #body.body
  end
  return rows > 0 and tbl or nil
end

local function is_float(block)
  return block.t == "Figure" or (block.t == "Div" and
    (block.identifier:match("^fig%-") or block.identifier:match("^tbl%-") or block.attributes.__quarto_custom))
end

local function strip_block(block, place)
  local needed = block.t == "Div" and sentences.needs(block)
  if needed and #needed.lost > 0 then
    note(place, needed)
    return nil
  elseif is_float(block) then
    local found = tally({ block })
    note(place, found)
    return #found.lost == 0 and block or nil
  elseif block.t == "Para" or block.t == "Plain" then
    local content, found = sentences.strip(block.content)
    note(place, found)
    block.content = content
    return #content > 0 and block or nil
  elseif block.t == "BulletList" or block.t == "OrderedList" then
    return strip_items(block, place)
  elseif block.t == "Table" then
    return strip_rows(block, place)
  elseif block.t == "Div" or block.t == "BlockQuote" then
    local before = #block.content
    block.content = strip(block.content, place)
    return (#block.content > 0 or before == 0) and block or nil
  end
  return block
end

-- What announced a list or a figure that went ("…:") goes with it.
local function without_announcement(blocks)
  local last = blocks[#blocks]
  if last and last.t == "Para" and pandoc.utils.stringify(last):match(":$") then
    looks.forget(last)
    last.content = sentences.without_last(last.content)
    if #last.content == 0 then
      blocks:remove(#blocks)
    end
  end
end

strip = function(blocks, place)
  local result = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    local kept = block
    if not looks.is_whole(block, is_float) then
      looks.forget(block)
      kept = strip_block(block, place)
    end
    if kept then
      result:insert(kept)
    elseif block.t ~= "Para" then
      without_announcement(result)
    end
  end
  return result
end

-- Sections ------------------------------------------------------------------------------------------------------------

-- Blocks as a tree: what stands before the first heading, then each heading with what stands below it.
local function tree(blocks, header)
  local node, child = { header = header, own = pandoc.Blocks({}), children = {} }, nil
  local level
  for _, block in ipairs(blocks) do
    if block.t == "Header" and (not level or block.level <= level) then
      level, child = block.level, { header = block, blocks = pandoc.Blocks({}) }
      table.insert(node.children, child)
    elseif child then
      child.blocks:insert(block)
    else
      node.own:insert(block)
    end
  end
  for i, each in ipairs(node.children) do
    node.children[i] = tree(each.blocks, each.header)
    node.children[i].all = each.blocks
  end
  return node
end

local function is_lost_picture(block)
  if block.t ~= "Para" or #looks.tally({ block }).lost == 0 then
    return false
  end
  return #block.content == 1 and block.content[1].t == "Image"
end

local function is_emptied(node)
  for _, child in ipairs(node.children) do
    if not child.gone then
      return false
    end
  end
  return #strip(node.own:map(looks.copy), new_place()) == 0
end

-- Marks what goes as a whole, and what can no longer be referred to.
local function mark(node)
  for _, child in ipairs(node.children) do
    mark(child)
    local title = sentences.needs(child.header) or looks.tally({ child.header })
    local all = looks.tally(child.all)
    child.gone = #title.lost > 0
      or child.own:find_if(is_lost_picture) ~= nil
      or (#all.lost > 0 and (all.has == 0 or is_emptied(child)))
    if child.gone then
      child.lost = all
      child.lost.lost:extend(title.lost)
      lost[child.header.identifier] = true
      child.all:walk({
        Header = function(header)
          lost[header.identifier] = true
        end,
      })
    end
  end
end

local function is_state(block)
  return block.t == "Div" and block.classes:includes("data-state")
end

-- On slides there is no room for lines: the first place says for all of them.
local function kept(node, language, first)
  local place = first or new_place()
  local blocks = strip(node.own, place)
  local below = pandoc.Blocks({})
  for _, child in ipairs(node.children) do
    if child.gone then
      note(place, child.lost)
      if not first then
        place.names:insert(child.header.content)
      end
    else
      below:insert(child.header)
      below:extend(kept(child, language, first))
    end
  end
  if not first and (#place.names > 0 or said(place, language) ~= "") then
    local state = blocks:find_if(is_state)
    if state then
      state.content:insert(line(place, language))
    else
      blocks:insert(pandoc.Div({ line(place, language) }, pandoc.Attr("", { "data-note" })))
    end
  end
  blocks:extend(below)
  return blocks
end

-- Quarto resolves its shortcodes only later.
local function with_facts(doc, lang)
  return _quarto.ast.walk(doc, {
    Shortcode = function(node)
      local id = node.name == "fact" and node.params[1].value
      return id and facts.span(id, lang) or nil
    end,
  })
end

local function Pandoc(doc)
  local lang = pandoc.utils.stringify(doc.meta.lang or "en")
  local language = lang:match("^%a+")
  facts.read(lang)
  if facts.complete() then
    return nil
  end
  for id in pairs(facts.lost_floats()) do
    lost[id] = true
  end
  if quarto then
    doc = with_facts(doc, lang)
  end
  local read, slides = doc.blocks, doc.meta.slides ~= nil
  local root = tree(read)
  mark(root)
  looks.tally(root.own)
  local place = slides and new_place() or nil
  local identified = looks.identifiers(read)
  local blocks = kept(root, language, place)
  if doc.meta.abstract and not slides then
    local abstract = doc.meta.abstract
    if pandoc.utils.type(abstract) == "Inlines" then
      doc.meta.abstract = (sentences.strip(abstract))
    else
      doc.meta.abstract = strip(pandoc.Blocks(abstract), new_place())
    end
  end
  local left = looks.identifiers(blocks)
  for id in pairs(identified) do
    lost[id] = lost[id] or not left[id]
  end
  doc.blocks = looks.unlink(blocks)
  if place and said(place, language) ~= "" then
    doc.meta["left-out"] = WORDS[language].here .. " " .. said(place, language)
  end
  return doc
end

return { { Pandoc = Pandoc } }

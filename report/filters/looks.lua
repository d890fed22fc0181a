-- What blocks hold, each found in one walk: most blocks stay as they are, and need not be looked at again. `sentences` is the
-- module of that name.

local EMPTY = { Para = pandoc.Para({}), Plain = pandoc.Plain({}) }

return function(sentences)
  local M, lost = {}, sentences.lost
  local looks = {}

  -- A block's tally, its ids, what it refers and links to, whether it has a table, and whether something in it may go for another
  -- reason than that what it quotes is lost: it says what it `needs`, or nothing at all.
  local function found_in(block)
    local found = { tally = sentences.new_tally(), ids = {}, refers = {}, links = {}, table = false, unsure = false }
    local visit = sentences.counting(found.tally)
    for _, kind in ipairs({ "Div", "Span", "Header", "Figure", "Image", "Table" }) do
      local counted = visit[kind]
      visit[kind] = function(element)
        if element.identifier ~= "" then
          found.ids[element.identifier] = true
        end
        found.table = found.table or kind == "Table"
        found.unsure = found.unsure or element.attributes.needs ~= nil
        if counted then
          return counted(element)
        end
      end
    end
    visit.Cite = function(cite)
      for _, citation in ipairs(cite.citations) do
        found.refers[citation.id:sub(1, 1):lower() .. citation.id:sub(2)] = true
      end
    end
    visit.Link = function(link)
      found.links[link.target:match("^#(.+)$") or ""] = true
    end
    local function see_empty(text)
      found.unsure = found.unsure or text == EMPTY[text.t]
    end
    visit.Para, visit.Plain = see_empty, see_empty
    pandoc.Blocks({ block }):walk(visit)
    return found
  end

  local function look(block)
    looks[block] = looks[block] or found_in(block)
    return looks[block]
  end

  -- To be said of a block before it is changed.
  function M.forget(block)
    looks[block] = nil
  end

  function M.copy(block)
    local copy = block:clone()
    looks[copy] = look(block)
    return copy
  end

  function M.tally(blocks)
    local all = sentences.new_tally()
    for _, block in ipairs(blocks) do
      local its = look(block).tally
      all.has, all.says = all.has + its.has, all.says + its.says
      all.lost:extend(its.lost)
    end
    return all
  end

  local function any_lost(ids)
    for id in pairs(ids) do
      if lost[id] then
        return true
      end
    end
    return false
  end

  -- Whether a block that has been looked at stays as it is; a table without rows would not, unless it is `numbered`.
  function M.is_whole(block, numbered)
    local its = looks[block]
    local may_stay = its and not its.unsure and #its.tally.lost == 0 and not any_lost(its.refers)
    return may_stay and (not its.table or numbered(block))
  end

  function M.identifiers(blocks)
    local ids = {}
    for _, block in ipairs(blocks) do
      local its = looks[block]
      for id in pairs(its and not its.unsure and its.ids or sentences.identifiers(pandoc.Blocks({ block }))) do
        ids[id] = true
      end
    end
    return ids
  end

  -- Links to what is gone become plain text.
  function M.unlink(blocks)
    local function unlinked(link)
      local id = link.target:match("^#(.+)$")
      if id and lost[id] then
        return link.content
      end
    end
    return blocks:map(function(block)
      local its = looks[block]
      if its and not its.unsure and not any_lost(its.links) then
        return block
      end
      return pandoc.Blocks({ block }):walk({ Link = unlinked })[1]
    end)
  end

  return M
end

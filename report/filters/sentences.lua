-- What a text quotes and whether there are data for it, and a paragraph without the sentences that there are none for.
-- `facts` is the module of that name; `lost` holds the ids of what can no longer be referred to.

return function(facts)
  local M = { lost = {} }

  function M.new_tally()
    return { has = 0, says = 0, lost = pandoc.List() }
  end

  -- A verdict stands whatever the data: where it cannot be tested, it is no reason to keep a section, nor to take a sentence away.
  local function is_untested(id)
    local claim = id:match("^(.+)%.verdict$") or id:match("^(.+)%.statement$") or id:match("^(.+)%.reason$")
    local verdict = claim and facts.load()[claim .. ".verdict"]
    return verdict ~= nil and verdict.value == "untestable"
  end

  -- Whether the data decide a claim, by the ids of the spans that state them; nil for other spans.
  local tested
  local function is_tested(identifier)
    if not tested then
      tested = {}
      for id, fact in pairs(facts.load()) do
        local claim = id:match("^(.+)%.verdict$")
        if claim then
          tested["claim-" .. claim:gsub("[._]", "-")] = fact.value ~= "untestable"
        end
      end
    end
    return tested[identifier]
  end

  local function states_tested(inlines)
    local found = false
    inlines:walk({
      Span = function(span)
        found = found or (span.classes:includes("claim") and is_tested(span.identifier) == true)
      end,
    })
    return found
  end

  local function count(id, found)
    found.says = found.says + 1
    if facts.reasons(id) then
      found.lost:insert(id)
    elseif not is_untested(id) then
      found.has = found.has + 1
    end
  end

  local function picture(image)
    local section, name = image.src:match("figures/[%w_%-]+/([%w_%-]+)/([%w_%-]+)%.svg$")
    return section and section .. "." .. name .. ".caption"
  end

  -- What counts in a walk what it comes upon.
  function M.counting(found)
    local function in_need(element)
      local needed = M.needs(element)
      if needed then
        found.says = found.says + 1
        found.has = found.has + (#needed.lost == 0 and 1 or 0)
        found.lost:extend(needed.lost)
        return nil, #needed.lost == 0 -- what goes as a whole says nothing more
      end
    end
    return {
      traverse = "topdown",
      Div = in_need,
      Span = function(span)
        if span.attributes["data-fact"] then
          count(span.attributes["data-fact"], found)
          return nil
        end
        local decided
        if span.classes:includes("claim") then -- its mark says the verdict
          decided = is_tested(span.identifier)
        end
        if decided ~= nil then
          found.says = found.says + 1
          found.has = found.has + (decided and 1 or 0)
        end
        return in_need(span)
      end,
      Image = function(image)
        local id = picture(image)
        if id and #image.caption == 0 and facts.load()[id] then
          count(id, found)
        end
      end,
    }
  end

  -- Of elements in a list: how many facts have data, which ones have none, and how much is quoted at all.
  function M.tally(elements, found)
    found = found or M.new_tally()
    local visit = M.counting(found)
    for _, element in ipairs(elements) do
      (element.t == "Cite" and pandoc.Plain({ element }) or pandoc.Blocks({ element })):walk(visit)
    end
    return found
  end

  -- What an element that says what it needs lacks: of what it names and of what it quotes.
  function M.needs(element)
    local named = element.attributes.needs
    if not named then
      return nil
    end
    local found = M.tally(element.t == "Div" and element.content or { pandoc.Plain(element.content) })
    for id in named:gmatch("%S+") do
      count(id, found)
    end
    return found
  end

  function M.identifiers(blocks)
    local ids = {}
    local function see(element)
      if element.identifier ~= "" then
        ids[element.identifier] = true
      end
    end
    blocks:walk({ Span = see, Div = see, Header = see, Figure = see, Image = see, Table = see })
    return ids
  end

  local function is_blank(inline)
    return inline ~= nil and (inline.t == "Space" or inline.t == "SoftBreak")
  end

  -- Takes spans away that lack what they need, with the blank before them. They were written to go: nothing is said of them.
  local function without_needy(inlines)
    local result, dropped = pandoc.Inlines({}), false
    for _, inline in ipairs(inlines) do
      local needed = inline.t == "Span" and M.needs(inline)
      if needed and #needed.lost > 0 then
        if is_blank(result[#result]) then
          result:remove(#result)
        end
        dropped = true
      else
        if inline.content and inline.t ~= "Note" and inline.t ~= "Quoted" then
          inline.content = without_needy(inline.content)
        end
        if not (dropped and #result == 0 and is_blank(inline)) then
          result:insert(inline)
        end
      end
    end
    return result
  end

  local function is_lost_reference(citation)
    return M.lost[citation.id:sub(1, 1):lower() .. citation.id:sub(2)]
  end

  -- "(@fig-x)" goes where its figure has; of several references the others stay.
  local function without_references(inlines)
    local result, skip = pandoc.Inlines({}), nil
    for i, inline in ipairs(inlines) do
      local cite = inline.t == "Cite" and inline
      local left = cite and cite.citations:filter(function(citation)
        return not is_lost_reference(citation)
      end)
      local before, after = result[#result], inlines[i + 1]
      local enclosed = before and before.t == "Str" and before.text == "(" and after and after.t == "Str" and after.text:sub(1, 1) == ")"
      if cite and #left < #cite.citations and #left > 0 then
        cite.citations = left
        result:insert(cite)
      elseif cite and #left == 0 and enclosed then
        result:remove(#result)
        if is_blank(result[#result]) then
          result:remove(#result)
        end
        skip = true
      elseif skip then
        skip = nil
        if #inline.text > 1 then
          result:insert(pandoc.Str(inline.text:sub(2)))
        end
      else
        result:insert(inline)
      end
    end
    return result
  end

  local function refers_to_nothing(inlines)
    local found = false
    inlines:walk({
      Cite = function(cite)
        found = found or cite.citations:find_if(is_lost_reference) ~= nil
      end,
    })
    return found
  end

  local function begins_small(text)
    local first = text:match("^%a") or text:match("^[\194-\244][\128-\191]+") or ""
    return pandoc.text.upper(first) ~= first
  end

  -- A sentence ends at a full stop that a blank follows, and after that no small letter.
  local function split(inlines)
    local list, current = pandoc.List(), pandoc.Inlines({})
    for i, inline in ipairs(inlines) do
      local ended = #current > 0 and pandoc.utils.stringify(current[#current]):match("[.!?][)\"”’]*$")
      local following = inlines[i + 1] and pandoc.utils.stringify(inlines[i + 1]) or ""
      if is_blank(inline) and ended and not begins_small(following) then
        list:insert(current)
        current = pandoc.Inlines({})
      elseif not (#current == 0 and is_blank(inline)) then
        current:insert(inline)
      end
    end
    if #current > 0 then
      list:insert(current)
    end
    return list
  end

  local function joined(list)
    local inlines = pandoc.Inlines({})
    for _, sentence in ipairs(list) do
      if #inlines > 0 then
        inlines:insert(pandoc.SoftBreak())
      end
      inlines:extend(sentence)
    end
    return inlines
  end

  function M.without_last(inlines)
    local list = split(inlines)
    list:remove(#list)
    return joined(list)
  end

  -- A sentence that quotes nothing goes with the one before it that does, at the beginning with the one after it. What states a
  -- claim that the data decide stays, whatever number of it is hidden.
  local function kept(list)
    local result, waiting, stays = pandoc.List(), pandoc.List(), nil
    for _, sentence in ipairs(list) do
      local found = M.tally({ pandoc.Plain(sentence) })
      local nothing = refers_to_nothing(sentence)
      if found.says > 0 or nothing then
        stays = (#found.lost == 0 and not nothing) or states_tested(sentence)
        if stays then
          result:extend(waiting)
        end
        waiting = pandoc.List()
      end
      if stays then
        result:insert(sentence)
      elseif stays == nil then
        waiting:insert(sentence)
      end
    end
    result:extend(waiting)
    return result
  end

  -- What is left of a paragraph, and what went: all of it where nothing that it quotes has data.
  function M.strip(inlines)
    local gone = M.new_tally()
    local content = without_needy(inlines)
    local found = M.tally({ pandoc.Plain(content) })
    gone.lost:extend(found.lost)
    if #found.lost > 0 and found.has == 0 and not states_tested(content) then
      return pandoc.Inlines({}), gone
    end
    content = without_references(content)
    if #found.lost == 0 and not refers_to_nothing(content) then
      return content, gone
    end
    return joined(kept(split(content))), gone
  end

  return M
end

-- What is said of synthetic data stands only as long as the data are: `[…]{.synthetic of="actors"}` and blocks of that class
-- disappear when no result that rests on the dataset is synthetic any longer; `of` may name several, any of which will do.

local MADE_UP = { synthetic = true, mixed = true }
local synthetic

local function results()
  local folder = quarto and quarto.project and quarto.project.directory or "."
  local file = io.open(pandoc.path.join({ folder, "data", "results", "facts.json" }), "r")
  if not file then
    return {}
  end
  local facts = pandoc.json.decode(file:read("a"), false)
  file:close()
  return facts
end

-- A dataset that alone makes a result synthetic is; so are those of a result whose being so no such dataset explains.
local function datasets()
  local alone, all, facts = {}, {}, results()
  for _, fact in pairs(facts) do
    if MADE_UP[fact.origin] and #fact.tables == 1 then
      alone[fact.tables[1]] = true
      all[fact.tables[1]] = true
    end
  end
  for _, fact in pairs(facts) do
    local explained = not MADE_UP[fact.origin]
    for _, name in ipairs(fact.tables or {}) do
      explained = explained or alone[name]
    end
    for _, name in ipairs(not explained and fact.tables or {}) do
      all[name] = true
    end
  end
  return all
end

local function keep(element)
  if element.attributes.needs then
    element.attributes.needs = nil -- missing.lua has seen to it
    if not element.classes:includes("synthetic") then
      return element.classes[1] and element or element.content
    end
  elseif not element.classes:includes("synthetic") then
    return nil
  end
  synthetic = synthetic or datasets()
  for name in (element.attributes.of or ""):gmatch("%S+") do
    if synthetic[name] then
      element.classes = element.classes:filter(function(class)
        return class ~= "synthetic"
      end)
      element.attributes.of = nil
      return element.classes[1] and element or element.content
    end
  end
  return {}
end

local function plain(header)
  if header.attributes.needs then
    header.attributes.needs = nil
    return header
  end
end

return { { traverse = "topdown", Div = keep, Span = keep, Header = plain } }

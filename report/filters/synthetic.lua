-- What is said of synthetic data stands only as long as the data are: `[…]{.synthetic of="actors"}` and blocks of that class
-- disappear when none of the rows that sections took from the dataset is synthetic any longer; `of` may name several, any of
-- which will do.

local MADE_UP = { synthetic = true, mixed = true }
local facts, edition

local function Meta(meta)
  edition = pandoc.utils.stringify(meta.lang or "en"):match("^%a+")
end

local function results()
  local folder = quarto and quarto.project and quarto.project.directory or "."
  local file = io.open(pandoc.path.join({ folder, "data", "results", edition, "facts.json" }), "r")
  if not file then
    return {}
  end
  local found = pandoc.json.decode(file:read("a"), false)
  file:close()
  return found
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
  facts = facts or results()
  for name in (element.attributes.of or ""):gmatch("%S+") do
    local fact = facts["report.origin_" .. name]
    if fact and MADE_UP[fact.origin] then
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

return { { Meta = Meta }, { traverse = "topdown", Div = keep, Span = keep, Header = plain } }

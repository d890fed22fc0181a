-- Our filters run as Quarto runs them, one after the other on a document that it has read: `quarto` is there, and a filter's
-- Div and Span are not called for Quarto's own nodes, whose data (here: FILTERS_NODES) stand beside the document.

local nodes = pandoc.json.decode(os.getenv("FILTERS_NODES"), false)

local function on_nodes(filter, name)
  local own = filter[name]
  return function(element)
    local kind = element.attributes.__quarto_custom_type
    if kind then
      local visit = filter[kind]
      return visit and visit(nodes[element.attributes.__quarto_custom_id], element)
    end
    return own and not element.attributes.__quarto_custom_scaffold and own(element) or nil
  end
end

local function walk(element, filter)
  if filter.Pandoc then
    return filter.Pandoc(element) or element
  end
  local wrapped = {}
  for name, visit in pairs(filter) do
    wrapped[name] = visit
  end
  wrapped.Div, wrapped.Span = on_nodes(filter, "Div"), on_nodes(filter, "Span")
  return element:walk(wrapped)
end

quarto = { project = { directory = os.getenv("FILTERS_PROJECT") } }
_quarto = { ast = { walk = walk } }

local KINDS = { "Pandoc", "Meta", "Blocks", "Inlines", "Div", "Span", "Header", "Image", "Cite", "Table", "Link", "Para", "Plain" }

local function filters_of(path)
  local globals = setmetatable({}, { __index = _G })
  local found = assert(loadfile(path, "t", globals))()
  if found then
    return found
  end
  local filter = {}
  for _, kind in ipairs(KINDS) do
    filter[kind] = rawget(globals, kind)
  end
  return { filter }
end

function Pandoc(doc)
  for path in os.getenv("FILTERS_RUN"):gmatch("[^\n]+") do
    for _, filter in ipairs(filters_of(path)) do
      if next(filter) then
        doc = walk(doc, filter)
      end
    end
  end
  return doc
end

-- What the analysis found, for all filters: data/results/<edition>/facts.json, a fact as a span of plain text, and which there are
-- no data for. `read` comes first: it says in which language.

local facts, edition

local folder = quarto and quarto.project and quarto.project.directory or "."

local function load_facts()
  if facts then
    return facts
  end
  local path = pandoc.path.join({ "data", "results", edition, "facts.json" })
  local file = io.open(pandoc.path.join({ folder, path }), "r")
  if not file then
    error(path .. " is missing: run `bin/report build` first")
  end
  facts = pandoc.json.decode(file:read("a"), false)
  file:close()
  return facts
end

local function read(lang)
  local its = pandoc.utils.stringify(lang or "en"):match("^%a+")
  if its ~= edition then
    edition, facts = its, nil
  end
end

local function distance(a, b)
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      diagonal, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, diagonal + cost)
    end
  end
  return row[#b]
end

local function nearest(id)
  local best, least
  for known in pairs(load_facts()) do
    local d = distance(id, known)
    if not least or d < least or (d == least and known < best) then
      best, least = known, d
    end
  end
  return best and (". Did you mean '" .. best .. "'?") or ""
end

-- Spaces become Space so that lines can break; no-break spaces stay inside their word.
local function plain(text)
  local inlines = pandoc.Inlines({})
  for space, word in text:gmatch("([ \t\r\n]*)([^ \t\r\n]+)") do
    if space ~= "" and #inlines > 0 then
      inlines:insert(pandoc.Space())
    end
    inlines:insert(pandoc.Str(word))
  end
  return inlines
end

local function span(id, lang)
  read(lang)
  -- "<section>.*" stands for every fact of a section that the data do not bear
  local fact = load_facts()[id] or load_facts()[(id:match("^[^.]+") or "") .. ".*"]
  if not fact then
    error("unknown fact '" .. id .. "'" .. nearest(id))
  end
  local text = fact.text and fact.text[edition]
  if not text then
    error("fact '" .. id .. "' has no wording for lang '" .. tostring(lang) .. "'")
  end
  return pandoc.Span(plain(text), pandoc.Attr("", { "fact" }, { ["data-fact"] = id }))
end

-- Before the first build there are none.
local function entries()
  local made, all = pcall(load_facts)
  return made and all or {}
end

-- Why there are no data for a fact: a list of sentences by edition; nil where it is known.
local function reasons(id)
  local all = load_facts()
  return (all[id] or all[(id:match("^[^.]+") or "") .. ".*"] or {}).reasons
end

-- The ids that figures and tables without data would have: their captions say that there are none.
local function lost_floats()
  local lost = {}
  for id, fact in pairs(entries()) do
    local name = fact.reasons and id:match("^(.+)%.caption$")
    if name then
      local stem = name:gsub("[._]", "-")
      lost["fig-" .. stem], lost["tbl-" .. stem] = true, true
    end
  end
  return lost
end

local function complete()
  for _, fact in pairs(entries()) do
    if fact.reasons then
      return false
    end
  end
  return true
end

return { read = read, load = load_facts, plain = plain, span = span, reasons = reasons, lost_floats = lost_floats, complete = complete }

-- Under each figure of the page: its data as a table to unfold, and as a CSV file to save; beside it, its narrow form, which
-- the stylesheet shows on phones. (In Quarto: `at: post-render`, when figures have their numbers.) The page is one file, so
-- that the CSV lies in the link itself.

local MOST_ROWS = 60 -- more would be read by nobody; the file has all of them
local WORDS = {
  sv = {
    summary = "%s som tabell",
    rows = "De första %d av %d rader; filen innehåller alla.",
    save = "Ladda ner %s:",
    csv = "CSV",
    scroll = "Data till %s, kan rullas i sidled",
  },
  en = {
    summary = "%s as a table",
    rows = "The first %d of %d rows; the file holds them all.",
    save = "Download %s:",
    csv = "CSV",
    scroll = "Data of %s, scrolls sideways",
  },
}
local language = "en"

local folder = quarto and quarto.project and quarto.project.directory or "."

local function read(path)
  local file = io.open(pandoc.path.join({ folder, path }), "rb")
  if not file then
    return nil
  end
  local text = file:read("a")
  file:close()
  return text
end

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- Rows of cells; a cell in quotation marks may hold commas, line breaks and doubled marks.
local function parse(text)
  local rows, row, at = {}, {}, 1
  while at <= #text do
    local cell, stop
    if text:sub(at, at) == '"' then
      stop = at
      repeat
        stop = text:find('"', stop + 1, true) or #text + 1
        local doubled = text:sub(stop + 1, stop + 1) == '"'
        stop = doubled and stop + 1 or stop
      until not doubled
      cell = text:sub(at + 1, stop - 1):gsub('""', '"')
      at = stop + 1
    else
      stop = text:find("[,\r\n]", at) or #text + 1
      cell = text:sub(at, stop - 1)
      at = stop
    end
    table.insert(row, cell)
    local separator = text:match("^\r?\n", at) or text:sub(at, at)
    at = at + math.max(#separator, 1)
    if separator ~= "," or at > #text then
      table.insert(rows, row)
      row = {}
    end
  end
  return rows
end

local function has_decimals(text)
  return text:match("^%-?%d+%.%d+$") or text:match("^%-?%d+%.?%d*e%-?%d+$")
end

-- Digits in threes, where there are five or more: years and codes have four.
local function grouped(number)
  local sign, whole, rest = number:match("^(−?)([1-9]%d%d%d%d+)(.*)$")
  if not whole then
    return number
  end
  local separator = language == "sv" and "\u{202f}" or ","
  local threes = whole:reverse():gsub("(%d%d%d)", "%1 "):reverse():gsub("^ ", ""):gsub(" ", separator)
  return sign .. threes .. rest
end

-- Codes such as 0581 are no numbers; only what has decimals is rounded for the eye.
local function shown(text, digits)
  if not has_decimals(text) then
    return grouped((text:gsub("^%-", "−")))
  end
  local rounded = ("%." .. digits .. "f"):format(tonumber(text)):gsub("^%-", "−")
  return grouped(language == "sv" and (rounded:gsub("%.", ",")) or rounded)
end

-- A share, or a difference of shares, as people say it: with a decimal where the file has more than whole per cent.
local function of_hundred(text, exact, signed)
  local value = tonumber(text)
  if not value then
    return text
  end
  local number = ("%" .. (signed and "+" or "") .. "." .. (exact and 1 or 0) .. "f"):format(value * 100):gsub("^%-", "−")
  local unit = signed and "" or language == "sv" and "\u{a0}%" or "%"
  return (language == "sv" and number:gsub("%.", ",") or number) .. unit
end

-- By column: whether it holds numbers, and how many decimals say enough of them.
local function measure(rows)
  local numeric, digits = {}, {}
  for column = 1, #rows[1] do
    numeric[column], digits[column] = column > 1, 3
    for i = 2, #rows do
      local value = tonumber(((rows[i][column] or ""):gsub(",", "."):gsub("\u{a0}?%%$", ""):gsub("−", "-")))
      numeric[column] = numeric[column] and (value ~= nil or rows[i][column] == "")
      if value and math.abs(value) >= 100 then
        digits[column] = 1
      end
    end
  end
  return numeric, digits
end

-- The file has codes; a reader of the page sees what its sidecar calls them, and only the columns of the page's language.
local function readable(rows, sidecar)
  if not (sidecar and sidecar.headings) then
    return rows
  end
  local places, result, exact = {}, { {} }, {}
  for place, key in ipairs(rows[1]) do
    places[key] = place
  end
  for _, key in ipairs(pandoc.List(sidecar.percent or {}) .. (sidecar.points or {})) do
    exact[key] = false
    for i = 2, #rows do
      exact[key] = exact[key] or (rows[i][places[key]] or ""):match("%.%d%d%d") ~= nil
    end
  end
  local signed = pandoc.List(sidecar.points or {})
  for _, heading in ipairs(sidecar.headings) do
    table.insert(result[1], heading[2])
  end
  for i = 2, #rows do
    local row = {}
    for _, heading in ipairs(sidecar.headings) do
      local cell = rows[i][places[heading[1]]] or ""
      local labels = sidecar.labels[heading[1]] or {}
      local share = exact[heading[1]]
      if share ~= nil then
        cell = of_hundred(cell, share, signed:includes(heading[1]))
      end
      table.insert(row, labels[cell] or cell)
    end
    table.insert(result, row)
  end
  return result
end

local function as_table(rows, name, words)
  local numeric, digits = measure(rows)
  local html = {}
  local function add(text)
    table.insert(html, text)
  end
  add(('<div class="table-scroll" tabindex="0" role="group" aria-label="%s" style="--columns: %d">'):format(
    escape(words.scroll:format(name)),
    #rows[1]
  ))
  add("<table>\n<thead>\n<tr>")
  for column, cell in ipairs(rows[1]) do
    add(('<th scope="col"%s>%s</th>'):format(numeric[column] and ' class="number"' or "", escape(cell)))
  end
  add("</tr>\n</thead>\n<tbody>")
  for i = 2, math.min(#rows, MOST_ROWS + 1) do
    add("\n<tr>")
    for column, cell in ipairs(rows[i]) do
      local text = escape(numeric[column] and shown(cell, digits[column]) or cell)
      if column == 1 then
        add('<th scope="row">' .. text .. "</th>")
      else
        add(("<td%s>%s</td>"):format(numeric[column] and ' class="number"' or "", text))
      end
    end
    add("</tr>")
  end
  add("\n</tbody>\n</table>\n</div>")
  return table.concat(html)
end

local function encode(text)
  return (text:gsub("[^%w,._~-]", function(byte)
    return ("%%%02X"):format(byte:byte())
  end))
end

local function sidecar_of(stem)
  local text = read("figures/" .. stem .. ".json")
  return text and pandoc.json.decode(text, false)
end

local function extras(stem, name)
  local text = read("figures/" .. stem .. ".csv")
  local rows = text and parse(text) or {}
  if #rows < 2 then
    return nil -- a picture without data
  end
  local words = WORDS[language] or WORDS.en
  local lower = name:sub(1, 1):lower() .. name:sub(2)
  local notes = { #rows - 1 > MOST_ROWS and words.rows:format(MOST_ROWS, #rows - 1) or nil }
  local sidecar = sidecar_of(stem)
  table.insert(notes, sidecar and sidecar.source_line)
  local file = stem:gsub("^[^/]+/", ""):gsub("/", "-")
  local html = {
    '<div class="figure-data">',
    ('<p class="downloads">%s <a href="data:text/csv;charset=utf-8,%s" download="%s.csv">%s</a></p>'):format(
      escape(words.save:format(lower)),
      encode(text),
      escape(file),
      words.csv
    ),
    "<details>",
    "<summary>" .. escape(words.summary:format(name)) .. "</summary>",
    as_table(readable(rows, sidecar), lower, words),
    #notes > 0 and "<p>" .. escape(table.concat(notes, " ")) .. "</p>" or "",
    "</details>",
    "</div>",
  }
  return pandoc.RawBlock("html", table.concat(html, "\n"))
end

local STEM = "figures/([%w_%-]+/[%w_%-]+/[%w_%-]+)%.svg$"

local function pictures(block)
  local stems = {}
  block:walk({
    Image = function(image)
      table.insert(stems, image.src:match(STEM))
    end,
  })
  return stems
end

local function with_narrow_forms(block)
  return block:walk({
    Image = function(image)
      local place = image.src:gsub("([^/]+)$", "narrow/%1")
      if not (image.src:match(STEM) and read((place:gsub("^.-figures/", "figures/")))) then
        return nil
      end
      local narrow = image:clone()
      narrow.src = place
      narrow.classes:insert("narrow")
      image.classes:insert("wide")
      local sidecar = sidecar_of(image.src:match(STEM))
      for form, picture in pairs({ wide = image, narrow = narrow }) do
        local values = sidecar and sidecar.values and sidecar.values[form]
        if values and #values > 0 then
          picture.attributes["data-values"] = pandoc.json.encode(values)
        end
      end
      return { image, narrow }
    end,
  })
end

-- Splits raw HTML behind the end of the outermost figure; returns the depth as well.
local function split(text, depth)
  local at = 1
  while true do
    local from, to, slash = text:find("<(/?)figure[ >]", at)
    if not from then
      return depth
    end
    depth = depth + (slash == "/" and -1 or 1)
    if depth == 0 then
      return depth, text:sub(1, to), text:sub(to + 1)
    end
    at = to
  end
end

local function Blocks(blocks)
  local result, depth, stems, name, in_caption = pandoc.Blocks({}), 0, {}, nil, false
  for _, block in ipairs(blocks) do
    if block.t == "RawBlock" and block.format:match("^html") then
      local ended, rest
      depth, ended, rest = split(block.text, depth)
      in_caption = block.text:match("<figcaption") ~= nil
      if ended and #stems > 0 then
        result:insert(pandoc.RawBlock("html", ended))
        for _, stem in ipairs(stems) do
          result:insert(extras(stem, name or stem:match("[^/]+$")))
        end
        if rest:match("%S") then
          result:insert(pandoc.RawBlock("html", rest))
        end
      else
        result:insert(block)
      end
      stems = depth > 0 and stems or {}
    else
      if depth > 0 and in_caption then
        name = pandoc.utils.stringify(block):match("^([^:]+):") or name
      elseif depth > 0 then
        for _, stem in ipairs(pictures(block)) do
          table.insert(stems, stem)
        end
        block = with_narrow_forms(block)
      end
      result:insert(block)
    end
  end
  return result
end

if not FORMAT:match("^html") then
  return {}
end
return {
  {
    Meta = function(meta)
      language = pandoc.utils.stringify(meta.lang or "en"):match("^%a+") or "en"
    end,
  },
  { traverse = "topdown", Blocks = Blocks, Table = function() -- no cell has a figure: to look would take as long as all the rest
    return nil, false
  end },
}

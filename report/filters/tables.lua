-- Tables in every format: verdict words marked up, columns as wide as their text needs, own scrolling on a narrow screen.
--
-- Runs after cross-references have been resolved (in Quarto: `at: post-render`), on tables of whatever origin.

local VERDICTS = { ["✓"] = "holds", ["◆"] = "borderline", ["◇"] = "borderline", ["✗"] = "fails", ["○"] = "untestable" }
local LINE = { typst = 92, docx = 84 } -- characters on a line of table text at full size
local SIZE, SMALLEST = 9, 6 -- points
local language = "en"

local function verdict(inlines)
  local first = inlines[1]
  local outcome = first and first.t == "Str" and VERDICTS[first.text]
  if not outcome then
    return nil
  end
  if FORMAT == "typst" then
    local content = pandoc.Inlines({ pandoc.RawInline("typst", '#verdict("' .. outcome .. '")[') })
    content:extend(inlines)
    content:insert(pandoc.RawInline("typst", "]"))
    return content
  elseif FORMAT == "docx" then
    return pandoc.Inlines({ pandoc.Strong(inlines) })
  end
  return pandoc.Inlines({ pandoc.Span(inlines, pandoc.Attr("", { "verdict", "verdict-" .. outcome })) })
end

local function mark_verdicts(row)
  for _, cell in ipairs(row.cells) do
    local only = #cell.contents == 1 and cell.contents[1]
    if only and (only.t == "Plain" or only.t == "Para") then
      local marked = verdict(only.content)
      if marked then
        only.content = marked
      end
    end
  end
end

local function each_row(tbl, visit)
  for _, row in ipairs(tbl.head.rows) do
    visit(row, true)
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      visit(row, false)
    end
  end
end

-- Longest word and longest text of each column, in characters.
local function measure(tbl)
  local words, texts = {}, {}
  for i = 1, #tbl.colspecs do
    words[i], texts[i] = 3, 3
  end
  each_row(tbl, function(row, is_head)
    local column = 1
    for _, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      if cell.col_span == 1 and words[column] then
        local whole = VERDICTS[text:match("^[^ ]+")] and text:gsub(" ", "\u{a0}") or text -- a verdict stays on one line
        for word in whole:gmatch("[^ ]+") do
          if #word > words[column] then -- bytes are never fewer than characters
            words[column] = math.max(words[column], (utf8.len(word) or #word) * (is_head and 1.08 or 1))
          end
        end
        texts[column] = math.max(texts[column], utf8.len(text) or #text)
      end
      column = column + cell.col_span
    end
  end)
  return words, texts
end

local function sum(list)
  local total = 0
  for _, value in ipairs(list) do
    total = total + value
  end
  return total
end

-- Every column gets its longest word and two characters of air; what is left goes to those that have more to say.
local function widths(words, texts, line)
  local least, wanted = {}, {}
  for i, word in ipairs(words) do
    least[i] = word + 2
    wanted[i] = math.max(0, math.sqrt(texts[i] * math.min(texts[i], line)) - word)
  end
  local room = math.max(0, line - sum(least))
  local demand = sum(wanted)
  local result = {}
  for i in ipairs(words) do
    local share = demand > 0 and wanted[i] / demand or 1 / #words
    result[i] = least[i] + room * share
  end
  local total = sum(result)
  for i in ipairs(result) do
    result[i] = result[i] / total
  end
  return result, sum(least) / line
end

-- Columns get widths unless somebody has given them some; a table too wide for the line is set in smaller type, so that
-- nothing is clipped.
local function fit(tbl)
  local words, texts = measure(tbl)
  local shares, fullness = widths(words, texts, LINE[FORMAT])
  local given = false
  for _, spec in ipairs(tbl.colspecs) do
    given = given or spec[2] ~= nil
  end
  if not given then
    for i, spec in ipairs(tbl.colspecs) do
      tbl.colspecs[i] = { spec[1], shares[i] }
    end
  end
  if FORMAT == "typst" then
    local size = math.max(SMALLEST, math.min(SIZE, SIZE / fullness))
    tbl.attributes["typst:text:size"] = ("%.1fpt"):format(size)
  end
end

local function note_style(tbl)
  for _, row in ipairs(tbl.foot.rows) do
    for _, cell in ipairs(row.cells) do
      for _, block in ipairs(cell.contents) do
        if block.t == "Plain" or block.t == "Para" then
          block.content:insert(1, pandoc.RawInline("typst", "#table-note["))
          block.content:insert(pandoc.RawInline("typst", "]"))
        end
      end
    end
  end
end

local function scrolling(tbl)
  local label = language == "sv" and "Tabell, kan rullas i sidled" or "Table, scrolls sideways"
  -- pairs in a list: a table with names has no order, and the page would be other bytes every time
  local attributes = { { "tabindex", "0" }, { "role", "group" }, { "aria-label", label }, { "style", "--columns: " .. #tbl.colspecs } }
  return pandoc.Div({ tbl }, pandoc.Attr("", { "table-scroll" }, attributes)), false
end

local function Table(tbl)
  each_row(tbl, mark_verdicts)
  if LINE[FORMAT] then
    fit(tbl)
    if FORMAT == "typst" then
      note_style(tbl)
    end
    return tbl, false
  elseif FORMAT:match("^html") then
    return scrolling(tbl)
  end
end

return {
  {
    Meta = function(meta)
      language = pandoc.utils.stringify(meta.lang or "en"):match("^%a+") or "en"
    end,
  },
  { traverse = "topdown", Table = Table },
}

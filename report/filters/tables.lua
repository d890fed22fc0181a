-- Tables in every format: verdict words marked up, columns as wide as their text needs, own scrolling on a narrow screen.
--
-- Runs after cross-references have been resolved (in Quarto: `at: post-render`), on tables of whatever origin.

local VERDICTS = { ["✓"] = "holds", ["◆"] = "borderline", ["✗"] = "fails", ["○"] = "untestable" }
local VERDICT_LENGTH = 52 -- characters; a longer cell that begins with a mark is a text about verdicts
local VERDICT_LINE = 18 -- characters; a longer verdict takes two lines
local LINE = { typst = 113, docx = 84 } -- characters on a line of table text at full size
local ACROSS = 132 -- on a page that lies across, which only Word has
local HYPHENATED = 12 -- characters of a long word that must fit where words may break
local TALLER = 1.2 -- how much taller a table may be for its long words to stay whole
local ENOUGH = 30 -- rows that say how a table is filled
local SIZE, SIZE_OF_APPENDICES, SMALLEST = 8.5, 8, 6 -- points; the smallest where even broken words take more than a line
local language = "en"
local across, appendix = false, false

local folder = quarto and quarto.project and quarto.project.directory or "."
local two_columns = dofile(pandoc.path.join({ folder, "report", "filters", "two_columns.lua" }))

-- A verdict is a mark and its word ("○ kan inte prövas"); a longer text that begins with a mark is a list of claims.
local function is_verdict(text)
  local first = text:match("^[^ ]+")
  local outcome = VERDICTS[first]
  if not outcome or (utf8.len(text) or #text) > VERDICT_LENGTH then
    return nil
  end
  for mark in pairs(VERDICTS) do
    if text:find(mark, #first + 1, true) then
      return nil -- several: a list of claims
    end
  end
  return outcome
end

local function verdict(inlines, outcome)
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

-- The text of a cell, whose verdict is marked up where it is one and nothing else.
local function marked(cell)
  local contents = cell.contents
  local text = pandoc.utils.stringify(contents)
  local outcome = is_verdict(text)
  local only = outcome and #contents == 1 and contents[1]
  if only and (only.t == "Plain" or only.t == "Para") then
    local first = only.content[1]
    if first.t == "Str" and VERDICTS[first.text] then
      only.content = verdict(only.content, outcome)
    end
  end
  return text, outcome
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

-- The length of a text in digits' widths: blanks and most punctuation take half of one, a percent sign more than one.
local function length(text)
  local _, narrow = text:gsub("[ .,;:()ijlt|]", "")
  local blanks, percents = 0, 0
  if text:find("[%%\xa0]") then
    _, blanks = text:gsub("\u{a0}", "")
    _, percents = text:gsub("%%", "")
  end
  return (utf8.len(text) or #text) - 0.45 * (narrow + blanks) + 0.65 * percents
end

local function is_number(text)
  local first = text:sub(1, 3) -- a minus sign and a dash take three bytes
  return text == "" or text:match("^[%d+(.]") ~= nil or first == "−" or first == "–"
end

-- A short verdict stays on one line; one with its reservation ("osäkert i syntetiska data, snarast för") takes two.
local function verdict_width(text)
  local whole = length(text) * 1.08
  return whole <= VERDICT_LINE and whole or math.max(VERDICT_LINE, whole / 2 + 2)
end

-- Marks verdicts up and says what the table holds, in characters: per column the longest word, the longest verdict (on one
-- line or two), the longest number and whether it is all numbers (which read badly when broken); for the first rows the length
-- of each cell.
local function measure(tbl)
  local size = { words = {}, verdicts = {}, numbers = {}, numeric = {}, rows = {} }
  for i = 1, #tbl.colspecs do
    size.words[i], size.verdicts[i], size.numbers[i], size.numeric[i] = 3, 3, 3, true
  end
  each_row(tbl, function(row, is_head)
    local column, lengths, filling = 1, {}, #size.rows < ENOUGH
    for _, cell in ipairs(row.cells) do
      local text, outcome = marked(cell)
      local across = cell.col_span
      if across == 1 and size.words[column] then
        if outcome then
          size.verdicts[column] = math.max(size.verdicts[column], verdict_width(text))
        end
        for word in text:gmatch("[^ ]+") do
          if #word > size.words[column] then -- bytes are never fewer than characters
            size.words[column] = math.max(size.words[column], length(word) * (is_head and 1.08 or 1))
          end
        end
        size.numeric[column] = size.numeric[column] and (is_head or is_number(text))
        if filling or size.numeric[column] then
          lengths[column] = length(text)
        end
        if not is_head and size.numeric[column] then
          size.numbers[column] = math.max(size.numbers[column], lengths[column])
        end
      end
      column = column + across
    end
    if filling then
      table.insert(size.rows, lengths)
    end
  end)
  return size
end

local function sum(list)
  local total = 0
  for _, value in ipairs(list) do
    total = total + value
  end
  return total
end

-- About how many lines the table takes with these widths.
local function height(size, widths)
  local lines = 0
  for _, row in ipairs(size.rows) do
    local tallest, all = 1, 0
    for column, needed in pairs(row) do
      local share = needed / (widths[column] - 2)
      if share > tallest then -- math.max would take half of the time here
        tallest = share
      end
      all = all + share
    end
    lines = lines + tallest + all / 50 -- where rows are as tall, prefer what leaves more air
  end
  return lines
end

-- Start from the least widths and give two characters after two to the column that makes the table shortest.
local function fill(size, least, line)
  local widths = { table.unpack(least) }
  for _ = 1, (line - sum(least)) // 2 do
    local best, lowest
    for i in ipairs(widths) do
      widths[i] = widths[i] + 2
      local lines = height(size, widths)
      if not lowest or lines < lowest then
        best, lowest = i, lines
      end
      widths[i] = widths[i] - 2
    end
    widths[best] = widths[best] + 2
  end
  return widths
end

-- What each column must have, with two characters of air.
local function least_widths(size, entire_numbers, longest_word)
  local least = {}
  for i, word in ipairs(size.words) do
    local needed = math.max(math.min(word, longest_word), size.verdicts[i])
    if size.numeric[i] and entire_numbers then
      needed = math.max(needed, size.numbers[i])
    end
    least[i] = needed + 2
  end
  return least
end

-- Column widths in characters, and whether every word is whole.
local function layout(size, line)
  local whole = least_widths(size, true, math.huge)
  if FORMAT ~= "typst" then
    return fill(size, sum(whole) <= line and whole or least_widths(size, false, math.huge), line), true
  end
  local roomy = fill(size, whole, line)
  local broken = fill(size, least_widths(size, true, HYPHENATED), line)
  if sum(whole) > line or height(size, roomy) > height(size, broken) * TALLER then
    return broken, false
  end
  return roomy, true
end

-- A table too wide for the line has its long words broken, and smaller type only where that is not enough.
local function fit(tbl)
  local points = appendix and SIZE_OF_APPENDICES or SIZE
  local line = FORMAT == "typst" and LINE.typst * SIZE / points or across and ACROSS or LINE.docx
  local columns, words_fit = layout(measure(tbl), line)
  local total = sum(columns)
  for i, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[i] = { spec[1], columns[i] / total }
  end
  if FORMAT == "typst" then
    tbl.attributes["typst:text:size"] = ("%.1fpt"):format(math.max(SMALLEST, math.min(points, points * line / total)))
    tbl.attributes["typst:text:hyphenate"] = words_fit and "false" or "true"
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

-- The name of a group of rows is a header of theirs, which Typst does not leave alone at the end of a page; Pandoc writes a cell.
local function with_group_headers(tbl)
  local typst = pandoc.write(pandoc.Pandoc({ tbl }), "typst", { wrap_text = "none" })
  local across_all = "\n( +)(table%.cell%([^\n]-colspan: " .. #tbl.colspecs .. "%)[^\n]+),\n"
  return pandoc.RawBlock("typst", (typst:gsub(across_all, "\n%1table.header(level: 2, repeat: false, %2),\n")))
end

local function has_groups(tbl)
  return pandoc.List(tbl.bodies):find_if(function(body)
    return #body.head > 0
  end)
end

local function Header(header)
  if header.level == 1 then
    across = header.classes:includes("landscape")
    appendix = header.classes:includes("unnumbered")
  end
end

local function Table(tbl)
  if LINE[FORMAT] then
    local sentences = FORMAT == "typst" and two_columns.kind(tbl)
    if sentences then
      each_row(tbl, function(row)
        row.cells:map(marked)
      end)
      tbl = two_columns.set(tbl, sentences)
    end
    fit(tbl)
    if FORMAT == "typst" then
      note_style(tbl)
    end
    return FORMAT == "typst" and has_groups(tbl) and with_group_headers(tbl) or tbl, false
  elseif FORMAT:match("^html") then
    each_row(tbl, function(row)
      row.cells:map(marked)
    end)
    return scrolling(tbl)
  end
end

return {
  {
    Meta = function(meta)
      language = pandoc.utils.stringify(meta.lang or "en"):match("^%a+") or "en"
    end,
  },
  { traverse = "topdown", Header = Header, Table = Table },
}

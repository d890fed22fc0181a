-- Tables in every format: verdict words marked up, columns as wide as their text needs, own scrolling on a narrow screen.
--
-- Runs after cross-references have been resolved (in Quarto: `at: post-render`), on tables of whatever origin.

local VERDICTS = { ["✓"] = "holds", ["◆"] = "borderline", ["◇"] = "borderline", ["✗"] = "fails", ["○"] = "untestable" }
local LINE = { typst = 100, docx = 84 } -- characters on a line of table text at full size
local SHRINK = 1.15 -- how much too wide a table may be before its long words are broken
local HYPHENATED = 14 -- characters of a long word that must fit where words may break
local SIZE, SMALLEST = 9, 6 -- points
local language = "en"

-- A verdict is a mark and its word ("○ kan inte prövas"); a longer text that begins with a mark is a list of claims.
local function outcome_of(text)
  return (utf8.len(text) or #text) <= 24 and VERDICTS[text:match("^[^ ]+")] or nil
end

local function verdict(inlines)
  local outcome = outcome_of(pandoc.utils.stringify(inlines))
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

-- The length of a text in digits' widths: blanks and most punctuation take half of one, a percent sign more than one.
local function length(text)
  local _, narrow = text:gsub("[ .,;:()ijlt|]", "")
  local _, blanks = text:gsub("\u{a0}", "")
  local _, percents = text:gsub("%%", "")
  return (utf8.len(text) or #text) - 0.45 * (narrow + blanks) + 0.65 * percents
end

-- Of each column the longest word, the longest text, and whether all of it is numbers, which read badly when broken.
local function measure(tbl)
  local words, texts, numbers = {}, {}, {}
  for i = 1, #tbl.colspecs do
    words[i], texts[i], numbers[i] = 3, 3, true
  end
  each_row(tbl, function(row, is_head)
    local column = 1
    for _, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      if cell.col_span == 1 and words[column] then
        local whole = outcome_of(text) and text:gsub(" ", "\u{a0}") or text -- a verdict stays on one line
        for word in whole:gmatch("[^ ]+") do
          if #word > words[column] then -- bytes are never fewer than characters
            words[column] = math.max(words[column], length(word) * (is_head and 1.08 or 1))
          end
        end
        if not is_head then
          texts[column] = math.max(texts[column], length(text))
          numbers[column] = numbers[column] and (text == "" or text:match("^[%d+(.]") or text:match("^[−–]")) and true or false
        end
      end
      column = column + cell.col_span
    end
  end)
  return words, texts, numbers
end

local function sum(list)
  local total = 0
  for _, value in ipairs(list) do
    total = total + value
  end
  return total
end

-- What each column must have, with two characters of air: its longest word, and all of a number where there is room,
-- if need be by breaking long words. Also says whether no word has to be broken.
local function least_widths(words, texts, numbers, line)
  local function with(number, word)
    local least = {}
    for i in ipairs(words) do
      least[i] = (numbers[i] and number(i) or word(i)) + 2
    end
    return least
  end
  local function longest(i)
    return words[i]
  end
  local function entire(i)
    return math.max(words[i], texts[i])
  end
  local function broken(i)
    return math.min(words[i], HYPHENATED)
  end
  local roomy = with(entire, longest)
  if sum(roomy) <= line * (FORMAT == "typst" and SHRINK or 1) then
    return roomy, true
  end
  local hyphenated = with(entire, broken)
  if FORMAT == "typst" and sum(hyphenated) <= line then
    return hyphenated
  end
  return with(longest, longest)
end

-- What is left of the line goes to the columns that have more to say.
local function widths(words, texts, numbers, line)
  local least, words_fit = least_widths(words, texts, numbers, line)
  local wanted, result = {}, {}
  for i in ipairs(words) do
    wanted[i] = math.max(0, math.sqrt(texts[i] * math.min(texts[i], line)) + 2 - least[i])
  end
  local room, demand = math.max(0, line - sum(least)), sum(wanted)
  for i in ipairs(words) do
    local share = demand > room and wanted[i] / demand * room or wanted[i] + (room - demand) / #words
    result[i] = least[i] + share
  end
  local total = sum(result)
  for i in ipairs(result) do
    result[i] = result[i] / total
  end
  return result, sum(least) / line, words_fit
end

-- Columns get widths unless somebody has given them some; a table too wide for the line is set in smaller type, so that
-- nothing is clipped.
local function fit(tbl)
  local words, texts, numbers = measure(tbl)
  local shares, fullness, words_fit = widths(words, texts, numbers, LINE[FORMAT])
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

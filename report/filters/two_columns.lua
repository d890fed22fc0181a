-- Tables of sentences on a page that stands: two columns hold as much as three or six, in half of the lines.
--
-- The table of all claims has the verdict below the claim, and what has a column of its own elsewhere follows what decided, each
-- after its column's name. The table of the source's statements has where each is taken up and how it fared in one cell.

local MISSING = "–"
local COLUMNS = { ledger = 6, statement = 3 } -- that they have elsewhere
local MARKS = { "✓", "◆", "✗", "○" }

local M = {}

local function inlines(cell)
  return pandoc.utils.blocks_to_inlines(cell.contents)
end

-- "ledger" or "statement", by what the anchors in a table's rows are called; nil for other tables.
function M.kind(tbl)
  local found
  for _, body in ipairs(tbl.bodies) do
    local row = body.body[1]
    if row then
      pandoc.Blocks(row.cells[1].contents):walk({
        Span = function(span)
          found = found or span.identifier:match("^(ledger)%-") or span.identifier:match("^(statement)%-")
        end,
      })
    end
  end
  return found and #tbl.colspecs == COLUMNS[found] and found or nil
end

local function named(name, content)
  local result = pandoc.Inlines({ pandoc.Space(), pandoc.Emph(name .. pandoc.Inlines(":")), pandoc.Space() })
  return result .. content
end

local function ended(content)
  return pandoc.utils.stringify(content):match("[.?!]$") and content or content .. pandoc.Inlines(".")
end

local function of_claim(cells, names)
  local said = cells[3]
  for i = 4, #cells do
    if pandoc.utils.stringify(cells[i]) ~= MISSING then
      said = ended(said) .. named(names[i], cells[i])
    end
  end
  return cells[1] .. pandoc.Inlines({ pandoc.LineBreak() }) .. cells[2], ended(said)
end

-- A link to a claim ends with its mark, which its verdict says again.
local function without_mark(content)
  return content:walk({
    Str = function(str)
      for _, mark in ipairs(MARKS) do
        if str.text:sub(-#mark) == mark then
          return pandoc.Str((str.text:sub(1, -#mark - 1):gsub("\u{a0}$", "")))
        end
      end
    end,
  })
end

local function of_statement(cells)
  local said = pandoc.utils.stringify(cells[3])
  for _, mark in ipairs(MARKS) do
    if said:sub(1, #mark) == mark then
      cells[2] = without_mark(cells[2])
    end
  end
  return cells[1], cells[2] .. pandoc.Inlines({ pandoc.Space(), pandoc.Str("–"), pandoc.Space() }) .. cells[3]
end

local function set(row, first, second)
  local left, right = row.cells[1], row.cells[2]
  left.contents, right.contents = { pandoc.Plain(first) }, { pandoc.Plain(second) }
  row.cells = { left, right }
end

function M.set(tbl, kind)
  local head = tbl.head.rows[1]
  local names = pandoc.List(head.cells):map(inlines)
  local function fold(row)
    if #row.cells < #names then
      row.cells[1].col_span = 2 -- a group's name, the note
    else
      set(row, (kind == "ledger" and of_claim or of_statement)(pandoc.List(row.cells):map(inlines), names))
    end
  end
  pandoc.List(tbl.foot.rows):map(fold)
  for _, body in ipairs(tbl.bodies) do
    pandoc.List(body.head):map(fold)
    pandoc.List(body.body):map(fold)
  end
  local dot = pandoc.Inlines(" · ")
  if kind == "ledger" then
    set(head, names[1] .. dot .. names[2], names[3])
  else
    set(head, names[1], names[2] .. dot .. names[3])
  end
  tbl.colspecs = { tbl.colspecs[1], tbl.colspecs[2] }
  return tbl
end

return M

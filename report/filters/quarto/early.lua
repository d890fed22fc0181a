-- Tables as Pandoc reads them. Quarto reads header cells as ordinary ones that carry a role, so that a group's heading row is
-- a row like any other and no column heads its rows.

local ROLE = "quarto-table-cell-role"

local function is_header(cell)
  return cell.attributes[ROLE] == "th"
end

local function heads(row)
  local count = 0
  for _, cell in ipairs(row.cells) do
    if not is_header(cell) then
      break
    end
    count = count + 1
  end
  return count
end

local function without_roles(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      cell.attributes[ROLE] = nil
    end
  end
  return rows
end

local function read_again(body)
  local rows = pandoc.List(body.body)
  while #rows > 0 and heads(rows[1]) == #rows[1].cells do
    body.head:insert(rows:remove(1))
  end
  local columns = #rows > 0 and math.huge or 0
  for _, row in ipairs(rows) do
    columns = math.min(columns, heads(row))
  end
  body.row_head_columns = columns
  body.head, body.body = without_roles(body.head), without_roles(rows)
  return body
end

local function Table(tbl)
  tbl.head.rows, tbl.foot.rows = without_roles(tbl.head.rows), without_roles(tbl.foot.rows)
  tbl.bodies = pandoc.List(tbl.bodies):map(read_again)
  return tbl, false
end

return quarto and { { traverse = "topdown", Table = Table } } or {}

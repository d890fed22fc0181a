-- The table of all claims, its rows in the order of the sentences that it tests (`order`: their ids in the report).

local function claim_of(row)
  local found
  for _, cell in ipairs(row.cells) do
    cell.contents:walk({
      Span = function(span)
        found = found or span.identifier:match("^ledger(%-.+)$")
      end,
    })
    if found then
      return "claim" .. found
    end
  end
end

-- The rows in the order of their sentences; other tables stay as they are.
local function sorted(body, places)
  local rows = {}
  for i, row in ipairs(body.body) do
    local id = claim_of(row)
    if not id then
      return body
    end
    table.insert(rows, { row = row, place = places[id] or math.huge, i = i })
  end
  table.sort(rows, function(a, b)
    return a.place < b.place or (a.place == b.place and a.i < b.i)
  end)
  body.body = pandoc.List(rows):map(function(entry)
    return entry.row
  end)
  return body
end

return function(tbl, order)
  local places = {}
  for i, id in ipairs(order) do
    places[id] = places[id] or i
  end
  tbl.bodies = pandoc.List(tbl.bodies):map(function(body)
    return sorted(body, places)
  end)
  return tbl
end

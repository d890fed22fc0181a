-- Reads what Quarto calls a float (a figure or table with an id, in any of its notations) into one plain record:
-- { id, kind = "fig"|"tbl", caption = Inlines, content = Blocks, subs = { record, ... }, columns = n or nil }.

local M = {}

function M.kind(id)
  return id:match("^(fig)%-.") or id:match("^(tbl)%-.")
end

local function caption_of(element)
  return pandoc.utils.blocks_to_inlines(element.caption.long)
end

local function is_picture(block)
  return (block.t == "Para" or block.t == "Plain") and #block.content == 1 and block.content[1].t == "Image"
end

local function from_figure(figure)
  return { id = figure.identifier, caption = caption_of(figure), content = figure.content, subs = {} }
end

local function from_table(tbl)
  local bare = tbl:clone()
  bare.caption = { long = {} }
  bare.identifier = ""
  return { id = tbl.identifier, caption = caption_of(tbl), content = pandoc.Blocks({ bare }), subs = {} }
end

-- A figure or table without an id inside a float is its content, and lends it its caption.
local function take(record, part)
  record.content:extend(part.content)
  if #part.caption > 0 then
    record.inner_captions = (record.inner_captions or 0) + 1
    if #record.caption == 0 then
      record.caption = part.caption
    end
  end
end

local function from_div(div)
  local record = { id = div.identifier, caption = pandoc.Inlines({}), content = pandoc.Blocks({}), subs = {} }
  record.columns = tonumber(div.attributes["layout-ncol"])
  record.alt = div.attributes["fig-alt"]
  local blocks = pandoc.Blocks(div.content)
  local last = blocks[#blocks]
  if last and last.t == "Para" and not is_picture(last) then
    record.caption = last.content
    blocks:remove(#blocks)
    record.own_caption = true
  end
  for _, block in ipairs(blocks) do
    local sub = M.read(block)
    if sub and sub.id ~= "" then
      table.insert(record.subs, sub)
    elseif sub then
      take(record, sub)
    else
      record.content:insert(block)
    end
  end
  return record
end

-- Returns nil for a block that is no float.
function M.read(block)
  local record
  if block.t == "Figure" then
    record = from_figure(block)
  elseif block.t == "Table" then
    record = from_table(block)
  elseif block.t == "Div" and M.kind(block.identifier) then
    record = from_div(block)
  else
    return nil
  end
  record.kind = M.kind(record.id) or (block.t == "Table" and "tbl" or "fig")
  return record
end

return M

-- Figures, tables and references in Word: captions in their styles, references as links to bookmarks.

local html = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "html.lua" }))

local M = { reference = html.reference }

local function styled(name, inlines)
  return pandoc.Div({ pandoc.Para(inlines) }, pandoc.Attr("", {}, { ["custom-style"] = name }))
end

local function prefixed(prefix, caption)
  local content = pandoc.Inlines(prefix)
  content:extend(caption)
  return content
end

local function pictures(record, width)
  return record.content:walk({
    Image = function(image)
      image.attributes["fig-alt"] = image.attributes["fig-alt"] or record.alt
      image.attributes.width = image.attributes.width or width
      return image
    end,
  })
end

-- A picture and its caption as paragraphs: Word's own shape, which a reviewer can comment on.
local function figure(record, prefix, width)
  local blocks = pandoc.Blocks({})
  for _, block in ipairs(pictures(record, width)) do
    if block.t == "Plain" or block.t == "Para" then
      block = styled("Captioned Figure", block.content)
    end
    blocks:insert(block)
  end
  blocks:insert(styled("Image Caption", prefixed(prefix, record.caption)))
  return blocks
end

local function panel(record)
  local columns = math.max(1, record.columns or 1)
  local aligns, widths, rows = pandoc.List(), pandoc.List(), pandoc.List()
  for _ = 1, columns do
    aligns:insert(pandoc.AlignDefault)
    widths:insert(1 / columns)
  end
  for i, sub in ipairs(record.subs) do
    if (i - 1) % columns == 0 then
      rows:insert(pandoc.List())
    end
    local prefix = { pandoc.Str("(" .. string.char(96 + i) .. ")"), pandoc.Space() }
    local cell = figure(sub, prefix, ("%d%%"):format(96 // columns))
    rows[#rows]:insert({ pandoc.Div(cell, pandoc.Attr(sub.id)) })
  end
  while #rows[#rows] < columns do
    rows[#rows]:insert({})
  end
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, {}, rows))
end

function M.float(record, index, word, nbsp)
  local prefix = { pandoc.Str(word .. nbsp .. index[record.id].number .. ":"), pandoc.Space() }
  local blocks
  if record.kind == "tbl" and #record.subs == 0 then
    blocks = pandoc.Blocks({ styled("Table Caption", prefixed(prefix, record.caption)) })
    blocks:extend(record.content)
  elseif #record.subs > 0 then
    blocks = pandoc.Blocks({ panel(record), styled("Image Caption", prefixed(prefix, record.caption)) })
  else
    blocks = figure(record, prefix, "100%")
  end
  return pandoc.Div(blocks, pandoc.Attr(record.id))
end

return M

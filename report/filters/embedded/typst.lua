-- Figures, tables and references in Typst, as the calls that Quarto writes: one template serves both.

local M = {}

local function inline(text)
  return pandoc.RawInline("typst", text)
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function picture(image, record)
  local alt = image.attributes["fig-alt"] or record.alt or ""
  local width = image.attributes.width or "100%"
  return inline(("#image(%s, alt: %s, width: %s)"):format(quoted("/" .. image.src), quoted(alt), width))
end

-- Pandoc would wrap a table in a figure of its own, which would count.
local function body(record)
  return record.content:walk({
    Image = function(image)
      return picture(image, record)
    end,
    Table = function(tbl)
      tbl.classes:insert("typst:no-figure")
      return tbl
    end,
  })
end

local function closing(record, word, extra)
  local position = record.kind == "tbl" and "top" or "bottom"
  local content = pandoc.Inlines({ inline(("], caption: figure.caption(position: %s, ["):format(position)) })
  content:extend(record.caption)
  content:insert(
    inline(('%s]), kind: "quarto-float-%s", supplement: %s%s)<%s>'):format("", record.kind, quoted(word), extra or "", record.id)
  ))
  return pandoc.Plain(content)
end

local function panel(record)
  local columns = math.max(1, record.columns or 1)
  local cells = pandoc.Blocks({ pandoc.RawBlock("typst", ("#subfigures(columns: %d,"):format(columns)) })
  for _, sub in ipairs(record.subs) do
    cells:insert(pandoc.RawBlock("typst", "[#figure(["))
    cells:extend(body(sub))
    local content = pandoc.Inlines({ inline("], caption: [") })
    content:extend(sub.caption)
    content:insert(inline(('], kind: "quarto-subfloat", supplement: none)<%s>],'):format(sub.id)))
    cells:insert(pandoc.Plain(content))
  end
  cells:insert(pandoc.RawBlock("typst", ")"))
  return cells
end

function M.float(record, _, word)
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#figure([") })
  blocks:extend(body(record))
  if #record.subs > 0 then
    blocks:extend(panel(record))
  end
  blocks:insert(closing(record, word))
  return blocks
end

function M.reference(id, prefix, entry)
  if entry.part then
    local text = pandoc.Inlines({ inline(("#link(<%s>)["):format(id)) })
    text:extend(prefix)
    text:insert(inline((#prefix > 0 and "~" or "") .. entry.number .. entry.part .. "]"))
    return text
  end
  local text = pandoc.Inlines({ inline(("#ref(<%s>, supplement: ["):format(id)) })
  text:extend(prefix)
  text:insert(inline("])"))
  return text
end

return M

-- Figures, tables and references in HTML, in the shape that Quarto gives them: one stylesheet serves both.

local M = {}

local function raw(text)
  return pandoc.RawBlock("html", text)
end

local function caption(record, prefix, class)
  local place = record.kind == "tbl" and not record.part and "top" or "bottom"
  local open = ('<figcaption class="quarto-float-caption-%s quarto-%s-caption quarto-%s-%s" id="%s-caption">'):format(
    place, class, class, record.kind, record.id
  )
  local content = pandoc.Inlines(prefix)
  content:extend(record.caption)
  return pandoc.Blocks({ raw(open), pandoc.Plain(content), raw("</figcaption>") })
end

local function pictures(record)
  return record.content:walk({
    Image = function(image)
      image.caption = { pandoc.Str(image.attributes["fig-alt"] or record.alt or "") }
      image.attributes["fig-alt"] = nil
      return image
    end,
  })
end

local function figure(record, body, prefix, class)
  local blocks = pandoc.Blocks({
    raw(('<div id="%s" class="quarto-float quarto-figure">'):format(record.id)),
    raw(('<figure class="quarto-float quarto-%s-%s">'):format(class, record.kind)),
  })
  local inner = pandoc.Blocks({ raw(('<div aria-describedby="%s-caption">'):format(record.id)) })
  inner:extend(body)
  inner:insert(raw("</div>"))
  local words = caption(record, prefix, class)
  local first, second = inner, words
  if record.kind == "tbl" then
    first, second = words, inner
  end
  blocks:extend(first)
  blocks:extend(second)
  blocks:extend({ raw("</figure>"), raw("</div>") })
  return blocks
end

local function panel(record)
  local columns = record.columns or 1
  local blocks = pandoc.Blocks({ raw(('<div class="quarto-layout-row" style="--columns: %d">'):format(columns)) })
  for i, sub in ipairs(record.subs) do
    local prefix = { pandoc.Str("(" .. string.char(96 + i) .. ")"), pandoc.Space() }
    blocks:extend(figure(sub, pictures(sub), prefix, "subfloat"))
  end
  blocks:insert(raw("</div>"))
  return blocks
end

function M.float(record, index, word, nbsp)
  local prefix = { pandoc.Str(word .. nbsp .. index[record.id].number .. ":"), pandoc.Space() }
  local body = pictures(record)
  if #record.subs > 0 then
    body:extend(panel(record))
  end
  return figure(record, body, prefix, "float")
end

function M.reference(id, prefix, entry, nbsp)
  local text = pandoc.Inlines(prefix)
  if #text > 0 then
    text:insert(pandoc.Str(nbsp))
  end
  text:insert(pandoc.Str(entry.number))
  if entry.part then
    text:extend({ pandoc.Space(), pandoc.Str("(" .. entry.part .. ")") })
  end
  return pandoc.Inlines({ pandoc.Link(text, "#" .. id, "", pandoc.Attr("", { "quarto-xref" })) })
end

return M

-- Slides in Typst: calls of the template's `slide`.

local M = {}

local function inline(text)
  return pandoc.RawInline("typst", text)
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

function M.verdict(outcome, words)
  return pandoc.Inlines({ inline(('#verdict("%s")['):format(outcome)), pandoc.Str(words), inline("]") })
end

function M.slide(slide)
  local head = pandoc.Inlines({ inline("#slide(name: " .. quoted("#" .. slide.id) .. ", title: [") })
  head:extend(slide.title)
  head:insert(inline("], section: ["))
  head:extend(slide.section)
  head:insert(inline("], source: ["))
  head:extend(slide.source)
  head:insert(inline("]"))
  if slide.data then
    head:insert(inline(", data: " .. quoted(slide.data)))
  end
  if slide.figure then
    local shown = slide.figure
    local places = ", figure: (path: %s, alt: %s, note: %.6f, below: %s)"
    local path, alt = quoted("/" .. shown.image.src), quoted(shown.alt or "")
    head:insert(inline(places:format(path, alt, shown.note, tostring(slide.below))))
  end
  head:insert(inline(")["))
  local blocks = pandoc.Blocks({ pandoc.Plain(head) })
  blocks:extend(slide.body)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

function M.title_page(meta, state)
  meta["data-state"] = pandoc.MetaInlines({ pandoc.Str(state) })
end

return M

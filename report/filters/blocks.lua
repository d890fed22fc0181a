-- The report's own blocks and spans, which HTML styles as they are, made into calls of the Typst template and into named
-- Word styles; and quotation marks as the language writes them.

local language = "en"

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

local function inline(text)
  return pandoc.RawInline("typst", text)
end

local function styled(name, blocks)
  return pandoc.Div(blocks, pandoc.Attr("", {}, { ["custom-style"] = name }))
end

local function children(div, class)
  local found = pandoc.List()
  for _, block in ipairs(div.content) do
    if block.t == "Div" and block.classes:includes(class) then
      found:insert(block)
    end
  end
  return found
end

local function typst_band(div)
  local blocks = pandoc.Blocks({ raw("#key-figures(") })
  for _, child in ipairs(children(div, "key-figure")) do
    blocks:insert(raw("["))
    blocks:extend(child.content)
    blocks:insert(raw("],"))
  end
  blocks:insert(raw(")"))
  return blocks
end

-- In Word a key figure is one paragraph: its value, a line break, its label.
local function break_after_value(inlines)
  local result = pandoc.Inlines({})
  for _, piece in ipairs(inlines) do
    local after_break = #result > 0 and result[#result].t == "LineBreak"
    if not (after_break and (piece.t == "Space" or piece.t == "SoftBreak")) then
      result:insert(piece)
    end
    if piece.t == "Span" and piece.classes:includes("value") then
      result:insert(pandoc.LineBreak())
    end
  end
  return result
end

local function word_band(div)
  local cells, widths, aligns = pandoc.List(), pandoc.List(), pandoc.List()
  local figures = children(div, "key-figure")
  for _, child in ipairs(figures) do
    cells:insert({ styled("Key Figure", child.content:walk({ Inlines = break_after_value })) })
    widths:insert(1 / #figures)
    aligns:insert(pandoc.AlignLeft)
  end
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, {}, { cells }))
end

local function typst_note(div)
  local blocks = pandoc.Blocks({ raw("#data-note[") })
  blocks:extend(div.content)
  blocks:insert(raw("]"))
  return blocks
end

local function Div(div)
  if div.classes:includes("key-figures") then
    if FORMAT == "typst" then
      return typst_band(div)
    elseif FORMAT == "docx" then
      return word_band(div)
    end
  elseif div.classes:includes("data-note") then
    if FORMAT == "typst" then
      return typst_note(div)
    elseif FORMAT == "docx" then
      return styled("Data Note", div.content)
    end
  elseif div.classes:includes("data-state") and FORMAT == "docx" then
    return styled("Data Note", div.content) -- elsewhere page.lua moves it to the title page
  end
end

local function Span(span)
  for class, style in pairs({ value = "Key Value", label = "Key Label" }) do
    if span.classes:includes(class) then
      if FORMAT == "typst" then
        local content = pandoc.Inlines({ inline("#key-" .. class .. "[") })
        content:extend(span.content)
        content:insert(inline("]"))
        return content
      elseif FORMAT == "docx" then
        span.attributes["custom-style"] = style
        return span
      end
    end
  end
end

-- Pandoc writes English marks in HTML and Word whatever the language; Typst follows the language by itself.
local function Quoted(quoted)
  if FORMAT == "typst" or language ~= "sv" then
    return nil
  end
  local mark = quoted.quotetype == "DoubleQuote" and "”" or "’"
  local content = pandoc.Inlines({ pandoc.Str(mark) })
  content:extend(quoted.content)
  content:insert(pandoc.Str(mark))
  return content
end

-- In Word a list without air between its items would take the small style of table cells.
local function loose(list)
  if FORMAT ~= "docx" then
    return nil
  end
  local items = list.content
  for _, item in ipairs(items) do
    for i, block in ipairs(item) do
      item[i] = block.t == "Plain" and pandoc.Para(block.content) or block
    end
  end
  list.content = items
  return list
end

return {
  {
    Meta = function(meta)
      language = pandoc.utils.stringify(meta.lang or "en"):match("^%a+") or "en"
    end,
  },
  { Div = Div, Span = Span, Quoted = Quoted, BulletList = loose, OrderedList = loose },
}

-- Slides in PowerPoint: the blocks that make Pandoc choose a layout of the reference presentation, with section, state of
-- the data, source and number in that layout's own placeholders.

local M = {}

-- Theme colours of the reference presentation.
local COLOURS = { holds = "accent1", borderline = "accent2", fails = "accent3", untestable = "accent4" }
local SHAPE = [[<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>]]
  .. [[<p:ph %s/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>%s</a:p></p:txBody></p:sp>]]
local FIELD = [[<a:fld id="{C5EF2332-01BF-834F-8236-50238282D533}" type="slidenum"><a:rPr/><a:t>%d</a:t></a:fld>]]

local function escaped(text)
  return (text:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }))
end

local function run(text, properties)
  return "<a:r>" .. (properties or "<a:rPr/>") .. "<a:t>" .. escaped(text) .. "</a:t></a:r>"
end

local function shape(number, name, holder, runs)
  return pandoc.RawBlock("openxml", SHAPE:format(number, name, holder, runs))
end

local function text_shape(number, name, index, text)
  return shape(number, name, ('type="body" sz="quarter" idx="%d"'):format(index), run(text))
end

function M.verdict(outcome, words)
  local colour = '<a:rPr b="1"><a:solidFill><a:schemeClr val="%s"/></a:solidFill></a:rPr>'
  return pandoc.Inlines({ pandoc.RawInline("openxml", run(words, colour:format(COLOURS[outcome]))) })
end

local function small(slide)
  local shapes = pandoc.Blocks({})
  if #slide.section > 0 then
    shapes:insert(text_shape(101, "Section", 13, pandoc.utils.stringify(slide.section)))
  end
  if slide.data then
    shapes:insert(text_shape(102, "Data", 14, slide.data))
  end
  shapes:insert(text_shape(103, "Source", 15, pandoc.utils.stringify(slide.source)))
  local number = FIELD:format(slide.number) .. run(" / " .. slide.count)
  shapes:insert(shape(104, "Number", 'type="sldNum" sz="quarter" idx="12"', number))
  return shapes
end

local function column(blocks)
  return pandoc.Div(blocks, pandoc.Attr("", { "column" }))
end

-- Two columns give "Two Content", a text before a picture "Content with Caption", a text alone "Title and Content".
function M.slide(slide)
  local blocks = pandoc.Blocks({ pandoc.Header(2, slide.title, pandoc.Attr(slide.id)) })
  local text = pandoc.Blocks(slide.body)
  text:extend(small(slide))
  local shown = slide.figure and pandoc.Para({ pandoc.Image({}, slide.figure.image.src) })
  if slide.below then
    blocks:insert(pandoc.Div({ column({ shown }), column(text) }, pandoc.Attr("", { "columns" })))
  else
    blocks:extend(text)
    blocks:extend(shown and { shown } or {})
  end
  blocks:insert(pandoc.Div(slide.speaker, pandoc.Attr("", { "notes" })))
  return blocks
end

function M.title_page(meta, state)
  local subtitle = pandoc.Inlines(meta.subtitle or {})
  local line = pandoc.RawInline("openxml", run(state, '<a:rPr sz="1600"/>'))
  subtitle:extend({ pandoc.LineBreak(), pandoc.LineBreak(), line })
  meta.subtitle = pandoc.MetaInlines(subtitle)
end

return M

-- The last touches, when every reference has its number (in Quarto: `at: post-render`): headings one level down in HTML
-- (its h1 is the title), figure and table labels set off, the state of the data on the title page, and in Word a list
-- of contents and a description of every picture.

local IS_HTML = FORMAT:match("^html") ~= nil

local numbers = {}

local function numbered(header)
  if header.classes:includes("unnumbered") then
    return nil
  end
  numbers[header.level] = (numbers[header.level] or 0) + 1
  for level = header.level + 1, 6 do
    numbers[level] = 0
  end
  local parts = {}
  for level = 1, header.level do
    table.insert(parts, tostring(numbers[level] or 0))
  end
  return table.concat(parts, ".")
end

-- The number is written down before the level changes, or the writer would count from level two.
local function lower(header)
  local number = numbered(header)
  if number then
    header.attributes.number = number
  end
  header.level = math.min(header.level + 1, 6)
  return header
end

-- In a caption, everything up to the colon ("Figur 1:") is the label.
local function label(inlines)
  local first = inlines[1]
  if not (first and first.t == "Str") then
    return nil
  end
  for i = 1, math.min(6, #inlines) do
    if inlines[i].t == "Str" and inlines[i].text:match(":$") then
      local name, rest = pandoc.Inlines({}), pandoc.Inlines({})
      for j, piece in ipairs(inlines) do
        (j <= i and name or rest):insert(piece)
      end
      rest:insert(1, pandoc.Span(name, pandoc.Attr("", { "float-label" })))
      return rest
    end
  end
end

local function captions(blocks)
  for i = 2, #blocks do
    local before, block = blocks[i - 1], blocks[i]
    if before.t == "RawBlock" and before.text:match("<figcaption") and (block.t == "Plain" or block.t == "Para") then
      block.content = label(block.content) or block.content
    end
  end
  return blocks
end

-- No cell has a figure: to look would take as long as all the rest.
local function skip()
  return nil, false
end

local function take_data_state(doc)
  if FORMAT == "docx" then
    return
  end
  for i, block in ipairs(doc.blocks) do
    if block.t == "Div" and block.classes:includes("data-state") then
      doc.meta["data-state"] = pandoc.MetaBlocks(block.content)
      doc.blocks:remove(i)
      return
    end
  end
end

local function paragraph(style, inlines)
  return pandoc.Div({ pandoc.Para(inlines) }, pandoc.Attr("", {}, { ["custom-style"] = style }))
end

local function entry(header)
  local number = numbered(header)
  local text = pandoc.Inlines({})
  if number then
    text:extend({ pandoc.Str(number), pandoc.Space() })
  end
  text:extend(header.content:walk({
    Note = function()
      return {}
    end,
    Link = function(link)
      return link.content
    end,
  }))
  return paragraph("toc " .. header.level, { pandoc.Link(text, "#" .. header.identifier) })
end

-- A field would stay empty until somebody updates it; links work at once, in LibreOffice too.
local function contents(doc)
  local swedish = pandoc.utils.stringify(doc.meta.lang or ""):match("^sv")
  local own_page = pandoc.RawInline("openxml", '<w:r><w:br w:type="page"/></w:r>')
  local list = pandoc.Blocks({ paragraph("TOC Heading", { own_page, pandoc.Str(swedish and "Innehåll" or "Contents") }) })
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level == 1 then -- a page; Word's navigation pane shows the sections
      list:insert(entry(block))
    end
  end
  local at = 1
  while doc.blocks[at] and doc.blocks[at].t ~= "Header" do
    at = at + 1
  end
  for i = #list, 1, -1 do
    doc.blocks:insert(at, list[i])
  end
end

-- Quarto, not Pandoc, numbers headings in Word, and has written it otherwise (late.lua has taken that away): as Pandoc does.
local function write_number(header)
  local number = header.attributes.number
  if number and not header.classes:includes("unnumbered") then
    header.content:insert(1, pandoc.Span({ pandoc.Str(number) }, pandoc.Attr("", {}, { ["custom-style"] = "Section Number" })))
    header.content:insert(2, pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>"))
    header.classes:insert("unnumbered")
    return header
  end
end

local function describe(image)
  local alt = image.attributes["fig-alt"]
  if alt then
    image.caption = { pandoc.Str(alt) }
    image.attributes["fig-alt"] = nil
    return image
  end
end

-- Ends a part of the Word file whose pages lie or stand; size, margins and footer are those of reference.docx.
local function word_section(across)
  local size = across and 'w:w="16838" w:h="11906" w:orient="landscape"' or 'w:w="11906" w:h="16838"'
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr>'
    .. '<w:footerReference w:type="default" r:id="rId9"/><w:pgSz ' .. size .. '/><w:pgMar w:left="1474" w:right="1474" w:top="1474" '
    .. 'w:bottom="1417" w:header="709" w:footer="709"/>' .. (across and "" or "<w:titlePg/>") .. "</w:sectPr></w:pPr></w:p>")
end

-- A chapter that is a wide table lies across the page in Word. In PDF, read on screens, all pages stand.
local function turn_pages(blocks)
  local result, across = pandoc.Blocks({}), false
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level == 1 and across ~= block.classes:includes("landscape") then
      result:insert(word_section(across))
      across = not across
    end
    result:insert(block)
  end
  return result
end

-- Whether a block begins as a figure or table with a caption does: as we write it, and in Quarto's wrappings.
local function is_float(block)
  if block and (block.t == "Div" or block.t == "Plain") then
    return is_float(block.content[1])
  end
  return block and (block.t == "RawBlock" or block.t == "RawInline") and block.text:match("^#figure%(") ~= nil
end

-- A table that is all that a section has stays below its heading, where others float. What still waits for a page comes first.
local function keep_with_heading(blocks)
  local result = pandoc.Blocks({})
  for i, block in ipairs(blocks) do
    local opens = block.t == "Header" and is_float(blocks[i + 1])
    if opens then
      result:insert(pandoc.RawBlock("typst", "#place.flush()"))
    end
    result:insert(block)
    if opens then
      result:insert(pandoc.RawBlock("typst", "#after-heading.update(true)"))
    end
  end
  return result
end

function Pandoc(doc)
  take_data_state(doc)
  if IS_HTML then
    doc.blocks = doc.blocks:walk({ traverse = "topdown", Header = lower, Blocks = captions, Table = skip })
  elseif FORMAT == "docx" then
    doc.blocks = doc.blocks:walk({ Image = describe })
    contents(doc)
    doc.blocks = quarto and doc.blocks:walk({ Header = write_number }) or doc.blocks
  end
  if FORMAT == "typst" then
    doc.blocks = keep_with_heading(doc.blocks)
  elseif FORMAT == "docx" then
    doc.blocks = turn_pages(doc.blocks)
  end
  return doc
end

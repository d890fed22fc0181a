-- Figures, tables and headings in the shape that the embedded engine gives them, so that the filters behind this one and the
-- theme see the same from both. (At `post-render`, first.) Quarto wraps captions in scaffolds, gives their ids a suffix, lays
-- each figure and table in a table of one cell in Word, and writes a heading's number before its text there.

local SUFFIX = "(%-caption)%-%x+%-%x+%-%x+%-%x+%-%x+"

local function styled(name, inlines)
  return pandoc.Div({ pandoc.Para(inlines) }, pandoc.Attr("", {}, { ["custom-style"] = name }))
end

local function unwrapped(div)
  if div.classes:includes("quarto-scaffold") then
    return div.content
  end
end

-- HTML ----------------------------------------------------------------------------------------------------------------

local function without_suffix(div)
  local described = div.attributes["aria-describedby"]
  if described then
    div.attributes["aria-describedby"] = described:gsub(SUFFIX, "%1")
    return div
  end
  return unwrapped(div)
end

local function caption_id(raw)
  if raw.text:match("^<figcaption") then
    raw.text = raw.text:gsub(SUFFIX, "%1")
    return raw
  end
end

-- A caption is no paragraph of its own.
local function captions(blocks)
  for i = 2, #blocks do
    local before = blocks[i - 1]
    if blocks[i].t == "Para" and before.t == "RawBlock" and before.text:match("^<figcaption") then
      blocks[i] = pandoc.Plain(blocks[i].content)
    end
  end
  return blocks
end

-- Word ----------------------------------------------------------------------------------------------------------------

local function only_cell(tbl)
  local row = #tbl.colspecs == 1 and #tbl.bodies == 1 and #tbl.bodies[1].body == 1 and tbl.bodies[1].body[1]
  local contents = row and row.cells[1].contents
  local float = contents and #contents == 1 and contents[1]
  return float and float.t == "Div" and float.identifier:match("^(%a+)%-") and float or nil
end

local function is_caption(block)
  local first = block.t == "Para" and block.content[1]
  return first and first.t == "RawInline" and first.text:match("ImageCaption") ~= nil
end

local function as_wide_as_the_page(image)
  image.attributes.width = image.attributes.width or "100%"
  return image
end

local function float(tbl)
  local div = only_cell(tbl)
  if not div then
    return nil, false
  end
  local caption = div.identifier:match("^tbl%-") and "Table Caption" or "Image Caption"
  div.content = div.content:map(function(block)
    if is_caption(block) then
      block.content:remove(1)
      return styled(caption, block.content)
    elseif (block.t == "Plain" or block.t == "Para") and block.content:find_if(function(one) return one.t == "Image" end) then
      return styled("Captioned Figure", block:walk({ Image = as_wide_as_the_page }).content)
    end
    return block
  end)
  return div, false
end

local function without_number(header)
  local number, first = header.attributes.number, header.content[1]
  if number and first and first.t == "Str" and (first.text == number or first.text == number .. ".") then
    header.content:remove(1)
    header.content:remove(1)
    return header
  end
end

-- PDF -----------------------------------------------------------------------------------------------------------------

local function picture(raw)
  local call = raw.text:match("^#box%(image%((.*)%)%)$")
  if call then
    raw.text = "#image(" .. call .. (call:match(", width: ") and ")" or ", width: 100%)")
    return raw
  end
end

local SHAPES = {
  html = { { Div = without_suffix, RawBlock = caption_id }, { Blocks = captions } },
  docx = { { Div = unwrapped }, { traverse = "topdown", Table = float, Header = without_number } },
  typst = { { Div = unwrapped, RawInline = picture } },
}

return quarto and SHAPES[FORMAT:match("^html") and "html" or FORMAT] or {}

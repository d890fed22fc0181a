-- Claims where they stand: a mark behind each sentence that one tests, and what the test said. On the page the mark opens
-- a note, a claim that fails is struck through in the margin and a banner counts those; in PDF and Word the mark leads to
-- the ledger, and a footnote says why a claim fails. Words and numbers come from data/results/<edition>/notes.json.

local WORDS = {
  sv = {
    how = ": hur påståendet prövades", close = "Stäng", now = "Vad data säger nu",
    decided = "Vad som avgjorde", size = "Storlek", firmness = "Hur säkert", data = "Data",
    citations = "Stöds av", dissent = "Talar emot", shown = "Visas i", row = "Raden i bilaga B",
    fails = "Se dem i bilaga B",
  },
  en = {
    how = ": how the claim was tested", close = "Close", now = "What the data say now",
    decided = "What decided", size = "Size", firmness = "How firmly", data = "Data",
    citations = "Borne out by", dissent = "Speaks against", shown = "Shown in", row = "Its row in appendix B",
    fails = "See them in appendix B",
  },
}
local LEDGER = "tbl-report-ledger"

local IS_HTML = FORMAT:match("^html") ~= nil
local claims, words, banner = {}, nil, nil
local ids, order, tables = {}, {}, {} -- what links may lead to; the claims' places in the report; what each table holds

local function project_folder()
  return quarto and quarto.project and quarto.project.directory or "."
end

local function module(name)
  return dofile(pandoc.path.join({ project_folder(), "report", "filters", name }))
end

local notes, in_order = module("claim_notes.lua"), module("ledger.lua")
local plain, breaking = notes.plain, module("facts.lua").plain

local function Meta(meta)
  local edition = pandoc.utils.stringify(meta.lang or ""):match("^%a+") or "en"
  words = WORDS[edition] or WORDS.en
  local file = io.open(pandoc.path.join({ project_folder(), "data", "results", edition, "notes.json" }), "r")
  if file then
    local said = pandoc.json.decode(file:read("a"), false)
    file:close()
    claims, banner = said.claims, said.banner
  end
end

local function survey(doc)
  local rows = 0
  local function note(element)
    if element.identifier ~= "" then
      ids[element.identifier] = true
    end
  end
  local function span(element)
    note(element)
    if claims[element.identifier] then
      table.insert(order, element.identifier)
    end
    rows = rows + ((element.identifier:match("^ledger%-") or element.identifier:match("^statement%-")) and 1 or 0)
  end
  local inside = { traverse = "topdown", Span = span, Div = note, Header = note, Image = note, Figure = note }
  local function in_table(tbl)
    local sentences = #order
    rows = 0
    tbl:walk(inside)
    table.insert(tables, { is_ledger = rows > 0, has_claims = #order > sentences })
    return nil, false
  end
  local all = { Table = in_table }
  for name, visit in pairs(inside) do
    all[name] = visit
  end
  doc.blocks:walk(all)
  if quarto then
    _quarto.ast.walk(doc, { FloatRefTarget = note }) -- figures and tables are nodes of its own by now
  end
end

local function present(id)
  return type(id) == "string" and ids[id] -- JSON's null is no nil
end

-- PDF and Word --------------------------------------------------------------------------------------------------------

local function footnote(claim)
  local text = pandoc.Inlines(breaking(claim.verdict .. ". " .. claim.lines.decided))
  return pandoc.Note({ pandoc.Para(text) })
end

local function tag(claim)
  local text = plain(claim.verdict:gsub(" ", "\u{a0}"))
  if FORMAT == "docx" then
    text = pandoc.Inlines({ pandoc.Span(text, pandoc.Attr("", {}, { ["custom-style"] = "Claim Mark" })) })
  end
  if FORMAT == "docx" and not claim.finding then
    text = pandoc.Inlines({ pandoc.Emph(text) })
  end
  local content = present(claim.row) and pandoc.Inlines({ pandoc.Link(text, "#" .. claim.row) }) or text
  if FORMAT == "typst" then
    local look = claim.finding and "" or ", finding: false"
    content:insert(1, pandoc.RawInline("typst", '#claim-mark("' .. claim.outcome .. '"' .. look .. ")["))
    content:insert(pandoc.RawInline("typst", "]"))
  else
    content:insert(1, pandoc.Str("\u{a0}"))
  end
  if claim.outcome == "fails" then
    content:insert(footnote(claim))
  end
  return content
end

-- Where they stand ----------------------------------------------------------------------------------------------------

-- The mark behind the sentence, on the same line as the punctuation that follows it.
local function marked(span, rest)
  local claim = claims[span.identifier]
  span.classes:insert("claim-" .. claim.outcome)
  if not IS_HTML then
    return tag(claim)
  end
  local kept = pandoc.Inlines({ notes.button(span.identifier, claim, words) })
  local stop, text = "", rest and rest.t == "Str" and rest.text or ""
  stop, text = text:match("^([.,:;?!)]*)(.*)$")
  if stop ~= "" then
    kept:insert(pandoc.Str(stop))
    rest.text = text
  end
  return pandoc.Inlines({ pandoc.Span(kept, pandoc.Attr("", { "kept" })) })
end

local function is_sentence(inline)
  return inline.t == "Span" and claims[inline.identifier] ~= nil and inline.classes:includes("claim")
end

local function Inlines(inlines)
  if not inlines:find_if(is_sentence) then
    return nil
  end
  local content = pandoc.Inlines({})
  for i, inline in ipairs(inlines) do
    content:insert(inline)
    if is_sentence(inline) then
      content:extend(marked(inline, inlines[i + 1]))
    end
  end
  return content
end

-- A paragraph, then the notes on its claims: nothing but text may stand inside it.
local function with_notes(block, found)
  local after, fallen = pandoc.Blocks({}), pandoc.Blocks({})
  for _, id in ipairs(found) do
    after:extend(notes.popover(id, claims[id], words, present))
    if claims[id].outcome == "fails" then
      fallen:insert(notes.margin(claims[id], words))
    end
  end
  local blocks = pandoc.Blocks({ block })
  if #fallen > 0 then
    blocks:extend(fallen)
    blocks = pandoc.Blocks({ pandoc.Div(blocks, pandoc.Attr("", { "beside" })) })
  end
  blocks:extend(after)
  return blocks
end

local function claims_in(block)
  local found = {}
  block:walk({
    traverse = "topdown",
    Span = function(span)
      if claims[span.identifier] then
        table.insert(found, span.identifier)
      end
    end,
  })
  return found
end

-- To look at every word here takes longer than Pandoc takes for the page: only paragraphs with a claim are gone through.
local function paragraph(block)
  local found = claims_in(block)
  if #found == 0 then
    return nil, false
  end
  block = block:walk({ Inlines = Inlines })
  return IS_HTML and with_notes(block, found) or block, false
end

-- The ledger ----------------------------------------------------------------------------------------------------------

-- In the table, links lead to sentences and figures that are there; one to a figure says which.
local function Link(link)
  local id = link.target:match("^#(.+)$")
  if id and not present(id) then
    return link.content
  elseif id and link.classes:includes("figure-link") then
    return notes.reference((id:gsub("^sec%-", "Sec-"))) -- it begins a cell
  end
end

local SENTENCES = { traverse = "topdown", Para = paragraph, Plain = paragraph, Inlines = Inlines }
local walked = 0 -- tables

local function Table(tbl)
  walked = walked + 1
  local its = tables[walked]
  if not (its.is_ledger or its.has_claims) then
    return nil, false
  end
  if its.has_claims then
    tbl = tbl:walk(SENTENCES)
  end
  return its.is_ledger and in_order(tbl, order):walk({ Link = Link }) or tbl, false
end

local function counted(doc)
  if IS_HTML and type(banner) == "table" and present(LEDGER) then
    local content = breaking(banner.fails)
    content:extend({ pandoc.Space(), pandoc.Link(breaking(words.fails), "#" .. LEDGER, "", pandoc.Attr("", {}, { ["data-verdict"] = "fails" })), pandoc.Str(".") })
    local rest = pandoc.Span(breaking(banner.rest), pandoc.Attr("", { "rest" }))
    doc.meta["claims-banner"] = pandoc.MetaInlines(content .. pandoc.Inlines({ pandoc.Space(), rest }))
  end
  return doc
end

function Pandoc(doc)
  Meta(doc.meta)
  if not next(claims) then
    return nil
  end
  survey(doc)
  doc.blocks = doc.blocks:walk({ traverse = "topdown", Para = paragraph, Plain = paragraph, Inlines = Inlines, Table = Table })
  return counted(doc)
end

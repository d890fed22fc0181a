-- What is said of a claim beside its sentence. `words` are those of the edition; `present` says whether a link leads anywhere.

local folder = quarto and quarto.project and quarto.project.directory or "."
local breaking = dofile(pandoc.path.join({ folder, "report", "filters", "facts.lua" })).plain

local LINES = { "decided", "size", "firmness", "data" }

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function plain(text)
  return pandoc.Inlines(pandoc.Str(text)) -- one string: nothing in it is markup
end

-- A reference that the engine turns into "Figur 3" and a link.
local function reference(id)
  return pandoc.Cite({ pandoc.Str("@" .. id) }, { pandoc.Citation(id, "AuthorInText") })
end

local function literature(keys)
  local cited = {}
  for _, key in ipairs(keys) do
    table.insert(cited, pandoc.Citation(key, "NormalCitation"))
  end
  return pandoc.Cite({ pandoc.Str("[@" .. table.concat(keys, "; @") .. "]") }, cited)
end

local function term(name, words)
  return ('<span class="term">%s</span>'):format(words[name])
end

-- What is plain text is written as Pandoc would: as elements, one a word, it would take longer than all else on the page.
local function text_of(id, claim, words)
  local html = {
    ('<div popover id="note-%s" class="note note-%s" role="group" aria-label="%s">'):format(
      id, claim.outcome, escape(claim.verdict .. words.how)
    ),
    ('<p><span class="verdict verdict-%s">%s</span></p>'):format(claim.outcome, escape(claim.verdict)),
    ('<div class="statement">\n<p>%s</p>\n</div>'):format(escape(claim.statement)),
  }
  for _, name in ipairs(LINES) do
    if claim.lines[name] then
      table.insert(html, ('<p>%s <span class="%s">%s</span></p>'):format(term(name, words), name, escape(claim.lines[name])))
    end
  end
  return pandoc.RawBlock("html", table.concat(html, "\n"))
end

local function links(claim, words, present)
  local content = pandoc.Inlines({})
  if present(claim.figure) then
    content:extend({ pandoc.Str(words.shown), pandoc.Space(), reference(claim.figure) })
  end
  if present(claim.row) then
    if #content > 0 then
      content:extend({ pandoc.Str(" ·"), pandoc.Space() })
    end
    content:insert(pandoc.Link(plain(words.row), "#" .. claim.row))
  end
  return content
end

local function popover(id, claim, words, present)
  local blocks = pandoc.Blocks({ text_of(id, claim, words) })
  for _, name in ipairs({ "citations", "dissent" }) do
    if #claim[name] > 0 then
      local cited = pandoc.Span({ literature(claim[name]) }, pandoc.Attr("", { name }))
      blocks:insert(pandoc.Para({ pandoc.RawInline("html", term(name, words)), pandoc.Space(), cited }))
    end
  end
  local last = links(claim, words, present)
  if #last > 0 then
    blocks:insert(pandoc.Para(last))
  end
  local close = '<button type="button" popovertarget="note-%s" popovertargetaction="hide">%s</button>\n</div>'
  blocks:insert(pandoc.RawBlock("html", close:format(id, words.close)))
  return blocks
end

local function button(id, claim, words)
  local text = '<button type="button" class="mark verdict-%s%s" popovertarget="note-%s" aria-label="%s">%s</button>'
  local verdict = escape(claim.verdict)
  return pandoc.RawInline("html", text:format(claim.outcome, claim.finding and "" or " no-finding", id, verdict .. words.how, verdict))
end

local function margin(claim, words)
  local note = pandoc.Blocks({
    pandoc.Para({ pandoc.Strikeout(breaking(claim.statement)) }),
    pandoc.Para({
      pandoc.Span(plain(claim.verdict .. "."), pandoc.Attr("", { "verdict", "verdict-fails" })),
      pandoc.Space(),
      pandoc.Span(plain(words.now .. ":"), pandoc.Attr("", { "term" })),
      pandoc.Space(),
      table.unpack(breaking(claim.lines.decided)),
    }),
  })
  return pandoc.Div(note, pandoc.Attr("", { "fallen" }, { { "role", "note" } }))
end

return { plain = plain, reference = reference, popover = popover, button = button, margin = margin }

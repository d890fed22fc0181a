-- Who made the report, of which version, from data until when: CITATION.cff and the results say it. It goes into what the files
-- say of themselves, and into a box at the end: how to cite, licence, date of the data, digest of the results.

local WORDS = {
  sv = {
    heading = "Så citerar du rapporten", cite = "Citera så här.", version = "version", data = "Data till och med",
    digest = "Resultatens kontrollsumma (SHA-1 av sv/facts.json):", licence = "Licens:", contact = "Kontakt:",
    changes = "Vad som har ändrats mellan versioner står i CHANGELOG.md.",
    trace = "Varje tal har en beteckning, som visas med talet på sidan. Kör bin/report trace med beteckningen för att se vägen till rådata.",
  },
  en = {
    heading = "How to cite this report", cite = "Cite as.", version = "version", data = "Data until",
    digest = "Digest of the results (SHA-1 of en/facts.json):", licence = "Licence:", contact = "Contact:",
    changes = "CHANGELOG.md says what has changed between versions.",
    trace = "Every number has an id, which the page shows with it. Run bin/report trace with the id to see the way to the raw data.",
  },
}

local folder = quarto and quarto.project and quarto.project.directory or "."
local text = pandoc.utils.stringify

local function read(path)
  local file = io.open(pandoc.path.join({ folder, path }), "rb")
  local content = file and file:read("a")
  if file then
    file:close()
  end
  return content
end

local function named(people)
  return pandoc.List(people or {}):map(function(one)
    local parts = pandoc.List({ one["given-names"], one["family-names"] }):map(text)
    return one.name and text(one.name) or table.concat(parts, " ")
  end)
end

-- What is known; nil where nobody has said how to cite.
local function known(meta)
  local cff = read("CITATION.cff")
  if not cff or not meta.title then
    return nil
  end
  local its = pandoc.read("---\n" .. cff .. "\n---\n", "markdown").meta
  local results = read("data/results/" .. text(meta.lang or "en"):match("^%a+") .. "/facts.json")
  local last = results and pandoc.json.decode(results, false)["report.last_year"]
  return {
    title = text(meta.title), authors = named(its.authors), contact = named(its.contact),
    version = its.version and text(its.version), licence = its.license and text(its.license),
    keywords = its.keywords,
    year = last and last.value and ("%d"):format(last.value), digest = results and pandoc.utils.sha1(results):sub(1, 12),
  }
end

local function paragraph(...)
  local inlines = pandoc.Inlines({})
  for word in table.concat({ ... }, " "):gmatch("%S+") do
    if #inlines > 0 then
      inlines:insert(pandoc.Space())
    end
    inlines:insert(pandoc.Str(word))
  end
  return pandoc.Para(inlines)
end

local function bibtex(its, words)
  local lines = pandoc.List({ "@techreport{report" .. (its.year or "") .. "," })
  lines:insert("  title = {" .. its.title .. "},")
  lines:insert("  author = {{" .. table.concat(its.authors, "} and {") .. "}},")
  if its.year then
    lines:insert("  year = {" .. its.year .. "},")
  end
  lines:insert(("  note = {%s %s, %s}"):format(words.version, its.version or "", its.digest or ""))
  lines:insert("}")
  return pandoc.CodeBlock(table.concat(lines, "\n"))
end

local function box(its, words)
  local cited = { table.concat(its.authors, ", ") .. ".", its.title .. "." }
  if its.version then
    table.insert(cited, words.version:gsub("^%l", string.upper) .. " " .. its.version .. ".")
  end
  local first = paragraph(table.unpack(cited))
  first.content = pandoc.Inlines({ pandoc.Strong({ pandoc.Str(words.cite) }), pandoc.Space() }) .. first.content
  local blocks, facts = pandoc.Blocks({ first }), {}
  for _, pair in ipairs({ { words.data, its.year }, { words.digest, its.digest }, { words.licence, its.licence } }) do
    table.insert(facts, pair[2] and pair[1] .. " " .. pair[2] .. "." or nil)
  end
  if #its.contact > 0 then
    table.insert(facts, words.contact .. " " .. table.concat(its.contact, ", ") .. ".")
  end
  blocks:insert(paragraph(table.unpack(facts)))
  if FORMAT:match("^html") then
    blocks:insert(bibtex(its, words))
    blocks:insert(paragraph(words.trace))
  end
  blocks:insert(paragraph(words.changes))
  return pandoc.Div(blocks, pandoc.Attr("", { "data-note" }))
end

function Pandoc(doc)
  local its = not doc.meta.slides and known(doc.meta)
  if not its then
    return nil
  end
  local words = WORDS[text(doc.meta.lang or "en"):match("^%a+")] or WORDS.en
  doc.meta.author = its.authors
  doc.meta.subject = doc.meta.subtitle and text(doc.meta.subtitle) or its.title
  doc.meta.keywords = its.keywords
  doc.meta["data-year"] = its.year
  if FORMAT == "docx" and its.year then
    doc.meta.date = words.data .. " " .. its.year
  end
  doc.blocks:insert(pandoc.Header(2, pandoc.Inlines(paragraph(words.heading).content), pandoc.Attr("sec-cite", { "unnumbered" })))
  doc.blocks:insert(box(its, words))
  return doc
end

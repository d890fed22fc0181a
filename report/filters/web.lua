-- The page's own extras, which no other format has: its script, and links to the other editions and formats that
-- config.yaml publishes. (In Quarto: `at: post-render`.) The templates place them.

local NAMES = { sv = "Svenska", en = "English" }
local FILES = { { "pdf", "PDF" }, { "docx", "Word" } }
local WORDS = {
  sv = { tools = "Språk och format", dark = "Mörkt läge", facts = "Visa varifrån talen kommer", data = "Ladda ner alla data" },
  en = { tools = "Languages and formats", dark = "Dark mode", facts = "Show where numbers come from", data = "Download all data" },
}
local DEFAULTS = { editions = { "sv" }, formats = { "html", "pdf", "docx" } } -- as in report_engine/settings/config.py

local function read(path)
  local folder = quarto and quarto.project and quarto.project.directory or "."
  local file = io.open(pandoc.path.join({ folder, path }), "r")
  if not file then
    return nil
  end
  local text = file:read("a")
  file:close()
  return text
end

-- What config.yaml publishes, as sets. Without one, only the page itself is known to exist.
local function published()
  local text = read("config.yaml")
  local config = text and pandoc.read("---\n" .. text .. "\n---\n", "markdown").meta
  local sets = { editions = {}, formats = {} }
  for key, set in pairs(sets) do
    for _, value in ipairs(config and (config[key] or DEFAULTS[key]) or {}) do
      set[pandoc.utils.stringify(value)] = true
    end
  end
  return sets
end

local function edition_links(language, editions)
  local links = {}
  for _, other in ipairs({ "sv", "en" }) do
    if other ~= language and editions[other] then
      local link = '<a href="../%s/report.html" hreflang="%s" lang="%s" data-edition>%s</a>'
      table.insert(links, link:format(other, other, other, NAMES[other]))
    end
  end
  return links
end

local function tools(links, formats, words)
  local all = { table.unpack(links) }
  for _, file in ipairs(FILES) do
    if formats[file[1]] then
      table.insert(all, ('<a href="report.%s">%s</a>'):format(file[1], file[2]))
    end
  end
  local html = { '<div class="tools">' }
  if #all > 0 then
    table.insert(html, ('<nav aria-label="%s">%s</nav>'):format(words.tools, table.concat(all, "\n")))
  end
  -- without scripts the switches would do nothing: page.js shows them
  table.insert(html, ('<button type="button" id="facts" aria-pressed="false" hidden>%s</button>'):format(words.facts))
  table.insert(html, ('<button type="button" id="theme" aria-pressed="false" hidden>%s</button>'):format(words.dark))
  table.insert(html, ('<button type="button" id="data" hidden>%s</button>'):format(words.data))
  table.insert(html, "</div>")
  return table.concat(html, "\n")
end

local function raw(text)
  return pandoc.MetaBlocks({ pandoc.RawBlock("html", text) })
end

function Meta(meta)
  if not FORMAT:match("^html") then
    return nil
  end
  local language = pandoc.utils.stringify(meta.lang or "en"):match("^%a+") or "en"
  local sets = published()
  local links = edition_links(language, sets.editions)
  meta["page-tools"] = raw(tools(links, sets.formats, WORDS[language] or WORDS.en))
  if #links > 0 then
    meta["edition-link"] = pandoc.MetaInlines({ pandoc.RawInline("html", table.concat(links, "\n")) })
  end
  local scripts = {} -- each in an element of its own: the page's policy knows them one by one
  for _, name in ipairs({ "page.js", "claims.js", "data.js", "values.js" }) do
    table.insert(scripts, "<script>\n" .. read("report/theme/" .. name) .. "</script>")
  end
  meta["page-script"] = raw(table.concat(scripts, "\n"))
  return meta
end

-- On the page each fact says where it comes from: exact value, interval, cases, origin, sources. It is the fact's title, which
-- a pointer shows without a script; page.js shows it better, and to the keyboard. (In Quarto: `at: post-render`.)

local facts = {}

function Meta(meta)
  local folder = quarto and quarto.project and quarto.project.directory or "."
  local edition = pandoc.utils.stringify(meta.lang or ""):match("^%a+") or "en"
  local file = io.open(pandoc.path.join({ folder, "data", "results", edition, "notes.json" }), "r")
  if file then
    facts = pandoc.json.decode(file:read("a"), false).facts
    file:close()
  end
end

function Span(span)
  local note = facts[span.attributes["data-fact"]]
  if note then
    span.attributes.title = note .. "\nbin/report trace " .. span.attributes["data-fact"]
    return span
  end
end

if not FORMAT:match("^html") then
  return {}
end
return { { Meta = Meta }, { Span = Span } }

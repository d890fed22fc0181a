-- `@fig-x [@key]` is read as one citation of two: give the cross-reference and the literature a citation each, because
-- cross-references are resolved first and would swallow the rest.

local function is_reference(citation)
  return citation.id:match("^[Ff]ig%-") or citation.id:match("^[Tt]bl%-") or citation.id:match("^[Ss]ec%-")
end

local function shown(citations)
  local ids = {}
  for _, citation in ipairs(citations) do
    table.insert(ids, "@" .. citation.id)
  end
  return { pandoc.Str("[" .. table.concat(ids, "; ") .. "]") }
end

function Cite(cite)
  local references, literature = pandoc.List(), pandoc.List()
  for _, citation in ipairs(cite.citations) do
    (is_reference(citation) and references or literature):insert(citation)
  end
  if #references == 0 or #literature == 0 then
    return nil
  end
  return { pandoc.Cite(shown(references), references), pandoc.Space(), pandoc.Cite(shown(literature), literature) }
end

-- Writes down the document as the writer would get it.

function Pandoc(doc)
  local file = assert(io.open(os.getenv("FILTERS_DUMP"), "w"))
  file:write(pandoc.write(doc, "json"))
  file:close()
end

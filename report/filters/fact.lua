-- The shortcode {{< fact id >}}: a computed number or word in the edition's wording, as plain text in a span.
--
-- Quarto calls it as a shortcode; the embedded engine makes the same span of its own placeholders, so both give the same tree.
-- The wording is never read as markup.

local folder = quarto and quarto.project and quarto.project.directory or "."
local facts = dofile(pandoc.path.join({ folder, "report", "filters", "facts.lua" }))

local function shortcode(args, _, meta)
  if #args ~= 1 then
    error("a fact takes one id: {{< fact section.name >}}")
  end
  return facts.span(pandoc.utils.stringify(args[1]), pandoc.utils.stringify(meta["lang"] or ""))
end

return { ["fact"] = shortcode }

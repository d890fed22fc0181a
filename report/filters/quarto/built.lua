-- Before Quarto renders (`pre-render`, which runs this as a filter of nothing, in the project's folder): chapters quote results, so
-- that without a build there is nothing to render.

local SAID = {
  "Inget är byggt än. Kör först `make report` (eller `bin/report build`): det räknar och ritar det som kapitlen citerar.",
  "Nothing has been built yet. Run `make report` (or `bin/report build`) first: it computes and draws what chapters quote.",
}

local file = io.open("data/results/facts.json", "r")
if not file then
  io.stderr:write(table.concat(SAID, "\n") .. "\n")
  os.exit(1)
end
file:close()
return {}

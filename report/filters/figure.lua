-- Figures of the analysis: alt text from the sidecar that was computed with the figure, PNG in place of SVG for Word and
-- PowerPoint.
--
-- A figure is an image at figures/<edition>/<section>/<name>.svg with <name>.json beside it.

local folder = quarto and quarto.project and quarto.project.directory or "."

-- Quarto stops at the first error, in English; the embedded engine collects them all, and says what each key says.
local function stop(message, key, stem, path)
  if quarto then
    error(message)
  end
  local values = { figure = stem, file = path }
  io.stderr:write("PROBLEM " .. pandoc.json.encode({ key = key, values = values, token = stem }) .. "\n")
end

local function sidecar(stem)
  local path = "figures/" .. stem .. ".json"
  local file = io.open(pandoc.path.join({ folder, path }), "r")
  if not file then
    stop("figure " .. stem .. " has no " .. path, "chapters.figure_without", stem, path)
    return nil
  end
  local content = pandoc.json.decode(file:read("a"), false)
  file:close()
  if not content.alt or content.alt == "" then
    stop("figure " .. stem .. " has no alt text in " .. path, "chapters.figure_without_alt", stem, path)
    return nil
  end
  return content
end

local function exists(path)
  local file = io.open(path, "r")
  if file then
    file:close()
  end
  return file ~= nil
end

-- Office shows no SVG: take the PNG beside it, which every figure of the analysis has.
local function png(src)
  local path = src:gsub("%.svg$", ".png")
  local place = path:match("^/") and pandoc.path.join({ folder, path:sub(2) }) or path
  return exists(place) and path or src
end

function Image(image)
  local stem = image.src:match("figures/([%w_%-]+/[%w_%-]+/[%w_%-]+)%.svg$")
  if stem then
    local content = sidecar(stem)
    image.attributes["fig-alt"] = content and content.alt or "?" -- without one, nothing is published
  end
  if (FORMAT == "docx" or FORMAT == "pptx") and image.src:match("%.svg$") then
    image.src = png(image.src)
  end
  return image
end

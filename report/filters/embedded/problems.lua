-- One line a problem for the engine, which knows what a key says and the chapters' lines: it looks the token up there.

return function(key, values, token, meant)
  io.stderr:write("PROBLEM " .. pandoc.json.encode({ key = key, values = values, token = token, meant = meant }) .. "\n")
end

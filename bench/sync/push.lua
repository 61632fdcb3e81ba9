-- Sends what wrk is told to by the environment: TEMPLATE, in which each @ becomes a new number.
local template = assert(os.getenv("TEMPLATE"))
local count = 0

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Cookie"] = os.getenv("COOKIE")
wrk.headers["X-Sync-Proto"] = "1"
wrk.headers["User-Agent"] = "bench"
wrk.headers["Sec-Fetch-Site"] = "same-origin"

function request()
  local body = template:gsub("@(%d*)", function(width)
    count = count + 1
    return string.format("%0" .. (width == "" and "1" or width) .. "d", count)
  end)
  return wrk.format(nil, nil, nil, body)
end

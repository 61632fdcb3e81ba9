-- Requests of many riders for wrk: `push` sends one new entry each, `pull` asks for news.
-- Arguments: push or pull, and a Lua file that returns a list of {user, cookie, cursor}.
local kind, riders, turn, body

local function id()
  return string.format("01900000-%04x-7%03x-8%03x-%06x%06x", math.random(0, 0xffff),
    math.random(0, 0xfff), math.random(0, 0xfff), math.random(0, 0xffffff), math.random(0, 0xffffff))
end

function init(args)
  math.randomseed(os.time())
  kind, riders, turn = args[1], dofile(args[2]), 0
  for _, rider in ipairs(riders) do
    rider.device = id():gsub("%-7", "-4", 1)
    rider.mid = 0
  end
  body = riders.body
end

local function push(rider)
  rider.mid = rider.mid + 1
  return string.format('{"proto":1,"schema":1,"user":"%s","device":"%s","acked_mid":%d,"now":1790000000000,' ..
    '"mutations":[{"mid":%d,"mutation_id":"%s","kind":"session","id":"%s","op":"create","base_rev":0,' ..
    '"at":1790000000000,"tz":"Europe/Berlin","set":%s}]}',
    rider.user, rider.device, rider.mid - 1, rider.mid, id(), id(), body)
end

function request()
  turn = turn % #riders + 1
  local rider = riders[turn]
  local headers = { ["Cookie"] = rider.cookie, ["X-Sync-Proto"] = "1", ["Sec-Fetch-Site"] = "same-origin" }
  if kind == "pull" then
    return wrk.format("GET", "/api/sync/v1/pull?limit=500&cursor=" .. rider.cursor, headers)
  end
  headers["Content-Type"] = "application/json"
  return wrk.format("POST", "/api/sync/v1/push", headers, push(rider))
end

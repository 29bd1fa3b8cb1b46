-- For wrk: GET the addresses of a file in turn. Arguments: the file, the Accept header, the first number, and
-- "numbered" when every address gets a number of its own at its end, so that no two requests are alike.

local paths = {}
local count = 0
local numbered = false

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = line
  end
  wrk.headers["Accept"] = args[2]
  count = tonumber(args[3])
  numbered = args[4] == "numbered"
end

function request()
  count = count + 1
  local path = paths[count % #paths + 1]
  if numbered then
    path = path .. count
  end
  return wrk.format("GET", path)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "bytes": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.bytes,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

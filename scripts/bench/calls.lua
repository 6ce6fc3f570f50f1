-- wrk -s calls.lua ADDRESS -- HEADER FILE [BODY]: calls the address again and again, each time with the next line of
-- the file as that header and, if there is a body, by POST with that JSON; prints what came out as one line of JSON.
local calls, last = {}, 0

function init(args)
  local method = args[3] and "POST" or "GET"
  for line in io.lines(args[2]) do
    local headers = { [args[1]] = line }
    if args[3] then headers["content-type"] = "application/json" end
    calls[#calls + 1] = wrk.format(method, nil, headers, args[3])
  end
end

function request()
  last = last % #calls + 1
  return calls[last]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"p50":%f,"p95":%f,"p99":%f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    failed.status, failed.connect + failed.read + failed.write + failed.timeout))
end

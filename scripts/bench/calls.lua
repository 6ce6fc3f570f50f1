-- wrk -s calls.lua ADDRESS -- HEADER FILE: calls the address again and again, each time with the next line of the file
-- as that header, and prints what came out as one line of JSON.
local calls, last = {}, 0

function init(args)
  for line in io.lines(args[2]) do
    calls[#calls + 1] = wrk.format("GET", nil, { [args[1]] = line })
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

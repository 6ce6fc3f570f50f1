-- Asks Adyton about every request before it goes on. The address to ask comes from haproxy.cfg.
local address = os.getenv("ADYTON_VERIFY")

-- What Adyton looks at. Without the cookie: keys and tokens only. With it signed-in browsers come in too, and the
-- service has to make sure itself that changes were not sent by another site's page.
local asked = { "authorization", "x-api-key" }
local told = { "x-adyton-user", "x-adyton-role", "x-adyton-plan", "x-adyton-key" }
local explained = {
  "content-type", "www-authenticate", "retry-after", "ratelimit-policy", "ratelimit", "x-request-id", "cache-control",
}

local function refuse(txn, status, headers, body)
  local reply = txn:reply({ status = status })
  for name, value in pairs(headers) do
    reply:add_header(name, value)
  end
  reply:set_body(body)
  txn:done(reply)
end

local function ask(txn)
  local sent = { ["x-forwarded-for"] = { txn.f:src() } }
  local headers = txn.http:req_get_headers()
  for _, name in ipairs(asked) do
    -- All of them: of two different ones Adyton takes neither. HAProxy counts them from 0.
    for index = 0, headers[name] and #headers[name] or -1 do
      sent[name] = sent[name] or {}
      table.insert(sent[name], headers[name][index])
    end
  end
  return core.httpclient():get({ url = address, headers = sent, timeout = 5000 })
end

core.register_action("adyton", { "http-req" }, function(txn)
  local answer = ask(txn)
  local function header(name)
    local values = answer.headers and answer.headers[name]
    return values and (values[0] or values[1])
  end
  if answer.status == 200 then
    txn:set_var("txn.adyton", "in")
    for _, name in ipairs(told) do
      if header(name) then txn.http:req_set_header(name, header(name)) end
    end
    if header("ratelimit") then
      txn:set_var("txn.policy", header("ratelimit-policy"))
      txn:set_var("txn.rate", header("ratelimit"))
    end
    return
  end
  local isClear = answer.status == 400 or answer.status == 401 or answer.status == 403 or answer.status == 429
  -- Adyton is away, and nobody comes in unasked.
  if not isClear then return refuse(txn, 503, { ["retry-after"] = "5" }, "The door does not answer.\n") end
  local headers = {}
  for _, name in ipairs(explained) do
    headers[name] = header(name)
  end
  refuse(txn, answer.status, headers, answer.body)
end)

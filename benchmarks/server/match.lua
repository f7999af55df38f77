-- One single-query /match a request. The names: the sixteen below in turn (listed ones, near ones
-- and nobodies), or those of the file that LIMEN_NAMES names, a JSON string a line. LIMEN_PAUSE:
-- milliseconds that each connection rests between two requests.
local names = {"Sergey Aksyonov", "John Smith", "Maria Gonzalez", "Wei Zhang", "Rosneft Oil Company",
  "Mohammed Ali Hassan", "Vladimir Putin", "Anna Schmidt", "Igor Sechin", "Kim Jong Un",
  "Olena Kovalenko", "Promsvyazbank", "Ali Khan", "Jean Dupont", "Petrov Ivan", "Nguyen Van Anh"}
local file = os.getenv("LIMEN_NAMES")
if file then
  names = {}
  for line in io.lines(file) do names[#names + 1] = line:sub(2, -2) end
end
local pause = tonumber(os.getenv("LIMEN_PAUSE") or "0")
if pause > 0 then
  delay = function() return pause end
end
local turn = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  turn = turn + 1
  local name = names[turn % #names + 1]
  return wrk.format(nil, "/match/default", nil,
    '{"queries":{"q":{"schema":"Person","properties":{"name":["' .. name .. '"]}}}}')
end

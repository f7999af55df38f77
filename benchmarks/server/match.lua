-- One single-query /match a request, names in turn: listed ones, near ones and nobodies.
local names = {"Sergey Aksyonov", "John Smith", "Maria Gonzalez", "Wei Zhang", "Rosneft Oil Company",
  "Mohammed Ali Hassan", "Vladimir Putin", "Anna Schmidt", "Igor Sechin", "Kim Jong Un",
  "Olena Kovalenko", "Promsvyazbank", "Ali Khan", "Jean Dupont", "Petrov Ivan", "Nguyen Van Anh"}
local turn = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  turn = turn + 1
  local name = names[turn % #names + 1]
  return wrk.format(nil, "/match/default", nil,
    '{"queries":{"q":{"schema":"Person","properties":{"name":["' .. name .. '"]}}}}')
end

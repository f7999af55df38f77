"""HTTP in general: bodies, parameters, problems, middleware, the API's description."""

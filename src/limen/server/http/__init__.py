"""HTTP: bodies, parameters, problems, middleware, the API's description."""

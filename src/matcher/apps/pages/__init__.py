"""The page: the engine in a browser, rendered on the server; works without a build step and without the network."""

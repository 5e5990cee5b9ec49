"""The HTTP service: the engine behind `/v1`, for platforms that speak JSON."""

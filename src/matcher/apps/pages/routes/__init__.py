"""Addresses of the page: each reads the request, calls one function, renders one template."""

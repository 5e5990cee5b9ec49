"""Every address of the service, from the app itself, so that no test forgets a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute


@dataclass(frozen=True)
class Address:
    """One method of one route."""

    method: str
    path: str
    """With its parameters in braces."""
    query: tuple[str, ...]
    of_page: bool

    @property
    def changes(self) -> bool:
        """Whether it may come with a body."""
        return self.method in ("POST", "PUT", "PATCH")


def addresses(app: FastAPI) -> list[Address]:
    """All of them; those that answer to no schema, as /openapi.json, too."""
    return list(_addresses(app.routes))


def _addresses(routes: Sequence[BaseRoute]) -> Iterator[Address]:
    for route in routes:
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        if inner is not None:
            yield from _addresses(inner)
            continue
        query = tuple(field.alias for field in route.dependant.query_params) if isinstance(route, APIRoute) else ()
        path = getattr(route, "path", "").replace(":path", "")
        of_page = isinstance(route, APIRoute) and not route.include_in_schema
        for method in sorted(getattr(route, "methods", None) or ()):
            yield Address(method, path, query, of_page)

"""The page as a part of the service's app."""

from fastapi import FastAPI

from matcher.apps.pages.failures import page_of_problem
from matcher.apps.pages.routes import briefs, creators, index, looks, saved, shortlists


def install(app: FastAPI) -> None:
    """Add the page's addresses to an app that has a matcher source, and its way of saying what went wrong."""
    app.state.problem_page = page_of_problem
    for room in (briefs, shortlists, creators, index, saved, looks):
        app.include_router(room.router)

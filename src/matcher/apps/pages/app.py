"""The page as a part of the service's app."""

from fastapi import FastAPI

from matcher.apps.pages.routes import briefs, creators, index, looks, saved, shortlists


def install(app: FastAPI) -> None:
    """Add the page's addresses to an app that has a matcher source."""
    for room in (briefs, shortlists, creators, index, saved, looks):
        app.include_router(room.router)

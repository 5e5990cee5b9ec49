"""GET and POST /: the brief is written here."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.apps.pages.brief_form import Values, brief_fields, form_values
from matcher.apps.pages.brief_link import pack, unpack
from matcher.apps.pages.choices import choices
from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.forms import Form
from matcher.apps.pages.rendering import redirect, render
from matcher.apps.pages.samples import sample, samples
from matcher.apps.pages.understood import TAKEN, chips, with_understood
from matcher.apps.service.depends import Source
from matcher.errors import BriefError
from matcher.records import Brief
from matcher.text import brand_safety_terms

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/")
def write_brief(request: Request, source: Source, b: str = "", example: str = "") -> Response:
    """An empty form, or one with the brief of a link or of an example in it."""
    brief = unpack(b) if b else sample(example)
    values = form_values(brief) if brief else Values([("k", "15")])
    return _form(request, source, values, pack(brief) if brief else "")


@router.post("/")
def submit_brief(request: Request, source: Source, form: Form) -> Response:
    """Check the brief and go on to its shortlist; what is wrong is said beside its field."""
    return _checked(request, source, form, "/shortlist")


@router.post("/fill")
def fill_fields(request: Request, source: Source, form: Form) -> Response:
    """Put what was understood of the text into the fields, to be looked at."""
    return _checked(request, source, form, "/")


@router.post("/understood")
def show_understood(request: Request, form: Form) -> Response:
    """What is understood of the text so far: the chips below it."""
    return render(request, "understood.html", {"found": chips(form)})


def _checked(request: Request, source: Source, form: Values, onward: str) -> Response:
    kept = form.one("b")
    try:
        fields = brief_fields(form, _opened_with(kept))
        brief = Brief.parse(with_understood(fields, form.one("text"), form.all(TAKEN)))
        for category in brief.must_not.brand_safety:
            brand_safety_terms(category)
        return redirect(onward, b=pack(brief))
    except BriefError as error:
        return _form(request, source, form, kept, error.errors or (("text", error.message),), 422)


def _opened_with(link: str) -> Brief | None:
    """The brief that the form was opened with; a link that holds none only loses what the form has no fields for."""
    try:
        return unpack(link) if link else None
    except BriefError:
        return None


def _form(
    request: Request,
    source: Source,
    values: Values,
    brief_link: str,
    errors: tuple[tuple[str, str], ...] = (),
    status: int = 200,
) -> Response:
    context = {
        "values": values,
        "errors": errors,
        "choices": choices(source().index),
        "samples": samples(),
        "understood": chips(values),
        "brief_link": brief_link,
    }
    return render(request, "brief.html", context, status)

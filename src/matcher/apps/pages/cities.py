"""Names of cities: those of our markets and a few others in the reader's language, the rest as written."""

from functools import cache

from matcher.apps.pages import locales
from matcher.apps.pages.labels import N_

CITIES = (
    N_("Taipei"),
    N_("New Taipei"),
    N_("Taoyuan"),
    N_("Hsinchu"),
    N_("Taichung"),
    N_("Tainan"),
    N_("Kaohsiung"),
    N_("Hualien"),
    N_("Yilan"),
    N_("Taitung"),
    N_("Hong Kong"),
    N_("Hanoi"),
    N_("Ho Chi Minh City"),
    N_("Saigon"),
    N_("Da Nang"),
    N_("Hue"),
    N_("Da Lat"),
    N_("Can Tho"),
    N_("Hoi An"),
    N_("Hai Phong"),
    N_("Nha Trang"),
    N_("Bangkok"),
    N_("Chiang Mai"),
    N_("Phuket"),
    N_("Khon Kaen"),
    N_("Hat Yai"),
    N_("Ayutthaya"),
    N_("Korat"),
    N_("Pattaya"),
    N_("Tokyo"),
    N_("Osaka"),
    N_("Seoul"),
    N_("Singapore"),
    N_("Kuala Lumpur"),
    N_("Jakarta"),
    N_("Manila"),
    N_("Shanghai"),
    N_("Beijing"),
    N_("London"),
    N_("New York"),
    N_("Sydney"),
    N_("Melbourne"),
)
_ALSO = {
    "Ho Chi Minh City": ("ho chi minh", "hcmc", "tp hcm", "tp. hồ chí minh"),
    "Da Nang": ("danang",),
    "Da Lat": ("dalat",),
    "Hai Phong": ("haiphong",),
    "Hanoi": ("ha noi",),
    "Bangkok": ("กรุงเทพ", "กรุงเทพฯ"),
    "Korat": ("nakhon ratchasima",),
    "Taipei": ("臺北", "taipei city"),
    "Taichung": ("臺中",),
    "Tainan": ("臺南",),
    "Taitung": ("臺東",),
}


def city(written: str) -> str | None:
    """The English name of a city that is written in any language of the page; None for one that is not known."""
    return _known().get(_folded(written))


@cache
def _known() -> dict[str, str]:
    known = {_folded(name): name for name in CITIES}
    for language in locales.LANGUAGES:
        known |= {_folded(locales.catalogue(language).gettext(name)): name for name in CITIES}
    return known | {_folded(other): name for name, others in _ALSO.items() for other in others}


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())

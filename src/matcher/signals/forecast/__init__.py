"""Forecast: the views and engagements that the next post of a creator will have, and how sure that is."""

from matcher.signals.forecast.conformal import Offsets, calibrate
from matcher.signals.forecast.model import LEVELS, TARGETS, Model, fit_model
from matcher.signals.forecast.prior import Prior
from matcher.signals.forecast.profile import Foretold, forecast_creators
from matcher.signals.forecast.series import Series, Slots, build_series, build_slots, targets

__all__ = [
    "LEVELS",
    "TARGETS",
    "Foretold",
    "Model",
    "Offsets",
    "Prior",
    "Series",
    "Slots",
    "build_series",
    "build_slots",
    "calibrate",
    "fit_model",
    "forecast_creators",
    "targets",
]

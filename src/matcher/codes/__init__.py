"""Codes that tables and briefs write in many ways: countries by name, platforms by their short names."""

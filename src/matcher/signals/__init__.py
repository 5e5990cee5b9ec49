"""Opinions: one file per signal, each in [0, 1] with evidence and status."""

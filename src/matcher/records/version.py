"""Versions that decide whether an index and this program understand each other, and whether scores compare."""

SCHEMA_VERSION = 11
"""Layout of a snapshot folder; a snapshot of another version is refused."""

METHOD_VERSION = "13"
"""How scores are made; two shortlists with the same method version and snapshot can be compared."""

"""The scopes of API keys, apart from the database, so that the command line names them without loading it."""

SCOPES = ("match", "read", "contacts", "admin")
"""match: briefs, shortlists; read: creators, index; contacts: contacts too; admin: all, and reindex."""

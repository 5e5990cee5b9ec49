"""A shortlist as text to read or to send on: what the command line prints and the service exports."""

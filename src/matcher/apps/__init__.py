"""The doors: parse, call one function, print."""

"""Candidates: encoder, dense and lexical index, fusion, filters."""

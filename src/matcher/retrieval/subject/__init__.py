"""The subject of a brief: which of its words say what it is about, and which only how it is put."""

from matcher.retrieval.subject.naming import subject_names
from matcher.retrieval.subject.reading import subject_mass, subject_rows, subject_text, subject_words

__all__ = ["subject_mass", "subject_names", "subject_rows", "subject_text", "subject_words"]

"""Comments, in any language: which say something, which say nothing, which are spam or copies."""

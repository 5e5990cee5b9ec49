"""The read path: matcher, ranker, explanation, evaluation."""

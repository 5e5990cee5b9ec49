"""Language: cleaning, tokens, language identification, hashtags."""

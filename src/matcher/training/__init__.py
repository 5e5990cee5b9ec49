"""How the shipped encoder is made: from translation pairs to a finished model folder. Needs the `train` extra."""

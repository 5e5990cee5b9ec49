"""How the shipped encoder (needs the `train` extra) and the learned weights of signals are made."""

"""Models of the authenticity signal are made here: fake accounts from labels, weights of the parts from simulations."""

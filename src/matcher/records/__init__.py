"""What travels: frozen, typed, small."""

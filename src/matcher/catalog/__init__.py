"""What comes in: reading and checking a platform's tables."""

"""Today: what became of my own work, and the two ways of taking it back."""

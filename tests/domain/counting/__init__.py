"""What counts claim, what stands of it, and what the book says then."""
